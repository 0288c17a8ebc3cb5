"""Whether anything was committed to a database since the last check, in whatever table."""

import sqlite3
from typing import Any

import psycopg


class CommitWatcher:
    """A separate connection that sees the commits of others."""

    def __init__(self, url: str) -> None:
        if url.startswith("sqlite"):
            file = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
            self._connection: Any = file
            self._query = "PRAGMA data_version"
        else:
            server = psycopg.connect(url, autocommit=True)
            self._connection = server
            # A transaction that writes gets a number, one that reads gets none. But a rolled back one has a number as
            # well, so the tables themselves are queried: the number of rows, and the newest transaction of a row.
            names = [name for (name,) in server.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
            self._query = " UNION ALL ".join(
                f'SELECT count(*), max(xmin::text::bigint) FROM "{name}"' for name in names
            )
        self._seen = self._state()

    def something_changed(self) -> bool:
        """Whether something was committed since the last call."""
        before, self._seen = self._seen, self._state()
        return before != self._seen

    def close(self) -> None:
        self._connection.close()

    def _state(self) -> list[Any]:
        return list(self._connection.execute(self._query).fetchall())
