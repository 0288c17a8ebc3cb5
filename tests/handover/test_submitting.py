"""Submitting writes deliveries, by whichever way; what cannot be delivered is not submitted (erp 2, 4, 9)."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

import handsel
from handsel.chain.handover.outcomes import Accepted
from handsel.connectors.queue import LEASE
from handsel.connectors.worker import Worker
from handsel.database.statements import counted_statements, run
from handsel.engine.message import Message
from handsel.errors import Code
from tests.handover.conftest import DELIVERED, DROPPED, DUE, StandIn, claimed, connect, deliveries, states
from tests.scenarios.company import Company, audit_of, events, line, write_in

SAID = ("statecode", "statuscode", "submitstatus", "submitstatusdescription", "submitdate", "lastbackofficesubmit")


def test_a_message_and_a_plain_change_write_the_same(company: Company, erp: Company) -> None:
    orders = [company.order(line(company.lamp)) for _ in range(2)]
    company.do(handsel.SubmitSalesOrder(orders[0]))
    company.update("salesorder", orders[1], statecode=1)
    first, second = (company.columns("salesorder", order, *SAID) for order in orders)
    assert first == second
    assert first[:4] == (1, 3, 0, "Queued for erp.")
    [one], [other] = (deliveries(company, order) for order in orders)
    number = company.row("salesorder", orders[0])["ordernumber"]
    assert one["hs_subject"] == f"{number} to erp"
    assert (one["hs_state"], one["hs_tries"], one["hs_claimeduntil"]) == (DUE, 0, None)
    same = set(one) - {"hs_deliveryid", "hs_subject", "salesorderid", "hs_dueon", "createdon", "modifiedon"}
    assert {name for name in same if one[name] != other[name]} <= {"versionnumber"}
    changes = [audit_of(company, order)[-1] for order in orders]
    assert [each.message for each in changes] == ["SubmitSalesOrder", "Update"]
    assert len(changes[0].content) == len(changes[1].content)
    last = [[each.table for each in events(company) if each.row_id == order][-1] for order in orders]
    assert last == ["salesorder", "salesorder"]
    [waiting] = company.session.as_user("erp").rows("hs_delivery", f"_salesorderid_value eq {orders[0]}")
    assert waiting.id == one.id


def test_a_submit_costs_three_statements_more_for_any_number_of_orders_and_connectors(company: Company) -> None:
    """The connectors, the lines that are checked, and the new deliveries; nothing while there is no connector."""

    def cost(count: int) -> int:
        orders = [company.order(line(company.lamp)) for _ in range(count)]
        messages: list[Message[None]] = [handsel.SubmitSalesOrder(order) for order in orders]
        with counted_statements() as counted:
            company.session.execute_many(messages)
        return len(counted.statements)

    cost(1)
    plain = cost(1)
    company.settings(issopintegrationenabled=True)
    cost(1)
    assert cost(1) == plain + 1
    user = company.create("systemuser", domainname="erp", lastname="ERP", isintegrationuser=True)
    connect(company, "erp", user)
    cost(1)
    one = cost(1)
    connect(company, "warehouse", user)
    assert one == cost(2) == cost(9) == plain + 3


def test_what_cannot_be_delivered_is_not_submitted(company: Company, erp: Company) -> None:
    company.settings(hs_pricingerrors=0)
    [unpriced] = company.products({"name": "Unpriced", "price": None})
    unmeasured, unnamed = company.order(line(company.lamp)), company.order(write_in("Work", 5))
    with company.session.entered():  # no message writes such rows; older ones may be so
        run("UPDATE salesorderdetail SET uomid = NULL")
        run("UPDATE salesorderdetail SET productdescription = NULL")
    for order, text in (
        (company.order(), "It has no lines. Add what is sold."),
        (company.order(line(company.lamp), customerid=None), "It has no customer. Choose one."),
        (unmeasured, "A product is sold in a unit; it is missing in 'Lamp'."),
        (unnamed, "A write-in says what is sold in its description; it is missing in "),
        (company.order(line(unpriced)), "Its prices are in error in 'Unpriced'. Mend the prices, or override them."),
    ):
        for message in (handsel.SubmitSalesOrder(order), handsel.Update("salesorder", order, {"statecode": 1})):
            company.refuses(message, Code.BUSINESS_RULE, "cannot be submitted yet", text)
        assert states(company, order) == []
    order = company.order()
    erp.do(handsel.SubmitSalesOrder(order))
    assert states(company, order) == [DUE]


def test_without_connectors_anything_is_submitted_and_nothing_delivered(company: Company) -> None:
    order = company.order()
    company.do(handsel.SubmitSalesOrder(order))
    assert company.columns("salesorder", order, *SAID)[:4] == (1, 3, None, None)
    assert states(company, order) == []


def test_an_order_is_withdrawn_until_a_system_takes_it(company: Company, worker: Worker) -> None:
    order = company.order(line(company.lamp), state=1)
    company.do(handsel.WithdrawSalesOrder(order))
    assert company.columns("salesorder", order, *SAID)[:4] == (0, 2, None, None)
    [dropped] = deliveries(company, order)
    assert (dropped["hs_state"], dropped["hs_reason"]) == (DROPPED, "The order was taken back.")
    assert worker.drain() == {}

    company.do(handsel.SubmitSalesOrder(order))
    [under_way] = claimed(company)
    withdraw = handsel.WithdrawSalesOrder(order)
    company.refuses(withdraw, Code.INVALID_STATE, "is being delivered at this moment")
    assert under_way.tries == 1
    assert claimed(company) == []
    [again] = claimed(company, datetime.now(UTC) + LEASE + timedelta(seconds=1))
    assert (again.delivery_id, again.tries) == (under_way.delivery_id, 2)
    outcome = handsel.RecordDelivery(order, again.delivery_id, Accepted("1", "SO-1"))
    company.session.as_user("erp").execute(outcome)
    company.refuses(withdraw, Code.CANNOT_UPDATE_BECAUSE_IT_IS_READ_ONLY, "Accepted by erp as SO-1.", "deleted")
    assert states(company, order) == [DROPPED, DELIVERED]


def test_an_integration_user_that_writes_to_an_order_submits_nothing_anew(
    company: Company, erp: Company, worker: Worker, system: StandIn
) -> None:
    order = company.order(line(company.lamp), state=1)
    company.refuses(handsel.Update("salesorder", order, {"name": "x"}), Code.CANNOT_UPDATE_BECAUSE_IT_IS_READ_ONLY)

    def toggle() -> None:
        erp.update("salesorder", order, statecode=0, statuscode=2)
        erp.update("salesorder", order, statecode=1, name="Written to")

    toggle()
    assert states(company, order) == [DUE]
    assert worker.drain() == {"Accepted": 1}
    toggle()
    assert worker.drain() == {}
    assert states(company, order) == [DELIVERED]
    assert company.columns("salesorder", order, "submitstatus", "name") == (1, "Written to")
    assert system.calls == [order]


def test_what_an_integration_user_took_back_and_a_seller_submits_is_queued_once(company: Company, erp: Company) -> None:
    order = company.order(line(company.lamp), state=1)
    erp.update("salesorder", order, statecode=0, statuscode=2)
    company.do(handsel.SubmitSalesOrder(order))
    assert states(company, order) == [DUE]


def test_a_canceled_order_is_not_delivered(company: Company, worker: Worker) -> None:
    order = company.order(line(company.lamp), state=1)
    company.do(handsel.CancelSalesOrder({"salesorderid": order}))
    [dropped] = deliveries(company, order)
    assert (dropped["hs_state"], dropped["hs_reason"]) == (DROPPED, "The order was canceled.")
    assert worker.drain() == {}


@pytest.mark.usefixtures("erp")
def test_with_a_connector_no_invoice_is_made_by_hand(company: Company) -> None:
    order: UUID = company.order(line(company.lamp))
    company.refuses(handsel.ConvertSalesOrderToInvoice(order), Code.BUSINESS_RULE, "Submit the order instead")
    company.do(handsel.SubmitSalesOrder(order))
    assert states(company, order) == [DUE]
