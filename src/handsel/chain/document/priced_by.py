"""The settings that a document was priced with, kept on its header: locked prices go on being computed by them.

What was agreed travels with its method and precision (behaviour 7.1), so a setting that is changed later changes no
document whose prices are locked.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from handsel.chain.system.options import DiscountCalculationMethods
from handsel.database.row import ColumnValue, Row
from handsel.money.currency import Currency
from handsel.pricing.options import DiscountMethod
from handsel.pricing.request import PricingSettings
from handsel.tables.columns import Boolean, Choice, Integer
from handsel.tables.facts import Writable
from handsel.tables.table import Table

PRICED_BY = (
    "hs_discountcalculationmethod",
    "hs_pricingdecimalprecision",
    "hs_currencyprecision",
    "hs_roundunitdiscount",
)


class PricedBy(Table):
    """The columns of a header that keep the settings its amounts were computed with; empty if nothing was computed."""

    hs_discount_calculation_method = Choice(
        DiscountCalculationMethods,
        "Priced by Discount Calculation Method",
        schema="hs_DiscountCalculationMethod",
        writable=Writable.NEVER,
    )
    hs_pricing_decimal_precision = Integer(
        "Priced with Decimals of Prices", schema="hs_PricingDecimalPrecision", writable=Writable.NEVER
    )
    hs_currency_precision = Integer(
        "Priced with Decimals of Amounts", schema="hs_CurrencyPrecision", writable=Writable.NEVER
    )
    hs_round_unit_discount = Boolean(
        "Priced with Rounded Unit Discounts", schema="hs_RoundUnitDiscount", writable=Writable.NEVER
    )

    class Meta:
        abstract = True


def pricing_settings(settings: Row, currency: Row | None, header: Row, *, as_agreed: bool) -> PricingSettings:
    """The settings to price a document with: the organization's and its currency's.

    `as_agreed` takes those that the document was priced with before, as far as it has them, and its own exchange rate.
    """
    kept: Mapping[str, Any] = header if as_agreed else {}

    def chosen(column: str, present: int | None, usual: int) -> int:
        value = kept.get(column)
        value = present if value is None else value
        return usual if value is None else int(value)

    rate = kept.get("exchangerate") or (currency["exchangerate"] if currency else Decimal(1))
    code = (currency.get("isocurrencycode") or "") if currency else ""
    places = chosen("hs_currencyprecision", currency.get("currencyprecision") if currency else None, 2)
    base_precision = settings.get("basecurrencyprecision")
    return PricingSettings(
        currency=Currency(code, places, rate),
        price_precision=chosen("hs_pricingdecimalprecision", settings.get("pricingdecimalprecision"), 2),
        base_precision=2 if base_precision is None else base_precision,
        discount_method=DiscountMethod(
            chosen("hs_discountcalculationmethod", settings.get("discountcalculationmethod"), DiscountMethod.LINE_ITEM)
        ),
        round_unit_discount=bool(chosen("hs_roundunitdiscount", settings.get("hs_roundunitdiscount"), False)),
    )


def kept_settings(used: PricingSettings) -> dict[str, ColumnValue]:
    """What a header keeps of the settings that its amounts were computed with."""
    values = (int(used.discount_method), used.price_precision, used.currency.precision, used.round_unit_discount)
    return dict(zip(PRICED_BY, values, strict=True))
