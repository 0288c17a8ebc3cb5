"""`[connections]` of the configuration: what a connection may hold up, and for how long."""

from __future__ import annotations

from typing import Annotated

import msgspec

Seconds = Annotated[float, msgspec.Meta(gt=0)]


class ConnectionLimits(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Limits of what is unfinished: a request that has not arrived as a whole, an answer that is not taken."""

    head: Seconds = 10
    """Seconds for the request line and the headers, from the opening of the connection or their first byte."""
    body: Seconds = 600
    """Seconds for a body."""
    answer: Seconds = 600
    """Seconds in which an answer must be taken."""
    grace: Seconds = 10
    """Seconds in which a body or an answer may be slower than `rate`."""
    rate: Annotated[int, msgspec.Meta(ge=0)] = 1000
    """The slowest body and the slowest taking of an answer, in bytes a second, on the average. Zero switches it off."""
    unfinished: Annotated[int, msgspec.Meta(ge=1)] = 100
    """Unfinished requests and answers of one address; above, its oldest ones are ended. Not for trusted proxies."""
    idle: Annotated[int, msgspec.Meta(ge=1)] = 75
    """Seconds that a connection is kept open between two requests."""
    waiting: Annotated[int, msgspec.Meta(ge=1)] = 1000
    """Whole requests that may wait for a thread; further ones get 503."""
