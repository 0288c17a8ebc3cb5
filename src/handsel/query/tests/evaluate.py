"""The meaning of a query tree in plain Python: the oracle that the databases are compared with."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from operator import eq, ge, gt, le, lt, ne
from typing import Any
from uuid import UUID

from handsel.query.tree.nodes import (
    And,
    ColumnPath,
    Comparison,
    Exists,
    Node,
    Not,
    OneOf,
    Operator,
    Or,
    QueryFunction,
    TextMatch,
    TextTest,
)

Read = Callable[[ColumnPath], Any]
Related = Callable[[Exists], list["World"]]


@dataclass(frozen=True)
class World:
    """What a term is evaluated on: the values of paths, the rows of collections, the moment."""

    read: Read
    related: Related
    now: datetime


OPERATORS = {Operator.EQ: eq, Operator.NE: ne, Operator.GT: gt, Operator.GE: ge, Operator.LT: lt, Operator.LE: le}
TESTS: dict[TextTest, Callable[[str, str], bool]] = {
    TextTest.CONTAINS: lambda text, part: part in text,
    TextTest.STARTS_WITH: str.startswith,
    TextTest.ENDS_WITH: str.endswith,
}


def matches(node: Node, read: Read, world: World | None = None) -> bool:
    match node:
        case Exists(_rows, _variable, term):
            assert world is not None
            return any(term is None or matches(term, each.read, each) for each in world.related(node))
        case QueryFunction(name, column, values):
            assert world is not None
            return query_function(name, read(column), values, world.now)
        case And(terms):
            return all(matches(term, read, world) for term in terms)
        case Or(terms):
            return any(matches(term, read, world) for term in terms)
        case Not(term):
            return not matches(term, read, world)
        case OneOf(column, values):
            return any(matches(Comparison(column, Operator.EQ, value), read, world) for value in values)
        case TextMatch(test, column, text):
            held = read(column)
            return held is not None and TESTS[test](held.lower(), text.lower())
        case Comparison(column, operator, value):
            held = comparable(read(column))
            if isinstance(value, ColumnPath):
                wanted = comparable(read(value))
                if held is None or wanted is None:
                    return operator is Operator.NE
                return bool(OPERATORS[operator](held, wanted))
            wanted = comparable(value)
            if held is None or wanted is None:
                return bool(OPERATORS[operator](held, wanted)) if operator in (Operator.EQ, Operator.NE) else False
            if isinstance(held, float):
                wanted = float(wanted)
            return bool(OPERATORS[operator](held, wanted))


def comparable(value: Any) -> Any:
    if isinstance(value, str):
        return value.lower()
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime.combine(value, time(), UTC)
    return value


def query_function(name: str, held: Any, values: tuple[Any, ...], now: datetime) -> bool:
    """The functions that `trees.functions` makes, each implemented again from its documentation."""
    if name.startswith("Not"):
        return not query_function(name[3:], held, values, now)
    if held is None:
        return False
    if name in ("In", "Between"):
        wanted = [comparable(Decimal(value) if not isinstance(held, str) else value) for value in values]
        held = comparable(held)
        return held in wanted if name == "In" else bool(wanted[0] <= held <= wanted[1])
    moment = comparable(held)
    day = moment.date()
    today = now.date()
    match name:
        case "On":
            return bool(day == date.fromisoformat(values[0]))
        case "OnOrAfter":
            return bool(day >= date.fromisoformat(values[0]))
        case "OnOrBefore":
            return bool(day <= date.fromisoformat(values[0]))
        case "Today":
            return bool(day == today)
        case "ThisMonth":
            return (day.year, day.month) == (today.year, today.month)
        case "LastYear":
            return bool(day.year == today.year - 1)
        case "LastXDays":
            return bool(today - timedelta(days=int(values[0])) <= day and moment <= now)
        case "NextXDays":
            return bool(moment > now and day <= today + timedelta(days=int(values[0])))
        case _:
            assert name == "OlderThanXDays"
            return bool(moment < now - timedelta(days=int(values[0])))


@dataclass(frozen=True)
class Rows:
    """Accounts and their people in memory; `of` of a person is the index of the account."""

    ids: list[UUID]
    accounts: list[dict[str, Any]]
    people: list[dict[str, Any]]
    now: datetime

    def found(self, tree: Node) -> list[UUID]:
        """The ids of accounts that match."""
        worlds = [self._world({"": account}, parent) for parent, account in enumerate(self.accounts)]
        return [id for id, world in zip(self.ids, worlds, strict=True) if matches(tree, world.read, world)]

    def like(self, pattern: str) -> list[UUID]:
        """The ids of accounts whose name matches a pattern."""
        parts = re.findall(r"\[.\]|.", pattern.lower(), re.DOTALL)
        wild = {"%": ".*", "_": "."}
        regex = re.compile("".join(wild.get(part) or re.escape(part.strip("[]") or part) for part in parts), re.DOTALL)
        held = [account["name"].lower() for account in self.accounts]
        return [id for id, name in zip(self.ids, held, strict=True) if regex.fullmatch(name)]

    def _world(self, known: dict[str, dict[str, Any]], account: int | None) -> World:
        def related(some: Exists) -> list[World]:
            assert isinstance(some.rows, ColumnPath)
            parent = known["c"]["of"] if some.rows.source == "c" else account
            mine = [person for person in self.people if person["of"] is not None and person["of"] == parent]
            return [self._world({**known, some.variable: person}, account) for person in mine]

        return World(lambda path: known[path.source][path.column], related, self.now)
