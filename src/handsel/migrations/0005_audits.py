"""Audits."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("handsel", "0004_lists_by_unit"),
    ]

    operations = [
        migrations.CreateModel(
            name="Audit",
            fields=[
                ("version_number", models.BigIntegerField(blank=True, db_column="versionnumber")),
                ("hs_custom", models.JSONField(db_column="hs_custom", null=True)),
                ("audit_id", models.UUIDField(blank=True, db_column="auditid", primary_key=True, serialize=False)),
                ("action", models.IntegerField(blank=True, db_column="action", null=True)),
                ("operation", models.IntegerField(blank=True, db_column="operation", null=True)),
                ("object", models.UUIDField(blank=True, db_column="objectid", null=True)),
                (
                    "object_type_code",
                    models.CharField(blank=True, db_column="objecttypecode", max_length=64, null=True),
                ),
                ("created_on", models.DateTimeField(blank=True, db_column="createdon", null=True)),
                ("transaction_id", models.UUIDField(blank=True, db_column="transactionid", null=True)),
                (
                    "user_additional_info",
                    models.CharField(blank=True, db_column="useradditionalinfo", max_length=350, null=True),
                ),
                ("attribute_mask", models.TextField(blank=True, db_column="attributemask", null=True)),
                ("change_data", models.TextField(blank=True, db_column="changedata", null=True)),
                ("hs_message", models.CharField(blank=True, db_column="hs_message", max_length=100, null=True)),
            ],
            options={
                "db_table": "audit",
                "managed": False,
            },
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["created_on", "audit_id"], name="hs_audit_createdon"),
        ),
    ]
