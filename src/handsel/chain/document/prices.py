"""Pricing stored documents: rows in, the pure engine, changed rows out (architecture 6).

Runs once per round before anything is written. `PriceScope` says which lines take today's catalog price; the others
keep their price, so that a draft does not change silently when a price list does (pricing 9.1).
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypedDict

from handsel.chain.document.calculate_price import raise_calculate_price
from handsel.chain.document.kinds import DocumentKind, document_kinds, kind_of
from handsel.chain.document.price_authority import keeps_amounts_as_sent
from handsel.chain.document.price_facts import PriceFacts
from handsel.chain.document.priced_by import PRICED_BY, kept_settings, pricing_settings
from handsel.chain.document.sale import check_sold
from handsel.database.row import ColumnValue, Row
from handsel.engine.execute import before_writing
from handsel.engine.work import PriceScope, Work
from handsel.errors import Code, HandselError, NumberOutOfRange, Refused
from handsel.pricing.engine import price_document
from handsel.pricing.errors import PricingErrorCode, PricingRefusal, RefusalReason
from handsel.pricing.kinds import line_kind
from handsel.pricing.options import DiscountMethod
from handsel.pricing.price_list import ResolvedItem
from handsel.pricing.request import (
    DocumentRequest,
    LineKind,
    LineRequest,
    PricingSettings,
    ProductFacts,
    StoredAmounts,
)
from handsel.pricing.result import DocumentTotals, PricedDocument
from handsel.pricing.revenue import estimated_value
from handsel.pricing.trace import Trace
from handsel.pricing.units import SAME_UNIT, UnitRatio

_ZERO = Decimal(0)
_NO_ITEM = ResolvedItem(None)

_CODES = {
    RefusalReason.FRACTION_NOT_SOLD: Code.PRODUCT_INVALID_QUANTITY_DECIMAL,
    RefusalReason.TOO_MANY_QUANTITY_DECIMALS: Code.PRODUCT_INVALID_QUANTITY_DECIMAL,
    RefusalReason.PRICE_LIST_REQUIRED: Code.MISSING_PRICE_LEVEL_ID,
    RefusalReason.MONEY_OUT_OF_RANGE: Code.MONEY_SIZE_EXCEEDED,
    RefusalReason.BASE_OVERFLOW: Code.BASE_CURRENCY_OVERFLOW,
    RefusalReason.BASE_UNDERFLOW: Code.BASE_CURRENCY_UNDERFLOW,
}

Asked = tuple[DocumentKind, Row, list[Row], PriceScope]


@before_writing
def price_documents(work: Work) -> None:
    """Price every document for which the round requested it."""
    asked = _asked(work)
    if not asked:
        return
    if not work.organization.settings.get("oobpricecalculationenabled", True):
        raise_calculate_price(work, [(header, lines, scope) for _, header, lines, scope in asked])
        return
    requests = build_requests(work, asked, for_writing=True)
    for (_kind, header, lines, scope), request in zip(asked, requests, strict=True):
        try:
            _store(work, header, lines, scope, price_document(request), kept_settings(request.settings))
        except PricingRefusal as refusal:
            _refuse(work, lines, scope, refusal)


@before_writing
def check_sales(work: Work) -> None:
    """Refuse what cannot be sold, once the prices are known."""
    check_sold(work)


def _asked(work: Work) -> list[Asked]:
    """The documents to price, with their lines: those for which at least one item was not refused."""
    wanted: dict[DocumentKind, list[tuple[Row, PriceScope]]] = {}
    for document, scope in work.to_price.items():
        header = work.as_system.row(document.table, document.id)
        live = [item for item in scope.items if item.refusal is None]
        if header is None or not live or (header.change is not None and header.change.action == "delete"):
            continue
        if not keeps_amounts_as_sent(work, header.table):
            wanted.setdefault(kind_of(document.table), []).append((header, scope))
    asked: list[Asked] = []
    for kind, documents in wanted.items():
        lines = work.as_system.children(
            kind.lines, kind.parent, [header.id for header, _ in documents], order=("lineitemnumber", f"{kind.lines}id")
        )
        asked += [(kind, header, lines[header.id], scope) for header, scope in documents]
    return asked


def build_requests(
    work: Work, asked: Sequence[Asked], *, for_writing: bool = False, as_agreed: bool = False
) -> list[DocumentRequest]:
    """Requests for the pure engine, from the rows of documents and what their prices depend on.

    Locked prices are computed by the settings that the document was priced with, all others by those of today;
    `as_agreed` takes the former for every document. `for_writing` refuses to take list prices for a document without a
    list; who only reads gets the line's error.
    """
    settings = work.organization.settings
    currencies = work.as_system.load(
        "transactioncurrency", {header.get("transactioncurrencyid") for _, header, _, _ in asked}
    )
    sketches = [
        [_Sketch(kind, header, line, scope, for_writing=for_writing) for line in lines]
        for kind, header, lines, scope in asked
    ]
    needing = [sketch.line for group in sketches for sketch in group if sketch.needs_catalog]
    facts = PriceFacts(work, needing, {header.get("pricelevelid") for _, header, _, _ in asked}) if needing else None
    mandatory = bool(settings.get("ispricelistmandatory", True))
    made = []
    for (kind, header, _lines, scope), group in zip(asked, sketches, strict=True):
        currency = currencies.get(header.get("transactioncurrencyid"))
        used = pricing_settings(settings, currency, header, as_agreed=as_agreed or _holds_settings(kind, header, scope))
        made.append(
            DocumentRequest(
                settings=used,
                lines=tuple([sketch.request(facts, header, used, mandatory=mandatory) for sketch in group]),
                discount_percentage=header.get("discountpercentage"),
                discount_amount=header.get("discountamount"),
                freight_amount=header.get("freightamount"),
                stored_totals=_stored_totals(header),
            )
        )
    return made


def _holds_settings(kind: DocumentKind, header: Row, scope: PriceScope) -> bool:
    """Whether a document goes on being priced by the settings it has: locked, and in the currency it was priced in."""
    change = header.change
    has_new_currency = change is not None and "transactioncurrencyid" in change.before
    return bool(header.get(kind.price_lock)) and not scope.unlocking and not has_new_currency


def _has_amounts_alone(kind: DocumentKind, header: Row, line: Row, scope: PriceScope) -> bool:
    """Whether a line of a locked document was sold for an amount without a price per unit, and still is.

    So clients write lines when system pricing is off. What was agreed stays, also when something else of the document
    or the line is changed after pricing is on again; another product, unit or quantity has no price yet (pricing 9.2,
    9.4).
    """
    has_amount = line.get("baseamount") is not None or line.get("extendedamount") is not None
    if line.get("priceperunit") is not None or line.get("pricingerrorcode") or not has_amount:
        return False
    is_locked = bool(header.get(kind.price_lock)) and not scope.unlocking and not scope.all_lines
    change = line.change
    is_new = change is not None and change.action == "create" and not scope.copied
    has_moved = change is not None and not change.before.keys().isdisjoint(_TOUCHING)
    return is_locked and not is_new and not has_moved


def _sold_for(line: Row, settings: PricingSettings) -> Decimal:
    """The amount of a line before discount and tax; worked out from its total where a client wrote that alone."""
    base: Decimal | None = line.get("baseamount")
    if base is not None:
        return base
    was = line if line.change is None else {**line, **line.change.before}
    discount: Decimal = was.get("manualdiscountamount") or _ZERO
    if settings.discount_method is DiscountMethod.PER_UNIT:
        discount *= was.get("quantity") or _ZERO
    return (was.get("extendedamount") or _ZERO) + discount - (was.get("tax") or _ZERO)


_MOVING = frozenset(("productid", "uomid", "ispriceoverridden", "isproductoverridden"))
"""When one of these changes, the line needs a new catalog price."""
_TOUCHING = _MOVING | {"quantity"}


class _Sketch:
    """A line before it becomes part of a request: its kind, and whether it needs the catalog."""

    __slots__ = (
        *("has_amounts_alone", "is_written", "kind", "line", "needs_catalog"),
        *("quantity_changed", "stays_in_error", "takes_list_price"),
    )

    def __init__(self, kind: DocumentKind, header: Row, line: Row, scope: PriceScope, *, for_writing: bool) -> None:
        change = line.change
        in_error = bool(line.get("pricingerrorcode"))
        self.line = line
        self.is_written = line.id in scope.written
        is_new = change is not None and change.action == "create"
        self.quantity_changed = (is_new and not scope.copied) or (change is not None and "quantity" in change.before)
        self.takes_list_price = for_writing and (scope.all_lines or (is_new and not scope.copied))
        reads_anew = scope.all_lines or self.is_written
        reads_catalog = reads_anew or in_error
        moved = change is not None and not _MOVING.isdisjoint(change.before)
        settled = line.get("priceperunit") is not None and not in_error and not moved and (scope.copied or not is_new)
        locked = bool(header.get(kind.price_lock)) and not scope.unlocking
        self.has_amounts_alone = _has_amounts_alone(kind, header, line, scope)
        self.kind = line_kind(
            product_type=line.get("producttypecode"),
            is_product_overridden=bool(line.get("isproductoverridden")),
            is_price_overridden=bool(line.get("ispriceoverridden")),
            is_price_locked=locked or not reads_catalog,
            has_settled_price=settled,
        )
        if self.has_amounts_alone and self.kind is not LineKind.BUNDLE_REQUIRED:
            self.kind = LineKind.LOCKED
        # A locked document is no better priced because something else of it changes.
        self.stays_in_error = in_error and locked and self.kind is LineKind.CATALOG and not reads_anew
        self.needs_catalog = (
            (self.kind is LineKind.CATALOG and not self.stays_in_error)
            or (self.kind is LineKind.LOCKED and self.quantity_changed)
            or (self.kind is LineKind.OVERRIDDEN and self.is_written)
        )

    def request(
        self, facts: PriceFacts | None, header: Row, settings: PricingSettings, *, mandatory: bool
    ) -> LineRequest:
        """The line as the pure engine takes it."""
        line = self.line
        code = line.get("pricingerrorcode")
        stored = StoredAmounts(
            line.get("priceperunit") or _ZERO,
            line.get("volumediscountamount") or _ZERO,
            _sold_for(line, settings) if self.has_amounts_alone else line.get("baseamount") or _ZERO,
            line.get("extendedamount") or _ZERO,
            PricingErrorCode(code) if code else PricingErrorCode.NONE,
        )
        found = ResolvedItem(None, stored.error_code) if self.stays_in_error else _NO_ITEM
        product: ProductFacts | None = None
        ratio: UnitRatio | PricingErrorCode = SAME_UNIT
        if facts is not None and self.needs_catalog:
            price_list = header.get("pricelevelid")
            found = facts.resolve(line, price_list, header.get("transactioncurrencyid"), mandatory=mandatory)
            product, ratio = facts.product(line, price_list), facts.ratio(line)
        return LineRequest(
            line.id,
            self.kind,
            line.get("quantity"),
            _ZERO if self.has_amounts_alone else line.get("priceperunit"),
            line.get("manualdiscountamount"),
            line.get("tax"),
            found.item,
            found.error,
            product,
            ratio,
            stored,
            self.quantity_changed,
            self.is_written,
            self.takes_list_price,
            _label(line),
        )


def _label(line: Row) -> str:
    number = line.get("lineitemnumber")
    name = line.get("productname") or line.get("productdescription") or line.id
    return f"{number} ({name})" if number is not None else str(name)


_TOTALS = (
    ("total_line_item_amount", "totallineitemamount"),
    ("total_line_item_discount_amount", "totallineitemdiscountamount"),
    ("total_discount_amount", "totaldiscountamount"),
    ("total_amount_less_freight", "totalamountlessfreight"),
    ("total_tax", "totaltax"),
    ("total_amount", "totalamount"),
)


def _stored_totals(header: Row) -> DocumentTotals | None:
    if header.get("totalamount") is None:
        return None
    return DocumentTotals(
        header.get("discountamount") or _ZERO,
        header.get("freightamount") or _ZERO,
        *(header.get(column) or _ZERO for _, column in _TOTALS),
    )


def _store(
    work: Work,
    header: Row,
    lines: Sequence[Row],
    scope: PriceScope,
    priced: PricedDocument,
    settings: Mapping[str, ColumnValue],
) -> None:
    item = next(item for item in scope.items if item.refusal is None)
    kind = kind_of(header.table)
    for line, result in zip(lines, priced.lines, strict=True):
        amounts = result.amounts
        values: dict[str, Any] = {
            "priceperunit": amounts.price_per_unit,
            "volumediscountamount": amounts.volume_discount_amount,
            "baseamount": amounts.base_amount,
            "extendedamount": amounts.extended_amount,
            "pricingerrorcode": int(result.error_code),
        }
        if _has_amounts_alone(kind, header, line, scope):
            del values["priceperunit"]
        if line.get("manualdiscountamount") is not None:
            values["manualdiscountamount"] = amounts.manual_discount_amount
        if line.get("tax") is not None:
            values["tax"] = amounts.tax
        work.update(item, line, values, root=header.reference)
    totals = priced.totals
    values = {column: getattr(totals, name) for name, column in _TOTALS}
    values["pricingerrorcode"] = int(priced.error_code)
    if PRICED_BY[0] in work.info(header.table).columns:
        values.update(settings)
    if "isrevenuesystemcalculated" in work.info(header.table).columns:
        values["estimatedvalue"] = estimated_value(
            is_system_calculated=bool(header.get("isrevenuesystemcalculated")),
            typed=header.get("estimatedvalue"),
            total_amount=totals.total_amount,
        )
    work.update(item, header, values)


def _refuse(work: Work, lines: Sequence[Row], scope: PriceScope, refusal: PricingRefusal) -> None:
    """Refuse the item that wrote the line with the error, or all that requested the document's prices."""
    code = _CODES[refusal.reason]
    error: HandselError = (NumberOutOfRange if code is Code.MONEY_SIZE_EXCEEDED else Refused)(str(refusal), code)
    line = next((line for line in lines if line.id == refusal.line_key), None)
    if line is not None and line.change is not None:
        work.refuse(line.change.item, error)
    for item in scope.items:
        if item.refusal is None:
            work.refuse(item, error)


class ExplainedAmount(TypedDict):
    """How one amount of a document came about: its line (None: the document), column, rule in words, inputs, result."""

    line: str | None
    column: str
    rule: str
    inputs: dict[str, Decimal]
    result: Decimal


def trace_document(work: Work, header: Row) -> list[ExplainedAmount]:
    """How every stored amount of a document was computed, as steps for people.

    Lines whose catalog price is still the stored one are explained from the price list, the others from their stored
    price.
    """
    kind = document_kinds()[header.table]
    lines = work.as_system.children(kind.lines, kind.parent, [header.id], order=("lineitemnumber", f"{kind.lines}id"))[
        header.id
    ]
    fresh = PriceScope(all_lines=True, unlocking=True)
    request = build_requests(work, [(kind, header, lines, fresh)], as_agreed=True)[0]
    stored = build_requests(work, [(kind, header, lines, PriceScope())], as_agreed=True)[0]
    priced = price_document(request)
    chosen = tuple(
        today
        if result.error_code is PricingErrorCode.NONE
        and result.amounts.extended_amount == (line.get("extendedamount") or _ZERO)
        else as_stored
        for line, today, as_stored, result in zip(lines, request.lines, stored.lines, priced.lines, strict=True)
    )
    trace = Trace()
    price_document(
        DocumentRequest(
            request.settings,
            chosen,
            request.discount_percentage,
            request.discount_amount,
            request.freight_amount,
            request.stored_totals,
        ),
        trace,
    )
    labels: dict[Hashable, str] = {line.id: _label(line) for line in lines}
    return [
        {
            "line": labels.get(step.line_key) if step.line_key is not None else None,
            "column": step.column,
            "rule": step.rule,
            "inputs": dict(step.inputs),
            "result": step.result,
        }
        for step in trace.steps
    ]
