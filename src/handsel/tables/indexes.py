"""The indexes that keep lists fast, however many rows a table has: one rule, derived from the declarations.

Every `searched` text has one. A table that is listed by such a text also has one by state and text and one by owner and
text, for the standard views; one for the newest rows; and one by state and key, because open rows are seldom old and a
scan from the oldest row on would pass all closed ones. Each of these ends with the key, which orders equal rows.

A table whose rows somebody owns has one by owner and one by unit: by these two, users reach rows.

And every foreign key to rows that somebody owns has one. Such rows are deleted in numbers, along with others, and for
each of them the database looks for rows that still refer to it. It holds empty values, too: what PostgreSQL spends on
planning a deeply nested condition grows with every index that leaves rows out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import UniqueConstraint

from handsel.tables.columns import Lookup
from handsel.tables.info import ColumnInfo, TableInfo, all_tables, table_info

CASE_FOLDED = "hs_fold_"
"""The prefix of the columns that hold case-folded text (see `case_folded_column`)."""

KEY_INDEX = "hs_key_"
"""How the names of the indexes begin that keep custom keys unique."""

_BY = "_by_"


@dataclass(frozen=True, slots=True)
class IndexKey:
    """A column of an index: `case_folded` for case-insensitive text, `newest` for descending order."""

    column: str
    case_folded: bool = False
    newest: bool = False

    @property
    def text(self) -> str:
        """Its text in a migration: `ownerid`, `lower(name)`, `-createdon`."""
        return f"lower({self.column})" if self.case_folded else f"{'-' if self.newest else ''}{self.column}"

    @classmethod
    def read(cls, text: str) -> IndexKey:
        """The column from its text in a migration."""
        name = text.removeprefix("lower(").removesuffix(")").removeprefix("-")
        return cls(name, case_folded=text.startswith("lower("), newest=text.startswith("-"))


@dataclass(frozen=True, slots=True)
class ListIndex:
    """An index by its name in the database."""

    name: str
    table: str
    keys: tuple[IndexKey, ...]


def list_indexes() -> Iterator[ListIndex]:
    """The indexes of all tables."""
    for info in all_tables():
        if not info.is_view:
            listed = list(_of(info))
            yield from listed
            yield from _of_reach(info, listed)
            yield from _of_references(info)


def case_folded_column(name: str) -> str:
    """The column in which SQLite stores the case-folded text, since its indexes cannot use such a function."""
    return f"{CASE_FOLDED}{name}"


def is_list_index(name: str, table: str) -> bool:
    """Whether an index of the table is one of these, by its name."""
    return name.startswith(f"{table}{_BY}")


def _of(info: TableInfo) -> Iterator[ListIndex]:
    key = IndexKey(info.primary_key)

    def index(*keys: IndexKey) -> ListIndex:
        names = "_".join(each.column for each in keys)
        return ListIndex(f"{info.logical_name}{_BY}{names}", info.logical_name, (*keys, key))

    for name, column in info.columns.items():
        if column.searched and column.field is not None:
            yield index(IndexKey(name, case_folded=True))
    named = info.columns.get(info.primary_name)
    if named is None or not named.searched:
        return
    by_name = IndexKey(named.logical_name, case_folded=True)
    newest = [IndexKey("createdon", newest=True)] if "createdon" in info.columns else []
    for name in ("statecode", "ownerid", "owningbusinessunit"):
        if name in info.columns:
            yield index(IndexKey(name), by_name)
    if info.state_column is not None:
        yield index(IndexKey("statecode"))
    if "owningbusinessunit" in info.columns:
        yield index(IndexKey("owningbusinessunit"))
        yield from (index(IndexKey("owningbusinessunit"), each) for each in newest)
    yield from map(index, newest)


def _of_reach(info: TableInfo, listed: Iterable[ListIndex]) -> Iterator[ListIndex]:
    begun = {index.keys[0].column for index in listed}
    for name in ("ownerid", "owningbusinessunit"):
        column = info.columns.get(name)
        if column is not None and column.field is not None and name not in begun:
            yield ListIndex(f"{info.logical_name}{_BY}{name}", info.logical_name, (IndexKey(name),))


def _of_references(info: TableInfo) -> Iterator[ListIndex]:
    for name, column in info.columns.items():
        if _is_looked_up(column):
            yield ListIndex(f"{info.logical_name}{_BY}{name}", info.logical_name, (IndexKey(name),))


def _is_looked_up(column: ColumnInfo) -> bool:
    """Whether it is a foreign key to rows that somebody owns, and neither has an index nor begins one."""
    field = column.field
    if not isinstance(field, Lookup) or not field.is_enforced or field.is_indexed:
        return False
    keys = (key.fields for key in field.model._meta.constraints if isinstance(key, UniqueConstraint))
    begins_one = any(names[0] == field.name for names in keys if names)
    return not begins_one and "ownerid" in table_info(field.target_name).columns
