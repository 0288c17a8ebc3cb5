"""Get Products: copying an opportunity's lines into an existing document (behaviour 3.3)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from handsel.chain.document.agreed import TakenAmounts
from handsel.chain.document.copying import Copy, copy_lines, last_numbers
from handsel.chain.document.kinds import DocumentKind, kind_of
from handsel.chain.document.price_list_required import require_price_list
from handsel.chain.document.roots import root_row
from handsel.chain.opportunity.generate_documents import from_opportunity_line
from handsel.chain.opportunity.states import require_not_lost
from handsel.database.row import Item, Row
from handsel.engine.conversion import Conversion
from handsel.engine.lifecycle import lifecycle_of
from handsel.engine.work import PriceScope, Work
from handsel.errors import Code, Refused


class NamesOpportunity(Protocol):
    """A message that names an opportunity."""

    @property
    def opportunity_id(self) -> UUID:
        """The opportunity whose lines are copied."""


def get_products(
    work: Work, items: Sequence[Item[NamesOpportunity]], kind: DocumentKind, conversion: Conversion
) -> None:
    """Copy the lines of any opportunity into editable documents of one kind, after the lines they have.

    Each message names the document first, and the opportunity as `opportunity_id`. New catalog lines take today's list
    price, on a price-locked document too; amounts that clients write come along. The opportunity link stays as it is.
    """
    line_map = conversion.lines
    assert line_map is not None
    ready: list[tuple[Item[NamesOpportunity], Row, Row]] = []

    def check(item: Item[NamesOpportunity]) -> None:
        document, opportunity = root_row(work, item), work.as_user.row("opportunity", item.message.opportunity_id)
        assert opportunity is not None
        require_not_lost(opportunity)
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
        ready.append((item, document, opportunity))

    work.each(items, check)
    source = kind_of("opportunity")
    lines = work.as_system.children(
        source.lines,
        source.parent,
        [opportunity.id for _, _, opportunity in ready],
        order=("lineitemnumber", f"{source.lines}id"),
    )

    for item, document, opportunity in ready:
        with work.refusing(item):
            require_price_list(work, kind, document, lines[opportunity.id])
    ready = [entry for entry in ready if entry[0].refusal is None]
    after = last_numbers(work, kind, [document for _, document, _ in ready])
    copies = [(Copy(item, opportunity), document, lines[opportunity.id]) for item, document, opportunity in ready]
    amounts = TakenAmounts(work, conversion.header, line_map)
    copy_lines(work, line_map, kind, copies, from_opportunity_line, amounts, after=after)
    for item, document, _opportunity in ready:
        work.price(item, document.reference, PriceScope())
