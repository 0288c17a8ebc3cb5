"""Row versions in PostgreSQL come from a sequence, so that no writer waits for another (architecture 3, decision 0008).

A transaction with a lower number may commit after one with a higher number was read. Therefore a writer announces,
before it takes its number, the last number taken before its own, by a shared advisory lock that it holds until it has
committed; no transaction waits for it. A reader that first reads the sequence, then the announcements and only then
rows misses nothing: every writer that took a number up to the one seen had announced it before. Either the announcement
is still there, and the reader stays below it, or its transaction has ended and the rows show what it did.
"""

from __future__ import annotations

from handsel.database.dialect import Taken
from handsel.database.statements import run

_LATEST = "(SELECT last_value - (NOT is_called)::int AS latest FROM hs_versionnumber) AS v"
"""The last number taken, for a FROM."""

_ROUND = 2**31
"""An advisory lock takes the sequence and 31 bits of a number; those of running transactions are closer together."""

TAKEN = Taken(
    # CASE makes sure that the lock is there before the number.
    version=f"CASE WHEN pg_try_advisory_xact_lock_shared('hs_versionnumber'::regclass::int, "
    f"mod(v.latest, {_ROUND})::int) THEN nextval('hs_versionnumber') END",
    transaction="pg_current_xact_id()::text::bigint",
    source=_LATEST,
)
"""The number is taken by the SELECT itself."""

_ANNOUNCED = (
    "SELECT DISTINCT objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 "
    "AND classid = 'hs_versionnumber'::regclass::oid "
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


def latest_version() -> int:
    """The last number that a transaction took."""
    return int(run(f"SELECT v.latest FROM {_LATEST}")[0][0])


def settled_version() -> int:
    """The highest number such that no running transaction can have it or a lower one."""
    latest = latest_version()
    behind = [(latest - announced) % _ROUND for (announced,) in run(_ANNOUNCED)]
    # A writer that announced a number above the latest one seen began after it was read: the difference wraps around.
    return latest - max((distance for distance in behind if distance < _ROUND // 2), default=0)
