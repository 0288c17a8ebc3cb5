"""What every query text is made of: words one after another, columns and values."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from handsel.engine.errors import BadRequest, Code
from handsel.query.tokens import Token, tokens_of, unexpected
from handsel.query.tree import MAX_STEPS, ColumnPath, Literal, Operator

CONSTANTS: dict[str, Literal] = {"null": None, "true": True, "false": False}
KEYWORDS = frozenset((*CONSTANTS, *Operator, "and", "or", "not", "in"))
_LOOKUP_VALUE = re.compile(r"_(\w+)_value")
_LONGEST_NUMBER = 200


class Parser:
    """A text being read, word by word."""

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
            if token.kind != "name" or token.text in KEYWORDS:
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
            return self.token.text in CONSTANTS
        return self.token.kind in _READERS

    def value(self) -> Literal:
        """A value. Raises BadRequest for anything else, and for dates that no calendar has."""
        token = self.take()
        if token.kind == "name" and token.text in CONSTANTS:
            return CONSTANTS[token.text]
        reader = _READERS.get(token.kind)
        if reader is None:
            raise unexpected(token, "a value: a text in single quotes, a number, a date, an id, true, false or null")
        try:
            return reader(token.text)
        except ValueError as error:
            raise BadRequest(
                f"{token} is no possible value: {error}.", Code.QUERY_SYNTAX, position=token.position
            ) from error


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
