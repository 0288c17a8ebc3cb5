"""Which columns are secured: for those who change definitions, and for the rules of its rows (security 7)."""

from __future__ import annotations

from handsel.database.row import Item, Row
from handsel.engine.rights.columns import why_never_secured
from handsel.engine.values import table_named
from handsel.engine.work import Work
from handsel.errors import NotFound, Refused
from handsel.tables.info import ColumnInfo, TableInfo

TABLE, PERMISSIONS = "hs_securedcolumn", "fieldpermission"


def securable(work: Work, table: str, name: str) -> tuple[TableInfo, ColumnInfo]:
    """A column that can be secured. Raises NotFound, or Refused (0x8004f501, 0x80060896) with the reason."""
    info = work.info(table_named(table).logical_name)
    column = info.columns.get(name)
    if column is None:
        raise NotFound(f"{info.label} has no column '{name}'.", table=info.logical_name, column=name)
    why = why_never_secured(info, column)
    if why is not None:
        reason, code = why
        raise Refused(f"{info.label}: {name} cannot be secured: {reason}.", code, table=info.logical_name, column=name)
    return info, column


def secured_row(work: Work, table: str, column: str) -> Row | None:
    """The row that secures a column; None for one that is not secured."""
    return next(iter(_about(work, TABLE, table, column)), None)


def open_column(work: Work, item: Item[object], table: str, column: str) -> None:
    """Take back what was permitted with a column that is no longer secured, and with one that is removed its row."""
    for name in (TABLE, PERMISSIONS):
        for row in _about(work, name, table, column):
            if row.change is None or row.change.action != "delete":
                work.delete(item, row)


def _about(work: Work, rows: str, table: str, column: str) -> list[Row]:
    found = work.as_system.children(rows, "entityname", [table])[table]
    return [row for row in found if row.get("attributelogicalname") == column]
