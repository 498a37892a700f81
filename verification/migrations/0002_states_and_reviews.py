"""What was sent, frozen; in which state each listing is; reviews by another organisation."""

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
        ('verification', '0001_verification'),
        ('verification', '0016_nothing_stays_for_ever'),
    ]
    dependencies = [
        ('organizations', '0001_organizations'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('services', '0001_services'),
        ('verification', '0001_clocks'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name='Snapshot',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10, unique=True)),
                        ('schema', models.PositiveSmallIntegerField()),
                        ('content', models.JSONField()),
                        ('content_hash', models.CharField(max_length=64)),
                        ('created_at', models.DateTimeField(default=core.clock.now)),
                        ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('listing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='snapshots', to='services.serviceatlocation')),
                    ],
                    options={
                        'verbose_name': 'snapshot',
                        'verbose_name_plural': 'snapshots',
                        'ordering': ['-pk'],
                        'indexes': [models.Index(fields=['listing', 'content_hash'], name='snapshot_by_hash')],
                    },
                ),
                migrations.CreateModel(
                    name='ListingState',
                    fields=[
                        ('listing', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='state', serialize=False, to='services.serviceatlocation')),
                        ('publication', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Sent for checking'), ('in_review', 'Being checked'), ('needs_changes', 'Needs changes'), ('rejected', 'Rejected'), ('imported', 'Imported, not checked'), ('published', 'On the map'), ('hidden', 'Hidden'), ('archived', 'Archived')], default='draft', max_length=16, verbose_name='publication')),
                        ('verification_class', models.CharField(choices=[('A', 'A: every 3 months'), ('B', 'B: every 6 months'), ('C', 'C: every 12 months')], default='B', max_length=1, verbose_name='class')),
                        ('level', models.PositiveSmallIntegerField(default=0, verbose_name='level')),
                        ('check_method', models.CharField(blank=True, max_length=24, verbose_name='how it was checked')),
                        ('checked_on', models.DateField(blank=True, null=True, verbose_name='checked on')),
                        ('notice_on', models.DateField(blank=True, null=True, verbose_name='first reminder on')),
                        ('due_on', models.DateField(blank=True, null=True, verbose_name='check again by')),
                        ('hides_on', models.DateField(blank=True, null=True, verbose_name='hides on')),
                        ('archives_on', models.DateField(blank=True, null=True, verbose_name='archived on')),
                        ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='published')),
                        ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                        ('published', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='verification.snapshot')),
                        ('confirmed_on', models.DateField(blank=True, null=True, verbose_name='confirmed by the organisation after that, on')),
                    ],
                    options={
                        'verbose_name': 'state of a listing',
                        'verbose_name_plural': 'states of listings',
                        'ordering': ['pk'],
                        'indexes': [models.Index(fields=['publication', 'due_on'], name='listingstate_due'), models.Index(fields=['publication', 'hides_on'], name='listingstate_hides')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('archives_on__isnull', True), ('checked_on__isnull', True), ('due_on__isnull', True), ('hides_on__isnull', True), ('notice_on__isnull', True)), models.Q(('checked_on__isnull', False), ('checked_on__lte', models.F('due_on')), ('due_on__lte', models.F('hides_on')), ('hides_on__lte', models.F('archives_on')), ('notice_on__lte', models.F('due_on'))), _connector='OR'), name='listingstate_dates_in_order', violation_error_message='The dates of a listing are out of order.'), models.CheckConstraint(condition=models.Q(models.Q(('publication', 'published'), _negated=True), models.Q(('checked_on__isnull', False), ('level__gte', 1), ('published__isnull', False), ('published_at__isnull', False)), _connector='OR'), name='listingstate_published_is_checked', violation_error_message='Only a checked listing can be on the map.'), models.CheckConstraint(condition=models.Q(models.Q(('publication', 'imported'), _negated=True), models.Q(('checked_on__isnull', True), ('level', 0), ('published__isnull', False)), _connector='OR'), name='listingstate_imported_is_unchecked', violation_error_message='An imported listing is unchecked until somebody confirms it.'), models.CheckConstraint(condition=models.Q(('level__lte', 3)), name='listingstate_level_is_known', violation_error_message='Levels go from 0 to 3.'), models.CheckConstraint(condition=models.Q(models.Q(('publication', 'published'), _negated=True), models.Q(('archives_on__isnull', False), ('due_on__isnull', False), ('hides_on__isnull', False)), _connector='OR'), name='listingstate_published_has_an_end', violation_error_message='A listing on the map has a day on which it disappears.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "verification_listingstateevent" ("archives_on", "check_method", "checked_on", "confirmed_on", "due_on", "hides_on", "level", "listing_id", "notice_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publication", "published_at", "published_id", "reason", "verification_class", "version") VALUES (NEW."archives_on", NEW."check_method", NEW."checked_on", NEW."confirmed_on", NEW."due_on", NEW."hides_on", NEW."level", NEW."listing_id", NEW."notice_on", _pgh_attach_context(), NOW(), \'insert\', NEW."listing_id", NEW."publication", NEW."published_at", NEW."published_id", NEW."reason", NEW."verification_class", NEW."version"); RETURN NULL;', hash='de8af90215495c7be6ee9fb6629f3490b94710a0', operation='INSERT', pgid='pgtrigger_insert_insert_f30eb', table='verification_listingstate', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "verification_listingstateevent" ("archives_on", "check_method", "checked_on", "confirmed_on", "due_on", "hides_on", "level", "listing_id", "notice_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publication", "published_at", "published_id", "reason", "verification_class", "version") VALUES (NEW."archives_on", NEW."check_method", NEW."checked_on", NEW."confirmed_on", NEW."due_on", NEW."hides_on", NEW."level", NEW."listing_id", NEW."notice_on", _pgh_attach_context(), NOW(), \'update\', NEW."listing_id", NEW."publication", NEW."published_at", NEW."published_id", NEW."reason", NEW."verification_class", NEW."version"); RETURN NULL;', hash='0291203d8bafa7eb3ef004fa6669ec56b4924a3c', operation='UPDATE', pgid='pgtrigger_update_update_34195', table='verification_listingstate', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='ListingStateEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('publication', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Sent for checking'), ('in_review', 'Being checked'), ('needs_changes', 'Needs changes'), ('rejected', 'Rejected'), ('imported', 'Imported, not checked'), ('published', 'On the map'), ('hidden', 'Hidden'), ('archived', 'Archived')], default='draft', max_length=16, verbose_name='publication')),
                        ('verification_class', models.CharField(choices=[('A', 'A: every 3 months'), ('B', 'B: every 6 months'), ('C', 'C: every 12 months')], default='B', max_length=1, verbose_name='class')),
                        ('level', models.PositiveSmallIntegerField(default=0, verbose_name='level')),
                        ('check_method', models.CharField(blank=True, max_length=24, verbose_name='how it was checked')),
                        ('checked_on', models.DateField(blank=True, null=True, verbose_name='checked on')),
                        ('notice_on', models.DateField(blank=True, null=True, verbose_name='first reminder on')),
                        ('due_on', models.DateField(blank=True, null=True, verbose_name='check again by')),
                        ('hides_on', models.DateField(blank=True, null=True, verbose_name='hides on')),
                        ('archives_on', models.DateField(blank=True, null=True, verbose_name='archived on')),
                        ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='published')),
                        ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                        ('listing', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', serialize=False, to='services.serviceatlocation')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='verification.listingstate')),
                        ('published', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='verification.snapshot')),
                        ('confirmed_on', models.DateField(blank=True, null=True, verbose_name='confirmed by the organisation after that, on')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Review',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10, unique=True)),
                        ('batch', models.CharField(db_index=True, editable=False, max_length=10)),
                        ('state', models.CharField(choices=[('submitted', 'Waiting'), ('in_review', 'Being checked'), ('approved', 'Approved'), ('needs_changes', 'Needs changes'), ('rejected', 'Rejected'), ('withdrawn', 'Withdrawn')], default='submitted', max_length=16, verbose_name='state')),
                        ('owner_checked', models.BooleanField(default=False, verbose_name='the owner checked phone, address and hours')),
                        ('message', models.CharField(blank=True, max_length=500, verbose_name='message to the verifier')),
                        ('submitted_at', models.DateTimeField(default=core.clock.now)),
                        ('taken_at', models.DateTimeField(blank=True, null=True)),
                        ('decided_at', models.DateTimeField(blank=True, null=True)),
                        ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason')),
                        ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('decided_for', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organizations.organization')),
                        ('listing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='services.serviceatlocation')),
                        ('submitted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('taken_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('base', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='verification.snapshot')),
                        ('snapshot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='verification.snapshot')),
                        ('returned', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='fields that were returned')),
                    ],
                    options={
                        'verbose_name': 'review',
                        'verbose_name_plural': 'reviews',
                        'ordering': ['submitted_at', 'pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['submitted', 'in_review'])), fields=('listing',), name='review_one_open_per_listing', violation_error_message='This listing is being checked already.'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('state__in', ['submitted', 'in_review', 'withdrawn'])), models.Q(('decided_at__isnull', False), ('state__in', ['approved', 'needs_changes', 'rejected'])), _connector='OR'), name='review_decided_when_closed', violation_error_message='A decision has its date.'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'in_review'), _negated=True), ('taken_at__isnull', False), _connector='OR'), name='review_taken_when_in_review', violation_error_message='A review that is being checked has its verifier.'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['needs_changes', 'rejected']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='review_returned_with_a_reason', violation_error_message='Say why, so that the owner knows what to do.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "verification_reviewevent" ("base_id", "batch", "decided_at", "decided_by_id", "decided_for_id", "id", "listing_id", "message", "owner_checked", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "returned", "snapshot_id", "state", "submitted_at", "submitted_by_id", "taken_at", "taken_by_id") VALUES (NEW."base_id", NEW."batch", NEW."decided_at", NEW."decided_by_id", NEW."decided_for_id", NEW."id", NEW."listing_id", NEW."message", NEW."owner_checked", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."reason", NEW."returned", NEW."snapshot_id", NEW."state", NEW."submitted_at", NEW."submitted_by_id", NEW."taken_at", NEW."taken_by_id"); RETURN NULL;', hash='bd4b87237e69c14e14def8cdf12dae74ff061b86', operation='INSERT', pgid='pgtrigger_insert_insert_5fde4', table='verification_review', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "verification_reviewevent" ("base_id", "batch", "decided_at", "decided_by_id", "decided_for_id", "id", "listing_id", "message", "owner_checked", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "returned", "snapshot_id", "state", "submitted_at", "submitted_by_id", "taken_at", "taken_by_id") VALUES (NEW."base_id", NEW."batch", NEW."decided_at", NEW."decided_by_id", NEW."decided_for_id", NEW."id", NEW."listing_id", NEW."message", NEW."owner_checked", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."reason", NEW."returned", NEW."snapshot_id", NEW."state", NEW."submitted_at", NEW."submitted_by_id", NEW."taken_at", NEW."taken_by_id"); RETURN NULL;', hash='92d739b9d110f7de626f958f961d738a5608ef1a', operation='UPDATE', pgid='pgtrigger_update_update_a869b', table='verification_review', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='ReviewEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10)),
                        ('batch', models.CharField(editable=False, max_length=10)),
                        ('state', models.CharField(choices=[('submitted', 'Waiting'), ('in_review', 'Being checked'), ('approved', 'Approved'), ('needs_changes', 'Needs changes'), ('rejected', 'Rejected'), ('withdrawn', 'Withdrawn')], default='submitted', max_length=16, verbose_name='state')),
                        ('owner_checked', models.BooleanField(default=False, verbose_name='the owner checked phone, address and hours')),
                        ('message', models.CharField(blank=True, max_length=500, verbose_name='message to the verifier')),
                        ('submitted_at', models.DateTimeField(default=core.clock.now)),
                        ('taken_at', models.DateTimeField(blank=True, null=True)),
                        ('decided_at', models.DateTimeField(blank=True, null=True)),
                        ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason')),
                        ('decided_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('decided_for', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.organization')),
                        ('listing', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='services.serviceatlocation')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='verification.review')),
                        ('submitted_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('taken_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('base', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='verification.snapshot')),
                        ('snapshot', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='verification.snapshot')),
                        ('returned', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='fields that were returned')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
            ]
        ),
    ]
