"""Sites that may not show the map in a frame; they move the public's revision, so no kept answer outlives them."""

import importlib

from django.db import migrations, models


BEFORE = importlib.import_module("directory.migrations.0003_revision_of_the_public")
TABLES = ("directory_publicrefusedsite",)


def moves_the_revision():
    return [
        migrations.RunSQL(
            BEFORE.TRIGGER.format(table=table, event=event, image=image), f"DROP TRIGGER {table}_{event} ON {table}"
        )
        for table in TABLES
        for event, image in BEFORE.SEEN_IN.items()
    ]


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0018_what_is_translated'),
    ]

    operations = [
        migrations.CreateModel(
            name='PublicRefusedSite',
            fields=[
                ('host', models.CharField(max_length=100, primary_key=True, serialize=False)),
            ],
            options={
                'ordering': ['host'],
            },
        ),
        *moves_the_revision(),
    ]
