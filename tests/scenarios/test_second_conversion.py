"""What has been converted before: allowed, told or refused, for each pair of tables (behaviour 3.1, 3.4, 3.5)."""

from uuid import UUID

import pytest

import handsel
from handsel.errors import Code
from tests.scenarios.company import LINES, Company, line

ALLOW, WARN, REFUSE = range(3)

ROUTES = {
    "GenerateQuoteFromOpportunity": ("opportunity", "quote"),
    "GenerateSalesOrderFromOpportunity": ("opportunity", "salesorder"),
    "GenerateInvoiceFromOpportunity": ("opportunity", "invoice"),
    "ConvertQuoteToSalesOrder": ("quote", "salesorder"),
    "ConvertSalesOrderToInvoice": ("salesorder", "invoice"),
}
NUMBERS = {"quote": "quotenumber", "salesorder": "ordernumber", "invoice": "invoicenumber"}


def source_of(company: Company, message: str) -> UUID:
    table = ROUTES[message][0]
    return (
        company.quote(line(company.lamp), state=1) if table == "quote" else company.document(table, line(company.lamp))
    )


def set_pair(company: Company, source: str, target: str, policy: int | None) -> None:
    [found] = company.all("entitymap", sourceentityname=source, targetentityname=target)
    company.update("entitymap", found.id, hs_secondconversion=policy)


@pytest.mark.parametrize("message", ROUTES)
def test_by_default_another_one_is_made_and_the_first_is_named(company: Company, message):
    target, source = ROUTES[message][1], source_of(company, message)
    first = company.do(getattr(handsel, message)(source))
    assert first.notices == ()
    second = company.do(getattr(handsel, message)(source))
    [notice] = second.notices
    assert (notice.kind, notice.is_warning, notice.rows) == ("converted_before", False, (first.reference,))
    assert first[NUMBERS[target]] in notice.message
    assert company.session.count(target) == 2


@pytest.mark.parametrize("message", ROUTES)
def test_it_can_be_refused_for_one_pair_alone(company: Company, message):
    source_table, target = ROUTES[message]
    set_pair(company, source_table, target, REFUSE)
    source = source_of(company, message)
    first = company.do(getattr(handsel, message)(source))
    company.refuses(
        getattr(handsel, message)(source), Code.BUSINESS_RULE, first[NUMBERS[target]], "hs_secondconversion"
    )
    other = next(name for name in ROUTES if ROUTES[name] != ROUTES[message])
    another = source_of(company, other)
    company.do(getattr(handsel, other)(another))
    assert company.do(getattr(handsel, other)(another)).notices[0].kind == "converted_before"
    set_pair(company, source_table, target, None)
    company.do(getattr(handsel, message)(source))


def test_the_organization_decides_where_the_pair_does_not(company: Company):
    company.settings(hs_secondconversion=REFUSE)
    set_pair(company, "salesorder", "invoice", WARN)
    quote, order = company.quote(line(company.lamp), state=1), company.order(line(company.lamp))
    company.do(handsel.ConvertQuoteToSalesOrder(quote))
    company.refuses(handsel.ConvertQuoteToSalesOrder(quote), Code.BUSINESS_RULE, "ORD-")
    company.do(handsel.ConvertSalesOrderToInvoice(order))
    [notice] = company.do(handsel.ConvertSalesOrderToInvoice(order)).notices
    assert notice.is_warning


def test_what_came_to_nothing_does_not_count(company: Company):
    company.settings(hs_secondconversion=REFUSE)
    deal, quote = company.opportunity(line(company.lamp)), company.quote(line(company.lamp), state=1)
    generated = company.do(handsel.GenerateQuoteFromOpportunity(deal)).id
    company.update("quote", generated, statecode=1)
    company.do(handsel.CloseQuote({"quoteid": generated}, 5))
    company.do(handsel.GenerateQuoteFromOpportunity(deal))
    order = company.do(handsel.ConvertQuoteToSalesOrder(quote)).id
    invoice = company.do(handsel.ConvertSalesOrderToInvoice(order)).id
    company.update("invoice", invoice, statecode=3)
    company.do(handsel.ConvertSalesOrderToInvoice(order))
    company.do(handsel.CancelSalesOrder({"salesorderid": order}))
    company.do(handsel.ConvertQuoteToSalesOrder(quote))


def test_the_dialog_makes_another_order_only_when_asked_for(company: Company):
    quote = company.quote(line(company.lamp), state=1)
    first = company.do(handsel.CreateOrderFromQuote(quote))
    company.refuses(handsel.CreateOrderFromQuote(quote), Code.BUSINESS_RULE, first["ordernumber"], "Again")
    second = company.do(handsel.CreateOrderFromQuote(quote, again=True))
    assert [notice.rows for notice in second.notices] == [(first.reference,)]
    company.settings(hs_secondconversion=REFUSE)
    company.refuses(handsel.CreateOrderFromQuote(quote, again=True), Code.BUSINESS_RULE, "hs_secondconversion")


def test_what_there_is_already_is_listed_as_a_sentence_does(company: Company):
    deal = company.opportunity(line(company.lamp))
    first, second, third = (company.do(handsel.GenerateQuoteFromOpportunity(deal))["quotenumber"] for _ in range(3))
    [notice] = company.do(handsel.GenerateQuoteFromOpportunity(deal)).notices
    assert notice.message.endswith(f"converted before, to Quote {first}, Quote {second} and Quote {third}.")


def test_an_order_from_before_the_quote_was_reopened_counts(company: Company):
    quote = company.quote(line(company.lamp), state=1)
    company.do(handsel.CreateOrderFromQuote(quote))
    company.update("quote", quote, statecode=0)
    company.update("quote", quote, statecode=1)
    company.refuses(handsel.CreateOrderFromQuote(quote), Code.BUSINESS_RULE, "converted before")
    assert company.state("quote", quote) == (1, 2)


def test_of_two_in_one_list_the_second_meets_the_first(company: Company):
    company.settings(hs_secondconversion=REFUSE)
    messages = [handsel.ConvertQuoteToSalesOrder(company.quote(line(company.lamp), state=1))] * 2
    order, refused = company.session.execute_many(messages, on_refusal="collect")
    assert isinstance(refused, handsel.Refusal)
    assert order["ordernumber"] in refused.error.message
    assert company.session.count("salesorder") == 1


def test_a_revision_is_no_second_conversion(company: Company):
    company.settings(hs_secondconversion=REFUSE)
    quote = company.do(handsel.GenerateQuoteFromOpportunity(company.opportunity(line(company.lamp)))).id
    company.update("quote", quote, statecode=1)
    revision = company.do(handsel.ReviseActiveQuote(quote)).id
    company.update("quote", revision, statecode=1)
    assert company.do(handsel.ReviseActiveQuote(revision)).notices == ()
    assert len(company.all(LINES["quote"][0])) == 3
