"""Trials."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("handsel", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="entitymap",
            name="hs_second_conversion",
            field=models.IntegerField(blank=True, db_column="hs_secondconversion", null=True),
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
            model_name="systemuser",
            name="hs_privileges",
            field=models.CharField(blank=True, db_column="hs_privileges", max_length=1000, null=True),
        ),
        migrations.AddIndex(
            model_name="idempotencykey",
            index=models.Index(fields=["created_on"], name="hs_idempotencykey_createdon"),
        ),
    ]
