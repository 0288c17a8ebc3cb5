"""Handover."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("handsel", "0005_audits"),
    ]

    operations = [
        migrations.CreateModel(
            name="Connector",
            fields=[
                ("version_number", models.BigIntegerField(blank=True, db_column="versionnumber")),
                ("hs_custom", models.JSONField(db_column="hs_custom", null=True)),
                ("created_on", models.DateTimeField(blank=True, db_column="createdon", null=True)),
                ("modified_on", models.DateTimeField(blank=True, db_column="modifiedon", null=True)),
                (
                    "hs_connector_id",
                    models.UUIDField(blank=True, db_column="hs_connectorid", primary_key=True, serialize=False),
                ),
                ("hs_name", models.CharField(blank=True, db_column="hs_name", max_length=100, null=True)),
                ("hs_kind", models.CharField(blank=True, db_column="hs_kind", max_length=50, null=True)),
                ("hs_address", models.CharField(blank=True, db_column="hs_address", max_length=500, null=True)),
                ("hs_settings", models.TextField(blank=True, db_column="hs_settings", null=True)),
                ("hs_is_paused", models.BooleanField(blank=True, db_column="hs_ispaused", null=True)),
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
                    "system_user",
                    models.ForeignKey(
                        blank=True,
                        db_column="systemuserid",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.systemuser",
                    ),
                ),
            ],
            options={
                "db_table": "hs_connector",
            },
        ),
        migrations.CreateModel(
            name="Coupling",
            fields=[
                ("version_number", models.BigIntegerField(blank=True, db_column="versionnumber")),
                ("hs_custom", models.JSONField(db_column="hs_custom", null=True)),
                ("created_on", models.DateTimeField(blank=True, db_column="createdon", null=True)),
                ("modified_on", models.DateTimeField(blank=True, db_column="modifiedon", null=True)),
                (
                    "hs_coupling_id",
                    models.UUIDField(blank=True, db_column="hs_couplingid", primary_key=True, serialize=False),
                ),
                ("hs_table", models.CharField(blank=True, db_column="hs_table", max_length=64, null=True)),
                ("hs_row_id", models.UUIDField(blank=True, db_column="hs_rowid", null=True)),
                ("hs_their_id", models.CharField(blank=True, db_column="hs_theirid", max_length=200, null=True)),
                (
                    "hs_their_number",
                    models.CharField(blank=True, db_column="hs_theirnumber", max_length=200, null=True),
                ),
                (
                    "hs_their_version",
                    models.CharField(blank=True, db_column="hs_theirversion", max_length=500, null=True),
                ),
                ("hs_our_version", models.BigIntegerField(blank=True, db_column="hs_ourversion", null=True)),
                ("hs_seen_on", models.DateTimeField(blank=True, db_column="hs_seenon", null=True)),
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
                    "hs_connector",
                    models.ForeignKey(
                        blank=True,
                        db_column="hs_connectorid",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.connector",
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
            ],
            options={
                "db_table": "hs_coupling",
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("version_number", models.BigIntegerField(blank=True, db_column="versionnumber")),
                ("hs_custom", models.JSONField(db_column="hs_custom", null=True)),
                ("created_on", models.DateTimeField(blank=True, db_column="createdon", null=True)),
                ("modified_on", models.DateTimeField(blank=True, db_column="modifiedon", null=True)),
                (
                    "hs_delivery_id",
                    models.UUIDField(blank=True, db_column="hs_deliveryid", primary_key=True, serialize=False),
                ),
                ("hs_subject", models.CharField(blank=True, db_column="hs_subject", max_length=200, null=True)),
                ("hs_state", models.IntegerField(blank=True, db_column="hs_state", null=True)),
                ("hs_tries", models.IntegerField(blank=True, db_column="hs_tries", null=True)),
                ("hs_due_on", models.DateTimeField(blank=True, db_column="hs_dueon", null=True)),
                ("hs_claimed_until", models.DateTimeField(blank=True, db_column="hs_claimeduntil", null=True)),
                ("hs_finished_on", models.DateTimeField(blank=True, db_column="hs_finishedon", null=True)),
                ("hs_reason", models.TextField(blank=True, db_column="hs_reason", null=True)),
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
                    "hs_connector",
                    models.ForeignKey(
                        blank=True,
                        db_column="hs_connectorid",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="handsel.connector",
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
            ],
            options={
                "db_table": "hs_delivery",
            },
        ),
        migrations.AddConstraint(
            model_name="connector",
            constraint=models.UniqueConstraint(fields=("hs_name",), name="hs_connector_name"),
        ),
        migrations.AddIndex(
            model_name="coupling",
            index=models.Index(fields=["hs_their_number"], name="hs_coupling_number"),
        ),
        migrations.AddConstraint(
            model_name="coupling",
            constraint=models.UniqueConstraint(
                fields=("hs_row_id", "hs_connector", "hs_table"), name="hs_coupling_ours"
            ),
        ),
        migrations.AddConstraint(
            model_name="coupling",
            constraint=models.UniqueConstraint(
                fields=("hs_their_id", "hs_connector", "hs_table"), name="hs_coupling_theirs"
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("hs_state", 0)), fields=["hs_due_on", "hs_delivery_id"], name="hs_delivery_due"
            ),
        ),
    ]
