"""Several steps, then one that a constraint forbids."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("handsel", "0904_tightened")]
    operations = [
        migrations.CreateModel(
            name="Half", fields=[("half_id", models.UUIDField(primary_key=True))], options={"db_table": "hs_test_half"}
        ),
        migrations.AddField("opportunity", "half", models.IntegerField(default=1)),
        migrations.RunSQL("UPDATE account SET name = 'lost'"),
        migrations.RunSQL("UPDATE account SET hs_test_level = -1"),
    ]
