"""Properties of products and their values on lines."""

from __future__ import annotations

from handsel.chain.product.options import (
    PropertyAssociationStatus,
    PropertyDataType,
    PropertyInheritance,
    PropertyState,
    PropertyStatus,
)
from handsel.tables.columns import (
    AnyLookup,
    Boolean,
    Choice,
    Decimal,
    Double,
    ExchangeRate,
    Guid,
    Integer,
    Key,
    Lookup,
    Memo,
    State,
    Status,
    Text,
)
from handsel.tables.facts import OpenTargets, Required, Writable
from handsel.tables.table import Audited, Imported, Owned, Ownership, Table, TableFacts, split_check


class DynamicProperty(Audited, Imported, Table):
    """A property of a product: its type, limits and default."""

    table = TableFacts(
        "DynamicProperty",
        "dynamicproperties",
        "Property",
        "name",
        object_type_code=1048,
        plural_label="Properties",
        collections={
            "regardingobjectid_product": "Product_DynamicProperty",
            "regardingobjectid_productassociation": "ProductAssociation_DynamicProperty",
        },
        shareable=True,
    )

    dynamic_property_id = Key("Property ID")
    name = Text(100, "Name", required=Required.SYSTEM)
    state_code = State(
        PropertyState, "Status", required=Required.SYSTEM, writable=Writable.UPDATE, default=PropertyState.DRAFT
    )
    status_code = Status(PropertyStatus, "Status Reason", default=PropertyStatus.DRAFT)

    base_dynamic_property = Lookup(
        "dynamicproperty", "Base Property", collection="dynamicproperty_base_dynamicproperty"
    )
    default_value_option_set = Lookup(
        "dynamicpropertyoptionsetitem",
        "Default OptionSet Value",
        schema="DefaultValueOptionSet",
        collection="DefaultValueOptionSet_DynamicProperty",
    )
    organization = Lookup(
        "organization",
        "Organization Id",
        collection="dynamicproperty_organization",
        enforced=False,
        required=Required.SYSTEM,
        writable=Writable.NEVER,
    )
    regarding_object = AnyLookup(
        {"product": "regardingobjectid_product", "productassociation": "regardingobjectid_productassociation"},
        "Regarding",
        type_column="hs_regardingobjecttype",
        index=True,
    )

    data_type = Choice(PropertyDataType, "Data Type", required=Required.SYSTEM, default=PropertyDataType.OPTION_SET)
    default_value_decimal = Decimal(5, "Default Decimal Value", minimum=-(10**11), maximum=10**11)
    default_value_double = Double("Default Double Value", minimum=-(10**11), maximum=10**11)
    default_value_integer = Integer("Default Whole Number Value")
    default_value_string = Text(1024, "Default String Value")
    description = Memo(2000, "Description")
    is_hidden = Boolean("Hidden", required=Required.SYSTEM, default=False)
    is_read_only = Boolean("Read-Only", required=Required.SYSTEM, default=False)
    is_required = Boolean("Required", required=Required.SYSTEM, default=False)
    max_length_string = Integer("Maximum String Length", minimum=0, maximum=1024)
    max_value_decimal = Decimal(5, "Maximum Decimal Value", minimum=-(10**11), maximum=10**11)
    max_value_double = Double("Maximum Double Value", minimum=-(10**11), maximum=10**11)
    max_value_integer = Integer("Maximum Whole Number Value")
    min_value_decimal = Decimal(5, "Minimum Decimal Value", minimum=-(10**11), maximum=10**11)
    min_value_double = Double("Minimum Double Value", minimum=-(10**11), maximum=10**11)
    min_value_integer = Integer("Minimum Whole Number Value")
    overwritten_dynamic_property_id = Guid("Overwritten Property")
    precision = Integer("Precision", minimum=0, maximum=5)
    root_dynamic_property_id = Guid("Root Property")

    hs_regarding_object_type = Text(64, "Regarding Table", schema="hs_RegardingObjectType")

    class Meta:
        db_table = "dynamicproperty"


class DynamicPropertyAssociation(Audited, Imported, Table):
    """Which product or bundle item a property applies to."""

    table = TableFacts(
        "DynamicPropertyAssociation",
        "dynamicpropertyassociations",
        "Property Association",
        "name",
        object_type_code=1235,
        plural_label="Property Associations",
        collections={
            "regardingobjectid_product": "Product_DynamicPropertyAssociation",
            "regardingobjectid_productassociation": "ProductAssociation_DynamicPropertyAssociation",
        },
        shareable=True,
    )

    dynamic_property_association_id = Key("Property Association ID")
    name = Text(100, "Name")

    dynamic_property = Lookup(
        "dynamicproperty",
        "Property ID",
        collection="Dynamicproperty_DynamicPropertyAssociation",
        index=True,
        required=Required.SYSTEM,
    )
    organization = Lookup(
        "organization",
        "Organization Id",
        collection="DynamicPropertyAssociation_organization",
        enforced=False,
        required=Required.SYSTEM,
        writable=Writable.NEVER,
    )
    regarding_object = AnyLookup(
        {"product": "regardingobjectid_product", "productassociation": "regardingobjectid_productassociation"},
        "Regarding",
        schema="RegardingObjectid",
        type_column="hs_regardingobjecttype",
        index=True,
        required=Required.SYSTEM,
    )
    transaction_currency = Lookup(
        "transactioncurrency", "Currency", collection="DynamicPropertyAssociation_TransactionCurrency", enforced=False
    )

    exchange_rate = ExchangeRate(writable=Writable.NEVER)

    association_status = Choice(PropertyAssociationStatus, "Association Status.")
    inheritance_state = Choice(PropertyInheritance, "Inheritance State.")

    hs_regarding_object_type = Text(64, "Regarding Table", schema="hs_RegardingObjectType")

    class Meta:
        db_table = "dynamicpropertyassociation"


class DynamicPropertyOptionSetItem(Audited, Imported, Table):
    """One option of a property that offers a choice."""

    table = TableFacts(
        "DynamicPropertyOptionSetItem",
        "dynamicpropertyoptionsetitems",
        "Property Option Set Item",
        "dynamicpropertyoptionname",
        object_type_code=1049,
        plural_label="Property Option Set Items",
        shareable=True,
    )

    dynamic_property_option_set_value_id = Key("Property Option Set ID")
    dynamic_property_option_name = Text(100, "Name", required=Required.SYSTEM)

    dynamic_property = Lookup(
        "dynamicproperty",
        "Property ID",
        collection="DynamicProperty_DynamicPropertyOptionSetItem",
        index=True,
        required=Required.APPLICATION,
    )
    organization = Lookup(
        "organization",
        "Organization Id",
        collection="DynamicPropertyOptionSetItem_organization",
        enforced=False,
        required=Required.SYSTEM,
        writable=Writable.NEVER,
    )
    transaction_currency = Lookup(
        "transactioncurrency", "Currency", collection="DynamicPropertyOptionSetItem_TransactionCurrency", enforced=False
    )

    exchange_rate = ExchangeRate(writable=Writable.NEVER)

    dynamic_property_option_description = Text(100, "Description")
    dynamic_property_option_set_value_sequence_number = Integer("Internal Use Only")
    dynamic_property_option_value = Integer("Value", minimum=0)

    class Meta:
        db_table = "dynamicpropertyoptionsetitem"


class DynamicPropertyInstance(Owned, Audited, Imported, Table):
    """The value of a property on a line of a document."""

    table = TableFacts(
        "DynamicPropertyInstance",
        "dynamicpropertyinstances",
        "Property Instance",
        "name",
        ownership=Ownership.USER,
        object_type_code=1333,
        plural_label="Property Instances",
        collections={
            "owningbusinessunit": "business_unit_dynamicproperyinstance",
            "owningteam": "team_DynamicPropertyInstance",
        },
        shareable=True,
    )

    dynamic_property_instance_id = Key("Property Instance ID", schema="DynamicPropertyInstanceid")
    name = Text(100, "Name", required=Required.APPLICATION)

    dynamic_property = Lookup(
        "dynamicproperty", "Property ID", collection="DynamicProperty_DynamicPropertyInstance", required=Required.SYSTEM
    )
    regarding_object = AnyLookup(
        OpenTargets("takes_properties", "{schema}_Dynamicpropertyinstance"),
        "Regarding Object Id",
        type_column="hs_regardingobjecttype",
        index=True,
    )
    transaction_currency = Lookup("transactioncurrency", "Currency", enforced=False)

    exchange_rate = ExchangeRate(writable=Writable.NEVER)

    validation_status = Boolean("Is Valid", schema="validationstatus")
    value_decimal = Decimal(5, "Decimal Value", minimum=-(10**11), maximum=10**11)
    value_double = Double("Double Value", minimum=-(10**11), maximum=10**11)
    value_integer = Integer("Integer Value")
    value_string = Text(1024, "String Value")

    hs_regarding_object_type = Text(64, "Regarding Table", schema="hs_RegardingObjectType")

    class Meta:
        db_table = "dynamicpropertyinstance"
        constraints = [
            split_check("dynamicpropertyinstance", "owner", "owning_user", "owning_team"),
        ]
