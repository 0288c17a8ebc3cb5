"""The words of `?sql=` text. Keywords and names are told apart by the parser; case does not matter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from handsel.errors import BadRequest, Code

_TOKEN = re.compile(
    r"""
    (?P<space>  \s+)
  | (?P<text>   N?'(?:[^']++|'')*+')
  | (?P<number> -?(?:\d+(?:\.\d+)?|\.\d+)(?![\w.]))
  | (?P<quoted> \[[^\]]+\] | "[^"]+")
  | (?P<name>   [A-Za-z_]\w*)
  | (?P<mark>   <> | != | <= | >= | [(),.=<>*;])
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word: its kind, its text (a name without brackets, in lower case) and where it starts, counted from 1."""

    kind: str
    text: str
    position: int


def words_of(text: str) -> Iterator[Word]:
    """The words of `text`, then an `end`. Raises BadRequest (0x80060888) at the first thing that is no word."""
    place = 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None or text[place] == "\x00":
            raise BadRequest(
                f"The SQL cannot be read from '{text[place : place + 20]}' at position {place + 1} on.",
                Code.QUERY_SYNTAX,
                position=place + 1,
            )
        kind, found = match.lastgroup or "", match.group()
        if kind == "text":
            yield Word("text", found[found.index("'") + 1 : -1].replace("''", "'"), place + 1)
        elif kind == "quoted":
            yield Word("quoted", found[1:-1].lower(), place + 1)
        elif kind != "space":
            yield Word(kind, found.lower(), place + 1)
        place = match.end()
    yield Word("end", "", place + 1)
