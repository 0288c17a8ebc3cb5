"""The Create Order dialog wins the quote, makes the order and, when asked, tidies up: all or nothing (behaviour 4)."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

import handsel
from handsel.errors import Code
from tests.scenarios.company import Company, audit, line, write_in


def quoted(company: Company, count: int = 1) -> tuple[UUID, list[UUID]]:
    """An opportunity of 100 with `count` draft quotes."""
    opportunity = company.opportunity(write_in("Work", 100), name="Roof", estimatedvalue=80)
    return opportunity, [company.do(handsel.GenerateQuoteFromOpportunity(opportunity)).id for _ in range(count)]


def activate(company: Company, *quotes: UUID) -> None:
    for quote in quotes:
        company.update("quote", quote, statecode=1)


def states(company: Company, *quotes: UUID) -> list[tuple[int, int]]:
    return [company.state("quote", quote) for quote in quotes]


def test_given_nothing_ticked_then_quote_won_order_made_and_the_rest_left_alone(company: Company):
    opportunity, (quote, active, draft) = quoted(company, 3)
    activate(company, quote, active)
    order = company.do(handsel.CreateOrderFromQuote(quote, date_won="2026-03-04T00:00:00Z", description="By mail"))
    assert (order["quoteid"], order["opportunityid"], order["totalamount"]) == (quote, opportunity, 100)
    assert (order["statecode"], order["ispricelocked"], order["ordercreationmethod"]) == (0, True, 776160001)
    assert states(company, quote, active, draft) == [(2, 4), (1, 2), (0, 1)]
    assert company.state("opportunity", opportunity) == (0, 1)
    assert company.columns("quote", quote, "closedon") == (date(2026, 3, 4),)
    assert [row["description"] for row in company.all("quoteclose")] == ["By mail"]


@pytest.mark.parametrize("revenue", [None, Decimal("77.70"), Decimal(0)])
def test_given_the_opportunity_ticked_then_it_is_won_with_calculated_or_given_revenue(company: Company, revenue):
    opportunity, (quote,) = quoted(company)
    company.update("quote", quote, freightamount=20)
    activate(company, quote)
    asked = handsel.CreateOrderFromQuote(
        quote, date_won="2026-03-04T00:00:00Z", description="By mail", close_opportunity=True, actual_revenue=revenue
    )
    order = company.do(asked)
    expected = Decimal(120) if revenue is None else revenue
    assert order["totalamount"] == 120
    assert company.state("opportunity", opportunity) == (1, 3)
    assert company.columns("opportunity", opportunity, "actualvalue", "actualclosedate") == (expected, date(2026, 3, 4))
    (activity,) = company.all("opportunityclose")
    assert (activity["actualrevenue"], activity["description"]) == (expected, "By mail")


def test_given_related_quotes_ticked_then_the_other_live_ones_are_canceled(company: Company):
    opportunity, (quote, active, draft, closed) = quoted(company, 4)
    activate(company, quote, active, closed)
    company.do(handsel.CloseQuote({"quoteid": closed}, 5))
    company.do(handsel.CreateOrderFromQuote(quote, close_related_quotes=True))
    assert states(company, quote, active, draft, closed) == [(2, 4), (3, 6), (3, 6), (3, 5)]
    assert len(company.all("quoteclose")) == 4
    assert company.state("opportunity", opportunity)[0] == 0


def test_given_both_ticked_then_everything_is_closed_in_one_transaction(company: Company):
    opportunity, (quote, active, draft) = quoted(company, 3)
    activate(company, quote, active)
    company.do(handsel.CreateOrderFromQuote(quote, close_opportunity=True, close_related_quotes=True))
    assert states(company, quote, active, draft) == [(2, 4), (3, 6), (3, 6)]
    assert company.state("opportunity", opportunity) == (1, 3)
    last = [entry for entry in audit(company) if entry.message == "CreateOrderFromQuote"]
    assert {(entry.table, entry.action) for entry in last} == {
        ("quote", "update"),
        ("salesorder", "create"),
        ("opportunity", "update"),
    }
    assert len({entry.version for entry in last}) == 1
    assert len(last) == 5


@pytest.mark.parametrize("state", [0, 1])
def test_given_another_live_quote_when_only_the_opportunity_is_ticked_then_nothing_happens(company: Company, state):
    _, (quote, other) = quoted(company, 2)
    activate(company, quote, *([other] if state else []))
    number = company.columns("quote", other, "quotenumber")[0]
    company.refuses(handsel.CreateOrderFromQuote(quote, close_opportunity=True), Code.INVALID_STATE, number)


def test_given_a_won_quote_then_only_the_order_is_made(company: Company):
    _, (quote,) = quoted(company)
    activate(company, quote)
    company.do(handsel.WinQuote({"quoteid": quote}))
    company.do(handsel.CreateOrderFromQuote(quote))
    assert (len(company.all("quoteclose")), company.session.count("salesorder")) == (1, 1)


@pytest.mark.parametrize("state", [0, 3])
def test_a_draft_or_closed_quote_is_refused(company: Company, state):
    company.refuses(handsel.CreateOrderFromQuote(company.quote(state=state)), Code.INVALID_STATE)


def test_a_closed_opportunity_cannot_be_won_and_nothing_happens(company: Company):
    opportunity = company.opportunity()
    company.do(handsel.LoseOpportunity({"opportunityid": opportunity}))
    quote = company.quote(opportunityid=opportunity, state=1)
    company.refuses(handsel.CreateOrderFromQuote(quote, close_opportunity=True), Code.INVALID_STATE, "lost")


def test_a_quote_without_opportunity_cannot_close_one(company: Company):
    quote = company.quote(state=1)
    company.refuses(handsel.CreateOrderFromQuote(quote, close_opportunity=True), Code.MISSING_OPPORTUNITY_ID)
    company.do(handsel.CreateOrderFromQuote(quote, close_related_quotes=True))


@pytest.mark.parametrize("status", [1, 2, 5, 7])
def test_the_status_reason_must_be_one_of_won(company: Company, status):
    company.refuses(
        handsel.CreateOrderFromQuote(company.quote(state=1), status=status), Code.STATUS_NOT_VALID_FOR_STATE
    )


def test_two_dialogs_on_one_opportunity_take_turns(company: Company):
    opportunity, (first, second) = quoted(company, 2)
    activate(company, first, second)
    messages = [
        handsel.CreateOrderFromQuote(first),
        handsel.CreateOrderFromQuote(second, close_opportunity=True),
    ]
    company.session.execute_many(messages)
    assert company.state("opportunity", opportunity) == (1, 3)
    assert company.session.count("salesorder") == 2


def test_in_a_collected_list_a_dialog_that_is_refused_leaves_nothing_of_itself(company: Company):
    _, (first, second) = quoted(company, 2)
    activate(company, first, second)
    messages = [
        handsel.CreateOrderFromQuote(quote, close_opportunity=True, close_related_quotes=True)
        for quote in (first, second)
    ]
    order, refusal = company.session.execute_many(messages, on_refusal="collect")
    assert order["quoteid"] == first
    assert refusal.error.code is Code.INVALID_STATE
    assert states(company, first, second) == [(2, 4), (3, 6)]
    assert len(company.all("opportunityclose")) == 1
    assert company.session.count("salesorder") == 1


def test_a_refused_dialog_beside_a_good_one_rolls_its_won_quote_back(company: Company):
    _, (blocked, live) = quoted(company, 2)
    _, (good,) = quoted(company)
    activate(company, blocked, live, good)
    messages = [handsel.CreateOrderFromQuote(quote, close_opportunity=True) for quote in (blocked, good)]
    refusal, order = company.session.execute_many(messages, on_refusal="collect")
    assert (refusal.index, order["quoteid"]) == (0, good)
    assert states(company, blocked, live, good) == [(1, 2), (1, 2), (2, 4)]
    assert company.session.count("salesorder") == 1
    assert len(company.all("quoteclose")) == 1


def test_the_calculated_revenue_is_the_orders_total_after_catalog_prices(company: Company):
    opportunity = company.opportunity(line(company.lamp, 3))
    quote = company.do(handsel.GenerateQuoteFromOpportunity(opportunity)).id
    activate(company, quote)
    company.do(handsel.CreateOrderFromQuote(quote, close_opportunity=True))
    assert company.columns("opportunity", opportunity, "actualvalue") == (Decimal("59.97"),)
