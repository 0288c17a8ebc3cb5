"""CalculateRollupField: there are no rollup columns, and the message says so in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from handsel.database.row import Item, Reference
from handsel.engine.edm import ROW
from handsel.engine.handlers import handles
from handsel.engine.message import Message
from handsel.engine.needs import Needs
from handsel.engine.operation import Operation
from handsel.engine.values import table_named
from handsel.engine.work import Work
from handsel.errors import Refused, UnknownColumn


@dataclass(frozen=True, slots=True)
class CalculateRollupField(Message[None]):
    """Always refused: no column is a rollup of other rows. Sums are asked for by `$apply` or FetchXML."""

    needs: ClassVar[Needs] = Needs()
    operation: ClassVar[Operation] = Operation(returns=ROW)
    changes: ClassVar[bool] = False

    target: Reference
    field_name: str


@handles(CalculateRollupField)
def refuse_rollups(work: Work, items: list[Item[CalculateRollupField]]) -> None:
    """Refuse each of them."""

    def refuse(item: Item[CalculateRollupField]) -> None:
        name = item.message.field_name
        info = work.info(table_named(item.message.target.table).logical_name)
        if name not in info.columns:
            raise UnknownColumn(
                f"{info.label} has no column '{name}' that could be calculated. Rollup columns are not kept: ask for "
                "the sum by $apply or by FetchXML.",
                table=info.logical_name,
                column=name,
            )
        raise Refused(
            f"{info.label}: {name} is no rollup column, so there is nothing to calculate. It has its value as soon as "
            "it is written; sums over other rows are asked for by $apply or by FetchXML.",
            table=info.logical_name,
            column=name,
        )

    work.each(items, refuse)
