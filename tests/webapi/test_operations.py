"""Messages as actions and functions: the whole chain over HTTP (Web API 9)."""

from typing import Any

import pytest

from tests.webapi.client import ROOT, Api


@pytest.fixture
def opportunity(api: Api) -> str:
    organization = api.get("WhoAmI").json["OrganizationId"]
    assert api.patch(f"organizations({organization})", {"ispricelistmandatory": False}).status == 204
    account = api.made("accounts", {"name": "Customer"})
    return api.made(
        "opportunities",
        {
            "name": "Deal",
            "parentaccountid@odata.bind": f"/accounts({account})",
            "customerid_account@odata.bind": f"/accounts({account})",
            "isrevenuesystemcalculated": True,
            "product_opportunities": [
                {
                    "isproductoverridden": True,
                    "productdescription": "Desk",
                    "quantity": 2,
                    "priceperunit": 250,
                    "ispriceoverridden": True,
                }
            ],
        },
    )


def done(api: Api, path: str, body: Any = None) -> Any:
    reply = api.post(path, body)
    assert reply.status in (200, 204), reply.body
    return reply.json if reply.body else None


def closing(table: str, id: str, entity_set: str) -> dict[str, Any]:
    return {"subject": "Done", f"{table}id@odata.bind": f"/{entity_set}({id})"}


def test_from_an_opportunity_to_a_paid_invoice(api: Api, opportunity: str) -> None:
    columns = {"AllColumns": False, "Columns": ["name", "totalamount", "quotenumber"]}
    quote = done(api, "GenerateQuoteFromOpportunity", {"OpportunityId": opportunity, "ColumnSet": columns})
    assert quote["@odata.context"] == f"{ROOT}$metadata#quotes/$entity"
    assert quote["@odata.type"] == "#Microsoft.Dynamics.CRM.quote"
    assert (quote["name"], quote["totalamount"]) == ("Deal", 500)
    assert "statecode" not in quote
    id = quote["quoteid"]
    assert api.patch(f"quotes({id})", {"statecode": 1}).status == 204
    closed = {"Status": 7, "QuoteClose": closing("quote", id, "quotes")}
    assert api.post("CloseQuote", closed).status == 204
    revised = done(api, "ReviseQuote", {"QuoteId": id, "ColumnSet": ["revisionnumber", "quotenumber"]})
    assert (revised["revisionnumber"], revised["quotenumber"]) == (1, quote["quotenumber"])
    assert "@odata.type" not in revised
    id = revised["quoteid"]
    api.patch(f"quotes({id})", {"statecode": 1, "statuscode": -1})
    assert api.post("WinQuote", {"Status": -1, "QuoteClose": closing("quote", id, "quotes")}).status == 204
    order = done(api, "ConvertQuoteToSalesOrder", {"QuoteId": id})["salesorderid"]
    bound = f"salesorders({order})/Microsoft.Dynamics.CRM"
    done(api, f"{bound}.UnlockSalesOrderPricing")
    done(api, f"{bound}.LockSalesOrderPricing")
    done(api, "UnlockSalesOrderPricing", {"SalesOrderId": order})
    invoice = done(api, "ConvertSalesOrderToInvoice", {"SalesOrderId": order, "ColumnSet": {"AllColumns": True}})
    assert invoice["totalamount"] == 500
    fulfil = {"Status": -1, "OrderClose": closing("salesorder", order, "salesorders")}
    done(api, "salesorders/Microsoft.Dynamics.CRM.FulfillSalesOrder", fulfil)
    assert api.patch(f"invoices({invoice['invoiceid']})", {"statecode": 2, "statuscode": 100001}).status == 204
    assert api.get(f"invoices({invoice['invoiceid']})?$select=statecode").json["statecode"] == 2


def test_a_closed_row_named_by_another_address(api: Api, opportunity: str) -> None:
    lost = closing("opportunity", opportunity, "opportunities")
    lost["@odata.type"] = "Microsoft.Dynamics.CRM.opportunityclose"
    lost["opportunityid@odata.bind"] = f"https://other.example/api/data/v9.0/opportunities({opportunity.upper()})"
    done(api, "LoseOpportunity", {"Status": -1, "OpportunityClose": lost})
    assert api.get(f"opportunities({opportunity})?$select=statecode").json["statecode"] == 2


def test_products_are_copied_into_a_quote_bound_or_not(api: Api, opportunity: str) -> None:
    quote = done(api, "GenerateQuoteFromOpportunity", {"OpportunityId": opportunity})["quoteid"]
    path = f"quotes({quote})/Microsoft.Dynamics.CRM.GetQuoteProductsFromOpportunity"
    for row in (
        {"opportunityid": opportunity},
        {"@odata.id": f"opportunities({opportunity})"},
        {"opportunityid": opportunity, "@odata.type": "#Microsoft.Dynamics.CRM.opportunity"},
    ):
        done(api, path, {"Opportunity": row})
    done(api, "GetQuoteProductsFromOpportunity", {"QuoteId": quote, "Opportunity": {"opportunityid": opportunity}})
    assert api.get(f"quotes({quote})/quote_details/$count").body == b"5"


def test_bound_messages_called_unbound_and_the_other_way_round(api: Api, opportunity: str) -> None:
    prefix = f"opportunities({opportunity})/Microsoft.Dynamics.CRM"
    quote = done(api, f"{prefix}.GenerateQuoteFromOpportunity")["quoteid"]
    assert api.patch(f"quotes({quote})", {"statecode": 1}).status == 204
    done(api, f"quotes({quote})/Microsoft.Dynamics.CRM.WinQuote", {"Status": -1, "QuoteClose": {"subject": "x"}})
    won = {"Status": -1, "OpportunityClose": {"subject": "x"}}
    done(api, f"{prefix}.WinOpportunity", won)
    value = done(api, "CalculateActualValueOpportunity", {"OpportunityId": opportunity})
    assert value["@odata.context"].endswith("#Microsoft.Dynamics.CRM.CalculateActualValueOpportunityResponse")
    assert set(value) == {"@odata.context", "Value"}


def test_prices_are_calculated_for_a_row_of_any_table(api: Api, opportunity: str) -> None:
    target = {"opportunityid": opportunity, "@odata.type": "Microsoft.Dynamics.CRM.opportunity"}
    assert api.post("CalculatePrice", {"Target": target}).status == 204


def test_functions(api: Api) -> None:
    krona = {"isocurrencycode": "SEK", "currencyname": "Krona", "currencysymbol": "kr", "exchangerate": 10.5}
    currency = api.made("transactioncurrencies", {**krona, "currencyprecision": 2})
    for call in (
        f"RetrieveExchangeRate(TransactionCurrencyId={currency})",
        f"RetrieveExchangeRate(TransactionCurrencyId=@p1)?@p1={currency}",
    ):
        assert api.get(call).json["ExchangeRate"] == 10.5
    assert api.post("RetrieveExchangeRate", {"TransactionCurrencyId": currency}).status == 405
    path = "pricelevels/Microsoft.Dynamics.CRM.GetDefaultPriceLevel(EntityName='opportunity')"
    assert api.get(path).rows == []
    counted = api.get('RetrieveTotalRecordCount(EntityNames=@p1)?@p1=["transactioncurrency"]').json
    assert counted["EntityRecordCountCollection"]["Values"] == [2]


def typed(**values: Any) -> dict[str, Any]:
    return {"@odata.type": "Microsoft.Dynamics.CRM.account", **values}


def test_many_rows_at_once(api: Api) -> None:
    path = "accounts/Microsoft.Dynamics.CRM"
    ids = done(api, f"{path}.CreateMultiple", {"Targets": [typed(name="A"), typed(name="B")]})["Ids"]
    assert [api.get(f"accounts({id})").json["name"] for id in ids] == ["A", "B"]
    assert api.post(f"{path}.CreateMultiple", {"Targets": [typed(name="C"), typed(nonsense=1)]}).status == 400
    changed = {"Targets": [typed(accountid=id, telephone1="1") for id in ids]}
    assert api.post(f"{path}.UpdateMultiple", changed).status == 204
    targets = [typed(accountid=ids[0], name="AA"), typed(**{"@odata.id": f"accounts({ids[1]})"}, name="BB")]
    assert api.post(f"{path}.UpsertMultiple", {"Targets": targets}).status == 204
    rows = api.get("accounts?$select=name,telephone1&$orderby=name").rows
    assert [(row["name"], row["telephone1"]) for row in rows] == [("AA", "1"), ("BB", "1")]
    conditions = [{"AttributeName": "accountid", "Operator": "In"}]
    conditions[0]["Values"] = [{"Value": id, "Type": "System.Guid"} for id in ids]  # type: ignore[assignment]
    query = {"EntityName": "account", "Criteria": {"FilterOperator": "And", "Conditions": conditions}}
    assert done(api, "BulkDelete", {"QuerySet": [query], "JobName": "x", "ToRecipients": []})["JobId"]
    assert api.get("accounts/$count").body == b"0"


def test_an_order_is_canceled_by_a_close_activity_that_does_not_say_its_table(api: Api, opportunity: str) -> None:
    """The documented type of the parameter is any row, but what closes an order is an order close."""
    order = api.post("GenerateSalesOrderFromOpportunity", {"OpportunityId": opportunity}).json["salesorderid"]
    close = {"salesorderid@odata.bind": f"/salesorders({order})", "subject": "No money"}
    assert api.post("CancelSalesOrder", {"OrderClose": close, "Status": -1}).status == 204
    assert api.get(f"salesorders({order})?$select=statecode").json["statecode"] == 2


def test_an_empty_id_is_a_missing_one(one_api: Api) -> None:
    for given in ({}, {"OpportunityId": None}, {"OpportunityId": ""}):
        assert one_api.post("GenerateQuoteFromOpportunity", given).code == "0x80043b15"
