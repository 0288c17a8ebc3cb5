"""CalculatePrice and RecalculatePrice: requests to price a document, and custom code that computes its prices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar
from uuid import UUID

from handsel.chain.document.kinds import document_kinds, kind_of_lines
from handsel.database.row import Item, Reference, Row
from handsel.engine.available import sendable
from handsel.engine.crud.creating import money_places
from handsel.engine.handlers import handles, listeners
from handsel.engine.lifecycle import lifecycle_of
from handsel.engine.message import Message
from handsel.engine.needs import TARGET, Needs
from handsel.engine.parameters import Parameter
from handsel.engine.values import parse, table_named
from handsel.engine.work import PriceScope, Work
from handsel.errors import InvalidArgument, UnknownColumn
from handsel.money.rounding import round_amount


@dataclass(frozen=True, slots=True)
class CalculatePrice(Message[None]):
    """Calculate the prices of a document, or of the document of a line (behaviour 3.14).

    With system pricing on, this is RecalculatePrice. With it off, the code registered by `@handsel.on(CalculatePrice)`
    gets a `PriceEvent` and writes the amounts; without such code nothing is calculated.
    """

    needs: ClassVar[Needs] = Needs(read=(TARGET,), write=(TARGET,))

    target: Reference
    parent_id: UUID | None = None

    def locks(self) -> Sequence[Reference]:
        _require_priced(self.target.table)
        return (self.target,)


@handles(CalculatePrice)
def calculate_price(work: Work, items: list[Item[CalculatePrice]]) -> None:
    """Request that each target's document is priced."""
    work.each(items, lambda item: _ask(work, item, item.message.target))


@dataclass(frozen=True, slots=True)
class RecalculatePrice(Message[None]):
    """Take today's list prices into a document that can be edited: the Recalculate button (behaviour 6)."""

    needs: ClassVar[Needs] = Needs(read=(TARGET,), write=(TARGET,))

    entity_logical_name: Annotated[str, Parameter(name="entityLogicalName")]
    entity_id: Annotated[UUID, Parameter(name="entityId")]

    def locks(self) -> Sequence[Reference]:
        table = table_named(self.entity_logical_name).logical_name
        _require_priced(table)
        return (Reference(table, self.entity_id),)


@handles(RecalculatePrice)
def recalculate_price(work: Work, items: list[Item[RecalculatePrice]]) -> None:
    """Request that each document is priced."""
    work.each(items, lambda item: _ask(work, item, item.message.locks()[0]))


def _require_priced(table: str) -> None:
    """Refuse a table that holds neither documents nor lines, before any row is read (0x80040203)."""
    priced = [name for kind in document_kinds().values() for name in (kind.table, kind.lines)]
    if table not in priced:
        raise InvalidArgument(f"{table} is no priced table. Name a document or a line: {', '.join(priced)}.")


def offer_recalculation(table: str) -> None:
    """Declare that RecalculatePrice can be sent to documents of a table."""

    def check(work: Work, items: Sequence[Item[RecalculatePrice]]) -> None:
        work.each(items, lambda item: _require_editable(work, item.message.locks()[0]))

    sendable(table, RecalculatePrice, check, make=lambda row: RecalculatePrice(table, row.id))


def _require_editable(work: Work, document: Reference) -> None:
    row, lifecycle = work.as_user.row(document.table, document.id), lifecycle_of(document.table)
    if row is not None and lifecycle is not None:
        lifecycle.require_editable(work, row)


def _ask(work: Work, item: Item[object], target: Reference) -> None:
    document = _document(work, target)
    _require_editable(work, document)
    work.price(item, document, PriceScope(all_lines=True))


def _document(work: Work, target: Reference) -> Reference:
    """The document itself, or the one a line belongs to."""
    if target.table in document_kinds():
        return target
    kind = kind_of_lines(target.table)
    line = work.as_user.row(target.table, target.id)
    assert line is not None
    return Reference(kind.table, line[kind.parent])


class PriceEvent:
    """What custom price code gets: the document and its lines to read, and a method to write amounts.

    Amounts are rounded to the decimals of their column. Raises UnknownColumn for a column the table lacks.
    """

    def __init__(self, work: Work, header: Row, lines: Sequence[Row], item: Item[object]) -> None:
        self._work = work
        self._item = item
        self.document = header
        self.lines = tuple(lines)

    @property
    def target(self) -> Reference:
        """The document that is to be priced."""
        return self.document.reference

    def set(self, row: Row, amounts: Mapping[str, object]) -> None:
        """Write amounts of the document or of one of its lines, by logical name."""
        info = self._work.info(row.table)
        currency = self._work.as_system.load("transactioncurrency", [self.document.get("transactioncurrencyid")])
        values = {}
        for name, value in amounts.items():
            column = info.columns.get(name)
            if column is None:
                raise UnknownColumn(f"{info.label} has no column '{name}'.", table=row.table, column=name)
            parsed = parse(info, column, value)
            if column.kind == "Money" and isinstance(parsed, Decimal):
                parsed = round_amount(parsed, money_places(self._work, column, next(iter(currency.values()), None)))
            values[name] = parsed
        self._work.update(self._item, row, values, root=self.document.reference)


def raise_calculate_price(work: Work, documents: Sequence[tuple[Row, Sequence[Row], PriceScope]]) -> None:
    """Let registered code price the documents; without any, they stay as they are (pricing 9.4)."""
    for header, lines, scope in documents:
        item = next(item for item in scope.items if item.refusal is None)
        for row in (header, *lines):
            for name in work.info(row.table).columns:
                row.setdefault(name, None)  # a new row holds only given values; custom code may read any column
        event = PriceEvent(work, header, lines, item)
        for listener in listeners(CalculatePrice):
            listener(event)
