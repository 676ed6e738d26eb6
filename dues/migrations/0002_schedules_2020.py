"""Ship the two tables of the secretariat's paper of January 2020, in force from dues year 2020."""

import json
from pathlib import Path
from typing import Any

from django.db import migrations

TABLES = Path(__file__).resolve().parent.parent / "schedules" / "2020.json"


def ship(apps: Any, schema_editor: Any) -> None:
    model = apps.get_model("dues", "FeeSchedule")
    for table in json.loads(TABLES.read_text(encoding="utf-8")):
        fees = table.pop("fees_usd")
        model.objects.using(schema_editor.connection.alias).create(
            state="in_force", cells_cents=[[fee * 100 for fee in row] for row in fees], **table
        )


class Migration(migrations.Migration):
    dependencies = [("dues", "0001_initial")]
    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
