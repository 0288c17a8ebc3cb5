"""The yardstick: the same copy as five hand-written SQL statements in one transaction.

Read the header, read the lines, insert the header, insert the lines by INSERT … SELECT, update the totals: same tables,
same constraints, as many columns filled as Handsel fills. It checks no rights and no state, prices nothing, takes no
number, and leaves no audit row and no event.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any
from uuid import UUID, uuid4

import psycopg

from handsel.site.database import SQLITE, parse


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of a conversion: headers and lines of source and target; the key of a header is its name and `id`."""

    source: str
    source_lines: str
    target: str
    target_lines: str
    number: str


class HandWritten:
    """Five statements that do what a given conversion did, on a separate connection."""

    def __init__(self, url: str, tables: Tables, example: tuple[UUID, UUID]) -> None:
        """`example`: the keys of a source and of the target that Handsel made from it."""
        self.postgresql = not url.startswith("sqlite")
        self.tables = tables
        self._driver: Any = _connected(url)
        self._numbers = count(1)
        source, made = (self._row(tables.source, example[0]), self._row(tables.target, example[1]))
        source_lines = self._rows(tables.source_lines, tables.source, example[0])
        made_lines = self._rows(tables.target_lines, tables.target, example[1])
        self._totals = [name for name in made if name.startswith("total") and made[name] is not None]
        self._header = {name: value for name, value in made.items() if value is not None and name not in self._totals}
        self._copied = [name for name in self._header if source.get(name) == self._header[name]]
        self._line_columns = len(_filled(made_lines))
        self._write_statements(source_lines, made_lines)

    @property
    def backend_pid(self) -> int | None:
        """The server process of this connection."""
        return self._driver.info.backend_pid if self.postgresql else None

    @property
    def columns(self) -> tuple[int, int]:
        """The number of columns of a header and of a line that are filled."""
        return len(self._header) + len(self._totals), self._line_columns

    def close(self) -> None:
        self._driver.close()

    def copy(self, sources: Sequence[UUID]) -> None:
        """Copy documents in one transaction, five statements each."""
        run = self._driver.execute
        if not self.postgresql:
            run("BEGIN IMMEDIATE")
        for source in sources:
            self._copy(run, source if self.postgresql else source.hex)
        self._driver.commit()

    def _copy(self, run: Any, source: Any) -> None:
        columns = run(self._read_header, (source,)).fetchone()
        header = dict(zip(self._read_columns, columns, strict=True))
        amounts = run(self._read_lines, (source,)).fetchall()
        key = uuid4() if self.postgresql else uuid4().hex
        values = {**self._header, **{name: header[name] for name in self._copied}}
        values[f"{self.tables.target}id"] = key
        values[self.tables.number] = f"HAND-{key}"
        run(self._insert_header, tuple(values.values()))
        run(self._insert_lines, (*(key if value is _PARENT else value for value in self._constants), source))
        totals = {name: header.get(name) for name in self._totals}
        totals["totallineitemamount"] = sum(extended - (tax or 0) for extended, tax in amounts)
        run(self._update_totals, (*totals.values(), key))

    def _write_statements(self, source_lines: list[dict[str, Any]], made_lines: list[dict[str, Any]]) -> None:
        tables, mark = self.tables, "%s" if self.postgresql else "?"
        self._read_columns = [*self._copied, *(name for name in self._totals if name not in self._copied)]
        readable = self._names_of(tables.source)
        self._read_columns = [name for name in self._read_columns if name in readable]
        where = f'WHERE "{tables.source}id" = {mark}'
        self._read_header = f"SELECT {_list(self._read_columns)} FROM {tables.source} {where}"
        self._read_lines = f"SELECT extendedamount, tax FROM {tables.source_lines} {where} ORDER BY lineitemnumber"
        self._insert_header = (
            f"INSERT INTO {tables.target} ({_list(self._header)}) VALUES ({', '.join([mark] * len(self._header))})"
        )
        names, chosen, self._constants = [], [], []
        fresh = "gen_random_uuid()" if self.postgresql else "lower(hex(randomblob(16)))"
        for name in _filled(made_lines):
            names.append(name)
            pairs = list(zip(source_lines, made_lines, strict=True))
            if name == f"{tables.target_lines}id":
                chosen.append(fresh)
            elif all(old.get(name) == new[name] for old, new in pairs):
                chosen.append(f'"{name}"')
            elif all(old[f"{tables.source_lines}id"] == new[name] for old, new in pairs):
                chosen.append(f'"{tables.source_lines}id"')
            else:
                chosen.append(f"CAST({mark} AS {self._type(tables.target_lines, name)})" if self.postgresql else mark)
                self._constants.append(_PARENT if name == f"{tables.target}id" else made_lines[0][name])
        self._insert_lines = (
            f"INSERT INTO {tables.target_lines} ({_list(names)}) "
            f"SELECT {', '.join(chosen)} FROM {tables.source_lines} {where} ORDER BY lineitemnumber"
        )
        assigned = ", ".join(f'"{name}" = {mark}' for name in dict.fromkeys((*self._totals, "totallineitemamount")))
        self._update_totals = f'UPDATE {tables.target} SET {assigned} WHERE "{tables.target}id" = {mark}'

    def _row(self, table: str, key: UUID) -> dict[str, Any]:
        return self._select(f'SELECT * FROM {table} WHERE "{table}id" = ', key)[0]

    def _rows(self, table: str, parent: str, key: UUID) -> list[dict[str, Any]]:
        rows = self._select(f'SELECT * FROM {table} WHERE "{parent}id" = ', key)
        return sorted(rows, key=lambda row: row["lineitemnumber"])

    def _select(self, sql: str, key: UUID) -> list[dict[str, Any]]:
        cursor = self._driver.execute(sql + ("%s" if self.postgresql else "?"), (key if self.postgresql else key.hex,))
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        self._driver.commit()
        return rows

    def _names_of(self, table: str) -> set[str]:
        cursor = self._driver.execute(f"SELECT * FROM {table} LIMIT 0")
        names = {column[0] for column in cursor.description}
        self._driver.commit()
        return names

    def _type(self, table: str, column: str) -> str:
        found = self._driver.execute(
            "SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = %s::regclass AND attname = %s",
            (table, column),
        ).fetchone()
        self._driver.commit()
        name: str = found[0]
        return name


_PARENT = object()
"""Stands for the key of the new header among the constants of its lines."""


def _connected(url: str) -> Any:
    """A driver connection with the settings of Handsel's connection."""
    settings = parse(url)
    options = settings["OPTIONS"]
    if settings["ENGINE"] == SQLITE:
        connection = sqlite3.connect(settings["NAME"], isolation_level=None, timeout=30)
        for pragma in ("journal_mode=WAL", f"synchronous={options['synchronous']}", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")
        return connection
    return psycopg.connect(url, prepare_threshold=options["prepare_threshold"])


def _filled(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    return [name for name in rows[0] if any(row[name] is not None for row in rows)]


def _list(names: Any) -> str:
    return ", ".join(f'"{name}"' for name in names)
