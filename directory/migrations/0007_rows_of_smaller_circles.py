"""Rows for members that work in a country, and for the named circle of an organisation.

Tables with row-level security, forced on their owner too: whoever asks gets the rows of the circles that the
transaction says they are in (`directory.access.members_read`), and none when it says nothing. Only what writes the read
model may have them all (`directory.access.circles_open`). What a member reads is a view over the three tables, in which
the row of the smallest circle stands for the others; of it the table for all members is read as before, by its indexes.
"""
import directory.tables.listings
import django.contrib.gis.db.models.fields
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

COLUMNS = """
    id, place_id, service_id, organization_id, organization_slug, family, types, tops,
    groups, group_codes, statuses, languages, interpreter_languages, delivery, intake, documents,
    cost, anonymous, insurance, gender, age_from, age_to, waiting, operation,
    location_type, country, city_code, precision, point, timezone, hours, hours_osm,
    accessibility, content, contacts, notices, level, check_method, checked_on, confirmed_on,
    notice_on, due_on, hides_on, archives_on, published_at, capacity_level, capacity_note, capacity_reported_on,
    capacity_expires_on, search_text, search_vector
"""

SETTING = "string_to_array(current_setting('servicemap.{}', true), ',')"
READERS = {
    "directory_countrylisting": f"reader_country = ANY ({SETTING.format('reader_countries')})",
    "directory_circlelisting": f"reader_organizations && ({SETTING.format('reader_organizations')})::varchar[]",
}
CLOSE = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY {table}_reader ON {table} FOR SELECT USING ({reads});
CREATE POLICY {table}_writer ON {table} FOR ALL
    USING (current_setting('servicemap.writer', true) = 'on')
    WITH CHECK (current_setting('servicemap.writer', true) = 'on');
"""
OPEN = """
DROP POLICY {table}_reader ON {table};
DROP POLICY {table}_writer ON {table};
ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
"""
VIEW = f"""
CREATE VIEW directory_readablelisting AS
SELECT {COLUMNS} FROM directory_circlelisting
UNION ALL
SELECT {COLUMNS} FROM directory_countrylisting c
WHERE NOT EXISTS (SELECT 1 FROM directory_circlelisting o WHERE o.id = c.id)
UNION ALL
SELECT {COLUMNS} FROM directory_memberlisting m
WHERE NOT EXISTS (SELECT 1 FROM directory_circlelisting o WHERE o.id = m.id)
AND NOT EXISTS (SELECT 1 FROM directory_countrylisting c WHERE c.id = m.id)
"""


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0006_when_the_public_changed'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReadableListing',
            fields=[
                ('id', models.CharField(max_length=10, primary_key=True, serialize=False)),
                ('place_id', models.CharField(db_index=True, max_length=10)),
                ('service_id', models.CharField(db_index=True, max_length=10)),
                ('organization_id', models.CharField(db_index=True, max_length=10)),
                ('organization_slug', models.CharField(db_index=True, max_length=80)),
                ('family', models.CharField(max_length=12)),
                ('types', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='types')),
                ('tops', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='top groups of the types')),
                ('groups', models.JSONField(default=dict)),
                ('group_codes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='target groups')),
                ('statuses', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='migration statuses')),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='languages')),
                ('interpreter_languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='languages with an interpreter')),
                ('delivery', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='delivery')),
                ('intake', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='intake')),
                ('documents', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='documents')),
                ('cost', models.CharField(max_length=16)),
                ('anonymous', models.BooleanField(null=True)),
                ('insurance', models.CharField(max_length=12)),
                ('gender', models.CharField(max_length=8)),
                ('age_from', models.PositiveSmallIntegerField(null=True)),
                ('age_to', models.PositiveSmallIntegerField(null=True)),
                ('waiting', models.CharField(max_length=12)),
                ('operation', models.CharField(max_length=12)),
                ('location_type', models.CharField(blank=True, max_length=12)),
                ('country', models.CharField(blank=True, db_index=True, max_length=2)),
                ('city_code', models.CharField(blank=True, db_index=True, max_length=80)),
                ('precision', models.CharField(max_length=12)),
                ('point', django.contrib.gis.db.models.fields.PointField(null=True, srid=4326)),
                ('timezone', models.CharField(default='UTC', max_length=64)),
                ('hours', models.JSONField(default=dict)),
                ('hours_osm', models.TextField(blank=True)),
                ('accessibility', models.JSONField(default=dict)),
                ('content', models.JSONField(default=dict)),
                ('contacts', models.JSONField(default=list)),
                ('notices', models.JSONField(default=list)),
                ('level', models.PositiveSmallIntegerField()),
                ('check_method', models.CharField(blank=True, max_length=24)),
                ('checked_on', models.DateField(null=True)),
                ('confirmed_on', models.DateField(null=True)),
                ('notice_on', models.DateField(null=True)),
                ('due_on', models.DateField(null=True)),
                ('hides_on', models.DateField(null=True)),
                ('archives_on', models.DateField(null=True)),
                ('published_at', models.DateTimeField()),
                ('capacity_level', models.CharField(blank=True, default='', max_length=12)),
                ('capacity_note', models.JSONField(blank=True, default=dict)),
                ('capacity_reported_on', models.DateField(null=True)),
                ('capacity_expires_on', models.DateField(null=True)),
                ('search_text', models.TextField(blank=True)),
                ('search_vector', django.contrib.postgres.search.SearchVectorField(null=True)),
            ],
            options={
                'db_table': 'directory_readablelisting',
                'ordering': ['id'],
                'abstract': False,
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='CircleListing',
            fields=[
                ('id', models.CharField(max_length=10, primary_key=True, serialize=False)),
                ('place_id', models.CharField(db_index=True, max_length=10)),
                ('service_id', models.CharField(db_index=True, max_length=10)),
                ('organization_id', models.CharField(db_index=True, max_length=10)),
                ('organization_slug', models.CharField(db_index=True, max_length=80)),
                ('family', models.CharField(max_length=12)),
                ('types', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='types')),
                ('tops', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='top groups of the types')),
                ('groups', models.JSONField(default=dict)),
                ('group_codes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='target groups')),
                ('statuses', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='migration statuses')),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='languages')),
                ('interpreter_languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='languages with an interpreter')),
                ('delivery', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='delivery')),
                ('intake', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='intake')),
                ('documents', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='documents')),
                ('cost', models.CharField(max_length=16)),
                ('anonymous', models.BooleanField(null=True)),
                ('insurance', models.CharField(max_length=12)),
                ('gender', models.CharField(max_length=8)),
                ('age_from', models.PositiveSmallIntegerField(null=True)),
                ('age_to', models.PositiveSmallIntegerField(null=True)),
                ('waiting', models.CharField(max_length=12)),
                ('operation', models.CharField(max_length=12)),
                ('location_type', models.CharField(blank=True, max_length=12)),
                ('country', models.CharField(blank=True, db_index=True, max_length=2)),
                ('city_code', models.CharField(blank=True, db_index=True, max_length=80)),
                ('precision', models.CharField(max_length=12)),
                ('point', django.contrib.gis.db.models.fields.PointField(null=True, srid=4326)),
                ('timezone', models.CharField(default='UTC', max_length=64)),
                ('hours', models.JSONField(default=dict)),
                ('hours_osm', models.TextField(blank=True)),
                ('accessibility', models.JSONField(default=dict)),
                ('content', models.JSONField(default=dict)),
                ('contacts', models.JSONField(default=list)),
                ('notices', models.JSONField(default=list)),
                ('level', models.PositiveSmallIntegerField()),
                ('check_method', models.CharField(blank=True, max_length=24)),
                ('checked_on', models.DateField(null=True)),
                ('confirmed_on', models.DateField(null=True)),
                ('notice_on', models.DateField(null=True)),
                ('due_on', models.DateField(null=True)),
                ('hides_on', models.DateField(null=True)),
                ('archives_on', models.DateField(null=True)),
                ('published_at', models.DateTimeField()),
                ('capacity_level', models.CharField(blank=True, default='', max_length=12)),
                ('capacity_note', models.JSONField(blank=True, default=dict)),
                ('capacity_reported_on', models.DateField(null=True)),
                ('capacity_expires_on', models.DateField(null=True)),
                ('search_text', models.TextField(blank=True)),
                ('search_vector', django.contrib.postgres.search.SearchVectorField(null=True)),
                ('reader_organizations', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='public ids of the organisations')),
            ],
            options={
                'ordering': ['id'],
                'abstract': False,
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['types'], name='circlelisting_types'), django.contrib.postgres.indexes.GinIndex(fields=['tops'], name='circlelisting_tops'), django.contrib.postgres.indexes.GinIndex(fields=['group_codes'], name='circlelisting_group_codes'), django.contrib.postgres.indexes.GinIndex(fields=['statuses'], name='circlelisting_statuses'), django.contrib.postgres.indexes.GinIndex(fields=['languages'], name='circlelisting_languages'), django.contrib.postgres.indexes.GinIndex(fields=['search_vector'], name='circlelisting_vector'), models.Index(fields=['hides_on'], name='circlelisting_hides_on'), django.contrib.postgres.indexes.GinIndex(fields=['reader_organizations'], name='circlelisting_readers')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('point__isnull', False), ('precision__in', ['exact', 'district', 'settlement'])), models.Q(('point__isnull', True), models.Q(('precision__in', ['exact', 'district', 'settlement']), _negated=True)), _connector='OR'), name='circlelisting_point_matches_precision'), models.CheckConstraint(condition=models.Q(models.Q(('capacity_expires_on__isnull', True), ('capacity_level', ''), ('capacity_reported_on__isnull', True)), models.Q(models.Q(('capacity_level', ''), _negated=True), ('capacity_expires_on__isnull', False), ('capacity_reported_on__isnull', False), ('capacity_reported_on__lt', models.F('capacity_expires_on'))), _connector='OR'), name='circlelisting_capacity_has_its_dates'), models.CheckConstraint(condition=directory.tables.listings.KnowsZone(models.F('timezone')), name='circlelisting_zone_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('due_on__isnull', True), ('checked_on__lte', models.F('due_on')), _connector='OR'), models.Q(('hides_on__isnull', True), ('due_on__lte', models.F('hides_on')), _connector='OR'), models.Q(('archives_on__isnull', True), ('hides_on__lte', models.F('archives_on')), _connector='OR')), name='circlelisting_dates_in_order')],
            },
        ),
        migrations.CreateModel(
            name='CountryListing',
            fields=[
                ('id', models.CharField(max_length=10, primary_key=True, serialize=False)),
                ('place_id', models.CharField(db_index=True, max_length=10)),
                ('service_id', models.CharField(db_index=True, max_length=10)),
                ('organization_id', models.CharField(db_index=True, max_length=10)),
                ('organization_slug', models.CharField(db_index=True, max_length=80)),
                ('family', models.CharField(max_length=12)),
                ('types', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='types')),
                ('tops', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='top groups of the types')),
                ('groups', models.JSONField(default=dict)),
                ('group_codes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='target groups')),
                ('statuses', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='migration statuses')),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='languages')),
                ('interpreter_languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='languages with an interpreter')),
                ('delivery', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='delivery')),
                ('intake', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='intake')),
                ('documents', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='documents')),
                ('cost', models.CharField(max_length=16)),
                ('anonymous', models.BooleanField(null=True)),
                ('insurance', models.CharField(max_length=12)),
                ('gender', models.CharField(max_length=8)),
                ('age_from', models.PositiveSmallIntegerField(null=True)),
                ('age_to', models.PositiveSmallIntegerField(null=True)),
                ('waiting', models.CharField(max_length=12)),
                ('operation', models.CharField(max_length=12)),
                ('location_type', models.CharField(blank=True, max_length=12)),
                ('country', models.CharField(blank=True, db_index=True, max_length=2)),
                ('city_code', models.CharField(blank=True, db_index=True, max_length=80)),
                ('precision', models.CharField(max_length=12)),
                ('point', django.contrib.gis.db.models.fields.PointField(null=True, srid=4326)),
                ('timezone', models.CharField(default='UTC', max_length=64)),
                ('hours', models.JSONField(default=dict)),
                ('hours_osm', models.TextField(blank=True)),
                ('accessibility', models.JSONField(default=dict)),
                ('content', models.JSONField(default=dict)),
                ('contacts', models.JSONField(default=list)),
                ('notices', models.JSONField(default=list)),
                ('level', models.PositiveSmallIntegerField()),
                ('check_method', models.CharField(blank=True, max_length=24)),
                ('checked_on', models.DateField(null=True)),
                ('confirmed_on', models.DateField(null=True)),
                ('notice_on', models.DateField(null=True)),
                ('due_on', models.DateField(null=True)),
                ('hides_on', models.DateField(null=True)),
                ('archives_on', models.DateField(null=True)),
                ('published_at', models.DateTimeField()),
                ('capacity_level', models.CharField(blank=True, default='', max_length=12)),
                ('capacity_note', models.JSONField(blank=True, default=dict)),
                ('capacity_reported_on', models.DateField(null=True)),
                ('capacity_expires_on', models.DateField(null=True)),
                ('search_text', models.TextField(blank=True)),
                ('search_vector', django.contrib.postgres.search.SearchVectorField(null=True)),
                ('reader_country', models.CharField(db_index=True, max_length=2)),
            ],
            options={
                'ordering': ['id'],
                'abstract': False,
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['types'], name='countrylisting_types'), django.contrib.postgres.indexes.GinIndex(fields=['tops'], name='countrylisting_tops'), django.contrib.postgres.indexes.GinIndex(fields=['group_codes'], name='countrylisting_group_codes'), django.contrib.postgres.indexes.GinIndex(fields=['statuses'], name='countrylisting_statuses'), django.contrib.postgres.indexes.GinIndex(fields=['languages'], name='countrylisting_languages'), django.contrib.postgres.indexes.GinIndex(fields=['search_vector'], name='countrylisting_vector'), models.Index(fields=['hides_on'], name='countrylisting_hides_on')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('point__isnull', False), ('precision__in', ['exact', 'district', 'settlement'])), models.Q(('point__isnull', True), models.Q(('precision__in', ['exact', 'district', 'settlement']), _negated=True)), _connector='OR'), name='countrylisting_point_matches_precision'), models.CheckConstraint(condition=models.Q(models.Q(('capacity_expires_on__isnull', True), ('capacity_level', ''), ('capacity_reported_on__isnull', True)), models.Q(models.Q(('capacity_level', ''), _negated=True), ('capacity_expires_on__isnull', False), ('capacity_reported_on__isnull', False), ('capacity_reported_on__lt', models.F('capacity_expires_on'))), _connector='OR'), name='countrylisting_capacity_has_its_dates'), models.CheckConstraint(condition=directory.tables.listings.KnowsZone(models.F('timezone')), name='countrylisting_zone_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('due_on__isnull', True), ('checked_on__lte', models.F('due_on')), _connector='OR'), models.Q(('hides_on__isnull', True), ('due_on__lte', models.F('hides_on')), _connector='OR'), models.Q(('archives_on__isnull', True), ('hides_on__lte', models.F('archives_on')), _connector='OR')), name='countrylisting_dates_in_order')],
            },
        ),
        *(
            migrations.RunSQL(CLOSE.format(table=table, reads=reads), OPEN.format(table=table))
            for table, reads in READERS.items()
        ),
        migrations.RunSQL(VIEW, "DROP VIEW directory_readablelisting"),
    ]
