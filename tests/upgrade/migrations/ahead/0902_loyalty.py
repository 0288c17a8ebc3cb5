"""A table, and a column that is filled from existing data."""

import django.db.models.deletion
from django.db import migrations, models

from tests.upgrade.migrations.ahead import NEWEST_OF_THE_PRODUCT


class Migration(migrations.Migration):
    dependencies = [("handsel", NEWEST_OF_THE_PRODUCT)]
    operations = [
        migrations.CreateModel(
            name="Loyalty",
            fields=[
                ("loyalty_id", models.UUIDField(primary_key=True)),
                ("name", models.CharField(max_length=160)),
                ("account", models.ForeignKey("handsel.account", django.db.models.deletion.CASCADE)),
            ],
            options={"db_table": "hs_test_loyalty"},
        ),
        migrations.AddField("account", "loyalty_level", models.IntegerField(null=True, db_column="hs_test_level")),
        migrations.RunSQL("UPDATE account SET hs_test_level = 3 WHERE accountnumber IS NOT NULL"),
    ]
