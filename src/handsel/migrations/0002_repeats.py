"""Repeats."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("handsel", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="organization",
            name="hs_idempotency_key_days",
            field=models.IntegerField(blank=True, db_column="hs_idempotencykeydays", null=True),
        ),
        migrations.AddIndex(
            model_name="idempotencykey",
            index=models.Index(fields=["created_on"], name="hs_idempotencykey_createdon"),
        ),
    ]
