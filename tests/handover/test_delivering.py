"""What becomes of deliveries: accepted once, rejected, tried again, given up; whatever a worker dies of (erp 9)."""

import threading
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connections

import handsel
from handsel import Reference
from handsel.chain.handover.outcomes import Accepted, Postponed, Rejected
from handsel.chain.rights.standard_roles import STANDARD_ROLES
from handsel.connectors.contract import RejectedByThem, Unreachable
from handsel.connectors.queue import LEASE
from handsel.connectors.worker import Worker
from handsel.errors import Code
from tests.handover.conftest import (
    DEAD,
    DELIVERED,
    DROPPED,
    DUE,
    REJECTED,
    StandIn,
    claimed,
    connect,
    deliveries,
    states,
)
from tests.messages.granting import holder
from tests.scenarios.company import Company, line

LATER = LEASE + timedelta(hours=2)
ROLES = {role.name: role for role in STANDARD_ROLES}


def submitted(company: Company) -> UUID:
    return company.order(line(company.lamp), state=1)


def said(company: Company, order: UUID) -> tuple[object, ...]:
    return company.columns("salesorder", order, "submitstatus", "submitstatusdescription")


def age(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on the worker's clock is hours ahead: what waits is due, and claims have ended."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:
            return datetime.now(UTC) + LATER

    monkeypatch.setattr("handsel.connectors.worker.datetime", Clock)


def test_an_accepted_order_is_coupled_and_stamped(company: Company, worker: Worker) -> None:
    order = submitted(company)
    assert worker.drain() == {"Accepted": 1}
    assert said(company, order) == (1, "Accepted by erp as SO-1.")
    assert company.columns("salesorder", order, "lastbackofficesubmit") != (None,)
    [delivery], [coupling] = deliveries(company, order), company.all("hs_coupling", hs_rowid=order)
    assert (delivery["hs_state"], delivery["hs_tries"], delivery["hs_claimeduntil"]) == (DELIVERED, 1, None)
    assert (coupling["hs_table"], coupling["hs_theirid"], coupling["hs_theirnumber"]) == (
        *("salesorder", "erp-SO-1", "SO-1"),
    )
    assert company.row("salesorder", order)["modifiedby"] == company.session.as_user("erp").user.user_id


def test_an_order_of_a_worker_that_died_is_made_once(
    company: Company, worker: Worker, system: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = submitted(company)
    claimed(company)
    system.orders["erp", order] = "SO-7"  # delivered, and not written down
    assert worker.drain() == {}
    age(company, monkeypatch)
    assert worker.drain() == {"Accepted": 1}
    assert system.orders == {("erp", order): "SO-7"}
    assert deliveries(company, order)[0]["hs_tries"] == 2


def test_an_order_that_is_accepted_after_it_was_taken_back_says_so(company: Company, worker: Worker) -> None:
    order = submitted(company)
    [late] = claimed(company)
    user = company.session.user.user_id
    company.update("systemuser", user, hs_privileges="prvWithdrawSubmittedOrder")
    company.update("salesorder", order, statecode=0)
    assert states(company, order) == [DROPPED]
    session = company.session.as_user("erp")
    session.execute(handsel.RecordDelivery(order, late.delivery_id, Rejected("No.")))
    assert (states(company, order), said(company, order)) == ([DROPPED], (None, None))
    session.execute(handsel.RecordDelivery(order, late.delivery_id, Accepted("7", "SO-7")))
    assert states(company, order) == [DELIVERED]
    text = "Accepted by erp as SO-7. That was after it was taken back: have it deleted there, or submit it again."
    assert said(company, order) == (None, text)
    assert len(company.all("hs_coupling", hs_rowid=order)) == 1
    company.do(handsel.SubmitSalesOrder(order))
    assert states(company, order) == [DELIVERED, DUE]


def test_a_rejected_order_says_why_and_is_delivered_again_on_request(
    company: Company, worker: Worker, system: StandIn
) -> None:
    order = submitted(company)
    system.answers = [RejectedByThem("Customer Acme is blocked.")]
    assert worker.drain() == {"Rejected": 1}
    assert said(company, order) == (2, "Rejected by erp: Customer Acme is blocked.")
    assert (states(company, order), deliveries(company, order)[0]["hs_reason"]) == (
        [REJECTED],
        "Customer Acme is blocked.",
    )
    assert worker.drain() == {}
    company.do(handsel.RetryDelivery(order))
    assert said(company, order) == (0, "Queued again.")
    assert worker.drain() == {"Accepted": 1}
    company.refuses(handsel.RetryDelivery(order), Code.INVALID_STATE, "no delivery that could be delivered again")


def test_an_unreachable_system_is_tried_again_and_given_up_in_the_end(
    company: Company, worker: Worker, system: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = submitted(company)
    system.answers = [Unreachable("It is closed.", 60), ValueError("odd")]
    assert worker.drain() == {"Postponed": 1}
    assert said(company, order) == (0, "Not delivered to erp yet, will be tried again: It is closed.")
    age(company, monkeypatch)
    [done] = worker.step()
    assert isinstance(done.outcome, Postponed)
    assert done.outcome.reason == "Unexpected ValueError: odd"
    company.do(handsel.DropDelivery(order))
    assert states(company, order) == [DROPPED]

    order = submitted(company)
    monkeypatch.setattr("handsel.connectors.worker.MOST_TRIES", 1)
    system.answers = [Unreachable("It is closed.")]
    assert worker.drain() == {"GivenUp": 1}
    assert said(company, order)[1] == ("Not delivered to erp, and not tried again: It is closed. It was tried 1 times.")
    assert states(company, order) == [DEAD]
    company.do(handsel.DropDelivery(order))
    assert states(company, order) == [DROPPED]
    company.refuses(handsel.DropDelivery(order), Code.INVALID_STATE, "no delivery that could be dropped")


def test_each_connector_gets_the_order_and_hides_nothing_of_the_others(
    company: Company, worker: Worker, system: StandIn
) -> None:
    user = company.session.as_user("erp").user.user_id
    warehouse = connect(company, "warehouse", user)
    order = submitted(company)
    assert said(company, order) == (0, "Queued for erp and warehouse.")
    company.update("hs_connector", warehouse, hs_ispaused=True)
    assert worker.drain() == {"Accepted": 1}
    assert sorted(states(company, order)) == [DUE, DELIVERED]
    company.update("hs_connector", warehouse, hs_ispaused=False)
    system.answers = [RejectedByThem("Unknown product.")]
    assert worker.drain() == {"Rejected": 1}
    assert said(company, order) == (1, "Accepted by erp as SO-1. Rejected by warehouse: Unknown product.")
    company.refuses(handsel.WithdrawSalesOrder(order), Code.CANNOT_UPDATE_BECAUSE_IT_IS_READ_ONLY, "SO-1")
    company.do(handsel.RetryDelivery(order))
    assert said(company, order)[0] == 1
    assert worker.drain() == {"Accepted": 1}
    assert set(system.orders) == {("erp", order), ("warehouse", order)}
    company.refuses(handsel.Delete("hs_connector", warehouse), Code.BUSINESS_RULE, "'warehouse'", "Pause it")
    company.delete("hs_connector", connect(company, "never used", user, hs_ispaused=True))
    company.update("hs_connector", warehouse, hs_ispaused=True)
    assert len(deliveries(company, submitted(company))) == 1


def test_a_connector_whose_user_is_disabled_does_not_stop_the_others(
    company: Company, worker: Worker, system: StandIn
) -> None:
    user = company.create("systemuser", domainname="other", lastname="Other", isintegrationuser=True)
    connect(company, "other", user)
    order = submitted(company)
    company.update("systemuser", user, isdisabled=True)
    assert worker.drain() == {"Accepted": 1, "Postponed": 1}
    assert set(system.orders) == {("erp", order)}


@pytest.mark.usefixtures("erp")
def test_workers_at_once_claim_each_delivery_once(company: Company) -> None:
    orders = {submitted(company) for _ in range(12)}
    together, claims = threading.Barrier(2), []

    def work() -> None:
        together.wait()
        while found := claimed(company, limit=2):
            claims.extend(found)
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(each.order_id for each in claims) == sorted(orders)
    assert {each.tries for each in claims} == {1}


# Rights and secrets


def test_connectors_are_the_administrators_and_deliveries_follow_their_order(company: Company, worker: Worker) -> None:
    order = submitted(company)
    worker.drain()
    [connector], [delivery] = company.all("hs_connector"), deliveries(company, order)
    seller, program = (holder(company, name.split()[0], ROLES[name]) for name in ("Salesperson", "Integration"))
    for table in ("hs_connector", "hs_coupling"):
        assert len(list(program.session.rows(table))) == 1
        with pytest.raises(handsel.PrivilegeDenied):
            list(seller.session.rows(table))
    for limited in (seller, program):
        with pytest.raises(handsel.PrivilegeDenied):
            limited.session.execute(handsel.Update("hs_connector", connector.id, {"hs_ispaused": True}))
    assert [row.id for row in seller.session.rows("hs_delivery")] == [delivery.id]
    stranger = holder(company, "stranger", ROLES["System Customizer"])
    assert list(stranger.session.rows("hs_delivery")) == []
    for message in (
        handsel.Update("hs_delivery", delivery.id, {"hs_state": DUE}),
        handsel.Delete("hs_delivery", delivery.id),
        handsel.Create("hs_delivery", {}),
    ):
        company.refuses(message, Code.BUSINESS_RULE, "RetryDelivery and DropDelivery")
    company.do(handsel.CancelSalesOrder({"salesorderid": order}))
    company.delete("salesorder", order)
    assert (company.all("hs_delivery"), company.all("hs_coupling")) == ([], [])


REFUSED = {
    "a password": {"hs_settings": '{"password": "hunter2"}'},
    "a client secret": {"hs_settings": '{"client-secret": "8Q~abc"}'},
    "a key by another style": {"hs_settings": '{"apiKey": "0123"}'},
    "a token by whatever name": {"hs_settings": '{"x": "eyJhbGciOiJIUzI1NiJ9.e30.c2ln"}'},
    "a password in an address": {"hs_address": "https://anna:hunter2@erp.example/api"},
    "settings that are none": {"hs_settings": '["password"]'},
}


def test_no_secret_is_stored_in_a_connector(company: Company, erp: Company) -> None:
    [connector] = company.all("hs_connector")
    for values in REFUSED.values():
        error = company.refuses(handsel.Update("hs_connector", connector.id, values), Code.INVALID_ARGUMENT, "erp")
        assert "hunter2" not in error.message
    named = '{"client-secret-variable": "ERP_SECRET", "key-file": "/etc/erp.key", "token-url": "https://erp.example/"}'
    company.update("hs_connector", connector.id, hs_settings=named)
    admin = Reference("systemuser", company.session.user.user_id)
    message = handsel.Update("hs_connector", connector.id, {"systemuserid": admin})
    company.refuses(message, Code.INVALID_ARGUMENT, "is no integration user", "isintegrationuser")
