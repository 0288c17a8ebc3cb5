"""The value of a lookup to a table that Handsel does not have: an id, in any form that other lookups take."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote
from uuid import UUID

from handsel.database.row import Reference, Row
from handsel.engine.parameters import as_uuid
from handsel.errors import InvalidValue
from handsel.tables.elsewhere import set_elsewhere
from handsel.tables.info import ColumnInfo, TableInfo

_ADDRESS = re.compile(r"(?:^|/)(\w{1,128})\(([^()]*)\)$")


def id_elsewhere(info: TableInfo, column: ColumnInfo, value: object) -> UUID:
    """The id in an address, a reference, a JSON row or a bare id. Raises InvalidValue for a row of another table."""
    table = column.targets[0]
    named: object = table
    if isinstance(value, Mapping) and not isinstance(value, Row):
        named = value.get("table") or str(value.get("@odata.type") or table).rpartition(".")[2]
        value = value.get("id") or value.get(f"{table}id") or value.get("@odata.id")
    if isinstance(value, (Row, Reference)):
        named = value.table
    elif isinstance(value, str) and (address := _ADDRESS.search(unquote(value.strip()))):
        named, value = address[1], address[2]
    if named not in (table, set_elsewhere(column)):
        raise InvalidValue(
            f"{info.label}: {column.logical_name} refers to {table}, not to {named}.",
            table=info.logical_name,
            column=column.logical_name,
        )
    return as_uuid(info.label, column.logical_name, value)
