"""Changes for which SQLite rebuilds a table: required values, a constraint; and indexes, one of a text with rows."""

from django.db import migrations, models

from handsel.database.counters import CreateCounters
from handsel.database.indexes import CreateListIndexes, DropListIndexes


class Migration(migrations.Migration):
    dependencies = [("handsel", "0903_members")]
    operations = [
        DropListIndexes({"account_by_createdon": ("account", "-createdon", "accountid")}),
        migrations.AlterField("loyalty", "name", models.CharField(max_length=100)),
        migrations.RunSQL("UPDATE account SET hs_test_level = 0 WHERE hs_test_level IS NULL"),
        migrations.AlterField(
            "account", "loyalty_level", models.IntegerField(db_default=0, db_index=True, db_column="hs_test_level")
        ),
        migrations.AddConstraint(
            "account",
            models.CheckConstraint(condition=models.Q(loyalty_level__gte=0), name="account_test_level_positive"),
        ),
        CreateListIndexes({"account_by_emailaddress1": ("account", "lower(emailaddress1)", "accountid")}),
        CreateCounters({"testnumber": 7}),
    ]
