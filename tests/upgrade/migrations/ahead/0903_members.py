"""Data only: the next change of the table is another migration, since PostgreSQL must first check the new rows."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("handsel", "0902_loyalty")]
    operations = [
        migrations.RunSQL(
            "INSERT INTO hs_test_loyalty (loyalty_id, name, account_id) "
            "SELECT accountid, name, accountid FROM account WHERE hs_test_level = 3"
        ),
    ]
