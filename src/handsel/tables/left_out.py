"""Documented columns that a table does not have: asked for among others, they are empty instead of an error."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set

_left_out: dict[str, set[str]] = {}
_LOOKUP_VALUE = re.compile(r"_(\w+)_value")


def leave_out(tables: Iterable[str], *columns: str) -> None:
    """Declare columns, by logical name, that these tables do not have."""
    for table in tables:
        _left_out.setdefault(table, set()).update(columns)


def left_out_columns() -> Mapping[str, Set[str]]:
    """The declared columns, by table."""
    return _left_out


def is_left_out(table: str, name: str) -> bool:
    """Whether a name is such a column, or the property of such a lookup (`_slaid_value`)."""
    lookup = _LOOKUP_VALUE.fullmatch(name)
    return (lookup.group(1) if lookup else name) in _left_out.get(table, ())
