"""What holds for products: number, family, unit, and which columns of a published product are fixed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from handsel.chain.document.dates import require_order
from handsel.chain.party.checking import was
from handsel.chain.party.cycles import looped
from handsel.chain.party.uniqueness import require_unique
from handsel.chain.product.options import ProductStatus, ProductStructure
from handsel.chain.product.states import ACTIVE, DRAFT, FAMILY, LIFECYCLE, RETIRED, shown
from handsel.database.row import Reference, Row
from handsel.engine.crud.hooks import Draft, Entry, NamedRows, each_entry
from handsel.engine.work import Work
from handsel.errors import Code, InvalidArgument, InvalidState, ReadOnly, Refused


def fill_products(work: Work, drafts: Sequence[Draft]) -> None:
    """Fill in the unit group of the unit; the state is Active if the organization says so and there is no family."""
    units = NamedRows(work, drafts, "uom", "defaultuomid")
    at_once = work.organization.settings.get("createproductswithoutparentinactivestate")
    for draft in drafts:
        values = draft.values
        unit = units.of(draft, "defaultuomid")
        if unit is not None and values.get("defaultuomscheduleid") is None:
            values["defaultuomscheduleid"] = Reference("uomschedule", unit["uomscheduleid"])
        plain = values.get("productstructure") == ProductStructure.PRODUCT
        if at_once and plain and values.get("parentproductid") is None:
            values["statecode"], values["statuscode"] = ACTIVE, int(ProductStatus.ACTIVE)


def check_products(work: Work, entries: Sequence[Entry]) -> None:
    """Check new and changed products."""
    if not entries:
        return
    require_unique(work, entries, "productnumber")
    live = [entry for entry in entries if entry.item.refusal is None]
    moved = [entry.row for entry in live if entry.changed("parentproductid") and entry.row.get("parentproductid")]
    loops = looped(work, "product", "parentproductid", moved)
    regrouped = [entry.row for entry in live if entry.changed("defaultuomscheduleid", "defaultuomid")]
    units = work.as_system.load("uom", [row.get("defaultuomid") for row in regrouped])
    reshaped = [entry.row.id for entry in live if was(entry, "productstructure")]
    below = work.as_system.children("product", "parentproductid", reshaped)
    inside = work.as_system.children("productassociation", "productid", reshaped)
    in_group = _other_groups(work, [entry.row for entry in live if was(entry, "defaultuomscheduleid")])

    def check(entry: Entry) -> None:
        _check_shape(entry, below, inside)
        _check_family(work, entry, loops)
        _check_unit(entry, units, in_group)

    each_entry(work, live, check)


def _check_shape(entry: Entry, below: Mapping[UUID, list[Row]], inside: Mapping[UUID, list[Row]]) -> None:
    row = entry.row
    if row.get("iskit") and row.get("productstructure") != ProductStructure.PRODUCT:
        raise InvalidArgument(f"{shown(row)}: a family or bundle is no kit. Leave iskit false, or productstructure 1.")
    require_order(shown(row), row, "validfromdate", "validtodate")
    if not was(entry, "productstructure"):
        return
    if row.get("statecode") != DRAFT or below[row.id] or inside[row.id]:
        state = LIFECYCLE.state(row.get("statecode")).label.lower()
        reason = f"is {state}" if row.get("statecode") != DRAFT else "already holds products"
        raise ReadOnly(
            f"Product '{row.get('name')}' {reason}, so it cannot become a product of another structure. "
            "Make a new product instead.",
            table="product",
            id=str(row.id),
        )


def _check_family(work: Work, entry: Entry, loops: set[UUID]) -> None:
    row = entry.row
    if not entry.changed("parentproductid") or row.get("parentproductid") is None:
        return
    parent = work.as_system.row("product", row["parentproductid"])
    if row.id in loops:
        raise Refused(f"{shown(row)} would stand above itself. Choose a family that is not below it.")
    if parent is None or parent.get("productstructure") != FAMILY:
        name = shown(parent) if parent else row["parentproductid"]
        raise Refused(f"{shown(row)} cannot stand below {name}, which is no family. Choose a product family as parent.")
    if parent.get("statecode") == RETIRED:
        raise InvalidState(f"{shown(row)} cannot stand below {shown(parent)}, which is retired. Reactivate that first.")


def _check_unit(entry: Entry, units: Mapping[UUID, Row], in_group: Mapping[UUID, Row]) -> None:
    row = entry.row
    if not entry.changed("defaultuomscheduleid", "defaultuomid"):
        return
    if was(entry, "defaultuomscheduleid"):
        if row.get("statecode") == ACTIVE:
            raise ReadOnly(
                f"{shown(row)} is active, so its unit group cannot change. Set it to Under Revision first.",
                table="product",
                id=str(row.id),
            )
        if row.id in in_group:
            raise Refused(
                f"{shown(row)} has price list items in units of another group, so its unit group cannot change. "
                "Delete those items first.",
                Code.UNIT_NOT_IN_SCHEDULE,
            )
    unit = units.get(row.get("defaultuomid"))
    if unit is not None and unit.get("uomscheduleid") != row.get("defaultuomscheduleid"):
        raise Refused(
            f"{shown(row)}: its default unit '{unit.get('name')}' is not in its unit group. Choose one of that group.",
            Code.PRODUCT_INVALID_UNIT,
        )


def _other_groups(work: Work, rows: Sequence[Row]) -> dict[UUID, Any]:
    """Of products that change their unit group: those with price list items in another than the new one."""
    items = work.as_system.children("productpricelevel", "productid", [row.id for row in rows])
    units = work.as_system.load("uom", [item.get("uomid") for found in items.values() for item in found])
    groups = {row.id: row.get("defaultuomscheduleid") for row in rows}
    return {
        product: item
        for product, found in items.items()
        for item in found
        if item.get("uomid") in units and units[item["uomid"]].get("uomscheduleid") != groups[product]
    }
