"""Documents that are made from an opportunity with all its products (behaviour 3.1, 3.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from handsel.chain.document.copying import Copy, HasColumnSet, answer, copy_documents, foresee_copies
from handsel.chain.document.roots import root_row
from handsel.chain.opportunity.states import require_not_lost
from handsel.database.row import ColumnValue, Item, Row
from handsel.engine.available import Check
from handsel.engine.conversion import Conversion
from handsel.engine.work import Work


def generate_documents(
    work: Work,
    items: Sequence[Item[HasColumnSet]],
    conversion: Conversion,
    values: Mapping[str, ColumnValue] | None = None,
) -> None:
    """Make a document from the opportunity that each message names; the result is the new document.

    Addresses and terms come from the customer, `values` are further ones of each header.
    """
    copies: list[Copy] = []

    def copy(item: Item[HasColumnSet]) -> None:
        opportunity = root_row(work, item)
        require_not_lost(opportunity)
        copies.append(Copy(item, opportunity, values or {}))

    work.each(items, copy)
    answer(work, items, copy_documents(work, conversion, copies, from_opportunity_line, from_customer=True))


def foreseen_by(conversion: Conversion) -> Check:
    """The check that refuses the items for which `generate_documents` would make no document, and makes none."""

    def check(work: Work, items: Sequence[Item[Any]]) -> None:
        work.each(items, lambda item: require_not_lost(root_row(work, item)))
        foresee_copies(work, conversion, [Copy(item, root_row(work, item)) for item in items])

    return check


def from_opportunity_line(line: Row) -> Mapping[str, ColumnValue]:
    """The link from a line to the opportunity product it was made from."""
    return {"hs_opportunityproductid": line.id}
