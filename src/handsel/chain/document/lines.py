"""The columns that the lines of all sales documents share."""

from __future__ import annotations

from django.db import models

from handsel.chain.system.options import (
    LineProductTypes,
    PricingErrorCodes,
    PropertyConfiguration,
    SkipLinePriceCalculation,
)
from handsel.errors import Code
from handsel.pricing.options import ProductType
from handsel.tables.columns import (
    Boolean,
    Choice,
    Decimal,
    ExchangeRate,
    Guid,
    Integer,
    Lookup,
    Memo,
    Money,
    Text,
)
from handsel.tables.facts import PrecisionSource, Required, Writable
from handsel.tables.parent_column import ParentColumn
from handsel.tables.table import Audited, ColumnGroup, Imported, Table


class FollowsParent(ColumnGroup):
    """The columns of a line that are read through its document: owner, state, price lock (orders, invoices).

    `prefix` is the schema name of the document, `lookup` the Python name of the lookup to it.
    """

    def __init__(self, prefix: str, lookup: str, *, price_lock: bool = False) -> None:
        super().__init__(prefix)
        self.lookup, self.price_lock = lookup, price_lock

    def contribute_to_class(self, cls: type[models.Model], name: str) -> None:
        parent_column = {
            "owner": ("OwnerId", "Owner", "Owner", "owner"),
            "owning_user": ("OwningUser", "Owning User", "Uniqueidentifier", "owning_user"),
            "owning_team": ("OwningTeam", "Owning Team", "Lookup", "owning_team"),
            "owning_business_unit": ("OwningBusinessUnit", "Owning Business Unit", "Lookup", "owning_business_unit"),
            f"{self.lookup}_state_code": (f"{self.prefix}StateCode", f"{self.prefix} Status", "Picklist", "state_code"),
        }
        if self.price_lock:
            column = (f"{self.prefix}IsPriceLocked", "Prices Locked", "Boolean", "is_price_locked")
            parent_column[f"{self.lookup}_is_price_locked"] = column
        for attribute, (schema, label, kind, source) in parent_column.items():
            cls.add_to_class(attribute, ParentColumn(f"{self.lookup}__{source}", label, schema=schema, kind=kind))


class DocumentLine(Audited, Imported, Table):
    """The columns that the lines of opportunity, quote, order and invoice share.

    `quantity` is in the line's unit, amounts in its currency. `is_product_overridden` is true for a write-in, false for
    a product of the catalog.
    """

    product = Lookup("product", "Existing Product")
    transaction_currency = Lookup("transactioncurrency", "Currency", enforced=False, writable=Writable.CREATE)
    uom = Lookup("uom", "Unit", schema="UoMId")

    base_amount = Money("Amount")
    exchange_rate = ExchangeRate(writable=Writable.NEVER)
    extended_amount = Money("Extended Amount")
    price_per_unit = Money("Price Per Unit", source=PrecisionSource.PRICING)
    volume_discount_amount = Money("Volume Discount", minimum=0, writable=Writable.NEVER)

    description = Memo(2000, "Description")
    is_price_overridden = Boolean("Price Overridden", labels=("Use Default", "Override Price"), default=False)
    is_product_overridden = Boolean("Select Product", labels=("Existing", "Write In"), default=False)
    line_item_number = Integer("Line Item Number", minimum=0, maximum=10**9)
    pricing_error_code = Choice(PricingErrorCodes, "Pricing Error", default=0)
    product_association_id = Guid(
        "Bundle Item Association",
        targets={"productassociation": "productassociationid_productassociation"},
        writable=Writable.CREATE,
    )
    product_description = Text(500, "Write-In Product")
    product_name = Text(500, "Product Name", writable=Writable.CREATE)
    product_type_code = Choice(
        LineProductTypes,
        "Product type",
        required=Required.SYSTEM,
        writable=Writable.CREATE,
        default=ProductType.PRODUCT,
    )
    property_configuration_status = Choice(
        PropertyConfiguration,
        "Property Configuration",
        required=Required.SYSTEM,
        default=PropertyConfiguration.NOT_CONFIGURED,
    )
    quantity = Decimal(
        5,
        "Quantity",
        minimum=-(10**11),
        maximum=10**11,
        required=Required.APPLICATION,
        precision_code=Code.PRODUCT_INVALID_QUANTITY_DECIMAL,
    )
    sequence_number = Integer("Sequence Number")
    skip_price_calculation = Choice(SkipLinePriceCalculation, "Skip Price Calculation")

    class Meta:
        abstract = True


class TradeLine(DocumentLine):
    """The columns that the lines of quote, order and invoice add, and the links to the lines they come from."""

    sales_rep = Lookup("systemuser", "Salesperson", enforced=False)

    manual_discount_amount = Money("Manual Discount", minimum=0, maximum=10**12)
    tax = Money("Tax", minimum=-(10**12), maximum=10**12)

    will_call = Boolean("Ship To", labels=("Address", "Will Call"), default=False)

    product_number = ParentColumn("product__product_number", "Product Number", schema="ProductNumber", kind="String")

    hs_origin_line_id = Guid("First Line", schema="hs_OriginLineId", writable=Writable.NEVER)
    hs_opportunity_product_id = Guid("Opportunity Product", schema="hs_OpportunityProductId", writable=Writable.NEVER)

    class Meta:
        abstract = True
