"""Parameter aliases in the keys of a path: `accounts(@p1)?@p1=…` (Web API 5)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from handsel.http.errors import syntax
from handsel.webapi.protocol.segments import Segment, split

_ALIAS = re.compile(r"(\s*+(?:\w++\s*+=)?+\s*+)(@[A-Za-z_]\w*+)\s*+")


def replace_parameters(segment: Segment, options: Mapping[str, str]) -> Segment:
    """The part of a path with the values of its parameters. Raises BadRequest (0x80060888) for one without a value."""
    if segment.arguments is None or "@" not in segment.arguments or segment.operation is not None:
        return segment
    parts = [_replaced(part, options) for part in split(segment.arguments, ",")]
    return replace(segment, arguments=",".join(parts))


def _replaced(part: str, options: Mapping[str, str]) -> str:
    match = _ALIAS.fullmatch(part)
    if match is None:
        return part
    given = options.get(match[2], "").strip()
    if not given:
        raise syntax(f"The key uses {match[2]}, but the request gives no parameter {match[2]}=…. Add it to the query.")
    return f"{match[1]}{given}"
