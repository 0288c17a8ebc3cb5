"""A bundle is on a price list only if its optional products are on it in the same unit (pricing 7)."""

from __future__ import annotations

from collections.abc import Sequence

from handsel.chain.product.options import BundleItemRequired
from handsel.chain.product.states import BUNDLE, shown
from handsel.database.row import Row
from handsel.engine.crud.hooks import Entry, each_entry
from handsel.engine.listing import list_rows, name_row
from handsel.engine.work import Work
from handsel.errors import Code, Refused


def require_optional_parts(work: Work, entries: Sequence[Entry]) -> None:
    """A bundle is added to a price list after its optional products, or in the same list of messages."""
    placed = [entry for entry in entries if entry.changed("pricelevelid", "productid", "uomid")]
    lists = work.as_system.load("pricelevel", [entry.row["pricelevelid"] for entry in placed])
    products = work.as_system.load("product", [entry.row["productid"] for entry in placed])
    bundles = [product.id for product in products.values() if product.get("productstructure") == BUNDLE]
    parts = work.as_system.children("productassociation", "productid", bundles)
    inside = {part["associatedproduct"] for found in parts.values() for part in found if _is_optional(part)}
    products |= work.as_system.load("product", inside)
    priced = work.as_system.children("productpricelevel", "productid", list(inside))

    def check(entry: Entry) -> None:
        row = entry.row
        missing = [
            products[part["associatedproduct"]]
            for part in parts.get(row["productid"], ())
            if _is_optional(part) and not _has_price(part, row, priced[part["associatedproduct"]])
        ]
        if missing:
            bundle, listed = shown(products[row["productid"]]), lists[row["pricelevelid"]].get("name")
            named = list_rows(work, missing, shown, joined=", ")
            raise Refused(
                f"{bundle} cannot be on price list '{listed}' before its optional products: {named} has no item there "
                "in the unit of the bundle. Add it first.",
                table="productpricelevel",
            )

    each_entry(work, placed, check)


def _is_optional(part: Row) -> bool:
    return bool(part.get("productisrequired") == BundleItemRequired.OPTIONAL)


def _has_price(part: Row, bundle_item: Row, items: Sequence[Row]) -> bool:
    """Whether a part is on the price list of the bundle's item, in its unit in the bundle."""
    return any(
        item.get("pricelevelid") == bundle_item["pricelevelid"] and item.get("uomid") == part.get("uomid")
        for item in items
    )


def protect_optional_parts(work: Work, entries: Sequence[Entry]) -> None:
    """Refuse to delete the item of an optional product while a bundle with it is on the price list (pricing 7)."""
    doomed = {entry.row.id for entry in entries}
    uses = work.as_system.children(
        "productassociation", "associatedproduct", list({entry.row["productid"] for entry in entries})
    )
    bundles = {use["productid"] for found in uses.values() for use in found}
    products = work.as_system.load("product", bundles)
    priced = work.as_system.children("productpricelevel", "productid", list(bundles))

    def check(entry: Entry) -> None:
        row = entry.row
        for use in uses[row["productid"]]:
            bundle = products[use["productid"]]
            optional = _is_optional(use) and use.get("uomid") == row.get("uomid")
            there = [item for item in priced[bundle.id] if item.get("pricelevelid") == row.get("pricelevelid")]
            if optional and bundle.get("productstructure") == BUNDLE and any(item.id not in doomed for item in there):
                raise Refused(
                    f"The price list item cannot be deleted: {name_row(work, bundle, shown)} is on the same "
                    "price list and has its product as optional part. Delete that item first.",
                    Code.CANNOT_DELETE_DUE_TO_ASSOCIATION,
                )

    each_entry(work, entries, check)
