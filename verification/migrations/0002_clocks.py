"""The clocks of the three classes, as docs/verification.md has them. Administrators may change the rows."""

from typing import Any

from django.db import migrations

CLOCKS = (
    {
        "code": "A",
        "recheck_months": 3,
        "notice_days": [14, 7, 2],
        "escalate_days": 3,
        "hide_days": 14,
        "archive_days": 60,
    },
    {
        "code": "B",
        "recheck_months": 6,
        "notice_days": [30, 14, 3],
        "escalate_days": 7,
        "hide_days": 30,
        "archive_days": 90,
    },
    {
        "code": "C",
        "recheck_months": 12,
        "notice_days": [30, 14],
        "escalate_days": 14,
        "hide_days": 60,
        "archive_days": 180,
    },
)


def create_clocks(apps: Any, schema_editor: Any) -> None:
    clock = apps.get_model("verification", "Clock")
    for values in CLOCKS:
        clock.objects.get_or_create(code=values["code"], defaults=values)


class Migration(migrations.Migration):
    dependencies = [("verification", "0001_verification")]
    operations = [migrations.RunPython(create_clocks, migrations.RunPython.noop)]
