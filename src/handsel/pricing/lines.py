"""Pricing one line: its price, its amounts, and the result when something is missing."""

from dataclasses import fields
from decimal import Decimal
from operator import attrgetter

from handsel.money.exchange import to_base
from handsel.money.rounding import at_scale, round_amount
from handsel.pricing.amount_range import code_of_breach, require_storable
from handsel.pricing.errors import PriceError, PricingErrorCode, PricingRefusal, RefusalReason
from handsel.pricing.options import DiscountMethod
from handsel.pricing.quantity import check_quantity
from handsel.pricing.request import LineKind, LineRequest, PricingSettings, StoredAmounts
from handsel.pricing.result import LineAmounts, PricedLine
from handsel.pricing.trace import Trace
from handsel.pricing.trace_of_line import (
    explain_base_amount,
    explain_line,
    explain_settled_base_amount,
    explain_unchanged,
)
from handsel.pricing.unit_price import unit_price

_ZERO = Decimal(0)
_NO_ERROR = PricingErrorCode.NONE
_NO_LIST = PricingErrorCode.MISSING_PRICE_LEVEL
_CATALOG, _LOCKED, _REQUIRED = LineKind.CATALOG, LineKind.LOCKED, LineKind.BUNDLE_REQUIRED
_KINDS_NEEDING_A_LIST = frozenset({_CATALOG, LineKind.OVERRIDDEN})
_KINDS_WITH_A_TYPED_PRICE = frozenset({LineKind.OVERRIDDEN, LineKind.WRITE_IN})
_PER_UNIT = DiscountMethod.PER_UNIT
_NOTHING_STORED = StoredAmounts(_ZERO, _ZERO, _ZERO, _ZERO)
_LINE_COLUMNS = tuple(field.name for field in fields(LineAmounts))
_columns = attrgetter(*_LINE_COLUMNS)


def price_line(line: LineRequest, settings: PricingSettings, trace: Trace | None) -> PricedLine:
    """Price one line. Must run inside :func:`handsel.money.rounding.exact_arithmetic`.

    A line that cannot be priced keeps its last amounts and carries a code. Raises PricingRefusal when a written line
    breaks a rule of its quantity, a line wants a list price and there is no list, or a typed amount cannot be stored.
    """
    if line.kind is _REQUIRED:
        return _free_of_charge(line, settings, trace)  # pricing 7
    if line.item_error is _NO_LIST and _needs_list(line):
        raise _list_required(line)
    if line.is_written:
        check_quantity(line)
    try:
        return _priced(line, settings, trace)
    except PriceError as problem:
        return _unchanged(line, problem.code, settings, trace)
    except ArithmeticError:
        return _unchanged(line, PricingErrorCode.PRICE_CALCULATION_ERROR, settings, trace)


def _needs_list(line: LineRequest) -> bool:
    return line.kind in _KINDS_NEEDING_A_LIST if line.is_written else line.kind is _CATALOG and line.takes_list_price


def _priced(line: LineRequest, settings: PricingSettings, trace: Trace | None) -> PricedLine:
    quantity = line.quantity
    if quantity is None:
        raise PriceError(PricingErrorCode.MISSING_QUANTITY)
    currency = settings.currency
    places = currency.precision
    price, discount = unit_price(line, quantity, settings.price_precision, trace)
    shown_discount = round_amount(discount, places)
    if settings.round_unit_discount:
        discount = shown_discount
    base_amount = _base_amount(line, quantity, price, discount, places, trace)
    manual = round_amount(line.manual_discount_amount or _ZERO, places)
    tax = round_amount(line.tax or _ZERO, places)
    line_discount = round_amount(manual * quantity, places) if settings.discount_method == _PER_UNIT else manual
    extended = base_amount - line_discount + tax
    amounts = LineAmounts(price, shown_discount, base_amount, manual, tax, extended)
    base = _in_base(amounts, settings)
    code = code_of_breach(_columns(amounts), _columns(base))
    if code is not _NO_ERROR:
        raise PriceError(code)
    if trace is not None:
        explain_line(trace, line, settings, discount, amounts, base, line_discount)
    return PricedLine(line.key, _NO_ERROR, amounts, base, line_discount)


def _base_amount(
    line: LineRequest, quantity: Decimal, price: Decimal, discount: Decimal, places: int, trace: Trace | None
) -> Decimal:
    settled = line.settled if line.kind is _LOCKED else None
    if settled is not None:
        # Quantity, price and discount have not changed. Computing the amount again from the stored discount, which is
        # rounded, would change a copied line by a cent (pricing 4, last example).
        base_amount = round_amount(settled.base_amount, places)
        if trace is not None:
            explain_settled_base_amount(trace, line, base_amount)
        return base_amount
    base_amount = round_amount(quantity * (price - discount), places)
    if trace is not None:
        explain_base_amount(trace, line, quantity, price, discount, places, base_amount)
    return base_amount


def _in_base(amounts: LineAmounts, settings: PricingSettings) -> LineAmounts:
    rate, places = settings.currency.exchange_rate, settings.base_precision
    return LineAmounts(
        to_base(amounts.price_per_unit, rate, places),
        to_base(amounts.volume_discount_amount, rate, places),
        to_base(amounts.base_amount, rate, places),
        to_base(amounts.manual_discount_amount, rate, places),
        to_base(amounts.tax, rate, places),
        to_base(amounts.extended_amount, rate, places),
    )


def _free_of_charge(line: LineRequest, settings: PricingSettings, trace: Trace | None) -> PricedLine:
    zero = round_amount(_ZERO, settings.currency.precision)
    no_price = round_amount(_ZERO, settings.price_precision)
    amounts = LineAmounts(no_price, zero, zero, zero, zero, zero)
    if trace is not None:
        trace.add(line.key, "extendedamount", "0, as a required bundle product is paid with its bundle", (), zero)
    return PricedLine(line.key, _NO_ERROR, amounts, _in_base(amounts, settings), zero)


def _unchanged(line: LineRequest, code: PricingErrorCode, settings: PricingSettings, trace: Trace | None) -> PricedLine:
    """The line in error: typed values stay, computed columns keep their last amounts (pricing 8)."""
    places = settings.currency.precision
    last = line.stored or _NOTHING_STORED
    amounts = LineAmounts(
        _unchanged_price(line, last, settings.price_precision),
        at_scale(last.volume_discount_amount, places),
        at_scale(last.base_amount, places),
        round_amount(line.manual_discount_amount or _ZERO, places),
        round_amount(line.tax or _ZERO, places),
        at_scale(last.extended_amount, places),
    )
    base = _in_base(amounts, settings)
    for name, amount, base_value in zip(_LINE_COLUMNS, _columns(amounts), _columns(base), strict=True):
        require_storable(name, amount, base_value, line)
    if trace is not None:
        explain_unchanged(trace, line, code, amounts)
    return PricedLine(line.key, code, amounts, base, round_amount(_ZERO, places))


def _unchanged_price(line: LineRequest, last: StoredAmounts, places: int) -> Decimal:
    if line.kind in _KINDS_WITH_A_TYPED_PRICE and line.given_price is not None:
        return round_amount(line.given_price, places)
    return at_scale(line.given_price if line.kind is _LOCKED and line.given_price else last.price_per_unit, places)


def _list_required(line: LineRequest) -> PricingRefusal:
    return PricingRefusal(
        RefusalReason.PRICE_LIST_REQUIRED,
        line.key,
        f"Line {line.label or line.key}: a catalog product is refused, because the document has no price list and the "
        "organization requires one. Choose a price list for the document, or enter the line as a write-in.",
    )
