"""Whatever breaks on the way, each submitted order is in Business Central exactly once, with our amounts (erp 9)."""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from typing import Any
from uuid import UUID

import pytest

from handsel.connectors.businesscentral import delivering, wire
from handsel.connectors.contract import Target, kind_named
from handsel.testing.businesscentral import BusinessCentral
from tests.businesscentral_connector.conftest import SECRET, Handing
from tests.eventually import eventually
from tests.scenarios.company import line

Breaks = Callable[[BusinessCentral], object]


def _gateway_timeouts(bc: BusinessCentral) -> None:
    bc.fail("GET", "salesOrders", status=503)
    bc.fail("POST", "salesOrders", status=504, committed=True)


FAILURES: dict[str, Breaks] = {
    "server error at the token": lambda bc: (bc.expire_tokens(), bc.fail("POST", "token", status=500)),
    "server error at a read": lambda bc: bc.fail("GET", "customers", status=500),
    "server error before": lambda bc: bc.fail("POST", "salesOrders", status=500),
    "server error after": lambda bc: bc.fail("POST", "salesOrders", status=500, committed=True),
    "gateway timeouts": _gateway_timeouts,
    "cut at a read": lambda bc: bc.fail("GET", "items", cut=True),
    "cut before": lambda bc: bc.fail("POST", "salesOrders", cut=True),
    "cut after": lambda bc: bc.fail("POST", "salesOrders", cut=True, committed=True),
    "twice cut after": lambda bc: bc.fail("*", "salesOrders*", cut=True, committed=True, times=2),
    "cut before the discount": lambda bc: bc.fail("PATCH", cut=True),
    "cut after the discount": lambda bc: bc.fail("PATCH", cut=True, committed=True),
    "stale etag": lambda bc: bc.fail("PATCH", stale_etag=True, times=2),
    "expired tokens": lambda bc: bc.fail("*", "salesOrders*", expired_token=True, times=3),
    "slow after": lambda bc: bc.fail("POST", "salesOrders", slow=30, committed=True),
}


def test_each_failure_leaves_one_order(handing: Handing, monkeypatch: pytest.MonkeyPatch):
    """One after the other, on the same connection, as it would be in a bad week."""
    monkeypatch.setattr(wire, "SECONDS", 1)
    handing.connect()
    bc, desk = handing.bc, handing.company.desk
    for name, breaks in FAILURES.items():
        bc.heal()
        order = handing.submit(line(desk, 3, manualdiscountamount=1), discountpercentage=10)
        breaks(bc)
        handing.until_done()
        assert bc.failures() == [], f"{name} did not happen"
        handing.require_equal(order)
    assert len(bc.orders()) == len(FAILURES)


def test_too_many_requests_are_waited_for_as_long_as_they_ask(handing: Handing):
    handing.connect()
    order = handing.submit(line(handing.company.desk))
    handing.bc.fail("POST", "salesOrders", status=429, retry_after=7200)
    before = handing.order(order)["modifiedon"]
    [done] = handing.deliver()
    assert (done.outcome.due_on - before).total_seconds() > 7190
    handing.until_done()
    handing.require_equal(order)


def test_an_answer_that_never_came_is_waited_for_before_it_is_looked_up(handing: Handing):
    handing.connect()
    order = handing.submit(line(handing.company.desk))
    handing.bc.fail("POST", "salesOrders", cut=True, committed=True)
    before = handing.order(order)["modifiedon"]
    [done] = handing.deliver()
    assert (done.outcome.due_on - before).total_seconds() > 590
    handing.until_done()
    handing.require_equal(order)


PROGRAM = "import sys; from handsel.site.cli import main; sys.exit(main())"


class Killed(BaseException):
    """What a worker that is killed would do: nothing more."""


def _killed(*_arguments: Any, **_more: Any) -> None:
    raise Killed


def test_a_worker_is_killed_before_it_writes_down_and_another_goes_on(
    handing: Handing, monkeypatch: pytest.MonkeyPatch
):
    handing.connect()
    orders = [handing.submit(line(handing.company.desk, count), discountamount=1) for count in (1, 2, 3, 4, 5)]
    with monkeypatch.context() as dying, closing(handing.worker([])) as worker:
        dying.setattr("handsel.connectors.worker.execute_many", _killed)
        with pytest.raises(Killed):
            worker.drain()
    assert len(handing.bc.orders()) == 5
    gone = handing.theirs(orders[0])["number"]
    handing.bc.ship_and_invoice(gone)
    handing.make_due()
    handing.deliver()
    assert gone in handing.order(orders[0])["submitstatusdescription"]
    assert "invoiced there" in handing.order(orders[0])["submitstatusdescription"]
    for order in orders[1:]:
        handing.require_equal(order)
    assert len(handing.bc.orders()) == 4


def test_a_process_is_killed_while_it_waits_for_the_answer(handing: Handing):
    handing.connect()
    order = handing.submit(line(handing.company.desk, 2), discountpercentage=10)
    handing.bc.fail("POST", "salesOrders", slow=600, committed=True)
    command = [sys.executable, "-c", PROGRAM, "deliver", "--once", "--database", handing.url]
    with subprocess.Popen(command, env={**os.environ, SECRET: handing.bc.client_secret}) as process:
        try:
            assert len(eventually(handing.bc.orders)) == 1
        finally:
            process.kill()
    handing.bc.heal()
    assert handing.deliver() == []  # it is claimed by the dead
    handing.make_due()
    handing.deliver()
    handing.require_equal(order)


def test_many_orders_by_four_threads_while_things_break(handing: Handing):
    handing.connect()
    orders = [
        handing.submit(line(handing.company.lamp, count, manualdiscountamount="0.07"), discountpercentage=3)
        for count in range(1, 13)
    ]
    handing.bc.fail("POST", "salesOrders", cut=True, committed=True, times=2, after=1)
    handing.bc.fail("PATCH", "*", status=503, times=2, after=2)
    handing.bc.fail("GET", "salesOrders*", expired_token=True, times=3, after=5)
    handing.until_done()
    for order in orders:
        handing.require_equal(order)
    assert len(handing.bc.orders()) == len(orders)


def test_two_that_are_made_at_the_same_moment_become_one(handing: Handing, monkeypatch: pytest.MonkeyPatch):
    """Another worker makes the order between our look and our POST."""
    handing.connect()
    order = handing.submit(line(handing.company.desk, 2), discountamount=5)
    create = delivering.Client.create

    def late(self: delivering.Client, path: str, values: Any) -> Any:
        create(self, path, values)
        return create(self, path, values)

    monkeypatch.setattr(delivering.Client, "create", late)
    handing.deliver()
    handing.require_equal(order)


def _begun(handing: Handing, order: UUID, *lines: Any) -> None:
    """An order of ours that is there with some of its lines."""
    number = handing.order(order)["ordernumber"]
    [row] = handing.company.session.rows("hs_connector")
    with closing(kind_named("businesscentral").open(Target.of(row))) as opened:
        opened._client.create(
            "salesOrders", {"externalDocumentNumber": number, "customerNumber": "C1", "salesOrderLines": list(lines)}
        )


def test_what_was_begun_is_completed_and_what_was_changed_there_stays(handing: Handing):
    handing.connect()
    company, bc = handing.company, handing.bc
    empty, partial, changed = (
        handing.submit(line(company.desk, 2), line(company.lamp, 3), discountpercentage=10) for _ in range(3)
    )
    desk = {"lineType": "Item", "lineObjectNumber": "P-Desk", "quantity": 2, "unitPrice": 250}
    _begun(handing, empty)
    _begun(handing, partial, desk)
    _begun(handing, changed, {**desk, "quantity": 1})
    handing.deliver()
    handing.require_equal(empty)
    handing.require_equal(partial)
    said = handing.order(changed)["submitstatusdescription"]
    assert "Its total without tax is 250.00 there and 503.97 here." in said, said  # 0.9 × (500 + 59.97)
    assert len(bc.orders()) == 3
