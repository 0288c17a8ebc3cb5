"""The values of a line: quantity, price, discount, and of an order's line what is to be shipped and invoiced."""

from __future__ import annotations

from decimal import Decimal
from typing import TypeVar

from msgspec.structs import replace

from handsel.testing.businesscentral.arithmetic import discount_of, gross, percent_of
from handsel.testing.businesscentral.bodies import Given
from handsel.testing.businesscentral.books import Books
from handsel.testing.businesscentral.refusals import dialog, field_test, plain
from handsel.testing.businesscentral.rows import ZERO, Customer, DocumentLine, SalesOrderLine
from handsel.testing.businesscentral.subjects import NAMING, with_subject, with_tax

L = TypeVar("L", bound=DocumentLine)
_UNITS = frozenset(("unit_of_measure_id", "unit_of_measure_code"))
_DISCOUNTS = frozenset(("discount_amount", "discount_percent"))


def with_values(books: Books, line: L, given: Given, customer: Customer, places: int, *, renamed: bool) -> L:
    """A line with the values of a body. `renamed`: they say anew what the line is about."""
    if renamed:
        line = with_subject(books, line, given)
    elif _UNITS & given.keys() and line.line_type in ("Item", "Account"):
        kept: Given = {"line_type": line.line_type, "line_object_number": line.line_object_number}
        again = with_subject(books, line, kept | given)
        line = replace(again, description=line.description)
    plainly = {name: value for name, value in given.items() if name not in NAMING | _UNITS | _DISCOUNTS}
    before = line.quantity
    line = replace(line, **plainly)
    line = with_tax(books, line, customer, line.tax_code)
    line = _discounted(line, given, places)
    return _to_ship(line, given, before)


def checked_quantities(line: DocumentLine) -> None:
    """Refuse to ship or invoice more than there is (erp 8.2)."""
    if not isinstance(line, SalesOrderLine):
        return
    if abs(line.quantity) < abs(line.shipped_quantity):
        raise field_test(f"Quantity must not be less than Quantity Shipped in Sales Line: Line No.={line.sequence}.")
    most = line.quantity - line.shipped_quantity
    if not _within(line.ship_quantity, most):
        raise dialog(f"You cannot ship more than {plain(most)} units.")
    most = line.shipped_quantity + line.ship_quantity - line.invoiced_quantity
    if not _within(line.invoice_quantity, most):
        raise dialog(f"You cannot invoice more than {plain(most)} units.")


def _within(value: Decimal, most: Decimal) -> bool:
    return 0 <= value <= most if most >= 0 else most <= value <= 0


def _discounted(line: L, given: Given, places: int) -> L:
    """Amount and percentage of the discount, one by the other. The percentage stays if quantity or price change."""
    amount = gross(line.quantity, line.unit_price, places)
    if "discount_amount" in given:
        discount = Decimal(given["discount_amount"])
        if not _within(discount, amount):
            raise dialog(f"The line discount amount must be between 0 and {plain(amount)}.")
        if discount != discount_of(discount, Decimal(100), places):
            discount = discount_of(discount, Decimal(100), places)
        return replace(line, discount_amount=discount, discount_percent=percent_of(amount, discount))
    if "discount_percent" in given:
        percent = Decimal(given["discount_percent"])
        if not 0 <= percent <= 100:
            raise dialog("The line discount percentage must be between 0 and 100.")
        line = replace(line, discount_percent=percent)
    elif not {"quantity", "unit_price"} & given.keys():
        return line
    if not line.discount_percent:
        return replace(line, discount_amount=ZERO)
    return replace(line, discount_amount=discount_of(amount, line.discount_percent, places))


def _to_ship(line: L, given: Given, quantity_before: Decimal) -> L:
    """What is to be shipped and invoiced: all that is left, unless the body says otherwise."""
    if not isinstance(line, SalesOrderLine):
        return line
    changes: dict[str, Decimal] = {}
    if line.quantity != quantity_before and "ship_quantity" not in given:
        changes["ship_quantity"] = line.quantity - line.shipped_quantity
    shipping = changes.get("ship_quantity", line.ship_quantity)
    if (changes or "ship_quantity" in given) and "invoice_quantity" not in given:
        changes["invoice_quantity"] = line.shipped_quantity + shipping - line.invoiced_quantity
    return replace(line, **changes) if changes else line
