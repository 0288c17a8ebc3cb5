"""What cannot be sold is not sold: prices in error, no customer. A negative total is told (pricing 8)."""

from decimal import Decimal
from uuid import UUID

import pytest

import handsel
from handsel import HandselError, Reference
from handsel.database.statements import counted_statements
from handsel.engine.message import Message
from handsel.errors import Code
from tests.scenarios.company import Company, line, write_in

ALLOW, WARN, REFUSE = range(3)

HUGE = write_in("Ship", "100000000000", "1000000000")
"""1e11 × 1e9 is beyond the largest amount, 9.2e14: the line counts nothing and has error 35."""


def update(table: str, id: UUID, **values: int) -> handsel.Update:
    return handsel.Update(table, id, values)


def sales(company: Company) -> list[tuple[str, UUID, Message]]:
    """Every step by which somebody relies on a document, each on a document of its own with a line in error."""
    invoices = [company.invoice(HUGE) for _ in range(6)]
    orders = [company.order(HUGE) for _ in range(5)]
    deals = [company.opportunity(HUGE) for _ in range(3)]
    quote = company.quote(HUGE)
    return [
        ("quote", quote, update("quote", quote, statecode=1)),
        ("salesorder", orders[0], update("salesorder", orders[0], statecode=1)),
        ("salesorder", orders[1], update("salesorder", orders[1], statecode=4)),
        ("salesorder", orders[2], handsel.FulfillSalesOrder({"salesorderid": orders[2]})),
        ("salesorder", orders[3], handsel.FulfillSalesOrder({"salesorderid": orders[3]}, 100002)),
        ("salesorder", orders[4], handsel.ConvertSalesOrderToInvoice(orders[4])),
        ("invoice", invoices[0], update("invoice", invoices[0], statecode=2)),
        ("invoice", invoices[1], update("invoice", invoices[1], statecode=2, statuscode=100002)),
        *(
            ("invoice", id, update("invoice", id, statuscode=status))
            for id, status in zip(invoices[2:], (2, 4, 5, 6), strict=True)
        ),
        ("opportunity", deals[0], handsel.GenerateQuoteFromOpportunity(deals[0])),
        ("opportunity", deals[1], handsel.GenerateSalesOrderFromOpportunity(deals[1])),
        ("opportunity", deals[2], handsel.GenerateInvoiceFromOpportunity(deals[2])),
    ]


def test_a_document_with_a_price_in_error_is_not_sold(company: Company):
    for table, id, message in sales(company):
        assert company.columns(table, id, "pricingerrorcode", "totalamount") == (1, 0)
        error = company.refuses(message, Code.BUSINESS_RULE, "line 1 Ship", "hs_pricingerrors")
        assert "Price Attribute Out Of Range" in error.message


def test_it_is_told_where_the_organization_wants_that(company: Company):
    company.settings(hs_pricingerrors=WARN)
    for _table, _id, message in sales(company):
        company.do(message)
        assert "pricing_error" in [notice.kind for notice in company.session.notices], message


def test_it_is_sold_silently_where_the_organization_wants_that(company: Company):
    company.settings(hs_pricingerrors=ALLOW)
    for _table, _id, message in sales(company):
        company.do(message)
        assert company.session.notices == ()


def test_won_quotes_with_errors_make_no_orders_but_can_be_closed_and_revised(company: Company):
    company.settings(hs_pricingerrors=ALLOW)
    won, active = company.quote(HUGE, state=2), company.quote(HUGE, state=1)
    company.settings(hs_pricingerrors=REFUSE)
    company.refuses(handsel.ConvertQuoteToSalesOrder(won), Code.BUSINESS_RULE, "no order can be made from it")
    company.refuses(handsel.WinQuote({"quoteid": active}), Code.BUSINESS_RULE, "cannot become won")
    company.do(handsel.CloseQuote({"quoteid": active}))
    revision = company.do(handsel.ReviseQuote(active)).id
    company.update("quotedetail", company.lines("quote", revision)[0].id, quantity=1, priceperunit=7)
    company.update("quote", revision, statecode=1)
    assert company.total("quote", revision) == 7


def test_a_line_that_is_not_on_the_price_list_counts_as_well(company: Company):
    (unlisted,) = company.products({"name": "Unlisted", "price": 1})
    quote = company.quote(line(unlisted), line(company.lamp))
    message = update("quote", quote, statecode=1)
    company.refuses(message, Code.BUSINESS_RULE, "line 1 Unlisted: Product Not In Price Level")
    row = {"pricelevelid": company.price_list, "uomid": company.piece, "pricingmethodcode": 1, "amount": 4}
    company.create("productpricelevel", productid=unlisted, **row)
    company.do(handsel.RecalculatePrice("quote", quote))
    company.do(message)
    assert company.total("quote", quote) == Decimal("23.99")


def test_the_code_cannot_be_taken_away(company: Company):
    invoice = company.invoice(HUGE)
    company.update("invoice", invoice, pricingerrorcode=0)
    assert company.columns("invoice", invoice, "pricingerrorcode") == (1,)
    company.refuses(update("invoice", invoice, statecode=2), Code.BUSINESS_RULE, "line 1 Ship")


def test_an_error_that_comes_along_with_the_confirmation_is_found(company: Company):
    """The document is looked at as it is about to be written."""
    empty = company.create("pricelevel", name="Empty")
    invoice = company.invoice(line(company.lamp))
    company.refuses(
        handsel.Update("invoice", invoice, {"statuscode": 4, "pricelevelid": empty}), Code.BUSINESS_RULE, "billed"
    )
    billed = {"name": "Deal", "customerid": company.acme, "statuscode": 4, "invoice_details": [HUGE]}
    with pytest.raises(HandselError, match=r"The new invoice has prices in error"):
        company.create("invoice", **billed)


def test_a_billed_invoice_gets_no_price_in_error_and_keeps_its_customer(company: Company):
    invoice = company.invoice(line(company.lamp), statuscode=4)
    added = handsel.Create("invoicedetail", {"invoiceid": invoice, **HUGE})
    company.refuses(added, Code.BUSINESS_RULE, "line 2 Ship", "cannot stay billed")
    emptied = handsel.Update("invoice", invoice, {"customerid": None})
    company.refuses(emptied, Code.REQUIRED_FIELD_MISSING, "cannot stay billed")
    company.update("invoice", invoice, customerid=Reference("contact", company.ann), name="Deal 2")
    company.settings(hs_pricingerrors=WARN)
    company.do(added)
    assert [notice.kind for notice in company.session.notices] == ["pricing_error"]
    assert company.columns("invoice", invoice, "pricingerrorcode", "totalamount") == (1, Decimal("19.99"))
    company.settings(hs_pricingerrors=REFUSE)
    company.update("invoice", invoice, freightamount=1)
    company.delete("invoicedetail", company.lines("invoice", invoice)[1].id)
    company.update("invoice", invoice, statecode=2)
    assert company.total("invoice", invoice) == Decimal("20.99")


def test_a_payment_is_reversed_whatever_the_prices(company: Company):
    company.settings(hs_pricingerrors=ALLOW)
    invoice = company.invoice(HUGE, state=2)
    company.settings(hs_pricingerrors=REFUSE)
    company.update("invoice", invoice, statecode=0, statuscode=4)
    assert company.state("invoice", invoice) == (0, 4)


def test_totals_out_of_range_count_as_well(company: Company):
    """Two lines of 6e14 are fine, their sum of 1.2e15 is not: the total stays 6e14, with error 35."""
    most = write_in("Ship", "600000000000000")
    invoice = company.invoice(most)
    company.create("invoicedetail", invoiceid=invoice, **most)
    assert company.columns("invoice", invoice, "pricingerrorcode", "totalamount") == (35, 6 * 10**14)
    company.refuses(update("invoice", invoice, statecode=2), Code.BUSINESS_RULE, "totals: Price Attribute Out Of Range")


def test_a_draft_that_is_only_closed_along_need_not_be_sellable(company: Company):
    opportunity = company.opportunity()
    link = {"opportunityid": handsel.Reference("opportunity", opportunity)}
    won, draft = company.quote(line(company.lamp), state=1, **link), company.quote(HUGE, **link)
    company.do(handsel.CreateOrderFromQuote(won, close_related_quotes=True, close_opportunity=True))
    assert company.state("quote", draft) == (3, 6)


def test_orders_and_invoices_without_a_customer_are_not_sold(company: Company):
    order, invoice = company.order(customerid=None), company.invoice(customerid=None)
    deal = company.opportunity(customerid=None)
    for message in (
        update("salesorder", order, statecode=1),
        update("salesorder", order, statecode=4),
        handsel.FulfillSalesOrder({"salesorderid": order}),
        handsel.ConvertSalesOrderToInvoice(order),
        update("invoice", invoice, statecode=2),
        update("invoice", invoice, statuscode=4),
        handsel.GenerateSalesOrderFromOpportunity(deal),
        handsel.GenerateInvoiceFromOpportunity(deal),
    ):
        company.refuses(message, Code.REQUIRED_FIELD_MISSING, "no customer", "customerid")
    company.do(handsel.GenerateQuoteFromOpportunity(deal))
    company.do(handsel.CancelSalesOrder({"salesorderid": order}))
    company.update("invoice", invoice, statecode=3)


def test_a_negative_total_is_invoiced_as_a_credit_and_told(company: Company):
    order = company.order(write_in("Returned", "-12.5", 2))
    invoice = company.do(handsel.ConvertSalesOrderToInvoice(order))
    [notice] = invoice.notices
    assert (notice.kind, notice.is_warning, notice.rows) == ("credit", False, (invoice.reference,))
    assert "-25.00" in notice.message
    assert company.total("invoice", invoice.id) == -25
    company.update("invoice", invoice.id, statecode=2)
    assert [each.kind for each in company.session.notices] == ["credit"]


def test_a_list_costs_no_statement_more_for_each_document(company: Company):
    counted = []
    for count in (2, 10):
        invoices = [company.invoice(HUGE) for _ in range(count)]
        company.settings(hs_pricingerrors=WARN)
        with counted_statements() as statements:
            company.session.execute_many([update("invoice", id, statecode=2) for id in invoices])
        assert len(company.session.notices) == count
        counted.append(len(statements))
    assert counted[0] == counted[1]
