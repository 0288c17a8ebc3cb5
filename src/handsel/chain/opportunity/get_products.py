"""Get Products: copying an opportunity's lines into a document that exists (behaviour 3.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from handsel.chain.document.copying import Copy, Link, copy_lines, last_numbers
from handsel.chain.document.kinds import DocumentKind, kind_of
from handsel.database.row import Item, Row
from handsel.engine.access import Privilege
from handsel.engine.conversion import Conversion
from handsel.engine.lifecycle import lifecycle_of
from handsel.engine.work import PriceScope, Work
from handsel.errors import Code, Refused


@dataclass(frozen=True, slots=True)
class GetProducts:
    """One copy of lines: into which document, from which opportunity."""

    item: Item[Any]
    document_id: UUID
    opportunity_id: UUID


def get_products(
    work: Work, kind: DocumentKind, conversion: Conversion, wanted: Sequence[GetProducts], link: Link
) -> None:
    """Copy the lines of any opportunity into editable documents of one kind, after the lines they have.

    New catalog lines take today's list price, on a price-locked document too; the opportunity link stays as it is.
    """
    line_map = conversion.lines
    assert line_map is not None
    ready: list[tuple[GetProducts, Row, Row]] = []

    def check(item: Item[Any]) -> None:
        entry = next(entry for entry in wanted if entry.item is item)
        document = work.as_user.row(kind.table, entry.document_id)
        opportunity = work.as_user.row("opportunity", entry.opportunity_id)
        assert document is not None
        assert opportunity is not None
        lifecycle = lifecycle_of(kind.table)
        assert lifecycle is not None
        lifecycle.require_editable(work, document, line=True)
        if document.get("transactioncurrencyid") != opportunity.get("transactioncurrencyid"):
            raise Refused(
                f"{lifecycle.name(document)} and opportunity '{opportunity.get('name')}' have different currencies, so "
                "its products "
                "cannot be copied. Choose an opportunity in the document's currency.",
                Code.OPPORTUNITY_CURRENCY_NOT_EQUAL,
            )
        ready.append((entry, document, opportunity))

    work.each([entry.item for entry in wanted], check)
    work.require(Privilege.WRITE, kind.table, [document for _, document, _ in ready])
    work.require(Privilege.READ, "opportunity", [opportunity for _, _, opportunity in ready])
    source = kind_of("opportunity")
    lines = work.as_system.children(
        source.lines,
        source.parent,
        [opportunity.id for _, _, opportunity in ready],
        order=("lineitemnumber", f"{source.lines}id"),
    )
    after = last_numbers(work, kind, [document for _, document, _ in ready])
    copies = [
        (Copy(entry.item, opportunity), document, lines[opportunity.id]) for entry, document, opportunity in ready
    ]
    copy_lines(work, line_map, kind, copies, link, after=after)
    for entry, document, _opportunity in ready:
        work.price(entry.item, document.reference, PriceScope())
