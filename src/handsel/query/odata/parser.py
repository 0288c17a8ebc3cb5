"""The parts of every OData text: words, columns and values."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Self, TypeVar
from uuid import UUID

from handsel.errors import BadRequest, Code
from handsel.query.compile.moments import moment_of
from handsel.query.odata.tokens import Token, tokens_of, unexpected
from handsel.query.tree.nodes import MAX_STEPS, ColumnPath, Literal, Operator

CONSTANTS: dict[str, Literal] = {"null": None, "true": True, "false": False}
KEYWORDS = frozenset((*CONSTANTS, *Operator, "and", "or", "not", "in"))
_LOOKUP_VALUE = re.compile(r"_(\w+)_value")
A_VALUE = "a value: a text in single quotes, a number, a date, an id, true, false or null"
_LONGEST_NUMBER = 200
_Read = TypeVar("_Read")


class Parser:
    """A text being read, word by word.

    `parameters` are the texts of parameter aliases by name (`{"@p1": "'x'"}`); `inside` is the one that this text is.
    """

    def __init__(self, text: str, parameters: Mapping[str, str] | None = None, inside: str = "") -> None:
        if "\x00" in text:
            raise BadRequest("A query cannot contain the character NUL.", Code.QUERY_SYNTAX)
        self.text, self.parameters, self.inside = text, parameters or {}, inside
        self._known: dict[tuple[str, object], Any] = {}
        self._restart()

    def _restart(self) -> None:
        """Begin at the first word."""
        self._tokens = tokens_of(self.text)
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
        """Raises BadRequest unless the text ends here."""
        if self.token.kind != "end":
            raise unexpected(self.token, expected)

    def path(self, expected: str = "a column") -> list[Token]:
        """Names with a slash between each two, or a parameter alias that stands for them."""
        if self.token.kind == "alias":
            return self.parameter(self.take(), Parser.path)
        names: list[Token] = []
        while True:
            token = self.take()
            if token.kind != "name" or token.text in KEYWORDS:
                raise unexpected(token, expected)
            names.append(token)
            if not self.at("/"):
                return names
            if len(names) > MAX_STEPS:
                raise unexpected(self.token, f"at most {MAX_STEPS} navigation steps before the column")
            self.take()

    def column(self) -> ColumnPath:
        """A column, perhaps behind navigation steps."""
        return path_of([token.text for token in self.path()])

    def at_value(self) -> bool:
        """Whether the current word is a value."""
        if self.token.kind == "name":
            return self.token.text in CONSTANTS
        return self.token.kind in _READERS or self.token.kind == "alias"

    def value(self) -> Literal:
        """A value. Raises BadRequest for anything else, and for dates that no calendar has."""
        token = self.take()
        if token.kind == "alias":
            return self.parameter(token, Parser.value)
        if token.kind == "name" and token.text in CONSTANTS:
            return CONSTANTS[token.text]
        reader = _READERS.get(token.kind)
        if reader is None:
            raise unexpected(token, A_VALUE)
        try:
            return reader(token.text)
        except ValueError as error:
            raise BadRequest(
                f"{token} is no possible value: {error}.", Code.QUERY_SYNTAX, position=token.position
            ) from error

    def parameter(self, alias: Token, read: Callable[[Self], _Read]) -> _Read:
        """What a parameter alias (`@p1`) stands for, as `read` finds it; read once for all places where it stands.

        Raises BadRequest for one that was not given, and for one inside the text of another.
        """
        if (alias.text, read) not in self._known:
            parser = type(self)(self._text_of(alias), inside=alias.text)
            try:
                self._known[alias.text, read] = read(parser)
                parser.expect_end("the end")
            except BadRequest as error:
                raise BadRequest(f"In the parameter {alias.text}: {error.message}", error.code) from error
        found: _Read = self._known[alias.text, read]  # what this function found before
        return found

    def _text_of(self, alias: Token) -> str:
        given = self.parameters.get(alias.text)
        if given is not None and given.strip():
            return given.strip()
        why = f"the request gives no parameter {alias.text}=…. Add it to the query"
        if self.inside:
            why = f"it stands inside {self.inside}, and a parameter holds no other. Write its value there"
        raise BadRequest(f"The query uses {alias}, but {why}.", Code.QUERY_SYNTAX, position=alias.position)


def path_of(names: Sequence[str], variables: Collection[str] = ()) -> ColumnPath:
    """A column from the names of a path. `_x_value` means the lookup x, `$it` the row itself."""
    *before, last = names
    if last == "$count":
        raise BadRequest(
            f"{'/'.join(names)} is not supported: rows cannot be counted inside a query. Ask whether there are any, as "
            "in nav/any(), or count by $apply.",
            Code.QUERY_SYNTAX,
        )
    source = ""
    if before and (before[0] == "$it" or before[0] in variables):
        source = before.pop(0)
    lookup = _LOOKUP_VALUE.fullmatch(last)
    return ColumnPath(lookup.group(1) if lookup else last, tuple(before), "" if source == "$it" else source)


def _json_text(text: str) -> str:
    return str(json.loads(text))


def _number(text: str) -> Decimal:
    if len(text) > _LONGEST_NUMBER:
        raise ValueError("it has too many digits")
    return Decimal(text)


_READERS: dict[str, Callable[[str], Literal]] = {
    "text": lambda text: text[1:-1].replace("''", "'"),
    "quoted": lambda text: _json_text(text),
    "guid": lambda text: UUID(text),
    "moment": moment_of,
    "date": date.fromisoformat,
    "number": _number,
}
