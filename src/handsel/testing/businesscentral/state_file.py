"""A file that outlives a killed stand-in: every change is in it before it is answered.

Nothing waits for the disk: the file survives the end of the process, not that of the machine.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path

import msgspec

from handsel.errors import SetupError
from handsel.testing.businesscentral.books import Books
from handsel.testing.businesscentral.rows import Row

_TABLES = """
CREATE TABLE IF NOT EXISTS stored (place INTEGER PRIMARY KEY, kind TEXT, id TEXT, body BLOB, UNIQUE (kind, id));
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT);
"""


class StateFile:
    """One SQLite file."""

    def __init__(self, path: Path) -> None:
        """Open a file, or make it. Raises SetupError for one that is no such file."""
        try:
            self._connection = sqlite3.connect(path, isolation_level=None)
            self._connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;" + _TABLES)
        except sqlite3.Error as error:
            raise SetupError(
                f"{path} cannot hold the state of the stand-in: {error}. Name another file, or one that it wrote."
            ) from error

    def fact(self, name: str, value: str) -> str:
        """A text by its name; `value` the first time."""
        self._connection.execute("INSERT OR IGNORE INTO facts VALUES (?, ?)", (name, value))
        return str(self._connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()[0])

    def load(self, books: Books) -> None:
        """Put all stored rows in their tables."""
        decoders = {name: msgspec.json.Decoder(table.kind) for name, table in books.tables.items()}
        for kind, key, body in self._connection.execute("SELECT kind, id, body FROM stored ORDER BY place"):
            books.tables[kind].place(key, decoders[kind].decode(body))
        books.version = int(self.fact("version", "0"))

    def store(self, changed: Mapping[tuple[str, str], Row | None], version: int) -> None:
        """Keep changed rows, all or none."""
        rows = [(kind, key, msgspec.json.encode(row)) for (kind, key), row in changed.items() if row is not None]
        gone = [at for at, row in changed.items() if row is None]
        connection = self._connection
        connection.execute("BEGIN")
        try:
            connection.executemany(
                "INSERT INTO stored (kind, id, body) VALUES (?, ?, ?) "
                "ON CONFLICT (kind, id) DO UPDATE SET body = excluded.body",
                rows,
            )
            connection.executemany("DELETE FROM stored WHERE kind = ? AND id = ?", gone)
            connection.execute("INSERT OR REPLACE INTO facts VALUES ('version', ?)", (str(version),))
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
