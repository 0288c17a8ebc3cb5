"""Units, products, parts of bundles, and relationships between products."""

from __future__ import annotations

from django.db import models

from handsel.chain.product.options import (
    AssociationState,
    AssociationStatus,
    BundleItemRequired,
    Direction,
    ProductState,
    ProductStatus,
    ProductStructure,
    ProductType,
    PropertyCustomization,
    SalesRelationship,
)
from handsel.chain.product.properties import (
    DynamicProperty,
    DynamicPropertyAssociation,
    DynamicPropertyInstance,
    DynamicPropertyOptionSetItem,
)
from handsel.chain.system.options import ActiveState, ActiveStatus
from handsel.errors import Code
from handsel.tables.columns import (
    Boolean,
    Choice,
    DateTime,
    Decimal,
    ExchangeRate,
    Guid,
    Integer,
    Key,
    Lookup,
    Memo,
    Money,
    State,
    Status,
    Text,
)
from handsel.tables.facts import PrecisionSource, Required, Writable
from handsel.tables.table import Audited, Imported, Table, TableFacts

__all__ = [
    "DynamicProperty",
    "DynamicPropertyAssociation",
    "DynamicPropertyInstance",
    "DynamicPropertyOptionSetItem",
    "Product",
    "ProductAssociation",
    "ProductSubstitute",
    "UoM",
    "UoMSchedule",
]


class UoMSchedule(Audited, Imported, Table):
    """A unit group: units that convert into each other."""

    table = TableFacts(
        "UoMSchedule",
        "uomschedules",
        "Unit Group",
        "name",
        object_type_code=1056,
        plural_label="Unit Groups",
        shareable=True,
    )

    uom_schedule_id = Key("Unit Group", schema="UoMScheduleId")
    name = Text(200, "Name", required=Required.SYSTEM)
    state_code = State(
        ActiveState, "Status", required=Required.SYSTEM, writable=Writable.UPDATE, default=ActiveState.ACTIVE
    )
    status_code = Status(ActiveStatus, "Status Reason", default=ActiveStatus.ACTIVE)

    organization = Lookup(
        "organization",
        "Organization Id",
        collection="organization_uof_schedules",
        enforced=False,
        required=Required.SYSTEM,
        writable=Writable.NEVER,
    )

    base_uom_name = Text(100, "Base Unit name", schema="BaseUoMName")
    description = Memo(2000, "Description")

    class Meta:
        db_table = "uomschedule"


class UoM(Audited, Imported, Table):
    """A unit, and its quantity in its base unit."""

    table = TableFacts(
        "UoM",
        "uoms",
        "Unit",
        "name",
        object_type_code=1055,
        plural_label="Units",
        shareable=True,
    )

    uom_id = Key("Unit", schema="UoMId")
    name = Text(100, "Name", required=Required.SYSTEM)

    base_uom = Lookup(
        "uom", "Base Unit", schema="BaseUoM", collection="unit_of_measurement_base_unit", required=Required.APPLICATION
    )
    uom_schedule = Lookup(
        "uomschedule",
        "Unit Schedule",
        schema="UoMScheduleId",
        collection="unit_of_measure_schedule_conversions",
        index=True,
        required=Required.SYSTEM,
    )

    is_schedule_base_uom = Boolean(
        "Is Schedule Base Unit", schema="IsScheduleBaseUoM", writable=Writable.NEVER, default=False
    )
    organization_id = Guid("Organization", required=Required.SYSTEM, writable=Writable.NEVER)
    quantity = Decimal(
        5,
        "Quantity",
        minimum=0,
        maximum=10**10,
        required=Required.APPLICATION,
        precision_code=Code.PRODUCT_INVALID_QUANTITY_DECIMAL,
    )

    class Meta:
        db_table = "uom"


class Product(Audited, Imported, Table):
    """A product, a family of products, a bundle or a kit."""

    table = TableFacts(
        "Product",
        "products",
        "Product",
        "name",
        object_type_code=1024,
        plural_label="Products",
        shareable=True,
        takes_notes=True,
    )

    product_id = Key("Product")
    name = Text(100, "Name", required=Required.APPLICATION, searched=True)
    state_code = State(
        ProductState, "Status", required=Required.SYSTEM, writable=Writable.UPDATE, default=ProductState.DRAFT
    )
    status_code = Status(ProductStatus, "Status Reason", default=ProductStatus.DRAFT)

    default_uom = Lookup(
        "uom",
        "Default Unit",
        schema="DefaultUoMId",
        collection="unit_of_measurement_products",
        required=Required.APPLICATION,
    )
    default_uom_schedule = Lookup(
        "uomschedule",
        "Unit Group",
        schema="DefaultUoMScheduleId",
        collection="unit_of_measurement_schedule_products",
        required=Required.APPLICATION,
    )
    organization = Lookup(
        "organization",
        "Organization Id",
        collection="organization_products",
        enforced=False,
        required=Required.SYSTEM,
        writable=Writable.NEVER,
    )
    parent_product = Lookup("product", "Parent", collection="product_parent_product")
    price_level = Lookup(
        "pricelevel", "Default Price List", collection="price_level_products", required=Required.RECOMMENDED
    )
    transaction_currency = Lookup(
        "transactioncurrency", "Currency", collection="transactioncurrency_product", enforced=False
    )

    current_cost = Money("Current Cost", source=PrecisionSource.PRICING, minimum=0, maximum=10**12)
    exchange_rate = ExchangeRate(writable=Writable.NEVER)
    price = Money("List Price", source=PrecisionSource.PRICING, minimum=0, maximum=10**12)
    standard_cost = Money("Standard Cost", source=PrecisionSource.PRICING, minimum=0, maximum=10**12)

    description = Memo(2000, "Description")
    hierarchy_path = Text(450, "Hierarchy Path", writable=Writable.NEVER)
    is_kit = Boolean("Is Kit", default=False)
    is_reparented = Boolean("Is Reparented", default=False)
    is_stock_item = Boolean("Stock Item")
    product_number = Text(100, "Product ID", required=Required.SYSTEM, searched=True)
    product_structure = Choice(
        ProductStructure, "Product Structure", required=Required.SYSTEM, default=ProductStructure.PRODUCT
    )
    product_type_code = Choice(ProductType, "Product Type")
    product_url = Text(255, "URL", format="Url")
    quantity_decimal = Integer("Decimals Supported", minimum=0, maximum=5, required=Required.APPLICATION)
    quantity_on_hand = Decimal(5, "Quantity On Hand", minimum=0, maximum=10**9)
    size = Text(200, "Size")
    stock_volume = Decimal(2, "Stock Volume", minimum=0, maximum=10**9)
    stock_weight = Decimal(2, "Stock Weight", minimum=0, maximum=10**9)
    supplier_name = Text(100, "Supplier Name")
    valid_from_date = DateTime("Valid From", format="DateOnly")
    valid_to_date = DateTime("Valid To", format="DateOnly")
    vendor_id = Text(100, "Vendor ID", schema="VendorID")
    vendor_name = Text(100, "Vendor")
    vendor_part_number = Text(100, "Vendor Name")

    class Meta:
        db_table = "product"
        constraints = [
            models.UniqueConstraint(fields=["product_number"], name="product_number"),
        ]


class ProductAssociation(Audited, Imported, Table):
    """A product inside a bundle or kit."""

    table = TableFacts(
        "ProductAssociation",
        "productassociations",
        "Product Association",
        "productidname",
        object_type_code=1025,
        plural_label="Product Associations",
        shareable=True,
    )

    product_association_id = Key("Product Association ID")
    state_code = State(
        AssociationState, "Status", required=Required.SYSTEM, writable=Writable.UPDATE, default=AssociationState.DRAFT
    )
    status_code = Status(AssociationStatus, "Status Reason", default=AssociationStatus.DRAFT)

    associated_product = Lookup(
        "product",
        "Associated Product",
        schema="AssociatedProduct",
        collection="Product_ProductAssociation_AssocProd",
        required=Required.SYSTEM,
    )
    organization = Lookup(
        "organization",
        "Organization Id",
        collection="organization_ProductAssociation",
        enforced=False,
        required=Required.SYSTEM,
        writable=Writable.NEVER,
    )
    product = Lookup(
        "product", "Product", collection="Product_ProductAssociation_Prod", index=True, required=Required.SYSTEM
    )
    transaction_currency = Lookup(
        "transactioncurrency", "Currency", collection="transactioncurrency_ProductAssociation", enforced=False
    )
    uom = Lookup(
        "uom",
        "Unit",
        schema="UoMId",
        collection="unit_of_measurement_productassociation",
        required=Required.APPLICATION,
    )

    exchange_rate = ExchangeRate(writable=Writable.NEVER)

    product_is_required = Choice(
        BundleItemRequired, "Required", required=Required.APPLICATION, default=BundleItemRequired.OPTIONAL
    )
    property_customization_status = Choice(
        PropertyCustomization,
        "Property Customization",
        required=Required.SYSTEM,
        default=PropertyCustomization.NOT_AVAILABLE,
    )
    quantity = Decimal(
        5,
        "Quantity",
        minimum=0,
        maximum=10**11,
        required=Required.APPLICATION,
        precision_code=Code.PRODUCT_INVALID_QUANTITY_DECIMAL,
    )

    class Meta:
        db_table = "productassociation"


class ProductSubstitute(Audited, Imported, Table):
    """A relationship of a product to another one, such as its substitute."""

    table = TableFacts(
        "ProductSubstitute",
        "productsubstitutes",
        "Product Relationship",
        "name",
        object_type_code=1028,
        plural_label="Product Relationships",
        shareable=True,
    )

    product_substitute_id = Key("Product Relationship ID")
    name = Text(100, "Name", required=Required.APPLICATION)
    state_code = State(
        ActiveState, "Status", required=Required.SYSTEM, writable=Writable.NEVER, default=ActiveState.ACTIVE
    )
    status_code = Status(ActiveStatus, "Status Reason", default=ActiveStatus.ACTIVE)

    organization = Lookup(
        "organization",
        "Organization Id",
        collection="organization_ProductSubstitute",
        enforced=False,
        required=Required.SYSTEM,
        writable=Writable.NEVER,
    )
    product = Lookup(
        "product", "Product", collection="product_ProductSubstitute_productid", index=True, required=Required.SYSTEM
    )
    substituted_product = Lookup(
        "product",
        "Related Product",
        collection="product_ProductSubstitute_substitutedproductid",
        required=Required.SYSTEM,
    )
    transaction_currency = Lookup(
        "transactioncurrency", "Currency", collection="transactioncurrency_ProductSubstitute", enforced=False
    )

    exchange_rate = ExchangeRate(writable=Writable.NEVER)

    direction = Choice(Direction, "Direction", required=Required.SYSTEM, default=Direction.UNI_DIRECTIONAL)
    sales_relationship_type = Choice(
        SalesRelationship, "Sales Relationship Type", required=Required.SYSTEM, default=SalesRelationship.UP_SELL
    )

    class Meta:
        db_table = "productsubstitute"
