"""`?fetchXml=`, `?sql=` and views: queries as text, and the JSON of their rows (Web API 6, 7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from handsel.engine.values import table_named
from handsel.http.errors import shown, syntax
from handsel.http.response import Response
from handsel.json_value import Json, JsonObject
from handsel.query.fetchxml.elements import fetch_names
from handsel.query.fetchxml.parser import parse_fetch
from handsel.query.run.pages import Page, run
from handsel.query.sql.parser import parse_sql
from handsel.query.tree.nodes import ColumnPath, all_of
from handsel.query.tree.request import ALL, Request
from handsel.tables.info import TableInfo
from handsel.webapi.protocol.call import Call
from handsel.webapi.protocol.json_response import json_response
from handsel.webapi.protocol.keys import guid
from handsel.webapi.protocol.paging import next_link
from handsel.webapi.protocol.property_names import property_name
from handsel.webapi.rows.entities import Shape, entities
from handsel.webapi.rows.named_values import annotate
from handsel.webapi.rows.query_options import collection_annotations
from handsel.webapi.rows.resources import Collection, read

_VIEWS = ("savedquery", "userquery")
_BESIDES = {"fetchxml": (), "sql": ("$skiptoken",), "savedquery": ("$skiptoken",), "userquery": ("$skiptoken",)}
"""The options that hold a whole query, and the OData options allowed with each: where the next page starts."""


def text_query(call: Call) -> tuple[str, str] | None:
    """The option that holds the whole query, in lower case, and its text; None for a query by OData's options.

    Raises BadRequest (0x80060888) for two of them, and for one together with an option that would be ignored.
    """
    asked = [name for name in call.options if name.lower() in _BESIDES]
    if not asked:
        return None
    option = asked[0].lower()
    others = [
        *asked[1:],
        *(name for name in call.options if name.startswith("$") and name not in _BESIDES[option]),
    ]
    if others:
        raise syntax(
            f"{asked[0]} asks the whole question, so {shown(', '.join(others))} cannot be asked beside it. "
            "Say it there, or ask by OData's options alone."
        )
    return option, call.options[asked[0]]


def refuse_text(call: Call, what: str) -> None:
    """Refuse a query text where it would be ignored. Raises BadRequest (0x80060888)."""
    asked = [name for name in call.options if name.lower() in _BESIDES]
    if asked:
        raise syntax(f"{shown(asked[0])} asks a collection for rows; it is not for {what}.")


def run_text_query(call: Call, resource: Collection, option: str, text: str, headers: dict[str, str]) -> Response:
    """The rows of the collection that the text of an option asks for. Raises the errors of the three languages."""
    if option in _VIEWS:
        return by_view(call, resource, option, text, headers)
    return (by_sql if option == "sql" else by_fetchxml)(call, resource, text, headers)


def by_fetchxml(call: Call, resource: Collection, text: str, headers: dict[str, str]) -> Response:
    """The rows of the collection that FetchXML asks for, without nulls.

    Only a page that is not the last carries a cookie. Raises BadRequest: 0x80041102 for an unknown table, 0x80041103
    for an unknown column, 0x80060888 for what cannot be read.
    """
    with fetch_names():
        body, _token = _fetched(call, resource.info, _within(resource, parse_fetch(text), "FetchXML"))
    return json_response(body, headers=headers)


def by_view(call: Call, resource: Collection, table: str, text: str, headers: dict[str, str]) -> Response:
    """The rows of the collection that a stored view asks for. `table` holds the view, `text` is its id.

    Pages have a next link, since a caller cannot put a cookie into a stored text. Raises NotFound for an unknown
    view and BadRequest (0x80060888) for one of another table.
    """
    id = guid(text)
    if id is None:
        raise syntax(f"'{shown(text)}' is no id of {call.info(table).entity_set}.")
    view = read(call, call.info(table), id)
    what = f"The view '{shown(view['name'])}'"
    if not view["fetchxml"]:
        raise syntax(f"{what} has no FetchXML.")
    with fetch_names():
        request = _within(resource, parse_fetch(view["fetchxml"]), what)
        body, token = _fetched(call, resource.info, replace(request, token=call.options.get("$skiptoken")))
    if token is not None:
        body["@odata.nextLink"] = next_link(call, token)
    return json_response(body, headers=headers)


def _fetched(call: Call, info: TableInfo, request: Request) -> tuple[JsonObject, str | None]:
    """The body of a page that FetchXML asks for, and the token of the next page."""
    if request.page_size is None and call.prefer.page_size is not None:
        request = replace(request, page_size=call.prefer.page_size)
    page = run(request, organization=call.organization)
    body = _body(call, info, page)
    if page.token is not None:
        body["@Microsoft.Dynamics.CRM.fetchxmlpagingcookie"] = page.token
        body["@Microsoft.Dynamics.CRM.morerecords"] = True
    body["value"] = _rows(call, info, request, page, no_nulls=True)
    return body, page.token


def by_sql(call: Call, resource: Collection, text: str, headers: dict[str, str]) -> Response:
    """The rows of the collection that a SELECT asks for."""
    info, request = resource.info, _within(resource, parse_sql(text), "The SELECT")
    request = replace(request, token=call.options.get("$skiptoken"), page_size=call.prefer.page_size)
    page = run(request, organization=call.organization)
    body = _body(call, info, page)
    body["value"] = _rows(call, info, request, page, no_nulls=False)
    if page.token is not None:
        body["@odata.nextLink"] = next_link(call, page.token)
    return json_response(body, headers=headers)


def _within(resource: Collection, request: Request, what: str) -> Request:
    """The request narrowed to the rows of the collection. Raises BadRequest for one of another or an unknown table."""
    info = resource.info
    if table_named(request.table).logical_name != info.logical_name:
        raise syntax(f"{what} asks {shown(request.table)}, but the path names {info.entity_set}.")
    terms = [term for term in (resource.restriction, request.filter) if term is not None]
    return replace(request, filter=all_of(terms) if terms else None)


def _body(call: Call, info: TableInfo, page: Page) -> JsonObject:
    body: JsonObject = {"@odata.context": f"{call.root}$metadata#{info.entity_set}"}
    if page.count is not None:
        body["@odata.count"] = page.count
    return {**body, **collection_annotations(call, page)}


def _rows(call: Call, info: TableInfo, request: Request, page: Page, *, no_nulls: bool) -> list[JsonObject]:
    rows: Sequence[Mapping[str, Any]]
    if request.is_grouped:
        rows = page.groups
        found, others = [dict(group) for group in page.groups], list(page.columns)
    else:
        rows = page.rows
        usual, others = _names(info, request, page)
        made = entities(call, Shape(info, usual, ""), page.rows)
        found = [{**entity, **{name: row[name] for name in others}} for row, entity in zip(rows, made, strict=True)]
    annotate(call, request, page, others, rows, found)
    if request.distinct:
        found = _as_properties(found, info, page)
    return [_without_nulls(each) for each in found] if no_nulls else found


def _names(info: TableInfo, request: Request, page: Page) -> tuple[tuple[tuple[str, str], ...], list[str]]:
    """The table's columns under their usual names, and the names that the query gave itself."""
    outputs = request.outputs
    first: Mapping[str, object] = page.rows[0] if page.rows else {}
    asked = {each.name for each in outputs or () if not each.path.source and each.path.column == each.name}
    whole = outputs is None or any(each.path.column == ALL and not each.path.source for each in outputs)
    listed = [name for name in info.columns if name in first and (whole or name in asked or name == info.primary_key)]
    named = {name: property_name(info.columns[name]) for name in listed}
    return tuple(named.items()), [name for name in page.columns if name in first and name not in named]


def _as_properties(rows: Sequence[JsonObject], info: TableInfo, page: Page) -> list[JsonObject]:
    """Distinct rows with the table's own columns under their usual names: `_ownerid_value`, as in rows."""
    own = {name for name, path in page.paths.items() if path == ColumnPath(name) and name in info.columns}
    names = {name: property_name(info.columns[name]) for name in own}

    def renamed(name: str) -> str:
        column, mark, annotation = name.partition("@")
        return f"{names.get(column, column)}{mark}{annotation}"

    return [{renamed(name): value for name, value in row.items()} for row in rows]


def _without_nulls(row: Mapping[str, Json]) -> JsonObject:
    return {name: value for name, value in row.items() if value is not None}
