"""Lines of catalog products need their document's price list, however they come to be without one (pricing 2.1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from handsel.chain.document.kinds import DocumentKind
from handsel.chain.document.price_authority import is_system_priced
from handsel.database.row import Item, Row
from handsel.engine.lifecycle import lifecycle_of
from handsel.engine.work import Work
from handsel.errors import Code, RequiredFieldMissing


def requires_price_list(work: Work, kind: DocumentKind) -> bool:
    """Whether documents of a kind need a price list for lines of catalog products, for the acting user."""
    return is_system_priced(work, kind.table) and bool(work.organization.settings.get("ispricelistmandatory", True))


def require_price_lists(work: Work, kind: DocumentKind, emptied: Sequence[tuple[Item[object], Row]]) -> None:
    """Refuse to empty the price list of documents with lines of catalog products (0x80043b12).

    Their next price would be none, and the total smaller.
    """
    live = [(item, row) for item, row in emptied if item.refusal is None]
    if not live or not requires_price_list(work, kind):
        return
    lines = work.as_system.children(
        kind.lines, kind.parent, [row.id for _, row in live], order=("lineitemnumber", f"{kind.lines}id")
    )
    for item, row in live:
        count = len(catalog_lines(lines[row.id]))
        if count:
            listed = f"{count} lines" if count > 1 else "a line"
            work.refuse(
                item,
                RequiredFieldMissing(
                    f"{_named(kind, row)} has {listed} of catalog products, so it keeps a price list. "
                    "Choose another list in pricelevelid, or delete those lines first.",
                    Code.MISSING_PRICE_LEVEL_ID,
                    table=kind.table,
                    id=str(row.id),
                ),
            )


def require_price_list(work: Work, kind: DocumentKind, document: Row, lines: Iterable[Row]) -> None:
    """Refuse lines of catalog products for a document without a price list (0x80043b12)."""
    if document.get("pricelevelid") or not requires_price_list(work, kind) or not catalog_lines(lines):
        return
    raise RequiredFieldMissing(
        f"{_named(kind, document)} has no price list, so it takes no lines of catalog products. "
        "Choose a price list for it in pricelevelid first.",
        Code.MISSING_PRICE_LEVEL_ID,
        table=kind.table,
        id=str(document.id),
    )


def catalog_lines(lines: Iterable[Row]) -> list[Row]:
    """The lines of catalog products, whoever set their price."""
    return [line for line in lines if line.get("productid") and not line.get("isproductoverridden")]


def _named(kind: DocumentKind, row: Row) -> str:
    lifecycle = lifecycle_of(kind.table)
    assert lifecycle is not None
    return lifecycle.name(row)
