"""AddProductToKit and RemoveProductFromKit: the parts of kits and bundles, one at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from handsel.chain.product.options import BundleItemRequired
from handsel.chain.product.states import shown
from handsel.database.row import Item, Reference, Row
from handsel.engine.crud.creating import Given, create_rows
from handsel.engine.crud.removing import delete_rows
from handsel.engine.handlers import handles
from handsel.engine.message import Message
from handsel.engine.needs import Needs
from handsel.engine.work import Work
from handsel.errors import NotFound


@dataclass(frozen=True, slots=True)
class AddProductToKit(Message[None]):
    """Put one of a product, in its default unit, into a kit, or as a required part into a bundle."""

    needs: ClassVar[Needs] = Needs(
        read=("product",), create=("productassociation",), append=("productassociation",), append_to=("product",)
    )

    kit_id: UUID
    product_id: UUID

    def locks(self) -> Sequence[Reference]:
        return (Reference("product", self.kit_id), Reference("product", self.product_id))


@handles(AddProductToKit)
def add_product(work: Work, items: list[Item[AddProductToKit]]) -> None:
    """Add parts."""
    create_rows(
        work,
        [
            Given.by_caller(
                item,
                "productassociation",
                {
                    "productid": Reference("product", item.message.kit_id),
                    "associatedproduct": Reference("product", item.message.product_id),
                    "productisrequired": int(BundleItemRequired.REQUIRED),
                },
            )
            for item in items
        ],
    )


@dataclass(frozen=True, slots=True)
class RemoveProductFromKit(Message[None]):
    """Take a product out of a kit or bundle. Raises NotFound when it is not in it."""

    needs: ClassVar[Needs] = Needs(read=("product",), delete=("productassociation",))

    kit_id: UUID
    product_id: UUID

    def locks(self) -> Sequence[Reference]:
        return (Reference("product", self.kit_id), Reference("product", self.product_id))


@handles(RemoveProductFromKit)
def remove_product(work: Work, items: list[Item[RemoveProductFromKit]]) -> None:
    """Remove parts."""
    parts = work.as_system.children("productassociation", "productid", list({item.message.kit_id for item in items}))
    doomed: list[tuple[Item[RemoveProductFromKit], Row]] = []

    def find(item: Item[RemoveProductFromKit]) -> None:
        message = item.message
        found = [part for part in parts[message.kit_id] if part.get("associatedproduct") == message.product_id]
        if not found:
            kit = work.as_user.row("product", message.kit_id)
            product = work.as_user.row("product", message.product_id)
            assert kit is not None
            assert product is not None
            raise NotFound(
                f"{shown(product)} is not in {shown(kit)}. Look up what is in it as productassociation rows."
            )
        doomed.extend((item, part) for part in found)

    work.each(items, find)
    delete_rows(work, doomed)
