"""Locking and unlocking the prices of an order or invoice (behaviour 3.11, pricing 9.2)."""

from __future__ import annotations

from collections.abc import Sequence

from handsel.chain.document.kinds import DocumentKind
from handsel.chain.document.roots import root_row
from handsel.database.row import Item, Row
from handsel.engine.available import sendable
from handsel.engine.handlers import handles
from handsel.engine.lifecycle import lifecycle_of
from handsel.engine.message import AnyMessage
from handsel.engine.work import PriceScope, Work
from handsel.errors import Code, Refused


def price_lock(kind: DocumentKind, lock: type[AnyMessage], unlock: type[AnyMessage]) -> None:
    """Declare the two messages that lock and unlock the prices of a document of a kind."""

    def check_lock(work: Work, items: Sequence[Item[AnyMessage]]) -> None:
        work.each(items, lambda item: _require_unlocked(work, kind, root_row(work, item)))

    def check_unlock(work: Work, items: Sequence[Item[AnyMessage]]) -> None:
        work.each(items, lambda item: _require_locked(work, kind, root_row(work, item)))

    @handles(lock)
    def lock_prices(work: Work, items: list[Item[AnyMessage]]) -> None:
        check_lock(work, items)
        work.each(items, lambda item: _set(work, item, kind, is_locked=True))

    @handles(unlock)
    def unlock_prices(work: Work, items: list[Item[AnyMessage]]) -> None:
        check_unlock(work, items)
        work.each(items, lambda item: _set(work, item, kind, is_locked=False))

    sendable(kind.table, lock, check_lock)
    sendable(kind.table, unlock, check_unlock)


def _set(work: Work, item: Item[object], kind: DocumentKind, *, is_locked: bool) -> None:
    """Freeze the present catalog prices; unlocking reads every catalog price anew, at once."""
    row = root_row(work, item)
    work.update(item, row, {kind.price_lock: is_locked})
    if not is_locked:
        work.price(item, row.reference, PriceScope(all_lines=True))


def _require_unlocked(work: Work, kind: DocumentKind, row: Row) -> None:
    """Refuse to lock a document whose prices are locked (0x80043b1d)."""
    name = _require_changeable(work, kind, row)
    if row.get(kind.price_lock):
        raise Refused(
            f"The prices of {name} are locked already.", Code.ENTITY_IS_LOCKED, table=kind.table, id=str(row.id)
        )


def _require_locked(work: Work, kind: DocumentKind, row: Row) -> None:
    """Refuse to unlock a document whose prices are not locked (0x80043b1e)."""
    name = _require_changeable(work, kind, row)
    if not row.get(kind.price_lock):
        raise Refused(
            f"The prices of {name} are not locked.", Code.ENTITY_IS_UNLOCKED, table=kind.table, id=str(row.id)
        )


def _require_changeable(work: Work, kind: DocumentKind, row: Row) -> str:
    lifecycle = lifecycle_of(kind.table)
    assert lifecycle is not None
    lifecycle.require_editable(work, row)
    return lifecycle.name(row)
