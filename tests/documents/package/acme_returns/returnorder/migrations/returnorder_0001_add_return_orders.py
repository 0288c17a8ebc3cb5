"""Add return orders."""

import django.db.models.deletion
from django.db import migrations, models

import handsel.database.counters
import handsel.database.indexes
import handsel.tables.exact


class Migration(migrations.Migration):
    dependencies = [
        ("handsel", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="organization",
            name="current_return_number",
            field=models.IntegerField(blank=True, db_column="currentreturnnumber", null=True),
        ),
        migrations.AddField(
            model_name="organization",
            name="return_prefix",
            field=models.CharField(blank=True, db_column="returnprefix", max_length=20, null=True),
        ),
        migrations.CreateModel(
            name="ReturnOrder",
            fields=[
                ("version_number", models.BigIntegerField(blank=True, db_column="versionnumber")),
                ("hs_custom", models.JSONField(db_column="hs_custom", null=True)),
                ("created_on", models.DateTimeField(blank=True, db_column="createdon", null=True)),
                ("modified_on", models.DateTimeField(blank=True, db_column="modifiedon", null=True)),
                (
                    "import_sequence_number",
                    models.IntegerField(blank=True, db_column="importsequencenumber", null=True),
                ),
                ("overridden_created_on", models.DateTimeField(blank=True, db_column="overriddencreatedon", null=True)),
                ("owner", models.UUIDField(blank=True, db_column="ownerid", null=True)),
                (
                    "discount_amount",
                    handsel.tables.exact.ScaledIntegerField(
                        blank=True, db_column="discountamount", null=True, places=4
                    ),
                ),
                (
                    "exchange_rate",
                    handsel.tables.exact.ExactTextField(blank=True, db_column="exchangerate", null=True, places=12),
                ),
                (
                    "freight_amount",
                    handsel.tables.exact.ScaledIntegerField(blank=True, db_column="freightamount", null=True, places=4),
                ),
                (
                    "total_amount",
                    handsel.tables.exact.ScaledIntegerField(blank=True, db_column="totalamount", null=True, places=4),
                ),
                (
                    "total_amount_less_freight",
                    handsel.tables.exact.ScaledIntegerField(
                        blank=True, db_column="totalamountlessfreight", null=True, places=4
                    ),
                ),
                (
                    "total_discount_amount",
                    handsel.tables.exact.ScaledIntegerField(
                        blank=True, db_column="totaldiscountamount", null=True, places=4
                    ),
                ),
                (
                    "total_line_item_amount",
                    handsel.tables.exact.ScaledIntegerField(
                        blank=True, db_column="totallineitemamount", null=True, places=4
                    ),
                ),
                (
                    "total_tax",
                    handsel.tables.exact.ScaledIntegerField(blank=True, db_column="totaltax", null=True, places=4),
                ),
                ("description", models.TextField(blank=True, db_column="description", null=True)),
                (
                    "discount_percentage",
                    handsel.tables.exact.ScaledIntegerField(
                        blank=True, db_column="discountpercentage", null=True, places=2
                    ),
                ),
                ("email_address", models.CharField(blank=True, db_column="emailaddress", max_length=100, null=True)),
                ("pricing_error_code", models.IntegerField(blank=True, db_column="pricingerrorcode", null=True)),
                (
                    "skip_price_calculation",
                    models.IntegerField(blank=True, db_column="skippricecalculation", null=True),
                ),
                ("customer", models.UUIDField(blank=True, db_column="customerid", db_index=True, null=True)),
                ("name", models.CharField(blank=True, db_column="name", max_length=300, null=True)),
                (
                    "total_line_item_discount_amount",
                    handsel.tables.exact.ScaledIntegerField(
                        blank=True, db_column="totallineitemdiscountamount", null=True, places=4
                    ),
                ),
                ("payment_terms_code", models.IntegerField(blank=True, db_column="paymenttermscode", null=True)),
                ("shipping_method_code", models.IntegerField(blank=True, db_column="shippingmethodcode", null=True)),
                ("will_call", models.BooleanField(blank=True, db_column="willcall", null=True)),
                (
                    "return_order_id",
                    models.UUIDField(blank=True, db_column="returnorderid", primary_key=True, serialize=False),
                ),
                ("state_code", models.IntegerField(blank=True, db_column="statecode", null=True)),
                ("status_code", models.IntegerField(blank=True, db_column="statuscode", null=True)),
                ("is_price_locked", models.BooleanField(blank=True, db_column="ispricelocked", null=True)),
                ("reason", models.CharField(blank=True, db_column="reason", max_length=200, null=True)),
                ("received_on", models.DateField(blank=True, db_column="receivedon", null=True)),
                ("return_number", models.CharField(blank=True, db_column="returnnumber", max_length=100, null=True)),
                (
                    "discount_amount_base",
                    handsel.tables.exact.ScaledIntegerField(
                        blank=True, db_column="discountamount_base", null=True, places=4
                    ),
                ),
                (
                    "freight_amount_base",
                    handsel.tables.exact.ScaledIntegerField(
                        blank=True, db_column="freightamount_base", null=True, places=4
                    ),
                ),
                (
                    "total_amount_base",
                    handsel.tables.exact.ScaledIntegerField(
                        blank=True, db_column="totalamount_base", null=True, places=4
                    ),
                ),
                (
                    "total_amount_less_freight_base",
                    handsel.tables.exact.ScaledIntegerField(
                        blank=True, db_column="totalamountlessfreight_base", null=True, places=4
                    ),
                ),
                (
                    "total_discount_amount_base",
                    handsel.tables.exact.ScaledIntegerField(
                        blank=True, db_column="totaldiscountamount_base", null=True, places=4
                    ),
                ),
                (
                    "total_line_item_amount_base",
                    handsel.tables.exact.ScaledIntegerField(
                        blank=True, db_column="totallineitemamount_base", null=True, places=4
                    ),
                ),
                (
                    "total_tax_base",
                    handsel.tables.exact.ScaledIntegerField(blank=True, db_column="totaltax_base", null=True, places=4),
                ),
                (
                    "total_line_item_discount_amount_base",
                    handsel.tables.exact.ScaledIntegerField(
                        blank=True, db_column="totallineitemdiscountamount_base", null=True, places=4
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        db_column="accountid",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.account",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        db_column="contactid",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.contact",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_column="createdby",
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.systemuser",
                    ),
                ),
                (
                    "created_on_behalf_by",
                    models.ForeignKey(
                        blank=True,
                        db_column="createdonbehalfby",
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.systemuser",
                    ),
                ),
                (
                    "modified_by",
                    models.ForeignKey(
                        blank=True,
                        db_column="modifiedby",
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.systemuser",
                    ),
                ),
                (
                    "modified_on_behalf_by",
                    models.ForeignKey(
                        blank=True,
                        db_column="modifiedonbehalfby",
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.systemuser",
                    ),
                ),
                (
                    "opportunity",
                    models.ForeignKey(
                        blank=True,
                        db_column="opportunityid",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.opportunity",
                    ),
                ),
                (
                    "owning_business_unit",
                    models.ForeignKey(
                        blank=True,
                        db_column="owningbusinessunit",
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.businessunit",
                    ),
                ),
                (
                    "owning_team",
                    models.ForeignKey(
                        blank=True,
                        db_column="owningteam",
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.team",
                    ),
                ),
                (
                    "owning_user",
                    models.ForeignKey(
                        blank=True,
                        db_column="owninguser",
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.systemuser",
                    ),
                ),
                (
                    "price_level",
                    models.ForeignKey(
                        blank=True,
                        db_column="pricelevelid",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.pricelevel",
                    ),
                ),
                (
                    "sales_order",
                    models.ForeignKey(
                        blank=True,
                        db_column="salesorderid",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.salesorder",
                    ),
                ),
                (
                    "transaction_currency",
                    models.ForeignKey(
                        blank=True,
                        db_column="transactioncurrencyid",
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.transactioncurrency",
                    ),
                ),
            ],
            options={
                "db_table": "returnorder",
            },
        ),
        migrations.CreateModel(
            name="ReturnOrderDetail",
            fields=[
                ("version_number", models.BigIntegerField(blank=True, db_column="versionnumber")),
                ("hs_custom", models.JSONField(db_column="hs_custom", null=True)),
                ("created_on", models.DateTimeField(blank=True, db_column="createdon", null=True)),
                ("modified_on", models.DateTimeField(blank=True, db_column="modifiedon", null=True)),
                (
                    "import_sequence_number",
                    models.IntegerField(blank=True, db_column="importsequencenumber", null=True),
                ),
                ("overridden_created_on", models.DateTimeField(blank=True, db_column="overriddencreatedon", null=True)),
                (
                    "base_amount",
                    handsel.tables.exact.ScaledIntegerField(blank=True, db_column="baseamount", null=True, places=4),
                ),
                (
                    "exchange_rate",
                    handsel.tables.exact.ExactTextField(blank=True, db_column="exchangerate", null=True, places=12),
                ),
                (
                    "extended_amount",
                    handsel.tables.exact.ScaledIntegerField(
                        blank=True, db_column="extendedamount", null=True, places=4
                    ),
                ),
                (
                    "price_per_unit",
                    handsel.tables.exact.ScaledIntegerField(blank=True, db_column="priceperunit", null=True, places=4),
                ),
                (
                    "volume_discount_amount",
                    handsel.tables.exact.ScaledIntegerField(
                        blank=True, db_column="volumediscountamount", null=True, places=4
                    ),
                ),
                ("description", models.TextField(blank=True, db_column="description", null=True)),
                ("is_price_overridden", models.BooleanField(blank=True, db_column="ispriceoverridden", null=True)),
                ("is_product_overridden", models.BooleanField(blank=True, db_column="isproductoverridden", null=True)),
                ("line_item_number", models.IntegerField(blank=True, db_column="lineitemnumber", null=True)),
                ("pricing_error_code", models.IntegerField(blank=True, db_column="pricingerrorcode", null=True)),
                ("product_association_id", models.UUIDField(blank=True, db_column="productassociationid", null=True)),
                (
                    "product_description",
                    models.CharField(blank=True, db_column="productdescription", max_length=500, null=True),
                ),
                ("product_name", models.CharField(blank=True, db_column="productname", max_length=500, null=True)),
                ("product_type_code", models.IntegerField(blank=True, db_column="producttypecode", null=True)),
                (
                    "property_configuration_status",
                    models.IntegerField(blank=True, db_column="propertyconfigurationstatus", null=True),
                ),
                (
                    "quantity",
                    handsel.tables.exact.ScaledIntegerField(blank=True, db_column="quantity", null=True, places=5),
                ),
                ("sequence_number", models.IntegerField(blank=True, db_column="sequencenumber", null=True)),
                (
                    "skip_price_calculation",
                    models.IntegerField(blank=True, db_column="skippricecalculation", null=True),
                ),
                (
                    "manual_discount_amount",
                    handsel.tables.exact.ScaledIntegerField(
                        blank=True, db_column="manualdiscountamount", null=True, places=4
                    ),
                ),
                ("tax", handsel.tables.exact.ScaledIntegerField(blank=True, db_column="tax", null=True, places=4)),
                ("will_call", models.BooleanField(blank=True, db_column="willcall", null=True)),
                ("hs_origin_line_id", models.UUIDField(blank=True, db_column="hs_originlineid", null=True)),
                (
                    "hs_opportunity_product_id",
                    models.UUIDField(blank=True, db_column="hs_opportunityproductid", null=True),
                ),
                (
                    "return_order_detail_id",
                    models.UUIDField(blank=True, db_column="returnorderdetailid", primary_key=True, serialize=False),
                ),
                (
                    "return_order_detail_name",
                    models.CharField(blank=True, db_column="returnorderdetailname", max_length=100, null=True),
                ),
                ("parent_bundle_id", models.UUIDField(blank=True, db_column="parentbundleid", null=True)),
                ("condition", models.CharField(blank=True, db_column="condition", max_length=100, null=True)),
                (
                    "base_amount_base",
                    handsel.tables.exact.ScaledIntegerField(
                        blank=True, db_column="baseamount_base", null=True, places=4
                    ),
                ),
                (
                    "extended_amount_base",
                    handsel.tables.exact.ScaledIntegerField(
                        blank=True, db_column="extendedamount_base", null=True, places=4
                    ),
                ),
                (
                    "price_per_unit_base",
                    handsel.tables.exact.ScaledIntegerField(
                        blank=True, db_column="priceperunit_base", null=True, places=4
                    ),
                ),
                (
                    "volume_discount_amount_base",
                    handsel.tables.exact.ScaledIntegerField(
                        blank=True, db_column="volumediscountamount_base", null=True, places=4
                    ),
                ),
                (
                    "manual_discount_amount_base",
                    handsel.tables.exact.ScaledIntegerField(
                        blank=True, db_column="manualdiscountamount_base", null=True, places=4
                    ),
                ),
                (
                    "tax_base",
                    handsel.tables.exact.ScaledIntegerField(blank=True, db_column="tax_base", null=True, places=4),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_column="createdby",
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.systemuser",
                    ),
                ),
                (
                    "created_on_behalf_by",
                    models.ForeignKey(
                        blank=True,
                        db_column="createdonbehalfby",
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.systemuser",
                    ),
                ),
                (
                    "modified_by",
                    models.ForeignKey(
                        blank=True,
                        db_column="modifiedby",
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.systemuser",
                    ),
                ),
                (
                    "modified_on_behalf_by",
                    models.ForeignKey(
                        blank=True,
                        db_column="modifiedonbehalfby",
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.systemuser",
                    ),
                ),
                (
                    "parent_bundle_id_ref",
                    models.ForeignKey(
                        blank=True,
                        db_column="parentbundleidref",
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.returnorderdetail",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        db_column="productid",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.product",
                    ),
                ),
                (
                    "return_order",
                    models.ForeignKey(
                        blank=True,
                        db_column="returnorderid",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.returnorder",
                    ),
                ),
                (
                    "sales_order_detail",
                    models.ForeignKey(
                        blank=True,
                        db_column="salesorderdetailid",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.salesorderdetail",
                    ),
                ),
                (
                    "sales_rep",
                    models.ForeignKey(
                        blank=True,
                        db_column="salesrepid",
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.systemuser",
                    ),
                ),
                (
                    "transaction_currency",
                    models.ForeignKey(
                        blank=True,
                        db_column="transactioncurrencyid",
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.transactioncurrency",
                    ),
                ),
                (
                    "uom",
                    models.ForeignKey(
                        blank=True,
                        db_column="uomid",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.uom",
                    ),
                ),
            ],
            options={
                "db_table": "returnorderdetail",
            },
        ),
        migrations.AddConstraint(
            model_name="returnorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("account__isnull", True), ("contact__isnull", True), ("customer__isnull", True)),
                    models.Q(
                        ("account__isnull", False),
                        ("contact__isnull", True),
                        ("customer__isnull", False),
                        ("customer", models.F("account")),
                    ),
                    models.Q(
                        ("account__isnull", True),
                        ("contact__isnull", False),
                        ("customer__isnull", False),
                        ("customer", models.F("contact")),
                    ),
                    _connector="OR",
                ),
                name="returnorder_customer",
            ),
        ),
        migrations.AddConstraint(
            model_name="returnorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("owner__isnull", True), ("owning_team__isnull", True), ("owning_user__isnull", True)),
                    models.Q(
                        ("owner__isnull", False),
                        ("owning_team__isnull", True),
                        ("owning_user__isnull", False),
                        ("owner", models.F("owning_user")),
                    ),
                    models.Q(
                        ("owner__isnull", False),
                        ("owning_team__isnull", False),
                        ("owning_user__isnull", True),
                        ("owner", models.F("owning_team")),
                    ),
                    _connector="OR",
                ),
                name="returnorder_owner",
            ),
        ),
        migrations.AddConstraint(
            model_name="returnorder",
            constraint=models.UniqueConstraint(fields=("return_number",), name="returnorder_number"),
        ),
        handsel.database.indexes.CreateListIndexes(
            indexes={
                "returnorder_by_name": ("returnorder", "lower(name)", "returnorderid"),
                "returnorder_by_returnnumber": ("returnorder", "lower(returnnumber)", "returnorderid"),
                "returnorder_by_statecode_name": ("returnorder", "statecode", "lower(name)", "returnorderid"),
                "returnorder_by_ownerid_name": ("returnorder", "ownerid", "lower(name)", "returnorderid"),
                "returnorder_by_owningbusinessunit_name": (
                    "returnorder",
                    "owningbusinessunit",
                    "lower(name)",
                    "returnorderid",
                ),
                "returnorder_by_statecode": ("returnorder", "statecode", "returnorderid"),
                "returnorder_by_owningbusinessunit": ("returnorder", "owningbusinessunit", "returnorderid"),
                "returnorder_by_owningbusinessunit_createdon": (
                    "returnorder",
                    "owningbusinessunit",
                    "-createdon",
                    "returnorderid",
                ),
                "returnorder_by_createdon": ("returnorder", "-createdon", "returnorderid"),
                "returnorder_by_accountid": ("returnorder", "accountid"),
                "returnorder_by_contactid": ("returnorder", "contactid"),
                "returnorderdetail_by_salesorderdetailid": ("returnorderdetail", "salesorderdetailid"),
            },
        ),
        handsel.database.counters.CreateCounters(
            counters={
                "returnnumber": 1000,
            },
        ),
    ]
