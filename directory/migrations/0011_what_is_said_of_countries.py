"""Facts about countries and notices of whole countries, one table for each audience; the public's move its revision."""

import importlib

from django.db import migrations, models

BEFORE = importlib.import_module("directory.migrations.0003_revision_of_the_public")
TABLES = ("directory_publiccountryfact", "directory_publiccountrynotice")


def triggers():
    return [
        migrations.RunSQL(
            BEFORE.TRIGGER.format(table=table, event=event, image=image), f"DROP TRIGGER {table}_{event} ON {table}"
        )
        for table in TABLES
        for event, image in BEFORE.SEEN_IN.items()
    ]


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0010_attributes_and_words_of_members'),
    ]

    operations = [
        migrations.CreateModel(
            name='MemberCountryFact',
            fields=[
                ('id', models.CharField(max_length=10, primary_key=True, serialize=False)),
                ('country', models.CharField(db_index=True, max_length=2)),
                ('topic', models.CharField(max_length=16)),
                ('answer', models.CharField(max_length=8)),
                ('brief', models.JSONField(default=dict)),
                ('statement', models.JSONField(default=dict)),
                ('risk', models.CharField(max_length=8)),
                ('source_title', models.CharField(max_length=200)),
                ('source_link', models.CharField(blank=True, max_length=500)),
                ('source_article', models.CharField(blank=True, max_length=120)),
                ('source_language', models.CharField(max_length=8)),
                ('checked_on', models.DateField()),
                ('checked_by', models.CharField(max_length=10)),
                ('valid_until', models.DateField()),
                ('asked_again_on', models.DateField(null=True)),
                ('is_public', models.BooleanField(default=True)),
            ],
            options={
                'ordering': ['country', 'topic', 'id'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MemberCountryNotice',
            fields=[
                ('id', models.CharField(max_length=10, primary_key=True, serialize=False)),
                ('country', models.CharField(db_index=True, max_length=2)),
                ('topic', models.CharField(blank=True, max_length=16)),
                ('level', models.CharField(max_length=8)),
                ('text', models.JSONField(default=dict)),
                ('source_title', models.CharField(blank=True, max_length=200)),
                ('source_link', models.CharField(blank=True, max_length=500)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(null=True)),
                ('falls_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['country', '-starts_on', 'id'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PublicCountryFact',
            fields=[
                ('id', models.CharField(max_length=10, primary_key=True, serialize=False)),
                ('country', models.CharField(db_index=True, max_length=2)),
                ('topic', models.CharField(max_length=16)),
                ('answer', models.CharField(max_length=8)),
                ('brief', models.JSONField(default=dict)),
                ('statement', models.JSONField(default=dict)),
                ('risk', models.CharField(max_length=8)),
                ('source_title', models.CharField(max_length=200)),
                ('source_link', models.CharField(blank=True, max_length=500)),
                ('source_article', models.CharField(blank=True, max_length=120)),
                ('source_language', models.CharField(max_length=8)),
                ('checked_on', models.DateField()),
                ('checked_by', models.CharField(max_length=10)),
                ('valid_until', models.DateField()),
                ('asked_again_on', models.DateField(null=True)),
            ],
            options={
                'ordering': ['country', 'topic', 'id'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('topic__in', ['undesirable']), _negated=True), name='publiccountryfact_nothing_for_members')],
            },
        ),
        migrations.CreateModel(
            name='PublicCountryNotice',
            fields=[
                ('id', models.CharField(max_length=10, primary_key=True, serialize=False)),
                ('country', models.CharField(db_index=True, max_length=2)),
                ('topic', models.CharField(blank=True, max_length=16)),
                ('level', models.CharField(max_length=8)),
                ('text', models.JSONField(default=dict)),
                ('source_title', models.CharField(blank=True, max_length=200)),
                ('source_link', models.CharField(blank=True, max_length=500)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(null=True)),
                ('falls_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['country', '-starts_on', 'id'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('topic__in', ['undesirable']), _negated=True), name='publiccountrynotice_nothing_for_members')],
            },
        ),
        *triggers(),
    ]
