"""The price of one unit and the volume discount on it, depending on the source of the line's price."""

from decimal import Decimal

from handsel.money.rounding import at_scale, round_amount
from handsel.pricing.discounts import range_for, volume_discount
from handsel.pricing.errors import PriceError, PricingErrorCode
from handsel.pricing.methods.registry import METHODS
from handsel.pricing.request import LineKind, LineRequest, PriceListItem
from handsel.pricing.rounding_policy import follow_rounding_policy
from handsel.pricing.trace import Trace

_ZERO = Decimal(0)
_NO_ERROR = PricingErrorCode.NONE
_UNIT_DISCOUNT = "volume discount on one unit"
_CATALOG = LineKind.CATALOG
_LOCKED = LineKind.LOCKED


def unit_price(
    line: LineRequest, quantity: Decimal, price_precision: int, trace: Trace | None
) -> tuple[Decimal, Decimal]:
    """The price per unit, rounded to the price precision, and the volume discount on one unit, not rounded yet.

    Raises PriceError with the code the line gets.
    """
    kind = line.kind
    if kind is _CATALOG:
        if line.item_error is not _NO_ERROR:
            raise PriceError(line.item_error)
        item = line.item
        if item is None:
            return _nothing(line, price_precision, trace)
        price = catalog_price(item, line, price_precision, trace)
        return price, _volume_discount(item, line, price, quantity, trace)
    given = line.given_price
    if given is None:
        raise PriceError(PricingErrorCode.MISSING_UNIT_PRICE)
    if kind is _LOCKED:
        present = at_scale(given, price_precision)  # stays, even if prices have fewer decimals by now (pricing 9.2)
        return present, _locked_discount(line, present, quantity, trace)
    price = round_amount(given, price_precision)
    if trace is not None:
        trace.add(line.key, "priceperunit", "price typed on the line", (("typed price", given),), price)
    return price, _ZERO  # pricing 2.5: no volume discount for overridden and write-in lines


def catalog_price(item: PriceListItem, line: LineRequest, price_precision: int, trace: Trace | None = None) -> Decimal:
    """The price of the price list item for one of the line's unit, in the document's currency (pricing 2.3, 2.4).

    Raises PriceError.
    """
    code = item.pricing_method
    if code is None:
        raise PriceError(PricingErrorCode.MISSING_PRICING_CODE)
    method = METHODS.get(code)
    if method is None:
        raise PriceError(PricingErrorCode.INVALID_PRICING_CODE)
    unrounded = method.formula(item, line)
    wanted = unrounded
    if method.has_rounding_policy:
        wanted = follow_rounding_policy(unrounded, item.rounding_policy, item.rounding_option, item.rounding_amount)
    price = round_amount(wanted, price_precision)
    if trace is not None:
        rule, inputs = method.rule, method.inputs(item, line)
        if wanted != unrounded:
            rule += ", by the item's rounding policy"
            inputs += (
                ("before the policy", round_amount(unrounded, 6)),
                ("rounding amount", item.rounding_amount or _ZERO),
            )
        trace.add(line.key, "priceperunit", f"{rule}, rounded to {price_precision} decimals", inputs, price)
    return price


def _nothing(line: LineRequest, price_precision: int, trace: Trace | None) -> tuple[Decimal, Decimal]:
    price = round_amount(_ZERO, price_precision)
    if trace is not None:
        trace.add(line.key, "priceperunit", "0, as price lists are optional and none holds the product", (), price)
    return price, _ZERO


def _locked_discount(line: LineRequest, price: Decimal, quantity: Decimal, trace: Trace | None) -> Decimal:
    if trace is not None:
        trace.add(line.key, "priceperunit", "present price, as prices are locked", (("present price", price),), price)
    settled = line.settled
    if settled is not None:
        return settled.volume_discount_amount  # pricing 3: recomputed only when the quantity changes
    return _ZERO if line.item is None else _volume_discount(line.item, line, price, quantity, trace)


def _volume_discount(
    item: PriceListItem, line: LineRequest, price: Decimal, quantity: Decimal, trace: Trace | None
) -> Decimal:
    discounts = item.discount_list
    if discounts is None:
        return _ZERO
    discount = volume_discount(discounts, price, quantity)
    if trace is not None:
        found = range_for(discounts.ranges, quantity)
        value = None if found is None else found.amount if discounts.is_amount_type else found.percentage
        kind = "amount" if discounts.is_amount_type else "percentage"
        rule = f"{kind} off the price in the discount list's range for the quantity, not rounded"
        inputs = (("price", price), ("quantity", quantity))
        if value is None:
            trace.add(
                line.key, _UNIT_DISCOUNT, "0, as the quantity lies in no range of the discount list", inputs, discount
            )
        else:
            trace.add(line.key, _UNIT_DISCOUNT, rule, (*inputs, (kind, value)), discount)
    return discount
