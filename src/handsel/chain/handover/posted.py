"""What another system says of an order it has: an invoice it posted, a payment, a refusal; checked when it is made."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from handsel.errors import InvalidValue, abbreviated

_ZERO = Decimal(0)
LONGEST_NAME = 100
"""Characters of the id and the number of an invoice."""


@dataclass(frozen=True, slots=True)
class PostedLine:
    """A line of a posted invoice. Amounts are in the invoice's currency, `quantity` in the line's unit.

    `discount` is that of the line, which `net` is without; `amount` is `net` with `tax`. The order's line that it
    invoices is named by `order_line`, its id here, or by `number`, its number on the order; a line of neither is
    something that the other system added, such as a fee.
    """

    quantity: Decimal
    price: Decimal
    net: Decimal
    tax: Decimal = _ZERO
    discount: Decimal = _ZERO
    amount: Decimal | None = None
    order_line: str = ""
    number: int | None = None
    text: str = ""

    @property
    def total(self) -> Decimal:
        """The line's amount with tax."""
        return self.net + self.tax


@dataclass(frozen=True, slots=True)
class PostedInvoice:
    """An invoice as the other system posted it (erp 6). Amounts are in `currency`, the ISO code.

    `id` never changes there. `net` is the total without tax: all lines less `discount`, with `freight`. `is_complete`
    says that nothing of the order is left to invoice. Raises InvalidValue for amounts that do not add up.
    """

    id: str
    number: str
    currency: str
    net: Decimal
    tax: Decimal
    total: Decimal
    lines: tuple[PostedLine, ...]
    discount: Decimal = _ZERO
    freight: Decimal = _ZERO
    due_on: date | None = None
    delivered_on: date | None = None
    is_complete: bool = False
    description: str = ""

    def __post_init__(self) -> None:
        for what, value in (("id", self.id), ("number", self.number)):
            if not 0 < len(value) <= LONGEST_NAME:
                raise InvalidValue(
                    f"An invoice's {what} has 1 to {LONGEST_NAME} characters, not {len(value)}. Send the one it was "
                    "posted under."
                )
        if not self.lines:
            raise InvalidValue(f"{self._called} has no lines. Send what was invoiced.")
        for position, line in enumerate(self.lines, 1):
            if line.amount is not None and line.amount != line.total:
                raise InvalidValue(
                    f"{self._called} does not add up: in line {position}, {line.net:f} without tax and {line.tax:f} "
                    f"tax are {line.total:f}, not {line.amount:f}. Send it again with the right amounts."
                )
        net = self.lines_net - self.discount + self.freight
        if net != self.net:
            raise InvalidValue(
                f"{self._called} does not add up: its lines ({self.lines_net:f}) less the discount "
                f"({self.discount:f}) with freight ({self.freight:f}) are {net:f} without tax, not {self.net:f}. Send "
                "it again with the right amounts."
            )
        if self.net + self.tax != self.total:
            raise InvalidValue(
                f"{self._called} does not add up: {self.net:f} without tax and {self.tax:f} tax are "
                f"{self.net + self.tax:f}, not {self.total:f}. Send it again with the right amounts."
            )

    @property
    def _called(self) -> str:
        return f"Invoice {abbreviated(self.number)}"

    @property
    def amounts(self) -> tuple[Decimal, ...]:
        """Every amount but the prices per unit."""
        lines = (amount for line in self.lines for amount in (line.net, line.tax, line.discount))
        return (self.net, self.tax, self.total, self.discount, self.freight, *lines)

    @property
    def lines_net(self) -> Decimal:
        """All lines without tax."""
        return sum((line.net for line in self.lines), _ZERO)

    def fingerprint(self, order: str) -> str:
        """The same text for the same invoice of the same order, another for one that was changed."""
        return hashlib.sha256(
            repr((order, self._values(), [_values(line) for line in self.lines])).encode()
        ).hexdigest()

    def _values(self) -> tuple[str, ...]:
        amounts = (self.net, self.tax, self.total, self.discount, self.freight)
        days = (self.due_on, self.delivered_on)
        return (self.id, self.number, self.currency, *map(_plain, amounts), *map(str, days), self.description)


def _values(line: PostedLine) -> tuple[str, ...]:
    amounts = (line.quantity, line.price, line.net, line.tax, line.discount)
    return (*map(_plain, amounts), line.order_line.lower(), str(line.number), line.text)


def _plain(amount: Decimal) -> str:
    return f"{amount.normalize():f}"


@dataclass(frozen=True, slots=True)
class InvoiceOf:
    """An invoice for an order, which `order` names: its id or number here, or its id or number there."""

    order: str
    invoice: PostedInvoice


@dataclass(frozen=True, slots=True)
class PaymentOf:
    """What is left to pay of an invoice, which `invoice` names: its id there. In the invoice's currency."""

    invoice: str
    remaining: Decimal


@dataclass(frozen=True, slots=True)
class RefusalOf:
    """The other system refuses an order that it had taken, in its own words; `order` as in `InvoiceOf`."""

    order: str
    reason: str


Posted = InvoiceOf | PaymentOf | RefusalOf
