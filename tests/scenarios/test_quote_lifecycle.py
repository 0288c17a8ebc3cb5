"""A quote is draft, active, then won or closed, and is revised under its number (behaviour 2.2, 3.6 to 3.8)."""

from datetime import date
from decimal import Decimal

import pytest

import handsel
from handsel.errors import Code
from tests.scenarios.company import Company, line

DRAFT, ACTIVE, WON, CLOSED = range(4)
STATES = {DRAFT: "draft", ACTIVE: "active", WON: "won", CLOSED: "closed"}


def test_a_new_quote_is_a_draft_with_revision_zero(company: Company):
    quote = company.quote()
    assert company.state("quote", quote) == (DRAFT, 1)
    assert company.columns("quote", quote, "revisionnumber", "quotecreationmethod") == (0, 776160000)


def test_a_new_quote_cannot_start_in_another_state(company: Company):
    values = {"name": "Deal", "statecode": ACTIVE}
    before = company.session.count("quote")
    with pytest.raises(handsel.HandselError):
        company.do(handsel.Create("quote", values))
    assert company.session.count("quote") == before


def test_activation_needs_no_lines_and_fills_no_dates(company: Company):
    quote = company.quote()
    company.update("quote", quote, statecode=ACTIVE)
    assert company.state("quote", quote) == (ACTIVE, 2)
    assert company.columns("quote", quote, "effectivefrom", "effectiveto") == (None, None)


@pytest.mark.parametrize("status", [2, 3])
def test_activation_takes_the_status_reason_asked_for(company: Company, status):
    quote = company.quote()
    company.update("quote", quote, statecode=ACTIVE, statuscode=status)
    assert company.state("quote", quote) == (ACTIVE, status)


def test_activation_takes_a_last_change_along(company: Company):
    """The draft could be changed before, so the change comes first (behaviour 3.15)."""
    quote = company.quote()
    company.update("quote", quote, statecode=ACTIVE, name="Final")
    assert company.columns("quote", quote, "name", "statecode") == ("Final", ACTIVE)


def test_activation_needs_a_customer(company: Company):
    quote = company.quote(customerid=None)
    company.refuses(handsel.Update("quote", quote, {"statecode": ACTIVE}), Code.REQUIRED_FIELD_MISSING, "customer")


def test_activation_needs_a_price_list_while_price_lists_are_mandatory(company: Company):
    quote = company.quote(pricelevelid=None)
    company.refuses(handsel.Update("quote", quote, {"statecode": ACTIVE}), Code.MISSING_PRICE_LEVEL_ID, "price list")
    company.settings(ispricelistmandatory=False)
    company.update("quote", quote, statecode=ACTIVE)


def test_effective_from_may_not_be_after_effective_to(company: Company):
    quote = company.quote(effectivefrom="2026-05-01", effectiveto="2026-05-01")
    company.refuses(
        handsel.Update("quote", quote, {"effectivefrom": "2026-05-02"}), Code.INVALID_ARGUMENT, "effectivefrom"
    )
    company.update("quote", quote, effectivefrom="2026-04-30")


MOVES = {
    (DRAFT, ACTIVE): (ACTIVE, 2),
    (ACTIVE, DRAFT): (DRAFT, 1),
    (WON, DRAFT): (DRAFT, 1),
    (CLOSED, DRAFT): (DRAFT, 1),
}
"""What a plain change of state does; every other pair is refused."""


@pytest.mark.parametrize("here", STATES)
@pytest.mark.parametrize("there", STATES)
def test_plain_changes_of_state(company: Company, here, there):
    quote = company.quote(state=here)
    message = handsel.Update("quote", quote, {"statecode": there})
    if here == there:
        company.do(message)
        assert company.state("quote", quote)[0] == here
    elif (here, there) in MOVES:
        company.do(message)
        assert company.state("quote", quote) == MOVES[here, there]
    else:
        company.refuses(message, Code.INVALID_STATE, STATES[here])


@pytest.mark.parametrize(("state", "message"), [(WON, "WinQuote"), (CLOSED, "CloseQuote")])
def test_a_plain_change_to_won_or_closed_names_the_message(company: Company, state, message):
    quote = company.quote(state=ACTIVE)
    company.refuses(handsel.Update("quote", quote, {"statecode": state}), Code.INVALID_STATE, message)


def test_reopening_clears_the_close_date(company: Company):
    quote = company.quote(state=CLOSED)
    assert company.columns("quote", quote, "closedon") != (None,)
    company.update("quote", quote, statecode=DRAFT)
    assert company.columns("quote", quote, "closedon") == (None,)


# WinQuote, CloseQuote


def test_given_an_active_quote_when_won_then_it_is_stamped_and_nothing_else_happens(company: Company):
    opportunity = company.opportunity()
    quote = company.do(handsel.GenerateQuoteFromOpportunity(opportunity))
    company.update("quote", quote.id, statecode=ACTIVE)
    given = {"quoteid": quote.id, "actualend": "2026-02-03T10:00:00+02:00", "subject": "Yes", "description": "By phone"}
    assert company.do(handsel.WinQuote(given)) is None
    assert company.state("quote", quote.id) == (WON, 4)
    assert company.columns("quote", quote.id, "closedon") == (date(2026, 2, 3),)
    (activity,) = company.all("quoteclose", quoteid=quote.id)
    assert (activity["statecode"], activity["statuscode"]) == (1, 2)
    assert (activity["subject"], activity["description"]) == ("Yes", "By phone")
    assert (activity["quotenumber"], activity["revision"]) == (quote["quotenumber"], 0)
    assert (activity["regardingobjectid"], activity["ownerid"]) == (quote.id, company.session.user.user_id)
    assert company.state("opportunity", opportunity) == (0, 1)
    assert company.session.count("salesorder") == 0


def test_given_no_date_and_subject_when_closed_then_today_and_a_made_up_subject(company: Company):
    won, closed = company.quote(state=WON, quotenumber="A-1"), company.quote(state=CLOSED, quotenumber="A-2")
    first, second = company.all("quoteclose")
    assert [first["subject"], second["subject"]] == ["Quote won: A-1", "Quote closed: A-2"]
    for quote, activity in ((won, first), (closed, second)):
        assert company.columns("quote", quote, "closedon") == (activity["createdon"].date(),)


@pytest.mark.parametrize(("status", "stored"), [(-1, 7), (5, 5), (6, 6), (7, 7)])
def test_given_an_active_quote_when_closed_then_the_reason_is_kept(company: Company, status, stored):
    quote = company.quote(state=CLOSED, status=status)
    assert company.state("quote", quote) == (CLOSED, stored)


@pytest.mark.parametrize("message", ["WinQuote", "CloseQuote"])
@pytest.mark.parametrize("status", range(1, 9))
def test_closing_takes_only_status_reasons_of_the_state_it_ends_in(company: Company, message, status):
    quote = company.quote(state=ACTIVE)
    asked = getattr(handsel, message)({"quoteid": quote}, status)
    if status in {"WinQuote": (4,), "CloseQuote": (5, 6, 7)}[message]:
        company.do(asked)
        assert company.state("quote", quote)[1] == status
    else:
        company.refuses(asked, Code.STATUS_NOT_VALID_FOR_STATE, str(status))


@pytest.mark.parametrize("message", ["WinQuote", "CloseQuote"])
@pytest.mark.parametrize("state", [DRAFT, WON, CLOSED])
def test_only_an_active_quote_is_won_or_closed(company: Company, message, state):
    quote = company.quote(state=state, quotenumber="Q-7")
    company.refuses(getattr(handsel, message)({"quoteid": quote}), Code.INVALID_STATE, "Q-7", STATES[state])


def test_a_close_row_without_quote_is_refused(company: Company):
    for name in ("WinQuote", "CloseQuote"):
        with pytest.raises(handsel.HandselError) as caught:
            company.do(getattr(handsel, name)({"subject": "?"}))
        assert caught.value.code is Code.INVALID_ARGUMENT


# ReviseQuote


def test_given_a_closed_quote_when_revised_then_a_draft_with_its_number_and_the_next_revision(company: Company):
    quote = company.quote(
        line(company.lamp, 2, manualdiscountamount=1, tax="0.5"), state=ACTIVE, effectivefrom="2026-01-01"
    )
    number = company.columns("quote", quote, "quotenumber")[0]
    company.do(handsel.CloseQuote({"quoteid": quote}))
    revision = company.do(handsel.ReviseQuote(quote))
    assert (revision["statecode"], revision["statuscode"], revision["quotenumber"], revision["revisionnumber"]) == (
        0,
        1,
        number,
        1,
    )
    assert (revision["quotecreationmethod"], revision["closedon"], revision["overriddencreatedon"]) == (
        776160001,
        None,
        None,
    )
    assert revision["totalamount"] == Decimal("39.48")  # 2 × 19.99 − 1 + 0.50
    assert company.state("quote", quote) == (CLOSED, 7)


@pytest.mark.parametrize("status", [5, 6, 7])
def test_a_quote_closed_for_any_reason_can_be_revised(company: Company, status):
    assert company.do(handsel.ReviseQuote(company.quote(state=CLOSED, status=status)))["revisionnumber"] == 1


@pytest.mark.parametrize("state", [DRAFT, ACTIVE, WON])
def test_only_a_closed_quote_is_revised(company: Company, state):
    company.refuses(handsel.ReviseQuote(company.quote(state=state)), Code.INVALID_STATE, STATES[state])


@pytest.mark.parametrize("state", [DRAFT, ACTIVE])
def test_given_a_live_revision_when_another_is_asked_for_then_refused(company: Company, state):
    quote = company.quote(state=CLOSED)
    live = company.do(handsel.ReviseQuote(quote))
    company.update("quote", live.id, statecode=state)
    company.refuses(
        handsel.ReviseQuote(quote), Code.QUOTE_REVISE_EXISTING_ACTIVE_QUOTE, live["quotenumber"], STATES[state]
    )


def test_given_a_live_revision_when_an_older_one_is_reopened_then_refused(company: Company):
    quote = company.quote(state=CLOSED)
    company.do(handsel.ReviseQuote(quote))
    company.refuses(handsel.Update("quote", quote, {"statecode": DRAFT}), Code.QUOTE_REVISE_EXISTING_ACTIVE_QUOTE)


def test_revising_an_old_revision_counts_on_from_the_newest(company: Company):
    first = company.quote(state=CLOSED)
    second = company.do(handsel.ReviseQuote(first)).id
    company.update("quote", second, statecode=ACTIVE)
    company.do(handsel.CloseQuote({"quoteid": second}))
    assert company.do(handsel.ReviseQuote(first))["revisionnumber"] == 2


def test_two_closed_revisions_cannot_both_be_revised_or_reopened_in_one_list(company: Company):
    first = company.quote(state=CLOSED)
    second = company.do(handsel.ReviseQuote(first)).id
    company.update("quote", second, statecode=ACTIVE)
    company.do(handsel.CloseQuote({"quoteid": second}))
    for messages in (
        [handsel.ReviseQuote(id) for id in (first, second)],
        [handsel.Update("quote", id, {"statecode": DRAFT}) for id in (second, first)],
    ):
        _, refusal = company.session.execute_many(messages, on_refusal="collect")
        assert refusal.error.code is Code.QUOTE_REVISE_EXISTING_ACTIVE_QUOTE
        (live,) = company.all("quote", statecode=DRAFT)
        company.update("quote", live.id, statecode=ACTIVE)
        company.do(handsel.CloseQuote({"quoteid": live.id}))


def test_a_revision_takes_todays_catalog_prices_and_keeps_typed_ones(company: Company):
    typed = {"ispriceoverridden": True, "priceperunit": 15}
    quote = company.quote(line(company.lamp), line(company.lamp, **typed), state=CLOSED)
    for item in company.all("productpricelevel", productid=company.lamp, pricelevelid=company.price_list):
        company.update("productpricelevel", item.id, amount="21")
    revision = company.do(handsel.ReviseQuote(quote))
    assert [row["priceperunit"] for row in company.lines("quote", revision.id)] == [21, 15]
    assert company.total("quote", quote) == Decimal("34.99")


# The Revise button


def test_given_an_active_quote_when_revise_is_pressed_then_closed_as_revised_and_copied(company: Company):
    quote = company.quote(line(company.lamp), state=ACTIVE)
    revision = company.do(handsel.ReviseActiveQuote(quote, description="Cheaper"))
    assert company.state("quote", quote) == (CLOSED, 7)
    assert (revision["revisionnumber"], revision["statecode"]) == (1, DRAFT)
    assert company.all("quoteclose", quoteid=quote)[0]["description"] == "Cheaper"


@pytest.mark.parametrize("state", [DRAFT, WON, CLOSED])
def test_revise_on_a_quote_that_is_not_active_is_refused(company: Company, state):
    company.refuses(handsel.ReviseActiveQuote(company.quote(state=state)), Code.INVALID_STATE, STATES[state])


# The Close Quote dialog (behaviour 5)


@pytest.mark.parametrize("status", [5, 6, 7])
def test_the_dialog_closes_with_reason_date_and_description(company: Company, status):
    quote = company.quote(state=ACTIVE)
    asked = handsel.CloseQuoteDialog(quote, status, closed_on="2026-01-31", description="Too dear")
    assert company.do(asked) is None
    assert company.state("quote", quote) == (CLOSED, status)
    assert company.columns("quote", quote, "closedon") == (date(2026, 1, 31),)
    assert company.all("quoteclose")[0]["description"] == "Too dear"


@pytest.mark.parametrize("status", [-1, 1, 4, 8])
def test_the_dialog_takes_no_other_reason(company: Company, status):
    quote = company.quote(state=ACTIVE)
    company.refuses(handsel.CloseQuoteDialog(quote, status), Code.STATUS_NOT_VALID_FOR_STATE)


def test_the_dialog_can_make_a_revision(company: Company):
    quote = company.quote(line(company.lamp), state=ACTIVE)
    revision = company.do(handsel.CloseQuoteDialog(quote, 7, create_revision=True))
    assert (revision["revisionnumber"], revision["totalamount"]) == (1, Decimal("19.99"))


def test_the_dialog_can_lose_the_opportunity_too(company: Company):
    opportunity = company.opportunity()
    quote = company.do(handsel.GenerateQuoteFromOpportunity(opportunity)).id
    company.update("quote", quote, statecode=ACTIVE)
    company.do(handsel.CloseQuoteDialog(quote, 5, closed_on="2026-01-31", close_opportunity=True))
    assert company.state("quote", quote) == (CLOSED, 5)
    assert company.state("opportunity", opportunity) == (2, 4)
    assert company.columns("opportunity", opportunity, "actualclosedate") == (date(2026, 1, 31),)


def test_given_another_live_quote_when_the_opportunity_shall_be_closed_then_nothing_happens(company: Company):
    opportunity = company.opportunity()
    first, second = (company.do(handsel.GenerateQuoteFromOpportunity(opportunity)) for _ in range(2))
    company.update("quote", first.id, statecode=ACTIVE)
    asked = handsel.CloseQuoteDialog(first.id, 5, close_opportunity=True)
    company.refuses(asked, Code.INVALID_STATE, second["quotenumber"])


def test_the_dialog_refuses_what_makes_no_sense(company: Company):
    quote = company.quote(state=ACTIVE)
    both = handsel.CloseQuoteDialog(quote, 7, create_revision=True, close_opportunity=True)
    company.refuses(both, Code.INVALID_ARGUMENT)
    company.refuses(handsel.CloseQuoteDialog(quote, 5, close_opportunity=True), Code.MISSING_OPPORTUNITY_ID)
    company.refuses(handsel.CloseQuoteDialog(company.quote(), 5), Code.INVALID_STATE, "draft")


def test_given_two_quotes_of_one_opportunity_when_both_dialogs_close_it_then_it_is_closed_once(company: Company):
    opportunity = company.opportunity()
    quotes = [company.do(handsel.GenerateQuoteFromOpportunity(opportunity)).id for _ in range(2)]
    for quote in quotes:
        company.update("quote", quote, statecode=ACTIVE)
    messages = [handsel.CloseQuoteDialog(quote, 5, close_opportunity=True) for quote in quotes]
    results = company.session.execute_many(messages, on_refusal="collect")
    assert len(company.all("opportunityclose")) <= 1
    assert any(isinstance(result, handsel.Refusal) for result in results)
