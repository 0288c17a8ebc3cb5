"""A row that does not exist yet, as a body for POST (Web API 9)."""

from __future__ import annotations

from handsel.database.row import Reference
from handsel.engine.crud.initializing import NewRow
from handsel.json_value import JsonObject
from handsel.tables.elsewhere import set_elsewhere
from handsel.webapi.protocol.call import Call


def new_row(call: Call, row: NewRow) -> JsonObject:
    """Columns by name, lookups as binds."""
    info = call.info(row.table)
    body: JsonObject = {
        "@odata.context": f"{call.root}$metadata#{info.entity_set}/$entity",
        "@odata.type": f"#Microsoft.Dynamics.CRM.{info.logical_name}",
    }
    for name, value in row.items():
        if isinstance(value, Reference):
            column = info.columns[name]
            entity_set = set_elsewhere(column) or call.info(value.table).entity_set
            body[f"{column.navigation[value.table]}@odata.bind"] = f"{entity_set}({value.id})"
        else:
            body[name] = value
    return body
