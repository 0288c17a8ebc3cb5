"""An invoice is active, then paid or canceled (behaviour 2.4)."""

import pytest

import handsel
from handsel.errors import Code
from tests.scenarios.company import Company, line

ACTIVE, CLOSED, PAID, CANCELED = range(4)
STATES = {ACTIVE: "active", PAID: "paid", CANCELED: "canceled"}
MOVES = {
    (ACTIVE, PAID): (PAID, 100001),
    (ACTIVE, CANCELED): (CANCELED, 100003),
    (PAID, CANCELED): (CANCELED, 100003),
    (PAID, ACTIVE): (ACTIVE, 1),
}
"""What a plain change of state does; every other pair is refused."""


def test_a_new_invoice_is_active_and_new(company: Company):
    invoice = company.invoice()
    assert company.state("invoice", invoice) == (ACTIVE, 1)
    assert company.columns("invoice", invoice, "duedate", "datedelivered", "ispricelocked") == (None, None, False)


@pytest.mark.parametrize("here", STATES)
@pytest.mark.parametrize("there", [*STATES, CLOSED])
def test_plain_changes_of_state(company: Company, here, there):
    invoice = company.invoice(state=here)
    message = handsel.Update("invoice", invoice, {"statecode": there})
    if here == there:
        company.do(message)
        assert company.state("invoice", invoice)[0] == here
    elif (here, there) in MOVES:
        company.do(message)
        assert company.state("invoice", invoice) == MOVES[here, there]
    else:
        company.refuses(message, Code.INVALID_STATE, STATES[here])


@pytest.mark.parametrize("status", [1, 2, 4, 5, 6])
def test_confirming_moves_the_status_reason_inside_active(company: Company, status):
    invoice = company.invoice()
    company.update("invoice", invoice, statuscode=status)
    assert company.state("invoice", invoice) == (ACTIVE, status)


@pytest.mark.parametrize("status", [100001, 100002])
def test_an_invoice_is_paid_completely_or_in_part(company: Company, status):
    invoice = company.invoice()
    company.update("invoice", invoice, statecode=PAID, statuscode=status)
    assert company.state("invoice", invoice) == (PAID, status)


def test_given_a_paid_invoice_when_the_payment_is_reversed_then_it_is_billed_again(company: Company):
    invoice = company.invoice(state=PAID)
    company.update("invoice", invoice, statecode=ACTIVE, statuscode=4)
    assert company.state("invoice", invoice) == (ACTIVE, 4)


@pytest.mark.parametrize(
    ("state", "status"), [(PAID, 1), (PAID, 7), (CANCELED, 3), (CANCELED, 100001), (ACTIVE, 100001)]
)
def test_a_status_reason_of_another_state_is_refused(company: Company, state, status):
    message = handsel.Update("invoice", company.invoice(), {"statecode": state, "statuscode": status})
    company.refuses(message, Code.STATUS_NOT_VALID_FOR_STATE, str(status))


def test_a_status_reason_alone_does_not_change_the_state(company: Company):
    message = handsel.Update("invoice", company.invoice(), {"statuscode": 100001})
    company.refuses(message, Code.STATUS_NOT_VALID_FOR_STATE, "active")


def test_a_refusal_says_in_words_what_to_do_first(company: Company) -> None:
    """The step is an imperative: "Reverse the payment first", "Deactivate it first"."""
    invoice = company.invoice(line(company.lamp))
    company.update("invoice", invoice, statecode=2)
    with pytest.raises(handsel.ReadOnly, match=r"is paid, so it cannot be changed\. Reverse the payment first\.$"):
        company.update("invoice", invoice, name="Other")
    quote = company.quote(line(company.lamp), state=1)
    with pytest.raises(handsel.ReadOnly, match=r"is active, so it cannot be changed\. Deactivate it first\.$"):
        company.update("quote", quote, name="Other")
