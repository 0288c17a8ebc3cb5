"""The rate limits of one user, by a clock that the test sets (Web API 11)."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from handsel.http.application import Application
from handsel.http.errors import TooManyRequests
from handsel.http.failure_throttle import FailureThrottle
from handsel.http.limits import Allowance, Limits
from handsel.http.windows import MOST, Usage
from tests.webapi.client import Api

Configured = Callable[..., Api]


def left(limits: Limits, entered: tuple[Usage, float]) -> dict[str, str]:
    """The headers with the remaining allowance when the request ends."""
    headers: dict[str, str] = {}
    limits.leave(entered, headers)
    return headers


class Clock:
    """A clock that the test sets."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def limited(api: Api, clock: Clock, **allowed: int) -> Api:
    """The same application with other limits."""
    service = api.application.service
    web_api = service.surfaces["/"]
    tokens = replace(web_api.authentication, throttle=FailureThrottle(allowed.get("bad_tokens", 0), 300, clock))
    service = replace(
        service,
        surfaces={"/": replace(web_api, authentication=tokens)},
        limits=Limits(Allowance(**allowed), clock),
    )
    return replace(api, application=Application(service))


def test_requests(configured: Configured, clock: Clock) -> None:
    api = limited(configured(), clock, requests=2)
    remaining = [api.get("WhoAmI").headers["x-ms-ratelimit-burst-remaining-xrm-requests"] for _ in range(2)]
    assert remaining == ["1", "0"]
    clock.now += 100.5
    reply = api.get("WhoAmI")
    assert (reply.status, reply.code, reply.headers["Retry-After"]) == (429, "0x80072322", "200")
    assert "limit of 2 over time window of 300 seconds" in reply.message
    clock.now += 199.5
    assert api.get("WhoAmI").status == 200


def test_a_batch_is_one_request(configured: Configured, clock: Clock) -> None:
    api = limited(configured(), clock, requests=2)
    part = "--b\r\nContent-Type: application/http\r\n\r\nGET WhoAmI HTTP/1.1\r\n\r\n\r\n"
    reply = api.batch(part * 5 + "--b--\r\n")
    assert reply.status == 200
    assert reply.headers["x-ms-ratelimit-burst-remaining-xrm-requests"] == "1"


def test_execution_time(clock: Clock) -> None:
    limits = Limits(Allowance(execution=1200, window=3600), clock)
    for seconds, said in ((1000, "200.00"), (199.75, "0.25"), (1, "0.00")):
        entered = limits.enter("a")
        clock.now += seconds
        assert left(limits, entered)["x-ms-ratelimit-time-remaining-xrm-requests"] == said
    with pytest.raises(TooManyRequests, match="limit of 1,200,000 milliseconds over time window of 3600") as caught:
        limits.enter("a")
    assert caught.value.code == 0x80072321
    assert caught.value.details["retry_after"] == 2400  # 3600 - 1200.75, rounded up
    limits.enter("b")
    clock.now += 2400
    assert left(limits, limits.enter("a"))["x-ms-ratelimit-time-remaining-xrm-requests"] == "1,200.00"


def test_concurrency(clock: Clock) -> None:
    limits = Limits(Allowance(concurrency=2), clock)
    first = limits.enter("a")
    limits.enter("a")
    with pytest.raises(TooManyRequests, match="limit of 2") as caught:
        limits.enter("a")
    assert (caught.value.code, caught.value.details["retry_after"]) == (0x80072326, 1)
    clock.now += 1000  # those two still run
    with pytest.raises(TooManyRequests):
        limits.enter("a")
    left(limits, first)
    limits.enter("a")


def test_zero_switches_a_limit_off(configured: Configured, clock: Clock) -> None:
    api = limited(configured(), clock, requests=0, execution=0, concurrency=0)
    reply = api.get("WhoAmI")
    assert reply.status == 200
    assert not [name for name in reply.headers if name.startswith("x-ms-ratelimit")]


def test_who_acts_for_another_uses_its_own_allowance(configured: Configured, clock: Clock) -> None:
    api = limited(configured(), clock, requests=1)
    me = api.get("WhoAmI").json["UserId"]
    assert api.get("WhoAmI", MSCRMCallerID=me).status == 429


def test_memory_is_bounded(clock: Clock) -> None:
    limits = Limits(Allowance(requests=1), clock)
    for user in range(MOST + 1):
        left(limits, limits.enter(user))
    assert len(limits._windows._known) == MOST
    limits.enter(0)  # was forgotten
    with pytest.raises(TooManyRequests):
        limits.enter(MOST)


def test_wrong_tokens_from_one_address(configured: Configured, clock: Clock) -> None:
    api = limited(configured(), clock, bad_tokens=2)

    def ask(token: str, remote: str = "192.0.2.1") -> int:
        return api("GET", "WhoAmI", headers={"Authorization": token}, remote=remote).status

    assert [ask("Bearer x") for _ in range(3)] == [401, 401, 429]
    reply = api("GET", "WhoAmI", headers={"Authorization": "Bearer x"}, remote="192.0.2.1")
    assert (reply.code, reply.headers["Retry-After"]) == ("0x80072322", "300")
    assert ask("Bearer x", "192.0.2.2") == 401
    assert ask("") == 401  # clients ask without a token to learn where to get one
    assert ask(f"Bearer {api.token}") == 200  # others at its address do not count against it
    clock.now += 300
    assert ask("Bearer x") == 401
