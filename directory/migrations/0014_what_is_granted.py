"""Calls for small grants and sums of what was granted, as everybody reads them; they move the public's revision."""

import importlib

import django.contrib.postgres.fields
from django.db import migrations, models

BEFORE = importlib.import_module("directory.migrations.0003_revision_of_the_public")
TABLES = ("directory_publicgrantcall", "directory_publicgrantsum")


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
        ('directory', '0013_what_reviews_say'),
    ]

    operations = [
        migrations.CreateModel(
            name='PublicGrantCall',
            fields=[
                ('id', models.CharField(max_length=10, primary_key=True, serialize=False)),
                ('title', models.JSONField(default=dict)),
                ('text', models.JSONField(default=dict)),
                ('budget', models.DecimalField(decimal_places=2, max_digits=12)),
                ('ceiling', models.DecimalField(decimal_places=2, max_digits=12)),
                ('currency', models.CharField(max_length=3)),
                ('opens_at', models.DateTimeField()),
                ('closes_at', models.DateTimeField()),
                ('closes_on', models.DateField()),
                ('timezone', models.CharField(max_length=64)),
                ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), default=list, size=None)),
                ('countries', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), default=list, size=None)),
            ],
            options={
                'ordering': ['closes_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='PublicGrantSum',
            fields=[
                ('id', models.CharField(max_length=24, primary_key=True, serialize=False)),
                ('country', models.CharField(blank=True, max_length=2)),
                ('year', models.PositiveSmallIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('grants', models.PositiveIntegerField()),
                ('amount', models.DecimalField(decimal_places=2, max_digits=14)),
            ],
            options={
                'ordering': ['-year', 'country', 'currency'],
            },
        ),
        *moves_the_revision(),
    ]
