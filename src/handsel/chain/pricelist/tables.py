"""Price lists, their items, and discount lists."""

from __future__ import annotations

from django.db import models

from handsel.chain.pricelist.options import (
    PriceListStatus,
    PricingMethods,
    QuantitySellings,
    RoundingOptions,
    RoundingPolicies,
)
from handsel.chain.system.options import ActiveState, DefaultOption
from handsel.pricing.methods.currency_amount import CURRENCY_AMOUNT
from handsel.pricing.options import QuantitySelling, RoundingOption, RoundingPolicy
from handsel.tables.columns import (
    Boolean,
    Choice,
    Date,
    Decimal,
    ExchangeRate,
    Guid,
    Key,
    Lookup,
    Memo,
    Money,
    State,
    Status,
    Text,
)
from handsel.tables.facts import PrecisionSource, Required, Writable
from handsel.tables.parent_column import ParentColumn
from handsel.tables.table import Audited, Imported, Table, TableFacts


class PriceLevel(Audited, Imported, Table):
    """A price list, in one currency."""

    table = TableFacts(
        "PriceLevel",
        "pricelevels",
        "Price List",
        "name",
        object_type_code=1022,
        plural_label="Price Lists",
    )

    price_level_id = Key("Price List")
    name = Text(100, "Name", required=Required.SYSTEM)
    state_code = State(
        ActiveState, "Status", required=Required.SYSTEM, writable=Writable.UPDATE, default=ActiveState.ACTIVE
    )
    status_code = Status(PriceListStatus, "Status Reason", default=PriceListStatus.ACTIVE)

    organization = Lookup(
        "organization",
        "Organization Id",
        collection="organization_price_levels",
        enforced=False,
        required=Required.SYSTEM,
        writable=Writable.NEVER,
    )
    transaction_currency = Lookup(
        "transactioncurrency",
        "Currency",
        collection="transactioncurrency_pricelevel",
        enforced=False,
        required=Required.APPLICATION,
    )

    exchange_rate = ExchangeRate(writable=Writable.NEVER)

    begin_date = Date("Start Date")
    description = Memo(2000, "Description")
    end_date = Date("End Date")
    freight_terms_code = Choice(DefaultOption, "Freight Terms")
    payment_method_code = Choice(DefaultOption, "Payment Method")
    shipping_method_code = Choice(DefaultOption, "Shipping Method")

    class Meta:
        db_table = "pricelevel"


class ProductPriceLevel(Audited, Imported, Table):
    """A price list item: what one unit of a product costs in a price list."""

    table = TableFacts(
        "ProductPriceLevel",
        "productpricelevels",
        "Price List Item",
        "productidname",
        object_type_code=1026,
        plural_label="Price List Items",
    )

    product_price_level_id = Key("Product Price List")

    discount_type = Lookup("discounttype", "Discount Type Id", collection="discount_type_product_price_levels")
    price_level = Lookup(
        "pricelevel", "Price List", collection="price_level_product_price_levels", required=Required.SYSTEM
    )
    product = Lookup("product", "Product", collection="product_price_levels", required=Required.SYSTEM)
    transaction_currency = Lookup(
        "transactioncurrency", "Currency", collection="transactioncurrency_productpricelevel", enforced=False
    )
    uom = Lookup(
        "uom",
        "Unit",
        schema="UoMId",
        collection="unit_of_measurement_product_price_levels",
        required=Required.APPLICATION,
    )
    uom_schedule = Lookup(
        "uomschedule",
        "Unit Schedule ID",
        schema="UoMScheduleId",
        collection="unit_of_measure_schedule_product_price_level",
    )

    amount = Money("Amount", source=PrecisionSource.PRICING, minimum=0, maximum=10**14, required=Required.APPLICATION)
    exchange_rate = ExchangeRate(writable=Writable.NEVER)
    rounding_option_amount = Money("Rounding Amount", minimum=-(10**14), maximum=10**14, required=Required.APPLICATION)

    organization_id = Guid("Organization", required=Required.SYSTEM, writable=Writable.NEVER)
    percentage = Decimal(2, "Percentage", minimum=0, maximum=10**9, required=Required.APPLICATION)
    pricing_method_code = Choice(
        PricingMethods, "Pricing Method", required=Required.APPLICATION, default=CURRENCY_AMOUNT
    )
    quantity_selling_code = Choice(
        QuantitySellings, "Quantity Selling Option", required=Required.APPLICATION, default=QuantitySelling.NO_CONTROL
    )
    rounding_option_code = Choice(
        RoundingOptions, "Rounding Option", required=Required.APPLICATION, default=RoundingOption.ENDS_IN
    )
    rounding_policy_code = Choice(
        RoundingPolicies, "Rounding Policy", required=Required.APPLICATION, default=RoundingPolicy.NONE
    )
    product_number = ParentColumn("product__product_number", "Product Number", schema="ProductNumber", kind="String")

    class Meta:
        db_table = "productpricelevel"
        constraints = [
            models.UniqueConstraint(fields=["price_level", "product", "uom"], name="productpricelevel_item"),
        ]


class DiscountType(Audited, Imported, Table):
    """A discount list: percentages or amounts by quantity."""

    table = TableFacts(
        "DiscountType",
        "discounttypes",
        "Discount List",
        "name",
        object_type_code=1080,
        plural_label="Discount Lists",
    )

    discount_type_id = Key("Discount List")
    name = Text(100, "Name", required=Required.SYSTEM)
    state_code = State(
        ActiveState, "Status", required=Required.SYSTEM, writable=Writable.UPDATE, default=ActiveState.ACTIVE
    )
    status_code = Status(PriceListStatus, "Status Reason", default=PriceListStatus.ACTIVE)

    organization = Lookup(
        "organization",
        "Organization Id",
        collection="organization_discount_types",
        enforced=False,
        required=Required.SYSTEM,
        writable=Writable.NEVER,
    )
    transaction_currency = Lookup(
        "transactioncurrency", "Currency", collection="transactioncurrency_discounttype", enforced=False
    )

    description = Memo(2000, "Description")
    is_amount_type = Boolean("Type", labels=("Percentage", "Amount"), default=False)

    class Meta:
        db_table = "discounttype"


class Discount(Audited, Imported, Table):
    """One range of quantities in a discount list."""

    table = TableFacts(
        "Discount",
        "discounts",
        "Discount",
        "name",
        object_type_code=1013,
        plural_label="Discounts",
    )

    discount_id = Key("Discount")
    name = Text(100, "Name", required=Required.APPLICATION)
    status_code = Status(None, "Status Reason")

    discount_type = Lookup(
        "discounttype", "Discount Type", collection="discount_type_discounts", index=True, required=Required.SYSTEM
    )
    transaction_currency = Lookup(
        "transactioncurrency",
        "Currency",
        collection="transactioncurrency_discount",
        enforced=False,
        writable=Writable.NEVER,
    )

    amount = Money("Amount", minimum=0, maximum=10**12, required=Required.APPLICATION)
    exchange_rate = ExchangeRate(writable=Writable.NEVER)

    high_quantity = Decimal(5, "End Quantity", minimum="0.00001", maximum=10**11, required=Required.SYSTEM)
    low_quantity = Decimal(
        5, "Begin Quantity", minimum="0.00001", maximum=10**11, required=Required.SYSTEM, range_code=0x80043B00
    )
    organization_id = Guid("Organization", required=Required.SYSTEM, writable=Writable.NEVER)
    percentage = Decimal(2, "Percentage", minimum=0, maximum=10**9, required=Required.APPLICATION)
    is_amount_type = ParentColumn("discount_type__is_amount_type", "Amount Type", schema="IsAmountType", kind="Boolean")

    class Meta:
        db_table = "discount"
