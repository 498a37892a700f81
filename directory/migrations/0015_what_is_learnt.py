"""What everybody reads of learning; it moves the public's revision, and a resource centre goes with its last listing."""

import importlib

import django.contrib.postgres.fields
from django.db import migrations, models

BEFORE = importlib.import_module("directory.migrations.0003_revision_of_the_public")
TABLES = ("directory_publicmaterial", "directory_publictraining", "directory_publiccentre")
#: Whatever takes the last listing of a place from the public takes what its resource centre offers, in the same
#: transaction.
FUNCTION = """
CREATE FUNCTION directory_centre_goes_along() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM directory_publiccentre centre USING touched
    WHERE centre.id = touched.place_id
    AND NOT EXISTS (SELECT 1 FROM directory_publiclisting other WHERE other.place_id = touched.place_id);
    RETURN NULL;
END $$
"""
TRIGGER = """
CREATE TRIGGER directory_publiclisting_centre AFTER DELETE ON directory_publiclisting REFERENCING OLD TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION directory_centre_goes_along()
"""


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
        ('directory', '0014_what_is_granted'),
    ]

    operations = [
        migrations.CreateModel(
            name='PublicMaterial',
            fields=[
                ('id', models.CharField(max_length=10, primary_key=True, serialize=False)),
                ('title', models.JSONField(default=dict)),
                ('summary', models.JSONField(default=dict)),
                ('kind', models.CharField(max_length=12)),
                ('language', models.CharField(max_length=48)),
                ('topics', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), default=list, size=None)),
                ('country', models.CharField(blank=True, max_length=2)),
                ('link', models.URLField(blank=True, max_length=500)),
                ('has_file', models.BooleanField(default=False)),
                ('owner', models.CharField(max_length=10)),
                ('looked_on', models.DateField()),
                ('valid_until', models.DateField(null=True)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='PublicTraining',
            fields=[
                ('id', models.CharField(max_length=10, primary_key=True, serialize=False)),
                ('title', models.JSONField(default=dict)),
                ('summary', models.JSONField(default=dict)),
                ('audience', models.JSONField(default=dict)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('timezone', models.CharField(max_length=64)),
                ('country', models.CharField(blank=True, max_length=2)),
                ('city', models.JSONField(default=dict)),
                ('is_online', models.BooleanField(default=False)),
                ('language', models.CharField(max_length=48)),
                ('topics', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), default=list, size=None)),
                ('places', models.PositiveSmallIntegerField()),
                ('owner', models.CharField(max_length=10)),
                ('is_cancelled', models.BooleanField(default=False)),
                ('sequence', models.PositiveIntegerField(default=0)),
            ],
            options={
                'ordering': ['starts_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='PublicCentre',
            fields=[
                ('id', models.CharField(max_length=10, primary_key=True, serialize=False)),
                ('rooms', models.JSONField(default=dict)),
                ('seats', models.PositiveSmallIntegerField(null=True)),
                ('topics', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), default=list, size=None)),
                ('trained', models.PositiveIntegerField(null=True)),
                ('owner', models.CharField(max_length=10)),
                ('looked_on', models.DateField()),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('trained__isnull', True), ('trained__gte', 5), _connector='OR'), name='publiccentre_no_small_number')],
            },
        ),
        *moves_the_revision(),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION directory_centre_goes_along()"),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER directory_publiclisting_centre ON directory_publiclisting"),
    ]
