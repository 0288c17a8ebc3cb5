"""Row versions: how a transaction takes its number, and up to which number nothing can come any more (architecture 3).

Where writers come one after another, numbers are settled as they are taken. Where they do not, a database says up to
which number all writers are done (see `postgresql.versions`).
"""

from __future__ import annotations

from handsel.database.context import current

VERSION_COUNTER = "versionnumber"


def latest_version() -> int:
    """The last number that a transaction took."""
    return current().dialect.latest_version()


def settled_version() -> int:
    """A row version such that whatever is read afterwards shows every change that carries it or a lower one.

    Ask outside of a transaction, so that the next statement sees what was committed meanwhile.
    """
    return current().dialect.settled_version()
