"""The clocks of the three classes and the countries of high risk, as docs/verification.md has them.

Administrators may change the rows.
"""

from typing import Any

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
from django.db import migrations, models

from core.database.tables import CreateTables

CLOCKS = (
    {
        "code": "A",
        "recheck_months": 3,
        "notice_days": [14, 7, 2],
        "escalate_days": 3,
        "hide_days": 14,
        "archive_days": 60,
    },
    {
        "code": "B",
        "recheck_months": 6,
        "notice_days": [30, 14, 3],
        "escalate_days": 7,
        "hide_days": 30,
        "archive_days": 90,
    },
    {
        "code": "C",
        "recheck_months": 12,
        "notice_days": [30, 14],
        "escalate_days": 14,
        "hide_days": 60,
        "archive_days": 180,
    },
)
#: The network's own assessment at the time of writing.
HIGH_RISK = ("BY", "RU")


def create_rows(apps: Any, schema_editor: Any) -> None:
    clock = apps.get_model("verification", "Clock")
    for values in CLOCKS:
        clock.objects.get_or_create(code=values["code"], defaults=values)
    country = apps.get_model("verification", "HighRiskCountry")
    for code in HIGH_RISK:
        country.objects.get_or_create(code=code)


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ('verification', '0002_clocks'),
        ('verification', '0004_high_risk_countries'),
    ]
    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name='Clock',
                    fields=[
                        ('code', models.CharField(choices=[('A', 'A: every 3 months'), ('B', 'B: every 6 months'), ('C', 'C: every 12 months')], max_length=1, primary_key=True, serialize=False, verbose_name='class')),
                        ('recheck_months', models.PositiveSmallIntegerField(verbose_name='check again after, months')),
                        ('notice_days', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), help_text='From the earliest to the latest, for example 30, 14, 3.', size=None, verbose_name='reminders, days before the date')),
                        ('escalate_days', models.PositiveSmallIntegerField(verbose_name='tell the coordinator after, days')),
                        ('hide_days', models.PositiveSmallIntegerField(verbose_name='hide from the public after, days')),
                        ('archive_days', models.PositiveSmallIntegerField(verbose_name='archive after, days')),
                    ],
                    options={
                        'verbose_name': 'clock of a class',
                        'verbose_name_plural': 'clocks of the classes',
                        'ordering': ['code'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('escalate_days__lte', models.F('hide_days')), ('hide_days__lte', models.F('archive_days'))), name='clock_steps_in_order', violation_error_message='First the coordinator is told, then the listing hides, then it is archived.'), models.CheckConstraint(condition=models.Q(('recheck_months__gte', 1)), name='clock_recheck_is_positive', violation_error_message='A class is checked again after one month at least.'), models.CheckConstraint(condition=models.Q(('archive_days__lte', 365), ('hide_days__lte', 180), ('recheck_months__lte', 24)), name='clock_cannot_be_switched_off', violation_error_message='At most 24 months until the next check, then 180 days until hiding and 365 until archiving: otherwise nothing would ever disappear.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "verification_clockevent" ("archive_days", "code", "escalate_days", "hide_days", "notice_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recheck_months") VALUES (NEW."archive_days", NEW."code", NEW."escalate_days", NEW."hide_days", NEW."notice_days", _pgh_attach_context(), NOW(), \'insert\', NEW."code", NEW."recheck_months"); RETURN NULL;', hash='6fed9b06b9a9607b2918b01140870f332ee15e01', operation='INSERT', pgid='pgtrigger_insert_insert_6fd5b', table='verification_clock', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "verification_clockevent" ("archive_days", "code", "escalate_days", "hide_days", "notice_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recheck_months") VALUES (NEW."archive_days", NEW."code", NEW."escalate_days", NEW."hide_days", NEW."notice_days", _pgh_attach_context(), NOW(), \'update\', NEW."code", NEW."recheck_months"); RETURN NULL;', hash='f46c6e5102e2644111fa33cd2c58e971b5f4308b', operation='UPDATE', pgid='pgtrigger_update_update_188f8', table='verification_clock', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='ClockEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('code', models.CharField(choices=[('A', 'A: every 3 months'), ('B', 'B: every 6 months'), ('C', 'C: every 12 months')], max_length=1, serialize=False, verbose_name='class')),
                        ('recheck_months', models.PositiveSmallIntegerField(verbose_name='check again after, months')),
                        ('notice_days', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), help_text='From the earliest to the latest, for example 30, 14, 3.', size=None, verbose_name='reminders, days before the date')),
                        ('escalate_days', models.PositiveSmallIntegerField(verbose_name='tell the coordinator after, days')),
                        ('hide_days', models.PositiveSmallIntegerField(verbose_name='hide from the public after, days')),
                        ('archive_days', models.PositiveSmallIntegerField(verbose_name='archive after, days')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='verification.clock')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='HighRiskCountry',
                    fields=[
                        ('code', models.CharField(max_length=2, primary_key=True, serialize=False, verbose_name='country')),
                        ('note', models.CharField(blank=True, max_length=300, verbose_name='why')),
                    ],
                    options={
                        'verbose_name': 'country of high risk',
                        'verbose_name_plural': 'countries of high risk',
                        'ordering': ['code'],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "verification_highriskcountryevent" ("code", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."code"); RETURN NULL;', hash='bd96b50ca07c47b7eac241d1455c1c10745e4dae', operation='INSERT', pgid='pgtrigger_insert_insert_64cde', table='verification_highriskcountry', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "verification_highriskcountryevent" ("code", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."code"); RETURN NULL;', hash='47d64cd8495fb07fe7f27018890e220e06eb8570', operation='UPDATE', pgid='pgtrigger_update_update_e4325', table='verification_highriskcountry', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='HighRiskCountryEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('code', models.CharField(max_length=2, serialize=False, verbose_name='country')),
                        ('note', models.CharField(blank=True, max_length=300, verbose_name='why')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='verification.highriskcountry')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
            ]
        ),
        migrations.RunPython(create_rows, migrations.RunPython.noop),
    ]
