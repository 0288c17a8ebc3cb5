"""The messages that make and end quotes (behaviour 3.1, 3.3, 3.6 to 3.8, 5)."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, ClassVar
from uuid import UUID

from handsel.chain.document.closing import Closing, Status, closed_row_id, record_closings
from handsel.chain.document.copying import Copy, answer, copy_documents, foresee_copies, origin_links
from handsel.chain.document.dates import day_of
from handsel.chain.document.expiry import check_expiry
from handsel.chain.document.roots import root_row
from handsel.chain.opportunity.generate_documents import foreseen_by, generate_documents
from handsel.chain.opportunity.get_products import get_products
from handsel.chain.opportunity.messages import OpportunityId, OpportunityRow, lose_opportunities
from handsel.chain.quote.conversions import FROM_OPPORTUNITY, REVISION
from handsel.chain.quote.options import QuoteStatus
from handsel.chain.quote.rules import KIND
from handsel.chain.quote.states import (
    CLOSED,
    DRAFT,
    LIFECYCLE,
    LIVE,
    WON,
    existing_live_quote,
    live_revisions,
    revisions,
)
from handsel.database import result
from handsel.database.row import Item, Reference, Row
from handsel.engine.access import ReadAs
from handsel.engine.available import foresee_writing, sendable, step_check
from handsel.engine.column_set import ColumnSet
from handsel.engine.edm import ROW
from handsel.engine.handlers import handles
from handsel.engine.lifecycle import Move, foresee, move
from handsel.engine.message import Message
from handsel.engine.needs import Needs
from handsel.engine.operation import Operation
from handsel.engine.parameters import Parameter, RowElsewhere
from handsel.engine.reading import fetch
from handsel.engine.work import Work
from handsel.errors import Code, InvalidArgument, InvalidState, StatusNotValidForState


@dataclass(frozen=True, slots=True)
class GenerateQuoteFromOpportunity(Message[result.Row]):
    """Make a draft quote from an opportunity with all its products; the result is the new quote (behaviour 3.1)."""

    needs: ClassVar[Needs] = Needs(
        read=("opportunity", "quote"),
        create=("quote",),
        append=("quote",),
        append_to=("account", "contact", "opportunity", "product", "quote"),
    )
    operation: ClassVar[Operation] = Operation(returns=ROW)

    opportunity_id: OpportunityId
    column_set: ColumnSet | None = None
    process_instance_id: RowElsewhere = None

    def locks(self) -> Sequence[Reference]:
        return (Reference("opportunity", self.opportunity_id),)


@handles(GenerateQuoteFromOpportunity)
def generate_quotes(work: Work, items: list[Item[GenerateQuoteFromOpportunity]]) -> None:
    """Make quotes from opportunities."""
    generate_documents(work, items, FROM_OPPORTUNITY, {"revisionnumber": 0})


@dataclass(frozen=True, slots=True)
class GetQuoteProductsFromOpportunity(Message[None]):
    """Copy an opportunity's lines into a draft quote, in addition to its own (behaviour 3.3)."""

    needs: ClassVar[Needs] = Needs(read=("opportunity", "quote"), create=("quote",), append_to=("quote",))
    operation: ClassVar[Operation] = Operation(bound_to="quote", binding="quote_id")

    quote_id: UUID
    opportunity_id: OpportunityRow

    def locks(self) -> Sequence[Reference]:
        return (Reference("quote", self.quote_id), Reference("opportunity", self.opportunity_id))


@handles(GetQuoteProductsFromOpportunity)
def get_quote_products(work: Work, items: list[Item[GetQuoteProductsFromOpportunity]]) -> None:
    """Copy lines into quotes."""
    get_products(work, items, KIND, FROM_OPPORTUNITY)


@dataclass(frozen=True, slots=True)
class WinQuote(Message[None]):
    """End an active quote as won. Makes no order and leaves the opportunity alone (behaviour 3.6)."""

    needs: ClassVar[Needs] = Needs(
        read=("quote",), create=("quoteclose",), write=("quote",), append=("quoteclose",), append_to=("quote",)
    )

    quote_close: Annotated[Mapping[str, object], Parameter(type="quoteclose")]
    status: Status = -1

    def locks(self) -> Sequence[Reference]:
        return (Reference("quote", closed_row_id("WinQuote", "QuoteClose", "quoteid", self.quote_close)),)


@handles(WinQuote)
def win_quote(work: Work, items: list[Item[WinQuote]]) -> None:
    """Win quotes."""
    end_quotes(work, [Ending(_closing(work, item), WON, item.message.status) for item in items], "WinQuote")


@dataclass(frozen=True, slots=True)
class CloseQuote(Message[None]):
    """End an active quote as lost, canceled or revised; -1 means revised (behaviour 3.7)."""

    needs: ClassVar[Needs] = Needs(
        read=("quote",), create=("quoteclose",), write=("quote",), append=("quoteclose",), append_to=("quote",)
    )

    quote_close: Annotated[Mapping[str, object], Parameter(type="quoteclose")]
    status: Status = -1

    def locks(self) -> Sequence[Reference]:
        return (Reference("quote", closed_row_id("CloseQuote", "QuoteClose", "quoteid", self.quote_close)),)


@handles(CloseQuote)
def close_quote(work: Work, items: list[Item[CloseQuote]]) -> None:
    """Close quotes."""
    end_quotes(work, [Ending(_closing(work, item), CLOSED, item.message.status) for item in items], "CloseQuote")


def _closing(work: Work, item: Item[WinQuote | CloseQuote]) -> Closing:
    return Closing(item, root_row(work, item), item.message.quote_close)


def opportunities_of(quotes: Sequence[UUID]) -> list[Reference | None]:
    """The opportunity of each quote; None for a quote without an opportunity, and for an unknown quote."""
    parents = {
        row.id: row.get("opportunityid")
        for row in fetch("quote", "quoteid", sorted(set(quotes)), read_as=ReadAs.SYSTEM)
    }
    found = [parents.get(quote) for quote in quotes]
    return [None if opportunity is None else Reference("opportunity", opportunity) for opportunity in found]


@dataclass(frozen=True, slots=True)
class Ending:
    """A quote that ends: its close activity's values, its final state, the status reason asked for."""

    closing: Closing
    target: int
    status: int = -1


def end_quotes(work: Work, endings: Sequence[Ending], via: str) -> None:
    """Move quotes to Won or Closed and record their close activities."""
    for ending in endings:
        if ending.target == WON and ending.closing.item.refusal is None:
            with work.refusing(ending.closing.item):
                day = day_of(ending.closing.moment(work, "quoteclose"))
                check_expiry(work, ending.closing.item, ending.closing.row, day)
    moves = [
        Move(
            ending.closing.item,
            ending.closing.row,
            ending.target,
            ending.status,
            {"closedon": day_of(ending.closing.moment(work, "quoteclose"))},
        )
        for ending in endings
        if ending.closing.item.refusal is None
    ]
    move(work, LIFECYCLE, moves, via)
    subject = "Quote won:" if via == "WinQuote" else "Quote closed:"
    extra = {"quotenumber": "quotenumber", "revision": "revisionnumber"}
    record_closings(work, "quoteclose", "quoteid", [ending.closing for ending in endings], extra, subject)


@dataclass(frozen=True, slots=True)
class ReviseQuote(Message[result.Row]):
    """Make the next draft revision of a closed quote; the result is the new quote (behaviour 3.8)."""

    needs: ClassVar[Needs] = Needs(
        read=("quote",), create=("quote",), append=("quote",), append_to=("account", "product")
    )
    operation: ClassVar[Operation] = Operation(returns="quote")

    quote_id: UUID
    column_set: ColumnSet | None = None

    def locks(self) -> Sequence[Reference]:
        return (Reference("quote", self.quote_id),)


@handles(ReviseQuote)
def revise_quote(work: Work, items: list[Item[ReviseQuote]]) -> None:
    """Revise closed quotes."""
    answer(work, items, revise(work, [(item, root_row(work, item)) for item in items]))


def revise(work: Work, sources: Sequence[tuple[Item[object], Row]]) -> dict[int, Row]:
    """Copy closed quotes to drafts with the next revision number; refused if another revision is live."""
    sources = [(item, row) for item, row in sources if item.refusal is None]
    rows = [row for _, row in sources]
    live = live_revisions(work, rows)
    highest = {
        number: max(row.get("revisionnumber") or 0 for row in found) for number, found in revisions(work, rows).items()
    }
    copies: list[Copy] = []
    revised: dict[str, Row] = {}
    for item, row in sources:
        number = row["quotenumber"]
        with work.refusing(item):
            _require_revisable(work, row, live.get(number) or revised.get(number))
            copies.append(Copy(item, row, {"revisionnumber": highest[number] + 1}))
            revised[number] = Row("quote", row.id, {**row, "statecode": DRAFT, "revisionnumber": highest[number] + 1})
    return copy_documents(work, REVISION, copies, origin_links)


def _require_revisable(work: Work, row: Row, live: Row | None) -> None:
    """Refuse to revise a quote that is not closed, or of which another revision is live (0x80048d00)."""
    if row.get("statecode") != CLOSED:
        raise _not_closed(row)
    if live is not None:
        raise existing_live_quote(work, row, live)


def foresee_revisions(work: Work, items: Sequence[Item[Any]]) -> None:
    """Refuse the items whose quotes `ReviseQuote` would not revise, each by itself."""
    rows = {item.index: root_row(work, item) for item in items}
    live = live_revisions(work, list(rows.values()))
    work.each(items, lambda item: _require_revisable(work, rows[item.index], live.get(rows[item.index]["quotenumber"])))
    foresee_copies(work, REVISION, [Copy(item, rows[item.index]) for item in items])


def foresee_active_revisions(work: Work, items: Sequence[Item[Any]]) -> None:
    """Refuse the items whose quotes `ReviseActiveQuote` would not close and revise, each by itself."""
    step_check(LIFECYCLE, CLOSED, "CloseQuote")(work, items)
    rows = {item.index: root_row(work, item) for item in items}
    others = revisions(work, list(rows.values()))

    def check(item: Item[Any]) -> None:
        row = rows[item.index]
        live = [other for other in others[row["quotenumber"]] if other.get("statecode") in LIVE and other.id != row.id]
        if live:
            raise existing_live_quote(work, row, live[-1])

    work.each(items, check)
    foresee_copies(work, REVISION, [Copy(item, rows[item.index]) for item in items])


def foresee_wins(work: Work, items: Sequence[Item[Any]]) -> list[Move]:
    """Refuse the items whose quotes could not be won today; returns the moves of the others."""
    for item in items:
        if item.refusal is None:
            with work.refusing(item):
                check_expiry(work, item, root_row(work, item), work.now.date())
    moves = [Move(item, root_row(work, item), WON) for item in items if item.refusal is None]
    foresee(work, LIFECYCLE, moves, "WinQuote")
    return moves


sendable("opportunity", GenerateQuoteFromOpportunity, foreseen_by(FROM_OPPORTUNITY))
sendable("quote", WinQuote, lambda work, items: foresee_writing(work, foresee_wins(work, items)))
sendable("quote", CloseQuote)
sendable("quote", ReviseQuote, foresee_revisions)


def _not_closed(row: Row) -> InvalidState:
    state = LIFECYCLE.state(row.get("statecode")).label.lower()
    hint = (
        "It can be edited as it is."
        if row.get("statecode") == DRAFT
        else "Close it first (CloseQuote with status 7), or use ReviseActiveQuote."
    )
    return InvalidState(
        f"{LIFECYCLE.name(row)} is {state}; only a closed quote can be revised. {hint}", table="quote", id=str(row.id)
    )


@dataclass(frozen=True, slots=True)
class ReviseActiveQuote(Message[result.Row]):
    """The Revise button on an active quote: close it as revised and make the next draft (behaviour 3.8)."""

    needs: ClassVar[Needs] = CloseQuote.needs | ReviseQuote.needs
    operation: ClassVar[Operation] = Operation(returns="quote")

    quote_id: UUID
    description: str | None = None
    column_set: ColumnSet | None = None

    def locks(self) -> Sequence[Reference]:
        return (Reference("quote", self.quote_id),)


sendable("quote", ReviseActiveQuote, foresee_active_revisions)


@handles(ReviseActiveQuote)
def revise_active_quote(work: Work, items: list[Item[ReviseActiveQuote]]) -> None:
    """Close active quotes as revised and copy them."""
    endings = [
        Ending(
            Closing(item, root_row(work, item), {"description": item.message.description}),
            CLOSED,
            QuoteStatus.REVISED,
        )
        for item in items
    ]
    end_quotes(work, endings, "CloseQuote")
    answer(work, items, revise(work, [(ending.closing.item, ending.closing.row) for ending in endings]))


@dataclass(frozen=True, slots=True)
class CloseQuoteDialog(Message[result.Row | None]):
    """The whole Close Quote dialog in one transaction (behaviour 5).

    `status` is 5 lost, 6 canceled or 7 revised. `create_revision` makes a new draft, which is then the result;
    `close_opportunity` loses the opportunity too, when no other quote of it is live.
    """

    needs: ClassVar[Needs] = CloseQuote.needs | Needs(besides="For a revision what ReviseQuote takes.")
    operation: ClassVar[Operation] = Operation(returns=ROW)

    quote_id: UUID
    status: int
    closed_on: datetime | None = None
    description: str | None = None
    create_revision: bool = False
    close_opportunity: bool = False
    column_set: ColumnSet | None = None

    def locks(self) -> Sequence[Reference]:
        return (Reference("quote", self.quote_id),)

    def takes(self) -> Needs:
        """A revision takes what ReviseQuote takes; losing the opportunity follows from the quote."""
        return self.needs | ReviseQuote.needs if self.create_revision else self.needs

    @classmethod
    def conflicts_with(cls, messages: Sequence[CloseQuoteDialog]) -> Sequence[Hashable | None]:
        return opportunities_of([message.quote_id for message in messages])


@handles(CloseQuoteDialog)
def close_quote_dialog(work: Work, items: list[Item[CloseQuoteDialog]]) -> None:
    """Close quotes, and revise them or lose their opportunities if asked for."""
    work.each(items, _check_dialog)
    live = [item for item in items if item.refusal is None]
    endings = []
    for item in live:
        given = {"actualend": item.message.closed_on, "description": item.message.description}
        closing = Closing(item, root_row(work, item), {k: v for k, v in given.items() if v is not None})
        endings.append(Ending(closing, CLOSED, item.message.status))
    end_quotes(work, endings, "CloseQuote")
    rows = {item.index: root_row(work, item) for item in live}
    revised = [(item, rows[item.index]) for item in live if item.message.create_revision]
    if revised:
        answer(work, [item for item, _ in revised], revise(work, revised))
    losing = [item for item in live if item.message.close_opportunity and item.refusal is None]
    if losing:
        _lose(work, losing, rows)


def _check_dialog(item: Item[CloseQuoteDialog]) -> None:
    if item.message.status not in (QuoteStatus.LOST, QuoteStatus.CANCELED, QuoteStatus.REVISED):
        raise StatusNotValidForState(
            f"A quote is closed as 5 Lost, 6 Canceled or 7 Revised, not with status {item.message.status}."
        )
    if item.message.create_revision and item.message.close_opportunity:
        raise InvalidArgument(
            "A quote that is revised keeps its opportunity open. Ask for create_revision or close_opportunity, not "
            "both."
        )


def _lose(work: Work, items: Sequence[Item[CloseQuoteDialog]], rows: Mapping[int, Row]) -> None:
    opportunities = work.as_system.load(
        "opportunity", [rows[item.index].get("opportunityid") for item in items], lock=True
    )
    closings = []
    for item in items:
        opportunity = opportunities.get(rows[item.index].get("opportunityid"))
        if opportunity is None:
            work.refuse(
                item,
                InvalidArgument(
                    f"{LIFECYCLE.name(rows[item.index])} belongs to no opportunity that could be closed.",
                    Code.MISSING_OPPORTUNITY_ID,
                ),
            )
            continue
        given = {"actualend": item.message.closed_on} if item.message.closed_on else {}
        closings.append(Closing(item, opportunity, given))
    lose_opportunities(work, closings, -1)
