"""The words of a `$filter`, `$orderby` or `$apply` text: one regular expression, each word with its position."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from handsel.errors import BadRequest, Code

_GUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_DATE = r"\d{4}-\d\d-\d\d"
_TOKEN = re.compile(
    rf"""
    (?P<space>  \s+)
  | (?P<text>   '(?:[^']++|'')*+')
  | (?P<quoted> "(?:[^"\\]++|\\.)*+")
  | (?P<guid>   {_GUID}(?![\w-]) | \{{{_GUID}\}})
  | (?P<moment> {_DATE}T\d\d:\d\d(?::\d\d(?:\.\d{{1,12}})?)?(?:Z|[+-]\d\d:\d\d)?(?![\w.:]))
  | (?P<date>   {_DATE}(?![\w-]))
  | (?P<number> [+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d{{1,3}})?(?![\w.]))
  | (?P<name>   \$?[A-Za-z_][\w.]*)
  | (?P<alias>  @[A-Za-z_]\w*)
  | (?P<mark>   [(),/:=[\]])
    """,
    re.VERBOSE,
)
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Token:
    """A word: its kind (a group of the expression, or `end`), the characters and where they start, counted from 1."""

    kind: str
    text: str
    position: int

    def __str__(self) -> str:
        if self.kind == "end":
            return "the end"
        shown = self.text if len(self.text) <= _SHOWN else f"{self.text[:_SHOWN]}…"
        return f"'{shown}' at position {self.position}"


def tokens_of(text: str) -> Iterator[Token]:
    """The words of `text`, then an `end`. Raises BadRequest (0x80060888) at the first character that starts no word."""
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise BadRequest(_complaint(text, position), Code.QUERY_SYNTAX, position=position + 1)
        if match.lastgroup != "space":
            assert match.lastgroup is not None
            yield Token(match.lastgroup, match.group(), position + 1)
        position = match.end()
    yield Token("end", "", position + 1)


def _complaint(text: str, position: int) -> str:
    if text[position] in "'\"":
        start = position + 1
        return f"The text that starts at position {start} has no closing quote. A quote inside a text is written ''."
    word = re.compile(r"[^\s(),]*").match(text, position)
    shown = (word.group() if word else "") or text[position]
    return f"The query cannot be read from {Token('', shown, position + 1)} on."


def unexpected(token: Token, expected: str) -> BadRequest:
    """The error for a word that may not come here."""
    found = "ends too early" if token.kind == "end" else f"has {token} where it should not be"
    return BadRequest(f"The query {found}: expected {expected}.", Code.QUERY_SYNTAX, position=token.position)
