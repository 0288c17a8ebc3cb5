"""A row that was read can be sent back: columns that the caller may not write are ignored (Web API 4)."""

import json
from decimal import Decimal
from typing import Any

import pytest

from tests.webapi.client import Api

CUSTOMER = "a0000000-0000-4000-8000-000000000001"
EMPTY = "00000000-0000-0000-0000-000000000000"
_BOUND = {"customerid_account@odata.bind": f"/accounts({CUSTOMER})"}
ROWS: dict[str, dict[str, Any]] = {
    "accounts": {"name": "A", "creditlimit": 1234.56},
    "contacts": {"lastname": "L", "birthdate": "1980-02-29"},
    "leads": {"subject": "S", "lastname": "L", "companyname": "C"},
    "opportunities": {"name": "O", **_BOUND},
    "quotes": {"name": "Q", **_BOUND},
    "salesorders": {"name": "S", **_BOUND},
    "invoices": {"name": "I", **_BOUND},
    "competitors": {"name": "C"},
    "transactioncurrencies": {
        "isocurrencycode": "SEK",
        "currencyname": "Krona",
        "currencysymbol": "kr",
        "exchangerate": 10.5,
        "currencyprecision": 2,
    },
    "pricelevels": {"name": "P"},
    "uomschedules": {"name": "G", "baseuomname": "Piece"},
    "products": {"name": "P", "productnumber": "P-1"},
    "systemusers": {"domainname": "ann", "lastname": "Ann"},
    "teams": {"name": "T"},
    "savedqueries": {
        "name": "V",
        "returnedtypecode": "account",
        "querytype": 0,
        "fetchxml": '<fetch><entity name="account"/></fetch>',
    },
}


def without_lookups(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if not name.startswith("_")}


@pytest.mark.parametrize("table", ROWS)
def test_a_row_that_was_read_is_sent_back(one_api: Api, table: str) -> None:
    one_api.patch(f"accounts({CUSTOMER})", {"name": "Customer"})
    id = one_api.made(table, ROWS[table])
    before = one_api.get(f"{table}({id})").json
    reply = one_api.patch(f"{table}({id})", without_lookups(before), If_Match="*")
    assert reply.status == 204, reply.body
    after = one_api.get(f"{table}({id})").json
    kept = {name for name in before if name not in ("@odata.etag", "versionnumber", "modifiedon")}
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}


def test_a_line_that_was_read_is_sent_back(one_api: Api) -> None:
    line = {"productdescription": "Work", "priceperunit": 10.5, "quantity": 3}
    quote = one_api.made("quotes", {"name": "Q", "quote_details": [line]})
    [before] = one_api.get(f"quotes({quote})/quote_details").rows
    path = f"quotedetails({before['quotedetailid']})"
    assert one_api.patch(path, without_lookups(before)).status == 204
    assert one_api.get(path).json["baseamount"] == 31.5


def test_a_read_row_is_made_again_under_another_id(one_api: Api) -> None:
    id = one_api.made("quotes", {"name": "Q", "quote_details": [{"productdescription": "W", "priceperunit": 5}]})
    row = without_lookups(one_api.get(f"quotes({id})").json)
    del row["quotenumber"]
    reply = one_api.post("quotes", {**row, "quoteid": EMPTY})
    assert reply.status == 204, reply.body
    assert reply.id not in (id, EMPTY)
    assert one_api.get(f"quotes({reply.id})").json["totalamount"] == 0  # its amounts follow from its own lines


def test_what_only_a_new_row_takes_stays_as_it_is(one_api: Api) -> None:
    id = one_api.made("accounts", {"name": "A", "importsequencenumber": 7, "createdon": "2001-01-01T00:00:00Z"})
    assert one_api.patch(f"accounts({id})", {"importsequencenumber": 7}).status == 204
    for other in (None, 8):
        reply = one_api.patch(f"accounts({id})", {"importsequencenumber": other})
        assert (reply.status, reply.code) == (400, "0x80040203")
        assert "importsequencenumber can only be set when the row is created. It stays 7" in reply.message
    row = one_api.get(f"accounts({id})").json
    assert row["importsequencenumber"] == 7
    assert not row["createdon"].startswith("2001")
    assert one_api.post("quotes", {"name": "Q", "totalamount": None}).status == 204


@pytest.mark.parametrize("table", ["accounts", "quotes"])
def test_a_new_row_may_name_its_first_state_and_no_other(one_api: Api, table: str) -> None:
    assert one_api.post(table, {"name": "A", "statecode": 0}).status == 204
    reply = one_api.post(table, {"name": "A", "statecode": 1})
    assert (reply.status, reply.code) == (400, "0x80040203")
    assert "statecode" in reply.message


def test_the_empty_id_is_none(api: Api) -> None:
    first, second = (api.made("accounts", {"name": "A", "accountid": EMPTY}) for _ in range(2))
    assert EMPTY not in (first, second)
    assert first != second
    assert api.patch(f"accounts({first})", {"name": "B", "accountid": EMPTY}).status == 204
    assert api.get(f"accounts({first})").json["name"] == "B"


def test_an_own_id_in_any_spelling(one_api: Api) -> None:
    id = one_api.made("accounts", {"name": "A"})
    for spelling in (id, id.upper(), f"{{{id}}}"):
        assert one_api.patch(f"accounts({id})", {"accountid": spelling}).status == 204


def test_one_lookup_of_two_is_cleared_while_the_other_is_set(one_api: Api) -> None:
    account = one_api.made("accounts", {"name": "A"})
    given = {
        "parentcustomerid_account@odata.bind": f"/accounts({account})",
        "parentcustomerid_contact@odata.bind": None,
    }
    for body in (given, dict(reversed(given.items()))):
        contact = one_api.made("contacts", {"lastname": "L", **body})
        assert one_api.get(f"contacts({contact})").json["_parentcustomerid_value"] == account


def test_a_row_from_an_action_looks_like_one_that_was_read(api: Api) -> None:
    line = {"productdescription": "Work", "priceperunit": 75.6}
    body = {"name": "Deal", "product_opportunities": [line], "customerid_account": {"name": "A"}}
    opportunity = api.made("opportunities", body)
    columns = ["totalamount", "exchangerate", "name"]
    asked = {"OpportunityId": opportunity, "ColumnSet": {"AllColumns": False, "Columns": columns}}
    reply = api.post("GenerateQuoteFromOpportunity", asked)
    made = json.loads(reply.body, parse_float=Decimal)
    read = api.get(f"quotes({made['quoteid']})?$select={','.join(columns)}")
    there = json.loads(read.body, parse_float=Decimal)
    for found in (made, there):
        found.pop("@odata.context")
    assert str(made["totalamount"]) == "75.6000"
    assert {name: str(value) for name, value in made.items() if name != "@odata.type"} == {
        name: str(value) for name, value in there.items()
    }
    assert made["_transactioncurrencyid_value"]
    assert made["@odata.etag"] == read.headers["ETag"]
    other = api.made("opportunities", body)
    names = api.post("GenerateQuoteFromOpportunity", {"OpportunityId": other, "ColumnSet": ["name"]}).json
    assert set(names) == {"@odata.context", "@odata.type", "@odata.etag", "quoteid", "name"}


def test_custom_amounts_have_four_decimals_wherever_they_come_from(api: Api) -> None:
    attribute = {"@odata.type": "Microsoft.Dynamics.CRM.MoneyAttributeMetadata", "SchemaName": "new_Fee"}
    for table in ("opportunity", "quote"):
        assert api.post(f"EntityDefinitions(LogicalName='{table}')/Attributes", attribute).status == 204
    between = "sourceentityname eq 'opportunity' and targetentityname eq 'quote'"
    [found] = api.get(f"entitymaps?$filter={between}").rows
    bound = {"entitymapid@odata.bind": f"/entitymaps({found['entitymapid']})"}
    api.made("attributemaps", {"sourceattributename": "new_fee", "targetattributename": "new_fee", **bound})
    opportunity = api.made("opportunities", {"name": "O", "new_fee": 3.5, "customerid_account": {"name": "A"}})
    assert b'"new_fee":3.5000' in api.get(f"opportunities({opportunity})").body
    assert b'"new_fee":3.5000' in api.get("opportunities?$select=new_fee").body
    assert b'"new_fee":3.5000' in api.post("GenerateQuoteFromOpportunity", {"OpportunityId": opportunity}).body
