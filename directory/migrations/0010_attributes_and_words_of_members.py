"""Answers of attributes in every table of listings and in the view of members; the words that only members read."""

import importlib

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

#: The view as it was, and with the column that is new.
BEFORE = importlib.import_module("directory.migrations.0009_where_help_comes")
VIEW = BEFORE.VIEW.replace("area_codes, area, stops\n", "area_codes, area, stops, attributes\n")


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0009_where_help_comes'),
    ]

    operations = [
        migrations.RunSQL(BEFORE.DROP, BEFORE.VIEW),
        migrations.CreateModel(
            name='MemberTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scheme', models.CharField(max_length=12)),
                ('code', models.CharField(max_length=48)),
                ('parent', models.CharField(blank=True, max_length=48)),
                ('family', models.CharField(blank=True, max_length=12)),
                ('name', models.JSONField(default=dict)),
                ('synonyms', models.JSONField(default=dict)),
                ('data', models.JSONField(default=dict)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('is_retired', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ['scheme', 'position', 'code'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='circlelisting',
            name='attributes',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='answers of attributes'),
        ),
        migrations.AddField(
            model_name='countrylisting',
            name='attributes',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='answers of attributes'),
        ),
        migrations.AddField(
            model_name='memberlisting',
            name='attributes',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='answers of attributes'),
        ),
        migrations.AddField(
            model_name='publiclisting',
            name='attributes',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='answers of attributes'),
        ),
        migrations.AddIndex(
            model_name='circlelisting',
            index=django.contrib.postgres.indexes.GinIndex(fields=['attributes'], name='circlelisting_attributes'),
        ),
        migrations.AddIndex(
            model_name='countrylisting',
            index=django.contrib.postgres.indexes.GinIndex(fields=['attributes'], name='countrylisting_attributes'),
        ),
        migrations.AddIndex(
            model_name='memberlisting',
            index=django.contrib.postgres.indexes.GinIndex(fields=['attributes'], name='memberlisting_attributes'),
        ),
        migrations.AddIndex(
            model_name='publiclisting',
            index=django.contrib.postgres.indexes.GinIndex(fields=['attributes'], name='publiclisting_attributes'),
        ),
        migrations.AddConstraint(
            model_name='memberterm',
            constraint=models.UniqueConstraint(fields=('scheme', 'code'), name='memberterm_code_once'),
        ),
        migrations.RunSQL(VIEW, BEFORE.DROP),
    ]
