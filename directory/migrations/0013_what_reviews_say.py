"""What a review says beside a service; it goes with the listing's row, and moves the public's revision."""

import importlib

from django.db import migrations, models

BEFORE = importlib.import_module("directory.migrations.0003_revision_of_the_public")
TABLE = "directory_publicreviewed"
#: Whatever takes a listing from an audience takes what a review says of it, in the same transaction.
FUNCTION = """
CREATE FUNCTION directory_{audience}_review_goes_along() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM directory_{audience}reviewed said USING touched WHERE said.id = touched.id;
    RETURN NULL;
END $$
"""
TRIGGER = """
CREATE TRIGGER directory_{audience}listing_reviewed AFTER DELETE ON directory_{audience}listing
    REFERENCING OLD TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION directory_{audience}_review_goes_along()
"""


def goes_along(audience):
    function = f"directory_{audience}_review_goes_along()"
    trigger = f"DROP TRIGGER directory_{audience}listing_reviewed ON directory_{audience}listing"
    return [
        migrations.RunSQL(FUNCTION.format(audience=audience), f"DROP FUNCTION {function}"),
        migrations.RunSQL(TRIGGER.format(audience=audience), trigger),
    ]


def moves_the_revision():
    return [
        migrations.RunSQL(
            BEFORE.TRIGGER.format(table=TABLE, event=event, image=image), f"DROP TRIGGER {TABLE}_{event} ON {TABLE}"
        )
        for event, image in BEFORE.SEEN_IN.items()
    ]



class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0012_what_the_network_tells'),
    ]

    operations = [
        migrations.CreateModel(
            name='MemberReviewed',
            fields=[
                ('id', models.CharField(max_length=10, primary_key=True, serialize=False)),
                ('reviewed_on', models.DateField()),
                ('due_on', models.DateField()),
                ('lines', models.JSONField(default=list)),
            ],
            options={
                'ordering': ['id'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PublicReviewed',
            fields=[
                ('id', models.CharField(max_length=10, primary_key=True, serialize=False)),
                ('reviewed_on', models.DateField()),
                ('due_on', models.DateField()),
                ('not_always', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ['id'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('reviewed_on__day', 1)), name='publicreviewed_month_only')],
            },
        ),
        *goes_along("public"),
        *goes_along("member"),
        *moves_the_revision(),
    ]
