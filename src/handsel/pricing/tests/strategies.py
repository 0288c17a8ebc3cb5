"""Random documents for property tests, and their prices worked out again in whole numbers and fractions."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import settings
from hypothesis import strategies as st

from handsel.money.currency import Currency
from handsel.pricing.options import DiscountMethod
from handsel.pricing.request import (
    DiscountList,
    DiscountRange,
    DocumentRequest,
    LineKind,
    LineRequest,
    PriceListItem,
    PricingSettings,
    ProductFacts,
)
from handsel.pricing.units import UnitRatio

exactly = settings(derandomize=True, max_examples=100, deadline=None)


def numbers(low: int, high: int, places: int) -> st.SearchStrategy[Decimal]:
    """Decimals between two whole numbers with this many places."""
    return st.decimals(min_value=low, max_value=high, places=places, allow_nan=False, allow_infinity=False)


discount_lists = st.one_of(
    st.none(),
    st.builds(
        DiscountList,
        st.booleans(),
        st.builds(
            lambda middle, percentage, amount: (
                DiscountRange(Decimal(1), Decimal(middle), percentage, amount),
                DiscountRange(Decimal(middle + 2), Decimal(1000), percentage * 2, amount * 2),
            ),
            st.integers(1, 50),
            numbers(0, 50, 2),
            numbers(0, 9, 2),
        ),
    ),
)
items = st.builds(
    PriceListItem,
    pricing_method=st.integers(1, 6),
    amount=numbers(0, 100000, 4),
    percentage=numbers(0, 99, 2),
    rounding_policy=st.integers(1, 4),
    rounding_option=st.integers(1, 2),
    rounding_amount=numbers(1, 150, 2) | numbers(0, 1, 2).filter(bool),
    quantity_selling=st.just(3),
    discount_list=discount_lists,
)
products = st.builds(ProductFacts, numbers(0, 9999, 4), numbers(0, 9999, 4), numbers(0, 9999, 4))
ratios = st.builds(UnitRatio, st.sampled_from((Decimal(1), Decimal(12), Decimal("2.5"))), numbers(1, 144, 0))
typed_kinds = st.sampled_from((LineKind.OVERRIDDEN, LineKind.WRITE_IN, LineKind.BUNDLE_REQUIRED))
quantities = numbers(-100, 1000, 5) | numbers(1, 60, 0)
coins = st.none() | numbers(-50, 500, 4)


@st.composite
def documents(draw: st.DrawFn) -> DocumentRequest:
    """A document of up to six lines of every kind, in any currency."""
    places = st.integers(0, 4)
    rate = draw(st.just(Decimal(1)) | numbers(0, 200, 10).filter(bool))
    lines = []
    for key in range(draw(st.integers(0, 6))):
        catalog = draw(st.booleans())
        lines.append(
            LineRequest(
                key=key,
                kind=LineKind.CATALOG if catalog else draw(typed_kinds),
                quantity=draw(quantities),
                given_price=None if catalog else draw(numbers(-5000, 5000, 4)),
                manual_discount_amount=draw(coins),
                tax=draw(coins),
                item=draw(items) if catalog else None,
                product=draw(products),
                unit_ratio=draw(ratios),
            )
        )
    return DocumentRequest(
        PricingSettings(
            Currency("XTS", draw(places), rate),
            draw(places),
            draw(places),
            draw(st.sampled_from(DiscountMethod)),
            draw(st.booleans()),
        ),
        tuple(lines),
        draw(st.none() | numbers(0, 100, 2)),
        draw(coins),
        draw(coins),
    )


def coins_of(value: Fraction | Decimal | None, places: int) -> int:
    """The value as a whole number of smallest coins, half away from zero, by integer arithmetic alone."""
    exact = Fraction(value or 0) * 10**places
    whole: int = (2 * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator)
    return whole if exact >= 0 else -whole


def unit_price_as_fraction(item: PriceListItem, product: ProductFacts, units: UnitRatio) -> Fraction:
    """The price before rounding to coins, with the rounding policy, in fractions."""
    facts = [product.list_price, product.current_cost, product.current_cost]
    facts += [product.standard_cost, product.standard_cost]
    if item.pricing_method == 1:
        return Fraction(item.amount or 0)
    method, part = item.pricing_method or 0, Fraction(item.percentage or 0) / 100
    basis = Fraction(facts[method - 2] or 0) * Fraction(units.line_unit) / Fraction(units.default_unit)
    factor = {2: part, 3: 1 + part, 4: 1 / (1 - part), 5: 1 + part, 6: 1 / (1 - part)}[method]
    return _tag(basis * factor, item)


def _tag(price: Fraction, item: PriceListItem) -> Fraction:
    if item.rounding_policy == 1:
        return price
    amount = Fraction(item.rounding_amount or 0)
    period, ending = amount, Fraction(0)
    if item.rounding_option == 1:
        period, ending = Fraction(1), amount
        while ending >= period and ending >= 1:
            period *= 10
    below = (price - ending) // period * period + ending
    above = below if below == price else below + period
    nearest = below if price - below < above - price else above
    return max(Fraction(0), {2: above, 3: below, 4: nearest}[item.rounding_policy or 0])


def in_coins(request: DocumentRequest) -> tuple[list[int], list[int]]:
    """Extended amounts of the lines, and the six totals in the order of DocumentTotals, in smallest coins."""
    settings = request.settings
    places, price_places = settings.currency.precision, settings.price_precision
    extended_amounts, net, discounts, taxes = [], 0, 0, 0
    for line in request.lines:
        manual, tax = coins_of(line.manual_discount_amount, places), coins_of(line.tax, places)
        quantity, discount = Fraction(line.quantity or 0), Fraction(0)
        if line.kind is LineKind.BUNDLE_REQUIRED:
            extended_amounts.append(0)
            continue
        if line.item is None or line.product is None or not isinstance(line.unit_ratio, UnitRatio):
            price = Fraction(coins_of(line.given_price, price_places), 10**price_places)
        else:
            unrounded = unit_price_as_fraction(line.item, line.product, line.unit_ratio)
            price = Fraction(coins_of(unrounded, price_places), 10**price_places)
            for part in line.item.discount_list.ranges if line.item.discount_list else ():
                if part.low_quantity <= quantity <= part.high_quantity and line.item.discount_list:
                    share = price * Fraction(part.percentage or 0) / 100
                    discount = Fraction(part.amount or 0) if line.item.discount_list.is_amount_type else share
        if settings.round_unit_discount:
            discount = Fraction(coins_of(discount, places), 10**places)
        if settings.discount_method == DiscountMethod.PER_UNIT:
            manual = coins_of(Fraction(manual, 10**places) * quantity, places)
        before_tax = coins_of(quantity * (price - discount), places) - manual
        extended_amounts.append(before_tax + tax)
        net, discounts, taxes = net + before_tax, discounts + manual, taxes + tax
    header = coins_of(request.discount_amount, places)
    share = Fraction(net) * Fraction(request.discount_percentage or 0) / 100
    percent = coins_of(share, 0)
    less_freight = net - percent - header
    total = less_freight + coins_of(request.freight_amount, places) + taxes
    return extended_amounts, [net, discounts, discounts + percent + header, less_freight, taxes, total]
