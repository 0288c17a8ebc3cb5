"""Resetting the data of a running server in one transaction; open connections see it in their next transaction."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from uuid import UUID

PATIENCE = 30.0
"""Seconds to wait for a request that is writing."""


def restore(first: Path, database: Path, *, client_id: str) -> None:
    """Make the database equal to `first`. Raises TimeoutError if other connections keep it locked."""
    with closing(sqlite3.connect(first)) as source, closing(sqlite3.connect(database, timeout=PATIENCE)) as target:
        with source:
            _keep_tokens(source, target, UUID(client_id).hex)
            _keep_version(source, target)
        deadline = time.monotonic() + PATIENCE

        def give_up_late(status: int, _remaining: int, _total: int) -> None:
            if status != sqlite3.SQLITE_DONE and time.monotonic() > deadline:
                raise TimeoutError(f"A request has kept the test server's database for {PATIENCE:.0f} seconds.")

        source.backup(target, progress=give_up_late, sleep=0.01)


def _keep_tokens(source: sqlite3.Connection, target: sqlite3.Connection, client: str) -> None:
    """Keep the client's access tokens, which are rows: a program caches its token for an hour, across tests."""
    for row in target.execute("SELECT * FROM hs_token WHERE clientid = ?", (client,)).fetchall():
        source.execute(f"INSERT OR REPLACE INTO hs_token VALUES ({', '.join('?' * len(row))})", row)


def _keep_version(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Raise the version by which the server caches custom columns and maps: no number may be used twice."""
    ((reached,),) = target.execute("SELECT hs_metadataversion FROM organization").fetchall()
    source.execute(
        "UPDATE organization SET hs_metadataversion = ? WHERE hs_metadataversion <> ?", (reached + 1, reached)
    )
