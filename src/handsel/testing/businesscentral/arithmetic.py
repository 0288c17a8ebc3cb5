"""Amounts of lines and documents, rounded as Business Central rounds them (erp 8.17).

A line's gross is quantity times unit price, rounded; its discount is an amount, of which the percentage is worked out,
or the other way round. The document's discount is spread over the lines by their amounts, the remainder carried from
line to line, so that the parts add up to the cent; tax is worked out in the same way for each percentage.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from msgspec.structs import replace

from handsel.money.rounding import exact_arithmetic, round_amount
from handsel.testing.businesscentral.rows import ZERO, DocumentLine

HUNDRED = Decimal(100)
PERCENT_PLACES = 5
L = TypeVar("L", bound=DocumentLine)


@dataclass(frozen=True)
class Totals:
    """The sums of a document."""

    without_tax: Decimal
    tax: Decimal
    with_tax: Decimal


def gross(quantity: Decimal, unit_price: Decimal, places: int) -> Decimal:
    """A line's amount before any discount, in the document's currency."""
    with exact_arithmetic():
        return round_amount(quantity * unit_price, places)


def discount_of(amount: Decimal, percent: Decimal, places: int) -> Decimal:
    """The discount that a percentage of an amount is."""
    with exact_arithmetic():
        return round_amount(amount * percent / HUNDRED, places)


def percent_of(amount: Decimal, discount: Decimal) -> Decimal:
    """The percentage of an amount that a discount is; 0 of nothing."""
    with exact_arithmetic():
        return round_amount(discount / amount * HUNDRED, PERCENT_PLACES) if amount else ZERO


def share(whole: Decimal, part: Decimal, of: Decimal, places: int) -> Decimal:
    """The part of an amount that belongs to `part` of a quantity `of`."""
    with exact_arithmetic():
        return round_amount(whole * part / of, places) if of else ZERO


class Spreading:
    """Shares of an amount, each rounded; what rounding took or gave is carried to the next."""

    def __init__(self, places: int) -> None:
        self._places = places
        self._carried = ZERO

    def part(self, exact: Decimal) -> Decimal:
        """The next share."""
        wanted = self._carried + exact
        rounded = round_amount(wanted, self._places)
        self._carried = wanted - rounded
        return rounded


def base_of_discount(lines: Sequence[DocumentLine], places: int) -> Decimal:
    """What a document's discount may be taken from: the lines' amounts."""
    return sum((gross(line.quantity, line.unit_price, places) - line.discount_amount for line in lines), ZERO)


def recalculated(lines: Sequence[L], discount: Decimal, places: int) -> tuple[list[L], Totals]:
    """The lines with all their amounts, and the sums. `discount` is the document's, in its currency."""
    with exact_arithmetic():
        amounts = [round_amount(line.quantity * line.unit_price, places) - line.discount_amount for line in lines]
        base = sum(amounts, ZERO)
        discounts, taxes = Spreading(places), dict[Decimal, Spreading]()
        priced: list[L] = []
        net_total = tax_total = ZERO
        for line, amount in zip(lines, amounts, strict=True):
            allocation = discounts.part(discount * amount / base) if base and discount else ZERO
            rate = line.tax_percent / HUNDRED
            net = amount - allocation
            tax = round_amount(amount * rate, places)
            net_tax = taxes.setdefault(rate, Spreading(places)).part(net * rate)
            priced.append(
                replace(
                    line,
                    amount_excluding_tax=amount,
                    total_tax_amount=tax,
                    amount_including_tax=amount + tax,
                    invoice_discount_allocation=allocation,
                    net_amount=net,
                    net_tax_amount=net_tax,
                    net_amount_including_tax=net + net_tax,
                )
            )
            net_total += net
            tax_total += net_tax
    return priced, Totals(net_total, tax_total, net_total + tax_total)
