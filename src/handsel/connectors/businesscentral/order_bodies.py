"""What an order of ours is in Business Central: its head, lines and discount as the API takes them (erp 4, 8.1, 8.2).

Each line's amount there is ours to the cent: its discount is what quantity × price exceeds our net by, whatever kinds
of discounts led to it. Tax is theirs.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from handsel.chain.document.snapshot.lines import LineSnapshot
from handsel.chain.handover.order_snapshot import OrderSnapshot
from handsel.connectors.businesscentral.client import Row
from handsel.connectors.contract import RejectedByThem
from handsel.json_value import Json
from handsel.money.rounding import exact_arithmetic, round_amount

ZERO = Decimal(0)
LONGEST_NUMBER = 35
"""Letters of `externalDocumentNumber`."""
LONGEST_TEXT = 100
"""Letters of a line's description."""
PRICE_PLACES = 5
"""Decimals of a unit price that Business Central keeps."""
_ADDRESS = (
    ("AddressLine1", "line1", 100),
    ("AddressLine2", "line2", 50),
    ("City", "city", 30),
    ("State", "stateorprovince", 30),
    ("PostCode", "postalcode", 20),
    ("Country", "country", 10),
)
"""What of an address is called how, there and here, and how many letters it has there."""


@dataclass(frozen=True, slots=True)
class Accounts:
    """What stands for freight and write-ins there, by number; None where it is not configured."""

    freight: str | None = None
    write_in_item: str | None = None
    write_in_account: str | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """An order as it shall be there. `without_tax` is its total in a currency of `places` decimals.

    `remarks` are sentences about what could not be told in full.
    """

    number: str
    head: Row
    lines: tuple[Row, ...]
    discount: Decimal
    without_tax: Decimal
    places: int
    remarks: tuple[str, ...]


def wanted(order: OrderSnapshot, customer: str, accounts: Accounts, unit: Callable[[str], str | None]) -> Wanted:
    """The bodies of an order for a customer's number; `unit` finds a unit's code. Raises RejectedByThem for what has no
    place there.
    """
    places = order.currency.precision
    number, totals = order.number, order.totals
    if not number:
        raise RejectedByThem("The order has no number, by which it is found again in Business Central.")
    if len(number) > LONGEST_NUMBER:
        raise RejectedByThem(
            f"Business Central takes order numbers of {LONGEST_NUMBER} letters; this has {len(number)}."
        )
    remarks: list[str] = []
    head: Row = {
        "externalDocumentNumber": number,
        "customerNumber": customer,
        "currencyCode": order.currency.code,
        **_day("orderDate", order.header.get("submitdate")),
        **_day("requestedDeliveryDate", order.header.get("requestdeliveryby")),
        **_address(order.header, "billto", "billTo", remarks),
        **_address(order.header, "shipto", "shipTo", remarks),
        **_receiver(order.header, remarks),
    }
    with exact_arithmetic():
        lines = [body for line in order.lines for body in _lines(line, order.product_numbers, accounts, unit, places)]
        if totals.freight:
            lines.append(_freight(totals.freight, accounts))
        discount = (totals.detail_amount or ZERO) - (totals.before_freight or ZERO)
        if discount < 0:
            raise RejectedByThem("The order's discount is below zero, which Business Central does not take.")
        without_tax = (totals.total or ZERO) - (totals.tax or ZERO)
    return Wanted(number, head, tuple(lines), discount, without_tax, places, tuple(remarks))


def priced(quantity: Decimal, price: Decimal, net: Decimal, places: int) -> tuple[Decimal, Decimal] | None:
    """A price per unit and a discount with which a line's amount is `net`: the price as it is if that can be.

    None if no price leads there, as for a quantity of 0 that costs something.
    """
    with exact_arithmetic():
        price = round_amount(price, PRICE_PLACES)
        for each in (price, _reaching(quantity, net)):
            gross = round_amount(quantity * each, places)
            discount = gross - net
            if 0 <= discount <= gross or gross <= discount <= 0:
                return each, discount
    return None


def _reaching(quantity: Decimal, net: Decimal) -> Decimal:
    """The lowest price with which a quantity costs `net` or more."""
    if not quantity:
        return ZERO
    exact = net / quantity
    price = round_amount(exact, PRICE_PLACES)
    return price if price >= exact else price + Decimal(1).scaleb(-PRICE_PLACES)


def _lines(
    line: LineSnapshot,
    numbers: Mapping[UUID, str],
    accounts: Accounts,
    unit: Callable[[str], str | None],
    places: int,
) -> Iterator[Row]:
    quantity, net = line.quantity or ZERO, line.net or ZERO
    found = priced(quantity, line.price_per_unit or ZERO, net, places)
    if found is None:
        raise RejectedByThem(
            f"Line '{line.product}' costs {net} at a quantity of {quantity}, which no price leads to. "
            "Mend the quantity."
        )
    price, discount = found
    first, *others = textwrap.wrap(line.product, LONGEST_TEXT) or [""]
    yield {
        **_subject(line, numbers, accounts),
        **_unit(line, unit),
        "description": first,
        "quantity": quantity,
        "unitPrice": price,
        "discountAmount": discount,
    }
    for text in others:
        yield {"lineType": "Comment", "description": text}


def _unit(line: LineSnapshot, unit: Callable[[str], str | None]) -> Row:
    """The unit, which stands before quantity and price: it would bring its own price."""
    if line.is_written_in or not line.unit:
        return {}
    code = unit(line.unit)
    if code is None:
        raise RejectedByThem(
            f"There is no unit '{line.unit}' in Business Central, in which '{line.product}' is sold. "
            "Make it there, by this code or name."
        )
    return {"unitOfMeasureCode": code}


def _subject(line: LineSnapshot, numbers: Mapping[UUID, str], accounts: Accounts) -> Row:
    if not line.is_written_in:
        number = numbers.get(line.row["productid"], "")
        if not number:
            raise RejectedByThem(f"The product '{line.product}' has no ID, by which it is an item in Business Central.")
        return {"lineType": "Item", "lineObjectNumber": number}
    if accounts.write_in_item:
        return {"lineType": "Item", "lineObjectNumber": accounts.write_in_item}
    if accounts.write_in_account:
        return {"lineType": "Account", "lineObjectNumber": accounts.write_in_account}
    raise RejectedByThem(
        f"'{line.product}' is a write-in, and the connector has nothing that stands for those. Set it up with "
        "--write-in-item or --write-in-account."
    )


def _freight(amount: Decimal, accounts: Accounts) -> Row:
    if not accounts.freight:
        raise RejectedByThem(
            "The order has freight, and the connector has no account for it. Set it up with --freight-account."
        )
    return {
        "lineType": "Account",
        "lineObjectNumber": accounts.freight,
        "description": "Freight",
        "quantity": Decimal(1),
        "unitPrice": amount,
        "discountAmount": ZERO,
    }


def _day(name: str, value: object) -> Row:
    return {name: str(value)[:10]} if value is not None else {}


def _address(header: Mapping[str, object], ours: str, theirs: str, remarks: list[str]) -> Row:
    """An address, all of it if any part is filled; else theirs is the customer's (erp 4.1)."""
    values = {part: str(header.get(f"{ours}_{part}") or "").strip() for _name, part, _longest in _ADDRESS}
    if not any(values.values()):
        return {}
    further = str(header.get(f"{ours}_line3") or "").strip()
    values["line2"] = ", ".join(text for text in (values["line2"], further) if text)
    if len(values["country"]) != 2:  # theirs is a code
        if values["country"]:
            remarks.append(f"The country '{values['country']}' is no code of two letters and was left out.")
        del values["country"]
    return {
        f"{theirs}{name}": _cut(values[part], longest, remarks) for name, part, longest in _ADDRESS if part in values
    }


def _receiver(header: Mapping[str, object], remarks: list[str]) -> Row:
    names = {"shipToName": header.get("shipto_name"), "shipToContact": header.get("shipto_contactname")}
    return {name: _cut(str(text), LONGEST_TEXT, remarks) for name, text in names.items() if text}


def _cut(text: str, longest: int, remarks: list[str]) -> Json:
    if len(text) > longest:
        remarks.append(f"'{text}' was cut to {longest} letters.")
    return text[:longest].rstrip()
