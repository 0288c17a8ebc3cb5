"""What holds for price list items: one per list, product and unit, with a working method (pricing 2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from handsel.chain.party.checking import Rivals
from handsel.chain.product.states import FAMILY, shown
from handsel.database.row import Reference, Row, referenced
from handsel.engine.crud.hooks import Draft, Entry, NamedRows, each_entry
from handsel.engine.work import Work
from handsel.errors import Code, DuplicateRecord, Refused, RequiredFieldMissing
from handsel.pricing.methods.registry import METHODS

_REQUIRED = {
    "pricelevelid": ("a price list", Code.MISSING_PRICE_LEVEL_ID),
    "productid": ("a product", Code.MISSING_PRODUCT_ID),
    "uomid": ("a unit", Code.MISSING_UOM_ID),
}


def fill_items(work: Work, drafts: Sequence[Draft]) -> None:
    """An item has the currency of its list and the unit group of its unit."""
    lists = NamedRows(work, drafts, "pricelevel", "pricelevelid")
    units = NamedRows(work, drafts, "uom", "uomid")
    for draft in drafts:
        values = draft.values
        missing = next((column for column in _REQUIRED if values.get(column) is None), None)
        if missing is not None:
            work.refuse(draft.item, _missing(missing))
            continue
        listed, unit = lists.of(draft, "pricelevelid"), units.of(draft, "uomid")
        if listed is not None:
            currency = listed.get("transactioncurrencyid")
            if "transactioncurrencyid" in draft.given and referenced(values["transactioncurrencyid"]) not in (
                None,
                currency,
            ):
                work.refuse(draft.item, _other_currency(listed))
                continue
            values["transactioncurrencyid"] = Reference("transactioncurrency", currency) if currency else None
        if unit is not None:
            values["uomscheduleid"] = Reference("uomschedule", unit["uomscheduleid"])


def _missing(column: str) -> RequiredFieldMissing:
    what, code = _REQUIRED[column]
    return RequiredFieldMissing(
        f"A price list item needs {what} in {column}.", code, table="productpricelevel", column=column
    )


def _other_currency(listed: Row) -> Refused:
    name = listed.get("name")
    text = f"An item of price list '{name}' is in the currency of that list. Leave transactioncurrencyid out."
    return Refused(text, Code.CURRENCY_NOT_EQUAL)


@dataclass(frozen=True, slots=True)
class _Context:
    """The rows that items are checked against, read once for a round."""

    lists: Mapping[UUID, Row]
    products: Mapping[UUID, Row]
    units: Mapping[UUID, Row]
    discounts: Mapping[UUID, Row]
    rivals: Rivals
    priced: Mapping[UUID, Sequence[Row]]
    """Product → its items in all price lists."""


def _context(work: Work, entries: Sequence[Entry]) -> _Context:
    rows = [entry.row for entry in entries]
    products = work.as_system.load("product", [row.get("productid") for row in rows])
    return _Context(
        lists=work.as_system.load("pricelevel", [row.get("pricelevelid") for row in rows]),
        products=products,
        units=work.as_system.load("uom", [row.get("uomid") for row in rows]),
        discounts=work.as_system.load("discounttype", [row.get("discounttypeid") for row in rows]),
        rivals=Rivals(entries),
        priced=work.as_system.children("productpricelevel", "productid", list(products)),
    )


def check_items(work: Work, entries: Sequence[Entry]) -> None:
    """Check new and changed items."""
    if not entries:
        return
    context = _context(work, entries)
    each_entry(work, entries, lambda entry: _check(work, entry, context))


def _check(work: Work, entry: Entry, context: _Context) -> None:
    row = entry.row
    missing = next((column for column in _REQUIRED if row.get(column) is None), None)
    if missing is not None:
        raise _missing(missing)
    listed, product, unit = (
        context.lists[row["pricelevelid"]],
        context.products[row["productid"]],
        context.units[row["uomid"]],
    )
    name = f"The item of {shown(product)} in price list '{listed.get('name')}'"
    if product.get("productstructure") == FAMILY:
        raise Refused(f"{shown(product)} cannot be on a price list. Add its products instead.")
    if row.get("transactioncurrencyid") != listed.get("transactioncurrencyid"):
        if not entry.changed("pricelevelid"):
            raise _other_currency(listed)
        work.update(entry.item, row, {"transactioncurrencyid": listed.get("transactioncurrencyid")})
    _check_unit(name, row, product, unit)
    if entry.changed("uomid"):
        work.update(entry.item, row, {"uomscheduleid": unit.get("uomscheduleid")})
    _check_single(row, listed, product, unit, context.rivals.of(entry, context.priced[product.id]))
    _check_method(name, row, listed, product)
    _check_discounts(name, row, listed, context)
    context.rivals.accept(entry)


def _check_unit(name: str, row: Row, product: Row, unit: Row) -> None:
    group = product.get("defaultuomscheduleid")
    if group is not None and unit.get("uomscheduleid") != group:
        raise Refused(
            f"{name}: unit '{unit.get('name')}' is not in the product's unit group. Choose a unit of that group.",
            Code.UNIT_NOT_IN_SCHEDULE,
        )


def _check_single(row: Row, listed: Row, product: Row, unit: Row, others: Sequence[Row]) -> None:
    for other in others:
        if other.get("pricelevelid") == row["pricelevelid"] and other.get("uomid") == row["uomid"]:
            raise DuplicateRecord(
                f"Price list '{listed.get('name')}' already has an item of {shown(product)} in unit "
                f"'{unit.get('name')}'. Change that one.",
                Code.DUPLICATE_PRODUCT_PRICE_LEVEL,
                table="productpricelevel",
                id=str(other.id),
            )


def _check_method(name: str, row: Row, listed: Row, product: Row) -> None:
    """An amount or percentage may be missing; lines then get a pricing error (12, 13)."""
    method, percentage = METHODS.get(row.get("pricingmethodcode")), row.get("percentage")
    if method is None or method.percentage_limits is None:
        return
    lowest, highest = method.percentage_limits
    if percentage is not None and not lowest <= percentage <= highest:
        raise Refused(
            f"{name}: a percentage of {percentage} is outside {lowest} to {highest}, the range of its method. "
            "Correct it.",
            Code.PRODUCT_INVALID_PRICE_LEVEL_PERCENTAGE,
        )
    if product.get("transactioncurrencyid") not in (None, listed.get("transactioncurrencyid")):
        raise Refused(
            f"{name} cannot be priced by percent, because product and price list have different currencies. "
            "Take the method currency amount, or a price list in the product's currency.",
            Code.PRICE_LIST_AND_PRODUCT_CURRENCY_NOT_EQUAL,
        )


def _check_discounts(name: str, row: Row, listed: Row, context: _Context) -> None:
    discounts = context.discounts.get(row.get("discounttypeid"))
    if discounts is None or not discounts.get("isamounttype"):
        return
    if discounts.get("transactioncurrencyid") != listed.get("transactioncurrencyid"):
        raise Refused(
            f"{name}: discount list '{discounts.get('name')}' holds amounts in another currency. "
            "Choose one in the price list's currency, or one of percentages.",
            Code.DISCOUNT_LIST_AND_PRICE_LIST_CURRENCY_NOT_EQUAL,
        )
