"""What a query tree means, said in plain Python: the oracle that the databases are held against."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from handsel.query.tree import And, ColumnPath, Comparison, Node, Not, OneOf, Operator, Or, TextMatch, TextTest

Read = Callable[[ColumnPath], Any]

OPERATORS = {Operator.EQ: eq, Operator.NE: ne, Operator.GT: gt, Operator.GE: ge, Operator.LT: lt, Operator.LE: le}
TESTS: dict[TextTest, Callable[[str, str], bool]] = {
    TextTest.CONTAINS: lambda text, part: part in text,
    TextTest.STARTS_WITH: str.startswith,
    TextTest.ENDS_WITH: str.endswith,
}


def matches(node: Node, read: Read) -> bool:
    match node:
        case And(terms):
            return all(matches(term, read) for term in terms)
        case Or(terms):
            return any(matches(term, read) for term in terms)
        case Not(term):
            return not matches(term, read)
        case OneOf(column, values):
            return any(matches(Comparison(column, Operator.EQ, value), read) for value in values)
        case TextMatch(test, column, text):
            held = read(column)
            return held is not None and TESTS[test](held.lower(), text.lower())
        case Comparison(column, operator, value):
            held, wanted = comparable(read(column)), comparable(value)
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
