"""What names a hidden row is refused as what names a row that never was, word for word, and writes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import pytest

import handsel
from handsel.tables.info import table_info
from handsel.webapi.metadata.operations import operations
from tests.door.test_leaks import TABLES, Company, company, seller
from tests.webapi.client import Api, Reply

__all__ = ["company", "seller"]

CRM = "Microsoft.Dynamics.CRM"
Ids = Mapping[str, UUID]


class Asked(NamedTuple):
    method: str
    path: str
    body: Any = None
    headers: Mapping[str, str] = {}


def requests(company: Company, ids: Ids) -> Iterator[Asked]:
    """Everything that may be sent about a row of each table; `ids` are the rows that it names."""
    for table in TABLES:
        yield from _about_a_row(table, ids)
    yield from _links(company, ids)
    yield from _operations(ids)
    for table in ("account", "quote", "task"):
        target = {**_entity(table, ids), table_info(table).primary_name: "New"}
        yield Asked("POST", f"{table_info(table).entity_set}/{CRM}.UpdateMultiple", {"Targets": [target]})


def _about_a_row(table: str, ids: Ids) -> Iterator[Asked]:
    info = table_info(table)
    row = f"{info.entity_set}({ids[table]})"
    changed = {info.primary_name if info.primary_name != "fullname" else "lastname": "New"}
    yield Asked("GET", row)
    yield Asked("GET", row, headers={"if-none-match": 'W/"1"'})
    yield Asked("GET", f"{row}?$expand=ownerid")
    yield Asked("PATCH", row, changed, {"if-match": "*"})
    yield Asked("PATCH", row, changed, {"if-match": 'W/"1"'})
    yield Asked("DELETE", row)
    yield Asked("DELETE", row, headers={"if-match": 'W/"7"'})
    yield Asked("PUT", f"{row}/{info.primary_name}", {"value": "New"})
    yield Asked("DELETE", f"{row}/{info.primary_name}")


def _links(company: Company, ids: Ids) -> Iterator[Asked]:
    shown = {table: _at(table, id) for table, id in company.visible.items()}
    named = {table: _at(table, id) for table, id in ids.items()}
    for quote, customer in ((shown["quote"], named["account"]), (named["quote"], shown["account"])):
        yield Asked("PUT", f"{quote}/customerid_account/$ref", {"@odata.id": customer})
        yield Asked("POST", f"{customer}/quote_customer_accounts/$ref", {"@odata.id": quote})
    yield Asked("PUT", f"{shown['quote']}/opportunityid/$ref", {"@odata.id": named["opportunity"]})
    yield Asked("DELETE", f"{shown['account']}/quote_customer_accounts({ids['quote']})/$ref")
    yield Asked("DELETE", f"{named['quote']}/customerid_account/$ref")
    for rows, values, lookup, table in (
        ("contacts", {"lastname": "C"}, "parentcustomerid_account", "account"),
        ("tasks", {"subject": "T"}, "regardingobjectid_quote_task", "quote"),
        ("annotations", {"subject": "N"}, "objectid_account", "account"),
        ("quotedetails", {"productdescription": "L"}, "quoteid", "quote"),
    ):
        yield Asked("POST", rows, {**values, f"{lookup}@odata.bind": f"/{named[table]}"})
    yield Asked("POST", f"{named['quote']}/quote_details", {"productdescription": "L"})
    exists = {"if-match": "*"}
    yield Asked("PATCH", shown["contact"], {"parentcustomerid_account@odata.bind": f"/{named['account']}"}, exists)
    yield Asked("PATCH", shown["account"], {"primarycontactid@odata.bind": f"/{named['contact']}"}, exists)
    for target, subordinate in ((company.visible, ids), (ids, company.visible)):
        merged = {"Target": _entity("account", target), "Subordinate": _entity("account", subordinate)}
        content = {"UpdateContent": {"@odata.type": f"{CRM}.account"}, "PerformParentingChecks": False}
        yield Asked("POST", "Merge", {**merged, **content})


def _at(table: str, id: UUID) -> str:
    return f"{table_info(table).entity_set}({id})"


def _entity(table: str, ids: Ids) -> dict[str, Any]:
    return {"@odata.type": f"{CRM}.{table}", table_info(table).primary_key: str(ids[table])}


# The messages, as they are declared

_GUIDS = {
    "QuoteId": "quote",
    "OpportunityId": "opportunity",
    "SalesOrderId": "salesorder",
    "InvoiceId": "invoice",
    "entityId": "quotedetail",
}
_CLOSES = {"QuoteClose": "quote", "OrderClose": "salesorder", "OpportunityClose": "opportunity"}
_OTHERS: dict[str, Any] = {
    "Status": -1,
    "NewStatus": 4,
    "NewState": "Won",
    "entityLogicalName": "quotedetail",
    "TargetEntityName": "salesorder",
    "TargetFieldType": "All",
    "FieldName": "totalamount",
    "MatchingEntityName": "account",
    "PagingInfo": {"PageNumber": 1, "Count": 5},
    "CreateAccount": False,
    "CreateContact": False,
    "CreateOpportunity": False,
}


def _operations(ids: Ids) -> Iterator[Asked]:
    for operation in operations().values():
        if operation.message is None:
            continue
        given = {each.name: _value(each.name, str(each.type), ids, operation.name) for each in operation.parameters}
        body = {name: value for name, value in given.items() if value is not None}
        paths = [f"{_at(table, ids[table])}/{CRM}.{operation.name}" for table in operation.bound_to if table in ids]
        if not operation.bound_to and any(name not in _OTHERS for name in body):
            paths.append(operation.name)
        for path in paths:
            yield Asked("POST", path, body) if operation.kind == "action" else Asked("GET", _called(path, body))


def _called(path: str, body: Mapping[str, Any]) -> str:
    listed = ",".join(f"{name}=@p{number}" for number, name in enumerate(body))
    given = "&".join(f"@p{number}={_literal(value)}" for number, value in enumerate(body.values()))
    return f"{path}({listed})?{given}"


def _literal(value: Any) -> str:
    return f"'{value}'" if isinstance(value, str) else json.dumps(value)


def _value(name: str, type: str, ids: Ids, operation: str) -> Any:
    if name in _GUIDS:
        return str(ids[_GUIDS[name]])
    if name in _CLOSES:
        table = _CLOSES[name]
        closing = {"quote": "quoteclose", "salesorder": "orderclose", "opportunity": "opportunityclose"}[table]
        return {"@odata.type": f"{CRM}.{closing}", f"{table}id@odata.bind": f"/{_at(table, ids[table])}"}
    if name in _OTHERS:
        return _OTHERS[name]
    table = "account" if operation == "RetrieveDuplicates" else "quote" if type == "crmbaseentity" else type
    return _entity(table, ids) if table in ids else None


def sent(api: Api, asked: Asked, ids: Ids) -> tuple[int, str]:
    """Status and body, with the ids of the rows replaced by the names of their tables."""
    reply: Reply = api(asked.method, asked.path, asked.body, asked.headers)
    body = reply.body.decode()
    for table, id in ids.items():
        body = body.replace(str(id), table)
    return reply.status, body


_ANSWERED_EMPTY = ("RecordChangeHistory", "RetrieveAttributeChangeHistory")
"""The messages that know nothing of an unknown row, and say so, instead of refusing it (security 10.2)."""


def test_a_hidden_row_is_refused_as_an_unknown_one(company: Company, seller: Api) -> None:
    unknown = {table: uuid4() for table in company.hidden}
    pairs = list(zip(requests(company, company.hidden), requests(company, unknown), strict=True))
    assert len(pairs) > 130
    wrong = []
    for hidden, never in pairs:
        first, second = sent(seller, hidden, company.hidden), sent(seller, never, unknown)
        if first != second or (first[0] < 400 and not any(name in hidden.path for name in _ANSWERED_EMPTY)):
            wrong.append((hidden, first, second))
    assert not wrong, (len(wrong), wrong[:5])


@pytest.mark.parametrize("table", ["account", "quote", "task"])
def test_an_id_that_a_hidden_row_has_cannot_be_taken(company: Company, seller: Api, table: str) -> None:
    """It is in use, so this one thing cannot be done as if it were not; nothing but the id is said of the row."""
    info = table_info(table)
    id = company.hidden[table]
    values = {info.primary_name: "New"}
    for asked in (
        Asked("POST", info.entity_set, {**values, info.primary_key: str(id)}),
        Asked("PATCH", f"{info.entity_set}({id})", values),
        Asked("PATCH", f"{info.entity_set}({id})", values, {"if-none-match": "*"}),
    ):
        reply = seller(asked.method, asked.path, asked.body, asked.headers)
        assert reply.status in (400, 404, 412), reply.body
        assert "Zebra" not in reply.message
    with company.session.entered():
        row = next(company.session.rows(table, filter=f"{info.primary_key} eq {id}"))
    assert "Zebra" in row[info.primary_name]


def test_where_hidden_rows_are_told(company: Company, seller: Api) -> None:
    """The vendor's answer, by the organization's setting: the row exists, and may not be read."""
    session: handsel.Session = company.session
    [organization] = session.rows("organization")
    session.execute(handsel.Update("organization", organization.id, {"hs_tellhiddenrows": True}))
    for table in ("account", "quote", "quotedetail"):
        path = f"{table_info(table).entity_set}({{}})"
        for method, body in (("GET", None), ("DELETE", None)):
            reply = seller(method, path.format(company.hidden[table]), body)
            assert (reply.status, reply.code) == (403, "0x80048306"), reply.body
            assert "ReadAccess" in reply.message
            assert "Zebra" not in reply.message
            assert "Southerner" not in reply.message
            unknown = seller(method, path.format(uuid4()), body)
            assert (unknown.status, unknown.code) == (404, "0x80040217"), unknown.body
    quote = session.retrieve("quote", company.hidden["quote"], ["quotenumber", "revisionnumber"])
    key = f"quotenumber='{quote['quotenumber']}',revisionnumber={quote['revisionnumber']}"
    for method, path, body in (
        ("GET", f"quotes({key})", None),
        ("PATCH", f"quotes({key})", {"description": "Mine"}),
        ("DELETE", f"quotes({key})", None),
        ("GET", f"quotes({key})/quote_details", None),
        ("GET", f"quotes({key})/name", None),
        ("POST", f"quotes({key})/quote_details", {"quantity": 1}),
        ("POST", "annotations", {"subject": "Mine", "objectid_quote@odata.bind": f"/quotes({key})"}),
    ):
        headers = {"if-match": "*"} if method == "PATCH" else None
        reply = seller(method, path, body, headers)
        assert (reply.status, reply.code) == (403, "0x80048306"), (path, reply.body)
        assert "Zebra" not in reply.message
        unknown = seller(
            method,
            path.replace(quote["quotenumber"], "QUO-9-X"),
            body
            and {
                name: str(value).replace(quote["quotenumber"], "QUO-9-X") if "bind" in name else value
                for name, value in body.items()
            },
            headers,
        )
        assert (unknown.status, unknown.code) == (404, "0x80060891"), (path, unknown.body)
    session.execute(handsel.Update("organization", organization.id, {"hs_tellhiddenrows": False}))
    assert seller("GET", f"quotes({key})").code == "0x80060891"
