"""What holds for the products inside bundles and kits (pricing 7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from handsel.chain.party.checking import Rivals
from handsel.chain.product.options import BundleItemRequired
from handsel.chain.product.states import BUNDLE, FAMILY, LIFECYCLE, PART_STATES, RETIRED, shown
from handsel.database.row import Reference, Row
from handsel.engine.crud.hooks import Draft, Entry, NamedRows, each_entry
from handsel.engine.work import Work
from handsel.errors import (
    Code,
    DuplicateRecord,
    InvalidState,
    NumberOutOfRange,
    Refused,
    RequiredFieldMissing,
)


def fill_parts(work: Work, drafts: Sequence[Draft]) -> None:
    """By default a part has quantity 1, the product's default unit and the state of its bundle."""
    products = NamedRows(work, drafts, "product", "productid", "associatedproduct")
    for draft in drafts:
        values = draft.values
        part = products.of(draft, "associatedproduct")
        bundle = products.of(draft, "productid")
        if values.get("quantity") is None:
            values["quantity"] = Decimal(1)
        if part is not None and values.get("uomid") is None and part.get("defaultuomid") is not None:
            values["uomid"] = Reference("uom", part["defaultuomid"])
        if bundle is not None:
            values["statecode"], values["statuscode"] = PART_STATES[bundle["statecode"]]


def check_parts(work: Work, entries: Sequence[Entry]) -> None:
    """Check new and changed parts, for all bundles at once."""
    if not entries:
        return
    rows = [entry.row for entry in entries]
    products = work.as_system.load(
        "product", [row[name] for row in rows for name in ("productid", "associatedproduct")]
    )
    units = work.as_system.load("uom", [row.get("uomid") for row in rows])
    parts = work.as_system.children("productassociation", "productid", list({row["productid"] for row in rows}))
    priced = work.as_system.children("productpricelevel", "productid", list(products))
    rivals = Rivals(entries)

    def check(entry: Entry) -> None:
        row = entry.row
        bundle, part = products[row["productid"]], products[row["associatedproduct"]]
        LIFECYCLE.require_editable(work, bundle)
        if entry.changed("productid", "associatedproduct"):
            _check_pair(bundle, part)
        _check_unit(row, part, units)
        _check_room(work, bundle, row, rivals.of(entry, parts[bundle.id]))
        _check_priced(row, bundle, part, priced)
        rivals.accept(entry)
        if row.change is not None:
            row.change.root = bundle.reference  # so that its history is the bundle's

    each_entry(work, entries, check)


def _check_pair(bundle: Row, part: Row) -> None:
    if bundle.get("productstructure") != BUNDLE and not bundle.get("iskit"):
        raise Refused(f"{shown(bundle)} is neither bundle nor kit, so nothing can be put into it. Choose a bundle.")
    if part.id == bundle.id:
        raise Refused(f"{shown(bundle)} cannot contain itself. Choose another product.")
    if part.get("productstructure") in (FAMILY, BUNDLE) or part.get("iskit"):
        raise Refused(f"{shown(bundle)} cannot contain {shown(part)}: bundles and kits hold single products only.")
    if part.get("statecode") == RETIRED:
        raise InvalidState(f"{shown(bundle)} cannot contain {shown(part)}, which is retired. Reactivate that first.")


def _check_unit(row: Row, part: Row, units: Mapping[UUID, Row]) -> None:
    unit = units.get(row.get("uomid"))
    if unit is None:
        raise RequiredFieldMissing(f"{shown(part)} has no default unit; give uomid.", Code.MISSING_UOM_ID)
    group = part.get("defaultuomscheduleid")
    if group is not None and unit.get("uomscheduleid") != group:
        raise Refused(
            f"Unit '{unit.get('name')}' is not in the unit group of {shown(part)}. Choose a unit of that group.",
            Code.UNIT_NOT_IN_SCHEDULE,
        )
    if row.get("quantity") is None or row["quantity"] <= 0:
        raise NumberOutOfRange(f"{shown(part)} needs a quantity above 0 in its bundle.")


def _check_room(work: Work, bundle: Row, row: Row, others: Sequence[Row]) -> None:
    if any(other.get("associatedproduct") == row["associatedproduct"] for other in others):
        raise DuplicateRecord(
            f"{shown(bundle)} contains that product already. Change the quantity there instead.",
            table="productassociation",
        )
    most = work.organization.settings.get("maxproductsinbundle")
    if bundle.get("productstructure") == BUNDLE and most is not None and len(others) >= most:
        raise Refused(
            f"{shown(bundle)} holds {len(others)} products, and {most} is the most a bundle may hold. "
            "Remove one, or raise maxproductsinbundle of the organization."
        )


def _check_priced(row: Row, bundle: Row, part: Row, priced: Mapping[UUID, Sequence[Row]]) -> None:
    """The optional products of a bundle on a price list are on it, in the same unit (pricing 7)."""
    if bundle.get("productstructure") != BUNDLE or row.get("productisrequired") == BundleItemRequired.REQUIRED:
        return
    has = {item["pricelevelid"] for item in priced[part.id] if item.get("uomid") == row.get("uomid")}
    missing = {item["pricelevelid"] for item in priced[bundle.id]} - has
    if missing:
        raise Refused(
            f"{shown(bundle)} is on {len(missing)} price lists where {shown(part)} has no price in that unit, so it "
            "cannot be an optional part. Add it to those price lists first, or make it required."
        )


def release_parts(work: Work, entries: Sequence[Entry]) -> None:
    """Parts can be deleted only from an editable bundle; they are audited under the bundle."""
    bundles = work.as_system.load("product", [entry.row["productid"] for entry in entries])

    def let_go(entry: Entry) -> None:
        bundle = bundles[entry.row["productid"]]
        LIFECYCLE.require_editable(work, bundle)
        work.delete(entry.item, entry.row, root=bundle.reference)

    each_entry(work, entries, let_go)
