"""Bodies and seats, meetings, documents, votes, ballots, decisions."""

import core.clock
import core.ids
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import messaging.models.absence
import modeltrans.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('messaging', '0006_lanes'),
        ('organizations', '0006_keepers'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('minutes', models.TextField(blank=True, max_length=4000, verbose_name='what was said')),
            ],
            options={
                'verbose_name': 'item of an agenda',
                'verbose_name_plural': 'items of agendas',
                'ordering': ['meeting', 'position'],
            },
        ),
        migrations.CreateModel(
            name='BodyEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('kind', models.CharField(choices=[('assembly', 'Assembly of members'), ('council', 'Coordinating council'), ('committee', 'Committee')], max_length=12, verbose_name='kind')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('i18n', modeltrans.fields.TranslationField(fields=('name',), required_languages=(), virtual_fields=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('text', models.CharField(max_length=600, verbose_name='what was decided')),
                ('decided_at', models.DateTimeField(default=core.clock.now)),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('state', models.CharField(choices=[('open', 'Under way'), ('done', 'Done'), ('dropped', 'Dropped')], default='open', max_length=8)),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason')),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'decision',
                'verbose_name_plural': 'decisions',
                'ordering': ['-decided_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='DecisionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('text', models.CharField(max_length=600, verbose_name='what was decided')),
                ('decided_at', models.DateTimeField(default=core.clock.now)),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('state', models.CharField(choices=[('open', 'Under way'), ('done', 'Done'), ('dropped', 'Dropped')], default='open', max_length=8)),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason')),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('kind', models.CharField(choices=[('statement', 'Statement'), ('policy', 'Policy'), ('procedure', 'Procedure'), ('minutes', 'Minutes'), ('template', 'Template')], max_length=12, verbose_name='kind')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('audience', models.CharField(choices=[('public', 'Everybody'), ('members', 'Members of the network')], default='members', max_length=8, verbose_name='who reads it')),
                ('i18n', modeltrans.fields.TranslationField(fields=('title',), required_languages=(), virtual_fields=True)),
            ],
            options={
                'verbose_name': 'document',
                'verbose_name_plural': 'documents',
                'ordering': ['kind', 'title', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='DocumentEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('kind', models.CharField(choices=[('statement', 'Statement'), ('policy', 'Policy'), ('procedure', 'Procedure'), ('minutes', 'Minutes'), ('template', 'Template')], max_length=12, verbose_name='kind')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('audience', models.CharField(choices=[('public', 'Everybody'), ('members', 'Members of the network')], default='members', max_length=8, verbose_name='who reads it')),
                ('i18n', modeltrans.fields.TranslationField(fields=('title',), required_languages=(), virtual_fields=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DocumentVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('number', models.PositiveSmallIntegerField(verbose_name='version')),
                ('language', models.CharField(max_length=8, validators=[django.core.validators.RegexValidator('^[a-z]{2,3}$')], verbose_name='language')),
                ('text', models.TextField(blank=True, max_length=40000, verbose_name='text')),
                ('file', models.FileField(blank=True, upload_to='network/%Y/%m', verbose_name='file')),
                ('file_name', models.CharField(blank=True, max_length=120)),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='valid until')),
                ('written_at', models.DateTimeField(default=core.clock.now)),
            ],
            options={
                'verbose_name': 'version of a document',
                'verbose_name_plural': 'versions of documents',
                'ordering': ['document', '-number', 'language'],
            },
        ),
        migrations.CreateModel(
            name='DocumentVersionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10)),
                ('number', models.PositiveSmallIntegerField(verbose_name='version')),
                ('language', models.CharField(max_length=8, validators=[django.core.validators.RegexValidator('^[a-z]{2,3}$')], verbose_name='language')),
                ('text', models.TextField(blank=True, max_length=40000, verbose_name='text')),
                ('file', models.FileField(blank=True, upload_to='network/%Y/%m', verbose_name='file')),
                ('file_name', models.CharField(blank=True, max_length=120)),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='valid until')),
                ('written_at', models.DateTimeField(default=core.clock.now)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('held_on', models.DateField(verbose_name='day')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='where')),
                ('state', models.CharField(choices=[('planned', 'Will be held'), ('held', 'Was held'), ('cancelled', 'Called off')], default='planned', max_length=12)),
            ],
            options={
                'verbose_name': 'meeting',
                'verbose_name_plural': 'meetings',
                'ordering': ['-held_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='MeetingEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('held_on', models.DateField(verbose_name='day')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='where')),
                ('state', models.CharField(choices=[('planned', 'Will be held'), ('held', 'Was held'), ('cancelled', 'Called off')], default='planned', max_length=12)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Objection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('text', models.CharField(max_length=1000, verbose_name='what is dangerous')),
                ('stands', models.BooleanField(blank=True, null=True)),
                ('answer', models.CharField(blank=True, max_length=1000, verbose_name='answer')),
            ],
            options={
                'verbose_name': 'objection for safety',
                'verbose_name_plural': 'objections for safety',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='ObjectionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('text', models.CharField(max_length=1000, verbose_name='what is dangerous')),
                ('stands', models.BooleanField(blank=True, null=True)),
                ('answer', models.CharField(blank=True, max_length=1000, verbose_name='answer')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('kind', models.CharField(choices=[('chair', 'Leads the meetings'), ('member', 'Member of the body'), ('secretary', 'Keeps the minutes'), ('lawyer', 'Lawyer')], default='member', max_length=12, verbose_name='what they do there')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='until')),
            ],
            options={
                'verbose_name': 'seat',
                'verbose_name_plural': 'seats',
                'ordering': ['body', 'starts_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SeatEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('kind', models.CharField(choices=[('chair', 'Leads the meetings'), ('member', 'Member of the body'), ('secretary', 'Keeps the minutes'), ('lawyer', 'Lawyer')], default='member', max_length=12, verbose_name='what they do there')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='until')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SecretCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('choice', models.CharField(max_length=12)),
                ('n', models.PositiveIntegerField(default=0)),
            ],
            options={
                'verbose_name': 'count of a secret vote',
                'verbose_name_plural': 'counts of secret votes',
                'ordering': ['vote', 'choice'],
            },
        ),
        migrations.CreateModel(
            name='Vote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('question', models.CharField(max_length=300, verbose_name='question')),
                ('text', models.TextField(blank=True, max_length=8000, verbose_name='what it is about')),
                ('options', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), blank=True, default=list, size=None, verbose_name='options')),
                ('quorum', models.CharField(choices=[('none', 'However many vote'), ('third', 'A third'), ('half', 'Half'), ('two_thirds', 'Two thirds')], default='third', max_length=12, verbose_name='quorum')),
                ('threshold', models.CharField(choices=[('majority', 'More than half'), ('two_thirds', 'Two thirds'), ('all', 'Nobody against')], default='majority', max_length=12, verbose_name='threshold')),
                ('is_secret', models.BooleanField(default=False, verbose_name='secret')),
                ('state', models.CharField(choices=[('draft', 'Being prepared'), ('open', 'Announced'), ('cancelled', 'Called off')], default='draft', max_length=12)),
                ('opens_at', models.DateTimeField(blank=True, null=True)),
                ('closes_at', models.DateTimeField(verbose_name='until')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason')),
            ],
            options={
                'verbose_name': 'vote',
                'verbose_name_plural': 'votes',
                'ordering': ['-closes_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Voted',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'verbose_name': 'mark of a secret vote',
                'verbose_name_plural': 'marks of secret votes',
            },
        ),
        migrations.CreateModel(
            name='VoteEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('question', models.CharField(max_length=300, verbose_name='question')),
                ('text', models.TextField(blank=True, max_length=8000, verbose_name='what it is about')),
                ('options', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), blank=True, default=list, size=None, verbose_name='options')),
                ('quorum', models.CharField(choices=[('none', 'However many vote'), ('third', 'A third'), ('half', 'Half'), ('two_thirds', 'Two thirds')], default='third', max_length=12, verbose_name='quorum')),
                ('threshold', models.CharField(choices=[('majority', 'More than half'), ('two_thirds', 'Two thirds'), ('all', 'Nobody against')], default='majority', max_length=12, verbose_name='threshold')),
                ('is_secret', models.BooleanField(default=False, verbose_name='secret')),
                ('state', models.CharField(choices=[('draft', 'Being prepared'), ('open', 'Announced'), ('cancelled', 'Called off')], default='draft', max_length=12)),
                ('opens_at', models.DateTimeField(blank=True, null=True)),
                ('closes_at', models.DateTimeField(verbose_name='until')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Voter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'verbose_name': 'voice',
                'verbose_name_plural': 'voices',
                'ordering': ['vote', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='AgendaItemEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('position', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('minutes', models.TextField(blank=True, max_length=4000, verbose_name='what was said')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='decisions.agendaitem')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Ballot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('choice', models.CharField(max_length=12)),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='why')),
                ('cast_at', models.DateTimeField(default=core.clock.now)),
                ('cast_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'ballot',
                'verbose_name_plural': 'ballots',
                'ordering': ['voter'],
            },
        ),
        migrations.CreateModel(
            name='BallotEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('choice', models.CharField(max_length=12)),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='why')),
                ('cast_at', models.DateTimeField(default=core.clock.now)),
                ('cast_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='decisions.ballot')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Body',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('kind', models.CharField(choices=[('assembly', 'Assembly of members'), ('council', 'Coordinating council'), ('committee', 'Committee')], max_length=12, verbose_name='kind')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('i18n', modeltrans.fields.TranslationField(fields=('name',), required_languages=(), virtual_fields=True)),
            ],
            options={
                'verbose_name': 'body',
                'verbose_name_plural': 'bodies',
                'ordering': ['kind', 'name', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('kind__in', ['assembly', 'council'])), fields=('kind',), name='body_one_assembly_one_council', violation_error_message='The network has one assembly and one council.')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='body',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "decisions_bodyevent" ("created_at", "i18n", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "updated_at", "version") VALUES (NEW."created_at", NEW."i18n", NEW."id", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."updated_at", NEW."version"); RETURN NULL;', hash='00e89c1eb30578905c35a4a9b1572783b6a4dbcd', operation='INSERT', pgid='pgtrigger_insert_insert_3e049', table='decisions_body', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='body',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "decisions_bodyevent" ("created_at", "i18n", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "updated_at", "version") VALUES (NEW."created_at", NEW."i18n", NEW."id", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."updated_at", NEW."version"); RETURN NULL;', hash='a79df6d985ca50dbc8cf1954a05b602c9f7912fa', operation='UPDATE', pgid='pgtrigger_update_update_8a4e0', table='decisions_body', when='AFTER')),
        ),
        migrations.AddField(
            model_name='bodyevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='bodyevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='decisions.body'),
        ),
        migrations.AddField(
            model_name='decision',
            name='body',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='decisions.body'),
        ),
        migrations.AddField(
            model_name='decision',
            name='organization',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization'),
        ),
        migrations.AddField(
            model_name='decision',
            name='responsible',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='decisions', to=settings.AUTH_USER_MODEL, verbose_name='who does it'),
        ),
        migrations.AddField(
            model_name='decisionevent',
            name='body',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='decisions.body'),
        ),
        migrations.AddField(
            model_name='decisionevent',
            name='organization',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.organization'),
        ),
        migrations.AddField(
            model_name='decisionevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='decisionevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='decisions.decision'),
        ),
        migrations.AddField(
            model_name='decisionevent',
            name='responsible',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who does it'),
        ),
        migrations.AddField(
            model_name='document',
            name='body',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='decisions.body'),
        ),
        migrations.AddField(
            model_name='document',
            name='repealed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='repeals', to='decisions.decision'),
        ),
        migrations.AddField(
            model_name='documentevent',
            name='body',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='decisions.body'),
        ),
        migrations.AddField(
            model_name='documentevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='documentevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='decisions.document'),
        ),
        migrations.AddField(
            model_name='documentevent',
            name='repealed_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='decisions.decision'),
        ),
        migrations.AddField(
            model_name='documentversion',
            name='adopted_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='decisions.decision'),
        ),
        migrations.AddField(
            model_name='documentversion',
            name='document',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='decisions.document'),
        ),
        migrations.AddField(
            model_name='documentversion',
            name='written_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='documentversionevent',
            name='adopted_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='decisions.decision'),
        ),
        migrations.AddField(
            model_name='documentversionevent',
            name='document',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='decisions.document'),
        ),
        migrations.AddField(
            model_name='documentversionevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='documentversionevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='decisions.documentversion'),
        ),
        migrations.AddField(
            model_name='documentversionevent',
            name='written_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='meeting',
            name='body',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='decisions.body'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='present',
            field=models.ManyToManyField(blank=True, related_name='+', to='organizations.organization', verbose_name='who came'),
        ),
        migrations.AddField(
            model_name='decisionevent',
            name='meeting',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='decisions.meeting'),
        ),
        migrations.AddField(
            model_name='decision',
            name='meeting',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='decisions.meeting'),
        ),
        migrations.AddField(
            model_name='agendaitemevent',
            name='meeting',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='decisions.meeting'),
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agenda', to='decisions.meeting'),
        ),
        migrations.AddField(
            model_name='meetingevent',
            name='body',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='decisions.body'),
        ),
        migrations.AddField(
            model_name='meetingevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='meetingevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='decisions.meeting'),
        ),
        migrations.AddField(
            model_name='objection',
            name='answered_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='objection',
            name='answered_for',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization'),
        ),
        migrations.AddField(
            model_name='objection',
            name='raised_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='objectionevent',
            name='answered_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='objectionevent',
            name='answered_for',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.organization'),
        ),
        migrations.AddField(
            model_name='objectionevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='objectionevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='decisions.objection'),
        ),
        migrations.AddField(
            model_name='objectionevent',
            name='raised_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='seat',
            name='body',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='decisions.body'),
        ),
        migrations.AddField(
            model_name='seat',
            name='organization',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='organizations.organization'),
        ),
        migrations.AddField(
            model_name='seat',
            name='person',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='seats', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='seatevent',
            name='body',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='decisions.body'),
        ),
        migrations.AddField(
            model_name='seatevent',
            name='organization',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.organization'),
        ),
        migrations.AddField(
            model_name='seatevent',
            name='person',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='seatevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='seatevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='decisions.seat'),
        ),
        migrations.AddField(
            model_name='vote',
            name='about',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization', verbose_name='about which organisation'),
        ),
        migrations.AddField(
            model_name='vote',
            name='body',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='votes', to='decisions.body'),
        ),
        migrations.AddField(
            model_name='vote',
            name='paper',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='votes', to='decisions.documentversion'),
        ),
        migrations.AddField(
            model_name='secretcount',
            name='vote',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='secret_counts', to='decisions.vote'),
        ),
        migrations.AddField(
            model_name='decisionevent',
            name='vote',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='decisions.vote'),
        ),
        migrations.AddField(
            model_name='decision',
            name='vote',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='decisions.vote'),
        ),
        migrations.AddField(
            model_name='voteevent',
            name='about',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.organization', verbose_name='about which organisation'),
        ),
        migrations.AddField(
            model_name='voteevent',
            name='body',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='decisions.body'),
        ),
        migrations.AddField(
            model_name='voteevent',
            name='paper',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='decisions.documentversion'),
        ),
        migrations.AddField(
            model_name='voteevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='voteevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='decisions.vote'),
        ),
        migrations.AddField(
            model_name='voter',
            name='delegate',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='voter',
            name='organization',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='voices', to='organizations.organization'),
        ),
        migrations.AddField(
            model_name='voter',
            name='seat',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisions.seat'),
        ),
        migrations.AddField(
            model_name='voter',
            name='vote',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='voters', to='decisions.vote'),
        ),
        migrations.AddField(
            model_name='voted',
            name='voter',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='voted', to='decisions.voter'),
        ),
        migrations.AddField(
            model_name='objectionevent',
            name='voter',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='decisions.voter'),
        ),
        migrations.AddField(
            model_name='objection',
            name='voter',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='objection', to='decisions.voter'),
        ),
        migrations.AddField(
            model_name='ballotevent',
            name='voter',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='decisions.voter'),
        ),
        migrations.AddField(
            model_name='ballot',
            name='voter',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='ballot', to='decisions.voter'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "decisions_documentevent" ("audience", "body_id", "created_at", "i18n", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "repealed_by_id", "title", "updated_at", "version") VALUES (NEW."audience", NEW."body_id", NEW."created_at", NEW."i18n", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."repealed_by_id", NEW."title", NEW."updated_at", NEW."version"); RETURN NULL;', hash='ba197d31ee777682805c48fcd9a5242bf4254144', operation='INSERT', pgid='pgtrigger_insert_insert_8e1bf', table='decisions_document', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "decisions_documentevent" ("audience", "body_id", "created_at", "i18n", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "repealed_by_id", "title", "updated_at", "version") VALUES (NEW."audience", NEW."body_id", NEW."created_at", NEW."i18n", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."repealed_by_id", NEW."title", NEW."updated_at", NEW."version"); RETURN NULL;', hash='6dd3db3b1107ef9811c42f94fb7cf19c57cacfc8', operation='UPDATE', pgid='pgtrigger_update_update_69291', table='decisions_document', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='documentversion',
            constraint=models.UniqueConstraint(fields=('document', 'number', 'language'), name='documentversion_once'),
        ),
        migrations.AddConstraint(
            model_name='documentversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), models.Q(('file', ''), _negated=True), _connector='OR'), name='documentversion_says_something', violation_error_message='Write the text or add a file.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentversion',
            trigger=pgtrigger.compiler.Trigger(name='documentversion_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."document_id" IS DISTINCT FROM (NEW."document_id") OR OLD."file" IS DISTINCT FROM (NEW."file") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."valid_until" IS DISTINCT FROM (NEW."valid_until"))', func="RAISE EXCEPTION 'a version is never overwritten' USING ERRCODE = 'check_violation';", hash='2c3466a89503fdc50e6e5caf4a89edf8777faae4', operation='UPDATE', pgid='pgtrigger_documentversion_stays_c35d5', table='decisions_documentversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentversion',
            trigger=pgtrigger.compiler.Trigger(name='documentversion_adopted_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."adopted_by_id" IS DISTINCT FROM (NEW."adopted_by_id"))', func="\n                    IF OLD.adopted_by_id IS NOT NULL THEN\n                        RAISE EXCEPTION 'a version is adopted once' USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='9bb8b0923d79d4ce1aec7a84065001f73690cf08', operation='UPDATE', pgid='pgtrigger_documentversion_adopted_once_45bc9', table='decisions_documentversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentversion',
            trigger=pgtrigger.compiler.Trigger(name='documentversion_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='de58969752bef5ffce348c487a69e3d52b07004d', operation='DELETE', pgid='pgtrigger_documentversion_is_kept_fbd0a', table='decisions_documentversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentversion',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "decisions_documentversionevent" ("adopted_by_id", "document_id", "file", "file_name", "id", "language", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "text", "valid_until", "written_at", "written_by_id") VALUES (NEW."adopted_by_id", NEW."document_id", NEW."file", NEW."file_name", NEW."id", NEW."language", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."text", NEW."valid_until", NEW."written_at", NEW."written_by_id"); RETURN NULL;', hash='8c0e6f2978965a2f7e492970d794a9a3de34276c', operation='INSERT', pgid='pgtrigger_insert_insert_cbf46', table='decisions_documentversion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentversion',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "decisions_documentversionevent" ("adopted_by_id", "document_id", "file", "file_name", "id", "language", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "text", "valid_until", "written_at", "written_by_id") VALUES (NEW."adopted_by_id", NEW."document_id", NEW."file", NEW."file_name", NEW."id", NEW."language", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."text", NEW."valid_until", NEW."written_at", NEW."written_by_id"); RETURN NULL;', hash='02d091af66a4725378131449b8c0618f0f0c8949', operation='UPDATE', pgid='pgtrigger_update_update_b667e', table='decisions_documentversion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='meeting',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "decisions_meetingevent" ("body_id", "created_at", "held_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "public_id", "state", "updated_at", "version") VALUES (NEW."body_id", NEW."created_at", NEW."held_on", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."public_id", NEW."state", NEW."updated_at", NEW."version"); RETURN NULL;', hash='0c11eea430ae0ccbaca55610fab0efebab4617c9', operation='INSERT', pgid='pgtrigger_insert_insert_d1e6f', table='decisions_meeting', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='meeting',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "decisions_meetingevent" ("body_id", "created_at", "held_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "public_id", "state", "updated_at", "version") VALUES (NEW."body_id", NEW."created_at", NEW."held_on", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."public_id", NEW."state", NEW."updated_at", NEW."version"); RETURN NULL;', hash='b2ae8427047a08dbd287975a630c2353884ceca7', operation='UPDATE', pgid='pgtrigger_update_update_ce335', table='decisions_meeting', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.UniqueConstraint(fields=('meeting', 'position'), name='agenda_position_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agendaitem',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "decisions_agendaitemevent" ("id", "meeting_id", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "title") VALUES (NEW."id", NEW."meeting_id", NEW."minutes", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."title"); RETURN NULL;', hash='fcac2c4d364355937b83e55bd134004dee1ed5ad', operation='INSERT', pgid='pgtrigger_insert_insert_03c2b', table='decisions_agendaitem', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agendaitem',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "decisions_agendaitemevent" ("id", "meeting_id", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "title") VALUES (NEW."id", NEW."meeting_id", NEW."minutes", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."title"); RETURN NULL;', hash='15bfb8c833bcc458e27de70bfe7f2cfd898e3a0f', operation='UPDATE', pgid='pgtrigger_update_update_73bb0', table='decisions_agendaitem', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='seat_ends_after_it_starts', violation_error_message='The end is before the beginning.'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(messaging.models.absence.DaySpan('starts_on', 'ends_on', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True)), '&&'), ('body', '='), ('person', '=')], name='seat_one_at_a_time', violation_error_message='This person has a seat in this body in these days already.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='seat',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "decisions_seatevent" ("body_id", "created_at", "ends_on", "id", "kind", "organization_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "starts_on", "updated_at", "version") VALUES (NEW."body_id", NEW."created_at", NEW."ends_on", NEW."id", NEW."kind", NEW."organization_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."starts_on", NEW."updated_at", NEW."version"); RETURN NULL;', hash='88556e08a44aa382710482a8b955750e45bac1a2', operation='INSERT', pgid='pgtrigger_insert_insert_515a3', table='decisions_seat', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='seat',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "decisions_seatevent" ("body_id", "created_at", "ends_on", "id", "kind", "organization_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "starts_on", "updated_at", "version") VALUES (NEW."body_id", NEW."created_at", NEW."ends_on", NEW."id", NEW."kind", NEW."organization_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."starts_on", NEW."updated_at", NEW."version"); RETURN NULL;', hash='0e41f7f1318c3c1dc5b46b4e6b8ca38bd03ec9ff', operation='UPDATE', pgid='pgtrigger_update_update_9c95b', table='decisions_seat', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='vote',
            constraint=models.CheckConstraint(condition=models.Q(('is_secret', False), ('options__len__gt', 0), _connector='OR'), name='vote_secret_is_an_election', violation_error_message='Only elections are secret.'),
        ),
        migrations.AddConstraint(
            model_name='vote',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'open'), _negated=True), models.Q(('closes_at__gt', models.F('opens_at')), ('opens_at__isnull', False)), _connector='OR'), name='vote_open_from_to', violation_error_message='The end is before the beginning.'),
        ),
        migrations.AddConstraint(
            model_name='vote',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'cancelled'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='vote_cancelled_with_its_reason', violation_error_message='Say why.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vote',
            trigger=pgtrigger.compiler.Trigger(name='vote_stays_as_announced', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."about_id" IS DISTINCT FROM (NEW."about_id") OR OLD."body_id" IS DISTINCT FROM (NEW."body_id") OR OLD."closes_at" IS DISTINCT FROM (NEW."closes_at") OR OLD."is_secret" IS DISTINCT FROM (NEW."is_secret") OR OLD."opens_at" IS DISTINCT FROM (NEW."opens_at") OR OLD."options" IS DISTINCT FROM (NEW."options") OR OLD."paper_id" IS DISTINCT FROM (NEW."paper_id") OR OLD."question" IS DISTINCT FROM (NEW."question") OR OLD."quorum" IS DISTINCT FROM (NEW."quorum") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."threshold" IS DISTINCT FROM (NEW."threshold"))', func="\n                    IF OLD.state <> 'draft' THEN\n                        RAISE EXCEPTION 'an announced vote stays as it is' USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='5673f45f4497956e9c3d2ce630631a54e1a6613d', operation='UPDATE', pgid='pgtrigger_vote_stays_as_announced_3b357', table='decisions_vote', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vote',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "decisions_voteevent" ("about_id", "body_id", "closes_at", "created_at", "id", "is_secret", "opens_at", "options", "paper_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "question", "quorum", "reason", "state", "text", "threshold", "updated_at", "version") VALUES (NEW."about_id", NEW."body_id", NEW."closes_at", NEW."created_at", NEW."id", NEW."is_secret", NEW."opens_at", NEW."options", NEW."paper_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."question", NEW."quorum", NEW."reason", NEW."state", NEW."text", NEW."threshold", NEW."updated_at", NEW."version"); RETURN NULL;', hash='9f66554312f0ca1971d9a11649ebf85bf3aec4b3', operation='INSERT', pgid='pgtrigger_insert_insert_3bb69', table='decisions_vote', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vote',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "decisions_voteevent" ("about_id", "body_id", "closes_at", "created_at", "id", "is_secret", "opens_at", "options", "paper_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "question", "quorum", "reason", "state", "text", "threshold", "updated_at", "version") VALUES (NEW."about_id", NEW."body_id", NEW."closes_at", NEW."created_at", NEW."id", NEW."is_secret", NEW."opens_at", NEW."options", NEW."paper_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."question", NEW."quorum", NEW."reason", NEW."state", NEW."text", NEW."threshold", NEW."updated_at", NEW."version"); RETURN NULL;', hash='de95c9b302b549d9920f19e0b49d831b7c1b3746', operation='UPDATE', pgid='pgtrigger_update_update_fe7e8', table='decisions_vote', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='secretcount',
            constraint=models.UniqueConstraint(fields=('vote', 'choice'), name='secretcount_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='secretcount',
            trigger=pgtrigger.compiler.Trigger(name='secretcount_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='96d776b48b0c323880a27cbc15e532368ebd2464', operation='DELETE', pgid='pgtrigger_secretcount_is_kept_1ff6a', table='decisions_secretcount', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='secretcount',
            trigger=pgtrigger.compiler.Trigger(name='secretcount_as_many_as_voters', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n    IF EXISTS (\n        SELECT 1 FROM decisions_vote v WHERE v.is_secret AND v.state = 'open'\n        AND (SELECT coalesce(sum(c.n), 0) FROM decisions_secretcount c WHERE c.vote_id = v.id)\n        <> (SELECT count(*) FROM decisions_voted d JOIN decisions_voter w ON w.id = d.voter_id WHERE w.vote_id = v.id)\n    ) THEN\n        RAISE EXCEPTION 'as many voices as people who voted' USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NULL;\n", hash='4fb7f50ddf500694ddd35a90d844bb6c1e01073d', operation='INSERT OR UPDATE', pgid='pgtrigger_secretcount_as_many_as_voters_3370a', table='decisions_secretcount', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('meeting__isnull', False), ('vote__isnull', True)), models.Q(('meeting__isnull', True), ('vote__isnull', False)), _connector='OR'), name='decision_has_one_ground', violation_error_message='A decision comes from a vote or from a meeting.'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'open'), _negated=True), models.Q(('due_on__isnull', False), ('organization__isnull', False)), _connector='OR'), name='decision_open_has_its_day', violation_error_message='Say who does it, and until when.'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='decision_ended_with_its_time'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'dropped'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='decision_dropped_with_its_reason', violation_error_message='Say why.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decision',
            trigger=pgtrigger.compiler.Trigger(name='decision_ground_holds', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF NEW.vote_id IS NOT NULL AND NOT EXISTS (\n        SELECT 1 FROM decisions_vote v WHERE v.id = NEW.vote_id AND v.state = 'open' AND v.closes_at <= NEW.decided_at\n        AND v.body_id = NEW.body_id\n    ) THEN\n        RAISE EXCEPTION 'the vote is not over' USING ERRCODE = 'check_violation';\n    END IF;\n    IF NEW.vote_id IS NOT NULL AND EXISTS (\n        SELECT 1 FROM decisions_objection o JOIN decisions_voter w ON w.id = o.voter_id\n        WHERE w.vote_id = NEW.vote_id AND o.stands IS DISTINCT FROM false\n    ) THEN\n        RAISE EXCEPTION 'an objection for safety stands' USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n", hash='1fb1b5ea9075960384cc48acb892a5ba0c8d9dfb', operation='INSERT OR UPDATE OF "vote_id", "body_id", "decided_at"', pgid='pgtrigger_decision_ground_holds_1cab0', table='decisions_decision', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decision',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "decisions_decisionevent" ("body_id", "created_at", "decided_at", "due_on", "ended_at", "id", "meeting_id", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "responsible_id", "state", "text", "updated_at", "version", "vote_id") VALUES (NEW."body_id", NEW."created_at", NEW."decided_at", NEW."due_on", NEW."ended_at", NEW."id", NEW."meeting_id", NEW."organization_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."reason", NEW."responsible_id", NEW."state", NEW."text", NEW."updated_at", NEW."version", NEW."vote_id"); RETURN NULL;', hash='401372d0b5cf5e98a095a9e4ac44d349ee8f5cc2', operation='INSERT', pgid='pgtrigger_insert_insert_c5437', table='decisions_decision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decision',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "decisions_decisionevent" ("body_id", "created_at", "decided_at", "due_on", "ended_at", "id", "meeting_id", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "responsible_id", "state", "text", "updated_at", "version", "vote_id") VALUES (NEW."body_id", NEW."created_at", NEW."decided_at", NEW."due_on", NEW."ended_at", NEW."id", NEW."meeting_id", NEW."organization_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."reason", NEW."responsible_id", NEW."state", NEW."text", NEW."updated_at", NEW."version", NEW."vote_id"); RETURN NULL;', hash='4c7658b5e67b06396d4349b5a6cb51466fc36277', operation='UPDATE', pgid='pgtrigger_update_update_b017a', table='decisions_decision', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='voter',
            constraint=models.UniqueConstraint(condition=models.Q(('seat__isnull', True)), fields=('vote', 'organization'), name='voter_one_voice_an_organization'),
        ),
        migrations.AddConstraint(
            model_name='voter',
            constraint=models.UniqueConstraint(fields=('vote', 'seat'), name='voter_one_voice_a_seat'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='voter',
            trigger=pgtrigger.compiler.Trigger(name='voter_not_about_oneself', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (SELECT 1 FROM decisions_vote v WHERE v.id = NEW.vote_id AND v.about_id = NEW.organization_id) THEN\n        RAISE EXCEPTION 'nobody votes about their own organisation' USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n", hash='c8135fd0cfdc0c4e070292410ddb371f44fd3407', operation='INSERT OR UPDATE OF "vote_id", "organization_id"', pgid='pgtrigger_voter_not_about_oneself_05f1e', table='decisions_voter', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='voted',
            trigger=pgtrigger.compiler.Trigger(name='voted_in_a_secret_vote', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF NOT EXISTS (\n        SELECT 1 FROM decisions_voter w JOIN decisions_vote v ON v.id = w.vote_id\n        WHERE w.id = NEW.voter_id AND v.state = 'open' AND v.is_secret\n    ) THEN\n        RAISE EXCEPTION 'the vote is not secret, or not open' USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n", hash='56749bdc6f9be64697e7b554a5cd3b5394781b4a', operation='INSERT OR UPDATE', pgid='pgtrigger_voted_in_a_secret_vote_f728b', table='decisions_voted', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='voted',
            trigger=pgtrigger.compiler.Trigger(name='voted_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='070f5082a52f26bca765e32acea7f422843ca66e', operation='DELETE', pgid='pgtrigger_voted_is_kept_f93f8', table='decisions_voted', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='voted',
            trigger=pgtrigger.compiler.Trigger(name='voted_as_many_as_voices', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n    IF EXISTS (\n        SELECT 1 FROM decisions_vote v WHERE v.is_secret AND v.state = 'open'\n        AND (SELECT coalesce(sum(c.n), 0) FROM decisions_secretcount c WHERE c.vote_id = v.id)\n        <> (SELECT count(*) FROM decisions_voted d JOIN decisions_voter w ON w.id = d.voter_id WHERE w.vote_id = v.id)\n    ) THEN\n        RAISE EXCEPTION 'as many voices as people who voted' USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NULL;\n", hash='959d4c3d787dc52f80a717daeaedf9b1dc8cf1d7', operation='INSERT', pgid='pgtrigger_voted_as_many_as_voices_18b9d', table='decisions_voted', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='objection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_for__isnull', True), ('stands__isnull', True)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_for__isnull', False), ('stands__isnull', False)), _connector='OR'), name='objection_answered_in_words', violation_error_message='Say why.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='objection',
            trigger=pgtrigger.compiler.Trigger(name='objection_answered_by_others', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (SELECT 1 FROM decisions_voter w WHERE w.id = NEW.voter_id AND w.organization_id = NEW.answered_for_id)\n    THEN\n        RAISE EXCEPTION 'another organisation answers' USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n", hash='453776a3db6f7b018cbd55f22706d96d4284f5b9', operation='INSERT OR UPDATE', pgid='pgtrigger_objection_answered_by_others_495ff', table='decisions_objection', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='objection',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "decisions_objectionevent" ("answer", "answered_by_id", "answered_for_id", "created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "raised_by_id", "stands", "text", "updated_at", "version", "voter_id") VALUES (NEW."answer", NEW."answered_by_id", NEW."answered_for_id", NEW."created_at", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."raised_by_id", NEW."stands", NEW."text", NEW."updated_at", NEW."version", NEW."voter_id"); RETURN NULL;', hash='965116992ce56cd5232e0d92502dd98bb2c59b70', operation='INSERT', pgid='pgtrigger_insert_insert_95309', table='decisions_objection', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='objection',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "decisions_objectionevent" ("answer", "answered_by_id", "answered_for_id", "created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "raised_by_id", "stands", "text", "updated_at", "version", "voter_id") VALUES (NEW."answer", NEW."answered_by_id", NEW."answered_for_id", NEW."created_at", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."raised_by_id", NEW."stands", NEW."text", NEW."updated_at", NEW."version", NEW."voter_id"); RETURN NULL;', hash='a50005d92ef4ea7d8707b0eb349c84d613d6cf38', operation='UPDATE', pgid='pgtrigger_update_update_ce745', table='decisions_objection', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ballot',
            trigger=pgtrigger.compiler.Trigger(name='ballot_in_its_time', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF NOT EXISTS (\n        SELECT 1 FROM decisions_voter w JOIN decisions_vote v ON v.id = w.vote_id\n        WHERE w.id = NEW.voter_id AND v.state = 'open' AND NOT v.is_secret\n        AND v.opens_at <= NEW.cast_at AND NEW.cast_at < v.closes_at\n        AND (NEW.choice IN ('abstain', 'conflict')\n             OR CASE WHEN cardinality(v.options) = 0 THEN NEW.choice IN ('for', 'against')\n                ELSE NEW.choice ~ '^[1-9][0-9]?$' AND NEW.choice::int <= cardinality(v.options) END)\n    ) THEN\n        RAISE EXCEPTION 'no such answer, or not in its time' USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n", hash='c16d59f72cb5a0c435b34d69173140c7e4dcc977', operation='INSERT OR UPDATE OF "voter_id", "choice", "reason", "cast_at"', pgid='pgtrigger_ballot_in_its_time_29e6a', table='decisions_ballot', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ballot',
            trigger=pgtrigger.compiler.Trigger(name='ballot_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='5056b230d4c35d26c65d69fba7babd9831cc8be9', operation='DELETE', pgid='pgtrigger_ballot_is_kept_197bf', table='decisions_ballot', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ballot',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "decisions_ballotevent" ("cast_at", "cast_by_id", "choice", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "voter_id") VALUES (NEW."cast_at", NEW."cast_by_id", NEW."choice", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."voter_id"); RETURN NULL;', hash='f49a1525bfebe703b074ea34d68dbce67062751c', operation='INSERT', pgid='pgtrigger_insert_insert_501dd', table='decisions_ballot', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ballot',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "decisions_ballotevent" ("cast_at", "cast_by_id", "choice", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "voter_id") VALUES (NEW."cast_at", NEW."cast_by_id", NEW."choice", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."voter_id"); RETURN NULL;', hash='22584bb36a5e391de6f6c4f949dd44def060acae', operation='UPDATE', pgid='pgtrigger_update_update_c169e', table='decisions_ballot', when='AFTER')),
        ),
    ]
