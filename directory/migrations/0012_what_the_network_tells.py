"""Papers and digests for everybody; they move the public's revision, and a service that goes takes its lines along."""

import importlib

from django.db import migrations, models

BEFORE = importlib.import_module("directory.migrations.0003_revision_of_the_public")
TABLES = ("directory_publicpaper", "directory_publicdigest", "directory_publicdigestline")
#: Whatever takes a service from the public takes the lines that name it, in the same transaction.
FUNCTION = """
CREATE FUNCTION directory_lines_go_along() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM directory_publicdigestline line USING touched
    WHERE line.about = 'listing' AND line.ref = touched.id;
    RETURN NULL;
END $$
"""
TRIGGER = """
CREATE TRIGGER directory_publiclisting_lines AFTER DELETE ON directory_publiclisting REFERENCING OLD TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION directory_lines_go_along()
"""


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
        ('directory', '0011_what_is_said_of_countries'),
    ]

    operations = [
        migrations.CreateModel(
            name='PublicDigest',
            fields=[
                ('id', models.CharField(max_length=10, primary_key=True, serialize=False)),
                ('month', models.DateField(unique=True)),
                ('sent_at', models.DateTimeField()),
                ('opening', models.JSONField(default=dict)),
            ],
            options={
                'ordering': ['-month'],
            },
        ),
        migrations.CreateModel(
            name='PublicDigestLine',
            fields=[
                ('id', models.CharField(max_length=10, primary_key=True, serialize=False)),
                ('digest', models.CharField(db_index=True, max_length=10)),
                ('position', models.PositiveSmallIntegerField()),
                ('section', models.CharField(max_length=12)),
                ('about', models.CharField(max_length=12)),
                ('ref', models.CharField(blank=True, db_index=True, max_length=10)),
                ('country', models.CharField(blank=True, max_length=2)),
                ('words', models.JSONField(default=dict)),
            ],
            options={
                'ordering': ['digest', 'position', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('about__in', ['listing', 'fact', 'notice', 'paper', 'figure'])), name='publicdigestline_nothing_for_members')],
            },
        ),
        migrations.CreateModel(
            name='PublicPaper',
            fields=[
                ('id', models.CharField(max_length=10, primary_key=True, serialize=False)),
                ('paper', models.CharField(db_index=True, max_length=10)),
                ('kind', models.CharField(max_length=12)),
                ('title', models.JSONField(default=dict)),
                ('language', models.CharField(max_length=8)),
                ('number', models.PositiveSmallIntegerField()),
                ('text', models.TextField(blank=True)),
                ('has_file', models.BooleanField(default=False)),
                ('adopted_on', models.DateField()),
                ('body', models.JSONField(default=dict)),
                ('ground', models.CharField(max_length=8)),
                ('valid_until', models.DateField(null=True)),
            ],
            options={
                'ordering': ['kind', 'paper', 'language'],
                'constraints': [models.UniqueConstraint(fields=('paper', 'language'), name='publicpaper_one_in_force')],
            },
        ),
        *triggers(),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION directory_lines_go_along()"),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER directory_publiclisting_lines ON directory_publiclisting"),
    ]
