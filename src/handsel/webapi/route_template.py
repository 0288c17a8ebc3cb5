"""The template of a path, from a bounded set of names: for metrics and the log."""

from __future__ import annotations

import re

from handsel.webapi.metadata.operations import operations
from handsel.webapi.metadata.resource import COLLECTIONS
from handsel.webapi.protocol.call import entity_set
from handsel.webapi.protocol.segments import NAMESPACE

OTHER = "other"

_FIRST = re.compile(r"\$?\w*")
_DOCUMENTS = frozenset(("$batch", "$metadata", *COLLECTIONS))


def template_of(path: str) -> str:
    """An entity set, with `(*)` for one of its rows; an operation; a metadata collection; else `other`."""
    if not path:
        return "/"
    found = _FIRST.match(path)
    assert found is not None  # it matches an empty text too
    first = found[0]
    if first in _DOCUMENTS:
        return first
    if NAMESPACE in path:
        called = path.rpartition(NAMESPACE)[2].partition("(")[0]
        return called if called in operations() else OTHER
    if entity_set(first) is not None:
        return f"{first}(*)" if path.startswith("(", len(first)) else first
    return first if first in operations() else OTHER
