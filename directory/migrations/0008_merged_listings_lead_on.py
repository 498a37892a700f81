"""Old addresses lead on, for everybody only where everybody may see both ends; no way of writing can forget it."""

from django.db import migrations, models

FOLLOWS = """
CREATE FUNCTION directory_moved_follows_public() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        DELETE FROM directory_publicmoved WHERE leads_to = OLD.id;
    ELSE
        INSERT INTO directory_publicmoved (id, place_id, leads_to)
        SELECT id, place_id, leads_to FROM directory_moved WHERE leads_to = NEW.id AND was_public
        ON CONFLICT (id) DO NOTHING;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER directory_publiclisting_moved AFTER INSERT OR DELETE ON directory_publiclisting
    FOR EACH ROW EXECUTE FUNCTION directory_moved_follows_public();
"""
LEADS = """
CREATE FUNCTION directory_moved_leads_public() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM directory_publicmoved WHERE id = OLD.id;
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.was_public THEN
        INSERT INTO directory_publicmoved (id, place_id, leads_to)
        SELECT NEW.id, NEW.place_id, NEW.leads_to FROM directory_publiclisting WHERE id = NEW.leads_to;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER directory_moved_public AFTER INSERT OR UPDATE OR DELETE ON directory_moved
    FOR EACH ROW EXECUTE FUNCTION directory_moved_leads_public();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0007_rows_of_smaller_circles'),
    ]

    operations = [
        migrations.CreateModel(
            name='Moved',
            fields=[
                ('id', models.CharField(max_length=10, primary_key=True, serialize=False)),
                ('place_id', models.CharField(db_index=True, max_length=10)),
                ('leads_to', models.CharField(db_index=True, max_length=10)),
                ('kept_id', models.CharField(db_index=True, max_length=10)),
                ('was_public', models.BooleanField()),
            ],
            options={
                'ordering': ['id'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PublicMoved',
            fields=[
                ('id', models.CharField(max_length=10, primary_key=True, serialize=False)),
                ('place_id', models.CharField(db_index=True, max_length=10)),
                ('leads_to', models.CharField(db_index=True, max_length=10)),
            ],
            options={
                'ordering': ['id'],
                'abstract': False,
            },
        ),
        migrations.RunSQL(
            FOLLOWS,
            "DROP TRIGGER directory_publiclisting_moved ON directory_publiclisting;"
            " DROP FUNCTION directory_moved_follows_public()",
        ),
        migrations.RunSQL(
            LEADS,
            "DROP TRIGGER directory_moved_public ON directory_moved; DROP FUNCTION directory_moved_leads_public()",
        ),
    ]
