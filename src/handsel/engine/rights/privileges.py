"""What can be granted: verbs on tables, privileges of no single table, and which privilege covers which table.

The name of a privilege is `prv`, the verb and the stem of its table (security 1.1). A stem is not always the table's
name: a folder declares in its `rules.py` where it differs, which tables work through the rows they belong to, and
which ones everybody may read. A declared table of which nothing is said has a stem of its own, its schema name.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from handsel.tables.info import TableInfo, all_tables, table_info
from handsel.tables.table import Ownership


class Privilege(enum.StrEnum):
    """What can be done to a row of any table."""

    CREATE = "Create"
    READ = "Read"
    WRITE = "Write"
    DELETE = "Delete"
    APPEND = "Append"
    APPEND_TO = "AppendTo"
    ASSIGN = "Assign"
    SHARE = "Share"

    @property
    def right(self) -> int:
        """Its bit in a mask of access rights (security 1.2)."""
        return _RIGHTS[self]

    @property
    def right_name(self) -> str:
        """Its name in the answers of the Web API: `ReadAccess`."""
        return f"{self.value}Access"


_RIGHTS: Mapping[Privilege, int] = {
    Privilege.READ: 1,
    Privilege.WRITE: 2,
    Privilege.APPEND: 4,
    Privilege.APPEND_TO: 16,
    Privilege.CREATE: 32,
    Privilege.DELETE: 65_536,
    Privilege.SHARE: 262_144,
    Privilege.ASSIGN: 524_288,
}

SHARED_RIGHTS = sum(_RIGHTS.values()) - Privilege.CREATE.right
"""Everything that can be granted on a row that exists."""


class Depth(enum.IntEnum):
    """How far a privilege reaches, by the number that messages use (security 1.3)."""

    BASIC = 0
    LOCAL = 1
    DEEP = 2
    GLOBAL = 3

    @property
    def mask(self) -> int:
        """The number of `roleprivileges.privilegedepthmask`: 1, 2, 4 or 8."""
        return 1 << self.value

    @property
    def word(self) -> str:
        """As people say it."""
        return _DEPTH_WORDS[self]

    @classmethod
    def of_mask(cls, mask: int) -> Self:
        """The depth that a stored mask means."""
        return cls(mask.bit_length() - 1)


_DEPTH_WORDS = {
    Depth.BASIC: "own rows",
    Depth.LOCAL: "the unit",
    Depth.DEEP: "the unit and those below it",
    Depth.GLOBAL: "the whole organization",
}


class TablelessPrivilege(str):
    """A privilege that belongs to no single table, by its documented name. The chain defines further ones."""

    __slots__ = ()

    OVERRIDE_DELETE: ClassVar[TablelessPrivilege]
    CUSTOMIZE: ClassVar[TablelessPrivilege]
    ACT_ON_BEHALF: ClassVar[TablelessPrivilege]
    OVERRIDE_CREATED: ClassVar[TablelessPrivilege]
    BULK_DELETE: ClassVar[TablelessPrivilege]

    def __new__(cls, name: str) -> Self:
        """Declare it, too: what is declared can be granted by roles."""
        made = super().__new__(cls, name)
        _tableless[name] = made
        return made


_tableless: dict[str, TablelessPrivilege] = {}
TablelessPrivilege.OVERRIDE_DELETE = TablelessPrivilege("prvQOIOverrideDelete")
TablelessPrivilege.CUSTOMIZE = TablelessPrivilege("prvCreateAttribute")
TablelessPrivilege.ACT_ON_BEHALF = TablelessPrivilege("prvActOnBehalfOfAnotherUser")
TablelessPrivilege.OVERRIDE_CREATED = TablelessPrivilege("prvOverrideCreatedOnCreatedBy")
TablelessPrivilege.BULK_DELETE = TablelessPrivilege("prvBulkDelete")


def tableless(name: str) -> TablelessPrivilege | None:
    """The declared privilege of no table with this name, in any case."""
    return next((each for known, each in _tableless.items() if known.lower() == name.lower()), None)


class RowsBy(enum.Enum):
    """By what the rows of a table are reached."""

    OWNER = "owner"
    """Their owner and the owner's unit; they can be shared."""
    UNIT = "unit"
    """The business unit they stand in; they are neither assigned nor shared."""
    TABLE = "table"
    """All or none: rows of the organization."""
    PARENT = "parent"
    """The rows they belong to: who may read the parent reads them, who may write to it changes them."""
    TOLD = "told"
    """The rows they tell of: who holds the privilege of the stem reads what is told of rows that they may read."""
    OPEN = "open"
    """Everybody reads all of them; to change them takes the privilege of the stem."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which privileges cover a table, and what its rows are reached by.

    stem     as in `prvRead<stem>`; empty where the rows work through others
    parents  for `RowsBy.PARENT`: the lookups to the rows that count. One that may be read is enough
             for `RowsBy.TOLD`: the lookup to the row that is told of
    unit     for `RowsBy.UNIT`: the column with the unit
    """

    table: str
    stem: str
    rows_by: RowsBy
    parents: tuple[str, ...] = ()
    unit: str = ""


_declared: dict[str, Coverage] = {}
_verbs: dict[str, tuple[Privilege, ...]] = {}
_NEVER_OWNED = (Privilege.ASSIGN, Privilege.SHARE)


def cover(stem: str, *tables: str) -> None:
    """Declare that the privileges with this stem cover these tables, whose rows are reached by their ownership."""
    for table in tables:
        info = table_info(table)
        _declared[table] = Coverage(table, stem, _by_ownership(info), unit=_unit_of(info))


def cover_wholly(stem: str, *tables: str) -> None:
    """Declare that the privileges with this stem cover all rows of these tables, whoever made them."""
    for table in tables:
        _declared[table] = Coverage(table, stem, RowsBy.TABLE)


def cover_through(table: str, *lookups: str) -> None:
    """Declare that rows of a table have the rights of the rows that these lookups refer to."""
    _declared[table] = Coverage(table, "", RowsBy.PARENT, lookups)


def cover_told(stem: str, table: str, lookup: str) -> None:
    """Declare that rows of a table tell of the rows that a lookup refers to, and that they can only be read.

    Whoever holds the privilege of the stem reads what is told of rows that they may read; of rows that are gone,
    whoever may read every row of their table.
    """
    _declared[table] = Coverage(table, stem, RowsBy.TOLD, (lookup,))
    limit_verbs(stem, Privilege.READ)


def cover_by_unit(stem: str, table: str, column: str) -> None:
    """Declare that rows of a table are reached by the business unit in a column."""
    _declared[table] = Coverage(table, stem, RowsBy.UNIT, unit=column)


def open_to_readers(stem: str, *tables: str) -> None:
    """Declare that everybody who holds a role reads all rows of these tables; to change them takes the stem's."""
    for table in tables:
        _declared[table] = Coverage(table, stem, RowsBy.OPEN)


def limit_verbs(stem: str, *verbs: Privilege) -> None:
    """Declare that a stem has these verbs only."""
    _verbs[stem] = verbs


def coverage_of(table: str) -> Coverage:
    """What covers a table (logical name)."""
    found = _declared.get(table)
    if found is None:
        info = table_info(table)
        if info.parent is not None:
            found = Coverage(table, "", RowsBy.PARENT, (info.parent,))
        else:
            found = Coverage(table, info.schema_name, _by_ownership(info), unit=_unit_of(info))
        _declared[table] = found
    return found


def _by_ownership(info: TableInfo) -> RowsBy:
    owner = info.columns.get("ownerid")
    if info.ownership is Ownership.USER and owner is not None and owner.field is not None:
        return RowsBy.OWNER
    return RowsBy.UNIT if info.ownership is Ownership.BUSINESS else RowsBy.TABLE


def _unit_of(info: TableInfo) -> str:
    return "businessunitid" if info.ownership is Ownership.BUSINESS else ""


def privilege_name(verb: Privilege, stem: str) -> str:
    """The documented name: `prvReadOrder`."""
    return f"prv{verb.value}{stem}"


@dataclass(frozen=True, slots=True)
class PrivilegeInfo:
    """One privilege that can be granted: its name, its bit (0 for one of no table), its tables, its depths."""

    name: str
    right: int
    tables: tuple[str, ...]
    depths: tuple[Depth, ...]


def all_privileges() -> Sequence[PrivilegeInfo]:
    """Everything that can be granted, by name."""
    stems: dict[str, list[Coverage]] = {}
    for info in all_tables():
        covered = coverage_of(info.logical_name)
        if covered.stem:
            stems.setdefault(covered.stem, []).append(covered)
    found = [
        PrivilegeInfo(
            privilege_name(verb, stem), verb.right, tuple(each.table for each in covered), depths_of(covered, verb)
        )
        for stem, covered in stems.items()
        for verb in verbs_of(stem, covered)
    ]
    found += [PrivilegeInfo(str(name), 0, (), (Depth.GLOBAL,)) for name in _tableless.values()]
    return sorted(found, key=lambda each: each.name)


def verbs_of(stem: str, covered: Iterable[Coverage]) -> tuple[Privilege, ...]:
    """The verbs that exist for a stem: what nobody owns is neither assigned nor shared."""
    if stem in _verbs:
        return _verbs[stem]
    owned = any(each.rows_by is RowsBy.OWNER for each in covered)
    return tuple(verb for verb in Privilege if owned or verb not in _NEVER_OWNED)


def depths_of(covered: Iterable[Coverage], verb: Privilege) -> tuple[Depth, ...]:
    """The depths at which a privilege can be granted (security 1.3)."""
    kinds = {each.rows_by for each in covered}
    if RowsBy.OWNER in kinds:
        return tuple(Depth)
    return (Depth.LOCAL, Depth.DEEP, Depth.GLOBAL) if RowsBy.UNIT in kinds else (Depth.GLOBAL,)
