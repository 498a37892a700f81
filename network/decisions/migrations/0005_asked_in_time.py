"""Letters that ask for a voice leave while it counts: also those that the release before had put off as upkeep."""

from django.db import migrations

from core import clock

#: As they were called when they got their lane (ADR 0187).
KINDS = ("vote_announced", "vote_ends_soon", "vote_objected")


def ask_in_time(apps, schema_editor):
    waiting = apps.get_model("messaging", "Message").objects.filter(state__in=["queued", "failed"], lane="upkeep")
    waiting.filter(kind__in=KINDS).update(lane="work", not_before=clock.now())


class Migration(migrations.Migration):
    dependencies = [("decisions", "0004_reports_are_papers"), ("messaging", "0007_chats")]

    operations = [migrations.RunPython(ask_in_time, migrations.RunPython.noop)]
