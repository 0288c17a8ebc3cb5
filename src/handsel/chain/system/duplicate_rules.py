"""What holds for the rules of duplicate detection: tables and columns that exist, values that can be compared."""

from __future__ import annotations

from collections.abc import Sequence

from handsel.chain.system.duplicate_options import DuplicateOperator
from handsel.engine.crud.hooks import Entry, each_entry
from handsel.engine.values import table_named
from handsel.engine.work import Work
from handsel.errors import InvalidArgument, UnknownColumn
from handsel.query.compile.families import Family, family_of
from handsel.tables.info import ColumnInfo, TableInfo

_OF_CHARACTERS = (DuplicateOperator.SAME_FIRST_CHARACTERS, DuplicateOperator.SAME_LAST_CHARACTERS)
_OF_DATES = (DuplicateOperator.SAME_DATE, DuplicateOperator.SAME_DATE_AND_TIME)
_OF_CHOICES = (DuplicateOperator.SAME_LABEL, DuplicateOperator.SAME_VALUE)
_CHOICES = ("Picklist", "State", "Status", "Boolean")
_LONG = ("Memo",)


def check_rules(work: Work, entries: Sequence[Entry]) -> None:
    """A rule names two tables by logical name; while it has conditions, it keeps them."""
    conditions = work.as_system.children(
        "duplicaterulecondition", "regardingobjectid", [entry.row.id for entry in entries]
    )

    def check(entry: Entry) -> None:
        row = entry.row
        for column in ("baseentityname", "matchingentityname"):
            info = table_named(row[column])
            if info.logical_name != row[column]:
                raise InvalidArgument(f"A duplicate rule names tables by logical name: {info.logical_name}.")
            if entry.changed(column) and conditions[row.id]:
                raise InvalidArgument(
                    f"The duplicate rule '{row['name']}' has conditions, which name columns of its tables. Delete "
                    "those first, or make another rule."
                )

    each_entry(work, entries, check)


def check_conditions(work: Work, entries: Sequence[Entry]) -> None:
    """A condition names a column of each table; both hold the same kind of value, which its operator can compare."""
    rules = work.as_system.load("duplicaterule", [entry.row["regardingobjectid"] for entry in entries])

    def check(entry: Entry) -> None:
        row = entry.row
        rule = rules[row["regardingobjectid"]]
        base = _column(work.info(rule["baseentityname"]), row["baseattributename"])
        matching = _column(work.info(rule["matchingentityname"]), row["matchingattributename"])
        if family_of(base) is not family_of(matching):
            raise InvalidArgument(
                f"{base.logical_name} holds {base.kind} and {matching.logical_name} {matching.kind}, which cannot be "
                "compared. Choose columns of one kind."
            )
        _require_operator(row["operatorcode"], row.get("operatorparam"), base, matching)

    each_entry(work, entries, check)


def _column(info: TableInfo, name: str) -> ColumnInfo:
    column = info.columns.get(name)
    if column is None:
        raise UnknownColumn(f"{info.label} has no column '{name}' to compare.", table=info.logical_name, column=name)
    if column.parent_column is not None or column.kind in _LONG:
        raise InvalidArgument(f"{info.label}: {name} cannot be compared to find duplicates. Choose another column.")
    return column


def _require_operator(operator: int, characters: int | None, *columns: ColumnInfo) -> None:
    label = DuplicateOperator.labels()[operator]
    if (operator in _OF_CHARACTERS) is not (characters is not None):
        needed = "needs" if operator in _OF_CHARACTERS else "takes no"
        raise InvalidArgument(f"A condition '{label}' {needed} number of characters (operatorparam).")
    for column in columns:
        family = family_of(column)
        if operator in _OF_CHARACTERS and family is not Family.TEXT:
            raise InvalidArgument(f"'{label}' compares texts, and {column.logical_name} holds {column.kind}.")
        if operator in _OF_DATES and family not in (Family.MOMENT, Family.DATE):
            raise InvalidArgument(f"'{label}' compares dates, and {column.logical_name} holds {column.kind}.")
        if operator in _OF_CHOICES and column.kind not in _CHOICES:
            raise InvalidArgument(f"'{label}' compares choices, and {column.logical_name} holds {column.kind}.")
