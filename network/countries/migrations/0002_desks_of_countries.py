"""How members reach the coordinators of a country: a line, a chat, what to do."""

import core.clock
import core.ids
import django.core.validators
import django.db.models.deletion
import modeltrans.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('countries', '0001_facts_of_countries'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='CountryDeskEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('country', models.CharField(max_length=2, validators=[django.core.validators.RegexValidator('^[A-Z]{2}$')], verbose_name='country')),
                ('line', models.CharField(blank=True, max_length=40, verbose_name='emergency line for members')),
                ('line_hours', models.CharField(blank=True, max_length=120, verbose_name='when it is answered')),
                ('chat_link', models.URLField(blank=True, verbose_name='group chat')),
                ('protocol', models.TextField(blank=True, max_length=1500, verbose_name='what to do in an emergency')),
                ('i18n', modeltrans.fields.TranslationField(fields=('line_hours', 'protocol'), required_languages=(), virtual_fields=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CountryDesk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('country', models.CharField(max_length=2, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z]{2}$')], verbose_name='country')),
                ('line', models.CharField(blank=True, max_length=40, verbose_name='emergency line for members')),
                ('line_hours', models.CharField(blank=True, max_length=120, verbose_name='when it is answered')),
                ('chat_link', models.URLField(blank=True, verbose_name='group chat')),
                ('protocol', models.TextField(blank=True, max_length=1500, verbose_name='what to do in an emergency')),
                ('i18n', modeltrans.fields.TranslationField(fields=('line_hours', 'protocol'), required_languages=(), virtual_fields=True)),
            ],
            options={
                'verbose_name': 'desk of a country',
                'verbose_name_plural': 'desks of countries',
                'ordering': ['country'],
                'constraints': [models.CheckConstraint(condition=models.Q(('line_hours', ''), models.Q(('line', ''), _negated=True), _connector='OR'), name='countrydesk_hours_of_a_line', violation_error_message='Write the number whose hours these are.')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='countrydesk',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "countries_countrydeskevent" ("chat_link", "country", "created_at", "i18n", "id", "line", "line_hours", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "protocol", "public_id", "updated_at", "version") VALUES (NEW."chat_link", NEW."country", NEW."created_at", NEW."i18n", NEW."id", NEW."line", NEW."line_hours", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."protocol", NEW."public_id", NEW."updated_at", NEW."version"); RETURN NULL;', hash='df9037c1f1f54f89e6340d1368e5e91b538a4b29', operation='INSERT', pgid='pgtrigger_insert_insert_08090', table='countries_countrydesk', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='countrydesk',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "countries_countrydeskevent" ("chat_link", "country", "created_at", "i18n", "id", "line", "line_hours", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "protocol", "public_id", "updated_at", "version") VALUES (NEW."chat_link", NEW."country", NEW."created_at", NEW."i18n", NEW."id", NEW."line", NEW."line_hours", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."protocol", NEW."public_id", NEW."updated_at", NEW."version"); RETURN NULL;', hash='4ae23b02d1971414f09f933b136881305c11fbb2', operation='UPDATE', pgid='pgtrigger_update_update_9a68b', table='countries_countrydesk', when='AFTER')),
        ),
        migrations.AddField(
            model_name='countrydeskevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='countrydeskevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='countries.countrydesk'),
        ),
    ]
