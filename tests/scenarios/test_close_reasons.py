"""A close activity says nothing that its close does not lead to (behaviour 2.1, 2.5, 3.4, 3.13)."""

from decimal import Decimal

import pytest

import handsel
from handsel import Reference
from handsel.errors import Code
from tests.scenarios.company import Company, line, write_in

REFUSED = Code.STATUS_NOT_VALID_FOR_STATE


@pytest.mark.parametrize(
    "given",
    [
        {"opportunitystatuscode": 5},
        {"opportunitystatuscode": 4},
        {"opportunitystatuscode": 1},
        {"opportunitystatecode": 2},
        {"opportunitystatecode": 1, "opportunitystatuscode": 5},
    ],
    ids=str,
)
def test_a_win_takes_no_reason_of_another_state(company: Company, given):
    opportunity = company.opportunity()
    for status in (-1, 3):
        company.refuses(handsel.WinOpportunity({"opportunityid": opportunity, **given}, status), REFUSED)
    assert company.state("opportunity", opportunity) == (0, 1)


def test_a_win_takes_its_own_reason_from_the_activity(company: Company):
    opportunity = company.opportunity()
    given = {"opportunityid": opportunity, "opportunitystatecode": 1, "opportunitystatuscode": 3}
    company.do(handsel.WinOpportunity(given))
    assert company.state("opportunity", opportunity) == (1, 3)


@pytest.mark.parametrize(("status", "reason", "left"), [(-1, 5, 5), (5, 5, 5), (4, 4, 4), (5, None, 5), (-1, -1, 4)])
def test_the_reason_of_a_loss_stands_in_the_message_or_in_the_activity(company: Company, status, reason, left):
    opportunity = company.opportunity()
    company.do(handsel.LoseOpportunity({"opportunityid": opportunity, "opportunitystatuscode": reason}, status))
    assert company.state("opportunity", opportunity) == (2, left)
    (activity,) = company.all("opportunityclose")
    assert (activity["opportunitystatecode"], activity["opportunitystatuscode"]) == (2, left)


@pytest.mark.parametrize(("status", "reason"), [(4, 5), (5, 4), (-1, 3), (-1, 7)])
def test_two_reasons_of_a_loss_do_not_differ(company: Company, status, reason):
    given = {"opportunityid": company.opportunity(), "opportunitystatuscode": reason}
    company.refuses(handsel.LoseOpportunity(given, status), REFUSED, str(reason))


@pytest.mark.parametrize("given", [{"statecode": 0}, {"statecode": 2, "statuscode": 3}, {"statuscode": 1}], ids=str)
def test_a_close_activity_is_completed_and_nothing_else(company: Company, given):
    quote, order, opportunity = company.quote(state=1), company.order(), company.opportunity()
    for message in (
        handsel.WinQuote({"quoteid": quote, **given}),
        handsel.CloseQuote({"quoteid": quote, **given}),
        handsel.FulfillSalesOrder({"salesorderid": order, **given}),
        handsel.CancelSalesOrder({"salesorderid": order, **given}),
        handsel.WinOpportunity({"opportunityid": opportunity, **given}),
        handsel.LoseOpportunity({"opportunityid": opportunity, **given}),
    ):
        company.refuses(message, REFUSED, "completes")
    company.do(handsel.WinQuote({"quoteid": quote, "statecode": 1, "statuscode": 2}))


def test_the_status_of_a_conversion_is_one_of_a_won_quote(company: Company):
    for state in (1, 2):
        quote = company.quote(line(company.lamp), state=state)
        company.refuses(handsel.ConvertQuoteToSalesOrder(quote, quote_close_status=5), REFUSED, "5")
        company.refuses(handsel.CreateOrderFromQuote(quote, status=7), REFUSED, "7")
        company.do(handsel.ConvertQuoteToSalesOrder(quote, quote_close_status=4))


def test_asking_about_a_close_takes_reasons_of_closed_opportunities(company: Company):
    opportunity = company.opportunity()
    for status in (None, -1, 3, 4, 5):
        assert company.do(handsel.CanCloseOpportunity(opportunity, new_status=status))["CanClose"]
    for status in (1, 2, 7):
        company.refuses(handsel.CanCloseOpportunity(opportunity, new_status=status), REFUSED, "3, 4, 5")


@pytest.mark.parametrize("message", ["FulfillSalesOrder", "CancelSalesOrder"])
def test_the_close_of_an_order_is_about_the_order(company: Company, message):
    order = company.order()
    company.do(getattr(handsel, message)({"salesorderid": order}))
    (activity,) = company.all("orderclose")
    assert (activity["regardingobjectid"], activity["hs_regardingobjecttype"]) == (order, "salesorder")


@pytest.mark.parametrize("table", ["opportunity", "quote", "salesorder"])
def test_a_close_activity_that_is_written_by_itself_is_about_what_it_names(company: Company, table):
    closed, close = company.document(table), f"{table.removeprefix('sales')}close"
    link = {f"{table}id": Reference(table, closed), "subject": "x"}
    written = company.create(close, **link)
    assert company.columns(close, written, "regardingobjectid", "hs_regardingobjecttype") == (closed, table)
    about = company.create(close, **link, regardingobjectid=Reference("account", company.acme))
    assert company.columns(close, about, "regardingobjectid") == (company.acme,)


def test_the_value_of_a_won_opportunity_falls_back_to_its_total(company: Company):
    own = {"isrevenuesystemcalculated": False}
    empty = company.opportunity(write_in("Work", 70), **own)
    typed = company.opportunity(write_in("Work", 70), estimatedvalue=50, **own)
    given = company.opportunity(write_in("Work", 70), estimatedvalue=50, **own)
    zero = company.opportunity(write_in("Work", 70), estimatedvalue=0, **own)
    for opportunity in (empty, typed, zero):
        company.do(handsel.WinOpportunity({"opportunityid": opportunity}))
    company.do(handsel.WinOpportunity({"opportunityid": given, "actualrevenue": 40}))
    values = [company.columns("opportunity", id, "actualvalue")[0] for id in (empty, typed, given, zero)]
    assert values == [70, 50, 40, 0]
    revenues = {row["opportunityid"]: row["actualrevenue"] for row in company.all("opportunityclose")}
    assert revenues == {empty: 70, typed: 50, given: 40, zero: 0}
    assert company.do(handsel.CalculateActualValueOpportunity(empty)) == {"Value": Decimal(70)}


def test_a_close_activity_of_its_own_names_a_state_and_a_reason_that_agree(company: Company):
    link = {"opportunityid": Reference("opportunity", company.opportunity()), "subject": "x"}
    message = handsel.Create("opportunityclose", {**link, "opportunitystatecode": 1, "opportunitystatuscode": 5})
    company.refuses(message, REFUSED, "5")
