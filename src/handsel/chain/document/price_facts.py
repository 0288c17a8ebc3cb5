"""The rows that prices depend on, read for all documents of a round at once."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from handsel.database.row import Row
from handsel.engine.row_reader import Prefetch
from handsel.engine.work import Work
from handsel.pricing.errors import PricingErrorCode
from handsel.pricing.methods.registry import METHODS
from handsel.pricing.price_list import ListSearch, PriceList, ResolvedItem, resolve_item
from handsel.pricing.request import DiscountList, DiscountRange, PriceListItem, ProductFacts
from handsel.pricing.units import SAME_UNIT, Unit, UnitRatio, unit_ratio


class PriceFacts:
    """Products, price list items, discount lists and units for a set of catalog lines.

    At most seven statements for any number of documents and lines: products, items, price lists, discount lists,
    their ranges, and units, if a method that uses units prices a line in another unit than the product's default one.
    """

    def __init__(self, work: Work, lines: Iterable[Row], price_list_ids: Iterable[UUID | None]) -> None:
        self.work = work
        lines = list(lines)
        price_list_ids = list(price_list_ids)
        product_ids = {line.get("productid") for line in lines}
        work.as_system.prefetch(
            Prefetch("product", product_ids),
            Prefetch("productpricelevel", product_ids, parent="productid"),
            Prefetch("pricelevel", price_list_ids),
        )
        self.products = work.as_system.load("product", product_ids)
        self._items = self._load_items()
        lists = {*price_list_ids, *(product.get("pricelevelid") for product in self.products.values())}
        self.price_lists = {
            id: PriceList(row.get("transactioncurrencyid"), (row.get("statecode") or 0) == 0)
            for id, row in work.as_system.load("pricelevel", lists).items()
        }
        self._units = self._load_units(lines)
        self._facts: dict[tuple[UUID, UUID | None], ProductFacts] = {}

    def resolve(self, line: Row, price_list: UUID | None, currency: UUID | None, *, mandatory: bool) -> ResolvedItem:
        """The price list item that applies to a line (pricing 2.1)."""
        product = self.products.get(line.get("productid"))
        search = ListSearch(price_list, currency, mandatory)
        default_list = product.get("pricelevelid") if product else None
        return resolve_item(
            search, line.get("productid"), line.get("uomid"), default_list, self.price_lists, self._items
        )

    def product(self, line: Row, price_list: UUID | None) -> ProductFacts | None:
        """A line's product as pricing sees it."""
        product = self.products.get(line.get("productid"))
        if product is None:
            return None
        key = (product.id, price_list)
        found = self._facts.get(key)
        if found is None:
            listed = self.price_lists.get(price_list) if price_list is not None else None
            currency = product.get("transactioncurrencyid")
            found = self._facts[key] = ProductFacts(
                list_price=product.get("price"),
                current_cost=product.get("currentcost"),
                standard_cost=product.get("standardcost"),
                quantity_decimal=product.get("quantitydecimal"),
                has_list_currency=listed is None or currency is None or currency == listed.currency_id,
            )
        return found

    def ratio(self, line: Row) -> UnitRatio | PricingErrorCode:
        """How a line's unit relates to its product's default unit (pricing 2.3)."""
        product = self.products.get(line.get("productid"))
        if product is None:
            return SAME_UNIT
        default = product.get("defaultuomid")
        if default is not None and default == line.get("uomid"):
            return SAME_UNIT
        return unit_ratio(line.get("uomid"), default, self._units)

    def _load_items(self) -> dict[tuple[UUID, UUID, UUID], PriceListItem]:
        work = self.work
        by_product = work.as_system.children("productpricelevel", "productid", list(self.products))
        rows = [row for found in by_product.values() for row in found]
        discount_ids = {row["discounttypeid"] for row in rows if row.get("discounttypeid")}
        lists = self._discount_lists(discount_ids, rows) if discount_ids else {}
        self._uses_units = any(_uses_units(row) for row in rows)
        return {
            (row["pricelevelid"], row["productid"], row["uomid"]): PriceListItem(
                pricing_method=row.get("pricingmethodcode"),
                amount=row.get("amount"),
                percentage=row.get("percentage"),
                rounding_policy=row.get("roundingpolicycode"),
                rounding_option=row.get("roundingoptioncode"),
                rounding_amount=row.get("roundingoptionamount"),
                quantity_selling=row.get("quantitysellingcode"),
                discount_list=lists.get((row.get("discounttypeid"), row.get("transactioncurrencyid"))),
                has_currency=row.get("transactioncurrencyid") is not None,
            )
            for row in rows
        }

    def _discount_lists(self, ids: set[UUID], items: list[Row]) -> dict[tuple[UUID | None, Any], DiscountList]:
        heads = self.work.as_system.load("discounttype", ids)
        ranges = self.work.as_system.children("discount", "discounttypeid", list(heads))
        made: dict[tuple[UUID | None, Any], DiscountList] = {}
        for item in items:
            head = heads.get(item.get("discounttypeid"))
            key = (item.get("discounttypeid"), item.get("transactioncurrencyid"))
            if head is None or key in made:
                continue
            currency = head.get("transactioncurrencyid")
            made[key] = DiscountList(
                is_amount_type=bool(head.get("isamounttype")),
                ranges=tuple(
                    DiscountRange(
                        row.get("lowquantity") or Decimal(0),
                        row.get("highquantity") or Decimal(0),
                        row.get("percentage"),
                        row.get("amount"),
                    )
                    for row in ranges[head.id]
                ),
                has_list_currency=not head.get("isamounttype") or currency == item.get("transactioncurrencyid"),
            )
        return made

    def _load_units(self, lines: list[Row]) -> dict[UUID, Unit[UUID]]:
        """Read the unit groups of the products whose amounts have to be converted from one unit to another."""
        if not self._uses_units:
            return {}
        if all(self._is_default_unit(line) for line in lines):
            return {}
        groups = [
            id for id in {product.get("defaultuomscheduleid") for product in self.products.values()} if id is not None
        ]
        units = self.work.as_system.children("uom", "uomscheduleid", groups)
        return {
            row.id: Unit(row.get("quantity") or Decimal(0), row.get("baseuom"))
            for rows in units.values()
            for row in rows
        }

    def _is_default_unit(self, line: Row) -> bool:
        product = self.products.get(line.get("productid"))
        return product is None or product.get("defaultuomid") in (None, line.get("uomid"))


def _uses_units(item: Row) -> bool:
    """Whether a price list item uses an amount of the product, which is per default unit of the product."""
    method = METHODS.get(item.get("pricingmethodcode"))
    return method is not None and method.uses_units
