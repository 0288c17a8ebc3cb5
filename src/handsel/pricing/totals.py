"""The totals of a document from its priced lines."""

from dataclasses import fields, replace
from decimal import Decimal
from operator import attrgetter

from handsel.money.exchange import to_base
from handsel.money.rounding import round_amount
from handsel.pricing.amount_range import code_of_breach, require_storable
from handsel.pricing.errors import PricingErrorCode
from handsel.pricing.request import DocumentRequest, PricingSettings
from handsel.pricing.result import DocumentTotals, PricedDocument, PricedLine
from handsel.pricing.trace import Trace
from handsel.pricing.trace_of_totals import explain_totals, explain_unchanged_totals

_ZERO = Decimal(0)
_HUNDRED = Decimal(100)
_NO_ERROR = PricingErrorCode.NONE
_DETAIL_ERROR = PricingErrorCode.DETAIL_ERROR
_columns = attrgetter(*(field.name for field in fields(DocumentTotals)))


def total_up(request: DocumentRequest, lines: tuple[PricedLine, ...], trace: Trace | None) -> PricedDocument:
    """The document with its totals (pricing 5). Must run inside ``exact_arithmetic``.

    Lines in error are left out. Totals out of range are not stored: the last ones stay, with code 35, 36 or 37.
    Raises PricingRefusal when the typed discount or freight is out of range.
    """
    settings = request.settings
    places = settings.currency.precision
    zero = round_amount(_ZERO, places)
    net = line_discounts = tax = zero
    code = _NO_ERROR
    for line in lines:
        if line.error_code is not _NO_ERROR:
            code = _DETAIL_ERROR
            continue
        amounts = line.amounts
        net += amounts.extended_amount - amounts.tax
        line_discounts += line.line_discount
        tax += amounts.tax
    discount = round_amount(request.discount_amount or _ZERO, places)
    freight = round_amount(request.freight_amount or _ZERO, places)
    percent_discount = round_amount(net * (request.discount_percentage or _ZERO) / _HUNDRED, places)
    less_freight = net - percent_discount - discount
    totals = DocumentTotals(
        discount,
        freight,
        net,
        line_discounts,
        line_discounts + percent_discount + discount,
        less_freight,
        tax,
        less_freight + freight + tax,
    )
    base = _in_base(totals, settings)
    breach = code_of_breach(_columns(totals), _columns(base))
    if breach is not _NO_ERROR:
        return _unchanged(request, lines, breach, discount, freight, trace)
    if trace is not None:
        explain_totals(trace, request, totals, base, percent_discount)
    return PricedDocument(code, lines, totals, base, percent_discount)


def _in_base(totals: DocumentTotals, settings: PricingSettings) -> DocumentTotals:
    rate, places = settings.currency.exchange_rate, settings.base_precision
    return DocumentTotals(*[to_base(amount, rate, places) for amount in _columns(totals)])


def _unchanged(
    request: DocumentRequest,
    lines: tuple[PricedLine, ...],
    code: PricingErrorCode,
    discount: Decimal,
    freight: Decimal,
    trace: Trace | None,
) -> PricedDocument:
    zero = round_amount(_ZERO, request.settings.currency.precision)
    last = request.stored_totals or DocumentTotals(zero, zero, zero, zero, zero, zero, zero, zero)
    totals = replace(last, discount_amount=discount, freight_amount=freight)
    base = _in_base(totals, request.settings)
    for field, amount, base_value in zip(fields(DocumentTotals), _columns(totals), _columns(base), strict=True):
        require_storable(field.name, amount, base_value, None)
    if trace is not None:
        explain_unchanged_totals(trace, code, totals)
    return PricedDocument(code, lines, totals, base, zero)
