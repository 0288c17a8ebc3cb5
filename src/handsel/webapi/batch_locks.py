"""The rows that the parts of a change set name, so that they are locked before the first part (Web API 8).

What is not found here (alternate keys, rows that only a rule knows) is locked when it is needed; the order is kept all
the same (`handsel.engine.lock_order`), only that the change set may have to begin again.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import unquote
from uuid import UUID

from handsel.database.row import Reference
from handsel.tables.info import all_tables, table_info
from handsel.webapi.protocol.call import entity_set
from handsel.webapi.protocol.multipart import ChangeSet, Part

_GUID = r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"
_ADDRESS = re.compile(rf"\b(\w{{1,64}})\(({_GUID})\)")
"""A row in an address: `quotes(…)`."""
_MEMBER = re.compile(rf'"(\w{{1,64}})"\s{{0,9}}:\s{{0,9}}"({_GUID})"')
"""An id in the parameters of an operation: `"QuoteId": "…"`."""


def rows_named_in(changes: ChangeSet) -> Sequence[Reference]:
    """The rows that several parts work on; none for a change set that works on one row, or none, that exists."""
    found = list(dict.fromkeys(row for part in changes.parts for row in _named(part)))
    return found if len(found) > 1 else ()


def _named(part: Part) -> Iterator[Reference]:
    path = unquote(part.target.partition("?")[0])
    first = _ADDRESS.search(path)
    if first is not None:
        yield from _reference(first)
        return
    body = part.body.decode("utf-8", "replace")
    table = entity_set(path.rpartition("/")[2])
    if table is None:  # an operation
        yield from (row for match in _ADDRESS.finditer(body) for row in _reference(match))
        for name, id in _MEMBER.findall(body):
            if name.lower() in _tables_by_key():
                yield Reference(_tables_by_key()[name.lower()], UUID(id))
        return
    info = table_info(table)
    if info.parent is not None:  # a new line changes its document
        documents = info.columns[info.parent].targets
        for match in _ADDRESS.finditer(body):
            yield from (row for row in _reference(match) if row.table in documents)


def _reference(match: re.Match[str]) -> Iterator[Reference]:
    table = entity_set(match[1])
    if table is not None:
        yield Reference(table, UUID(match[2]))


@functools.cache
def _tables_by_key() -> Mapping[str, str]:
    return {info.primary_key: info.logical_name for info in all_tables()}
