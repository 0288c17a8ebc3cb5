"""The inputs of price methods; each raises PriceError with its pricing error code if missing (pricing 8)."""

from decimal import Decimal

from handsel.pricing.errors import PriceError, PricingErrorCode
from handsel.pricing.request import LineRequest, PriceListItem, ProductFacts
from handsel.pricing.units import UnitRatio


def percentage(item: PriceListItem, limits: tuple[Decimal, Decimal]) -> Decimal:
    """The item's percentage. Raises PriceError 13 without one, 18 outside the limits."""
    value = item.percentage
    if value is None:
        raise PriceError(PricingErrorCode.MISSING_PRICE_LEVEL_PERCENTAGE)
    lowest, highest = limits
    if not lowest <= value <= highest:
        raise PriceError(PricingErrorCode.INVALID_PRICE_LEVEL_PERCENTAGE)
    return value


def list_price(line: LineRequest) -> Decimal:
    """The product's list price. Raises PriceError 6, 34, 14 or 19."""
    return _amount(_product(line).list_price, PricingErrorCode.MISSING_PRICE, PricingErrorCode.INVALID_PRICE)


def current_cost(line: LineRequest) -> Decimal:
    """The product's current cost. Raises PriceError 6, 34, 15 or 20."""
    return _amount(
        _product(line).current_cost, PricingErrorCode.MISSING_CURRENT_COST, PricingErrorCode.INVALID_CURRENT_COST
    )


def standard_cost(line: LineRequest) -> Decimal:
    """The product's standard cost. Raises PriceError 6, 34, 16 or 21."""
    return _amount(
        _product(line).standard_cost, PricingErrorCode.MISSING_STANDARD_COST, PricingErrorCode.INVALID_STANDARD_COST
    )


def ratio(line: LineRequest) -> UnitRatio:
    """The line's unit against the product's default unit. Raises PriceError with the code of what is missing."""
    found = line.unit_ratio
    if isinstance(found, PricingErrorCode):
        raise PriceError(found)
    return found


def _product(line: LineRequest) -> ProductFacts:
    product = line.product
    if product is None:
        raise PriceError(PricingErrorCode.MISSING_PRODUCT)
    if not product.has_list_currency:
        raise PriceError(PricingErrorCode.INVALID_PRICE_LEVEL_CURRENCY)
    return product


def _amount(value: Decimal | None, missing: PricingErrorCode, invalid: PricingErrorCode) -> Decimal:
    if value is None:
        raise PriceError(missing)
    if value < 0:
        raise PriceError(invalid)
    return value
