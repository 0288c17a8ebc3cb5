"""Data of its own: what changes the table next is another migration, since PostgreSQL has the new rows still to check."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("handsel", "0002_loyalty")]
    operations = [
        migrations.RunSQL(
            "INSERT INTO hs_test_loyalty (loyalty_id, name, account_id) "
            "SELECT accountid, name, accountid FROM account WHERE hs_test_level = 3"
        ),
    ]
