"""The parts of a resource path: `quotes(…)/quote_details` → name and the text in parentheses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handsel.http.errors import syntax

NAMESPACE = "Microsoft.Dynamics.CRM."
_CLOSING = {"(": ")", "[": "]", "{": "}"}
MAX_SEGMENTS = 20


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a path. `arguments` is the text in parentheses, None without any."""

    name: str
    arguments: str | None = None

    @property
    def operation(self) -> str | None:
        """The operation's name if the part is qualified by the namespace."""
        return self.name.removeprefix(NAMESPACE) if self.name.startswith(NAMESPACE) else None


def segments_of(path: str) -> list[Segment]:
    """The parts of a decoded path below the API root. Raises BadRequest (0x80060888) for unbalanced parentheses."""
    parts = [_segment(part) for part in split(path, "/") if part]
    if len(parts) > MAX_SEGMENTS:
        raise syntax(f"The path has more than {MAX_SEGMENTS} parts. Go the way in several requests.")
    return parts


def _segment(part: str) -> Segment:
    name, bracket, rest = part.partition("(")
    if not bracket:
        return Segment(name)
    if not rest.endswith(")"):
        raise syntax(f"In the path, '{part[:100]}' has text behind its closing parenthesis. Leave it out.")
    return Segment(name, rest[:-1])


def split(text: str, separator: str) -> list[str]:
    """Text split at separators outside of quotes and brackets. Raises BadRequest for unbalanced ones."""
    return list(_split(text, separator))


def _split(text: str, separator: str) -> Iterator[str]:
    start, quote = 0, ""
    open_brackets: list[str] = []
    for position, character in enumerate(text):
        if quote:
            # A doubled quote closes and opens again, which leaves the text inside.
            if character == quote:
                quote = ""
        elif character == "'" or (character == '"' and open_brackets):
            quote = character
        elif character in _CLOSING:
            open_brackets.append(_CLOSING[character])
        elif open_brackets and character == open_brackets[-1]:
            open_brackets.pop()
        elif character == separator and not open_brackets:
            yield text[start:position]
            start = position + 1
    if quote or open_brackets:
        missing = quote or open_brackets[-1]
        raise syntax(f"'{text[:100]}' lacks a closing {missing}.")
    yield text[start:]
