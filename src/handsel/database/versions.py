"""Row versions: how a transaction takes its number, and up to which number nothing can be added (architecture 3).

Where there is one writer at a time, a number is settled as soon as it is taken. Otherwise a database says up to
which number all writers are done (see `postgresql.versions`).
"""

from __future__ import annotations

from handsel.database.context import current

VERSION_COUNTER = "versionnumber"


def latest_version() -> int:
    """The last number that a transaction took."""
    return current().dialect.latest_version()


def settled_version() -> int:
    """A row version such that every later read shows all changes with it or a lower one.

    Call it outside of a transaction, so that the next statement sees what was committed meanwhile.
    """
    return current().dialect.settled_version()
