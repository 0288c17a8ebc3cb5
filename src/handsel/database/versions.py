"""Row versions: how a transaction takes its number, and up to which number nothing can come any more (architecture 3).

On SQLite writers come one after another. On PostgreSQL a number comes from a sequence, so a transaction with a lower
number may commit after one with a higher number was read. Therefore a writer announces, before it takes its number,
the last number taken before its own, by a shared advisory lock that it holds until it has committed; nobody waits for
it. A reader that first looks at the sequence, then at the announcements and only then at rows misses nothing: whoever
took a number up to the one seen had announced it before. Either the announcement still stands, and the reader stays
below it, or its transaction has ended and the rows show what it did.
"""

from __future__ import annotations

from handsel.database.context import current
from handsel.database.statements import run

VERSION_COUNTER = "versionnumber"

LATEST = "(SELECT last_value - (NOT is_called)::int AS latest FROM hs_versionnumber) AS v"
"""PostgreSQL: the last number taken, for a FROM."""

_ROUND = 2**31
"""An advisory lock takes the sequence and 31 bits of a number; those of running transactions are closer together."""

TAKEN = (
    f"CASE WHEN pg_try_advisory_xact_lock_shared('hs_versionnumber'::regclass::int, mod(v.latest, {_ROUND})::int) "
    "THEN nextval('hs_versionnumber') END"
)
"""PostgreSQL: the transaction's number, beside LATEST. CASE makes sure that the lock is there before the number."""

_ANNOUNCED = (
    "SELECT DISTINCT objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 "
    "AND classid = 'hs_versionnumber'::regclass::oid "
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


def latest_version() -> int:
    """The last number that a transaction took."""
    if current().vendor == "postgresql":
        return int(run(f"SELECT v.latest FROM {LATEST}")[0][0])
    return int(run("SELECT value FROM hs_counter WHERE name = ?", (VERSION_COUNTER,))[0][0])


def settled_version() -> int:
    """A row version such that whatever is read afterwards shows every change that carries it or a lower one.

    Ask outside of a transaction, so that the next statement sees what was committed meanwhile.
    """
    latest = latest_version()
    if current().vendor != "postgresql":
        return latest
    behind = [(latest - announced) % _ROUND for (announced,) in run(_ANNOUNCED)]
    # Whoever announced a number above the latest one seen began after it was read: the difference wraps around.
    return latest - max((distance for distance in behind if distance < _ROUND // 2), default=0)
