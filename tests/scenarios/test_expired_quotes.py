"""A quote past its last day: allowed, told or refused, as the organization says (behaviour 3.6, 3.4)."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

import handsel
from handsel.errors import Code
from tests.scenarios.company import Company, line

ALLOW, WARN, REFUSE = range(3)


def day(offset: int) -> str:
    return (datetime.now(UTC) + timedelta(days=offset)).date().isoformat()


def expired(company: Company, state: int = 1) -> UUID:
    return company.quote(line(company.lamp), state=state, effectiveto=day(-1))


def kinds(company: Company) -> list[str]:
    return [notice.kind for notice in company.session.notices]


@pytest.mark.parametrize("policy", [None, WARN])
def test_by_default_the_answer_says_so(company: Company, policy):
    company.settings(hs_expiredquotes=policy)
    company.do(handsel.WinQuote({"quoteid": expired(company)}))
    [notice] = company.session.notices
    assert (notice.kind, notice.is_warning) == ("expired", True)
    assert f"valid until {day(-1)} only" in notice.message
    order = company.do(handsel.ConvertQuoteToSalesOrder(expired(company)))
    assert [each.kind for each in order.notices] == ["expired"]
    assert order.notices == company.session.notices
    assert [each.kind for each in company.do(handsel.CreateOrderFromQuote(expired(company))).notices] == ["expired"]


def test_it_can_be_refused(company: Company):
    company.settings(hs_expiredquotes=REFUSE)
    quote = expired(company)
    for message in (
        handsel.WinQuote({"quoteid": quote}),
        handsel.ConvertQuoteToSalesOrder(quote),
        handsel.CreateOrderFromQuote(quote),
    ):
        company.refuses(message, Code.INVALID_STATE, day(-1), "hs_expiredquotes")
    company.do(handsel.CloseQuote({"quoteid": quote}))
    revision = company.do(handsel.ReviseQuote(quote)).id
    company.update("quote", revision, effectiveto=day(1))
    company.update("quote", revision, statecode=1)
    assert company.do(handsel.ConvertQuoteToSalesOrder(revision)).notices == ()


def test_it_can_be_allowed(company: Company):
    company.settings(hs_expiredquotes=ALLOW)
    assert company.do(handsel.ConvertQuoteToSalesOrder(expired(company))).notices == ()


def test_the_last_day_is_a_good_day(company: Company):
    company.settings(hs_expiredquotes=REFUSE)
    company.do(handsel.ConvertQuoteToSalesOrder(company.quote(line(company.lamp), state=1, effectiveto=day(0))))
    assert kinds(company) == []


def test_the_day_of_acceptance_counts_and_not_that_of_the_conversion(company: Company):
    company.settings(hs_expiredquotes=REFUSE)
    in_time = expired(company)
    company.do(handsel.WinQuote({"quoteid": in_time, "actualend": f"{day(-1)}T12:00:00Z"}))
    company.do(handsel.ConvertQuoteToSalesOrder(in_time))
    company.settings(hs_expiredquotes=ALLOW)
    late = expired(company, state=2)
    company.settings(hs_expiredquotes=REFUSE)
    company.refuses(handsel.ConvertQuoteToSalesOrder(late), Code.INVALID_STATE, "valid until")


def test_of_a_list_only_the_expired_ones_are_refused(company: Company):
    company.settings(hs_expiredquotes=REFUSE)
    good = company.quote(line(company.lamp), state=1)
    messages = [handsel.ConvertQuoteToSalesOrder(id) for id in (expired(company), good)]
    refused, order = company.session.execute_many(messages, on_refusal="collect")
    assert isinstance(refused, handsel.Refusal)
    assert order["quoteid"] == good
    assert company.session.count("salesorder") == 1
