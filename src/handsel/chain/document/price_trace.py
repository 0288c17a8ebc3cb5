"""Messages that only read: how a document's amounts were computed, and what they would be today (pricing 9.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, TypedDict
from uuid import UUID

from handsel.chain.document.kinds import DocumentKind, document_kinds
from handsel.chain.document.prices import ExplainedAmount, build_requests, trace_document
from handsel.database.row import Item, Reference, Row
from handsel.engine.access import Privilege
from handsel.engine.edm import ComplexType, Many
from handsel.engine.handlers import handles
from handsel.engine.lifecycle import lifecycle_of
from handsel.engine.message import Message
from handsel.engine.needs import Needs
from handsel.engine.operation import Operation
from handsel.engine.work import PriceScope, Work
from handsel.errors import InvalidArgument, not_found
from handsel.pricing.engine import price_document
from handsel.pricing.errors import PricingErrorCode, PricingRefusal

PRICE_TRACE_STEP = ComplexType("PriceTraceStep", is_open=True)
PRICE_CHANGE = ComplexType("PriceChange", is_open=True)


class PriceChange(TypedDict):
    """A line of a document whose price would change: what it has and today's, in the document's currency."""

    lineid: UUID
    lineitemnumber: int | None
    productname: str | None
    priceperunit: Decimal | None
    todayspriceperunit: Decimal


@dataclass(frozen=True, slots=True)
class RetrievePriceTrace(Message[list[ExplainedAmount]]):
    """How every amount of a document came about: a list of steps with line, column, rule, inputs and result."""

    needs: ClassVar[Needs] = Needs(besides="Read on the document.")
    operation: ClassVar[Operation] = Operation(returns=Many(PRICE_TRACE_STEP))
    changes: ClassVar[bool] = False

    target: Reference


@handles(RetrievePriceTrace)
def retrieve_price_trace(work: Work, items: list[Item[RetrievePriceTrace]]) -> None:
    """Trace each document."""

    def trace(item: Item[RetrievePriceTrace]) -> None:
        _kind, header = _document(work, item.message.target)
        item.result = trace_document(work, header)

    work.each(items, trace)


@dataclass(frozen=True, slots=True)
class RetrievePriceChanges(Message[list[PriceChange]]):
    """What Recalculate would change in a document that can be edited: its lines with the price they have and today's.

    Empty for a document whose prices are locked or that can no longer be edited: nothing will change there.
    """

    needs: ClassVar[Needs] = Needs(besides="Read on the document.")
    operation: ClassVar[Operation] = Operation(returns=Many(PRICE_CHANGE))
    changes: ClassVar[bool] = False

    target: Reference


@handles(RetrievePriceChanges)
def retrieve_price_changes(work: Work, items: list[Item[RetrievePriceChanges]]) -> None:
    """Compare each document's lines with today's prices."""

    def compare(item: Item[RetrievePriceChanges]) -> None:
        kind, header = _document(work, item.message.target)
        lifecycle = lifecycle_of(header.table)
        is_settled = lifecycle is not None and not lifecycle.is_editable(work, header)
        untold = is_settled or header.get(kind.price_lock) or work.hides(kind.lines, "priceperunit")
        item.result = [] if untold else _price_changes(work, kind, header)

    work.each(items, compare)


def _document(work: Work, target: Reference) -> tuple[DocumentKind, Row]:
    kind = document_kinds().get(target.table)
    if kind is None:
        raise InvalidArgument(f"{target.table} has no prices. Name a document: {', '.join(document_kinds())}.")
    work.require(Privilege.READ, target.table)
    header = work.as_user.load(target.table, [target.id]).get(target.id)
    if header is None:
        raise not_found(target.table, target.id)
    return kind, header


def _price_changes(work: Work, kind: DocumentKind, header: Row) -> list[PriceChange]:
    lines = lines_of(work, kind, header)
    request = build_requests(work, [(kind, header, list(lines), PriceScope(all_lines=True))])[0]
    try:
        priced = price_document(request)
    except PricingRefusal:
        return []  # today's prices would be refused, so Recalculate changes nothing
    found: list[PriceChange] = []
    for line, result in zip(lines, priced.lines, strict=True):
        today = result.amounts.price_per_unit
        if result.error_code is not PricingErrorCode.NONE or today == line.get("priceperunit"):
            continue
        found.append(
            {
                "lineid": line.id,
                "lineitemnumber": line.get("lineitemnumber"),
                "productname": line.get("productname"),
                "priceperunit": line.get("priceperunit"),
                "todayspriceperunit": today,
            }
        )
    return found


def lines_of(work: Work, kind: DocumentKind, header: Row) -> Sequence[Row]:
    """The lines of a document in their order."""
    return work.as_system.children(kind.lines, kind.parent, [header.id], order=("lineitemnumber", f"{kind.lines}id"))[
        header.id
    ]
