"""The parts of every clause of `?sql=` text: words, columns, values, and the conditions of WHERE.

Nulls work as in SQL: a comparison with a null is not true, and neither is its negation.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from handsel.errors import BadRequest, Code
from handsel.query.compile.patterns import like
from handsel.query.sql.tokens import Word, words_of
from handsel.query.tree.limits import MAX_DEPTH, MAX_NODES, too_deep, too_large
from handsel.query.tree.nodes import ColumnPath, Comparison, Node, Not, OneOf, Operator, Untyped, all_of, any_of

CLAUSES = ("where", "group", "order", "offset", "inner", "left", "join", "on", "from", "as", "fetch")
UNSUPPORTED = ("union", "having", "except", "intersect", "limit", "with", "case", "over", "cross", "full", "right")
"""Words of SQL that are not supported here and cannot be aliases either."""
_RESERVED = (*CLAUSES, *UNSUPPORTED, "select", "and", "or", "not", "in", "is", "null", "like", "between", "by")
_SIGNS = {
    "=": Operator.EQ,
    "<>": Operator.NE,
    "!=": Operator.NE,
    "<": Operator.LT,
    "<=": Operator.LE,
    ">": Operator.GT,
    ">=": Operator.GE,
}
_Read = TypeVar("_Read")
MAX_LIST = 1_000


class SqlParser:
    """A text being read, word by word."""

    def __init__(self, text: str) -> None:
        self._words = list(words_of(text))
        self._index = 0
        self._depth = self._terms = 0
        self._root = _name_of_first_table(self._words)

    @property
    def word(self) -> Word:
        """The current word."""
        return self._words[self._index]

    def take(self) -> Word:
        """The current word; the next one becomes current."""
        word = self.word
        self._index += word.kind != "end"
        return word

    def at(self, *words: str) -> bool:
        """Whether the current word is one of these keywords or marks."""
        return self.word.kind in ("name", "mark") and self.word.text in words

    def next_is(self, mark: str) -> bool:
        """Whether the word after the current one is this mark."""
        following = self._words[min(self._index + 1, len(self._words) - 1)]
        return following.kind == "mark" and following.text == mark

    def took(self, word: str) -> bool:
        """Take this keyword or mark if it is the current word."""
        found = self.at(word)
        if found:
            self.take()
        return found

    def keyword(self, *words: str) -> None:
        """Take one of these keywords. Raises BadRequest for anything else."""
        if not self.at(*words):
            raise self.refused(f"expected {' or '.join(words).upper()}")
        self.take()

    mark = keyword

    def skip_end(self) -> None:
        """Raises BadRequest unless the text ends here; a semicolon may follow."""
        self.took(";")
        if self.word.kind != "end":
            raise self.refused(
                f"{self.word.text.upper()} is not supported; there is one SELECT with INNER and LEFT JOIN, WHERE, "
                "GROUP BY, ORDER BY and OFFSET"
                if self.at(*UNSUPPORTED)
                else "only one SELECT with JOIN, WHERE, GROUP BY, ORDER BY and OFFSET is supported"
            )

    def refused(self, why: str) -> BadRequest:
        """The error for the text at the current word."""
        where = f"at '{self.word.text[:40]}', position {self.word.position}" if self.word.text else "at the end"
        return BadRequest(f"The SQL cannot be read {where}: {why}.", Code.QUERY_SYNTAX, position=self.word.position)

    def listed(self, read: Callable[[], _Read]) -> list[_Read]:
        """One or more things, separated by commas."""
        found = [read()]
        while self.took(","):
            if len(found) >= MAX_LIST:
                raise self.refused(f"a list can have at most {MAX_LIST:,} members")
            found.append(read())
        return found

    def name(self, expected: str) -> str:
        """The name of something."""
        if self.word.kind != "quoted" and (self.word.kind != "name" or self.word.text in _RESERVED):
            raise self.refused(f"expected {expected}")
        return self.take().text

    def column(self) -> ColumnPath:
        """A column, perhaps behind the alias of its table."""
        name = self.name("a column")
        if not self.took("."):
            return ColumnPath(name)
        column = self.name("a column")
        return ColumnPath(column, source="" if name == self._root else name)

    def whole(self) -> int:
        """A whole number."""
        if self.word.kind != "number" or not self.word.text.isdigit() or len(self.word.text) > 9:
            raise self.refused("expected a whole number")
        return int(self.take().text)

    def value(self) -> Untyped:
        """A text or a number."""
        if self.word.kind not in ("text", "number"):
            raise self.refused("expected a text in single quotes or a number; for nulls write IS NULL")
        return Untyped(self.take().text)

    def condition(self) -> Node:
        """Terms joined by OR, each of terms joined by AND."""
        terms = [self._both()]
        while self.took("or"):
            terms.append(self._both())
        return any_of(terms)

    def _both(self) -> Node:
        terms = [self._term()]
        while self.took("and"):
            terms.append(self._term())
        return all_of(terms)

    def _term(self) -> Node:
        self._terms += 1
        if self._terms > MAX_NODES:
            raise too_large()
        if self.at("not"):
            raise self.refused("NOT stands only before LIKE, IN, BETWEEN and NULL; turn the comparisons round instead")
        if not self.took("("):
            return self._test()
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise too_deep()
        inner = self.condition()
        self._depth -= 1
        self.mark(")")
        return inner

    def _test(self) -> Node:
        column = self.column()
        if self.at(*_SIGNS):
            operator = _SIGNS[self.take().text]
            is_column = self.word.kind == "quoted" or (self.word.kind == "name" and not self.at("null"))
            test = Comparison(column, operator, self.column() if is_column else self.value())
            return all_of([test, *_known(test)]) if operator is Operator.NE else test
        if self.took("is"):
            operator = Operator.NE if self.took("not") else Operator.EQ
            self.keyword("null")
            return Comparison(column, operator, None)
        negated = self.took("not")
        found = self._word_test(column)
        return all_of([Not(found), Comparison(column, Operator.NE, None)]) if negated else found

    def _word_test(self, column: ColumnPath) -> Node:
        if self.took("like"):
            return like(column, self.value())
        if self.took("between"):
            least = self.value()
            self.keyword("and")
            return all_of([Comparison(column, Operator.GE, least), Comparison(column, Operator.LE, self.value())])
        if self.took("in"):
            self.mark("(")
            values = self.listed(self.value)
            self._terms += len(values)
            self.mark(")")
            return OneOf(column, tuple(values))
        raise self.refused("expected =, <>, <, >, <=, >=, LIKE, IN, BETWEEN or IS NULL")


def _known(test: Comparison) -> list[Node]:
    """Conditions that the columns of a comparison are not null."""
    paths = [test.column, *((test.value,) if isinstance(test.value, ColumnPath) else ())]
    return [Comparison(path, Operator.NE, None) for path in paths]


def _name_of_first_table(words: Sequence[Word]) -> str:
    """The prefix of the first table's columns: its alias, or its name."""
    rest = iter(words)
    for word in rest:
        if word.kind == "name" and word.text == "from":
            break
    names = [word for word in (next(rest, None) for _ in range(5)) if word is not None]
    if len(names) > 2 and names[1].text == ".":
        names = names[2:]
    at = 2 if len(names) > 1 and names[1].text == "as" else 1
    aliased = len(names) > at and (
        names[at].kind == "quoted" or (names[at].kind == "name" and names[at].text not in _RESERVED)
    )
    return names[at].text if aliased else names[0].text if names else ""
