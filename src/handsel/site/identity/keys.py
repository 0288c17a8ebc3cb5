"""The cache of an issuer's keys: fetched when needed, seldom, and by one thread at a time."""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Callable, Sequence

from handsel.site.identity.fetching import IssuerUnavailable, PublicKey

FRESH = 3600.0
"""Seconds after which one request fetches the keys anew, while others use the old ones."""

STALE = 86_400.0
"""Seconds for which keys stay valid while their issuer does not answer."""

PAUSE = 30.0
"""Seconds between two attempts, successful or not: tokens with unknown keys must not cause a flood of fetches."""

_KIND = {"RS": "RSA", "PS": "RSA", "ES": "EC"}

log = logging.getLogger("handsel.identity")


class Keys:
    """The keys of one issuer. `fetch` gives them, or raises IssuerUnavailable; `clock` counts seconds."""

    def __init__(self, fetch: Callable[[], Sequence[PublicKey]], clock: Callable[[], float] = time.monotonic) -> None:
        self._fetch = fetch
        self._clock = clock
        self._lock = threading.Lock()
        self._keys: Sequence[PublicKey] = ()
        self._fetched = self._tried = -math.inf
        self._failure = ""

    def find(self, kid: str | None, algorithm: str) -> PublicKey | None:
        """The key of a token; None for one that the issuer does not publish. Raises IssuerUnavailable."""
        found, age = self._known(kid, algorithm), self._clock() - self._fetched
        if found is not None and age < FRESH:
            return found
        if found is not None and age < STALE:
            self._renew_unless_busy()
        else:
            with self._lock:
                self._renew()
        return self._known(kid, algorithm)

    def _known(self, kid: str | None, algorithm: str) -> PublicKey | None:
        """The cached key; for a token without a key's id, only if there is exactly one key of its kind."""
        kind = _KIND[algorithm[:2]]
        fitting = [
            key
            for key in self._keys
            if key.key_type == kind
            and key.get("alg", algorithm) == algorithm
            and (kid is None or key.get("kid") == kid)
        ]
        return fitting[0] if len(fitting) == 1 or (fitting and kid is not None) else None

    def _renew_unless_busy(self) -> None:
        if not self._lock.acquire(blocking=False):
            return
        try:
            self._renew()
        except IssuerUnavailable:
            pass  # it is in the log, and the old keys are still valid
        finally:
            self._lock.release()

    def _renew(self) -> None:
        """Fetch the keys, unless that was tried just now, perhaps by the thread that this one waited for."""
        now = self._clock()
        if now - self._tried < PAUSE:
            if self._failure:
                raise IssuerUnavailable(self._failure)
            return
        self._tried = now
        try:
            self._keys = self._fetch()
        except IssuerUnavailable as error:
            self._failure = error.message
            log.warning("%s", error.message)
            raise
        self._failure, self._fetched = "", now
