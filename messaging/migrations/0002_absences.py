"""Who stands in for whom, never twice at once."""

import core.clock
import core.ids
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.operations
import django.db.models.deletion
import messaging.models.absence
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

from core.database.tables import CreateTables


class Migration(migrations.Migration):
    replaces = [
        ('messaging', '0004_absence_is_edited'),
    ]
    dependencies = [
        ('messaging', '0001_correspondents'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        django.contrib.postgres.operations.BtreeGistExtension(),
        CreateTables(
            [
                migrations.CreateModel(
                    name='Absence',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('starts_on', models.DateField(verbose_name='from')),
                        ('ends_on', models.DateField(verbose_name='to')),
                        ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                        ('delegate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stands_in_for', to=settings.AUTH_USER_MODEL, verbose_name='who stands in')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='absences', to=settings.AUTH_USER_MODEL)),
                        ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10)),
                        ('updated_at', models.DateTimeField(default=core.clock.now, editable=False)),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ],
                    options={
                        'verbose_name': 'absence',
                        'verbose_name_plural': 'absences',
                        'ordering': ['starts_on', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='absence_ends_after_it_starts', violation_error_message='The end is before the beginning.'), models.CheckConstraint(condition=models.Q(('delegate', models.F('user')), _negated=True), name='absence_by_somebody_else', violation_error_message='Choose somebody else to stand in.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(messaging.models.absence.DaySpan('starts_on', 'ends_on', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True)), '&&'), ('user', '=')], name='absence_one_at_a_time', violation_error_message='These dates overlap another absence.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "messaging_absenceevent" ("created_at", "delegate_id", "ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "starts_on", "updated_at", "user_id", "version") VALUES (NEW."created_at", NEW."delegate_id", NEW."ends_on", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."starts_on", NEW."updated_at", NEW."user_id", NEW."version"); RETURN NULL;', hash='4256c48308ae6c6e550b40638ced79512de0dd0c', operation='INSERT', pgid='pgtrigger_insert_insert_5dc00', table='messaging_absence', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "messaging_absenceevent" ("created_at", "delegate_id", "ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "starts_on", "updated_at", "user_id", "version") VALUES (NEW."created_at", NEW."delegate_id", NEW."ends_on", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."starts_on", NEW."updated_at", NEW."user_id", NEW."version"); RETURN NULL;', hash='86e1f2bfd56560774c284a7db6876f8cdb0f69bb', operation='UPDATE', pgid='pgtrigger_update_update_68ede', table='messaging_absence', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='AbsenceEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('starts_on', models.DateField(verbose_name='from')),
                        ('ends_on', models.DateField(verbose_name='to')),
                        ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                        ('delegate', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who stands in')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='messaging.absence')),
                        ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10)),
                        ('updated_at', models.DateTimeField(default=core.clock.now, editable=False)),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
            ]
        ),
        # Apart, so that the constraint bears the name that it has in a database of e14d82e.
        migrations.AlterField(
            model_name='absence',
            name='public_id',
            field=models.CharField(default=core.ids.new_public_id, editable=False, max_length=10, unique=True),
        ),
    ]
