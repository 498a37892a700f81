"""How long a word about places counts in each class, as docs/verification.md has it. Administrators may change the rows."""

from typing import Any

from django.db import migrations

VALID_DAYS = {"A": 14, "B": 30, "C": 30}
NOTICE_DAYS = 2


def create_clocks(apps: Any, schema_editor: Any) -> None:
    clock = apps.get_model("verification", "CapacityClock")
    for code, days in VALID_DAYS.items():
        clock.objects.get_or_create(code=code, defaults={"valid_days": days, "notice_days": NOTICE_DAYS})


class Migration(migrations.Migration):
    dependencies = [("verification", "0009_capacity")]
    operations = [migrations.RunPython(create_clocks, migrations.RunPython.noop)]
