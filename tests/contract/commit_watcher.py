"""Whether anything was committed to a database since it was last looked at, whichever table it is in."""

import sqlite3
from typing import Any

import psycopg


class Witness:
    """A connection of its own that sees what others commit."""

    def __init__(self, url: str) -> None:
        if url.startswith("sqlite"):
            file = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
            self._connection: Any = file
            self._question = "PRAGMA data_version"
        else:
            server = psycopg.connect(url, autocommit=True)
            self._connection = server
            # Whoever commits a change has got the number of a transaction; to read takes none. What is rolled back has
            # one as well, and so the tables themselves are asked: rows, and the newest transaction that made one.
            names = [name for (name,) in server.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
            self._question = " UNION ALL ".join(
                f'SELECT count(*), max(xmin::text::bigint) FROM "{name}"' for name in names
            )
        self._seen = self._look()

    def something_changed(self) -> bool:
        """Whether something was committed since the last look."""
        before, self._seen = self._seen, self._look()
        return before != self._seen

    def close(self) -> None:
        self._connection.close()

    def _look(self) -> list[Any]:
        return list(self._connection.execute(self._question).fetchall())
