"""The throttle for failed sign-ins, by a clock that the test sets (Web API 2)."""

import pytest

from handsel.http.failure_throttle import FailureThrottle

WINDOW = 60


class Clock:
    """A clock that the test sets."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_one_failure_too_many_waits_for_the_end_of_the_window(clock: Clock) -> None:
    throttle = FailureThrottle(2, WINDOW, clock)
    assert [throttle.failed("192.0.2.1") for _ in range(3)] == [0, 0, WINDOW]
    clock.now += 59.5
    assert throttle.failed("192.0.2.1") == 1
    clock.now += 0.5
    assert throttle.failed("192.0.2.1") == 0


def test_each_address_is_counted_for_itself(clock: Clock) -> None:
    throttle = FailureThrottle(1, WINDOW, clock)
    assert [throttle.failed(f"192.0.2.{number}") for number in (1, 2, 1)] == [0, 0, WINDOW]


def test_who_is_claimed_is_counted_wherever_it_comes_from(clock: Clock) -> None:
    throttle = FailureThrottle(1, WINDOW, clock)
    assert throttle.failed("192.0.2.1", "erp") == 0
    assert throttle.failed("192.0.2.2", "erp") == WINDOW
    assert throttle.failed("192.0.2.3", "shop") == 0
    clock.now += 10
    assert throttle.failed("192.0.2.1", "shop") == 50  # the window of an address began with its first failure


def test_addresses_of_one_ipv6_network_are_one(clock: Clock) -> None:
    throttle = FailureThrottle(1, WINDOW, clock)
    assert throttle.failed("2001:db8:0:1::1") == 0
    assert throttle.failed("2001:db8:0:2::1") == 0
    assert throttle.failed("2001:db8:0:1:ffff::2") == WINDOW


def test_zero_switches_it_off(clock: Clock) -> None:
    throttle = FailureThrottle(0, WINDOW, clock)
    assert {throttle.failed("192.0.2.1", "erp") for _ in range(100)} == {0}
