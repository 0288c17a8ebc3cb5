"""`$filter` text to a query tree: a Pratt parser, so that precedence is a table and long chains need no depth.

Operators: eq ne gt ge lt le in, and, or, not, brackets; contains, startswith, endswith; null; columns by logical name or
as `_x_value`, and one navigation step. Values: texts in single quotes (a quote is doubled), numbers, true and false, ids, dates and
moments without quotes (a moment without a zone is UTC).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from handsel.engine.errors import BadRequest, Code
from handsel.query.tokens import Token, tokens_of, unexpected
from handsel.query.tree import (
    MAX_DEPTH,
    MAX_NODES,
    MAX_STEPS,
    ColumnPath,
    Comparison,
    Literal,
    Node,
    Not,
    OneOf,
    Operator,
    TextMatch,
    TextTest,
    all_of,
    any_of,
    too_deep,
    too_large,
)

_JOINING = {"or": (1, any_of), "and": (2, all_of)}
_CONSTANTS: dict[str, Literal] = {"null": None, "true": True, "false": False}
_KEYWORDS = frozenset((*_JOINING, *_CONSTANTS, *Operator, "not", "in"))
_TESTS = {test.value: test for test in TextTest}
_OPERATORS = {operator.value: operator for operator in Operator}
_LOOKUP_VALUE = re.compile(r"_(\w+)_value")
_LONGEST_NUMBER = 200


def parse_filter(text: str) -> Node:
    """The tree of a filter. Raises BadRequest (0x80060888), which names the offending word and its position."""
    parser = FilterParser(text)
    node = parser.expression(0)
    parser.expect_end("and, or, or the end")
    return node


class Parser:
    """Words one after another, and what every query text is made of: columns and values."""

    def __init__(self, text: str) -> None:
        if "\x00" in text:
            raise BadRequest("A query cannot contain the character NUL.", Code.QUERY_SYNTAX)
        self._tokens = tokens_of(text)
        self.token = next(self._tokens)

    def take(self) -> Token:
        """The current word; the next one becomes current."""
        token = self.token
        if token.kind != "end":
            self.token = next(self._tokens)
        return token

    def at(self, *words: str) -> bool:
        """Whether the current word is one of these names or marks."""
        return self.token.kind in ("name", "mark") and self.token.text in words

    def expect(self, mark: str) -> None:
        """Take a mark. Raises BadRequest for anything else."""
        if not self.at(mark):
            raise unexpected(self.token, f"'{mark}'")
        self.take()

    def expect_end(self, expected: str) -> None:
        """Make sure that nothing is left."""
        if self.token.kind != "end":
            raise unexpected(self.token, expected)

    def column(self) -> ColumnPath:
        """A column, perhaps behind a navigation step."""
        names: list[str] = []
        while True:
            token = self.take()
            if token.kind != "name" or token.text in _KEYWORDS:
                raise unexpected(token, "a column")
            names.append(token.text)
            if not self.at("/"):
                break
            if len(names) > MAX_STEPS:
                raise unexpected(self.token, f"at most {MAX_STEPS} navigation step before the column")
            self.take()
        lookup = _LOOKUP_VALUE.fullmatch(names[-1])
        return ColumnPath(lookup.group(1) if lookup else names[-1], tuple(names[:-1]))

    def at_value(self) -> bool:
        """Whether the current word is a value."""
        if self.token.kind == "name":
            return self.token.text in _CONSTANTS
        return self.token.kind in _READERS

    def value(self) -> Literal:
        """A value. Raises BadRequest for anything else, and for dates that no calendar has."""
        token = self.take()
        if token.kind == "name" and token.text in _CONSTANTS:
            return _CONSTANTS[token.text]
        reader = _READERS.get(token.kind)
        if reader is None:
            raise unexpected(token, "a value: a text in single quotes, a number, a date, an id, true, false or null")
        try:
            return reader(token.text)
        except ValueError as error:
            raise BadRequest(f"{token} is no possible value: {error}.", Code.QUERY_SYNTAX, position=token.position) from error


class FilterParser(Parser):
    """The grammar of `$filter` over words."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._depth = 0
        self._nodes = 0

    def expression(self, power: int) -> Node:
        """Terms joined by operators that bind more strongly than `power`."""
        left = self._prefix()
        while self.at(*_JOINING):
            word = self.token.text
            strength, join = _JOINING[word]
            if strength <= power:
                break
            terms = [left]
            while self.at(word):
                self.take()
                terms.append(self.expression(strength))
            left = join(terms)
        return left

    def _prefix(self) -> Node:
        if self.at("("):
            self.take()
            inner = self._deeper(lambda: self.expression(0))
            self.expect(")")
            return inner
        if self.at("not"):
            self.take()
            return Not(self._deeper(self._prefix))
        return self._term()

    def _deeper(self, parse: Callable[[], Node]) -> Node:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise too_deep()
        inner = parse()
        self._depth -= 1
        return inner

    def _count(self) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise too_large()

    def _term(self) -> Node:
        self._count()
        if self.at_value():
            value = self.value()
            operator = self._operator()
            return Comparison(self.column(), operator.mirrored, value)
        start = self.token
        column = self.column()
        if self.at("("):
            return self._function(start)
        if self.at("in"):
            self.take()
            return OneOf(column, self._values())
        operator = self._operator()
        if not self.at_value() and self.token.kind == "name" and self.token.text not in _KEYWORDS:
            raise unexpected(self.token, "a value; a text stands in single quotes, and two columns cannot be compared")
        return Comparison(column, operator, self.value())

    def _operator(self) -> Operator:
        if not self.at(*_OPERATORS):
            raise unexpected(self.token, "eq, ne, gt, ge, lt, le or in")
        return _OPERATORS[self.take().text]

    def _function(self, name: Token) -> Node:
        test = _TESTS.get(name.text)
        if test is None:
            raise unexpected(name, f"a function out of {', '.join(_TESTS)}")
        self.expect("(")
        column = self.column()
        self.expect(",")
        token = self.token
        text = self.value()
        if not isinstance(text, str):
            raise unexpected(token, "a text in single quotes")
        self.expect(")")
        return TextMatch(test, column, text)

    def _values(self) -> tuple[Literal, ...]:
        self.expect("(")
        values = [self.value()]
        while self.at(","):
            self.take()
            self._count()
            values.append(self.value())
        self.expect(")")
        return tuple(values)


def _number(text: str) -> Decimal:
    if len(text) > _LONGEST_NUMBER:
        raise ValueError("it has too many digits")
    return Decimal(text)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("it lies outside the calendar") from error


_READERS: dict[str, Callable[[str], Literal]] = {
    "text": lambda text: text[1:-1].replace("''", "'"),
    "guid": lambda text: UUID(text),
    "moment": _moment,
    "date": date.fromisoformat,
    "number": _number,
}
