"""Checks, visits and what has to be checked again."""

import core.clock
import core.ids
import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

from core.database.tables import CreateTables


class Migration(migrations.Migration):
    replaces = [
        ('verification', '0006_check_noticed_at'),
        ('verification', '0008_recheck_on_owners_word'),
    ]
    dependencies = [
        ('messaging', '0001_correspondents'),
        ('organizations', '0001_organizations'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('services', '0001_services'),
        ('verification', '0002_states_and_reviews'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name='Check',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10, unique=True)),
                        ('method', models.CharField(choices=[('workspace', 'in the workspace'), ('link', 'by the link in a message'), ('coordinator_phone', 'by phone with a coordinator'), ('call', 'call'), ('message', 'message'), ('test_contact', 'test contact'), ('visit', 'visit'), ('documents', 'documents seen')], max_length=24, verbose_name='method')),
                        ('outcome', models.CharField(choices=[('correct', 'Everything is right'), ('wrong', 'Something is wrong'), ('unreachable', 'Nobody could be reached'), ('withdrawn', 'Taken back at once by the one who said it')], default='correct', max_length=12, verbose_name='outcome')),
                        ('level', models.PositiveSmallIntegerField(choices=[(0, 'Imported, not checked'), (1, 'Confirmed by the organisation itself'), (2, 'Checked by another organisation of the network'), (3, 'Visited, or documents seen')], verbose_name='level')),
                        ('critical_fields', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='critical fields that were looked at')),
                        ('note', models.CharField(blank=True, max_length=1000, verbose_name='note (coordinators only)')),
                        ('checked_at', models.DateTimeField(default=core.clock.now)),
                        ('valid_until', models.DateField(blank=True, null=True, verbose_name='valid until')),
                        ('checked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('listing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='checks', to='services.serviceatlocation')),
                        ('organization', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                        ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organizations.organization')),
                        ('snapshot', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='verification.snapshot')),
                        ('evidence', models.FileField(blank=True, upload_to='evidence/%Y/%m', verbose_name='evidence (coordinators only)')),
                        ('noticed_at', models.DateTimeField(blank=True, null=True, verbose_name='first reminder before it')),
                        ('correspondent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='messaging.correspondent', verbose_name='by the link of')),
                    ],
                    options={
                        'verbose_name': 'check',
                        'verbose_name_plural': 'checks',
                        'ordering': ['-checked_at', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('level__lte', 1), models.Q(('organization__isnull', False), models.Q(('organization', models.F('owner')), _negated=True)), _connector='OR'), name='check_by_another_organization_above_level_1', violation_error_message='Only another organisation can check this listing.'), models.CheckConstraint(condition=models.Q(('correspondent__isnull', True), ('method', 'link'), _connector='OR'), name='check_by_link_names_its_correspondent', violation_error_message='Only the link in a letter answers for a correspondent.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "verification_checkevent" ("checked_at", "checked_by_id", "correspondent_id", "critical_fields", "evidence", "id", "level", "listing_id", "method", "note", "noticed_at", "organization_id", "outcome", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "snapshot_id", "valid_until") VALUES (NEW."checked_at", NEW."checked_by_id", NEW."correspondent_id", NEW."critical_fields", NEW."evidence", NEW."id", NEW."level", NEW."listing_id", NEW."method", NEW."note", NEW."noticed_at", NEW."organization_id", NEW."outcome", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."snapshot_id", NEW."valid_until"); RETURN NULL;', hash='f9e11b053afa770a69de9eabaa4d793a6e067ef0', operation='INSERT', pgid='pgtrigger_insert_insert_a9c2d', table='verification_check', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "verification_checkevent" ("checked_at", "checked_by_id", "correspondent_id", "critical_fields", "evidence", "id", "level", "listing_id", "method", "note", "noticed_at", "organization_id", "outcome", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "snapshot_id", "valid_until") VALUES (NEW."checked_at", NEW."checked_by_id", NEW."correspondent_id", NEW."critical_fields", NEW."evidence", NEW."id", NEW."level", NEW."listing_id", NEW."method", NEW."note", NEW."noticed_at", NEW."organization_id", NEW."outcome", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."snapshot_id", NEW."valid_until"); RETURN NULL;', hash='448b3839d9a471139b617d11f9c3a5e2ec9d7c6e', operation='UPDATE', pgid='pgtrigger_update_update_346f6', table='verification_check', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='CheckEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10)),
                        ('method', models.CharField(choices=[('workspace', 'in the workspace'), ('link', 'by the link in a message'), ('coordinator_phone', 'by phone with a coordinator'), ('call', 'call'), ('message', 'message'), ('test_contact', 'test contact'), ('visit', 'visit'), ('documents', 'documents seen')], max_length=24, verbose_name='method')),
                        ('outcome', models.CharField(choices=[('correct', 'Everything is right'), ('wrong', 'Something is wrong'), ('unreachable', 'Nobody could be reached'), ('withdrawn', 'Taken back at once by the one who said it')], default='correct', max_length=12, verbose_name='outcome')),
                        ('level', models.PositiveSmallIntegerField(choices=[(0, 'Imported, not checked'), (1, 'Confirmed by the organisation itself'), (2, 'Checked by another organisation of the network'), (3, 'Visited, or documents seen')], verbose_name='level')),
                        ('critical_fields', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='critical fields that were looked at')),
                        ('note', models.CharField(blank=True, max_length=1000, verbose_name='note (coordinators only)')),
                        ('checked_at', models.DateTimeField(default=core.clock.now)),
                        ('valid_until', models.DateField(blank=True, null=True, verbose_name='valid until')),
                        ('checked_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('listing', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='services.serviceatlocation')),
                        ('organization', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.organization')),
                        ('owner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.organization')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='verification.check')),
                        ('snapshot', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='verification.snapshot')),
                        ('evidence', models.FileField(blank=True, upload_to='evidence/%Y/%m', verbose_name='evidence (coordinators only)')),
                        ('noticed_at', models.DateTimeField(blank=True, null=True, verbose_name='first reminder before it')),
                        ('correspondent', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='messaging.correspondent', verbose_name='by the link of')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Visit',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10, unique=True)),
                        ('visited_on', models.DateField(verbose_name='day of the visit')),
                        ('was_served', models.BooleanField(verbose_name='the service was given')),
                        ('reason', models.CharField(blank=True, choices=[('closed', 'It was closed'), ('no_capacity', 'No capacity'), ('not_eligible', 'The client did not fit the conditions'), ('documents', 'Documents were asked for'), ('language', 'No common language'), ('money', 'Money was asked for'), ('treatment', 'The client was treated badly'), ('other', 'Something else')], max_length=16, verbose_name='why not')),
                        ('note', models.CharField(blank=True, max_length=500, verbose_name='note without personal data')),
                        ('told_at', models.DateTimeField(default=core.clock.now)),
                        ('listing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='visits', to='services.serviceatlocation')),
                        ('organization', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organizations.organization')),
                        ('told_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'visit',
                        'verbose_name_plural': 'visits',
                        'ordering': ['-visited_on', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), ('was_served', True)), models.Q(('was_served', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='visit_refusal_has_a_reason', violation_error_message='Say why the service was not given.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "verification_visitevent" ("id", "listing_id", "note", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "told_at", "told_by_id", "visited_on", "was_served") VALUES (NEW."id", NEW."listing_id", NEW."note", NEW."organization_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."reason", NEW."told_at", NEW."told_by_id", NEW."visited_on", NEW."was_served"); RETURN NULL;', hash='63ec0b4b3f503f4afe4f80769f44bf9a06584985', operation='INSERT', pgid='pgtrigger_insert_insert_354ac', table='verification_visit', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "verification_visitevent" ("id", "listing_id", "note", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "told_at", "told_by_id", "visited_on", "was_served") VALUES (NEW."id", NEW."listing_id", NEW."note", NEW."organization_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."reason", NEW."told_at", NEW."told_by_id", NEW."visited_on", NEW."was_served"); RETURN NULL;', hash='2a41adcd309e16046cfc27abd681a084a4572842', operation='UPDATE', pgid='pgtrigger_update_update_7b076', table='verification_visit', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='VisitEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10)),
                        ('visited_on', models.DateField(verbose_name='day of the visit')),
                        ('was_served', models.BooleanField(verbose_name='the service was given')),
                        ('reason', models.CharField(blank=True, choices=[('closed', 'It was closed'), ('no_capacity', 'No capacity'), ('not_eligible', 'The client did not fit the conditions'), ('documents', 'Documents were asked for'), ('language', 'No common language'), ('money', 'Money was asked for'), ('treatment', 'The client was treated badly'), ('other', 'Something else')], max_length=16, verbose_name='why not')),
                        ('note', models.CharField(blank=True, max_length=500, verbose_name='note without personal data')),
                        ('told_at', models.DateTimeField(default=core.clock.now)),
                        ('listing', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='services.serviceatlocation')),
                        ('organization', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.organization')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='verification.visit')),
                        ('told_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Recheck',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10, unique=True)),
                        ('reason', models.CharField(choices=[('report', "A reader's report"), ('bounced', 'Mail to the contact came back'), ('dead_link', 'The website does not answer'), ('contact_left', 'The contact has left'), ('suspended', 'The organisation was suspended'), ('project_ends', 'The project ends'), ('refused', 'Clients were not served'), ('outside', 'Another organisation must check it'), ('sample', 'Sample of edits that went out at once'), ('trusted', 'Critical edit of a trusted owner'), ('changed', 'The organisation says that something has changed')], max_length=16, verbose_name='why')),
                        ('note', models.CharField(blank=True, max_length=500, verbose_name='note')),
                        ('due_at', models.DateTimeField(verbose_name='by')),
                        ('created_at', models.DateTimeField(default=core.clock.now)),
                        ('done_at', models.DateTimeField(blank=True, null=True)),
                        ('assigned_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organizations.organization', verbose_name='given to')),
                        ('done_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('listing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rechecks', to='services.serviceatlocation')),
                    ],
                    options={
                        'verbose_name': 're-check',
                        'verbose_name_plural': 're-checks',
                        'ordering': ['due_at', 'pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('done_at__isnull', True)), fields=('listing', 'reason'), name='recheck_one_open_per_reason', violation_error_message='This re-check is open already.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "verification_recheckevent" ("assigned_to_id", "created_at", "done_at", "done_by_id", "due_at", "id", "listing_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason") VALUES (NEW."assigned_to_id", NEW."created_at", NEW."done_at", NEW."done_by_id", NEW."due_at", NEW."id", NEW."listing_id", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."reason"); RETURN NULL;', hash='d6226d7a6f7e3e7e4d49f61516a784ddd9b232b0', operation='INSERT', pgid='pgtrigger_insert_insert_49942', table='verification_recheck', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "verification_recheckevent" ("assigned_to_id", "created_at", "done_at", "done_by_id", "due_at", "id", "listing_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason") VALUES (NEW."assigned_to_id", NEW."created_at", NEW."done_at", NEW."done_by_id", NEW."due_at", NEW."id", NEW."listing_id", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."reason"); RETURN NULL;', hash='a134691bc73f98b689e514e75bd66de9cd5dcd33', operation='UPDATE', pgid='pgtrigger_update_update_87cce', table='verification_recheck', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='RecheckEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10)),
                        ('reason', models.CharField(choices=[('report', "A reader's report"), ('bounced', 'Mail to the contact came back'), ('dead_link', 'The website does not answer'), ('contact_left', 'The contact has left'), ('suspended', 'The organisation was suspended'), ('project_ends', 'The project ends'), ('refused', 'Clients were not served'), ('outside', 'Another organisation must check it'), ('sample', 'Sample of edits that went out at once'), ('trusted', 'Critical edit of a trusted owner'), ('changed', 'The organisation says that something has changed')], max_length=16, verbose_name='why')),
                        ('note', models.CharField(blank=True, max_length=500, verbose_name='note')),
                        ('due_at', models.DateTimeField(verbose_name='by')),
                        ('created_at', models.DateTimeField(default=core.clock.now)),
                        ('done_at', models.DateTimeField(blank=True, null=True)),
                        ('assigned_to', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.organization', verbose_name='given to')),
                        ('done_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('listing', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='services.serviceatlocation')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='verification.recheck')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
            ]
        ),
    ]
