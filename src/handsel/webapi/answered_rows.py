"""Which rows an answer holds, by its own words: the context of a body, and the navigation properties below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from handsel.database.row import Reference
from handsel.errors import BadRequest
from handsel.json_value import Json
from handsel.query.run.expanding import target_table
from handsel.tables.info import TableInfo, declared_names, table_info
from handsel.webapi.protocol.call import entity_set
from handsel.webapi.protocol.keys import guid

_CONTEXT = re.compile(r"#(?:Collection\()?(?:Microsoft\.Dynamics\.CRM\.|mscrm\.)?(\w+)")
_TYPE = re.compile(r"#?(?:Microsoft\.Dynamics\.CRM|mscrm)\.(\w+)\Z")


def rows_in(body: Json) -> Iterator[Reference]:
    """Every row in a body, expanded ones and those of lists and structures included; each as often as it is there."""
    if not isinstance(body, Mapping):
        return
    found = _CONTEXT.search(str(body.get("@odata.context", "")))
    yield from _within(body, _table(found[1]) if found else None)


def _within(value: Json, info: TableInfo | None) -> Iterator[Reference]:
    if isinstance(value, list):
        for each in value:
            yield from _within(each, info)
        return
    if not isinstance(value, Mapping):
        return
    stated = _TYPE.match(str(value.get("@odata.type", "")))
    if stated and stated[1] in declared_names():
        info = table_info(stated[1])
    id = guid(str(value.get(info.primary_key))) if info is not None else None
    if info is not None and id is not None:
        yield Reference(info.logical_name, id)
    for name, below in value.items():
        if isinstance(below, (list, Mapping)):
            yield from _within(below, _below(info, name))


def _below(info: TableInfo | None, name: str) -> TableInfo | None:
    """The table of what stands under a name: of a navigation property its own, of a list of the answer the answer's."""
    if info is None or name == "value":
        return info
    try:
        target = target_table(info, name)
    except BadRequest:
        return None
    return None if target is None else table_info(target)


def _table(name: str) -> TableInfo | None:
    """The table with an entity set or a logical name."""
    table = entity_set(name) or (name if name in declared_names() else None)
    return None if table is None else table_info(table)
