"""SecureColumn: a column that only administrators and members of a profile read and write (security 7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from handsel.database.row import Item, Reference, Row
from handsel.engine.access import Privilege
from handsel.engine.crud.creating import Given, create_rows
from handsel.engine.crud.removing import delete_rows
from handsel.engine.customization.secured import TABLE, securable, secured_row
from handsel.engine.handlers import handles
from handsel.engine.message import Message
from handsel.engine.needs import Needs
from handsel.engine.work import Work


@dataclass(frozen=True, slots=True)
class SecureColumn(Message[None]):
    """Secure a column, or with `secured=False` open it to everybody; a column that is so already stays so.

    It is the same as a new row of `hs_securedcolumn`, or one deleted. Raises NotFound for an unknown column, and
    Refused for one that cannot be secured (0x8004f501, 0x80060896).
    """

    needs: ClassVar[Needs] = Needs(besides="Create or Delete of secured columns.")
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
