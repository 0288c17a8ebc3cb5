"""Django's back end for SQLite files that are served for a long time: `handsel.database.sqlite` as an ENGINE.

A connection never makes its file, and refuses to work when another file, or none, has taken its place: what is written
into a file without a name is lost. A file that cannot be written is opened for reading. A question that takes longer
than it may is interrupted.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from math import inf
from pathlib import Path
from stat import S_ISLNK
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.backends.sqlite3 import base

from handsel.database.sqlite.faults import FileGone, TimeIsUp
from handsel.database.sqlite.functions import register_functions

STEPS = 10_000
"""After how many steps of its virtual machine SQLite asks whether the time is up: after a millisecond, or less."""


_TABLES = "SELECT count(*), coalesce(sum(name = 'django_migrations'), 0) FROM sqlite_master"
"""Whether there are tables, and whether they may be ours."""


class _Identity(NamedTuple):
    """What tells a file from another one of the same name."""

    device: int
    number: int
    link: int = 0
    """The number of the symbolic link by which it is named: SQLite's log stands beside the file that is linked to."""


_served: dict[str, tuple[_Identity, bool]] = {}
"""By alias: the file of each database of this process from the moment it is opened, and whether anything was in it."""


def forget_file(alias: str) -> None:
    """Let the next connection take the file as it is then: for whoever opens the database anew."""
    _served.pop(alias, None)


def can_write(file: Path) -> bool:
    """Whether this process may change the database: the file, and the log beside it, which it may have to make."""
    file = file.resolve()
    logs = [Path(f"{file}{suffix}") for suffix in ("-wal", "-shm")]
    return os.access(file, os.W_OK) and (
        os.access(file.parent, os.W_OK | os.X_OK) or all(os.access(log, os.W_OK) for log in logs)
    )


if TYPE_CHECKING:

    class _Wrapper(base.DatabaseWrapper):
        """Django's, with two methods that its stubs leave out."""

        def _start_transaction_under_autocommit(self) -> None: ...
        def _commit(self) -> None: ...

else:
    _Wrapper = base.DatabaseWrapper


class DatabaseWrapper(_Wrapper):
    """One connection to a file."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._file = Path(self.settings_dict["NAME"])
        self._log = ""
        self._identities: dict[str, _Identity | None] = {}
        self._was_filled = False
        self._only_reads = self._is_unlogged = False
        self._seconds: float = 0
        self._is_limited = False
        self._until = inf

    def get_connection_params(self) -> dict[str, Any]:
        """Django's, without ours."""
        params: dict[str, Any] = super().get_connection_params()
        self._synchronous: str = params.pop("synchronous")
        self._seconds = params.pop("query_seconds")
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open the file, if it is still the one that this process works with. Raises FileGone."""
        identity, size = _look(self._file)
        served, self._was_filled = _served.setdefault(self.alias, (identity, size > 0))
        if served != identity:
            raise _replaced(self._file)
        self._require_content(size)
        self._log = f"{self._file.resolve()}-wal"
        self._only_reads = not can_write(self._file)
        # Without a log nobody has the database open, and a reader may not leave one behind.
        self._is_unlogged = self._only_reads and not os.path.exists(self._log)
        mode = "mode=rw" if not self._only_reads else "immutable=1" if self._is_unlogged else "mode=ro"
        self.connection = None
        connection = super().get_new_connection({**conn_params, "database": f"{self._file.as_uri()}?{mode}"})
        try:
            tables, ours = connection.execute(_TABLES).fetchone()
            if not self._only_reads and (ours or not tables):  # the file of another program stays as it is
                connection.execute("PRAGMA journal_mode=WAL")
                connection.execute(_TABLES).fetchone()  # opens the log
            connection.execute(f"PRAGMA synchronous={self._synchronous}")
            self._identities = {str(self._file): identity, self._log: _identity_of(self._log)}
            if _look(self._file)[0] != identity:
                raise _replaced(self._file)
        except BaseException:
            connection.close()
            raise
        if not self._was_filled and tables:
            _served[self.alias] = (identity, True)
        self._is_limited = self._seconds > 0
        register_functions(connection, self._is_late)
        connection.set_progress_handler(self._is_late, STEPS)
        return connection

    def ensure_connection(self) -> None:
        """Django's; outside of a transaction the file is checked. Raises FileGone.

        What was opened for reading is opened anew when it may be written, or is being written, by now.
        """
        if self.connection is not None and not self.in_atomic_block:
            self._require_file()
            if self._only_reads and (can_write(self._file) or (self._is_unlogged and os.path.exists(self._log))):
                self.close()
        super().ensure_connection()

    def run(self, sql: str, params: Sequence[object]) -> list[Any]:
        """Send one statement and return its rows; it is interrupted when its time is up."""
        if self._is_limited:
            self._until = time.monotonic() + self._seconds
        try:
            rows: list[Any] = self.connection.execute(sql, params).fetchall()
            if self._is_late():  # a function of ours may have given up
                raise TimeIsUp
            return rows
        finally:
            self._until = inf

    def _is_late(self) -> bool:
        return time.monotonic() > self._until

    def take_all_time(self) -> None:
        """Let the statements of the running transaction take as long as they take."""
        self._is_limited = False

    def _start_transaction_under_autocommit(self) -> None:
        self._is_limited = self._seconds > 0
        with self.wrap_database_errors:
            self._require_whole()
        super()._start_transaction_under_autocommit()

    def _commit(self) -> None:
        super()._commit()
        # Only now is it certain that the file had its name when the changes were in it.
        with self.wrap_database_errors:
            self._require_whole()

    def _require_file(self) -> None:
        with self.wrap_database_errors:
            identity, size = _look(self._file)
            if identity != self._identities[str(self._file)]:
                raise _replaced(self._file)
            self._require_content(size)

    def _require_content(self, size: int) -> None:
        if self._was_filled and not size:
            raise FileGone(f"The database file {self._file} was emptied while it was in use.")

    def _require_whole(self) -> None:
        """The file, and the log that holds the latest changes, must be those that were opened."""
        self._require_file()
        known = self._identities[self._log]
        if known is not None and _identity_of(self._log) != known:
            raise FileGone(f"{self._log}, a part of the database, was removed or replaced while it was in use.")


def _look(file: Path) -> tuple[_Identity, int]:
    try:
        found = os.lstat(file)
        link = found.st_ino if S_ISLNK(found.st_mode) else 0
        if link:
            found = os.stat(file)
    except OSError as error:
        raise FileGone(f"The database file {file} was removed or moved away ({error.strerror}).") from error
    return _Identity(found.st_dev, found.st_ino, link), found.st_size


def _identity_of(file: str | Path) -> _Identity | None:
    try:
        found = os.stat(file)
    except OSError:
        return None
    return _Identity(found.st_dev, found.st_ino)


def _replaced(file: Path) -> FileGone:
    return FileGone(f"The database file {file} was replaced by another one while it was in use.")
