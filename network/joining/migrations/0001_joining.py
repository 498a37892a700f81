"""Calls, applications, checks, the way in; standings and their changes."""

import core.clock
import core.ids
import django.contrib.postgres.fields
import django.db.models.deletion
import modeltrans.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('decisions', '0002_prolonged'),
        ('organizations', '0006_keepers'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CallEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('title', models.CharField(max_length=160, verbose_name='title')),
                ('text', models.TextField(max_length=4000, verbose_name='whom we look for')),
                ('criteria', models.TextField(blank=True, max_length=4000, verbose_name='what we look at')),
                ('questions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), blank=True, default=list, size=None, verbose_name='questions')),
                ('questions_en', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), blank=True, default=list, size=None, verbose_name='questions in English')),
                ('opens_on', models.DateField(default=core.clock.today, verbose_name='from')),
                ('closes_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('i18n', modeltrans.fields.TranslationField(fields=('title', 'text', 'criteria'), required_languages=(), virtual_fields=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='NamedMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agreed_at', models.DateTimeField(default=core.clock.now)),
            ],
            options={
                'verbose_name': 'member named to everybody',
                'verbose_name_plural': 'members named to everybody',
            },
        ),
        migrations.CreateModel(
            name='NamedMemberEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('agreed_at', models.DateTimeField(default=core.clock.now)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OnboardingItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('code', models.CharField(choices=[('second_factor', 'Two people sign in with a second step'), ('place', 'One place, or “from afar”'), ('listing', 'One listing that somebody else has checked'), ('colleagues', 'A contact for colleagues'), ('conduct', 'The code of conduct is read and accepted'), ('training', 'Training on sending people on')], max_length=16)),
                ('done_at', models.DateTimeField(default=core.clock.now)),
            ],
            options={
                'verbose_name': 'step of the way in',
                'verbose_name_plural': 'steps of the way in',
                'ordering': ['application', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='OnboardingItemEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('code', models.CharField(choices=[('second_factor', 'Two people sign in with a second step'), ('place', 'One place, or “from afar”'), ('listing', 'One listing that somebody else has checked'), ('colleagues', 'A contact for colleagues'), ('conduct', 'The code of conduct is read and accepted'), ('training', 'Training on sending people on')], max_length=16)),
                ('done_at', models.DateTimeField(default=core.clock.now)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Participation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('confirmed_at', models.DateTimeField(default=core.clock.now)),
            ],
            options={
                'verbose_name': 'yearly word of a member',
                'verbose_name_plural': 'yearly words of members',
                'ordering': ['-year', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ParticipationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('confirmed_at', models.DateTimeField(default=core.clock.now)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='StandingChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('was', models.CharField(choices=[('applicant', 'Applicant'), ('member', 'Member'), ('associate', 'Associate'), ('suspended', 'Suspended'), ('left', 'Has left'), ('external', 'Outside the network')], max_length=12)),
                ('becomes', models.CharField(choices=[('applicant', 'Applicant'), ('member', 'Member'), ('associate', 'Associate'), ('suspended', 'Suspended'), ('left', 'Has left'), ('external', 'Outside the network')], max_length=12)),
                ('reason', models.CharField(choices=[('founded', 'Was there when the network began'), ('not_joined', 'Applied and did not join'), ('admitted', 'Admitted by a vote'), ('partner', 'Partner without a voice'), ('safety', 'Suspended for safety'), ('confirmed', 'Suspension confirmed by a vote'), ('lapsed', 'Suspension lapsed: nobody confirmed it'), ('restored', 'Suspension lifted'), ('left', 'Left by its own wish')], max_length=12, verbose_name='reason')),
                ('note', models.CharField(blank=True, max_length=1000, verbose_name='note for administrators')),
                ('made_at', models.DateTimeField(default=core.clock.now)),
                ('lapses_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'change of standing',
                'verbose_name_plural': 'changes of standing',
                'ordering': ['-made_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Application',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('state', models.CharField(choices=[('draft', 'Being written'), ('sent', 'Sent'), ('checking', 'Being checked'), ('needs_info', 'Waits for answers'), ('voting', 'Being voted on'), ('accepted', 'Accepted, on its way in'), ('member', 'Member'), ('declined', 'Not accepted'), ('withdrawn', 'Withdrawn'), ('closed', 'Closed without an answer')], default='draft', max_length=12)),
                ('state_at', models.DateTimeField(default=core.clock.now)),
                ('due_at', models.DateTimeField(blank=True, null=True)),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('language', models.CharField(default='ru', max_length=8, verbose_name='language of letters')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='name')),
                ('name_en', models.CharField(blank=True, max_length=200, verbose_name='name in English')),
                ('website', models.CharField(blank=True, max_length=250, verbose_name='website')),
                ('registration_country', models.CharField(blank=True, max_length=2, verbose_name='country of registration')),
                ('countries', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), blank=True, default=list, size=None)),
                ('groups', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='for whom')),
                ('services', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='services')),
                ('about', models.TextField(blank=True, max_length=4000, verbose_name='about the organisation')),
                ('answers', models.JSONField(blank=True, default=list, verbose_name='answers')),
                ('referees_note', models.CharField(blank=True, max_length=500, verbose_name='whom to ask there')),
                ('declared_by', models.CharField(blank=True, max_length=160, verbose_name='who accepts the declaration')),
                ('declared_at', models.DateTimeField(blank=True, null=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('answer', models.TextField(blank=True, max_length=2000, verbose_name='answer to the applicant')),
                ('decision', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='application', to='decisions.decision')),
                ('mentor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mentored', to='organizations.organization')),
                ('organization', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='application', to='organizations.organization')),
                ('referee_one', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('referee_two', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('vote', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='application', to='decisions.vote')),
            ],
            options={
                'verbose_name': 'application',
                'verbose_name_plural': 'applications',
                'ordering': ['-state_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ApplicationCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('kind', models.CharField(choices=[('exists', 'It exists and answers: a call by a number found elsewhere'), ('referees', 'What its two referees say'), ('attitude', 'Works with our groups, not against them'), ('confidentiality', 'Rules of confidentiality and of safeguarding'), ('sanctions', 'Money and sanctions'), ('safety', 'Whether being on the map endangers it')], max_length=16, verbose_name='what was looked at')),
                ('outcome', models.CharField(choices=[('ok', 'In order'), ('concern', 'There is a concern'), ('not_applicable', 'Does not apply')], max_length=16, verbose_name='what came out')),
                ('note', models.TextField(blank=True, max_length=2000, verbose_name='note')),
                ('checked_at', models.DateTimeField(default=core.clock.now)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='checks', to='joining.application')),
                ('checked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organization', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'verbose_name': 'check of an application',
                'verbose_name_plural': 'checks of applications',
                'ordering': ['application', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ApplicationCheckEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('kind', models.CharField(choices=[('exists', 'It exists and answers: a call by a number found elsewhere'), ('referees', 'What its two referees say'), ('attitude', 'Works with our groups, not against them'), ('confidentiality', 'Rules of confidentiality and of safeguarding'), ('sanctions', 'Money and sanctions'), ('safety', 'Whether being on the map endangers it')], max_length=16, verbose_name='what was looked at')),
                ('outcome', models.CharField(choices=[('ok', 'In order'), ('concern', 'There is a concern'), ('not_applicable', 'Does not apply')], max_length=16, verbose_name='what came out')),
                ('checked_at', models.DateTimeField(default=core.clock.now)),
                ('application', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='joining.application')),
                ('checked_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('organization', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.organization')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='joining.applicationcheck')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ApplicationLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('made_at', models.DateTimeField(default=core.clock.now)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='joining.application')),
            ],
            options={
                'verbose_name': 'link to an application',
                'verbose_name_plural': 'links to applications',
            },
        ),
        migrations.CreateModel(
            name='ApplicationQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('text', models.CharField(max_length=1000, verbose_name='question')),
                ('asked_at', models.DateTimeField(default=core.clock.now)),
                ('answer', models.TextField(blank=True, max_length=4000, verbose_name='answer')),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='joining.application')),
                ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'question to an applicant',
                'verbose_name_plural': 'questions to applicants',
                'ordering': ['asked_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ApplicationQuestionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('asked_at', models.DateTimeField(default=core.clock.now)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('application', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='joining.application')),
                ('asked_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='joining.applicationquestion')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Call',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('title', models.CharField(max_length=160, verbose_name='title')),
                ('text', models.TextField(max_length=4000, verbose_name='whom we look for')),
                ('criteria', models.TextField(blank=True, max_length=4000, verbose_name='what we look at')),
                ('questions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), blank=True, default=list, size=None, verbose_name='questions')),
                ('questions_en', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), blank=True, default=list, size=None, verbose_name='questions in English')),
                ('opens_on', models.DateField(default=core.clock.today, verbose_name='from')),
                ('closes_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('i18n', modeltrans.fields.TranslationField(fields=('title', 'text', 'criteria'), required_languages=(), virtual_fields=True)),
            ],
            options={
                'verbose_name': 'call to join',
                'verbose_name_plural': 'calls to join',
                'ordering': [models.OrderBy(models.F('closes_on'), nulls_last=True), '-opens_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('closes_on__isnull', True), ('closes_on__gte', models.F('opens_on')), _connector='OR'), name='call_ends_after_it_starts', violation_error_message='The end is before the beginning.'), models.CheckConstraint(condition=models.Q(('questions__len__lte', 12), ('questions_en__len__lte', 12)), name='call_asks_twelve_questions_at_most', violation_error_message='At most twelve questions.')],
            },
        ),
        migrations.CreateModel(
            name='ApplicationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('state', models.CharField(choices=[('draft', 'Being written'), ('sent', 'Sent'), ('checking', 'Being checked'), ('needs_info', 'Waits for answers'), ('voting', 'Being voted on'), ('accepted', 'Accepted, on its way in'), ('member', 'Member'), ('declined', 'Not accepted'), ('withdrawn', 'Withdrawn'), ('closed', 'Closed without an answer')], default='draft', max_length=12)),
                ('state_at', models.DateTimeField(default=core.clock.now)),
                ('due_at', models.DateTimeField(blank=True, null=True)),
                ('language', models.CharField(default='ru', max_length=8, verbose_name='language of letters')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='name')),
                ('name_en', models.CharField(blank=True, max_length=200, verbose_name='name in English')),
                ('website', models.CharField(blank=True, max_length=250, verbose_name='website')),
                ('registration_country', models.CharField(blank=True, max_length=2, verbose_name='country of registration')),
                ('countries', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), blank=True, default=list, size=None)),
                ('groups', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='for whom')),
                ('services', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='services')),
                ('declared_at', models.DateTimeField(blank=True, null=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('decision', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='decisions.decision')),
                ('mentor', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.organization')),
                ('organization', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.organization')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='joining.application')),
                ('referee_one', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.organization')),
                ('referee_two', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.organization')),
                ('vote', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='decisions.vote')),
                ('call', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='joining.call')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='application',
            name='call',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='joining.call'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='call',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "joining_callevent" ("closes_on", "created_at", "criteria", "i18n", "id", "opens_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "questions", "questions_en", "text", "title", "updated_at", "version") VALUES (NEW."closes_on", NEW."created_at", NEW."criteria", NEW."i18n", NEW."id", NEW."opens_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."questions", NEW."questions_en", NEW."text", NEW."title", NEW."updated_at", NEW."version"); RETURN NULL;', hash='841adc8217537e476d9d63b273146ab4c425764e', operation='INSERT', pgid='pgtrigger_insert_insert_05245', table='joining_call', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='call',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "joining_callevent" ("closes_on", "created_at", "criteria", "i18n", "id", "opens_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "questions", "questions_en", "text", "title", "updated_at", "version") VALUES (NEW."closes_on", NEW."created_at", NEW."criteria", NEW."i18n", NEW."id", NEW."opens_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."questions", NEW."questions_en", NEW."text", NEW."title", NEW."updated_at", NEW."version"); RETURN NULL;', hash='6e27cfd0c95a4d7705b7daa1266c332dff33187f', operation='UPDATE', pgid='pgtrigger_update_update_d3c79', table='joining_call', when='AFTER')),
        ),
        migrations.AddField(
            model_name='callevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='callevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='joining.call'),
        ),
        migrations.AddField(
            model_name='namedmember',
            name='agreed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='namedmember',
            name='organization',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='named', to='organizations.organization'),
        ),
        migrations.AddField(
            model_name='namedmemberevent',
            name='agreed_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='namedmemberevent',
            name='organization',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.organization'),
        ),
        migrations.AddField(
            model_name='namedmemberevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='namedmemberevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='joining.namedmember'),
        ),
        migrations.AddField(
            model_name='onboardingitem',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='joining.application'),
        ),
        migrations.AddField(
            model_name='onboardingitem',
            name='done_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='onboardingitemevent',
            name='application',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='joining.application'),
        ),
        migrations.AddField(
            model_name='onboardingitemevent',
            name='done_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='onboardingitemevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='onboardingitemevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='joining.onboardingitem'),
        ),
        migrations.AddField(
            model_name='participation',
            name='confirmed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='participation',
            name='organization',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participations', to='organizations.organization'),
        ),
        migrations.AddField(
            model_name='participationevent',
            name='confirmed_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='participationevent',
            name='organization',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.organization'),
        ),
        migrations.AddField(
            model_name='participationevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='participationevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='joining.participation'),
        ),
        migrations.AddField(
            model_name='standingchange',
            name='decision',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='standing_changes', to='decisions.decision'),
        ),
        migrations.AddField(
            model_name='standingchange',
            name='made_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='standingchange',
            name='organization',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='standing_changes', to='organizations.organization'),
        ),
        migrations.AddConstraint(
            model_name='applicationcheck',
            constraint=models.UniqueConstraint(fields=('application', 'kind'), name='applicationcheck_once', violation_error_message='This was checked meanwhile.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='applicationcheck',
            trigger=pgtrigger.compiler.Trigger(name='applicationcheck_by_others', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM joining_application a WHERE a.id = NEW.application_id AND (\n            a.organization_id = NEW.organization_id\n            OR (NEW.kind = 'referees' AND NEW.organization_id IN (a.referee_one_id, a.referee_two_id))\n            OR EXISTS (\n                SELECT 1 FROM organizations_membership m\n                WHERE m.organization_id = a.organization_id AND m.user_id = NEW.checked_by_id\n            )\n        )\n    ) THEN\n        RAISE EXCEPTION 'nobody checks their own organisation' USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n", hash='88b318ff9e44fe2a5ad13cfcf4f708fecbf579f3', operation='INSERT OR UPDATE', pgid='pgtrigger_applicationcheck_by_others_ec75e', table='joining_applicationcheck', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='applicationcheck',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "joining_applicationcheckevent" ("application_id", "checked_at", "checked_by_id", "created_at", "id", "kind", "organization_id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "updated_at", "version") VALUES (NEW."application_id", NEW."checked_at", NEW."checked_by_id", NEW."created_at", NEW."id", NEW."kind", NEW."organization_id", NEW."outcome", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."updated_at", NEW."version"); RETURN NULL;', hash='26fbcb9153c9bb313806d6f7cd3c4d4c937bc361', operation='INSERT', pgid='pgtrigger_insert_insert_ed81d', table='joining_applicationcheck', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='applicationcheck',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."application_id" IS DISTINCT FROM (NEW."application_id") OR OLD."checked_at" IS DISTINCT FROM (NEW."checked_at") OR OLD."checked_by_id" IS DISTINCT FROM (NEW."checked_by_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."organization_id" IS DISTINCT FROM (NEW."organization_id") OR OLD."outcome" IS DISTINCT FROM (NEW."outcome") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."version" IS DISTINCT FROM (NEW."version"))', func='INSERT INTO "joining_applicationcheckevent" ("application_id", "checked_at", "checked_by_id", "created_at", "id", "kind", "organization_id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "updated_at", "version") VALUES (NEW."application_id", NEW."checked_at", NEW."checked_by_id", NEW."created_at", NEW."id", NEW."kind", NEW."organization_id", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."updated_at", NEW."version"); RETURN NULL;', hash='e2e6e92ef77e384709cb257487ebae07d02fb6a8', operation='UPDATE', pgid='pgtrigger_update_update_4fd8f', table='joining_applicationcheck', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='applicationquestion',
            constraint=models.UniqueConstraint(condition=models.Q(('answered_at__isnull', True)), fields=('application',), name='applicationquestion_one_at_a_time', violation_error_message='The last question waits for its answer.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='applicationquestion',
            trigger=pgtrigger.compiler.Trigger(name='applicationquestion_answered_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF OLD.answered_at IS NOT NULL AND NEW.answered_at IS DISTINCT FROM OLD.answered_at THEN\n                        RAISE EXCEPTION 'an answer is given once' USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='654ac163cf3e8ce72cbe6cf1a02442e36129933a', operation='UPDATE OF "answered_at"', pgid='pgtrigger_applicationquestion_answered_stays_561a6', table='joining_applicationquestion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='applicationquestion',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "joining_applicationquestionevent" ("answered_at", "application_id", "asked_at", "asked_by_id", "created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "updated_at", "version") VALUES (NEW."answered_at", NEW."application_id", NEW."asked_at", NEW."asked_by_id", NEW."created_at", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."updated_at", NEW."version"); RETURN NULL;', hash='9da21ac1a1a9a50ea3ac20b135c402bc3949727f', operation='INSERT', pgid='pgtrigger_insert_insert_32c15', table='joining_applicationquestion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='applicationquestion',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."answered_at" IS DISTINCT FROM (NEW."answered_at") OR OLD."application_id" IS DISTINCT FROM (NEW."application_id") OR OLD."asked_at" IS DISTINCT FROM (NEW."asked_at") OR OLD."asked_by_id" IS DISTINCT FROM (NEW."asked_by_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."version" IS DISTINCT FROM (NEW."version"))', func='INSERT INTO "joining_applicationquestionevent" ("answered_at", "application_id", "asked_at", "asked_by_id", "created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "updated_at", "version") VALUES (NEW."answered_at", NEW."application_id", NEW."asked_at", NEW."asked_by_id", NEW."created_at", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."updated_at", NEW."version"); RETURN NULL;', hash='eb6eed617b26a413cc1306488c50bcd66391f0ee', operation='UPDATE', pgid='pgtrigger_update_update_7a828', table='joining_applicationquestion', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('due_at__isnull', True), ('state__in', ['member', 'declined', 'withdrawn', 'closed'])), models.Q(models.Q(('state__in', ['member', 'declined', 'withdrawn', 'closed']), _negated=True), ('due_at__isnull', False)), _connector='OR'), name='application_has_its_next_day', violation_error_message='Every state has a day by which something happens.'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(('sent_at__isnull', True), models.Q(('confirmed_at__isnull', False), ('declared_at__isnull', False), ('organization__isnull', False), models.Q(('name', ''), _negated=True)), _connector='OR'), name='application_sent_whole', violation_error_message='What is sent is whole.'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(('referee_one__isnull', True), ('referee_two__isnull', True), models.Q(('referee_one', models.F('referee_two')), _negated=True), _connector='OR'), name='application_two_referees', violation_error_message='Choose two different organisations.'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(('mentor__isnull', True), ('organization__isnull', True), models.Q(('mentor', models.F('organization')), _negated=True), _connector='OR'), name='application_mentor_is_another', violation_error_message='Another organisation goes along.'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'declined'), _negated=True), models.Q(('answer', ''), _negated=True), _connector='OR'), name='application_declined_in_words', violation_error_message='Say why.'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['member', 'declined', 'withdrawn', 'closed']), _negated=True), fields=('call', 'email'), name='application_one_under_way_per_address', violation_error_message='There is an application from this address already.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='application',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "joining_applicationevent" ("call_id", "confirmed_at", "countries", "created_at", "decision_id", "declared_at", "due_at", "groups", "id", "language", "mentor_id", "name", "name_en", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "referee_one_id", "referee_two_id", "registration_country", "sent_at", "services", "state", "state_at", "updated_at", "version", "vote_id", "website") VALUES (NEW."call_id", NEW."confirmed_at", NEW."countries", NEW."created_at", NEW."decision_id", NEW."declared_at", NEW."due_at", NEW."groups", NEW."id", NEW."language", NEW."mentor_id", NEW."name", NEW."name_en", NEW."organization_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."referee_one_id", NEW."referee_two_id", NEW."registration_country", NEW."sent_at", NEW."services", NEW."state", NEW."state_at", NEW."updated_at", NEW."version", NEW."vote_id", NEW."website"); RETURN NULL;', hash='08bd2eb72cceefea349586cf8301e8135f3b3d99', operation='INSERT', pgid='pgtrigger_insert_insert_a6c50', table='joining_application', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='application',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."call_id" IS DISTINCT FROM (NEW."call_id") OR OLD."confirmed_at" IS DISTINCT FROM (NEW."confirmed_at") OR OLD."countries" IS DISTINCT FROM (NEW."countries") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."decision_id" IS DISTINCT FROM (NEW."decision_id") OR OLD."declared_at" IS DISTINCT FROM (NEW."declared_at") OR OLD."due_at" IS DISTINCT FROM (NEW."due_at") OR OLD."groups" IS DISTINCT FROM (NEW."groups") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."mentor_id" IS DISTINCT FROM (NEW."mentor_id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en") OR OLD."organization_id" IS DISTINCT FROM (NEW."organization_id") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."referee_one_id" IS DISTINCT FROM (NEW."referee_one_id") OR OLD."referee_two_id" IS DISTINCT FROM (NEW."referee_two_id") OR OLD."registration_country" IS DISTINCT FROM (NEW."registration_country") OR OLD."sent_at" IS DISTINCT FROM (NEW."sent_at") OR OLD."services" IS DISTINCT FROM (NEW."services") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."state_at" IS DISTINCT FROM (NEW."state_at") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."vote_id" IS DISTINCT FROM (NEW."vote_id") OR OLD."website" IS DISTINCT FROM (NEW."website"))', func='INSERT INTO "joining_applicationevent" ("call_id", "confirmed_at", "countries", "created_at", "decision_id", "declared_at", "due_at", "groups", "id", "language", "mentor_id", "name", "name_en", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "referee_one_id", "referee_two_id", "registration_country", "sent_at", "services", "state", "state_at", "updated_at", "version", "vote_id", "website") VALUES (NEW."call_id", NEW."confirmed_at", NEW."countries", NEW."created_at", NEW."decision_id", NEW."declared_at", NEW."due_at", NEW."groups", NEW."id", NEW."language", NEW."mentor_id", NEW."name", NEW."name_en", NEW."organization_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."referee_one_id", NEW."referee_two_id", NEW."registration_country", NEW."sent_at", NEW."services", NEW."state", NEW."state_at", NEW."updated_at", NEW."version", NEW."vote_id", NEW."website"); RETURN NULL;', hash='75c2d7d3aae8bbcba7ec99ce1a51f30eb56ccfb4', operation='UPDATE', pgid='pgtrigger_update_update_d308d', table='joining_application', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='namedmember',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "joining_namedmemberevent" ("agreed_at", "agreed_by_id", "id", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."agreed_at", NEW."agreed_by_id", NEW."id", NEW."organization_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='bf9836b714857dda27d3faf96e3f6a3c3e95e1b0', operation='INSERT', pgid='pgtrigger_insert_insert_d86b1', table='joining_namedmember', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='namedmember',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "joining_namedmemberevent" ("agreed_at", "agreed_by_id", "id", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."agreed_at", NEW."agreed_by_id", NEW."id", NEW."organization_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='a7a954d626d73540bb009ad9707914ce4a4e2b95', operation='UPDATE', pgid='pgtrigger_update_update_a146c', table='joining_namedmember', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='onboardingitem',
            constraint=models.UniqueConstraint(fields=('application', 'code'), name='onboardingitem_once'),
        ),
        migrations.AddConstraint(
            model_name='onboardingitem',
            constraint=models.CheckConstraint(condition=models.Q(('code__in', ['conduct', 'training'])), name='onboardingitem_is_said'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='onboardingitem',
            trigger=pgtrigger.compiler.Trigger(name='onboardingitem_training_by_mentor', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF NEW.code = 'training' AND EXISTS (\n        SELECT 1 FROM joining_application a JOIN organizations_membership m ON m.organization_id = a.organization_id\n        WHERE a.id = NEW.application_id AND m.user_id = NEW.done_by_id\n    ) THEN\n        RAISE EXCEPTION 'the organisation that goes along says it' USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n", hash='e89c59dba9727643b35ae5cb7b7d43d2113a1640', operation='INSERT OR UPDATE OF "code", "application_id"', pgid='pgtrigger_onboardingitem_training_by_mentor_a17e3', table='joining_onboardingitem', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='onboardingitem',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "joining_onboardingitemevent" ("application_id", "code", "created_at", "done_at", "done_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "updated_at", "version") VALUES (NEW."application_id", NEW."code", NEW."created_at", NEW."done_at", NEW."done_by_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."updated_at", NEW."version"); RETURN NULL;', hash='12378a29a731d428202fe0a1e8feb6de4f0b503e', operation='INSERT', pgid='pgtrigger_insert_insert_f9424', table='joining_onboardingitem', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='onboardingitem',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "joining_onboardingitemevent" ("application_id", "code", "created_at", "done_at", "done_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "updated_at", "version") VALUES (NEW."application_id", NEW."code", NEW."created_at", NEW."done_at", NEW."done_by_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."updated_at", NEW."version"); RETURN NULL;', hash='892e6ef80713752b1efa5cdb4ba7d11be464c2ee', operation='UPDATE', pgid='pgtrigger_update_update_28d54', table='joining_onboardingitem', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='participation',
            constraint=models.UniqueConstraint(fields=('organization', 'year'), name='participation_once_a_year'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='participation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "joining_participationevent" ("confirmed_at", "confirmed_by_id", "id", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "year") VALUES (NEW."confirmed_at", NEW."confirmed_by_id", NEW."id", NEW."organization_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."year"); RETURN NULL;', hash='0ad2658f5d1618eb6b4305dd505cbf7a4d75379e', operation='INSERT', pgid='pgtrigger_insert_insert_a4af9', table='joining_participation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='participation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "joining_participationevent" ("confirmed_at", "confirmed_by_id", "id", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "year") VALUES (NEW."confirmed_at", NEW."confirmed_by_id", NEW."id", NEW."organization_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."year"); RETURN NULL;', hash='57b88374577f29dfa1559309fdf3733d0aa2c744', operation='UPDATE', pgid='pgtrigger_update_update_0ce19', table='joining_participation', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='standingchange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('becomes', 'suspended'), _negated=True), models.Q(('decision__isnull', False), ('lapses_at__isnull', True)), models.Q(('decision__isnull', True), ('lapses_at__isnull', False)), _connector='OR'), name='standingchange_suspension_ends_or_was_decided', violation_error_message='Without a decision a suspension has its end.'),
        ),
        migrations.AddConstraint(
            model_name='standingchange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason__in', ['admitted', 'confirmed']), _negated=True), ('decision__isnull', False), _connector='OR'), name='standingchange_admitted_by_a_decision', violation_error_message='This needs a decision of the members.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='standingchange',
            trigger=pgtrigger.compiler.Trigger(name='standingchange_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."becomes" IS DISTINCT FROM (NEW."becomes") OR OLD."decision_id" IS DISTINCT FROM (NEW."decision_id") OR OLD."lapses_at" IS DISTINCT FROM (NEW."lapses_at") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."organization_id" IS DISTINCT FROM (NEW."organization_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."was" IS DISTINCT FROM (NEW."was"))', func="\n    RAISE EXCEPTION 'a change of standing stays as it was written' USING ERRCODE = 'check_violation';\n", hash='3877d5c1e73f7d5278befeb425cf3e378f5a4bcf', operation='UPDATE', pgid='pgtrigger_standingchange_stays_64eea', table='joining_standingchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='standingchange',
            trigger=pgtrigger.compiler.Trigger(name='standingchange_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='be7f3357e0f9cfae64eb715bb1aeefd142dbcef7', operation='DELETE', pgid='pgtrigger_standingchange_is_kept_175db', table='joining_standingchange', when='BEFORE')),
        ),
    ]
