"""Duplicate detection: which rows that exist a new or changed row would be a duplicate of (Web API 4, 13).

Rules are rows. A rule is asked once for all rows of a list, so the number of statements depends on the number of rules
alone. Only rows that the acting user may see are found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from handsel.chain.system.duplicate_options import DuplicateOperator, DuplicateRuleState
from handsel.database.context import current
from handsel.database.row import Row
from handsel.engine import access
from handsel.engine.access import Privilege
from handsel.engine.crud.hooks import Entry, duplicate_check
from handsel.engine.work import Work
from handsel.errors import DuplicateFound, HandselError
from handsel.query.run import select
from handsel.query.tree.nodes import (
    ColumnPath,
    Comparison,
    Node,
    OneOf,
    Operator,
    QueryFunction,
    TextMatch,
    TextTest,
    all_of,
    any_of,
)
from handsel.tables.fold_case import fold_case
from handsel.tables.info import ColumnInfo, TableInfo

_AT_ONCE = 200
"""How many rows are looked for in one statement."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a rule, with its columns looked up."""

    base: ColumnInfo
    matching: ColumnInfo
    operator: int
    characters: int
    ignores_blank: bool
    is_case_sensitive: bool

    def key(self, column: ColumnInfo, value: Any) -> Any:
        """What of a value counts: values of the two columns match if their keys are equal."""
        if value is None or value == "":
            return None
        match self.operator:
            case DuplicateOperator.SAME_LABEL:
                return fold_case(column.labels.get(value, str(value)))
            case DuplicateOperator.SAME_DATE:
                return value.date() if isinstance(value, datetime) else value
        if isinstance(value, str):
            part = value
            if self.operator == DuplicateOperator.SAME_FIRST_CHARACTERS:
                part = value[: self.characters]
            elif self.operator == DuplicateOperator.SAME_LAST_CHARACTERS:
                part = value[-self.characters :]
            return part if self.is_case_sensitive else fold_case(part)
        return value

    def term(self, value: Any) -> Node:
        """The condition on rows of the matching table; it may let through more rows than `key` does."""
        path = ColumnPath(self.matching.logical_name)
        if value is None or value == "":
            return Comparison(path, Operator.EQ, None)
        match self.operator:
            case DuplicateOperator.SAME_FIRST_CHARACTERS if len(value) >= self.characters:
                return TextMatch(TextTest.STARTS_WITH, path, value[: self.characters])
            case DuplicateOperator.SAME_LAST_CHARACTERS if len(value) >= self.characters:
                return TextMatch(TextTest.ENDS_WITH, path, value[-self.characters :])
            case DuplicateOperator.SAME_DATE:
                return QueryFunction("On", path, (value.date() if isinstance(value, datetime) else value,))
            case DuplicateOperator.SAME_LABEL:
                wanted = self.key(self.base, value)
                options = (option for option in self.matching.labels if self.key(self.matching, option) == wanted)
                return OneOf(path, tuple(Decimal(option) for option in options))
        return Comparison(path, Operator.EQ, _literal(value))


def _literal(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return value
    return Decimal(str(value))


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule in force, with its conditions."""

    name: str
    base: TableInfo
    matching: TableInfo
    conditions: tuple[Condition, ...]
    without_inactive: bool

    def keys(self, row: Row) -> tuple[Any, ...] | None:
        """The keys of a row of the base table; None for a row that the rule says nothing about."""
        found = []
        for condition in self.conditions:
            key = condition.key(condition.base, value_of(row, condition.base))
            if key is None and condition.ignores_blank:
                return None
            found.append(key)
        return tuple(found)

    def keys_there(self, row: Row) -> tuple[Any, ...]:
        """The keys of a row of the matching table."""
        return tuple(each.key(each.matching, value_of(row, each.matching)) for each in self.conditions)

    def filter(self, rows: Sequence[Row]) -> Node:
        """The condition on rows of the matching table that may be duplicates of any of these rows."""
        wanted = any_of(
            all_of(each.term(value_of(row, each.base)) for each in self.conditions)
            for row in {self.keys(row): row for row in rows}.values()
        )
        if self.without_inactive and self.matching.state_column is not None:
            active = Comparison(ColumnPath("statecode"), Operator.EQ, Decimal(0))
            return all_of((active, wanted))
        return wanted


def value_of(row: Row, column: ColumnInfo) -> Any:
    """A value of a row that may not be written yet: one that follows from others is computed."""
    if column.derived is not None:
        return column.derived.function(*(row.get(source) for source in column.derived.sources))
    return row.get(column.logical_name)


def rules_for(work: Work, table: str, matching: str | None = None) -> list[Rule]:
    """The rules in force for rows of a table, in two statements; without those on columns hidden from the user."""
    found = [
        row
        for row in work.as_system.children("duplicaterule", "baseentityname", [table])[table]
        if row.get("statecode") == DuplicateRuleState.ACTIVE
        and (matching is None or row.get("matchingentityname") == matching)
    ]
    conditions = work.as_system.children(
        "duplicaterulecondition", "regardingobjectid", [row.id for row in found], order=("createdon",)
    )
    made = (_rule(work, row, conditions[row.id]) for row in found)
    return [rule for rule in made if rule.conditions and not _compares_hidden(work, rule)]


def _compares_hidden(work: Work, rule: Rule) -> bool:
    """Whether a rule would tell the user what a column holds that the user may not read."""
    return any(
        work.hides(rule.base.logical_name, each.base.logical_name)
        or work.hides(rule.matching.logical_name, each.matching.logical_name)
        for each in rule.conditions
    )


def _rule(work: Work, row: Row, conditions: Sequence[Row]) -> Rule:
    base, matching = work.info(row["baseentityname"]), work.info(row["matchingentityname"])
    return Rule(
        name=row["name"],
        base=base,
        matching=matching,
        conditions=tuple(
            Condition(
                base=base.columns[each["baseattributename"]],
                matching=matching.columns[each["matchingattributename"]],
                operator=each["operatorcode"],
                characters=each.get("operatorparam") or 1,
                ignores_blank=bool(each.get("ignoreblankvalues")),
                is_case_sensitive=bool(row.get("iscasesensitive")),
            )
            for each in conditions
            if each["baseattributename"] in base.columns and each["matchingattributename"] in matching.columns
        ),
        without_inactive=bool(row.get("excludeinactiverecords")),
    )


def duplicates(rule: Rule, rows: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """Each of the rows that has a duplicate, with one that exists; the rows themselves are compared by what they hold.

    A row is no duplicate of itself.
    """
    if not access.holds(current().actor, Privilege.READ, rule.matching.logical_name):
        return  # none that this user could be shown
    wanted = [(row, keys) for row in rows if (keys := rule.keys(row)) is not None]
    there: Mapping[tuple[Any, ...], list[Row]] = defaultdict(list)
    written = {row.id for row in rows}
    for start in range(0, len(wanted), _AT_ONCE):
        group = [row for row, _keys in wanted[start : start + _AT_ONCE]]
        for row in select.rows(rule.matching.logical_name, filter=rule.filter(group)):
            if row.id not in written:
                there[rule.keys_there(row)].append(row)
    if rule.base.logical_name == rule.matching.logical_name:
        for row in rows:
            if not (rule.without_inactive and row.get("statecode")):
                there[rule.keys_there(row)].append(row)
    seen: set[UUID] = set()
    for row, keys in wanted:
        for other in there.get(keys, ()):
            # Of two in one list, the later one is the duplicate.
            if other.id != row.id and (other.id not in written or other.id in seen):
                yield row, other
        seen.add(row.id)


@duplicate_check
def refuse_duplicates(work: Work, entries: Sequence[Entry]) -> None:
    """Refuse new and changed rows that would be duplicates (0x80040333).

    A change is checked by the rules whose columns it writes.
    """
    by_id = {entry.row.id: entry for entry in entries}
    for rule in rules_for(work, entries[0].row.table):
        columns = {source for each in rule.conditions for source in _sources(each.base)}
        asked = [entry.row for entry in entries if entry.item.refusal is None and _is_asked(entry, columns)]
        for row, other in duplicates(rule, asked):
            entry = by_id[row.id]
            if entry.item.refusal is None:
                work.refuse(entry.item, _refusal(rule, row, other))


def _sources(column: ColumnInfo) -> tuple[str, ...]:
    return column.derived.sources if column.derived is not None else (column.logical_name,)


def _is_asked(entry: Entry, columns: set[str]) -> bool:
    change = entry.row.change
    return (change is not None and change.action == "create") or bool(columns & entry.given)


def _refusal(rule: Rule, row: Row, other: Row) -> HandselError:
    same = ", ".join(each.base.logical_name for each in rule.conditions)
    named, there = (
        f"{info.label.lower()} '{found}'" if (found := value_of(each, info.columns[info.primary_name])) else info.label
        for info, each in ((rule.base, row), (rule.matching, other))
    )
    return DuplicateFound(
        f"The {named} would be a duplicate of the {there} ({other.id}) by the rule '{rule.name}': {same}. Change the "
        "row that exists, give other values, or ask for duplicate detection to be suppressed.",
        table=row.table,
        id=str(other.id),
    )
