"""Price settings."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("handsel", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="attributemap",
            name="hs_is_switched_off",
            field=models.BooleanField(blank=True, db_column="hs_isswitchedoff", null=True),
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
    ]
