"""Pricing vectors: worked cases in the columns of the tables, read from JSON and turned into engine requests.

Two steps, so that tests of stored documents can use the first alone: ``read_vectors`` gives the rows of a case as they
would be stored, ``to_request`` maps those rows to a request of the engine. ``differences`` compares a result with the
case.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from handsel.money.currency import Currency
from handsel.pricing.engine import price_document
from handsel.pricing.errors import PricingRefusal
from handsel.pricing.kinds import line_kind
from handsel.pricing.options import DiscountMethod
from handsel.pricing.price_list import ListSearch, PriceList, resolve_item
from handsel.pricing.request import (
    DiscountList,
    DiscountRange,
    DocumentRequest,
    LineRequest,
    PriceListItem,
    PricingSettings,
    ProductFacts,
)
from handsel.pricing.result import DocumentTotals, LineAmounts, PricedDocument
from handsel.pricing.revenue import estimated_value
from handsel.pricing.units import Unit, unit_ratio

VECTORS = Path(__file__).parent / "data" / "pricing_vectors.json"

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PricingVector:
    """One case: rows by table, and the expected columns of the result. Numbers are decimal text, as in JSON."""

    id: str
    title: str
    document: str
    settings: Row
    units: Mapping[str, Row]
    products: Mapping[str, Row]
    items: tuple[Row, ...]
    discount_types: Mapping[str, Row]
    lines: tuple[Row, ...]
    header: Row
    expected_lines: Mapping[str, Row] = field(default_factory=dict)
    expected_header: Row = field(default_factory=dict)
    is_rejected: bool = False


def read_vectors(path: Path = VECTORS) -> tuple[PricingVector, ...]:
    """All cases of a file. Settings and units a case does not state are the file's defaults."""
    content = json.loads(path.read_text(encoding="utf-8"))
    defaults = content.get("defaults", {})
    return tuple(_vector(case, defaults) for case in content["vectors"])


def _vector(case: Row, defaults: Row) -> PricingVector:
    given, expected = case["input"], case["expected"]
    return PricingVector(
        id=case["id"],
        title=case["title"],
        document=given["document"],
        settings={**defaults.get("settings", {}), **given.get("settings", {})},
        units=given.get("units", defaults.get("units", {})),
        products=given.get("products", {}),
        items=tuple(given.get("productpricelevels", ())),
        discount_types=given.get("discounttypes", {}),
        lines=tuple(given["lines"]),
        header=given.get("header", {}),
        expected_lines=expected.get("lines", {}),
        expected_header=expected.get("header", {}),
        is_rejected=expected.get("rejected", False),
    )


def to_request(vector: PricingVector) -> DocumentRequest:
    """The engine request for the rows of a case."""
    settings = vector.settings
    units = {name: Unit(_required(row, "quantity"), row.get("baseuom")) for name, row in vector.units.items()}
    discounts = {name: _discount_list(row) for name, row in vector.discount_types.items()}
    items = {("list", row["product"], row["uom"]): _item(row, discounts) for row in vector.items}
    search = ListSearch("list", "currency", is_price_list_mandatory=not settings["pricelistoptional"])
    lists = {"list": PriceList("currency")}

    def line(row: Row) -> LineRequest:
        product_id, unit_id = row.get("product"), row.get("uom")
        product = None if product_id is None else vector.products[product_id]
        found = resolve_item(search, product_id, unit_id, None, lists, items)
        return LineRequest(
            key=row["id"],
            kind=line_kind(
                product_type=row.get("producttypecode"),
                is_product_overridden=bool(row.get("isproductoverridden")),
                is_price_overridden=bool(row.get("ispriceoverridden")),
                is_price_locked=False,
                has_settled_price=False,
            ),
            quantity=_decimal(row, "quantity") if "quantity" in row else Decimal(1),
            given_price=_decimal(row, "priceperunit"),
            manual_discount_amount=_decimal(row, "manualdiscountamount"),
            tax=_decimal(row, "tax"),
            item=found.item,
            item_error=found.error,
            product=None if product is None else _product(product),
            unit_ratio=unit_ratio(unit_id, None if product is None else product.get("defaultuom"), units),
            label=str(row["id"]),
        )

    return DocumentRequest(
        PricingSettings(
            Currency("XTS", settings["currencyprecision"], Decimal(settings["exchangerate"])),
            settings["pricingdecimalprecision"],
            settings["basecurrencyprecision"],
            DiscountMethod(settings["discountcalculationmethod"]),
            settings.get("roundunitdiscount", False),
        ),
        tuple(line(row) for row in vector.lines),
        _decimal(vector.header, "discountpercentage"),
        _decimal(vector.header, "discountamount"),
        _decimal(vector.header, "freightamount"),
    )


def differences(vector: PricingVector) -> list[str]:
    """The differences between the engine's result and the case; empty if it holds."""
    try:
        priced = price_document(to_request(vector))
    except PricingRefusal as refusal:
        return [] if vector.is_rejected else [f"refused: {refusal}"]
    if vector.is_rejected:
        return ["was not refused"]
    found = {str(line.key): _columns(line.amounts, line.base, line.error_code) for line in priced.lines}
    wrong = [
        f"{line_id}: {difference}"
        for line_id, expected in vector.expected_lines.items()
        for difference in _differences(found[line_id], expected)
    ]
    return wrong + [f"header: {text}" for text in _differences(_header(vector, priced), vector.expected_header)]


def _header(vector: PricingVector, priced: PricedDocument) -> dict[str, str]:
    columns = _columns(priced.totals, priced.base, priced.error_code)
    if vector.document == "opportunity":
        revenue = estimated_value(is_system_calculated=True, typed=None, total_amount=priced.totals.total_amount)
        columns["estimatedvalue"] = str(revenue)
    return columns


def _columns(
    amounts: LineAmounts | DocumentTotals, base: LineAmounts | DocumentTotals, error_code: int
) -> dict[str, str]:
    found = {"pricingerrorcode": str(int(error_code))}
    for name in amounts.__slots__:
        column = name.replace("_", "")
        found[column] = f"{getattr(amounts, name):f}"
        found[f"{column}_base"] = f"{getattr(base, name):f}"
    return found


def _differences(found: Mapping[str, str], expected: Row) -> list[str]:
    return [
        f"{column} is {found[column]}, expected {value}"
        for column, value in expected.items()
        if found[column] != str(value)
    ]


def _item(row: Row, discounts: Mapping[str, DiscountList]) -> PriceListItem:
    discount_type = row.get("discounttype")
    return PriceListItem(
        row.get("pricingmethodcode"),
        _decimal(row, "amount"),
        _decimal(row, "percentage"),
        row.get("roundingpolicycode"),
        row.get("roundingoptioncode"),
        _decimal(row, "roundingoptionamount"),
        row.get("quantitysellingcode"),
        None if discount_type is None else discounts[discount_type],
    )


def _discount_list(row: Row) -> DiscountList:
    return DiscountList(
        row["isamounttype"],
        tuple(
            DiscountRange(
                _required(part, "lowquantity"),
                _required(part, "highquantity"),
                _decimal(part, "percentage"),
                _decimal(part, "amount"),
            )
            for part in row["ranges"]
        ),
    )


def _product(row: Row) -> ProductFacts:
    return ProductFacts(
        _decimal(row, "price"),
        _decimal(row, "currentcost"),
        _decimal(row, "standardcost"),
        row.get("quantitydecimal"),
    )


def _decimal(row: Row, column: str) -> Decimal | None:
    value = row.get(column)
    return None if value is None else Decimal(value)


def _required(row: Row, column: str) -> Decimal:
    return Decimal(row[column])
