"""The steps of a company from opportunity to paid invoice, written once and done through every Python client."""

from collections.abc import Mapping
from typing import Any, Protocol

SETS = {"opportunity": "opportunities", "quote": "quotes", "salesorder": "salesorders", "invoice": "invoices"}
LINES = {
    "opportunity": "opportunityproducts",
    "quote": "quotedetails",
    "salesorder": "salesorderdetails",
    "invoice": "invoicedetails",
}
ALL = {"AllColumns": True}


class Deals(Protocol):
    """A client, reduced to the methods that these steps need. Tables are named by their entity sets."""

    def create(self, entity_set: str, values: Mapping[str, Any]) -> str:
        """A new row's id."""
        ...

    def update(self, entity_set: str, id: str, values: Mapping[str, Any]) -> None:
        """Change a row."""
        ...

    def rows(self, entity_set: str, condition: str, *columns: str) -> list[dict[str, Any]]:
        """The rows that a filter finds."""
        ...

    def act(self, message: str, parameters: Mapping[str, Any], on: str = "") -> Any:
        """Call an action, bound to a row or a table if one is given, and return its body."""
        ...


def sell(deals: Deals) -> None:
    """A quote is revised and won, the order is fulfilled, the invoice is paid."""
    opportunity = _opportunity(deals)
    # 10 lamps at 19.99 from the catalog and 2 desks at 250 written in
    assert _one(deals, "opportunity", opportunity, "totalamount") == {"totalamount": 699.9}

    quote = deals.act("GenerateQuoteFromOpportunity", {"OpportunityId": opportunity, "ColumnSet": ALL})
    assert (quote["totalamount"], quote["revisionnumber"]) == (699.9, 0)
    deals.update("quotes", quote["quoteid"], {"statecode": 1})
    deals.act("CloseQuote", {"Status": 7, "QuoteClose": _closing("quote", quote["quoteid"])})
    assert state(deals, "quote", quote["quoteid"]) == (3, 7)
    revised = deals.act("ReviseQuote", {"QuoteId": quote["quoteid"], "ColumnSet": ALL})
    assert (revised["quotenumber"], revised["revisionnumber"]) == (quote["quotenumber"], 1)
    quote_id = revised["quoteid"]
    _copy_lines(deals, "GetQuoteProductsFromOpportunity", "quote", quote_id, opportunity)
    assert _one(deals, "quote", quote_id, "totalamount") == {"totalamount": 1399.8}
    deals.update("quotes", quote_id, {"statecode": 1, "statuscode": 2})
    deals.act("WinQuote", {"Status": -1, "QuoteClose": _closing("quote", quote_id)})
    assert state(deals, "quote", quote_id) == (2, 4)

    order = deals.act("ConvertQuoteToSalesOrder", {"QuoteId": quote_id, "ColumnSet": ALL})["salesorderid"]
    _copy_lines(deals, "GetSalesOrderProductsFromOpportunity", "salesorder", order, opportunity)
    assert _one(deals, "salesorder", order, "totalamount") == {"totalamount": 2099.7}
    _lock(deals, "SalesOrder", order)

    invoice = deals.act("ConvertSalesOrderToInvoice", {"SalesOrderId": order, "ColumnSet": ALL})["invoiceid"]
    fulfilled = {"Status": -1, "OrderClose": _closing("salesorder", order)}
    deals.act("Microsoft.Dynamics.CRM.FulfillSalesOrder", fulfilled, on="salesorders")
    assert state(deals, "salesorder", order) == (3, 100001)
    _lock(deals, "Invoice", invoice)
    deals.update("invoices", invoice, {"statecode": 2, "statuscode": 100001})
    assert state(deals, "invoice", invoice) == (2, 100001)
    paid = {"totalamount": 2099.7, "ispricelocked": True, "_opportunityid_value": opportunity}
    assert _one(deals, "invoice", invoice, *paid) == paid


def give_up(deals: Deals) -> None:
    """A quote is lost, an order is canceled, one opportunity is lost and another won."""
    lost, won = _opportunity(deals), _opportunity(deals)
    generated = {"OpportunityId": lost, "ColumnSet": {"AllColumns": False, "Columns": ["quoteid", "statuscode"]}}
    quote = deals.act("GenerateQuoteFromOpportunity", generated)["quoteid"]
    deals.update("quotes", quote, {"statecode": 1})
    deals.act("CloseQuote", {"Status": 5, "QuoteClose": _closing("quote", quote)})
    assert state(deals, "quote", quote) == (3, 5)
    deals.act("LoseOpportunity", {"Status": -1, "OpportunityClose": _closing("opportunity", lost)})
    assert state(deals, "opportunity", lost) == (2, 4)

    order = deals.act("GenerateSalesOrderFromOpportunity", {"OpportunityId": won, "ColumnSet": ALL})["salesorderid"]
    canceled = {**_closing("salesorder", order), "@odata.type": "Microsoft.Dynamics.CRM.orderclose"}
    deals.act("CancelSalesOrder", {"Status": -1, "OrderClose": canceled})
    assert state(deals, "salesorder", order) == (2, 4)
    deals.act("WinOpportunity", {"Status": 3, "OpportunityClose": _closing("opportunity", won)})
    assert state(deals, "opportunity", won) == (1, 3)


def offer(deals: Deals) -> str:
    """The id of an active quote of a new opportunity, over 699.90."""
    opportunity = _opportunity(deals)
    quote: str = deals.act("GenerateQuoteFromOpportunity", {"OpportunityId": opportunity, "ColumnSet": ALL})["quoteid"]
    deals.update("quotes", quote, {"statecode": 1})
    return quote


def _opportunity(deals: Deals) -> str:
    """Ten lamps from the catalog and two desks written in, for a customer."""
    price_list, lamp, piece = catalog(deals)
    account = deals.create("accounts", {"name": "Customer"})
    opportunity = deals.create(
        "opportunities",
        {
            "name": "Deal",
            "isrevenuesystemcalculated": True,
            "customerid_account@odata.bind": f"/accounts({account})",
            "pricelevelid@odata.bind": f"/pricelevels({price_list})",
        },
    )
    of = {"opportunityid@odata.bind": f"/opportunities({opportunity})"}
    product = {"productid@odata.bind": f"/products({lamp})", "uomid@odata.bind": f"/uoms({piece})"}
    deals.create("opportunityproducts", {**of, **product, "quantity": 10})
    written = {"isproductoverridden": True, "ispriceoverridden": True, "productdescription": "Desk"}
    deals.create("opportunityproducts", {**of, **written, "quantity": 2, "priceperunit": 250})
    return opportunity


def catalog(deals: Deals) -> tuple[str, str, str]:
    """A price list, a product at 19.99 on it and its unit, made the first time."""
    columns = ("_pricelevelid_value", "_productid_value", "_uomid_value")
    for item in deals.rows("productpricelevels", "amount eq 19.99", *columns):
        price_list, lamp, piece = (item[column] for column in columns)
        return price_list, lamp, piece
    currency = deals.rows("transactioncurrencies", "isocurrencycode eq 'USD'", "transactioncurrencyid")[0]
    bound = f"/transactioncurrencies({currency['transactioncurrencyid']})"
    price_list = deals.create("pricelevels", {"name": "Standard", "transactioncurrencyid@odata.bind": bound})
    group = deals.create("uomschedules", {"name": "Pieces", "baseuomname": "Piece"})
    piece = deals.rows("uoms", f"_uomscheduleid_value eq {group}", "uomid")[0]["uomid"]
    units = {
        "defaultuomscheduleid@odata.bind": f"/uomschedules({group})",
        "defaultuomid@odata.bind": f"/uoms({piece})",
        "quantitydecimal": 0,
    }
    lamp = deals.create("products", {"name": "Lamp", "productnumber": "L-1", **units})
    item = {
        "pricelevelid@odata.bind": f"/pricelevels({price_list})",
        "productid@odata.bind": f"/products({lamp})",
        "uomid@odata.bind": f"/uoms({piece})",
        "amount": 19.99,
    }
    deals.create("productpricelevels", item)
    deals.update("products", lamp, {"statecode": 0})
    return price_list, lamp, piece


def _copy_lines(deals: Deals, message: str, table: str, id: str, opportunity: str) -> None:
    """Copy both lines of the opportunity once more."""
    before = _lines(deals, table, id)
    row = {"opportunityid": opportunity, "@odata.type": "Microsoft.Dynamics.CRM.opportunity"}
    deals.act(f"Microsoft.Dynamics.CRM.{message}", {"Opportunity": row}, on=f"{SETS[table]}({id})")
    assert _lines(deals, table, id) == before + 2


def _lock(deals: Deals, table: str, id: str) -> None:
    """Let the prices follow the price list, then keep them as they are."""
    name = table.lower()
    for message, locked in (("Unlock", False), ("Lock", True)):
        deals.act(f"Microsoft.Dynamics.CRM.{message}{table}Pricing", {}, on=f"{SETS[name]}({id})")
        assert _one(deals, name, id, "ispricelocked") == {"ispricelocked": locked}


def _lines(deals: Deals, table: str, id: str) -> int:
    return len(deals.rows(LINES[table], f"_{table}id_value eq {id}", "quantity"))


def _one(deals: Deals, table: str, id: str, *columns: str) -> dict[str, Any]:
    row = deals.rows(SETS[table], f"{table}id eq {id}", *columns)[0]
    return {column: row[column] for column in columns}


def state(deals: Deals, table: str, id: str) -> tuple[int, int]:
    """The state and the status reason of a document."""
    row = _one(deals, table, id, "statecode", "statuscode")
    return row["statecode"], row["statuscode"]


def _closing(table: str, id: str) -> dict[str, str]:
    return {"subject": "Done", f"{table}id@odata.bind": f"/{SETS[table]}({id})"}
