"""What readers report, takedowns, campaigns of checks, the figures of each month."""

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
        ('verification', '0005_reports_and_campaigns'),
    ]
    dependencies = [
        ('organizations', '0001_organizations'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('services', '0001_services'),
        ('verification', '0003_checks'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name='Report',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10, unique=True)),
                        ('code_hash', models.CharField(editable=False, max_length=64, unique=True)),
                        ('kind', models.CharField(choices=[('closed', 'It is closed'), ('phone', 'The phone is wrong or nobody answers'), ('address', 'The address is wrong'), ('hours', 'The hours are wrong'), ('refused', 'I was refused'), ('unsafe', 'It is not safe there'), ('other', 'Something else')], max_length=12, verbose_name='what is wrong')),
                        ('text', models.CharField(blank=True, max_length=1000, verbose_name='in your words')),
                        ('contact', models.CharField(blank=True, max_length=200, verbose_name='how to reach you')),
                        ('language', models.CharField(default='ru', max_length=8)),
                        ('state', models.CharField(choices=[('new', 'New'), ('in_work', 'Being checked'), ('fixed', 'Right, and corrected'), ('unfounded', 'Checked: the listing is right'), ('duplicate', 'Reported before')], default='new', max_length=12, verbose_name='state')),
                        ('answer', models.CharField(blank=True, max_length=500, verbose_name='answer to the reporter')),
                        ('received_at', models.DateTimeField(default=core.clock.now)),
                        ('due_at', models.DateTimeField()),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                        ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('listing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='services.serviceatlocation')),
                        ('reported_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='member')),
                    ],
                    options={
                        'verbose_name': 'report',
                        'verbose_name_plural': 'reports',
                        'ordering': ['due_at', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('state__in', ['new', 'in_work'])), models.Q(('closed_at__isnull', False), ('state__in', ['fixed', 'unfounded', 'duplicate'])), _connector='OR'), name='report_closed_with_its_date', violation_error_message='A closed report has the date of closing.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "verification_reportevent" ("answer", "closed_at", "closed_by_id", "due_at", "id", "kind", "language", "listing_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "received_at", "reported_by_id", "state", "text") VALUES (NEW."answer", NEW."closed_at", NEW."closed_by_id", NEW."due_at", NEW."id", NEW."kind", NEW."language", NEW."listing_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."received_at", NEW."reported_by_id", NEW."state", NEW."text"); RETURN NULL;', hash='638d0dc55ee776e61997c84caa93fa5637566f0a', operation='INSERT', pgid='pgtrigger_insert_insert_d9288', table='verification_report', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."answer" IS DISTINCT FROM (NEW."answer") OR OLD."closed_at" IS DISTINCT FROM (NEW."closed_at") OR OLD."closed_by_id" IS DISTINCT FROM (NEW."closed_by_id") OR OLD."due_at" IS DISTINCT FROM (NEW."due_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."listing_id" IS DISTINCT FROM (NEW."listing_id") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."received_at" IS DISTINCT FROM (NEW."received_at") OR OLD."reported_by_id" IS DISTINCT FROM (NEW."reported_by_id") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."text" IS DISTINCT FROM (NEW."text"))', func='INSERT INTO "verification_reportevent" ("answer", "closed_at", "closed_by_id", "due_at", "id", "kind", "language", "listing_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "received_at", "reported_by_id", "state", "text") VALUES (NEW."answer", NEW."closed_at", NEW."closed_by_id", NEW."due_at", NEW."id", NEW."kind", NEW."language", NEW."listing_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."received_at", NEW."reported_by_id", NEW."state", NEW."text"); RETURN NULL;', hash='6342cc392892385fb1d290d32efdce5e62c653bb', operation='UPDATE', pgid='pgtrigger_update_update_ed651', table='verification_report', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='ReportEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10)),
                        ('kind', models.CharField(choices=[('closed', 'It is closed'), ('phone', 'The phone is wrong or nobody answers'), ('address', 'The address is wrong'), ('hours', 'The hours are wrong'), ('refused', 'I was refused'), ('unsafe', 'It is not safe there'), ('other', 'Something else')], max_length=12, verbose_name='what is wrong')),
                        ('text', models.CharField(blank=True, max_length=1000, verbose_name='in your words')),
                        ('language', models.CharField(default='ru', max_length=8)),
                        ('state', models.CharField(choices=[('new', 'New'), ('in_work', 'Being checked'), ('fixed', 'Right, and corrected'), ('unfounded', 'Checked: the listing is right'), ('duplicate', 'Reported before')], default='new', max_length=12, verbose_name='state')),
                        ('answer', models.CharField(blank=True, max_length=500, verbose_name='answer to the reporter')),
                        ('received_at', models.DateTimeField(default=core.clock.now)),
                        ('due_at', models.DateTimeField()),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                        ('closed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('listing', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='services.serviceatlocation')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='verification.report')),
                        ('reported_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='member')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Takedown',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10, unique=True)),
                        ('country', models.CharField(blank=True, max_length=2, verbose_name='country')),
                        ('reason', models.CharField(max_length=500, verbose_name='reason')),
                        ('ordered_at', models.DateTimeField(default=core.clock.now)),
                        ('lifted_at', models.DateTimeField(blank=True, null=True)),
                        ('lift_reason', models.CharField(blank=True, max_length=500, verbose_name='reason for lifting')),
                        ('lifted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('location', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='takedowns', to='organizations.location')),
                        ('ordered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('organization', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='takedowns', to='organizations.organization')),
                    ],
                    options={
                        'verbose_name': 'takedown',
                        'verbose_name_plural': 'takedowns',
                        'ordering': ['-ordered_at', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('country', ''), ('location', None), ('organization__isnull', False)), models.Q(('country', ''), ('location__isnull', False), ('organization', None)), models.Q(('location', None), ('organization', None), models.Q(('country', ''), _negated=True)), _connector='OR'), name='takedown_has_one_scope', violation_error_message='A takedown hides one organisation, one place or one country.'), models.UniqueConstraint(condition=models.Q(('lifted_at__isnull', True)), fields=('organization', 'location', 'country'), name='takedown_one_in_force_per_scope', nulls_distinct=False, violation_error_message='This is hidden already.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "verification_takedownevent" ("country", "id", "lift_reason", "lifted_at", "lifted_by_id", "location_id", "ordered_at", "ordered_by_id", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason") VALUES (NEW."country", NEW."id", NEW."lift_reason", NEW."lifted_at", NEW."lifted_by_id", NEW."location_id", NEW."ordered_at", NEW."ordered_by_id", NEW."organization_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."reason"); RETURN NULL;', hash='0acca4eb0e3dd1202f97fe9a5481bc49562addfa', operation='INSERT', pgid='pgtrigger_insert_insert_21cec', table='verification_takedown', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "verification_takedownevent" ("country", "id", "lift_reason", "lifted_at", "lifted_by_id", "location_id", "ordered_at", "ordered_by_id", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason") VALUES (NEW."country", NEW."id", NEW."lift_reason", NEW."lifted_at", NEW."lifted_by_id", NEW."location_id", NEW."ordered_at", NEW."ordered_by_id", NEW."organization_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."reason"); RETURN NULL;', hash='bc3150e0e9f4ec8da97b13bac4ba09d4877aa978', operation='UPDATE', pgid='pgtrigger_update_update_3c53d', table='verification_takedown', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='TakedownEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10)),
                        ('country', models.CharField(blank=True, max_length=2, verbose_name='country')),
                        ('reason', models.CharField(max_length=500, verbose_name='reason')),
                        ('ordered_at', models.DateTimeField(default=core.clock.now)),
                        ('lifted_at', models.DateTimeField(blank=True, null=True)),
                        ('lift_reason', models.CharField(blank=True, max_length=500, verbose_name='reason for lifting')),
                        ('lifted_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('location', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.location')),
                        ('ordered_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('organization', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.organization')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='verification.takedown')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Campaign',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10, unique=True)),
                        ('name', models.CharField(max_length=120, verbose_name='name')),
                        ('countries', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), blank=True, default=list, size=None, verbose_name='countries')),
                        ('types', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='types of service')),
                        ('starts_on', models.DateField(verbose_name='from')),
                        ('ends_on', models.DateField(verbose_name='to')),
                        ('created_at', models.DateTimeField(default=core.clock.now)),
                        ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'campaign',
                        'verbose_name_plural': 'campaigns',
                        'ordering': ['-starts_on', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='campaign_ends_after_it_starts', violation_error_message='The end is before the beginning.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "verification_campaignevent" ("countries", "created_at", "created_by_id", "ends_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "starts_on", "types") VALUES (NEW."countries", NEW."created_at", NEW."created_by_id", NEW."ends_on", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."starts_on", NEW."types"); RETURN NULL;', hash='3dc000cab05d22368430972ff37552bd15311373', operation='INSERT', pgid='pgtrigger_insert_insert_948ae', table='verification_campaign', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "verification_campaignevent" ("countries", "created_at", "created_by_id", "ends_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "starts_on", "types") VALUES (NEW."countries", NEW."created_at", NEW."created_by_id", NEW."ends_on", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."starts_on", NEW."types"); RETURN NULL;', hash='940f12f9708b07fa5eac5a2224494bd31f6c5abf', operation='UPDATE', pgid='pgtrigger_update_update_2b934', table='verification_campaign', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='CampaignEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10)),
                        ('name', models.CharField(max_length=120, verbose_name='name')),
                        ('countries', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), blank=True, default=list, size=None, verbose_name='countries')),
                        ('types', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='types of service')),
                        ('starts_on', models.DateField(verbose_name='from')),
                        ('ends_on', models.DateField(verbose_name='to')),
                        ('created_at', models.DateTimeField(default=core.clock.now)),
                        ('created_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='verification.campaign')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='CampaignTask',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='verification.campaign')),
                        ('listing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='campaign_tasks', to='services.serviceatlocation')),
                    ],
                    options={
                        'ordering': ['pk'],
                        'constraints': [models.UniqueConstraint(fields=('campaign', 'listing'), name='campaigntask_listing_once')],
                    },
                ),
                migrations.CreateModel(
                    name='MonthlyFigure',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('month', models.DateField(verbose_name='month')),
                        ('country', models.CharField(blank=True, max_length=2, verbose_name='country')),
                        ('listings', models.PositiveIntegerField(verbose_name='listings')),
                        ('fresh', models.PositiveIntegerField(verbose_name='confirmed in time')),
                        ('level2', models.PositiveIntegerField(verbose_name='checked by another organisation')),
                        ('confirmations', models.PositiveIntegerField(default=0, verbose_name='confirmations')),
                        ('median_days_to_confirm', models.FloatField(null=True, verbose_name='median days from notice to confirmation')),
                        ('reports', models.PositiveIntegerField(default=0, verbose_name='reports')),
                        ('reports_in_7_days', models.PositiveIntegerField(default=0, verbose_name='reports closed within 7 days')),
                        ('recorded_at', models.DateTimeField(default=core.clock.now)),
                    ],
                    options={
                        'verbose_name': 'figure of a month',
                        'verbose_name_plural': 'figures of months',
                        'ordering': ['month', 'country'],
                        'constraints': [models.UniqueConstraint(fields=('month', 'country'), name='monthlyfigure_once'), models.CheckConstraint(condition=models.Q(('fresh__lte', models.F('listings')), ('level2__lte', models.F('listings')), ('reports_in_7_days__lte', models.F('reports'))), name='monthlyfigure_parts_fit')],
                    },
                ),
            ]
        ),
    ]
