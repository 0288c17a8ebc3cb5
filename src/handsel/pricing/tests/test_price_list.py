"""Which price list item applies: the document's list, then the product's default list, else a code or 0."""

from typing import Any

import pytest

from handsel.pricing.errors import PricingErrorCode
from handsel.pricing.price_list import ListSearch, PriceList, ResolvedItem, resolve_item
from handsel.pricing.request import PriceListItem

WHOLESALE, DEFAULT = PriceListItem(1), PriceListItem(2)
LISTS = {
    "wholesale": PriceList("EUR"),
    "default": PriceList("EUR"),
    "dollars": PriceList("USD"),
    "old": PriceList("EUR", is_active=False),
}
ITEMS = {
    ("wholesale", "bolt", "each"): WHOLESALE,
    ("default", "bolt", "each"): DEFAULT,
    ("default", "nut", "each"): DEFAULT,
    ("dollars", "nut", "each"): PriceListItem(3),
    ("old", "bolt", "each"): WHOLESALE,
    ("wholesale", "stray", "each"): PriceListItem(1, has_currency=False),
}


def found(
    product: str | None = "bolt",
    unit: str | None = "each",
    of_list: str | None = "wholesale",
    default: str | None = "default",
    mandatory: bool = True,
) -> ResolvedItem:
    return resolve_item(ListSearch(of_list, "EUR", mandatory), product, unit, default, LISTS, ITEMS)


def test_the_documents_list_comes_first() -> None:
    assert found() == ResolvedItem(WHOLESALE)


def test_the_products_default_list_fills_in() -> None:
    assert found("nut") == ResolvedItem(DEFAULT)


def test_a_default_list_in_another_currency_does_not_count() -> None:
    assert found("nut", default="dollars") == ResolvedItem(None, PricingErrorCode.PRODUCT_NOT_IN_PRICE_LEVEL)


def test_an_item_in_another_unit_is_none() -> None:
    assert found(unit="dozen").error is PricingErrorCode.PRODUCT_NOT_IN_PRICE_LEVEL


def test_nothing_found_is_a_price_of_zero_when_price_lists_are_optional() -> None:
    assert found("washer", mandatory=False) == ResolvedItem(None)


def test_without_a_list_the_default_list_serves_only_when_lists_are_optional() -> None:
    assert found(of_list=None, mandatory=False) == ResolvedItem(DEFAULT)
    assert found(of_list=None) == ResolvedItem(None, PricingErrorCode.MISSING_PRICE_LEVEL)


def test_an_inactive_list_is_an_error_but_its_item_stays_known() -> None:
    assert found(of_list="old") == ResolvedItem(WHOLESALE, PricingErrorCode.INACTIVE_PRICE_LEVEL)
    assert found("nut", of_list="old") == ResolvedItem(None, PricingErrorCode.INACTIVE_PRICE_LEVEL)


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"product": None}, PricingErrorCode.MISSING_PRODUCT),
        ({"unit": None}, PricingErrorCode.MISSING_UOM),
        ({"of_list": "dollars"}, PricingErrorCode.INVALID_PRICE_LEVEL_CURRENCY),
        ({"of_list": "no such list"}, PricingErrorCode.MISSING_PRICE_LEVEL),
        ({"product": "stray"}, PricingErrorCode.PRICE_LIST_ITEM_HAS_NO_CURRENCY),
    ],
)
def test_each_obstacle_has_its_code(arguments: dict[str, Any], error: PricingErrorCode) -> None:
    assert found(**arguments).error is error
