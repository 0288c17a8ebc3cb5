"""An opportunity is open, then won or lost, and may be reopened (behaviour 2.1, 3.9, 3.13)."""

from datetime import date
from decimal import Decimal

import pytest

import handsel
from handsel import Reference
from handsel.errors import Code
from tests.scenarios.company import Company, line, write_in

OPEN, WON, LOST = 0, 1, 2


def close(opportunity, **values):
    return {"opportunityid": opportunity, **values}


def test_a_new_opportunity_is_open_and_in_progress(company: Company):
    assert company.state("opportunity", company.opportunity()) == (OPEN, 1)


def test_given_an_open_opportunity_when_it_is_put_on_hold_then_it_stays_open(company: Company):
    opportunity = company.opportunity()
    company.update("opportunity", opportunity, statuscode=2)
    assert company.state("opportunity", opportunity) == (OPEN, 2)


def test_given_an_open_opportunity_when_it_is_won_then_state_date_and_revenue_are_stamped(company: Company):
    opportunity = company.opportunity(estimatedvalue="1200")
    given = close(
        opportunity,
        actualend="2026-03-04T23:30:00Z",
        actualrevenue="1000.50",
        subject="Signed",
        description="Over lunch",
    )
    assert company.do(handsel.WinOpportunity(given)) is None
    assert company.state("opportunity", opportunity) == (WON, 3)
    assert company.columns("opportunity", opportunity, "actualclosedate", "actualvalue") == (
        date(2026, 3, 4),
        Decimal("1000.50"),
    )
    (activity,) = company.all("opportunityclose", opportunityid=opportunity)
    assert (activity["statecode"], activity["statuscode"]) == (1, 2)
    assert (activity["subject"], activity["description"]) == ("Signed", "Over lunch")
    assert activity["actualrevenue"] == Decimal("1000.50")
    assert activity["actualrevenue_base"] == Decimal("1000.50")
    assert (activity["opportunitystatecode"], activity["opportunitystatuscode"]) == (WON, 3)
    assert activity["regardingobjectid"] == opportunity
    assert activity["ownerid"] == company.session.user.user_id


def test_given_no_actual_revenue_when_won_then_the_estimate_is_the_actual_value(company: Company):
    opportunity = company.opportunity(estimatedvalue="1200")
    company.do(handsel.WinOpportunity(close(opportunity), 3))
    assert company.columns("opportunity", opportunity, "actualvalue") == (Decimal(1200),)
    assert company.all("opportunityclose")[0]["actualrevenue"] == Decimal(1200)


def test_given_no_date_when_won_then_it_closed_today(company: Company):
    opportunity = company.opportunity()
    company.do(handsel.WinOpportunity(close(opportunity)))
    (activity,) = company.all("opportunityclose")
    assert company.columns("opportunity", opportunity, "actualclosedate") == (activity["createdon"].date(),)
    assert activity["actualend"] == activity["createdon"]


def test_given_no_subject_when_won_or_lost_then_one_is_made_up_from_the_name(company: Company):
    won, lost = company.opportunity(name="Roof"), company.opportunity(name="Wall")
    company.do(handsel.WinOpportunity(close(won)))
    company.do(handsel.LoseOpportunity(close(lost)))
    assert [activity["subject"] for activity in company.all("opportunityclose")] == [
        "Opportunity won: Roof",
        "Opportunity lost: Wall",
    ]


@pytest.mark.parametrize(("status", "stored"), [(-1, 4), (4, 4), (5, 5)])
def test_given_an_open_opportunity_when_it_is_lost_then_the_reason_is_kept(company: Company, status, stored):
    rival = company.create("competitor", name="Rival")
    opportunity = company.opportunity(estimatedvalue="1200")
    company.do(handsel.LoseOpportunity(close(opportunity, competitorid=rival), status))
    assert company.state("opportunity", opportunity) == (LOST, stored)
    assert company.columns("opportunity", opportunity, "actualvalue") == (None,)
    (activity,) = company.all("opportunityclose")
    assert (activity["competitorid"], activity["opportunitystatuscode"]) == (rival, stored)


@pytest.mark.parametrize("message", ["WinOpportunity", "LoseOpportunity"])
@pytest.mark.parametrize("status", [1, 2, 3, 4, 5, 6])
def test_a_status_reason_of_another_state_is_refused(company: Company, message, status):
    if status in {"WinOpportunity": (3,), "LoseOpportunity": (4, 5)}[message]:
        return
    opportunity = company.opportunity()
    company.refuses(getattr(handsel, message)(close(opportunity), status), Code.STATUS_NOT_VALID_FOR_STATE, str(status))


@pytest.mark.parametrize(("state", "message"), [(WON, "WinOpportunity"), (LOST, "LoseOpportunity")])
def test_a_plain_change_of_state_is_refused_and_names_the_message(company: Company, state, message):
    opportunity = company.opportunity()
    company.refuses(handsel.Update("opportunity", opportunity, {"statecode": state}), Code.INVALID_STATE, message)


@pytest.mark.parametrize("closed_by", ["WinOpportunity", "LoseOpportunity"])
@pytest.mark.parametrize("message", ["WinOpportunity", "LoseOpportunity"])
def test_a_closed_opportunity_cannot_be_closed_again(company: Company, closed_by, message):
    opportunity = company.opportunity()
    company.do(getattr(handsel, closed_by)(close(opportunity)))
    company.refuses(
        getattr(handsel, message)(close(opportunity)),
        Code.INVALID_STATE,
        "Deal",
        "already" if message == closed_by else "won" if closed_by[0] == "W" else "lost",
    )


@pytest.mark.parametrize("message", ["WinOpportunity", "LoseOpportunity"])
@pytest.mark.parametrize("state", [0, 1])
def test_given_a_draft_or_active_quote_when_closing_then_the_refusal_names_the_quote(company: Company, message, state):
    opportunity = company.opportunity()
    quote = company.do(handsel.GenerateQuoteFromOpportunity(opportunity))
    if state:
        company.update("quote", quote.id, statecode=1)
    company.refuses(
        getattr(handsel, message)(close(opportunity)),
        Code.INVALID_STATE,
        quote["quotenumber"],
        ["draft", "active"][state],
    )


@pytest.mark.parametrize("message", ["WinOpportunity", "LoseOpportunity"])
def test_given_only_won_and_closed_quotes_when_closing_then_documents_stay_as_they_are(company: Company, message):
    opportunity = company.opportunity(line(company.lamp))
    won, closed = (company.do(handsel.GenerateQuoteFromOpportunity(opportunity)).id for _ in range(2))
    for quote in (won, closed):
        company.update("quote", quote, statecode=1)
    order = company.do(handsel.ConvertQuoteToSalesOrder(won)).id
    company.do(handsel.CloseQuote({"quoteid": closed}, 5))
    company.do(getattr(handsel, message)(close(opportunity)))
    assert [company.state("quote", quote)[0] for quote in (won, closed)] == [2, 3]
    assert company.state("salesorder", order) == (0, 1)


def test_the_actual_revenue_must_be_in_the_opportunitys_currency(company: Company):
    opportunity = company.opportunity()
    given = close(opportunity, actualrevenue=5, transactioncurrencyid=company.euro)
    company.refuses(handsel.WinOpportunity(given), Code.CURRENCY_NOT_EQUAL, "currency")
    company.do(handsel.WinOpportunity({**given, "transactioncurrencyid": company.dollar}))


def test_a_close_row_without_opportunity_is_refused(company: Company):
    for name in ("WinOpportunity", "LoseOpportunity"):
        with pytest.raises(handsel.HandselError) as caught:
            company.do(getattr(handsel, name)({"subject": "?"}))
        assert caught.value.code is Code.MISSING_OPPORTUNITY_ID


@pytest.mark.parametrize("closed_by", ["WinOpportunity", "LoseOpportunity"])
def test_given_a_closed_opportunity_when_reopened_then_what_closing_wrote_is_taken_back(company: Company, closed_by):
    opportunity = company.opportunity(estimatedvalue="1200")
    company.do(getattr(handsel, closed_by)(close(opportunity)))
    company.update("opportunity", opportunity, statecode=0, statuscode=2)
    assert company.state("opportunity", opportunity) == (OPEN, 2)
    assert company.columns("opportunity", opportunity, "actualclosedate", "actualvalue", "actualvalue_base") == (
        None,
        None,
        None,
    )
    (activity,) = company.all("opportunityclose")
    assert (activity["statecode"], activity["statuscode"]) == (2, 3)
    company.do(handsel.WinOpportunity(close(opportunity)))
    assert [activity["statecode"] for activity in company.all("opportunityclose")] == [2, 1]


@pytest.mark.parametrize("closed_by", ["WinOpportunity", "LoseOpportunity"])
def test_a_closed_opportunity_and_its_lines_are_read_only(company: Company, closed_by):
    opportunity = company.opportunity(line(company.lamp))
    (product,) = company.lines("opportunity", opportunity)
    company.do(getattr(handsel, closed_by)(close(opportunity)))
    company.refuses(
        handsel.Update("opportunity", opportunity, {"name": "x"}), Code.CANNOT_UPDATE_BECAUSE_IT_IS_READ_ONLY, "Reopen"
    )
    company.refuses(handsel.Update("opportunityproduct", product.id, {"quantity": 2}), Code.PARENT_READ_ONLY)
    company.refuses(handsel.Delete("opportunityproduct", product.id), Code.PARENT_READ_ONLY)
    added = handsel.Create("opportunityproduct", {"opportunityid": opportunity, **line(company.lamp)})
    company.refuses(added, Code.PARENT_READ_ONLY)


def test_competitors_are_linked_beside_the_one_lost_to(company: Company):
    one, two = company.create("competitor", name="One"), company.create("competitor", name="Two")
    opportunity = company.opportunity()
    for rival in (one, two, two):
        link = handsel.Associate(
            "opportunity", opportunity, "opportunitycompetitors_association", Reference("competitor", rival)
        )
        company.do(link)
    assert [row["competitorid"] for row in company.all("opportunitycompetitors")] == [one, two]
    company.do(
        handsel.Disassociate(
            "opportunity", opportunity, "opportunitycompetitors_association", Reference("competitor", one)
        )
    )
    assert [row["competitorid"] for row in company.all("opportunitycompetitors")] == [two]


# CalculateActualValueOpportunity (behaviour 3.13)


def actual_value(company: Company, opportunity) -> Decimal:
    return company.do(handsel.CalculateActualValueOpportunity(opportunity))["Value"]


def test_the_actual_value_of_an_opportunity_that_is_not_won_is_refused(company: Company):
    opportunity = company.opportunity()
    company.refuses(handsel.CalculateActualValueOpportunity(opportunity), Code.INVALID_STATE, "open")


def test_the_actual_value_is_the_orders_else_the_won_quotes_else_the_opportunitys_own_total(company: Company):
    opportunity = company.opportunity(write_in("Consulting", 100))
    won, other = (company.do(handsel.GenerateQuoteFromOpportunity(opportunity)).id for _ in range(2))
    company.update("quote", won, discountamount=10)  # 90
    for quote in (won, other):
        company.update("quote", quote, statecode=1)
    company.do(handsel.CloseQuote({"quoteid": other}, 5))
    company.do(handsel.WinQuote({"quoteid": won}))
    company.do(handsel.WinOpportunity(close(opportunity, actualrevenue=7)))
    assert actual_value(company, opportunity) == 90
    first, second = (company.do(handsel.ConvertQuoteToSalesOrder(won)).id for _ in range(2))
    company.update("salesorder", second, freightamount=5)  # 95
    assert actual_value(company, opportunity) == 185  # the quote they came from is not counted again
    company.do(handsel.CancelSalesOrder({"salesorderid": second}))
    assert actual_value(company, opportunity) == 90
    company.do(handsel.CancelSalesOrder({"salesorderid": first}))
    assert actual_value(company, opportunity) == 90

    alone = company.opportunity(write_in("Consulting", 100))
    company.do(handsel.WinOpportunity(close(alone, actualrevenue=7)))
    assert actual_value(company, alone) == 100


# CanCloseOpportunity (behaviour 3)


def test_can_close_says_whether_closing_would_be_refused_and_why(company: Company):
    opportunity = company.opportunity()
    assert company.do(handsel.CanCloseOpportunity(opportunity)) == {"CanClose": True, "Reasons": []}
    quote = company.do(handsel.GenerateQuoteFromOpportunity(opportunity))
    result = company.do(handsel.CanCloseOpportunity(opportunity))
    assert not result["CanClose"]
    assert quote["quotenumber"] in result["Reasons"][0]
    company.update("quote", quote.id, statecode=1)
    assert not company.do(handsel.CanCloseOpportunity(opportunity))["CanClose"]
    assert company.do(handsel.CanCloseOpportunity(opportunity, quote_id=quote.id))["CanClose"]
    company.do(handsel.CloseQuote({"quoteid": quote.id}))
    company.do(handsel.LoseOpportunity(close(opportunity)))
    assert "already lost" in company.do(handsel.CanCloseOpportunity(opportunity, new_status=4))["Reasons"][0].lower()


# Revenue (pricing 5.1)


def test_a_system_calculated_estimate_follows_the_total_and_a_typed_one_stays(company: Company):
    system = company.opportunity(line(company.lamp, 2), isrevenuesystemcalculated=True, estimatedvalue="5")
    typed = company.opportunity(line(company.lamp, 2), isrevenuesystemcalculated=False, estimatedvalue="5")
    assert company.columns("opportunity", system, "estimatedvalue", "totalamount") == (
        Decimal("39.98"),
        Decimal("39.98"),
    )
    assert company.columns("opportunity", typed, "estimatedvalue", "totalamount") == (Decimal(5), Decimal("39.98"))
    company.update("opportunity", typed, isrevenuesystemcalculated=True)
    assert company.columns("opportunity", typed, "estimatedvalue") == (Decimal("39.98"),)


@pytest.mark.parametrize("target", ["quote", "salesorder", "invoice"])
def test_nothing_is_prepared_from_a_lost_opportunity(company: Company, target):
    opportunity = Reference("opportunity", company.opportunity())
    message = handsel.InitializeFrom(opportunity, target, handsel.TargetFieldType.VALID_FOR_CREATE)
    assert company.do(message)["name"] == "Deal"
    company.do(handsel.LoseOpportunity({"opportunityid": opportunity.id}))
    company.refuses(message, Code.INVALID_STATE, "is lost")
