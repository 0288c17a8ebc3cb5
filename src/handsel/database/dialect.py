"""What differs between databases: the interface that one package per database fills, and the only way to reach it.

No other code checks which database it is; it takes what differs from the dialect of the context, by its meaning. Whole
statements are in the driver's style (its placeholder is `mark`). `QuerySql` is in Django's: `%s` for a parameter, `%%`
for a percent sign, `{0}`, `{1}` for the SQL of the operands; `driver_sql` turns what is built of it into the driver's.
"""

from __future__ import annotations

import enum
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias
from uuid import UUID

if TYPE_CHECKING:  # so that a context can be named before Django knows the tables
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

    from handsel.database.storage import TableStorage
    from handsel.tables.indexes import IndexKey

Rows: TypeAlias = list[tuple[Any, ...]]
"""The rows that a statement returns."""


class Fault(enum.Enum):
    """What an error of the driver means."""

    CONFLICT = enum.auto()
    """A conflict with another writer; a retry may succeed."""
    LOCKED = enum.auto()
    """Another transaction holds what is wanted, and the time for waiting has passed."""
    TIME_LIMIT = enum.auto()
    """A question took longer than it may, and was stopped."""
    READ_ONLY = enum.auto()
    """The database cannot be written: a file, disk or server that can only be read."""
    DISK_FULL = enum.auto()
    """There is no room left for what was to be written."""
    FILE_GONE = enum.auto()
    """The file was moved, removed, replaced or emptied while it was in use."""
    UNREACHABLE = enum.auto()
    """There is no connection, or it was lost; or the file cannot be opened or read."""
    DAMAGED = enum.auto()
    """What is there is no database, a damaged one, or has other tables."""
    DUPLICATE = enum.auto()
    """Another row has the same values in a unique key."""
    REFERENCE = enum.auto()
    """A foreign key: to a row that does not exist, or to a row that is being deleted."""
    IN_USE = enum.auto()
    """A definition cannot change while the transaction has changes to rows of its table."""
    OUT_OF_RANGE = enum.auto()
    """A number does not fit its column."""
    CONSTRAINT = enum.auto()
    """Any other constraint."""
    TOO_COMPLEX = enum.auto()
    """The statement is larger, or deeper, than the database can hold."""


class DuplicateKey(NamedTuple):
    """The unique key that refused a row. `columns` is empty where it holds more than plain columns."""

    table: str
    columns: Sequence[str]
    index_name: str
    is_primary: bool


class Taken(NamedTuple):
    """How a SELECT reads its transaction's row version and id; `source` ends its FROM, with the parameters `params`."""

    version: str
    transaction: str
    source: str
    params: Sequence[object] = ()


class Finding(NamedTuple):
    """The result of a check of the database, and what to do about it; `advice` is empty if all is well."""

    detail: str
    advice: str


class QuerySql(ABC):
    """The SQL of conditions, sort keys and select lists, in Django's style (see the top of this module).

    Texts compare without case, by code points; nulls are the smallest values.
    """

    lower: str
    """A text without case."""
    by_code_points: str
    """A text that is ordered by code points."""
    decimal: str
    """A decimal of a column of text, compared as the number it is."""
    contains: str
    starts_with: str
    like: str
    """A text fits a pattern, whose escape is `!`."""
    exact_sum: str
    """A sum of decimals or whole numbers without any rounding; it may come as text."""
    rough_sum: str
    """A sum that is only sorted by."""
    year: str
    month: str
    day: str
    week: str
    """Parts of a date, as whole numbers. Weeks start on Sunday, the first holds January 1."""

    @abstractmethod
    def ends_with(self, length: int) -> str:
        """A text ends with another one, whose length in characters is given."""

    @abstractmethod
    def common(self, condition: str, *, beside_rights: bool = False) -> str:
        """A condition that holds for most rows, so that an index does not help.

        `beside_rights` where the few rows that a user's rights reach are looked for.
        """

    @abstractmethod
    def exchanged(self, places: int) -> str:
        """A custom amount divided by an exchange rate, exactly, rounded to `places` half away from zero."""

    @abstractmethod
    def compared_numbers(self, sign: str, places: int, other_places: int) -> str:
        """Two columns of numbers compared. The decimals of each are -1 where it is no scaled integer."""

    @abstractmethod
    def compared_moments(self, sign: str, is_date: bool, other_is_date: bool) -> str:
        """Two columns of moments or dates compared; a date is compared as its midnight."""

    @abstractmethod
    def sorted(self, key: str, *, descending: bool) -> str:
        """A key of ORDER BY: nulls come first when ascending, last when descending."""

    @abstractmethod
    def custom_value(self, sql_type: str) -> str:
        """The value of a custom column out of the JSON of its row, as a value of a type of standard SQL.

        Takes the parameter that `custom_name` makes.
        """

    @abstractmethod
    def custom_name(self, name: str) -> str:
        """The parameter of `custom_value` for the name of a column."""


class Dialect(ABC):
    """One kind of database. The package of this folder with Django's name for it holds one, as `DIALECT`."""

    name: str
    """Django's name for it, its `vendor`."""
    query: QuerySql
    """What queries are made of."""
    mark: str
    """The placeholder of a parameter in the driver's style."""
    is_same: str
    """The operator of equality for which two nulls are equal, too."""
    as_id: str  # an id made of a whole number, `{0}`
    has_one_writer: bool
    """Whether only one transaction at a time can write, so that nothing else has to be locked."""
    keeps_case_folded_text: bool
    """Whether an additional column holds each searched text case-folded, because an index cannot call our functions."""
    settled: str
    """The condition on an outbox event that no event can still be added before it; empty where none ever can."""
    errors: tuple[type[Exception], ...]  # the driver's
    lost: tuple[type[Exception], ...]
    """Those which mean that the connection to the database was lost."""

    def __init__(self) -> None:
        self._storages: dict[str, TableStorage] = {}

    # Parameters

    @abstractmethod
    def key(self, id: UUID) -> UUID | str:
        """An id as the driver takes it."""

    @abstractmethod
    def keys(self, keys: Collection[object]) -> object:
        """A list of keys as one parameter, for `any_of`."""

    @abstractmethod
    def moment(self, moment: datetime) -> datetime | str:
        """A moment as the driver takes it."""

    @abstractmethod
    def decimal(self, number: Decimal) -> Decimal | str:
        """A decimal as it is compared with `QuerySql.decimal`."""

    @abstractmethod
    def any_of(self, value: str, placeholder: str) -> str:
        """The condition that a value is one of a list of keys, which are one parameter together."""

    def unindexed(self, value: str) -> str:
        """A column as it is compared where its index would be the worse way, if the database cannot tell."""
        return value

    def unclaimed(self, alias: str) -> str:
        """The end of a SELECT that takes rows of a table which no other transaction takes at the moment."""
        return ""

    @abstractmethod
    def listed(self, value: str, statement: str) -> str:
        """The condition that a value is one of those that a statement selects, which an index on the value serves."""

    @abstractmethod
    def driver_sql(self, sql: str) -> str:
        """SQL in Django's style as the driver takes it."""

    # Statements

    @abstractmethod
    def run(self, connection: BaseDatabaseWrapper, sql: str, params: Sequence[object]) -> Rows:
        """Send one statement and return its rows."""

    @abstractmethod
    def send(self, connection: BaseDatabaseWrapper, sql: str, params: Sequence[object]) -> None:
        """Send one statement that returns no rows."""

    @abstractmethod
    def sent_together(self, connection: BaseDatabaseWrapper) -> AbstractContextManager[object]:
        """A block in which `send` need not wait for the result; errors are raised at its end at the latest."""

    @abstractmethod
    def run_each(
        self, connection: BaseDatabaseWrapper, statements: Sequence[tuple[str, Sequence[object]]]
    ) -> list[Rows]:
        """Send several SELECTs and return the rows of each; together, where that saves waiting."""

    @abstractmethod
    def wait_at_most(self, connection: BaseDatabaseWrapper, seconds: float) -> None:
        """Limit each wait for a lock, from the next transaction on."""

    @abstractmethod
    def without_time_limit(self, connection: BaseDatabaseWrapper) -> None:
        """Let the rest of the running transaction take as long as it takes: it works on a whole table."""

    @abstractmethod
    def why_read_only(self, connection: BaseDatabaseWrapper) -> str:
        """Why the database cannot be changed over this connection, in a few words; empty if it can."""

    @abstractmethod
    def opens_anew(self, connection: BaseDatabaseWrapper) -> None:
        """Take the database as it is now: its file may be another than when this process opened it before."""

    # Rows

    def storage(self, table: str) -> TableStorage:
        """How the rows of a table (by logical name) are written to and read from this database."""
        found = self._storages.get(table)
        if found is None:
            found = self._storages[table] = self.new_storage(table)
        return found

    @abstractmethod
    def new_storage(self, table: str) -> TableStorage:
        """The object that `storage` caches."""

    @abstractmethod
    def insert(self, table: str, columns: Mapping[str, str], rows: Sequence[Mapping[str, object]]) -> None:
        """Insert rows into a table of the engine. `columns` gives each column its type, as PostgreSQL calls it."""

    @abstractmethod
    def bury(self, table: str, ids: Sequence[UUID], version: int, moment: datetime) -> None:
        """Leave a tombstone for each deleted row of a table."""

    # Row versions and counters

    @abstractmethod
    def take_version(self) -> Taken:
        """Take a row version for the running transaction, at once or by the SELECT that the result goes into."""

    @abstractmethod
    def latest_version(self) -> int:
        """See `handsel.database.versions`."""

    @abstractmethod
    def settled_version(self) -> int:
        """See `handsel.database.versions`."""

    @abstractmethod
    def next_numbers(self, counter: str, count: int) -> list[int]:
        """The next numbers of a counter, as many as asked for, ascending."""

    @abstractmethod
    def next_number(self, counter: str) -> str:
        """The number that a counter will give next, as SQL of an operand of a SELECT."""

    @abstractmethod
    def hold_counter(self, counter: str) -> int:
        """The number that a counter will give next; until this transaction ends, nobody else takes one."""

    @abstractmethod
    def set_counter(self, counter: str, number: int) -> None:
        """Make `number` the next one of a counter that is held."""

    @abstractmethod
    def create_counters(self, execute: Callable[..., object], counters: Mapping[str, int]) -> None:
        """Make counters that start with the numbers given. `execute` takes SQL in Django's style and its parameters."""

    @abstractmethod
    def drop_counters(self, execute: Callable[..., object], counters: Collection[str]) -> None:
        """Take counters away."""

    @abstractmethod
    def counters(self, read: Callable[[str], Rows]) -> set[str]:
        """The counters that the database has. `read` runs a SELECT."""

    # Custom columns and indexes

    @abstractmethod
    def custom_value(self, name: str) -> str:
        """The value of a custom column, as SQL of a whole statement that an index can hold."""

    @abstractmethod
    def custom_id(self, name: str) -> str:
        """The id in a custom lookup, as SQL of a whole statement; it compares with `key`."""

    @abstractmethod
    def custom_parameter(self, value: object) -> object:
        """A value out of JSON, to compare `custom_value` with."""

    @abstractmethod
    def remove_custom_values(self, table: str, name: str) -> None:
        """Remove the values of a custom column from all rows of its table."""

    @abstractmethod
    def add_case_folded(self, schema_editor: BaseDatabaseSchemaEditor, table: str, columns: Collection[str]) -> None:
        """Create what the indexes of case-folded texts need in a table, and fill it for the existing rows."""

    @abstractmethod
    def drop_case_folded(self, schema_editor: BaseDatabaseSchemaEditor, table: str, columns: Collection[str]) -> None:
        """Remove what no index needs any more."""

    @abstractmethod
    def index_key(self, key: IndexKey) -> str:
        """A key of an index, as queries sort by it."""

    # Another schema

    @abstractmethod
    def alone(self, connection: BaseDatabaseWrapper, report: Callable[[str], None]) -> AbstractContextManager[object]:
        """A transaction that excludes all other writers, and in which tables can be changed.

        `report` is called with the reason for a long wait. The connection cannot be used afterwards.
        """

    @abstractmethod
    def check_foreign_keys(self, connection: BaseDatabaseWrapper) -> None:
        """After a migration, make sure that no row refers to a missing one, and that the next one can change tables."""

    @abstractmethod
    def copy_aside(self, connection: BaseDatabaseWrapper, version: str, report: Callable[[str], None]) -> Path | None:
        """Copy a database file to a new file next to it, inside `alone`; None for a database on a server.

        `version` becomes part of the copy's name. Raises SetupError when there is no room or no permission.
        """

    # What went wrong

    @abstractmethod
    def fault(self, error: BaseException) -> Fault | None:
        """What an error of the driver means; None for an unexpected one."""

    @abstractmethod
    def duplicate_key(self, error: BaseException) -> DuplicateKey:
        """The key that an error of the kind `Fault.DUPLICATE` refers to."""

    @abstractmethod
    def check_version(self, read: Callable[[str], Rows]) -> Finding:
        """The version of the database, and whether it is new enough."""

    @abstractmethod
    def check_integrity(self, read: Callable[[str], Rows]) -> Finding:
        """Whether the data satisfies the database's constraints: CHECK, foreign keys, indexes."""


_dialects: dict[str, Dialect] = {}


def dialect_of(vendor: str) -> Dialect:
    """The dialect of a kind of database, by Django's name for it: that of the package with the same name."""
    found = _dialects.get(vendor)
    if found is None:
        package = import_module(f"handsel.database.{vendor}")
        found = _dialects[vendor] = package.DIALECT
    return found


def driver_errors() -> tuple[type[Exception], ...]:
    """The errors of all drivers in use."""
    return tuple(error for dialect in _dialects.values() for error in dialect.errors)
