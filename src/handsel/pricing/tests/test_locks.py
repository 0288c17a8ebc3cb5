"""Price locks: the price of a catalog line stays, everything else is still computed."""

from dataclasses import replace
from decimal import Decimal

import pytest

from handsel.money.currency import Currency
from handsel.pricing.engine import price_document
from handsel.pricing.errors import PricingErrorCode
from handsel.pricing.kinds import line_kind
from handsel.pricing.request import (
    DiscountList,
    DiscountRange,
    DocumentRequest,
    LineKind,
    LineRequest,
    PriceListItem,
    PricingSettings,
    StoredAmounts,
)
from handsel.pricing.result import PricedLine

SETTINGS = PricingSettings(Currency("EUR", 2, Decimal(1)))
RANGES = (DiscountRange(Decimal(1), Decimal(100), Decimal("19.05")),)
# The catalog moved to 99.00 after the line was sold at 25.20.
ITEM = PriceListItem(1, Decimal("99.00"), discount_list=DiscountList(False, RANGES))
SOLD = LineRequest(
    key=1,
    kind=LineKind.LOCKED,
    quantity=Decimal(10),
    given_price=Decimal("25.2000"),
    item=ITEM,
    stored=StoredAmounts(Decimal("25.20"), Decimal("4.80"), Decimal("203.9900"), Decimal("203.99")),
    quantity_changed=False,
)


def priced(line: LineRequest) -> PricedLine:
    return price_document(DocumentRequest(SETTINGS, (line,))).lines[0]


def test_a_copied_line_keeps_its_amount_to_the_cent() -> None:
    amounts = priced(SOLD).amounts  # 10 × (25.20 - 4.80) from the stored discount would be 204.00
    assert (str(amounts.price_per_unit), str(amounts.base_amount)) == ("25.20", "203.99")
    assert str(amounts.volume_discount_amount) == "4.80"


def test_tax_and_manual_discount_are_still_computed() -> None:
    line = priced(replace(SOLD, tax=Decimal("20.00"), manual_discount_amount=Decimal("3.99")))
    assert str(line.amounts.extended_amount) == "220.00"


def test_a_new_quantity_brings_the_volume_discount_of_the_locked_price() -> None:
    amounts = priced(replace(SOLD, quantity=Decimal(20), quantity_changed=True)).amounts
    assert (str(amounts.volume_discount_amount), str(amounts.base_amount)) == ("4.80", "407.99")
    amounts = priced(replace(SOLD, quantity=Decimal(101), quantity_changed=True)).amounts
    assert (str(amounts.volume_discount_amount), str(amounts.base_amount)) == ("0.00", "2545.20")


def test_a_new_quantity_without_an_item_has_no_discount() -> None:
    line = priced(
        replace(SOLD, quantity_changed=True, item=None, item_error=PricingErrorCode.PRODUCT_NOT_IN_PRICE_LEVEL)
    )
    assert line.error_code is PricingErrorCode.NONE
    assert str(line.amounts.base_amount) == "252.00"


def test_amounts_left_by_an_error_are_made_again() -> None:
    assert SOLD.stored is not None
    stale = replace(SOLD.stored, base_amount=Decimal(1), error_code=PricingErrorCode.INACTIVE_PRICE_LEVEL)
    assert str(priced(replace(SOLD, stored=stale)).amounts.base_amount) == "203.99"


def test_a_locked_line_in_error_keeps_its_price() -> None:
    line = priced(replace(SOLD, quantity=None, quantity_changed=True, stored=None))
    assert line.error_code is PricingErrorCode.MISSING_QUANTITY
    assert str(line.amounts.price_per_unit) == "25.20"


def test_a_lock_does_not_look_at_an_inactive_list() -> None:
    assert priced(replace(SOLD, item_error=PricingErrorCode.INACTIVE_PRICE_LEVEL)).error_code is PricingErrorCode.NONE


def test_a_locked_price_keeps_decimals_the_organization_has_given_up() -> None:
    line = priced(replace(SOLD, given_price=Decimal("0.1234"), stored=None, item=None, quantity=Decimal(1000)))
    assert (str(line.amounts.price_per_unit), str(line.amounts.base_amount)) == ("0.1234", "123.40")


def test_unlocked_the_catalog_price_comes_back() -> None:
    assert str(priced(replace(SOLD, kind=LineKind.CATALOG)).amounts.price_per_unit) == "99.00"


@pytest.mark.parametrize(
    ("product_type", "write_in", "overridden", "locked", "settled", "kind"),
    [
        (1, False, False, False, True, LineKind.CATALOG),
        (1, False, False, True, True, LineKind.LOCKED),
        (1, False, False, True, False, LineKind.CATALOG),
        (None, False, True, True, True, LineKind.OVERRIDDEN),
        (1, True, True, True, True, LineKind.WRITE_IN),
        (2, False, False, True, True, LineKind.LOCKED),
        (3, False, True, True, True, LineKind.BUNDLE_REQUIRED),
        (4, False, False, False, False, LineKind.CATALOG),
    ],
)
def test_the_kind_of_a_line(
    product_type: int | None, write_in: bool, overridden: bool, locked: bool, settled: bool, kind: LineKind
) -> None:
    assert kind is line_kind(
        product_type=product_type,
        is_product_overridden=write_in,
        is_price_overridden=overridden,
        is_price_locked=locked,
        has_settled_price=settled,
    )
