"""Trials."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("handsel", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="DuplicateRule",
            fields=[
                ("version_number", models.BigIntegerField(blank=True, db_column="versionnumber")),
                ("hs_custom", models.JSONField(db_column="hs_custom", null=True)),
                ("created_on", models.DateTimeField(blank=True, db_column="createdon", null=True)),
                ("modified_on", models.DateTimeField(blank=True, db_column="modifiedon", null=True)),
                (
                    "duplicate_rule_id",
                    models.UUIDField(blank=True, db_column="duplicateruleid", primary_key=True, serialize=False),
                ),
                ("name", models.CharField(blank=True, db_column="name", max_length=160, null=True)),
                ("state_code", models.IntegerField(blank=True, db_column="statecode", null=True)),
                ("status_code", models.IntegerField(blank=True, db_column="statuscode", null=True)),
                (
                    "base_entity_name",
                    models.CharField(blank=True, db_column="baseentityname", max_length=64, null=True),
                ),
                (
                    "matching_entity_name",
                    models.CharField(blank=True, db_column="matchingentityname", max_length=64, null=True),
                ),
                ("description", models.TextField(blank=True, db_column="description", null=True)),
                ("is_case_sensitive", models.BooleanField(blank=True, db_column="iscasesensitive", null=True)),
                (
                    "exclude_inactive_records",
                    models.BooleanField(blank=True, db_column="excludeinactiverecords", null=True),
                ),
            ],
            options={
                "db_table": "duplicaterule",
            },
        ),
        migrations.CreateModel(
            name="DuplicateRuleCondition",
            fields=[
                ("version_number", models.BigIntegerField(blank=True, db_column="versionnumber")),
                ("hs_custom", models.JSONField(db_column="hs_custom", null=True)),
                ("created_on", models.DateTimeField(blank=True, db_column="createdon", null=True)),
                ("modified_on", models.DateTimeField(blank=True, db_column="modifiedon", null=True)),
                (
                    "duplicate_rule_condition_id",
                    models.UUIDField(
                        blank=True, db_column="duplicateruleconditionid", primary_key=True, serialize=False
                    ),
                ),
                (
                    "base_attribute_name",
                    models.CharField(blank=True, db_column="baseattributename", max_length=64, null=True),
                ),
                (
                    "matching_attribute_name",
                    models.CharField(blank=True, db_column="matchingattributename", max_length=64, null=True),
                ),
                ("operator_code", models.IntegerField(blank=True, db_column="operatorcode", null=True)),
                ("operator_param", models.IntegerField(blank=True, db_column="operatorparam", null=True)),
                ("ignore_blank_values", models.BooleanField(blank=True, db_column="ignoreblankvalues", null=True)),
            ],
            options={
                "db_table": "duplicaterulecondition",
            },
        ),
        migrations.AddField(
            model_name="account",
            name="master",
            field=models.ForeignKey(
                blank=True,
                db_column="masterid",
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="handsel.account",
            ),
        ),
        migrations.AddField(
            model_name="account",
            name="merged",
            field=models.BooleanField(blank=True, db_column="merged", null=True),
        ),
        migrations.AddField(
            model_name="attributemap",
            name="hs_is_switched_off",
            field=models.BooleanField(blank=True, db_column="hs_isswitchedoff", null=True),
        ),
        migrations.AddField(
            model_name="contact",
            name="master",
            field=models.ForeignKey(
                blank=True,
                db_column="masterid",
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="handsel.contact",
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="merged",
            field=models.BooleanField(blank=True, db_column="merged", null=True),
        ),
        migrations.AddField(
            model_name="entitymap",
            name="hs_second_conversion",
            field=models.IntegerField(blank=True, db_column="hs_secondconversion", null=True),
        ),
        migrations.AddField(
            model_name="invoice",
            name="hs_currency_precision",
            field=models.IntegerField(blank=True, db_column="hs_currencyprecision", null=True),
        ),
        migrations.AddField(
            model_name="invoice",
            name="hs_discount_calculation_method",
            field=models.IntegerField(blank=True, db_column="hs_discountcalculationmethod", null=True),
        ),
        migrations.AddField(
            model_name="invoice",
            name="hs_pricing_decimal_precision",
            field=models.IntegerField(blank=True, db_column="hs_pricingdecimalprecision", null=True),
        ),
        migrations.AddField(
            model_name="invoice",
            name="hs_round_unit_discount",
            field=models.BooleanField(blank=True, db_column="hs_roundunitdiscount", null=True),
        ),
        migrations.AddField(
            model_name="lead",
            name="master",
            field=models.ForeignKey(
                blank=True,
                db_column="masterid",
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="handsel.lead",
            ),
        ),
        migrations.AddField(
            model_name="lead",
            name="merged",
            field=models.BooleanField(blank=True, db_column="merged", null=True),
        ),
        migrations.AddField(
            model_name="opportunity",
            name="hs_currency_precision",
            field=models.IntegerField(blank=True, db_column="hs_currencyprecision", null=True),
        ),
        migrations.AddField(
            model_name="opportunity",
            name="hs_discount_calculation_method",
            field=models.IntegerField(blank=True, db_column="hs_discountcalculationmethod", null=True),
        ),
        migrations.AddField(
            model_name="opportunity",
            name="hs_pricing_decimal_precision",
            field=models.IntegerField(blank=True, db_column="hs_pricingdecimalprecision", null=True),
        ),
        migrations.AddField(
            model_name="opportunity",
            name="hs_round_unit_discount",
            field=models.BooleanField(blank=True, db_column="hs_roundunitdiscount", null=True),
        ),
        migrations.AddField(
            model_name="organization",
            name="hs_expired_quotes",
            field=models.IntegerField(blank=True, db_column="hs_expiredquotes", null=True),
        ),
        migrations.AddField(
            model_name="organization",
            name="hs_idempotency_key_days",
            field=models.IntegerField(blank=True, db_column="hs_idempotencykeydays", null=True),
        ),
        migrations.AddField(
            model_name="organization",
            name="hs_pricing_errors",
            field=models.IntegerField(blank=True, db_column="hs_pricingerrors", null=True),
        ),
        migrations.AddField(
            model_name="organization",
            name="hs_second_conversion",
            field=models.IntegerField(blank=True, db_column="hs_secondconversion", null=True),
        ),
        migrations.AddField(
            model_name="organization",
            name="max_upload_file_size",
            field=models.IntegerField(blank=True, db_column="maxuploadfilesize", null=True),
        ),
        migrations.AddField(
            model_name="quote",
            name="hs_currency_precision",
            field=models.IntegerField(blank=True, db_column="hs_currencyprecision", null=True),
        ),
        migrations.AddField(
            model_name="quote",
            name="hs_discount_calculation_method",
            field=models.IntegerField(blank=True, db_column="hs_discountcalculationmethod", null=True),
        ),
        migrations.AddField(
            model_name="quote",
            name="hs_pricing_decimal_precision",
            field=models.IntegerField(blank=True, db_column="hs_pricingdecimalprecision", null=True),
        ),
        migrations.AddField(
            model_name="quote",
            name="hs_round_unit_discount",
            field=models.BooleanField(blank=True, db_column="hs_roundunitdiscount", null=True),
        ),
        migrations.AddField(
            model_name="salesorder",
            name="hs_currency_precision",
            field=models.IntegerField(blank=True, db_column="hs_currencyprecision", null=True),
        ),
        migrations.AddField(
            model_name="salesorder",
            name="hs_discount_calculation_method",
            field=models.IntegerField(blank=True, db_column="hs_discountcalculationmethod", null=True),
        ),
        migrations.AddField(
            model_name="salesorder",
            name="hs_pricing_decimal_precision",
            field=models.IntegerField(blank=True, db_column="hs_pricingdecimalprecision", null=True),
        ),
        migrations.AddField(
            model_name="salesorder",
            name="hs_round_unit_discount",
            field=models.BooleanField(blank=True, db_column="hs_roundunitdiscount", null=True),
        ),
        migrations.AddField(
            model_name="systemuser",
            name="hs_privileges",
            field=models.CharField(blank=True, db_column="hs_privileges", max_length=1000, null=True),
        ),
        migrations.AddIndex(
            model_name="idempotencykey",
            index=models.Index(fields=["created_on"], name="hs_idempotencykey_createdon"),
        ),
        migrations.AddField(
            model_name="duplicaterule",
            name="created_by",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="duplicaterule",
            name="created_on_behalf_by",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="duplicaterule",
            name="modified_by",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="duplicaterule",
            name="modified_on_behalf_by",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="duplicaterulecondition",
            name="created_by",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="duplicaterulecondition",
            name="created_on_behalf_by",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="duplicaterulecondition",
            name="modified_by",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="duplicaterulecondition",
            name="modified_on_behalf_by",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="duplicaterulecondition",
            name="regarding_object",
            field=models.ForeignKey(
                blank=True,
                db_column="regardingobjectid",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="handsel.duplicaterule",
            ),
        ),
    ]
