"""The query options of definitions: `$select`, `$filter` (eq, ne, and, or, not), `$top`, `$count`, and `$expand`.

The text of a filter is parsed like every filter; operators other than equality are refused with 501.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from handsel.http.errors import shown, syntax
from handsel.query.odata.expand import parse_top
from handsel.query.odata.filter import parse_filter
from handsel.query.odata.options import parse_count
from handsel.query.tree.nodes import Node
from handsel.webapi.protocol.errors import NotSupported
from handsel.webapi.protocol.segments import split

MAX_DEPTH = 10

_ENUM = re.compile(r"('(?:[^']++|'')*+')|Microsoft\.Dynamics\.CRM\.\w++(?=')")
_NAME = re.compile(r"[A-Za-z_]\w*+(?:/[A-Za-z_][\w.]*+)*+")
_TAKEN = ("$select", "$filter", "$expand", "$top", "$count")
_UNSUPPORTED = ("$orderby", "$skip", "$apply", "$search", "$skiptoken", "$deltatoken")


@dataclass(frozen=True, slots=True)
class Options:
    """The requested part of the rows. An empty `select` means every property."""

    select: tuple[str, ...] = ()
    filter: Node | None = None
    expand: Mapping[str, Options] | None = None
    top: int | None = None
    count: bool = False


def options_of(given: Mapping[str, str]) -> Options:
    """The options of a request. Other options are refused: 400 if unknown, 501 if definitions do not support them."""
    parameters = {name: _without_enum_types(text) for name, text in given.items() if name.startswith("@")}
    return _options(given, parameters, 0)


def _options(given: Mapping[str, str], parameters: Mapping[str, str], depth: int) -> Options:
    if depth > MAX_DEPTH:
        raise syntax(f"$expand is nested more than {MAX_DEPTH} levels deep.")
    for name in given:
        if name in _UNSUPPORTED:
            raise NotSupported(f"Definitions do not take {name}. They take {', '.join(_TAKEN)}.")
        if name.startswith("$") and name not in _TAKEN:
            raise syntax(f"Definitions have no query option {shown(name)}. They take {', '.join(_TAKEN)}.")
    return Options(
        select=_names(given["$select"]) if "$select" in given else (),
        filter=parse_filter(_without_enum_types(given["$filter"]), parameters) if "$filter" in given else None,
        expand=_expanded(given["$expand"], parameters, depth) if "$expand" in given else {},
        top=parse_top(given["$top"]) if "$top" in given else None,
        count=parse_count(given["$count"]) if "$count" in given else False,
    )


def _without_enum_types(text: str) -> str:
    """`Microsoft.Dynamics.CRM.AttributeTypeCode'String'` → `'String'`: members are compared by name."""
    return _ENUM.sub(lambda match: match.group(1) or "", text)


def _names(text: str) -> tuple[str, ...]:
    """The names of a `$select`; a trailing comma is allowed."""
    names = [name.strip() for name in text.split(",")]
    if names and not names[-1]:
        names.pop()
    for name in names:
        if name != "*" and not _NAME.fullmatch(name):
            raise syntax(f"$select has '{shown(name)}' where the name of a property should be.")
    return () if "*" in names else tuple(names)


def _expanded(text: str, parameters: Mapping[str, str], depth: int) -> dict[str, Options]:
    """`Attributes($select=LogicalName;$filter=…),Keys` → name → its options."""
    found: dict[str, Options] = {}
    for part in split(text, ","):
        name, bracket, rest = part.strip().partition("(")
        name = name.strip()
        if not name:
            continue
        if not _NAME.fullmatch(name):
            raise syntax(f"$expand has '{shown(name)}' where the name of a navigation property should be.")
        if bracket and not rest.rstrip().endswith(")"):
            raise syntax(f"$expand has text behind the closing parenthesis of {shown(name)}.")
        inner = rest.rstrip()[:-1] if bracket else ""
        found[name] = _options(_inner(name, inner), parameters, depth + 1)
    return found


def _inner(name: str, text: str) -> dict[str, str]:
    given: dict[str, str] = {}
    for option in split(text, ";"):
        key, equals, value = option.strip().partition("=")
        if not key:
            continue
        if not equals or key in given:
            raise syntax(
                f"$expand of {shown(name)} cannot read '{shown(option)}'; options stand as $select=…;$filter=…."
            )
        given[key] = value
    return given
