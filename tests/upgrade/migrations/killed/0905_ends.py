"""Ends the process in the middle, as a power failure would."""

import os
import signal

from django.db import migrations


def end(apps, schema_editor):
    os.kill(os.getpid(), signal.SIGKILL)


class Migration(migrations.Migration):
    dependencies = [("handsel", "0904_tightened")]
    operations = [migrations.RunSQL("UPDATE account SET name = 'lost'"), migrations.RunPython(end)]
