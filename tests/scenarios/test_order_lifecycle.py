"""An order is active, may be submitted, and ends canceled, fulfilled or invoiced (behaviour 2.3, 3.10)."""

from datetime import date

import pytest

import handsel
from handsel.errors import Code
from tests.scenarios.company import Company, audit_of, line

ACTIVE, SUBMITTED, CANCELED, FULFILLED, INVOICED = range(5)
STATES = {ACTIVE: "active", SUBMITTED: "submitted", CANCELED: "canceled", FULFILLED: "fulfilled", INVOICED: "invoiced"}


def test_a_new_order_is_active_and_new(company: Company):
    order = company.order()
    assert company.state("salesorder", order) == (ACTIVE, 1)
    assert company.columns("salesorder", order, "ispricelocked", "ordercreationmethod") == (False, 776160000)


@pytest.mark.parametrize("status", [2, 690970000])
def test_an_active_order_can_be_pending_or_on_hold(company: Company, status):
    order = company.order()
    company.update("salesorder", order, statuscode=status)
    assert company.state("salesorder", order) == (ACTIVE, status)


MOVES = {
    (ACTIVE, SUBMITTED): (SUBMITTED, 3),
    (SUBMITTED, ACTIVE): (ACTIVE, 1),
    (ACTIVE, INVOICED): (INVOICED, 100003),
    (SUBMITTED, INVOICED): (INVOICED, 100003),
    (FULFILLED, INVOICED): (INVOICED, 100003),
}
"""What a plain change of state does; every other pair is refused."""


@pytest.mark.parametrize("here", STATES)
@pytest.mark.parametrize("there", STATES)
def test_plain_changes_of_state(company: Company, here, there):
    order = company.order(state=here)
    message = handsel.Update("salesorder", order, {"statecode": there})
    if here == there:
        company.do(message)
        assert company.state("salesorder", order)[0] == here
    elif (here, there) in MOVES:
        company.do(message)
        assert company.state("salesorder", order) == MOVES[here, there]
    else:
        company.refuses(message, Code.INVALID_STATE, STATES[here])


@pytest.mark.parametrize(("state", "message"), [(CANCELED, "CancelSalesOrder"), (FULFILLED, "FulfillSalesOrder")])
def test_a_plain_change_to_a_state_with_its_own_message_names_it(company: Company, state, message):
    company.refuses(handsel.Update("salesorder", company.order(), {"statecode": state}), Code.INVALID_STATE, message)


@pytest.mark.parametrize("state", STATES)
def test_which_orders_can_be_fulfilled(company: Company, state):
    order = company.order(state=state)
    message = handsel.FulfillSalesOrder({"salesorderid": order})
    if state in (ACTIVE, SUBMITTED):
        company.do(message)
        assert company.state("salesorder", order) == (FULFILLED, 100001)
    else:
        company.refuses(message, Code.INVALID_STATE, STATES[state])


@pytest.mark.parametrize("state", STATES)
def test_which_orders_can_be_canceled(company: Company, state):
    order = company.order(state=state)
    message = handsel.CancelSalesOrder({"salesorderid": order})
    if state in (ACTIVE, SUBMITTED, FULFILLED):
        company.do(message)
        assert company.state("salesorder", order) == (CANCELED, 4)
    else:
        company.refuses(message, Code.INVALID_STATE, STATES[state])


@pytest.mark.parametrize("message", ["FulfillSalesOrder", "CancelSalesOrder"])
@pytest.mark.parametrize("status", [1, 2, 3, 4, 100001, 100002, 100003])
def test_ending_takes_only_status_reasons_of_the_state_it_ends_in(company: Company, message, status):
    order = company.order()
    asked = getattr(handsel, message)({"salesorderid": order}, status)
    if status in {"FulfillSalesOrder": (100001, 100002), "CancelSalesOrder": (4,)}[message]:
        company.do(asked)
        assert company.state("salesorder", order)[1] == status
    else:
        company.refuses(asked, Code.STATUS_NOT_VALID_FOR_STATE, str(status))


def test_given_an_order_when_fulfilled_then_the_shipping_date_is_the_end_of_the_close_row(company: Company):
    order = company.order(ordernumber="O-1")
    given = {"salesorderid": order, "actualend": "2026-06-07T08:00:00Z", "description": "By truck"}
    assert company.do(handsel.FulfillSalesOrder(given)) is None
    assert company.columns("salesorder", order, "datefulfilled") == (date(2026, 6, 7),)
    (activity,) = company.all("orderclose", salesorderid=order)
    assert (activity["statecode"], activity["statuscode"]) == (1, 2)
    assert (activity["subject"], activity["description"]) == ("Order fulfilled: O-1", "By truck")
    assert activity["ordernumber"] == "O-1"
    assert activity["ownerid"] == company.session.user.user_id


def test_given_no_date_when_fulfilled_then_today(company: Company):
    order = company.order(state=FULFILLED)
    (activity,) = company.all("orderclose")
    assert company.columns("salesorder", order, "datefulfilled") == (activity["createdon"].date(),)


def test_given_an_order_when_canceled_then_a_close_row_and_no_shipping_date(company: Company):
    order = company.order(state=CANCELED, ordernumber="O-1")
    assert company.columns("salesorder", order, "datefulfilled") == (None,)
    assert [activity["subject"] for activity in company.all("orderclose")] == ["Order canceled: O-1"]


def test_a_fulfilled_order_that_is_canceled_has_two_close_rows(company: Company):
    order = company.order(state=FULFILLED)
    company.do(handsel.CancelSalesOrder({"salesorderid": order}))
    assert len(company.all("orderclose", salesorderid=order)) == 2


def test_submitting_writes_the_date_once(company: Company):
    order, dated = company.order(), company.order(submitdate="2026-01-02")
    for id in (order, dated):
        company.update("salesorder", id, statecode=SUBMITTED)
    assert company.columns("salesorder", order, "submitdate") == (
        company.row("salesorder", order)["modifiedon"].date(),
    )
    assert company.columns("salesorder", dated, "submitdate") == (date(2026, 1, 2),)
    company.update("salesorder", dated, statecode=ACTIVE)
    assert company.columns("salesorder", dated, "submitdate") == (date(2026, 1, 2),)


def test_the_message_that_submits_or_fulfills_leaves_days_and_not_moments_in_the_audit(company: Company):
    submitted, fulfilled = company.order(state=SUBMITTED), company.order(state=FULFILLED)
    for id, column in ((submitted, "submitdate"), (fulfilled, "datefulfilled")):
        changed = audit_of(company, id)[-1].content[0]["changed"]
        assert changed[column] == [None, company.columns("salesorder", id, column)[0].isoformat()]


def test_a_close_row_without_order_is_refused(company: Company):
    for name in ("FulfillSalesOrder", "CancelSalesOrder"):
        with pytest.raises(handsel.HandselError) as caught:
            company.do(getattr(handsel, name)({"subject": "?"}))
        assert caught.value.code is Code.INVALID_ARGUMENT


@pytest.mark.parametrize("state", [CANCELED, FULFILLED, INVOICED])
def test_a_closed_order_can_be_deleted_with_its_lines_and_close_rows(company: Company, state):
    order = company.order(line(company.lamp), state=state)
    company.delete("salesorder", order)
    assert [company.session.count(table) for table in ("salesorder", "salesorderdetail", "orderclose")] == [0, 0, 0]
