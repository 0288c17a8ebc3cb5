"""What holds for every line: product or write-in, unit, price override, bundle parts (behaviour 8, pricing 7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from handsel.chain.document.kinds import DocumentKind, kind_of_lines
from handsel.chain.document.price_authority import is_system_priced
from handsel.database.row import Reference, Row, referenced
from handsel.engine import access
from handsel.engine.access import Need
from handsel.engine.crud.creating import Given, create_rows
from handsel.engine.crud.hooks import Draft, Entry, NamedRows, each_entry
from handsel.engine.values import UNRESOLVED
from handsel.engine.work import PriceScope, Work
from handsel.errors import Code, InvalidState, ReadOnly, Refused, RequiredFieldMissing
from handsel.pricing.options import ProductType

_RESULTS = ("baseamount", "extendedamount", "pricingerrorcode", "volumediscountamount")
"""Columns that a client may send but that system pricing writes (tables 3)."""

_BUNDLE = 3
_FAMILY = 2
_REQUIRED = 1
_SALABLE_STATES = (0, 3)
"""Active, and Under Revision, whose published version is still sold."""


def fill_lines(work: Work, drafts: Sequence[Draft]) -> None:
    """Complete new lines: currency of the document, product or write-in, unit, names, numbers."""
    if not drafts:
        return
    kind = kind_of_lines(drafts[0].info.logical_name)
    parents = NamedRows(work, drafts, kind.table, kind.parent)
    products = NamedRows(work, drafts, "product", "productid")
    units = NamedRows(work, drafts, "uom", "uomid")
    known = [parent.id for draft in drafts if (parent := parents.of(draft, kind.parent)) is not None]
    numbers = _Numbers(work, kind, list(dict.fromkeys(known)))

    def complete(draft: Draft) -> None:
        parent = parents.of(draft, kind.parent)
        if parent is None:
            return  # reported as an unknown row when references are resolved
        _fill_currency(draft, parent)
        if is_system_priced(work, kind.table):
            for name in _RESULTS:
                draft.values.pop(name, None)
        _fill_product(draft, products.of(draft, "productid"), units.of(draft, "uomid"))
        _require_write_ins_allowed(work, draft)
        _require_override_allowed(work, kind, parent, draft)
        if "quantity" not in draft.given:
            draft.values.setdefault("quantity", Decimal(1))
        numbers.fill(draft, parent.id)

    each_entry(work, drafts, complete)


def _fill_currency(draft: Draft, parent: Row) -> None:
    currency = parent.get("transactioncurrencyid")
    given = draft.values.get("transactioncurrencyid")
    if "transactioncurrencyid" in draft.given and referenced(given) not in (None, currency):
        raise Refused(
            "A line has the currency of its document. Leave transactioncurrencyid out, or change the document's.",
            Code.CURRENCY_NOT_EQUAL,
        )
    draft.values["transactioncurrencyid"] = Reference("transactioncurrency", currency) if currency else None


def _fill_product(draft: Draft, product: Row | None, unit: Row | None) -> None:
    values = draft.values
    label = draft.info.label
    has_product = values.get("productid") is not None
    text = values.get("productdescription")
    if "isproductoverridden" not in draft.given and not has_product and text:
        values["isproductoverridden"] = True
    if values.get("isproductoverridden"):
        check_write_in(label, values)
        values["ispriceoverridden"] = True  # pricing 2.5: a write-in is treated as overridden
        values.setdefault("productname", text)
        if values.get("productname") is None:
            values["productname"] = text
    else:
        if text:
            raise Refused(
                f"{label}: give either productid for a catalog product or productdescription for a write-in, not both.",
                Code.PRODUCT_AND_WRITE_IN,
            )
        if not has_product:
            raise RequiredFieldMissing(
                f"{label} needs a product: productid, or productdescription for a write-in.", Code.MISSING_PRODUCT_ID
            )
        if product is None:
            if draft.values["productid"].table != UNRESOLVED:
                raise Refused(
                    f"{label}: there is no product {referenced(values['productid'])}.", Code.PRODUCT_DOES_NOT_EXIST
                )
            return
        check_product(label, product)
        if values.get("uomid") is None:
            if product.get("defaultuomid") is None:
                raise RequiredFieldMissing(
                    f"{label}: product '{product.get('name')}' has no default unit; give uomid.", Code.MISSING_UOM_ID
                )
            values["uomid"] = Reference("uom", product["defaultuomid"])
        elif unit is None:
            raise Refused(f"{label}: there is no unit {referenced(values['uomid'])}.", Code.UNIT_DOES_NOT_EXIST)
        else:
            check_unit(label, product, unit)
        values["productname"] = product.get("name")
        if product.get("productstructure") == _BUNDLE:
            values["producttypecode"] = int(ProductType.BUNDLE)
    name = draft.info.primary_name
    if values.get(name) is None:
        named = values.get("productname")
        values[name] = named[: draft.info.columns[name].max_length] if named else None


def _require_write_ins_allowed(work: Work, draft: Draft) -> None:
    if draft.values.get("isproductoverridden") and work.organization.settings.get("iswriteinproductsallowed") is False:
        raise Refused(
            f"{draft.info.label}: write-ins are switched off (organization.iswriteinproductsallowed). Choose a product."
        )


def check_write_in(label: str, values: Mapping[str, object]) -> None:
    """A write-in has a name, and neither product nor unit (behaviour 8)."""
    if values.get("productid") is not None:
        raise Refused(
            f"{label}: a write-in (isproductoverridden) has a productdescription and no productid.",
            Code.PRODUCT_AND_WRITE_IN,
        )
    if values.get("uomid") is not None:
        raise Refused(f"{label}: a write-in has no unit; leave uomid out.", Code.UNIT_AND_WRITE_IN)
    if not values.get("productdescription"):
        raise RequiredFieldMissing(f"{label}: a write-in needs a name in productdescription.")


def check_product(label: str, product: Row) -> None:
    """Only published products are sold, and no families (behaviour 8)."""
    name = product.get("name")
    if product.get("productstructure") == _FAMILY:
        raise Refused(f"{label}: '{name}' is a product family. Choose one of its products.", Code.INVALID_STATE)
    if product.get("statecode") not in _SALABLE_STATES:
        state = "a draft; publish it first" if product.get("statecode") == 2 else "retired; choose another product"
        raise InvalidState(f"{label}: product '{name}' is {state}.")


def check_unit(label: str, product: Row, unit: Row) -> None:
    """The unit belongs to the product's unit group (0x80043b16)."""
    group = product.get("defaultuomscheduleid")
    if group is not None and unit.get("uomscheduleid") != group:
        raise Refused(
            f"{label}: unit '{unit.get('name')}' is not in the unit group of product '{product.get('name')}'. "
            "Choose a unit of that group.",
            Code.UNIT_NOT_IN_SCHEDULE,
        )


def _require_override_allowed(work: Work, kind: DocumentKind, parent: Row, draft: Draft) -> None:
    values = draft.values
    if not values.get("ispriceoverridden"):
        if is_system_priced(work, kind.table):
            values.pop("priceperunit", None)  # pricing 2.5: a price given on a line that is not overridden is ignored
        return
    _require_override(work, kind, parent, values.get("isproductoverridden"))


def _require_override(work: Work, kind: DocumentKind, parent: Row, is_write_in: Any) -> None:
    if not is_write_in:  # which has no catalog price that it could override
        access.require_all(work.actor, [Need(kind.override_privilege)], f"set the price of a line of {kind.table}")
    if parent.get(kind.price_lock) and kind.lock_holds_overrides and not work.actor.is_integration_user:
        what = "A write-in cannot be added" if is_write_in else "A price cannot be typed"
        raise Refused(
            f"{what}: the prices of {work.info(kind.table).label.lower()} {parent.get(kind.number)} are locked. "
            "Unlock its prices first.",
            Code.ENTITY_IS_LOCKED,
        )


class _Numbers:
    """Line numbers for new lines: one above the highest of the document, in the order the lines are given."""

    def __init__(self, work: Work, kind: DocumentKind, parents: Sequence[UUID]) -> None:
        existing = work.as_system.children(
            kind.lines, kind.parent, parents, order=("lineitemnumber", f"{kind.lines}id")
        )
        self._last = {
            parent: max((line.get("lineitemnumber") or 0 for line in lines), default=0)
            for parent, lines in existing.items()
        }

    def fill(self, draft: Draft, parent: UUID) -> None:
        """Number one line, unless the caller did."""
        values = draft.values
        if values.get("lineitemnumber") is None:
            self._last[parent] += 1
            values["lineitemnumber"] = self._last[parent]
        else:
            self._last[parent] = max(self._last[parent], values["lineitemnumber"])
        if values.get("sequencenumber") is None:
            values["sequencenumber"] = values["lineitemnumber"]


def created_lines(work: Work, entries: Sequence[Entry]) -> None:
    """Add the required parts of bundles, and price the documents."""
    if not entries:
        return
    kind = kind_of_lines(entries[0].row.table)
    for entry in entries:
        document = Reference(kind.table, entry.row[kind.parent])
        work.price(entry.item, document, PriceScope(written=[entry.row.id]))
    bundles = [entry for entry in entries if entry.row.get("producttypecode") == ProductType.BUNDLE]
    if bundles:
        _add_required_parts(work, kind, bundles)


def _add_required_parts(work: Work, kind: DocumentKind, bundles: Sequence[Entry]) -> None:
    parts = work.as_system.children(
        "productassociation",
        "productid",
        [entry.row["productid"] for entry in bundles],
        order=("productassociationid",),
    )
    wanted = []
    for entry in bundles:
        line = entry.row
        for part in parts[line["productid"]]:
            if part.get("productisrequired") != _REQUIRED or (part.get("statecode") or 0) == 1:
                continue
            wanted.append(
                Given.by_system(
                    entry.item,
                    kind.lines,
                    {
                        kind.parent: Reference(kind.table, line[kind.parent]),
                        "productid": Reference("product", part["associatedproduct"]),
                        "uomid": Reference("uom", part["uomid"]) if part.get("uomid") else None,
                        "quantity": part.get("quantity") or Decimal(1),
                        "producttypecode": int(ProductType.REQUIRED_BUNDLE_PRODUCT),
                        "parentbundleid": line.id,
                        "parentbundleidref": line.reference,
                        "productassociationid": part.id,
                    },
                )
            )
    create_rows(work, wanted)


_FIXED_IN_BUNDLE = (
    "uomid",
    "productid",
    "productdescription",
    "priceperunit",
    "ispriceoverridden",
    "isproductoverridden",
    "quantity",
    "manualdiscountamount",
    "tax",
)
_PRODUCT_COLUMNS = ("productid", "uomid", "isproductoverridden", "productdescription")


def changed_lines(work: Work, entries: Sequence[Entry]) -> None:
    """Check changed lines, and price their documents."""
    if not entries:
        return
    kind = kind_of_lines(entries[0].row.table)
    parents = work.as_system.load(kind.table, [entry.row[kind.parent] for entry in entries])
    moved = [entry for entry in entries if entry.changed(*_PRODUCT_COLUMNS)]
    products = work.as_system.load("product", [entry.row.get("productid") for entry in moved])
    units = work.as_system.load("uom", [entry.row.get("uomid") for entry in moved])

    def check(entry: Entry) -> None:
        line, parent = entry.row, parents[entry.row[kind.parent]]
        _check_bundle_part(work, entry)
        if entry.changed(*_PRODUCT_COLUMNS):
            _check_product_change(work, entry, products, units)
        if is_system_priced(work, kind.table):
            _restore(work, entry, (*_RESULTS, *(() if line.get("ispriceoverridden") else ("priceperunit",))))
        if entry.changed("ispriceoverridden", "isproductoverridden", "priceperunit") and line.get("ispriceoverridden"):
            _require_override(work, kind, parent, line.get("isproductoverridden"))
        work.price(entry.item, parent.reference, PriceScope(written=[line.id]))

    each_entry(work, entries, check)


def _check_bundle_part(work: Work, entry: Entry) -> None:
    if entry.row.get("producttypecode") == ProductType.REQUIRED_BUNDLE_PRODUCT and entry.changed(*_FIXED_IN_BUNDLE):
        raise ReadOnly(
            f"{_called(work, entry.row)} is a required part of a bundle: its product, unit, price, quantity, discount "
            "and tax follow the bundle. Change the bundle's line instead."
        )


def _called(work: Work, line: Row) -> str:
    """How a refusal names a line to its reader."""
    shown = work.shown(line)
    return f"Line {shown.get('lineitemnumber')} ({shown.get('productname')})"


def _restore(work: Work, entry: Entry, columns: Sequence[str]) -> None:
    change = entry.row.change
    if change is not None and change.action == "update":
        for column in columns:
            if column in change.before:
                entry.row[column] = change.before.pop(column)


def _check_product_change(work: Work, entry: Entry, products: Any, units: Any) -> None:
    line, label = entry.row, work.info(entry.row.table).label
    if line.get("isproductoverridden"):
        check_write_in(label, line)
        work.update(entry.item, line, {"ispriceoverridden": True, "productname": line.get("productdescription")})
        return
    if line.get("productdescription"):
        raise Refused(
            f"{label}: a catalog line has no productdescription; set isproductoverridden for a write-in.",
            Code.PRODUCT_AND_WRITE_IN,
        )
    product = products.get(line.get("productid"))
    if product is None:
        raise RequiredFieldMissing(
            f"{label} needs a product: productid, or productdescription for a write-in.", Code.MISSING_PRODUCT_ID
        )
    change = line.change
    if change is not None and "productid" in change.before:
        check_product(label, product)
        if "uomid" not in entry.given:
            work.update(entry.item, line, {"uomid": product.get("defaultuomid")})
    unit = units.get(line.get("uomid")) or work.as_system.load("uom", [line.get("uomid")]).get(line["uomid"])
    if unit is None:
        raise RequiredFieldMissing(f"{label} needs a unit in uomid.", Code.MISSING_UOM_ID)
    check_unit(label, product, unit)
    work.update(
        entry.item, line, {"productname": product.get("name"), work.info(line.table).primary_name: product.get("name")}
    )


def deleted_lines(work: Work, entries: Sequence[Entry]) -> None:
    """Refuse to take a required part out of its bundle, and price the documents without the lines."""
    if not entries:
        return
    kind = kind_of_lines(entries[0].row.table)
    doomed = {entry.row.id for entry in entries}
    for entry in entries:
        line = entry.row
        if (
            line.get("producttypecode") == ProductType.REQUIRED_BUNDLE_PRODUCT
            and line.get("parentbundleidref") not in doomed
        ):
            work.refuse(
                entry.item,
                ReadOnly(
                    f"{_called(work, line)} is a required part of a bundle. "
                    "Delete the bundle's line; its parts go with it.",
                    Code.CANNOT_DELETE_AS_IT_IS_READ_ONLY,
                ),
            )
            continue
        work.price(entry.item, Reference(kind.table, line[kind.parent]))
