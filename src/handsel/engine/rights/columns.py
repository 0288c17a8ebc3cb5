"""Column security: which columns can be secured, what follows from a secured one, what a user may not do (security 7).

A secured column is a row of `hs_securedcolumn`. Nobody but administrators and the members of profiles that allow it may
read or write it. What holds the same value goes with it: the base amount of an amount, the parts of a lookup to
several tables, what is computed of it as declared, and the columns of lines that show it.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from uuid import UUID

from handsel.errors import Code
from handsel.tables.info import ColumnInfo, TableInfo, all_tables
from handsel.tables.relations import all_keys_of

ADMINISTRATOR_PROFILE = UUID("572329c1-a042-4e22-be47-367c6374ea45")
"""The profile whose members may do everything with all secured columns, the same in every organization."""

ALLOWED = 4
"""What `canread`, `cancreate` and `canupdate` hold where they allow it; anything else does not."""

Columns = Mapping[str, frozenset[str]]
"""Columns by logical name, by table."""

_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ColumnRights:
    """The secured columns that a user may not read, set on new rows, or change, with all that follows from them."""

    unread: Columns
    uncreated: Columns
    unchanged: Columns

    def united(self, other: ColumnRights) -> ColumnRights:
        """What either of two users may not do."""
        return ColumnRights(
            _united(self.unread, other.unread),
            _united(self.uncreated, other.uncreated),
            _united(self.unchanged, other.unchanged),
        )

    def hidden(self, table: str) -> frozenset[str]:
        """The columns of a table that the user may not read."""
        return self.unread.get(table, _NONE)


EVERY_COLUMN = ColumnRights({}, {}, {})
"""The rights of an administrator: nothing is closed."""


def _united(one: Columns, other: Columns) -> Columns:
    return {table: one.get(table, _NONE) | other.get(table, _NONE) for table in {**one, **other}}


def column_rights(secured: Columns, allowed: Iterable[tuple[str, str, int, int, int]]) -> ColumnRights:
    """The rights of a user to whom profiles allow this: table, column, `canread`, `cancreate`, `canupdate`.

    Several profiles are united.
    """
    granted: tuple[dict[str, set[str]], ...] = (defaultdict(set), defaultdict(set), defaultdict(set))
    for table, column, *verbs in allowed:
        for of_verb, value in zip(granted, verbs, strict=True):
            if value == ALLOWED:
                of_verb[table].add(column)
    return ColumnRights(*(with_following(_without(secured, of_verb)) for of_verb in granted))


def _without(secured: Columns, granted: Mapping[str, Set[str]]) -> Columns:
    left = {table: names - granted.get(table, _NONE) for table, names in secured.items()}
    return {table: names for table, names in left.items() if names}


def with_following(columns: Columns) -> Columns:
    """These columns and all that show their values."""
    found: dict[str, set[str]] = defaultdict(set)
    queue = [(table, name) for table, names in columns.items() for name in names]
    for table, name in queue:
        if name not in found[table]:
            found[table].add(name)
            queue += _following().get((table, name), ())
    return {table: frozenset(names) for table, names in found.items()}


@functools.cache
def _following() -> Mapping[tuple[str, str], list[tuple[str, str]]]:
    """By table and column: the columns that hold the same value, or one that is computed of it."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for info in all_tables():
        table = info.logical_name
        for name, column in info.columns.items():
            if column.base_of is not None:
                found[(table, column.base_of)].append((table, name))
            for part in (*column.split.values(), *((column.type_column,) if column.type_column else ())):
                found[(table, name)].append((table, part))
            for source in column.derived.sources if column.derived is not None else ():
                found[(table, source)].append((table, name))
            if column.parent_column is not None:
                found[(column.parent_column.table, column.parent_column.column)].append((table, name))
            for shown in info.united:
                found[(shown, name)].append((table, name))
    return found


_NEVER = frozenset(
    (
        *("ownerid", "owninguser", "owningteam", "owningbusinessunit", "statecode", "statuscode", "versionnumber"),
        *("createdon", "createdby", "createdonbehalfby", "modifiedon", "modifiedby", "modifiedonbehalfby"),
        *("overriddencreatedon", "transactioncurrencyid", "exchangerate"),
    )
)
"""Columns of every table that decide who sees a row, or what its amounts mean (security 7)."""

_OPEN_TABLES = frozenset(
    (
        *("organization", "privilege", "role", "roleprivileges", "systemuserroles", "teamroles", "teammembership"),
        *("principalobjectaccess", "fieldsecurityprofile", "fieldpermission", "systemuserprofiles", "teamprofiles"),
        *("hs_roleprofiles", "hs_securedcolumn"),
    )
)
"""Tables that rights and settings follow from: their columns are never secured."""


def why_never_secured(info: TableInfo, column: ColumnInfo) -> tuple[str, Code] | None:
    """Why a column cannot be secured, as the end of a sentence, and the documented code; None if it can be."""
    name = column.logical_name
    reason = _reason(info, column)
    if reason is not None:
        return reason, Code.COLUMN_CANNOT_BE_SECURED
    keys = [columns for columns in all_keys_of(info) if name in columns]
    if keys:
        return f"it belongs to the key {' + '.join(keys[0])}, by which rows are found", Code.SECURED_COLUMN_IN_KEY
    return None


def _reason(info: TableInfo, column: ColumnInfo) -> str | None:
    name = column.logical_name
    if info.is_view:
        return info.only_shows("Secure it in").removesuffix(".")
    if info.logical_name in _OPEN_TABLES:
        return "rights and settings follow from its table"
    if name == info.primary_key or name == info.parent:
        return "it says which row it is"
    if name == info.primary_name:
        return "it is the name of the row, which lookups and messages show"
    named = info.columns.get(info.primary_name)
    if named is not None and named.derived is not None and name in named.derived.sources:
        return "the name of the row is made of it, which lookups and messages show"
    if name in _NEVER:
        return "it decides who sees the row or what its amounts mean"
    if column.base_of is not None:
        return f"it is secured together with {column.base_of}"
    if column.parent_column is not None:
        return f"it is secured together with {column.parent_column.column} of {column.parent_column.table}"
    if column.derived is not None:
        return f"it is made of {' and '.join(column.derived.sources)}; secure those"
    whole = next(
        (each for each in info.columns.values() if name in each.split.values() or name == each.type_column), None
    )
    return None if whole is None else f"it is secured together with {whole.logical_name}"
