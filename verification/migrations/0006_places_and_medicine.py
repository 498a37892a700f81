"""Whether there is room, and how long such a word counts in each class, as docs/verification.md has it.

Administrators may change the rows.
"""

from typing import Any

import core.clock
import datetime
import django.db.models.deletion
import django.db.models.expressions
import modeltrans.fields
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

from core.database.tables import CreateTables

VALID_DAYS = {"A": 14, "B": 30, "C": 30}
NOTICE_DAYS = 2


def create_clocks(apps: Any, schema_editor: Any) -> None:
    clock = apps.get_model("verification", "CapacityClock")
    for code, days in VALID_DAYS.items():
        clock.objects.get_or_create(code=code, defaults={"valid_days": days, "notice_days": NOTICE_DAYS})


class Migration(migrations.Migration):
    replaces = [
        ('verification', '0009_capacity'),
        ('verification', '0010_capacity_clocks'),
    ]
    dependencies = [
        ('messaging', '0001_correspondents'),
        ('organizations', '0001_organizations'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('services', '0001_services'),
        ('verification', '0003_checks'),
        ('verification', '0005_letters'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name='CapacityClock',
                    fields=[
                        ('code', models.CharField(choices=[('A', 'A: every 3 months'), ('B', 'B: every 6 months'), ('C', 'C: every 12 months')], max_length=1, primary_key=True, serialize=False, verbose_name='class')),
                        ('valid_days', models.PositiveSmallIntegerField(help_text='From 14 to 30. After that readers see that it is not known.', verbose_name='counts for, days')),
                        ('notice_days', models.PositiveSmallIntegerField(default=2, verbose_name='reminder, days before the end')),
                    ],
                    options={
                        'verbose_name': 'clock of capacity',
                        'verbose_name_plural': 'clocks of capacity',
                        'ordering': ['code'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('valid_days__gte', 14), ('valid_days__lte', 30)), name='capacityclock_counts_14_to_30_days', violation_error_message='What is said about places counts from 14 to 30 days.'), models.CheckConstraint(condition=models.Q(('notice_days__gte', 1), ('notice_days__lt', models.F('valid_days'))), name='capacityclock_notice_before_the_end', violation_error_message='The reminder comes before the end, and after the report.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "verification_capacityclockevent" ("code", "notice_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_days") VALUES (NEW."code", NEW."notice_days", _pgh_attach_context(), NOW(), \'insert\', NEW."code", NEW."valid_days"); RETURN NULL;', hash='fada8119d0376f58f9b66328f69d06f5f1e6294e', operation='INSERT', pgid='pgtrigger_insert_insert_f56e4', table='verification_capacityclock', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "verification_capacityclockevent" ("code", "notice_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_days") VALUES (NEW."code", NEW."notice_days", _pgh_attach_context(), NOW(), \'update\', NEW."code", NEW."valid_days"); RETURN NULL;', hash='165510a95a4325b2eacad2a76c2e461a42fad722', operation='UPDATE', pgid='pgtrigger_update_update_9d88e', table='verification_capacityclock', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='CapacityClockEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('code', models.CharField(choices=[('A', 'A: every 3 months'), ('B', 'B: every 6 months'), ('C', 'C: every 12 months')], max_length=1, serialize=False, verbose_name='class')),
                        ('valid_days', models.PositiveSmallIntegerField(help_text='From 14 to 30. After that readers see that it is not known.', verbose_name='counts for, days')),
                        ('notice_days', models.PositiveSmallIntegerField(default=2, verbose_name='reminder, days before the end')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='verification.capacityclock')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='CapacityReport',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('level', models.CharField(choices=[('free', 'Places free'), ('limited', 'Few places left'), ('full', 'No places left'), ('out_of_stock', 'Out of stock'), ('unknown', 'Not known')], max_length=12, verbose_name='level')),
                        ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                        ('method', models.CharField(choices=[('workspace', 'in the workspace'), ('link', 'by the link in a message'), ('coordinator_phone', 'by phone with a coordinator'), ('call', 'call'), ('message', 'message'), ('test_contact', 'test contact'), ('visit', 'visit'), ('documents', 'documents seen')], max_length=24, verbose_name='method')),
                        ('reported_on', models.DateField(verbose_name='said on')),
                        ('notice_on', models.DateField(blank=True, null=True, verbose_name='reminder on')),
                        ('expires_on', models.DateField(blank=True, null=True, verbose_name='not known from')),
                        ('reported_at', models.DateTimeField(default=core.clock.now, editable=False)),
                        ('i18n', modeltrans.fields.TranslationField(fields=('note',), required_languages=(), virtual_fields=True)),
                        ('correspondent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='messaging.correspondent', verbose_name='by the link of')),
                        ('during', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='capacity_reports', to='verification.check')),
                        ('listing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='capacity_reports', to='services.serviceatlocation')),
                        ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                        ('reported_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'word about capacity',
                        'verbose_name_plural': 'words about capacity',
                        'ordering': ['-reported_at', '-pk'],
                        'indexes': [models.Index(fields=['listing', '-reported_at'], name='capacityreport_newest'), models.Index(fields=['notice_on'], name='capacityreport_notice')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('expires_on__isnull', True), ('level', 'unknown'), ('notice_on__isnull', True)), models.Q(models.Q(('level', 'unknown'), _negated=True), ('expires_on__isnull', False), ('notice_on__isnull', False), ('notice_on__gte', models.F('reported_on')), ('notice_on__lt', models.F('expires_on')), ('expires_on__gte', django.db.models.expressions.CombinedExpression(models.F('reported_on'), '+', models.Value(datetime.timedelta(days=14)))), ('expires_on__lte', django.db.models.expressions.CombinedExpression(models.F('reported_on'), '+', models.Value(datetime.timedelta(days=30))))), _connector='OR'), name='capacityreport_dates_in_order', violation_error_message='What is said about places counts from 14 to 30 days.'), models.CheckConstraint(condition=models.Q(('correspondent__isnull', True), ('method', 'link'), _connector='OR'), name='capacityreport_by_link_names_its_correspondent', violation_error_message='Only the link in a letter answers for a correspondent.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "verification_capacityreportevent" ("correspondent_id", "during_id", "expires_on", "i18n", "id", "level", "listing_id", "method", "note", "notice_on", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reported_at", "reported_by_id", "reported_on") VALUES (NEW."correspondent_id", NEW."during_id", NEW."expires_on", NEW."i18n", NEW."id", NEW."level", NEW."listing_id", NEW."method", NEW."note", NEW."notice_on", NEW."organization_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reported_at", NEW."reported_by_id", NEW."reported_on"); RETURN NULL;', hash='eafd12716ac47914a888663bee1c1a630e279355', operation='INSERT', pgid='pgtrigger_insert_insert_18ce4', table='verification_capacityreport', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "verification_capacityreportevent" ("correspondent_id", "during_id", "expires_on", "i18n", "id", "level", "listing_id", "method", "note", "notice_on", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reported_at", "reported_by_id", "reported_on") VALUES (NEW."correspondent_id", NEW."during_id", NEW."expires_on", NEW."i18n", NEW."id", NEW."level", NEW."listing_id", NEW."method", NEW."note", NEW."notice_on", NEW."organization_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reported_at", NEW."reported_by_id", NEW."reported_on"); RETURN NULL;', hash='f1186550253aa860e8f17e8e363b902408750572', operation='UPDATE', pgid='pgtrigger_update_update_ea5f8', table='verification_capacityreport', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='CapacityReportEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('level', models.CharField(choices=[('free', 'Places free'), ('limited', 'Few places left'), ('full', 'No places left'), ('out_of_stock', 'Out of stock'), ('unknown', 'Not known')], max_length=12, verbose_name='level')),
                        ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                        ('method', models.CharField(choices=[('workspace', 'in the workspace'), ('link', 'by the link in a message'), ('coordinator_phone', 'by phone with a coordinator'), ('call', 'call'), ('message', 'message'), ('test_contact', 'test contact'), ('visit', 'visit'), ('documents', 'documents seen')], max_length=24, verbose_name='method')),
                        ('reported_on', models.DateField(verbose_name='said on')),
                        ('notice_on', models.DateField(blank=True, null=True, verbose_name='reminder on')),
                        ('expires_on', models.DateField(blank=True, null=True, verbose_name='not known from')),
                        ('reported_at', models.DateTimeField(default=core.clock.now, editable=False)),
                        ('i18n', modeltrans.fields.TranslationField(fields=('note',), required_languages=(), virtual_fields=True)),
                        ('correspondent', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='messaging.correspondent', verbose_name='by the link of')),
                        ('during', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='verification.check')),
                        ('listing', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='services.serviceatlocation')),
                        ('organization', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.organization')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='verification.capacityreport')),
                        ('reported_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
            ]
        ),
        migrations.RunPython(create_clocks, migrations.RunPython.noop),
    ]
