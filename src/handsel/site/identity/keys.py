"""The cache of an issuer's keys: fetched when needed, seldom, and by one thread at a time."""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Callable, Sequence

from handsel.site.identity.fetching import SECONDS, IssuerUnavailable, PublicKey

FRESH = 3600.0
"""Seconds after which the keys are fetched anew, in the background; requests use the old ones meanwhile."""

STALE = 86_400.0
"""Seconds for which keys stay valid while their issuer does not answer."""

PAUSE = 30.0
"""Seconds between two attempts, successful or not: tokens with unknown keys must not cause a flood of fetches."""

AT_MOST = 1.0
"""Seconds for which the request that begins to fetch keys anew waits for them, though it has an old one."""

MOST_WAITING = 4
"""Requests that may wait for the keys of one issuer at once."""

_KIND = {"RS": "RSA", "PS": "RSA", "ES": "EC"}

log = logging.getLogger("handsel.identity")


class Keys:
    """The keys of one issuer. `fetch` gives them, or raises IssuerUnavailable; `clock` counts seconds."""

    def __init__(self, fetch: Callable[[], Sequence[PublicKey]], clock: Callable[[], float] = time.monotonic) -> None:
        self._fetch = fetch
        self._clock = clock
        self._lock = threading.Lock()
        self._fetching: threading.Thread | None = None
        self._waiting = threading.BoundedSemaphore(MOST_WAITING)
        self._keys: Sequence[PublicKey] = ()
        self._fetched = self._tried = -math.inf
        self._failure = ""

    def find(self, kid: str | None, algorithm: str) -> PublicKey | None:
        """The key of a token; None for one that the issuer does not publish. Raises IssuerUnavailable."""
        found, age = self._known(kid, algorithm), self._clock() - self._fetched
        if found is not None and age < FRESH:
            return found
        if found is not None and age < STALE:
            is_first = self._fetching is None or not self._fetching.is_alive()
            fetching = self._begin()
            if fetching is not None and is_first:
                fetching.join(AT_MOST)  # it may have lost its key, and usually that is known at once
            return self._known(kid, algorithm)
        self._wait()
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

    def _begin(self) -> threading.Thread | None:
        """Fetch the keys in the background, unless that was tried just now; the thread that does so, if one does."""
        with self._lock:
            if self._fetching is not None and self._fetching.is_alive():
                return self._fetching
            if self._clock() - self._tried < PAUSE:
                return None
            self._tried = self._clock()
            self._fetching = threading.Thread(target=self._renew, name="handsel-keys", daemon=True)
            self._fetching.start()
            return self._fetching

    def _wait(self) -> None:
        """Wait for the keys. Raises IssuerUnavailable.

        Only a few threads wait: everyone can send tokens that name a slow issuer, and the others have better to do.
        """
        if not self._waiting.acquire(blocking=False):
            raise IssuerUnavailable("The keys of the token's issuer are being fetched. Try again.", retry_after=1)
        try:
            fetching = self._begin()
            if fetching is not None:
                fetching.join(SECONDS)
                if fetching.is_alive():
                    raise IssuerUnavailable("The token's issuer takes too long to answer. Try again.", retry_after=5)
            if self._failure:
                raise IssuerUnavailable(self._failure)
        finally:
            self._waiting.release()

    def _renew(self) -> None:
        try:
            self._keys, self._fetched, self._failure = self._fetch(), self._tried, ""
        except IssuerUnavailable as error:
            self._failure = error.message
            log.warning("%s", error.message)
        except Exception:  # in a thread: unnoticed, good tokens would get 401 instead of 503, and no line in the log
            self._failure = "The keys of the token's issuer could not be fetched. The log of the server has the reason."
            log.exception("fetching the keys of an issuer failed")
