"""What holds for relationships between products: substitutes, accessories, cross-sells, up-sells."""

from __future__ import annotations

from collections.abc import Sequence

from handsel.chain.party.checking import Rivals
from handsel.chain.product.options import Direction, SalesRelationship
from handsel.chain.product.states import shown
from handsel.database.row import Row
from handsel.engine.crud.hooks import Draft, Entry, NamedRows, each_entry
from handsel.engine.work import Work
from handsel.errors import DuplicateRecord, Refused


def name_relationships(work: Work, drafts: Sequence[Draft]) -> None:
    """The name of a relationship is that of the related product."""
    related = NamedRows(work, drafts, "product", "substitutedproductid")
    for draft in drafts:
        product = related.of(draft, "substitutedproductid")
        if draft.values.get("name") is None and product is not None:
            draft.values["name"] = product.get("name")


def check_relationships(work: Work, entries: Sequence[Entry]) -> None:
    """No product relates to itself, and each pair has at most one relationship of a kind, in either direction."""
    if not entries:
        return
    sides = {entry.row[name] for entry in entries for name in ("productid", "substitutedproductid")}
    products = work.as_system.load("product", sides)
    stored = work.as_system.children("productsubstitute", "productid", list(sides))
    rivals = Rivals(entries)

    def check(entry: Entry) -> None:
        row = entry.row
        first, second = products[row["productid"]], products[row["substitutedproductid"]]
        if first.id == second.id:
            raise Refused(f"{shown(first)} cannot be related to itself. Choose another product.")
        if any(_is_same(row, other) for other in rivals.of(entry, [*stored[first.id], *stored[second.id]])):
            kind = SalesRelationship(row["salesrelationshiptype"]).label.lower()
            raise DuplicateRecord(
                f"{shown(second)} is already a related product ({kind}) of {shown(first)}. Change that one.",
                table="productsubstitute",
            )
        rivals.accept(entry)

    each_entry(work, entries, check)


def _is_same(row: Row, other: Row) -> bool:
    if row.get("salesrelationshiptype") != other.get("salesrelationshiptype"):
        return False
    pair, there = (row["productid"], row["substitutedproductid"]), (other["productid"], other["substitutedproductid"])
    both_ways = Direction.BI_DIRECTIONAL in (row.get("direction"), other.get("direction"))
    return pair == there or (both_ways and pair == (there[1], there[0]))
