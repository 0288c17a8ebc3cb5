"""Which price list item applies to a line: the document's list first, then the product's default list."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from handsel.pricing.errors import PricingErrorCode
from handsel.pricing.request import PriceListItem

Key = TypeVar("Key", bound=Hashable)
_NONE = PricingErrorCode.NONE


@dataclass(frozen=True, slots=True)
class PriceList(Generic[Key]):
    """The facts of a price list that the search needs. Begin and end dates are not checked (pricing 2.1)."""

    currency_id: Key | None
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class ListSearch(Generic[Key]):
    """The facts that are the same for every line of a document."""

    price_list_id: Key | None
    currency_id: Key
    is_price_list_mandatory: bool = True


@dataclass(frozen=True, slots=True)
class ResolvedItem:
    """The item that applies, and the code the line gets if its price has to come from it.

    No item and no error: price lists are optional and the price is 0. An item with an error (its list is inactive)
    still serves a locked line, whose volume discount follows its quantity.
    """

    item: PriceListItem | None
    error: PricingErrorCode = _NONE


def resolve_item(
    search: ListSearch[Key],
    product_id: Key | None,
    unit_id: Key | None,
    default_list_id: Key | None,
    lists: Mapping[Key, PriceList[Key]],
    items: Mapping[tuple[Key, Key, Key], PriceListItem],
) -> ResolvedItem:
    """Find the item for a product in a unit (pricing 2.1).

    ``items`` is keyed by price list, product and unit. ``default_list_id`` is the product's own default price list; it
    is used when it has the document's currency. Codes: 6 no product, 10 no unit, 2 no price list although one is
    mandatory, 3 the list is inactive, 34 it has another currency, 38 the item has no currency, 11 no item.
    """
    if product_id is None:
        return ResolvedItem(None, PricingErrorCode.MISSING_PRODUCT)
    if unit_id is None:
        return ResolvedItem(None, PricingErrorCode.MISSING_UOM)
    list_id = search.price_list_id
    if list_id is None and search.is_price_list_mandatory:
        return ResolvedItem(None, PricingErrorCode.MISSING_PRICE_LEVEL)
    if list_id is not None:
        item = items.get((list_id, product_id, unit_id))
        error = _list_error(lists.get(list_id), search)
        if error is not _NONE or item is not None:
            return ResolvedItem(item, error or _item_error(item))
    default_list = None if default_list_id is None else lists.get(default_list_id)
    if default_list_id is not None and default_list is not None and default_list.currency_id == search.currency_id:
        item = items.get((default_list_id, product_id, unit_id))
        if item is not None:
            return ResolvedItem(item, _list_error(default_list, search) or _item_error(item))
    return ResolvedItem(None, PricingErrorCode.PRODUCT_NOT_IN_PRICE_LEVEL if search.is_price_list_mandatory else _NONE)


def _list_error(price_list: PriceList[Key] | None, search: ListSearch[Key]) -> PricingErrorCode:
    if price_list is None:
        return PricingErrorCode.MISSING_PRICE_LEVEL
    if not price_list.is_active:
        return PricingErrorCode.INACTIVE_PRICE_LEVEL
    if price_list.currency_id != search.currency_id:
        return PricingErrorCode.INVALID_PRICE_LEVEL_CURRENCY
    return _NONE


def _item_error(item: PriceListItem | None) -> PricingErrorCode:
    if item is not None and not item.has_currency:
        return PricingErrorCode.PRICE_LIST_ITEM_HAS_NO_CURRENCY
    return _NONE
