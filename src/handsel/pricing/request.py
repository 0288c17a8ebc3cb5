"""The input of the engine: one document, its lines, and every fact their prices depend on.

All amounts are in the document's currency, quantities in the line's unit, prices per one of the line's unit unless a
docstring says otherwise. ``None`` stands for an empty column.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from handsel.money.currency import Currency, require_precision
from handsel.pricing.errors import PricingErrorCode
from handsel.pricing.options import DiscountMethod
from handsel.pricing.result import DocumentTotals
from handsel.pricing.units import SAME_UNIT, UnitRatio


class LineKind(Enum):
    """Where a line's price comes from. An optional bundle product is an ordinary catalog line (pricing 7)."""

    CATALOG = "catalog"
    OVERRIDDEN = "overridden"
    WRITE_IN = "write_in"
    LOCKED = "locked"
    BUNDLE_REQUIRED = "bundle_required"


@dataclass(frozen=True, slots=True)
class PricingSettings:
    """The settings of the organization and the document's currency (pricing 1).

    ``price_precision`` and ``base_precision`` are 0 to 4 decimals. ``round_unit_discount`` rounds a volume discount
    before it is multiplied by the quantity (pricing 4, off as in Dynamics). Raises ValueError for another
    precision.
    """

    currency: Currency
    price_precision: int = 2
    base_precision: int = 2
    discount_method: DiscountMethod = DiscountMethod.LINE_ITEM
    round_unit_discount: bool = False

    def __post_init__(self) -> None:
        require_precision(self.price_precision, "The pricing precision")
        require_precision(self.base_precision, "The precision of the base currency")


@dataclass(frozen=True, slots=True)
class DiscountRange:
    """One row of a discount list: from ``low_quantity`` to ``high_quantity``, both included."""

    low_quantity: Decimal
    high_quantity: Decimal
    percentage: Decimal | None = None
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class DiscountList:
    """A volume discount list. ``has_list_currency``: an amount list has the price list's currency (pricing 3)."""

    is_amount_type: bool
    ranges: tuple[DiscountRange, ...]
    has_list_currency: bool = True


@dataclass(frozen=True, slots=True)
class PriceListItem:
    """One row of a price list. Codes are the stored numbers, so that a wrong one can be reported (pricing 2.2)."""

    pricing_method: int | None
    amount: Decimal | None = None
    percentage: Decimal | None = None
    rounding_policy: int | None = None
    rounding_option: int | None = None
    rounding_amount: Decimal | None = None
    quantity_selling: int | None = None
    discount_list: DiscountList | None = None
    has_currency: bool = True


@dataclass(frozen=True, slots=True)
class ProductFacts:
    """A product: list price and costs of one default unit, in the product's currency.

    ``quantity_decimal`` is the number of decimals a quantity may have where no price list item decides.
    ``has_list_currency``: the product's currency is the price list's (pricing 2.3).
    """

    list_price: Decimal | None = None
    current_cost: Decimal | None = None
    standard_cost: Decimal | None = None
    quantity_decimal: int | None = None
    has_list_currency: bool = True


@dataclass(frozen=True, slots=True)
class StoredAmounts:
    """The amounts in the line's row now, with its pricing error code."""

    price_per_unit: Decimal
    volume_discount_amount: Decimal
    base_amount: Decimal
    extended_amount: Decimal
    error_code: PricingErrorCode = PricingErrorCode.NONE


@dataclass(frozen=True, slots=True)
class LineRequest:
    """One line to price.

    ``given_price``: the typed price of an overridden or write-in line, the present price of a locked one.
    ``item``, ``item_error``: what :func:`handsel.pricing.price_list.resolve_item` found.
    ``unit_ratio``: what :func:`handsel.pricing.units.unit_ratio` found; only percent methods need it.
    ``stored``: the row's amounts, None for a new line. ``quantity_changed``: the quantity differs from the one they
    were computed with. ``is_written``: the caller writes this line now, so a broken rule refuses the write; a line
    that is only priced again takes a code instead. ``takes_list_price``: a price of the catalog is wanted now, so a
    document without a price list is refused instead of losing the line from its total. ``label`` names the line in
    refusals.
    """

    key: Hashable
    kind: LineKind = LineKind.CATALOG
    quantity: Decimal | None = Decimal(1)
    given_price: Decimal | None = None
    manual_discount_amount: Decimal | None = None
    tax: Decimal | None = None
    item: PriceListItem | None = None
    item_error: PricingErrorCode = PricingErrorCode.NONE
    product: ProductFacts | None = None
    unit_ratio: UnitRatio | PricingErrorCode = SAME_UNIT
    stored: StoredAmounts | None = None
    quantity_changed: bool = True
    is_written: bool = True
    takes_list_price: bool = False
    label: str = ""

    @property
    def settled(self) -> StoredAmounts | None:
        """The stored amounts if they still follow from the line's price and quantity, else None."""
        stored = self.stored
        return None if stored is None or stored.error_code or self.quantity_changed else stored


@dataclass(frozen=True, slots=True)
class DocumentRequest:
    """One opportunity, quote, order or invoice. ``stored_totals`` stay if the new ones are out of range."""

    settings: PricingSettings
    lines: tuple[LineRequest, ...] = ()
    discount_percentage: Decimal | None = None
    discount_amount: Decimal | None = None
    freight_amount: Decimal | None = None
    stored_totals: DocumentTotals | None = None
