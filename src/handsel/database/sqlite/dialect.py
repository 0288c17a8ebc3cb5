"""SQLite as the rest of Handsel sees it (see `handsel.database.dialect` for what each method is for)."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from handsel.database.dialect import Dialect, DuplicateKey, Fault, Finding, Rows, Taken
from handsel.database.sqlite import faults
from handsel.database.sqlite.base import DatabaseWrapper, can_write, forget_file
from handsel.database.sqlite.case_folded import add_case_folded, drop_case_folded
from handsel.database.sqlite.query_sql import SQLiteQuery
from handsel.database.sqlite.storage import SQLiteStorage, insert_rows, run_many
from handsel.database.sqlite.upgrading import alone, copy_file
from handsel.database.sqlite.values import encode_moment
from handsel.database.statements import run
from handsel.database.storage import CUSTOM, to_json
from handsel.database.versions import VERSION_COUNTER
from handsel.tables.indexes import IndexKey, case_folded_column
from handsel.tables.info import table_info

OLDEST = (3, 35, 0)
"""The first version with RETURNING."""


class SQLite(Dialect):
    """A file with one writer at a time; numbers come from the rows of `hs_counter`."""

    name = "sqlite"
    query = SQLiteQuery()
    mark = "?"
    as_id = "printf('%032x', {0})"
    is_same = "IS"
    has_one_writer = True
    keeps_case_folded_text = True
    settled = ""
    errors = (sqlite3.Error,)
    lost = ()

    # Parameters

    def key(self, id: UUID) -> str:
        return id.hex

    def keys(self, keys: Collection[object]) -> str:
        return to_json([key.hex if isinstance(key, UUID) else key for key in keys])

    def moment(self, moment: datetime) -> str:
        return encode_moment(moment)

    def decimal(self, number: Decimal) -> str:
        return str(number)

    def any_of(self, value: str, placeholder: str) -> str:
        return f"{value} IN (SELECT value FROM json_each({placeholder}))"

    def unindexed(self, value: str) -> str:
        return f"+{value}"

    def listed(self, value: str, statement: str) -> str:
        return f"{value} IN ({statement})"

    def driver_sql(self, sql: str) -> str:
        return sql.replace("%s", "?").replace("%%", "%")

    # Statements

    def run(self, connection: BaseDatabaseWrapper, sql: str, params: Sequence[object]) -> Rows:
        assert isinstance(connection, DatabaseWrapper)
        return connection.run(sql, params)

    def send(self, connection: BaseDatabaseWrapper, sql: str, params: Sequence[object]) -> None:
        connection.connection.execute(sql, params)

    def sent_together(self, connection: BaseDatabaseWrapper) -> AbstractContextManager[object]:
        return nullcontext()  # nothing ever waits

    def run_each(
        self, connection: BaseDatabaseWrapper, statements: Sequence[tuple[str, Sequence[object]]]
    ) -> list[Rows]:
        return [self.run(connection, sql, params) for sql, params in statements]

    def wait_at_most(self, connection: BaseDatabaseWrapper, seconds: float) -> None:
        connection.ensure_connection()
        connection.connection.execute(f"PRAGMA busy_timeout={int(seconds * 1000)}")

    def without_time_limit(self, connection: BaseDatabaseWrapper) -> None:
        assert isinstance(connection, DatabaseWrapper)
        connection.take_all_time()

    def why_read_only(self, connection: BaseDatabaseWrapper) -> str:
        return "" if can_write(Path(connection.settings_dict["NAME"])) else "its file or its folder is read-only"

    def opens_anew(self, connection: BaseDatabaseWrapper) -> None:
        forget_file(connection.alias)

    # Rows

    def new_storage(self, table: str) -> SQLiteStorage:
        return SQLiteStorage(table_info(table))

    def insert(self, table: str, columns: Mapping[str, str], rows: Sequence[Mapping[str, object]]) -> None:
        insert_rows(table, columns, rows)

    def bury(self, table: str, ids: Sequence[UUID], version: int, moment: datetime) -> None:
        run_many(
            "INSERT OR REPLACE INTO hs_tombstone (objectid, objecttypecode, versionnumber, deletedon) VALUES (?, ?, ?, "
            "?)",
            [(id.hex, table, version, encode_moment(moment)) for id in ids],
        )

    # Row versions and counters

    def take_version(self) -> Taken:
        run("UPDATE hs_counter SET value = value + 1 WHERE name = ?", (VERSION_COUNTER,))
        return Taken("c.value", "c.value", "hs_counter AS c WHERE c.name = ?", (VERSION_COUNTER,))

    def latest_version(self) -> int:
        return _counted(VERSION_COUNTER)

    def settled_version(self) -> int:
        return self.latest_version()

    def next_numbers(self, counter: str, count: int) -> list[int]:
        run("UPDATE hs_counter SET value = value + ? WHERE name = ?", (count, counter))
        last = _counted(counter)
        return list(range(last - count + 1, last + 1))

    def next_number(self, counter: str) -> str:
        return f"(SELECT value + 1 FROM hs_counter WHERE name = '{counter}')"

    def hold_counter(self, counter: str) -> int:
        return _counted(counter) + 1  # a writer has the database for itself

    def set_counter(self, counter: str, number: int) -> None:
        run("UPDATE hs_counter SET value = ? WHERE name = ?", (number - 1, counter))

    def create_counters(self, execute: Callable[..., object], counters: Mapping[str, int]) -> None:
        # Not by the model: Django would create the classes of all tables a second time for it.
        for name, first in counters.items():
            execute("INSERT INTO hs_counter (name, value) VALUES (%s, %s)", (name, first - 1))

    def drop_counters(self, execute: Callable[..., object], counters: Collection[str]) -> None:
        for name in counters:
            execute("DELETE FROM hs_counter WHERE name = %s", (name,))

    def counters(self, read: Callable[[str], Rows]) -> set[str]:
        return {name for (name,) in read("SELECT name FROM hs_counter")}

    # Custom columns and indexes

    def custom_value(self, name: str) -> str:
        return f"json_extract({CUSTOM}, '$.\"{name}\"')"

    def custom_id(self, name: str) -> str:
        return f"replace({self.custom_value(name)}, '-', '')"

    def custom_parameter(self, value: object) -> object:
        return value

    def remove_custom_values(self, table: str, name: str) -> None:
        path = f'$."{name}"'
        run(
            f'UPDATE "{table}" SET {CUSTOM} = json_remove({CUSTOM}, ?) WHERE json_type({CUSTOM}, ?) IS NOT NULL',
            (path, path),
        )

    def add_case_folded(self, schema_editor: BaseDatabaseSchemaEditor, table: str, columns: Collection[str]) -> None:
        add_case_folded(schema_editor, table, columns)

    def drop_case_folded(self, schema_editor: BaseDatabaseSchemaEditor, table: str, columns: Collection[str]) -> None:
        drop_case_folded(schema_editor, table, columns)

    def index_key(self, key: IndexKey) -> str:
        if key.case_folded:
            return f'"{case_folded_column(key.column)}"'
        return f'"{key.column}" DESC' if key.newest else f'"{key.column}"'

    # Another schema

    def alone(self, connection: BaseDatabaseWrapper, report: Callable[[str], None]) -> AbstractContextManager[object]:
        return alone(connection)

    def check_foreign_keys(self, connection: BaseDatabaseWrapper) -> None:
        """Nothing to do: Django's schema editor has just checked all rows."""

    def copy_aside(self, connection: BaseDatabaseWrapper, version: str, report: Callable[[str], None]) -> Path:
        return copy_file(Path(connection.settings_dict["NAME"]), version, report)

    # What went wrong

    def fault(self, error: BaseException) -> Fault | None:
        return faults.fault(error)

    def duplicate_key(self, error: BaseException) -> DuplicateKey:
        return faults.duplicate_key(error)

    def check_version(self, read: Callable[[str], Rows]) -> Finding:
        good = sqlite3.sqlite_version_info >= OLDEST
        advice = "" if good else f"Use a Python that brings SQLite {'.'.join(map(str, OLDEST[:2]))} or newer."
        return Finding(f"SQLite {sqlite3.sqlite_version}", advice)

    def check_integrity(self, read: Callable[[str], Rows]) -> Finding:
        damage = [row[0] for row in read("PRAGMA quick_check(10)") if row[0] != "ok"]
        damage += [
            f"{table} refers to a missing {parent}"
            for table, _row, parent, _key in read("PRAGMA foreign_key_check")[:10]
        ]
        if not damage:
            return Finding("file, CHECK and foreign keys in order", "")
        return Finding("; ".join(damage), "Restore the last good backup; if there is none, export what can be read.")


def _counted(counter: str) -> int:
    """The last number that was taken."""
    return int(run("SELECT value FROM hs_counter WHERE name = ?", (counter,))[0][0])
