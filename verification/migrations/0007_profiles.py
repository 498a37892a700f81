"""How old the word of each organisation about itself is."""

import core.clock
import core.ids
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

from core.database.tables import CreateTables


class Migration(migrations.Migration):
    replaces = [
        ('verification', '0012_profiles'),
        ('verification', '0014_profiles_begin'),
    ]
    dependencies = [
        ('messaging', '0001_correspondents'),
        ('organizations', '0001_organizations'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('verification', '0002_states_and_reviews'),
        ('verification', '0006_places_and_medicine'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name='ProfileState',
                    fields=[
                        ('organization', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='profile_state', serialize=False, to='organizations.organization', verbose_name='organisation')),
                        ('level', models.PositiveSmallIntegerField(choices=[(0, 'Imported, not checked'), (1, 'Confirmed by the organisation itself'), (2, 'Checked by another organisation of the network'), (3, 'Visited, or documents seen')], default=1, verbose_name='level')),
                        ('method', models.CharField(choices=[('first_listing', 'with a listing that another organisation approved'), ('workspace', 'in the workspace'), ('link', 'by the link in a message'), ('coordinator_phone', 'by phone with a coordinator')], max_length=24, verbose_name='how it was confirmed')),
                        ('checked_on', models.DateField(verbose_name='confirmed on')),
                        ('notice_on', models.DateField(verbose_name='first reminder on')),
                        ('due_on', models.DateField(verbose_name='check again by')),
                        ('hides_on', models.DateField(verbose_name='hides on')),
                        ('archives_on', models.DateField(verbose_name='archived on')),
                        ('timezone', models.CharField(default='UTC', max_length=64, verbose_name='time zone')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ],
                    options={
                        'verbose_name': 'clock of a profile',
                        'verbose_name_plural': 'clocks of profiles',
                        'ordering': ['pk'],
                        'indexes': [models.Index(fields=['due_on'], name='profilestate_due')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('checked_on__lte', models.F('notice_on')), ('due_on__lte', models.F('hides_on')), ('hides_on__lte', models.F('archives_on')), ('notice_on__lte', models.F('due_on'))), name='profilestate_dates_in_order', violation_error_message='The dates of a profile are out of order.'), models.CheckConstraint(condition=models.Q(('level', 1)), name='profilestate_level_is_the_owners', violation_error_message='Only the organisation itself speaks about its profile.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "verification_profilestateevent" ("archives_on", "checked_on", "due_on", "hides_on", "level", "method", "notice_on", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "timezone", "version") VALUES (NEW."archives_on", NEW."checked_on", NEW."due_on", NEW."hides_on", NEW."level", NEW."method", NEW."notice_on", NEW."organization_id", _pgh_attach_context(), NOW(), \'insert\', NEW."organization_id", NEW."timezone", NEW."version"); RETURN NULL;', hash='a37bb1bc37c8097e497e6208f35232add7397e0f', operation='INSERT', pgid='pgtrigger_insert_insert_3dd19', table='verification_profilestate', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "verification_profilestateevent" ("archives_on", "checked_on", "due_on", "hides_on", "level", "method", "notice_on", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "timezone", "version") VALUES (NEW."archives_on", NEW."checked_on", NEW."due_on", NEW."hides_on", NEW."level", NEW."method", NEW."notice_on", NEW."organization_id", _pgh_attach_context(), NOW(), \'update\', NEW."organization_id", NEW."timezone", NEW."version"); RETURN NULL;', hash='4b43a6f3eaa67fc54974f9a4e0c3dd9baf007425', operation='UPDATE', pgid='pgtrigger_update_update_c8e9c', table='verification_profilestate', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='ProfileStateEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('level', models.PositiveSmallIntegerField(choices=[(0, 'Imported, not checked'), (1, 'Confirmed by the organisation itself'), (2, 'Checked by another organisation of the network'), (3, 'Visited, or documents seen')], default=1, verbose_name='level')),
                        ('method', models.CharField(choices=[('first_listing', 'with a listing that another organisation approved'), ('workspace', 'in the workspace'), ('link', 'by the link in a message'), ('coordinator_phone', 'by phone with a coordinator')], max_length=24, verbose_name='how it was confirmed')),
                        ('checked_on', models.DateField(verbose_name='confirmed on')),
                        ('notice_on', models.DateField(verbose_name='first reminder on')),
                        ('due_on', models.DateField(verbose_name='check again by')),
                        ('hides_on', models.DateField(verbose_name='hides on')),
                        ('archives_on', models.DateField(verbose_name='archived on')),
                        ('timezone', models.CharField(default='UTC', max_length=64, verbose_name='time zone')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                        ('organization', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', serialize=False, to='organizations.organization', verbose_name='organisation')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='verification.profilestate')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='ProfileCheck',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10, unique=True)),
                        ('method', models.CharField(choices=[('first_listing', 'with a listing that another organisation approved'), ('workspace', 'in the workspace'), ('link', 'by the link in a message'), ('coordinator_phone', 'by phone with a coordinator')], max_length=24, verbose_name='method')),
                        ('note', models.CharField(blank=True, max_length=1000, verbose_name='note (coordinators only)')),
                        ('checked_at', models.DateTimeField(default=core.clock.now)),
                        ('checked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('correspondent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='messaging.correspondent', verbose_name='by the link of')),
                        ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='profile_checks', to='organizations.organization')),
                        ('recorded_for', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organizations.organization')),
                        ('snapshot', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='verification.snapshot')),
                    ],
                    options={
                        'verbose_name': 'confirmation of a profile',
                        'verbose_name_plural': 'confirmations of profiles',
                        'ordering': ['-checked_at', '-pk'],
                        'indexes': [models.Index(fields=['organization', 'checked_at'], name='profilecheck_history')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('method', 'first_listing')), fields=('organization',), name='profilecheck_begins_once', violation_error_message='The clock of this profile runs already.'), models.CheckConstraint(condition=models.Q(('correspondent__isnull', True), ('method', 'link'), _connector='OR'), name='profilecheck_by_link_names_its_correspondent', violation_error_message='Only the link in a letter answers for a correspondent.'), models.CheckConstraint(condition=models.Q(('recorded_for__isnull', True), models.Q(('method', 'coordinator_phone'), models.Q(('recorded_for', models.F('organization')), _negated=True)), _connector='OR'), name='profilecheck_by_phone_was_written_down_by_others', violation_error_message='Nobody writes down the word of their own organisation.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='profilecheck_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."organization_id" IS DISTINCT FROM (NEW."organization_id") OR OLD."method" IS DISTINCT FROM (NEW."method") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."checked_at" IS DISTINCT FROM (NEW."checked_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='8f9e62ca96171ed64aea0e4d6195e24e7db0e01f', operation='UPDATE', pgid='pgtrigger_profilecheck_is_final_c28ed', table='verification_profilecheck', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "verification_profilecheckevent" ("checked_at", "checked_by_id", "correspondent_id", "id", "method", "note", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "recorded_for_id", "snapshot_id") VALUES (NEW."checked_at", NEW."checked_by_id", NEW."correspondent_id", NEW."id", NEW."method", NEW."note", NEW."organization_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."recorded_for_id", NEW."snapshot_id"); RETURN NULL;', hash='21591120ff2a53403d7d33152234da1ab069e00d', operation='INSERT', pgid='pgtrigger_insert_insert_51c88', table='verification_profilecheck', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "verification_profilecheckevent" ("checked_at", "checked_by_id", "correspondent_id", "id", "method", "note", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "recorded_for_id", "snapshot_id") VALUES (NEW."checked_at", NEW."checked_by_id", NEW."correspondent_id", NEW."id", NEW."method", NEW."note", NEW."organization_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."recorded_for_id", NEW."snapshot_id"); RETURN NULL;', hash='515e2ca5a29789a39b663ef5178348770739a804', operation='UPDATE', pgid='pgtrigger_update_update_c9ba9', table='verification_profilecheck', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='ProfileCheckEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10)),
                        ('method', models.CharField(choices=[('first_listing', 'with a listing that another organisation approved'), ('workspace', 'in the workspace'), ('link', 'by the link in a message'), ('coordinator_phone', 'by phone with a coordinator')], max_length=24, verbose_name='method')),
                        ('note', models.CharField(blank=True, max_length=1000, verbose_name='note (coordinators only)')),
                        ('checked_at', models.DateTimeField(default=core.clock.now)),
                        ('checked_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('correspondent', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='messaging.correspondent', verbose_name='by the link of')),
                        ('organization', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.organization')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='verification.profilecheck')),
                        ('recorded_for', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.organization')),
                        ('snapshot', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='verification.snapshot')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
            ]
        ),
    ]
