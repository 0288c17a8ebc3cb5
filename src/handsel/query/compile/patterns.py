"""Patterns of SQL's LIKE as Dataverse knows them: `%` any text, `_` one letter, `[%]` the sign itself."""

from __future__ import annotations

import re

from handsel.errors import BadRequest, Code
from handsel.query.tree.nodes import ColumnPath, Comparison, Node, Operator, TextMatch, TextTest

MAX_PATTERN = 1_000
_PART = re.compile(r"\[(.)\]|(.)", re.DOTALL)


def like(column: ColumnPath, pattern: str) -> Node:
    """The simplest term that finds what the pattern finds. Raises BadRequest (0x80060888) for sets like `[a-z]`."""
    parts = _parts(pattern)
    wild = [index for index, (sign, is_wild) in enumerate(parts) if is_wild]
    text = "".join(sign for sign, is_wild in parts if not is_wild)
    signs = [parts[index][0] for index in wild]
    last = len(parts) - 1
    if not wild:
        return Comparison(column, Operator.EQ, text)
    if signs == ["%"] and wild == [last]:
        return TextMatch(TextTest.STARTS_WITH, column, text)
    if signs == ["%"] and wild == [0]:
        return TextMatch(TextTest.ENDS_WITH, column, text)
    if signs == ["%", "%"] and wild == [0, last]:
        return TextMatch(TextTest.CONTAINS, column, text)
    return TextMatch(TextTest.LIKE, column, pattern)


def escaped(pattern: str) -> str:
    """The pattern with `!` before what is no wildcard."""
    return "".join(sign if is_wild or sign not in "%_!" else f"!{sign}" for sign, is_wild in _parts(pattern))


def _parts(pattern: str) -> list[tuple[str, bool]]:
    """Each sign of a pattern and whether it is a wildcard; `%%` is one wildcard."""
    if len(pattern) > MAX_PATTERN:
        raise BadRequest(f"A pattern can have at most {MAX_PATTERN:,} letters.", Code.QUERY_SYNTAX)
    parts: list[tuple[str, bool]] = []
    for match in _PART.finditer(pattern):
        literal, sign = match.groups()
        if literal is None and sign == "[":
            raise BadRequest(
                f"The pattern '{pattern[:60]}' has a set of letters; only [%], [_] and [[] can be used.",
                Code.QUERY_SYNTAX,
            )
        part = (literal, False) if literal is not None else (sign, sign in "%_")
        if part != ("%", True) or not parts or parts[-1] != part:
            parts.append(part)
    return parts
