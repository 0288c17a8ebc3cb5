"""Currency, organization settings, notes and column maps."""

from __future__ import annotations

from django.db import models

from handsel.chain.system.options import (
    ActiveState,
    ActiveStatus,
    CurrencyDisplay,
    CurrencyFormat,
    DiscountCalculationMethods,
    FullNameConvention,
    Policy,
)
from handsel.pricing.options import DiscountMethod
from handsel.tables.columns import (
    AnyLookup,
    BigInt,
    Boolean,
    Choice,
    DateTime,
    ExchangeRate,
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


class TransactionCurrency(Audited, Imported, Table):
    """A currency and its rate: units of it per unit of the base currency."""

    table = TableFacts(
        "TransactionCurrency",
        "transactioncurrencies",
        "Currency",
        "currencyname",
        object_type_code=9105,
        plural_label="Currencies",
    )

    transaction_currency_id = Key("Transaction Currency")
    currency_name = Text(100, "Currency Name", required=Required.SYSTEM)
    state_code = State(
        ActiveState, "Status", required=Required.SYSTEM, writable=Writable.UPDATE, default=ActiveState.ACTIVE
    )
    status_code = Status(ActiveStatus, "Status Reason", default=ActiveStatus.ACTIVE)

    organization = Lookup(
        "organization",
        "Organization",
        collection="organization_transactioncurrencies",
        enforced=False,
        required=Required.SYSTEM,
        writable=Writable.NEVER,
    )

    exchange_rate = ExchangeRate(required=Required.SYSTEM)

    currency_precision = Integer("Currency Precision", minimum=0, maximum=4, required=Required.SYSTEM, default=2)
    currency_symbol = Text(10, "Currency Symbol", required=Required.SYSTEM)
    iso_currency_code = Text(5, "Currency Code", schema="ISOCurrencyCode", required=Required.SYSTEM)

    class Meta:
        db_table = "transactioncurrency"
        constraints = [
            models.UniqueConstraint(fields=["iso_currency_code"], name="transactioncurrency_code"),
        ]


class Organization(Audited, Table):
    """The one row of settings of this organization. Each numbered document adds its settings (`DocumentNumber`)."""

    table = TableFacts(
        "Organization",
        "organizations",
        "Organization",
        "name",
        ownership=Ownership.NONE,
        object_type_code=1019,
        plural_label="Organizations",
    )

    organization_id = Key("Organization")
    name = Text(160, "Organization Name", required=Required.SYSTEM)

    base_currency = Lookup("transactioncurrency", "Currency", collection="basecurrency_organization", enforced=False)

    base_currency_precision = Integer(
        "Base Currency Precision", minimum=0, maximum=4, required=Required.SYSTEM, writable=Writable.NEVER, default=2
    )
    base_currency_symbol = Text(5, "Base Currency Symbol", required=Required.SYSTEM, writable=Writable.NEVER)
    cascade_status_update = Boolean("Cascade Status Update", default=False)
    create_products_without_parent_in_active_state = Boolean(
        "Enable Active Initial Product State", required=Required.SYSTEM, default=False
    )
    currency_decimal_precision = Integer("Currency Decimal Precision", required=Required.SYSTEM, default=2)
    currency_display_option = Choice(
        CurrencyDisplay, "Display Currencies Using", required=Required.SYSTEM, default=CurrencyDisplay.CURRENCY_SYMBOL
    )
    currency_format_code = Choice(
        CurrencyFormat, "Currency Format Code", required=Required.SYSTEM, default=CurrencyFormat.BEFORE
    )
    currency_symbol = Text(13, "Currency Symbol")
    decimal_symbol = Text(5, "Decimal Symbol", required=Required.SYSTEM, default=".")
    discount_calculation_method = Choice(
        DiscountCalculationMethods,
        "Discount calculation method",
        required=Required.SYSTEM,
        default=DiscountMethod.LINE_ITEM,
    )
    enable_pricing_on_create = Boolean("Enable Pricing On Create", required=Required.SYSTEM, default=True)
    fiscal_calendar_start = DateTime("Fiscal Calendar Start")
    fiscal_period_type = Integer("Fiscal Period Type", required=Required.SYSTEM, default=2002)
    full_name_convention_code = Choice(
        FullNameConvention, "Full Name Display Order", required=Required.SYSTEM, default=FullNameConvention.FIRST_NAME
    )
    is_all_money_decimal = Boolean("Is All Money Decimal", default=False)
    is_manual_sales_forecasting_enabled = Boolean("Is Manual Sales Forecasting Enabled", default=False)
    is_new_add_product_experience_enabled = Boolean("Is New Add Product Experience Enabled", default=False)
    is_price_list_mandatory = Boolean("Is Price List Mandatory", default=True)
    is_quick_create_enabled_for_opportunity_close = Boolean(
        "Is Quick Create Enabled For Opportunity Close", default=False
    )
    is_sop_integration_enabled = Boolean(
        "Is Sales Order Integration Enabled", schema="IsSOPIntegrationEnabled", default=False
    )
    is_write_in_products_allowed = Boolean("Is Write In Products Allowed", default=True)
    language_code = Integer("Language", minimum=0, default=1033)
    locale_id = Integer("Locale", minimum=0, required=Required.SYSTEM)
    maximum_dynamic_properties_allowed = Integer(
        "Product Properties Item Limit", minimum=0, required=Required.SYSTEM, default=50
    )
    max_upload_file_size = Integer(
        "Max Upload File Size", minimum=1, maximum=131_072_000, required=Required.SYSTEM, default=5_242_880
    )
    max_products_in_bundle = Integer("Bundle Item Limit", minimum=0, required=Required.SYSTEM, default=15)
    negative_currency_format_code = Integer("Negative Currency Format", required=Required.SYSTEM, default=1)
    number_group_format = Text(50, "Number Grouping Format", default="3")
    number_separator = Text(5, "Number Separator", required=Required.SYSTEM, default=",")
    oob_price_calculation_enabled = Boolean(
        "Enable OOB Price calculation", schema="OOBPriceCalculationEnabled", required=Required.SYSTEM, default=True
    )
    pricing_decimal_precision = Integer(
        "Pricing Decimal Precision", minimum=0, maximum=4, required=Required.SYSTEM, default=2
    )
    product_recommendations_enabled = Boolean(
        "Enable Product Recommendations for this Organization", required=Required.SYSTEM, default=False
    )
    qualify_lead_additional_options = Text(4000, "Qualify Lead Additional Options", default="{}")
    restrict_status_update = Boolean("Restrict Status Update", default=False)
    share_to_previous_owner_on_assign = Boolean(
        "Share To Previous Owner On Assign", required=Required.SYSTEM, default=False
    )
    unique_specifier_length = Integer("Unique String Length", minimum=4, maximum=6, default=6)
    use_inbuilt_rule_for_default_pricelist_selection = Boolean(
        "Use Inbuilt Rule For Default Pricelist Selection", default=True
    )

    hs_round_unit_discount = Boolean("Round Unit Discounts", schema="hs_RoundUnitDiscount", default=False)
    hs_idempotency_key_days = Integer(
        "Days Idempotency Keys Are Kept", schema="hs_IdempotencyKeyDays", minimum=1, maximum=365, default=7
    )
    hs_expired_quotes = Choice(Policy, "Expired Quotes", schema="hs_ExpiredQuotes", default=Policy.WARN)
    hs_pricing_errors = Choice(Policy, "Sale With Pricing Errors", schema="hs_PricingErrors", default=Policy.REFUSE)
    hs_second_conversion = Choice(Policy, "Second Conversion", schema="hs_SecondConversion", default=Policy.ALLOW)
    hs_metadata_version = Integer("Metadata Version", schema="hs_MetadataVersion", writable=Writable.NEVER, default=0)
    hs_rights_version = BigInt("Rights Version", schema="hs_RightsVersion", writable=Writable.NEVER)
    hs_tell_hidden_rows = Boolean("Tell That Hidden Rows Exist", schema="hs_TellHiddenRows", default=False)
    hs_ownership_across_units = Boolean(
        "Record Ownership Across Business Units", schema="hs_OwnershipAcrossUnits", default=False
    )

    class Meta:
        db_table = "organization"


class Annotation(Owned, Audited, Imported, Table):
    """A note, with or without a file, about a row of another table."""

    table = TableFacts(
        "Annotation",
        "annotations",
        "Note",
        "subject",
        ownership=Ownership.USER,
        object_type_code=5,
        plural_label="Notes",
        collections={
            "owningbusinessunit": "business_unit_annotations",
            "owninguser": "annotation_owning_user",
            "owningteam": "team_annotations",
        },
    )

    annotation_id = Key("Note")
    subject = Text(500, "Title", required=Required.APPLICATION)

    object = AnyLookup(
        OpenTargets("takes_notes", "{schema}_Annotation"),
        "Regarding",
        type_column="objecttypecode",
        index=True,
    )

    document_body = Memo(1073741823, "Document")
    file_name = Text(255, "File Name")
    file_size = Integer("File Size (Bytes)", minimum=0, maximum=10**9, writable=Writable.NEVER)
    is_document = Boolean("Is Document", required=Required.SYSTEM, default=False)
    is_private = Boolean("Is Private", writable=Writable.NEVER, default=False)
    lang_id = Text(2, "Language ID")
    mime_type = Text(256, "Mime Type")
    note_text = Memo(100000, "Description", format="Email")
    object_type_code = Text(64, "Object Type", kind="EntityName")

    class Meta:
        db_table = "annotation"
        constraints = [
            split_check("annotation", "owner", "owning_user", "owning_team"),
        ]


class EntityMap(Audited, Table):
    """The column map from one table to another, used when a row of the second is made from one of the first."""

    table = TableFacts(
        "EntityMap",
        "entitymaps",
        "Entity Map",
        "sourceentityname",
        object_type_code=4600,
        plural_label="Entity Maps",
    )

    entity_map_id = Key("Entity Map")
    source_entity_name = Text(64, "Source Table", required=Required.SYSTEM, writable=Writable.CREATE)
    target_entity_name = Text(64, "Target Table", required=Required.SYSTEM, writable=Writable.CREATE)

    hs_second_conversion = Choice(Policy, "Second Conversion", schema="hs_SecondConversion")

    class Meta:
        db_table = "entitymap"
        constraints = [
            models.UniqueConstraint(fields=["source_entity_name", "target_entity_name"], name="entitymap_pair"),
        ]


class AttributeMap(Audited, Table):
    """One pair of columns of an entity map. Those of Handsel are `is_system`.

    A pair that is switched off keeps its target column empty, also where an own column would travel by itself.
    """

    table = TableFacts(
        "AttributeMap",
        "attributemaps",
        "Attribute Map",
        "sourceattributename",
        object_type_code=4601,
        plural_label="Attribute Maps",
    )

    attribute_map_id = Key("Attribute Map")
    source_attribute_name = Text(64, "Source Column", required=Required.SYSTEM)
    target_attribute_name = Text(64, "Target Column", required=Required.SYSTEM)
    entity_map = Lookup(
        "entitymap",
        "Entity Map",
        collection="lk_attributemap_entitymap",
        index=True,
        required=Required.SYSTEM,
        writable=Writable.CREATE,
    )
    is_system = Boolean("System", writable=Writable.NEVER, default=False)

    hs_is_switched_off = Boolean("Switched Off", schema="hs_IsSwitchedOff", default=False)

    class Meta:
        db_table = "attributemap"
        constraints = [
            models.UniqueConstraint(fields=["entity_map", "target_attribute_name"], name="attributemap_target"),
        ]
