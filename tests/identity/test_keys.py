"""When the keys of an issuer are fetched: seldom, and never by all threads at once."""

import threading
from collections.abc import Sequence
from typing import Any

import pytest
from joserfc.jwk import ECKey

from handsel.site.identity.fetching import IssuerUnavailable
from handsel.site.identity.keys import FRESH, PAUSE, STALE, Keys


def made(kid: str) -> ECKey:
    return ECKey.generate_key("P-256", {"kid": kid})


class Source:
    """What an issuer publishes, or an error; `count` says how often it was asked."""

    def __init__(self, *keys: ECKey) -> None:
        self.keys = keys
        self.is_down = False
        self.count = 0
        self.now = 1000.0

    def __call__(self) -> Sequence[ECKey]:
        self.count += 1
        if self.is_down:
            raise IssuerUnavailable("It is down.")
        return self.keys

    def ring(self) -> Keys:
        return Keys(self, lambda: self.now)


def kid_of(key: Any) -> str | None:
    return key and key.kid


def test_keys_are_fetched_once() -> None:
    source = Source(made("a"))
    ring = source.ring()
    assert [kid_of(ring.find("a", "ES256")) for _ in range(3)] == ["a"] * 3
    assert source.count == 1


def test_a_new_key_is_found_at_once_and_the_old_one_gone() -> None:
    source = Source(made("a"))
    ring = source.ring()
    ring.find("a", "ES256")
    source.keys, source.now = (made("b"),), source.now + PAUSE
    assert kid_of(ring.find("b", "ES256")) == "b"
    assert ring.find("a", "ES256") is None


def test_unknown_keys_make_no_flood_of_fetches() -> None:
    source = Source(made("a"))
    ring = source.ring()
    assert [ring.find(f"x{number}", "ES256") for number in range(50)] == [None] * 50
    assert source.count == 1
    source.now += PAUSE
    ring.find("x", "ES256")
    assert source.count == 2


def test_keys_are_looked_up_anew_after_a_while() -> None:
    source = Source(made("a"))
    ring = source.ring()
    ring.find("a", "ES256")
    source.keys, source.now = (made("b"),), source.now + FRESH
    assert ring.find("a", "ES256") is None


def test_old_keys_count_for_a_day_while_the_issuer_is_down() -> None:
    source = Source(made("a"))
    ring = source.ring()
    ring.find("a", "ES256")
    source.is_down, source.now = True, source.now + STALE - 1
    assert kid_of(ring.find("a", "ES256")) == "a"
    with pytest.raises(IssuerUnavailable):
        ring.find("b", "ES256")
    source.now += 1
    with pytest.raises(IssuerUnavailable):
        ring.find("a", "ES256")
    assert source.count == 2


def test_an_issuer_that_is_up_again_is_asked_after_the_pause() -> None:
    source = Source(made("a"))
    source.is_down = True
    ring = source.ring()
    for _ in range(3):
        with pytest.raises(IssuerUnavailable, match="It is down"):
            ring.find("a", "ES256")
    assert source.count == 1
    source.is_down, source.now = False, source.now + PAUSE
    assert kid_of(ring.find("a", "ES256")) == "a"


def test_while_one_thread_fetches_the_others_go_on() -> None:
    started, released = threading.Event(), threading.Event()
    key = made("a")

    class Slow(Source):
        def __call__(self) -> Sequence[ECKey]:
            if self.count:
                started.set()
                assert released.wait(30)
            return super().__call__()

    source = Slow(key)
    ring = source.ring()
    ring.find("a", "ES256")
    source.now += FRESH
    fetching = threading.Thread(target=ring.find, args=("a", "ES256"))
    fetching.start()
    assert started.wait(30)
    assert ring.find("a", "ES256") is key  # would wait for ever, were it to wait
    released.set()
    fetching.join()
    assert source.count == 2


def test_a_token_without_an_id_of_its_key() -> None:
    assert kid_of(Source(made("a")).ring().find(None, "ES256")) == "a"
    assert Source(made("a"), made("b")).ring().find(None, "ES256") is None


def test_a_key_is_for_its_algorithm() -> None:
    source = Source(ECKey.generate_key("P-256", {"kid": "a", "alg": "ES256"}))
    assert source.ring().find("a", "RS256") is None
    assert source.ring().find("a", "ES384") is None
