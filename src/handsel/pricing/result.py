"""The result of the engine: priced lines and totals, whose constructors refuse parts that do not add up."""

from collections.abc import Hashable
from dataclasses import dataclass
from decimal import Decimal

from handsel.pricing.errors import PricingErrorCode

_NO_ERROR = PricingErrorCode.NONE
_ZERO = Decimal(0)
OUT_OF_RANGE = frozenset(
    {
        PricingErrorCode.PRICE_ATTRIBUTE_OUT_OF_RANGE,
        PricingErrorCode.BASE_CURRENCY_OVERFLOW,
        PricingErrorCode.BASE_CURRENCY_UNDERFLOW,
    }
)


class PartsDoNotAddUp(AssertionError):
    """A priced line or document contradicts itself: a defect of the code that built it, never of the data."""


@dataclass(frozen=True, slots=True)
class LineAmounts:
    """The money columns of a line, under their Python names, all in one currency."""

    price_per_unit: Decimal
    volume_discount_amount: Decimal
    base_amount: Decimal
    manual_discount_amount: Decimal
    tax: Decimal
    extended_amount: Decimal


@dataclass(frozen=True, slots=True)
class PricedLine:
    """One line with its amounts in the document's currency and, each converted by itself, in the base currency.

    ``line_discount`` is what the manual discount takes off this line: the column itself, or the column times the
    quantity by the per-unit method. With an error code the amounts are the last ones and are not part of the
    totals. Raises PartsDoNotAddUp unless extended amount = base amount - line discount + tax.
    """

    key: Hashable
    error_code: PricingErrorCode
    amounts: LineAmounts
    base: LineAmounts
    line_discount: Decimal

    def __post_init__(self) -> None:
        amounts = self.amounts
        if self.error_code is _NO_ERROR and (
            amounts.base_amount - self.line_discount + amounts.tax != amounts.extended_amount
        ):
            raise PartsDoNotAddUp(
                f"Line {self.key}: {amounts.base_amount} - {self.line_discount} + {amounts.tax} is not "
                f"{amounts.extended_amount}."
            )


@dataclass(frozen=True, slots=True)
class DocumentTotals:
    """The money columns of a document, under their Python names, all in one currency."""

    discount_amount: Decimal
    freight_amount: Decimal
    total_line_item_amount: Decimal
    total_line_item_discount_amount: Decimal
    total_discount_amount: Decimal
    total_amount_less_freight: Decimal
    total_tax: Decimal
    total_amount: Decimal


@dataclass(frozen=True, slots=True)
class PricedDocument:
    """The whole document. ``percent_discount`` is the amount the header's percentage takes off.

    ``error_code`` is 1 when a line is in error, 35 to 37 when the totals themselves are out of range; these are the
    last ones then. Raises PartsDoNotAddUp when the totals are not those of the lines.
    """

    error_code: PricingErrorCode
    lines: tuple[PricedLine, ...]
    totals: DocumentTotals
    base: DocumentTotals
    percent_discount: Decimal

    def __post_init__(self) -> None:
        if self.error_code in OUT_OF_RANGE:
            return
        totals = self.totals
        net = line_discounts = tax = _ZERO
        for line in self.lines:
            if line.error_code is _NO_ERROR:
                amounts = line.amounts
                net += amounts.extended_amount - amounts.tax
                line_discounts += line.line_discount
                tax += amounts.tax
        less_freight = net - self.percent_discount - totals.discount_amount
        if (
            net != totals.total_line_item_amount
            or line_discounts != totals.total_line_item_discount_amount
            or tax != totals.total_tax
            or line_discounts + self.percent_discount + totals.discount_amount != totals.total_discount_amount
            or less_freight != totals.total_amount_less_freight
            or less_freight + totals.freight_amount + tax != totals.total_amount
        ):
            raise PartsDoNotAddUp(f"{totals} are not the totals of the document's {len(self.lines)} lines.")
