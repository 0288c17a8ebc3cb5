"""The words of `?sql=` text, case-insensitive. The parser decides which are keywords and which are names."""

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
    """The words of `text`, then an `end`. Raises BadRequest (0x80060888) at the first character that starts no word."""
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None or text[position] == "\x00":
            raise BadRequest(
                f"The SQL cannot be read from '{text[position : position + 20]}' at position {position + 1} on.",
                Code.QUERY_SYNTAX,
                position=position + 1,
            )
        kind, found = match.lastgroup or "", match.group()
        if kind == "text":
            yield Word("text", found[found.index("'") + 1 : -1].replace("''", "'"), position + 1)
        elif kind == "quoted":
            yield Word("quoted", found[1:-1].lower(), position + 1)
        elif kind != "space":
            yield Word(kind, found.lower(), position + 1)
        position = match.end()
    yield Word("end", "", position + 1)
