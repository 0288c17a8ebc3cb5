"""What a line is about: an item, an account or nothing; its unit, its price, its tax (erp 8.2)."""

from __future__ import annotations

from decimal import Decimal
from typing import TypeVar

from msgspec.structs import replace

from handsel.testing.businesscentral.bodies import Given
from handsel.testing.businesscentral.books import Books
from handsel.testing.businesscentral.columns import NO_ID
from handsel.testing.businesscentral.refusals import dialog, field_test, unrelated
from handsel.testing.businesscentral.rows import Account, Customer, DocumentLine, Item, ItemUnit
from handsel.testing.businesscentral.seeds import TAXABLE

L = TypeVar("L", bound=DocumentLine)
NAMING = frozenset(("line_type", "item_id", "account_id", "line_object_number"))
"""The attributes that say what a line is about."""

_TABLES = {"Resource": "Resource", "Fixed_x0020_Asset": "Fixed Asset", "Charge": "Item Charge"}


def with_subject(books: Books, line: L, given: Given) -> L:
    """A line that is about what the values name, with the description, unit and price of that; not priced yet.

    Refuses items and accounts that are not there or blocked, and units that an item is not sold in.
    """
    kind = _kind(line, given)
    if kind == "Item":
        return _about_item(books, line, given)
    if kind == "Account":
        return _about_account(books, line, given)
    number = given.get("line_object_number", "")
    if kind in _TABLES or number:
        raise unrelated("No.", "Sales Line", str(number), _TABLES.get(kind, "Standard Text"))
    if given.get("quantity"):
        raise field_test("Type must have a value in Sales Line. It cannot be zero or empty.")
    return replace(line, line_type="Comment")


def with_tax(books: Books, line: L, customer: Customer, code: str) -> L:
    """A line with the percentage of a tax group, which is 0 for a customer who is not liable."""
    group = books.tax_groups.one("code", code)
    if group is None and code:
        raise unrelated("Tax Group Code", "Sales Line", code, "Tax Group")
    percent = group.percent if group is not None and customer.tax_liable else Decimal(0)
    return replace(line, tax_code=code, tax_percent=percent)


def unit_of(books: Books, item: Item, code: str) -> ItemUnit:
    """A unit that an item is sold in."""
    for unit in books.item_units.with_value("item_id", item.id):
        if unit.code == code:
            return unit
    raise unrelated("Unit of Measure Code", "Sales Line", code, "Item Unit of Measure")


def require_sold(item: Item) -> None:
    """Refuse an item that is blocked (erp 8.16)."""
    if item.blocked:
        raise field_test(f"Blocked must be equal to 'No'  in Item: No.={item.number}. Current value is 'Yes'.")


def _kind(line: DocumentLine, given: Given) -> str:
    if "line_type" in given:
        return str(given["line_type"])
    if given.get("item_id", NO_ID) != NO_ID:
        return "Item"
    if given.get("account_id", NO_ID) != NO_ID:
        return "Account"
    if given.get("line_object_number") and line.line_type == "Comment":
        return "Item"
    return line.line_type


def _about_item(books: Books, line: L, given: Given) -> L:
    item = _item(books, given)
    require_sold(item)
    code = _unit_code(books, given) or item.base_unit_of_measure_code
    unit, row = unit_of(books, item, code), books.units.one("code", code)
    return replace(
        line,
        line_type="Item",
        item_id=item.id,
        account_id=NO_ID,
        line_object_number=item.number,
        description=item.display_name,
        unit_of_measure_code=code,
        unit_of_measure_id=NO_ID if row is None else row.id,
        unit_price=item.unit_price * unit.quantity,
        tax_code=item.tax_group_code,
    )


def _about_account(books: Books, line: L, given: Given) -> L:
    account = _account(books, given)
    if account.blocked or not account.direct_posting:
        name = "Blocked" if account.blocked else "Direct Posting"
        wanted, found = ("No", "Yes") if account.blocked else ("Yes", "No")
        raise field_test(
            f"{name} must be equal to '{wanted}'  in G/L Account: No.={account.number}. Current value is '{found}'."
        )
    code = _unit_code(books, given)
    row = books.units.one("code", code)
    return replace(
        line,
        line_type="Account",
        account_id=account.id,
        item_id=NO_ID,
        line_object_number=account.number,
        description=account.display_name,
        unit_of_measure_code=code,
        unit_of_measure_id=NO_ID if row is None else row.id,
        tax_code=TAXABLE,
    )


def _item(books: Books, given: Given) -> Item:
    number, key = str(given.get("line_object_number", "")), str(given.get("item_id", NO_ID))
    by_number = books.items.one("number", number) if number else None
    by_id = books.items.get(key)
    if key != NO_ID and by_id is None:
        raise dialog('The "itemId" does not match to an Item.')
    if number and by_number is None:
        raise unrelated("No.", "Sales Line", number, "Item")
    if by_id is not None and by_number is not None and by_id is not by_number:
        raise dialog("The item values do not match to a specific Item.")
    found = by_id or by_number
    if found is None:
        raise field_test("No. must have a value in Sales Line. It cannot be zero or empty.")
    return found


def _account(books: Books, given: Given) -> Account:
    number, key = str(given.get("line_object_number", "")), str(given.get("account_id", NO_ID))
    found = books.accounts.one("number", number) if number else books.accounts.get(key)
    if found is None or (key != NO_ID and found.id != key):
        if number:
            raise unrelated("No.", "Sales Line", number, "G/L Account")
        raise dialog('The "accountId" does not match to an Account.')
    return found


def _unit_code(books: Books, given: Given) -> str:
    code, key = str(given.get("unit_of_measure_code", "")), str(given.get("unit_of_measure_id", NO_ID))
    if not code and key != NO_ID:
        row = books.units.get(key)
        if row is None:
            raise dialog('The "unitOfMeasureId" does not match to a Unit of Measure.')
        code = row.code
    if code and books.units.one("code", code) is None:
        raise unrelated("Unit of Measure Code", "Sales Line", code, "Unit of Measure")
    return code
