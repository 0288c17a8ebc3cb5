"""Own columns over the Web API: a revision keeps them, conversions copy them, an administrator switches one off."""

import pytest

import handsel
from tests.scenarios.company import Company, line
from tests.webapi.client import Api


@pytest.fixture
def company(api: Api) -> Company:
    company = Company(handsel.open(api.database_url))
    for table in ("quote", "quotedetail", "salesorder", "salesorderdetail"):
        company.do(handsel.AddColumn(table, "new_money", "money"))
    return company


def sold(api: Api, company: Company) -> str:
    """An active quote with an amount of its own on header and line."""
    quote = company.quote(line(company.lamp, new_money="1.5"), new_money="12.34")
    assert api.patch(f"quotes({quote})", {"statecode": 1, "statuscode": 2}).status == 204
    return str(quote)


def amounts(api: Api, table: str, id: str, lines: str) -> tuple[object, list[object]]:
    found = api.get(f"{table}({id})?$select=new_money&$expand={lines}($select=new_money)").json
    return found["new_money"], [row["new_money"] for row in found[lines]]


def test_a_revision_keeps_them(api: Api, company: Company) -> None:
    quote = sold(api, company)
    close = {"QuoteClose": {"quoteid@odata.bind": f"/quotes({quote})"}, "Status": 7}
    assert api.post("CloseQuote", close).status == 204
    revised = api.post("ReviseQuote", {"QuoteId": quote, "ColumnSet": {"AllColumns": True}}).json
    assert revised["new_money"] == 12.34
    assert amounts(api, "quotes", revised["quoteid"], "quote_details") == (12.34, [1.5])


def test_an_administrator_switches_one_off_by_a_row(api: Api, company: Company) -> None:
    asked = "entitymaps?$filter=sourceentityname eq 'quote' and targetentityname eq 'salesorder'"
    (found,) = api.get(asked).rows
    mapping = api.made(
        "attributemaps",
        {
            "sourceattributename": "new_money",
            "targetattributename": "new_money",
            "hs_isswitchedoff": True,
            "entitymapid@odata.bind": f"/entitymaps({found['entitymapid']})",
        },
    )

    def ordered() -> tuple[object, list[object]]:
        body = {"QuoteId": sold(api, company), "ColumnSet": {"AllColumns": True}}
        order = api.post("ConvertQuoteToSalesOrder", body).json["salesorderid"]
        return amounts(api, "salesorders", order, "order_details")

    assert ordered() == (None, [1.5])
    assert api.patch(f"attributemaps({mapping})", {"hs_isswitchedoff": False}).status == 204
    assert ordered() == (12.34, [1.5])
    assert api.patch(f"attributemaps({mapping})", {"hs_isswitchedoff": True}).status == 204
    assert api.delete(f"attributemaps({mapping})").status == 204
    assert ordered() == (12.34, [1.5])


def test_what_handsel_maps_is_not_switched_off(api: Api, company: Company) -> None:
    (row, *_) = api.get("attributemaps?$filter=issystem eq true and targetattributename eq 'freightamount'").rows
    refused = api.patch(f"attributemaps({row['attributemapid']})", {"hs_isswitchedoff": True})
    assert refused.status == 400
    assert "own map" in refused.json["error"]["message"]
