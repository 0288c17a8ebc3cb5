"""SecureColumn: a column that only administrators and members of a profile read and write (security 7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from handsel.database.row import Item, Reference, Row
from handsel.engine.access import Privilege
from handsel.engine.crud.creating import Given, create_rows
from handsel.engine.crud.removing import delete_rows
from handsel.engine.customization.definitions import count_metadata_change
from handsel.engine.handlers import handles
from handsel.engine.message import Message
from handsel.engine.rights.columns import why_never_secured
from handsel.engine.values import table_named
from handsel.engine.work import Work
from handsel.errors import NotFound, Refused
from handsel.tables.info import ColumnInfo, TableInfo

TABLE, PERMISSIONS = "hs_securedcolumn", "fieldpermission"


@dataclass(frozen=True, slots=True)
class SecureColumn(Message[None]):
    """Secure a column, or with `secured=False` open it to everybody; a column that is so already stays so.

    It is the same as a new row of `hs_securedcolumn`, or one deleted. Raises NotFound for an unknown column, and
    Refused for one that cannot be secured (0x8004f501, 0x80060896).
    """

    operation: ClassVar[None] = None
    shares_root: ClassVar[bool] = True

    table: str
    name: str
    secured: bool = True

    def locks(self) -> Sequence[Reference]:
        return ()


@handles(SecureColumn)
def secure_columns(work: Work, items: list[Item[SecureColumn]]) -> None:
    """Make and delete the rows of `hs_securedcolumn`."""
    wanted: list[Given] = []
    doomed: list[tuple[Item[object], Row]] = []
    for item in items:
        with work.refusing(item):
            info, column = securable(work, item.message.table, item.message.name)
            row = secured_row(work, info.logical_name, column.logical_name)
            if not item.message.secured and row is not None:
                doomed.append((item, row))
            elif item.message.secured and row is None:
                names = {"entityname": info.logical_name, "attributelogicalname": column.logical_name}
                wanted.append(Given.by_caller(item, TABLE, names))
            else:
                work.require(Privilege.CREATE if item.message.secured else Privilege.DELETE, TABLE)
    create_rows(work, wanted)
    delete_rows(work, doomed)


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


def tell_metadata() -> None:
    """Let every process describe columns anew: whether they are secured is part of their definition."""
    count_metadata_change()
