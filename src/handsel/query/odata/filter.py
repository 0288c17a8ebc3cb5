"""`$filter` text to a query tree: a Pratt parser, so that precedence is a table and long chains need no recursion.

Operators: eq ne gt ge lt le in, and, or, not, brackets; contains, startswith, endswith; `any` and `all` over
collections; the query functions of `operators`. Columns go by logical name or as `_x_value`, behind navigation steps or
a lambda variable. Values: texts in single quotes (a quote is doubled), numbers, true, false, null, ids, dates and
moments without quotes (a moment without a zone is UTC). A parameter alias (`@p1`) stands for a value, a column or a
condition; what it stands for sees no lambda variables.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from handsel.query.odata.function_calls import query_function
from handsel.query.odata.parser import A_VALUE, CONSTANTS, KEYWORDS, Parser, path_of
from handsel.query.odata.tokens import Token, unexpected
from handsel.query.tree.limits import MAX_DEPTH, MAX_NODES, too_deep, too_large
from handsel.query.tree.nodes import (
    ColumnPath,
    Comparison,
    Exists,
    Literal,
    Node,
    Not,
    OneOf,
    Operator,
    TextMatch,
    TextTest,
    all_of,
    any_of,
)
from handsel.query.tree.operators import PREFIX

_JOINING = {"or": (1, any_of), "and": (2, all_of)}
_TESTS = {test.value: test for test in (TextTest.CONTAINS, TextTest.STARTS_WITH, TextTest.ENDS_WITH)}
_OPERATORS = {operator.value: operator for operator in Operator}
_Parsed = TypeVar("_Parsed")


@dataclass(frozen=True, slots=True)
class _Value:
    """A value where a column or a condition could stand too."""

    value: Literal


def parse_filter(text: str, parameters: Mapping[str, str] | None = None) -> Node:
    """The tree of a filter. `parameters` are the texts of parameter aliases by name: `{"@p1": "'x'"}`.

    Raises BadRequest (0x80060888), which names the offending word and its position.
    """
    parser = FilterParser(text, parameters)
    node = parser.expression(0)
    parser.expect_end("and, or, or the end")
    return node


class FilterParser(Parser):
    """The grammar of `$filter` over words."""

    def __init__(self, text: str, parameters: Mapping[str, str] | None = None, inside: str = "") -> None:
        super().__init__(text, parameters, inside)
        self._depth = 0
        self._nodes = 0
        self._variables: list[str] = []

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
            return self._said(inner)
        if self.at("not"):
            self.take()
            return Not(self._deeper(self._prefix))
        return self._term()

    def _deeper(self, parse: Callable[[], _Parsed]) -> _Parsed:
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
        left = self._operand()
        if isinstance(left, _Value):
            operator = self._operator()
            return Comparison(self._path(), operator.swapped, left.value)
        if not isinstance(left, ColumnPath):
            return self._said(left)
        if self.at("in"):
            self.take()
            return OneOf(left, self._values())
        operator, token = self._operator(), self.token
        right = self._operand(A_VALUE)
        if isinstance(right, _Value):
            return Comparison(left, operator, right.value)
        if not isinstance(right, ColumnPath):
            raise unexpected(token, "a value or a column")
        return Comparison(left, operator, right)

    def _operand(self, expected: str = "a column") -> _Value | ColumnPath | Node:
        """A value, a column, or a condition that begins with a name."""
        if self.token.kind == "alias":
            return self.parameter(self.take(), FilterParser._whole)
        if self.at_value():
            return _Value(self.value())
        names = self.path(expected)
        return self._call(names) if self.at("(") else path_of([name.text for name in names], self._variables)

    def _whole(self) -> _Value | ColumnPath | Node:
        """The text of a parameter: an operand, or else a condition."""
        if not self.at("(", "not"):
            found = self._operand()
            if self.token.kind == "end":
                return found
        self._restart()
        return self.expression(0)

    def _path(self) -> ColumnPath:
        return path_of([name.text for name in self.path()], self._variables)

    def _operator(self) -> Operator:
        if not self.at(*_OPERATORS):
            raise unexpected(self.token, "eq, ne, gt, ge, lt, le or in")
        return _OPERATORS[self.take().text]

    def _said(self, term: Node) -> Node:
        """A condition, perhaps compared with true or false: `contains(name,'x') eq true`."""
        if not self.at(Operator.EQ, Operator.NE):
            return term
        operator, token = self._operator(), self.token
        value = self.value()
        if not isinstance(value, bool):
            raise unexpected(token, "true or false")
        return term if value is (operator is Operator.EQ) else Not(term)

    def _call(self, names: list[Token]) -> Node:
        """A name with brackets after it: a lambda, a query function, a text function."""
        last = names[-1]
        if last.text in ("any", "all") and len(names) > 1:
            return self._lambda(names[:-1], last.text == "all")
        if last.text.startswith(PREFIX):
            steps = [name.text for name in names[:-1]]
            return query_function(self, last, lambda column: path_of([*steps, *column], self._variables), self._count)
        test = _TESTS.get(last.text) if len(names) == 1 else None
        if test is None:
            raise unexpected(last, f"a function out of {', '.join(_TESTS)}, {PREFIX}…, any, all")
        return self._text_test(test)

    def _text_test(self, test: TextTest) -> Node:
        self.expect("(")
        column = self._path()
        self.expect(",")
        token = self.token
        text = self.value()
        if not isinstance(text, str):
            raise unexpected(token, "a text in single quotes")
        self.expect(")")
        return TextMatch(test, column, text)

    def _lambda(self, names: list[Token], of_all: bool) -> Node:
        """`rows/any(x: x/a eq 1)`. `all(t)` is parsed as `not any(not t)`."""
        rows = path_of([name.text for name in names], self._variables)
        self.expect("(")
        if self.at(")") and not of_all:
            self.take()
            return Exists(rows)
        name = self.take()
        if name.kind != "name" or name.text in (*KEYWORDS, *CONSTANTS) or name.text in self._variables:
            raise unexpected(name, "a new name for each row and a colon, as in any(x: …)")
        self.expect(":")
        self._variables.append(name.text)
        term = self._deeper(lambda: self.expression(0))
        self._variables.pop()
        self.expect(")")
        return Not(Exists(rows, name.text, Not(term))) if of_all else Exists(rows, name.text, term)

    def _values(self) -> tuple[Literal, ...]:
        """The values of `in`: `(1,2)`, or as the value of a parameter also `[1,2]`."""
        if self.token.kind == "alias":
            return self.parameter(self.take(), FilterParser._values)
        end = "]" if self.inside and self.at("[") else ")"
        self.expect("[" if end == "]" else "(")
        values = [self.value()]
        while self.at(","):
            self.take()
            self._count()
            values.append(self.value())
        self.expect(end)
        return tuple(values)
