"""From a call's options to a page of rows or groups, and from the page to JSON (Web API 5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from handsel.errors import not_found
from handsel.http.response import Response
from handsel.json_value import JsonObject
from handsel.query.compile.projection import ResultRow
from handsel.query.odata.options import KNOWN, parse_options
from handsel.query.run.expanding import target_table
from handsel.query.run.pages import Page, run
from handsel.query.tree.nodes import ColumnPath, Comparison, Node, Operator, all_of
from handsel.query.tree.request import Expand, Request
from handsel.tables.info import TableInfo
from handsel.webapi.protocol.call import Call
from handsel.webapi.protocol.json_response import json_response
from handsel.webapi.protocol.paging import next_link
from handsel.webapi.rows.entities import entities, shape_of
from handsel.webapi.rows.named_values import annotate

_TOTAL = "@Microsoft.Dynamics.CRM.totalrecordcount"
_VERSION = "Microsoft.Dynamics.CRM.globalmetadataversion"


def request_of(
    call: Call, info: TableInfo, restriction: Node | None = None, *, only: frozenset[str] = KNOWN
) -> Request:
    """The request for the rows of a path with the query options of the call."""
    given = {name: text for name, text in call.options.items() if name in only or name.startswith("@")}
    request = parse_options(info.logical_name, given, page_size=call.prefer.page_size)
    terms = [term for term in (restriction, request.filter) if term is not None]
    return replace(request, filter=all_of(terms) if terms else None)


def one(call: Call, info: TableInfo, id: UUID) -> tuple[Request, ResultRow]:
    """One row with its selected and expanded properties. Raises NotFound."""
    key = Comparison(ColumnPath(info.primary_key), Operator.EQ, id)
    request = request_of(call, info, key, only=frozenset(("$select", "$expand")))
    rows = run(request, organization=call.organization).rows
    if not rows:
        raise not_found(info.logical_name, id)
    return request, rows[0]


def page_body(call: Call, info: TableInfo, request: Request, headers: dict[str, str]) -> Response:
    """The response body for one page."""
    page = run(request, organization=call.organization)
    shape = shape_of(info, call.options.get("$select", ""))
    listed = "" if request.is_grouped else context_of(call, info, shape.listed, request.expands)
    body: JsonObject = {"@odata.context": f"{call.root}$metadata#{info.entity_set}{listed}"}
    if page.count is not None:
        body["@odata.count"] = page.count
    body.update(collection_annotations(call, page))
    if request.is_grouped:
        found = [dict(group) for group in page.groups]
        annotate(call, request, page, page.columns, page.groups, found)
        body["value"] = found
    else:
        body["value"] = entities(call, shape, page.rows, request.expands)
    if page.token is not None:
        body["@odata.nextLink"] = next_link(call, page.token)
    return json_response(body, headers=headers)


def collection_annotations(call: Call, page: Page) -> JsonObject:
    """The requested annotations of the whole collection; -1 if the rows were not counted."""
    found: JsonObject = {}
    if call.prefer.wants(_TOTAL[1:]):
        found[_TOTAL] = -1 if page.count is None else page.count
        found[f"{_TOTAL}limitexceeded"] = page.beyond
    if call.prefer.wants(_VERSION):
        found[f"@{_VERSION}"] = str(call.organization.settings.get("hs_metadataversion") or 0)
    return found


def context_of(call: Call, info: TableInfo, listed: str, expands: Sequence[Expand]) -> str:
    """The part of a context that lists the properties of rows: `(name,quote_details(quantity))`."""
    names = [*([listed] if listed else []), *(_expanded(call, info, each) for each in expands)]
    return f"({','.join(names)})" if names else ""


def _expanded(call: Call, info: TableInfo, expand: Expand) -> str:
    if expand.reference:
        return f"{expand.navigation}/$ref()"
    table = target_table(info, expand.navigation)
    select = ",".join(expand.select or ())
    if table is None:
        return f"{expand.navigation}({select})"
    below = call.info(table)
    return f"{expand.navigation}{context_of(call, below, shape_of(below, select).listed, expand.expands) or '()'}"
