"""Publishing a tree of products, reverting a revision, copying; kits and properties have their own modules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from handsel.chain.product.copying import copy_products
from handsel.chain.product.kits import AddProductToKit, RemoveProductFromKit
from handsel.chain.product.property_messages import RetrieveProductProperties, UpdateProductProperties
from handsel.chain.product.published import put_back
from handsel.chain.product.states import ACTIVE, DRAFT, LIFECYCLE, UNDER_REVISION, shown
from handsel.database import result
from handsel.database.row import Item, Reference, Row
from handsel.engine.handlers import handles
from handsel.engine.lifecycle import Move, move
from handsel.engine.message import Message
from handsel.engine.needs import Needs
from handsel.engine.operation import Operation
from handsel.engine.work import Work
from handsel.errors import InvalidState

__all__ = [
    "AddProductToKit",
    "CloneProduct",
    "PublishProductHierarchy",
    "RemoveProductFromKit",
    "RetrieveProductProperties",
    "RevertProduct",
    "UpdateProductProperties",
]


def _row(work: Work, reference: Reference) -> Row:
    row = work.as_user.row("product", reference.id)
    assert row is not None, "execute refuses unknown roots"
    return row


@dataclass(frozen=True, slots=True)
class PublishProductHierarchy(Message[None]):
    """Publish a product and everything below it that is a draft or under revision; what is retired stays retired."""

    needs: ClassVar[Needs] = Needs(read=("product",), write=("product",))
    operation: ClassVar[Operation] = Operation(bound_to="product", binding="target")

    target: Reference

    def locks(self) -> Sequence[Reference]:
        return (Reference("product", self.target.id),)


@handles(PublishProductHierarchy)
def publish_hierarchies(work: Work, items: list[Item[PublishProductHierarchy]]) -> None:
    """Publish trees of products: read level by level, changed together."""
    roots = [_row(work, item.message.target) for item in items]
    owners = {row.id: item for item, row in zip(items, roots, strict=True)}
    level = list(owners)
    while level:
        below = work.as_system.children("product", "parentproductid", level, lock=True)
        fresh = [(parent, row) for parent, rows in below.items() for row in rows if row.id not in owners]
        owners.update({row.id: owners[parent] for parent, row in fresh})
        level = [row.id for _, row in fresh]
    products = work.as_system.load("product", owners)
    waiting = {id: row for id, row in products.items() if row.get("statecode") in (DRAFT, UNDER_REVISION)}
    _refuse_idle(work, items, {owners[id].index for id in waiting})
    moves = [Move(item, waiting[id], ACTIVE) for id, item in owners.items() if id in waiting]
    move(work, LIFECYCLE, moves, "PublishProductHierarchy")


def _refuse_idle(work: Work, items: Sequence[Item[PublishProductHierarchy]], busy: set[int]) -> None:
    for item in items:
        if item.index not in busy:
            row = _row(work, item.message.target)
            text = f"{shown(row)} cannot be published: neither it nor anything below it is a draft or under revision."
            work.refuse(item, InvalidState(text, table="product", id=str(row.id)))


@dataclass(frozen=True, slots=True)
class RevertProduct(Message[None]):
    """Give up the revision of a product: it is active again, as it was published, with its parts and properties."""

    needs: ClassVar[Needs] = Needs(read=("product",), write=("product",))

    target: Reference

    def locks(self) -> Sequence[Reference]:
        return (Reference("product", self.target.id),)


@handles(RevertProduct)
def revert_products(work: Work, items: list[Item[RevertProduct]]) -> None:
    """Undo revisions."""
    rows = [_row(work, item.message.target) for item in items]

    def check(item: Item[RevertProduct]) -> None:
        LIFECYCLE.transition(_row(work, item.message.target), ACTIVE, "RevertProduct")

    work.each(items, check)
    pairs = [(item, row) for item, row in zip(items, rows, strict=True) if item.refusal is None]
    put_back(work, pairs)
    move(work, LIFECYCLE, [Move(item, row, ACTIVE) for item, row in pairs], "RevertProduct")


@dataclass(frozen=True, slots=True)
class CloneProduct(Message[result.Row]):
    """Copy a product, family, bundle or kit as a draft, with its parts and properties; the result is the new row."""

    needs: ClassVar[Needs] = Needs(read=("product",), create=("product",), append=("product",), append_to=("product",))
    operation: ClassVar[Operation] = Operation(bound_to="product", binding="source", returns="product")

    source: Reference

    def locks(self) -> Sequence[Reference]:
        return (Reference("product", self.source.id),)


@handles(CloneProduct)
def clone_products(work: Work, items: list[Item[CloneProduct]]) -> None:
    """Copy products."""
    copies = copy_products(work, [(item, _row(work, item.message.source)) for item in items])
    for position, copy in copies.items():
        work.answer(items[position], copy)
