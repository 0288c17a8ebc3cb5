"""`$select` and `$expand` text: `name,_ownerid_value` and `nav($select=a;$top=1;$expand=inner),other`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from handsel.errors import BadRequest, Code
from handsel.query.odata.filter import parse_filter
from handsel.query.odata.orderby import parse_order
from handsel.query.odata.parser import path_of
from handsel.query.tree.request import ALL, Expand

MAX_LEVELS = 6
MAX_EXPANDS = 40
_PLAIN = re.compile(r"[^'(),;]++")
_TEXT = re.compile(r"'(?:[^']++|'')*+'")
_NAME = re.compile(r"\w+")
_OPTIONS = frozenset(("$select", "$filter", "$orderby", "$top", "$expand"))
_UNSUPPORTED = ("$count", "$levels", "$search", "$skip")
_REFERENCE = "/$ref"


def split(text: str, mark: str) -> list[str]:
    """A text split at its commas or semicolons, except those in brackets and in quotes."""
    parts, start, position, depth = [], 0, 0, 0
    while position < len(text):
        run = _TEXT.match(text, position) or _PLAIN.match(text, position)
        if run is not None:
            position = run.end()
            continue
        depth += {"(": 1, ")": -1}.get(text[position], 0)
        if text[position] == "'" or depth < 0:
            raise _bad(text, "quotes and brackets come in pairs")
        if text[position] == mark and not depth:
            parts.append(text[start:position])
            start = position + 1
        position += 1
    if depth:
        raise _bad(text, "quotes and brackets come in pairs")
    return [*parts, text[start:]]


def parse_select(text: str) -> tuple[str, ...] | None:
    """The columns of a `$select`, by logical name; None for all. A trailing comma is ignored (Web API 1)."""
    names = [name.strip() for name in text.split(",")]
    if names and not names[-1]:
        names.pop()
    if names == [ALL]:
        return None
    for name in names:
        if not _NAME.fullmatch(name):
            raise _bad(name, "$select takes the names of columns")
    return tuple(dict.fromkeys(path_of([name]).column for name in names))


def parse_top(text: str) -> int:
    """The number in a `$top`."""
    text = text.strip()
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise _bad(text, "$top takes a whole number")
    return int(text)


def parse_expand(text: str, parameters: Mapping[str, str] | None = None, level: int = 1) -> tuple[Expand, ...]:
    """The related rows that a `$expand` asks for. Raises BadRequest (0x80060888)."""
    if level > MAX_LEVELS:
        raise BadRequest(f"$expand goes at most {MAX_LEVELS} levels deep.", Code.QUERY_SYNTAX)
    parts = split(text, ",")
    if len(parts) > 1 and not parts[-1].strip():
        parts.pop()
    if len(parts) > MAX_EXPANDS:
        raise BadRequest(f"$expand takes at most {MAX_EXPANDS} navigation properties.", Code.QUERY_SYNTAX)
    found = tuple(_expand(part.strip(), parameters, level) for part in parts)
    if len({each.navigation for each in found}) < len(found):
        raise _bad(text, "each navigation property comes once")
    return found


def _expand(text: str, parameters: Mapping[str, str] | None, level: int) -> Expand:
    if text.endswith(_REFERENCE) and _NAME.fullmatch(text.removesuffix(_REFERENCE)):
        return Expand(text.removesuffix(_REFERENCE), (), reference=True)
    name, bracket, rest = text.partition("(")
    if not _NAME.fullmatch(name.strip()) or (bracket and not rest.endswith(")")):
        raise _bad(text, "$expand takes navigation properties, as in nav($select=a,b;$top=3)")
    options: dict[str, str] = {}
    for option in split(rest[:-1], ";") if rest[:-1].strip() else ():
        key, _equals, value = option.partition("=")
        key = key.strip()
        if key in _UNSUPPORTED:
            raise _bad(option, f"{key} is not supported inside $expand, as in Dataverse")
        if key not in _OPTIONS or key in options:
            raise _bad(option, f"inside $expand stand {', '.join(sorted(_OPTIONS))}, each once")
        options[key] = value
    given = {key: value for key, value in options.items() if value.strip()}
    return Expand(
        name.strip(),
        parse_select(given["$select"]) if "$select" in given else None,
        parse_filter(given["$filter"], parameters) if "$filter" in given else None,
        parse_order(given["$orderby"], parameters) if "$orderby" in given else (),
        parse_top(given["$top"]) if "$top" in given else None,
        parse_expand(given["$expand"], parameters, level + 1) if "$expand" in given else (),
        options=tuple(given.items()),
    )


def _bad(text: str, expected: str) -> BadRequest:
    shown = text if len(text) <= 60 else f"{text[:60]}…"
    return BadRequest(f"The query cannot be read at '{shown}': {expected}.", Code.QUERY_SYNTAX)
