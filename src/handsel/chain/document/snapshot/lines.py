"""The lines of a document as a person reads them: in their order, the parts of a bundle behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from handsel.chain.document.snapshot.row import RowSnapshot
from handsel.pricing.errors import PricingErrorCode
from handsel.pricing.options import ProductType

_PARTS = (ProductType.REQUIRED_BUNDLE_PRODUCT, ProductType.OPTIONAL_BUNDLE_PRODUCT)


@dataclass(frozen=True, slots=True)
class LineSnapshot:
    """One line. Amounts are in the document's currency, `quantity` in the line's `unit`; `row` has every column.

    `product` is the product's name, or the description of a write-in. `volume_discount` is deducted from the price of
    each unit, `manual_discount` from the line; `amount` is the line's total with tax.
    """

    row: RowSnapshot
    number: int | None
    product: str
    unit: str
    quantity: Decimal | None
    price_per_unit: Decimal | None
    volume_discount: Decimal | None
    manual_discount: Decimal | None
    tax: Decimal | None
    amount: Decimal | None
    product_type: ProductType | None
    is_written_in: bool
    is_price_overridden: bool
    pricing_error: PricingErrorCode

    @property
    def net(self) -> Decimal | None:
        """The line's total without tax."""
        return None if self.amount is None else self.amount - (self.tax or 0)

    @property
    def is_bundle(self) -> bool:
        """Whether it has parts."""
        return self.product_type == ProductType.BUNDLE

    @property
    def is_part(self) -> bool:
        """Whether it belongs to a bundle."""
        return self.product_type in _PARTS

    @property
    def is_included(self) -> bool:
        """Whether it is a required part of a bundle, whose price is included in the bundle's."""
        return self.product_type == ProductType.REQUIRED_BUNDLE_PRODUCT


def line_snapshots(rows: Iterable[RowSnapshot]) -> tuple[LineSnapshot, ...]:
    """The snapshots of these rows."""
    return tuple(_line(row) for row in _in_order(list(rows)))


def _in_order(rows: list[RowSnapshot]) -> Iterator[RowSnapshot]:
    parts: dict[UUID | None, list[RowSnapshot]] = {}
    for row in rows:
        parts.setdefault(row.get("parentbundleidref"), []).append(row)
    known = {row.id for row in rows}
    for row in rows:
        if row.get("parentbundleidref") not in known:
            yield row
            yield from parts.get(row.id, ())


def _line(row: RowSnapshot) -> LineSnapshot:
    product_type = row.get("producttypecode")
    return LineSnapshot(
        row=row,
        number=row.get("lineitemnumber"),
        product=str(row.get("productname") or row.get("productdescription") or ""),
        unit=row.name("uomid"),
        quantity=row.get("quantity"),
        price_per_unit=row.get("priceperunit"),
        volume_discount=row.get("volumediscountamount"),
        manual_discount=row.get("manualdiscountamount"),
        tax=row.get("tax"),
        amount=row.get("extendedamount"),
        product_type=None if product_type is None else ProductType(product_type),
        is_written_in=bool(row.get("isproductoverridden")),
        is_price_overridden=bool(row.get("ispriceoverridden")),
        pricing_error=PricingErrorCode(row.get("pricingerrorcode") or 0),
    )
