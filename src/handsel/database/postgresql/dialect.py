"""PostgreSQL as the rest of Handsel sees it (see `handsel.database.dialect` for what each method is for)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from decimal import Decimal
from uuid import UUID

import psycopg
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from handsel.database.dialect import Dialect, DuplicateKey, Fault, Finding, Rows, Taken
from handsel.database.patience import ROW_MILLISECONDS
from handsel.database.postgresql import faults, sending, versions
from handsel.database.postgresql.query_sql import PostgreSQLQuery
from handsel.database.postgresql.storage import PostgreSQLStorage, insert_rows
from handsel.database.postgresql.upgrading import alone
from handsel.database.statements import run, send
from handsel.database.storage import CUSTOM
from handsel.tables.indexes import IndexKey
from handsel.tables.info import table_info

OLDEST = 15
"""The oldest version that is tried."""


class PostgreSQL(Dialect):
    """A server with many writers; rows are locked one by one, numbers come from sequences."""

    name = "postgresql"
    query = PostgreSQLQuery()
    mark = "%s"
    is_same = "IS NOT DISTINCT FROM"
    as_id = "CAST(lpad(to_hex({0}), 32, '0') AS uuid)"
    has_one_writer = False
    keeps_case_folded_text = False
    settled = "transactionid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
    errors = (psycopg.Error,)
    lost = (psycopg.OperationalError, psycopg.InterfaceError)

    # Parameters

    def key(self, id: UUID) -> UUID:
        return id

    def keys(self, keys: Collection[object]) -> list[object]:
        return list(keys)

    def moment(self, moment: datetime) -> datetime:
        return moment

    def decimal(self, number: Decimal) -> Decimal:
        return number

    def unclaimed(self, alias: str) -> str:
        return f" FOR NO KEY UPDATE OF {alias} SKIP LOCKED"

    def any_of(self, value: str, placeholder: str) -> str:
        return f"{value} = ANY({placeholder})"

    def listed(self, value: str, statement: str) -> str:
        # Not IN: among alternatives it is tried on row after row. The array is made once, and then looked up.
        return f"{value} = ANY(ARRAY({statement}))"

    def driver_sql(self, sql: str) -> str:
        return sql

    # Statements

    def run(self, connection: BaseDatabaseWrapper, sql: str, params: Sequence[object]) -> Rows:
        return sending.run(connection, sql, params)

    def send(self, connection: BaseDatabaseWrapper, sql: str, params: Sequence[object]) -> None:
        sending.send(connection, sql, params)

    def sent_together(self, connection: BaseDatabaseWrapper) -> AbstractContextManager[object]:
        # For few rows: COPY cannot be sent this way.
        pipeline: AbstractContextManager[object] = connection.connection.pipeline()
        return pipeline

    def run_each(
        self, connection: BaseDatabaseWrapper, statements: Sequence[tuple[str, Sequence[object]]]
    ) -> list[Rows]:
        return sending.run_each(connection, statements)

    def wait_at_most(self, connection: BaseDatabaseWrapper, seconds: float) -> None:
        self.send(connection, f"SET lock_timeout = {max(1, int(seconds * ROW_MILLISECONDS))}", ())  # 0 is no limit

    def without_time_limit(self, connection: BaseDatabaseWrapper) -> None:
        send("SET LOCAL statement_timeout = 0")

    def why_read_only(self, connection: BaseDatabaseWrapper) -> str:
        connection.ensure_connection()
        [[state]] = self.run(connection, "SHOW transaction_read_only", ())
        return "" if state == "off" else "the server, or the user's settings on it, allow no changes"

    def opens_anew(self, connection: BaseDatabaseWrapper) -> None:
        """The server knows which database a connection belongs to."""

    # Rows

    def new_storage(self, table: str) -> PostgreSQLStorage:
        return PostgreSQLStorage(table_info(table))

    def insert(self, table: str, columns: Mapping[str, str], rows: Sequence[Mapping[str, object]]) -> None:
        insert_rows(table, columns, rows)

    def bury(self, table: str, ids: Sequence[UUID], version: int, moment: datetime) -> None:
        send(
            "INSERT INTO hs_tombstone (objectid, objecttypecode, versionnumber, deletedon) "
            "SELECT id, %s, %s, %s FROM unnest(%s::uuid[]) AS id ON CONFLICT (objectid) "
            "DO UPDATE SET versionnumber = excluded.versionnumber, deletedon = excluded.deletedon",
            (table, version, moment, list(ids)),
        )

    # Row versions and counters

    def take_version(self) -> Taken:
        return versions.TAKEN

    def latest_version(self) -> int:
        return versions.latest_version()

    def settled_version(self) -> int:
        return versions.settled_version()

    def next_numbers(self, counter: str, count: int) -> list[int]:
        found = run("SELECT nextval(%s::regclass) FROM generate_series(1, %s)", (_sequence(counter), count))
        return [number for (number,) in found]

    def next_number(self, counter: str) -> str:
        return f"(SELECT last_value + is_called::int FROM {_sequence(counter)})"

    def hold_counter(self, counter: str) -> int:
        send(f"ALTER SEQUENCE {_sequence(counter)} NO CYCLE")  # it has none; the lock is what counts
        [[number]] = run(f"SELECT {self.next_number(counter)}")
        return int(number)

    def set_counter(self, counter: str, number: int) -> None:
        # Unlike setval, this is undone with the transaction.
        send(f"ALTER SEQUENCE {_sequence(counter)} RESTART WITH {number:d}")

    def create_counters(self, execute: Callable[..., object], counters: Mapping[str, int]) -> None:
        for name, first in counters.items():
            execute(f"CREATE SEQUENCE {_sequence(name)} START {first}")

    def drop_counters(self, execute: Callable[..., object], counters: Collection[str]) -> None:
        for name in counters:
            execute(f"DROP SEQUENCE {_sequence(name)}")

    def counters(self, read: Callable[[str], Rows]) -> set[str]:
        found = read("SELECT sequencename FROM pg_sequences WHERE schemaname = current_schema()")
        return {name.removeprefix("hs_") for (name,) in found}

    # Custom columns and indexes

    def custom_value(self, name: str) -> str:
        return f"({CUSTOM} ->> '{name}')"

    def custom_id(self, name: str) -> str:
        return f"{self.custom_value(name)}::uuid"

    def custom_parameter(self, value: object) -> str:
        return str(value)

    def remove_custom_values(self, table: str, name: str) -> None:
        run(f'UPDATE "{table}" SET {CUSTOM} = {CUSTOM} - %s WHERE jsonb_exists({CUSTOM}, %s)', (name, name))

    def add_case_folded(self, schema_editor: BaseDatabaseSchemaEditor, table: str, columns: Collection[str]) -> None:
        """Not needed: indexes call the function itself."""

    def drop_case_folded(self, schema_editor: BaseDatabaseSchemaEditor, table: str, columns: Collection[str]) -> None:
        """There is nothing to remove."""

    def index_key(self, key: IndexKey) -> str:
        column = f'"{key.column}"'
        if key.case_folded:
            return f'(lower({column})) COLLATE "C" NULLS FIRST'
        return f"{column} DESC NULLS LAST" if key.newest else column

    # Another schema

    def alone(self, connection: BaseDatabaseWrapper, report: Callable[[str], None]) -> AbstractContextManager[object]:
        return alone(connection, report)

    def check_foreign_keys(self, connection: BaseDatabaseWrapper) -> None:
        connection.check_constraints()  # deferred checks: until they are done, their tables cannot be altered

    def copy_aside(self, connection: BaseDatabaseWrapper, version: str, report: Callable[[str], None]) -> None:
        """Servers have their own means of backup."""

    # What went wrong

    def fault(self, error: BaseException) -> Fault | None:
        return faults.fault(error)

    def duplicate_key(self, error: BaseException) -> DuplicateKey:
        return faults.duplicate_key(error)

    def check_version(self, read: Callable[[str], Rows]) -> Finding:
        major = int(read("SHOW server_version_num")[0][0]) // 10_000
        advice = "" if major >= OLDEST else f"Upgrade the server to PostgreSQL {OLDEST} or newer."
        return Finding(f"PostgreSQL {major}", advice)

    def check_integrity(self, read: Callable[[str], Rows]) -> Finding:
        constraints = read(
            "SELECT conname FROM pg_constraint AS c JOIN pg_namespace AS n ON n.oid = c.connamespace "
            "WHERE n.nspname = current_schema() AND NOT convalidated"
        )
        indexes = read(
            "SELECT indexrelid::regclass::text FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid "
            "JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE n.nspname = current_schema() AND NOT indisvalid"
        )
        damage = [name for (name,) in (*constraints, *indexes)]
        if not damage:
            return Finding("CHECK, foreign keys and indexes valid", "")
        advice = "Run ALTER TABLE … VALIDATE CONSTRAINT, or REINDEX, for each; PostgreSQL names the rows in the way."
        return Finding(f"not valid: {', '.join(damage)}", advice)


def _sequence(counter: str) -> str:
    return f"hs_{counter}"
