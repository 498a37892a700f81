"""Where help comes: areas and stops in every table of listings, and in the view in which a member reads them."""

import importlib

import django.contrib.gis.db.models.fields
import django.contrib.postgres.fields
from django.db import migrations, models

#: The view as it was, and with the columns that are new.
BEFORE = importlib.import_module("directory.migrations.0007_rows_of_smaller_circles")
VIEW = BEFORE.VIEW.replace(BEFORE.COLUMNS, f"{BEFORE.COLUMNS.rstrip()}, areas, area_codes, area, stops\n")
DROP = "DROP VIEW directory_readablelisting"


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0008_merged_listings_lead_on'),
    ]

    operations = [
        migrations.RunSQL(DROP, BEFORE.VIEW),
        migrations.AddField(
            model_name='circlelisting',
            name='area',
            field=django.contrib.gis.db.models.fields.MultiPolygonField(null=True, srid=4326),
        ),
        migrations.AddField(
            model_name='circlelisting',
            name='area_codes',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='countries and regions that are covered'),
        ),
        migrations.AddField(
            model_name='circlelisting',
            name='areas',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='circlelisting',
            name='stops',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='countrylisting',
            name='area',
            field=django.contrib.gis.db.models.fields.MultiPolygonField(null=True, srid=4326),
        ),
        migrations.AddField(
            model_name='countrylisting',
            name='area_codes',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='countries and regions that are covered'),
        ),
        migrations.AddField(
            model_name='countrylisting',
            name='areas',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='countrylisting',
            name='stops',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='memberlisting',
            name='area',
            field=django.contrib.gis.db.models.fields.MultiPolygonField(null=True, srid=4326),
        ),
        migrations.AddField(
            model_name='memberlisting',
            name='area_codes',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='countries and regions that are covered'),
        ),
        migrations.AddField(
            model_name='memberlisting',
            name='areas',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='memberlisting',
            name='stops',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='publiclisting',
            name='area',
            field=django.contrib.gis.db.models.fields.MultiPolygonField(null=True, srid=4326),
        ),
        migrations.AddField(
            model_name='publiclisting',
            name='area_codes',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='countries and regions that are covered'),
        ),
        migrations.AddField(
            model_name='publiclisting',
            name='areas',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='publiclisting',
            name='stops',
            field=models.JSONField(default=list),
        ),
        migrations.AddIndex(
            model_name='circlelisting',
            index=models.Index(condition=models.Q(('stops', []), _negated=True), fields=['id'], name='circlelisting_moving'),
        ),
        migrations.AddIndex(
            model_name='countrylisting',
            index=models.Index(condition=models.Q(('stops', []), _negated=True), fields=['id'], name='countrylisting_moving'),
        ),
        migrations.AddIndex(
            model_name='memberlisting',
            index=models.Index(condition=models.Q(('stops', []), _negated=True), fields=['id'], name='memberlisting_moving'),
        ),
        migrations.AddIndex(
            model_name='publiclisting',
            index=models.Index(condition=models.Q(('stops', []), _negated=True), fields=['id'], name='publiclisting_moving'),
        ),
        migrations.RunSQL(VIEW, DROP),
    ]
