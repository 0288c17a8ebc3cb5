"""Removes rows that others refer to."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("handsel", "0904_tightened")]
    operations = [migrations.RunSQL("DELETE FROM account")]
