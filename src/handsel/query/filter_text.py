"""`$filter` text to a query tree: a Pratt parser, so that precedence is a table and long chains need no depth.

Operators: eq ne gt ge lt le in, and, or, not, brackets; contains, startswith, endswith. Columns go by logical name
or as `_x_value`, behind at most one navigation step. Values: texts in single quotes (a quote is doubled), numbers,
true, false, null, and ids, dates and moments without quotes (a moment without a zone is UTC).
"""

from __future__ import annotations

from collections.abc import Callable

from handsel.query.parser import KEYWORDS, Parser
from handsel.query.tokens import Token, unexpected
from handsel.query.tree import (
    MAX_DEPTH,
    MAX_NODES,
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
_TESTS = {test.value: test for test in TextTest}
_OPERATORS = {operator.value: operator for operator in Operator}


def parse_filter(text: str) -> Node:
    """The tree of a filter. Raises BadRequest (0x80060888), which names the offending word and its position."""
    parser = FilterParser(text)
    node = parser.expression(0)
    parser.expect_end("and, or, or the end")
    return node


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
        if not self.at_value() and self.token.kind == "name" and self.token.text not in KEYWORDS:
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
