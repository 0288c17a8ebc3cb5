"""The indexes that keep lists fast, however many rows a table has: one rule, derived from the declarations.

Every `searched` text has one. A table that is listed by such a text also has one by state and text and one by owner and
text, for the standard views; one for the newest rows; and one by state and key, because open rows are seldom old and a
scan from the oldest row on would pass all closed ones. Each index ends with the key, which orders equal rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handsel.tables.info import TableInfo, all_tables

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
            yield from _of(info)


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
    for name in ("statecode", "ownerid"):
        if name in info.columns:
            yield index(IndexKey(name), by_name)
    if info.state_column is not None:
        yield index(IndexKey("statecode"))
    if "createdon" in info.columns:
        yield index(IndexKey("createdon", newest=True))
