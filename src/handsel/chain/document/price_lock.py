"""Locking and unlocking the prices of an order or invoice (behaviour 3.11, pricing 9.2)."""

from __future__ import annotations

from handsel.chain.document.kinds import DocumentKind
from handsel.chain.document.roots import root_row
from handsel.database.row import Item, Row
from handsel.engine.handlers import handles
from handsel.engine.lifecycle import lifecycle_of
from handsel.engine.message import AnyMessage
from handsel.engine.work import PriceScope, Work
from handsel.errors import Code, Refused


def price_lock(kind: DocumentKind, lock: type[AnyMessage], unlock: type[AnyMessage]) -> None:
    """Declare the two messages that lock and unlock the prices of a document of a kind."""

    @handles(lock)
    def lock_prices(work: Work, items: list[Item[AnyMessage]]) -> None:
        work.each(items, lambda item: _lock(work, item, kind, root_row(work, item)))

    @handles(unlock)
    def unlock_prices(work: Work, items: list[Item[AnyMessage]]) -> None:
        work.each(items, lambda item: _unlock(work, item, kind, root_row(work, item)))


def _lock(work: Work, item: Item[object], kind: DocumentKind, row: Row) -> None:
    """Freeze the present catalog prices. Refuses a document whose prices are locked (0x80043b1d)."""
    name = _require_changeable(work, kind, row)
    if row.get(kind.price_lock):
        raise Refused(
            f"The prices of {name} are locked already.", Code.ENTITY_IS_LOCKED, table=kind.table, id=str(row.id)
        )
    work.update(item, row, {kind.price_lock: True})


def _unlock(work: Work, item: Item[object], kind: DocumentKind, row: Row) -> None:
    """Read every catalog price anew, at once. Refuses a document whose prices are not locked (0x80043b1e)."""
    name = _require_changeable(work, kind, row)
    if not row.get(kind.price_lock):
        raise Refused(
            f"The prices of {name} are not locked.", Code.ENTITY_IS_UNLOCKED, table=kind.table, id=str(row.id)
        )
    work.update(item, row, {kind.price_lock: False})
    work.price(item, row.reference, PriceScope(all_lines=True))


def _require_changeable(work: Work, kind: DocumentKind, row: Row) -> str:
    lifecycle = lifecycle_of(kind.table)
    assert lifecycle is not None
    lifecycle.require_editable(work, row)
    return lifecycle.name(row)
