"""Price lists of documents by the Web API: catalog lines keep one, new rows get one (pricing 2.1, behaviour 10)."""

import pytest

import handsel
from tests.scenarios.company import LINES, Company, line
from tests.webapi.client import Api

SETS = {"opportunity": "opportunities", "quote": "quotes", "salesorder": "salesorders", "invoice": "invoices"}
GETS = {"quote": "GetQuoteProducts", "salesorder": "GetSalesOrderProducts", "invoice": "GetInvoiceProducts"}


@pytest.mark.parametrize("table", SETS)
def test_a_price_list_is_not_taken_from_catalog_lines(api: Api, table: str) -> None:
    with handsel.open(api.database_url) as session:
        company = Company(session)
        document = company.document(table, line(company.lamp, 2))
        bare = company.document(table, pricelevelid=None)
        opportunity = company.opportunity(line(company.lamp, 2))
    row = f"{SETS[table]}({document})"
    refused = [
        api.patch(row, {"pricelevelid@odata.bind": None}),
        api("DELETE", f"{row}/pricelevelid/$ref"),
    ]
    if table in GETS:
        named = f"{SETS[table]}({bare})/Microsoft.Dynamics.CRM.{GETS[table]}FromOpportunity"
        refused.append(api.post(named, {"OpportunityId": str(opportunity)}))
    for reply in refused:
        assert (reply.status, reply.code) == (400, "0x80043b12"), reply.body
    assert api.get(row).json["totalamount"] == 39.98
    with handsel.open(api.database_url) as session:
        assert session.count(LINES[table][0], f"{table}id eq {bare}") == 0


@pytest.mark.parametrize("table", SETS)
def test_a_new_row_gets_the_list_that_the_message_names(api: Api, table: str) -> None:
    standard = api.made("pricelevels", {"name": "Standard"})
    function = f"pricelevels/Microsoft.Dynamics.CRM.GetDefaultPriceLevel(EntityName='{table}')"
    assert [row["pricelevelid"] for row in api.get(function).rows] == [standard]

    def made(**values: object) -> str | None:
        row = api.made(SETS[table], {"name": "Deal", **values})
        found: str | None = api.get(f"{SETS[table]}({row})?$select=_pricelevelid_value").json["_pricelevelid_value"]
        return found

    assert made() == standard
    assert made(**{"pricelevelid@odata.bind": None}) is None
    special = api.made("pricelevels", {"name": "Special"})
    assert made() is None
    assert api.get(function).rows == []
    bound = {"defaultpricelevelid@odata.bind": f"/pricelevels({special})"}
    acme = api.made("accounts", {"name": "Acme", **bound})
    assert made(**{"customerid_account@odata.bind": f"/accounts({acme})"}) == special
