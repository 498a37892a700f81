"""Rounds, reviews with their lines, marks and actions, and the sums of what clients say."""

import core.clock
import core.ids
import django.contrib.postgres.fields
import django.db.models.deletion
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
            name='ReviewAction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('text', models.CharField(max_length=300, verbose_name='what')),
                ('due_on', models.DateField(verbose_name='until')),
                ('support', models.CharField(choices=[('none', 'We manage ourselves'), ('training', 'Training'), ('grant', 'A small grant'), ('visit', 'A visit by colleagues')], default='none', max_length=12, verbose_name='what helps')),
                ('state', models.CharField(choices=[('open', 'Open'), ('done', 'Done'), ('dropped', 'Dropped')], default='open', max_length=12)),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('ending', models.CharField(blank=True, max_length=300, verbose_name='how it ended')),
                ('responsible', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'action of a review',
                'verbose_name_plural': 'actions of reviews',
                'ordering': ['due_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ReviewRound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('country', models.CharField(max_length=2, verbose_name='country')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('planned_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'round of reviews',
                'verbose_name_plural': 'rounds of reviews',
                'db_table': 'reviews_round',
                'ordering': ['-year', 'country'],
            },
        ),
        migrations.CreateModel(
            name='ReviewRoundEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('country', models.CharField(max_length=2, verbose_name='country')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reviews.reviewround')),
                ('planned_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='VoiceDesk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('code', models.CharField(max_length=24, unique=True)),
                ('made_on', models.DateField(default=core.clock.today)),
                ('location', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='voice_desk', to='organizations.location')),
            ],
            options={
                'verbose_name': 'sheet for clients',
                'verbose_name_plural': 'sheets for clients',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='VoiceCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quarter', models.DateField()),
                ('question', models.CharField(choices=[('got_it', 'Did you get what you needed?'), ('respect', 'Were you treated with respect?'), ('again', 'Will you come again?')], max_length=8)),
                ('answer', models.CharField(choices=[('yes', 'Yes'), ('partly', 'Not quite'), ('no', 'No')], max_length=8)),
                ('count', models.PositiveIntegerField(default=0)),
                ('desk', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='counts', to='reviews.voicedesk')),
            ],
            options={
                'verbose_name': 'answers of clients',
                'verbose_name_plural': 'answers of clients',
                'ordering': ['desk', 'quarter', 'question', 'answer'],
            },
        ),
        migrations.CreateModel(
            name='YearlyReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('year', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('self', 'Self-review'), ('peer', 'Another organisation looks'), ('disputed', 'Disputed'), ('agreed', 'Agreed'), ('dropped', 'Called off')], default='planned', max_length=12)),
                ('starts_on', models.DateField()),
                ('due_on', models.DateField(blank=True, null=True)),
                ('agreed_on', models.DateField(blank=True, null=True)),
                ('good_until', models.DateField(blank=True, null=True)),
                ('remark', models.TextField(blank=True, max_length=2000, verbose_name='what the reviewer says')),
                ('objection', models.TextField(blank=True, max_length=2000, verbose_name='what the organisation says to it')),
                ('verdict', models.TextField(blank=True, max_length=2000, verbose_name='what the third says')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews_of_it', to='organizations.organization')),
                ('peer_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reviewer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='reviews.reviewround')),
                ('self_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('third', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('third_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'yearly review',
                'verbose_name_plural': 'yearly reviews',
                'db_table': 'reviews_review',
                'ordering': ['-year', 'organization', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SpectrumLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('leaf', models.CharField(max_length=48)),
                ('answer', models.CharField(choices=[('full', 'In full'), ('partial', 'In part'), ('none', 'No'), ('not_planned', 'Not planned')], max_length=12)),
                ('barriers', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('staff', 'people'), ('knowledge', 'knowledge'), ('supplies', 'medicines and tests'), ('equipment', 'equipment'), ('money', 'money'), ('rooms', 'rooms'), ('law', 'law and police'), ('papers', 'documents that are asked for'), ('languages', 'languages'), ('safety', 'safety')], max_length=12), blank=True, default=list, size=None)),
                ('peer_answer', models.CharField(blank=True, choices=[('full', 'In full'), ('partial', 'In part'), ('none', 'No'), ('not_planned', 'Not planned')], max_length=12)),
                ('final_answer', models.CharField(blank=True, choices=[('full', 'In full'), ('partial', 'In part'), ('none', 'No'), ('not_planned', 'Not planned')], max_length=12)),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='reviews.yearlyreview')),
            ],
            options={
                'verbose_name': 'line of a review',
                'verbose_name_plural': 'lines of reviews',
                'ordering': ['review', 'leaf'],
            },
        ),
        migrations.CreateModel(
            name='ReviewActionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('due_on', models.DateField(verbose_name='until')),
                ('support', models.CharField(choices=[('none', 'We manage ourselves'), ('training', 'Training'), ('grant', 'A small grant'), ('visit', 'A visit by colleagues')], default='none', max_length=12, verbose_name='what helps')),
                ('state', models.CharField(choices=[('open', 'Open'), ('done', 'Done'), ('dropped', 'Dropped')], default='open', max_length=12)),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reviews.reviewaction')),
                ('responsible', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('review', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='reviews.yearlyreview')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='reviewaction',
            name='review',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='actions', to='reviews.yearlyreview'),
        ),
        migrations.CreateModel(
            name='CriterionMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('criterion', models.CharField(choices=[('consent', "Nothing happens without the person's consent"), ('anonymity', 'Help is possible without giving a name'), ('no_conditions', 'Nobody has to stop using substances to get help'), ('complaints', 'A complaint can be made, and is answered'), ('peers_in_staff', 'People of the communities work in the team'), ('peers_decide', 'People of the communities take part in decisions'), ('peers_paid', 'Peer workers are paid like others'), ('feedback', 'Clients are asked, and something changes by it'), ('no_papers', 'Without documents and free of charge'), ('hours', 'Hours and the way there suit those who come'), ('languages', 'Languages of those who come, or an interpreter'), ('for_everybody', 'Women, young people and trans people are welcome'), ('training', 'The team is trained, and training does not run out'), ('protocols', 'Protocols for tests and for an overdose'), ('violence', 'It is clear what to do when somebody tells of violence'), ('supervision', 'The team has supervision and rest'), ('referral', 'People are sent on, and the answer is waited for'), ('stock', 'There is a reserve of what must not run out'), ('going_along', 'Somebody goes along when it is hard alone'), ('after_care', 'Contact is kept after the first visit'), ('what_is_kept', 'As little as possible is written down'), ('who_sees', 'It is known who sees the notes'), ('search_plan', 'There is a plan for a search by the police'), ('safeguarding', 'Children and staff are protected')], max_length=16)),
                ('mark', models.CharField(choices=[('met', 'Met'), ('partly', 'In part'), ('not_met', 'Not met'), ('not_applicable', 'Does not apply')], max_length=16)),
                ('evidence', models.TextField(blank=True, max_length=500, verbose_name='what shows it')),
                ('link', models.URLField(blank=True, max_length=500, verbose_name='link')),
                ('peer_mark', models.CharField(blank=True, choices=[('met', 'Met'), ('partly', 'In part'), ('not_met', 'Not met'), ('not_applicable', 'Does not apply')], max_length=16)),
                ('final_mark', models.CharField(blank=True, choices=[('met', 'Met'), ('partly', 'In part'), ('not_met', 'Not met'), ('not_applicable', 'Does not apply')], max_length=16)),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='decisions.document')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='reviews.yearlyreview')),
            ],
            options={
                'verbose_name': 'mark of a criterion',
                'verbose_name_plural': 'marks of criteria',
                'ordering': ['review', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='YearlyReviewEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('year', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('self', 'Self-review'), ('peer', 'Another organisation looks'), ('disputed', 'Disputed'), ('agreed', 'Agreed'), ('dropped', 'Called off')], default='planned', max_length=12)),
                ('starts_on', models.DateField()),
                ('due_on', models.DateField(blank=True, null=True)),
                ('agreed_on', models.DateField(blank=True, null=True)),
                ('good_until', models.DateField(blank=True, null=True)),
                ('organization', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.organization')),
                ('peer_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reviews.yearlyreview')),
                ('reviewer', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.organization')),
                ('round', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='reviews.reviewround')),
                ('self_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('third', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.organization')),
                ('third_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='reviewround',
            constraint=models.UniqueConstraint(fields=('country', 'year'), name='round_once_a_year', violation_error_message='This country has a round this year already.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reviewround',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reviews_reviewroundevent" ("country", "created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_by_id", "public_id", "starts_on", "updated_at", "version", "year") VALUES (NEW."country", NEW."created_at", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."planned_by_id", NEW."public_id", NEW."starts_on", NEW."updated_at", NEW."version", NEW."year"); RETURN NULL;', hash='0f89bbd458c772366d2b51f400d4c63c6625f6c5', operation='INSERT', pgid='pgtrigger_insert_insert_31b4d', table='reviews_round', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reviewround',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "reviews_reviewroundevent" ("country", "created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_by_id", "public_id", "starts_on", "updated_at", "version", "year") VALUES (NEW."country", NEW."created_at", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."planned_by_id", NEW."public_id", NEW."starts_on", NEW."updated_at", NEW."version", NEW."year"); RETURN NULL;', hash='ffd1172c614c5e1d6bb3c7584d8339a1dd72252d', operation='UPDATE', pgid='pgtrigger_update_update_f3bb0', table='reviews_round', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='voicecount',
            constraint=models.UniqueConstraint(fields=('desk', 'quarter', 'question', 'answer'), name='voicecount_one_sum'),
        ),
        migrations.AddConstraint(
            model_name='voicecount',
            constraint=models.CheckConstraint(condition=models.Q(('quarter__day', 1), ('quarter__month__in', [1, 4, 7, 10])), name='voicecount_first_day_of_quarter'),
        ),
        migrations.AddConstraint(
            model_name='yearlyreview',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'dropped'), _negated=True), fields=('organization', 'year'), name='review_once_a_year', violation_error_message='This organisation has a review this year already.'),
        ),
        migrations.AddConstraint(
            model_name='yearlyreview',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reviewer__isnull', True), models.Q(('reviewer', models.F('organization')), _negated=True), _connector='OR'), models.Q(('third__isnull', True), models.Q(models.Q(('third', models.F('organization')), _negated=True), models.Q(('third', models.F('reviewer')), _negated=True)), _connector='OR')), name='review_never_by_own', violation_error_message='Nobody reviews their own organisation.'),
        ),
        migrations.AddConstraint(
            model_name='yearlyreview',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('agreed_on__isnull', False), ('good_until__gt', models.F('agreed_on')), ('state', 'agreed')), models.Q(models.Q(('state', 'agreed'), _negated=True), ('agreed_on__isnull', True), ('good_until__isnull', True)), _connector='OR'), name='review_agreed_with_its_days'),
        ),
        migrations.AddConstraint(
            model_name='yearlyreview',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('planned', 'self', 'peer', 'disputed')), _negated=True), ('due_on__isnull', False), _connector='OR'), name='review_under_way_has_its_day'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='yearlyreview',
            trigger=pgtrigger.compiler.Trigger(name='review_without_conflict', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM reviews_review r WHERE r.year = NEW.year AND r.id IS DISTINCT FROM NEW.id\n        AND ((r.organization_id = NEW.reviewer_id AND NEW.organization_id IN (r.reviewer_id, r.third_id))\n          OR (r.organization_id = NEW.third_id AND NEW.organization_id IN (r.reviewer_id, r.third_id)))\n    ) THEN\n        RAISE EXCEPTION 'nobody reviews one that reviewed them in the same year' USING ERRCODE = 'check_violation';\n    END IF;\n    IF EXISTS (\n        SELECT 1 FROM organizations_membership m\n        WHERE m.organization_id = NEW.organization_id AND m.user_id IN (NEW.peer_by_id, NEW.third_by_id)\n    ) THEN\n        RAISE EXCEPTION 'nobody reviews their own organisation' USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n", hash='47617bab1e28de75c30f4178a0dcaf771214a58a', operation='INSERT OR UPDATE', pgid='pgtrigger_review_without_conflict_e2f62', table='reviews_review', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='yearlyreview',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reviews_yearlyreviewevent" ("agreed_on", "created_at", "due_on", "good_until", "id", "organization_id", "peer_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reviewer_id", "round_id", "self_by_id", "starts_on", "state", "third_by_id", "third_id", "updated_at", "version", "year") VALUES (NEW."agreed_on", NEW."created_at", NEW."due_on", NEW."good_until", NEW."id", NEW."organization_id", NEW."peer_by_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."reviewer_id", NEW."round_id", NEW."self_by_id", NEW."starts_on", NEW."state", NEW."third_by_id", NEW."third_id", NEW."updated_at", NEW."version", NEW."year"); RETURN NULL;', hash='dde937512f1006fa2d4d893a41baf12c94d8e125', operation='INSERT', pgid='pgtrigger_insert_insert_9dfb9', table='reviews_review', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='yearlyreview',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."agreed_on" IS DISTINCT FROM (NEW."agreed_on") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."good_until" IS DISTINCT FROM (NEW."good_until") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."organization_id" IS DISTINCT FROM (NEW."organization_id") OR OLD."peer_by_id" IS DISTINCT FROM (NEW."peer_by_id") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."reviewer_id" IS DISTINCT FROM (NEW."reviewer_id") OR OLD."round_id" IS DISTINCT FROM (NEW."round_id") OR OLD."self_by_id" IS DISTINCT FROM (NEW."self_by_id") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."third_id" IS DISTINCT FROM (NEW."third_id") OR OLD."third_by_id" IS DISTINCT FROM (NEW."third_by_id") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."year" IS DISTINCT FROM (NEW."year"))', func='INSERT INTO "reviews_yearlyreviewevent" ("agreed_on", "created_at", "due_on", "good_until", "id", "organization_id", "peer_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reviewer_id", "round_id", "self_by_id", "starts_on", "state", "third_by_id", "third_id", "updated_at", "version", "year") VALUES (NEW."agreed_on", NEW."created_at", NEW."due_on", NEW."good_until", NEW."id", NEW."organization_id", NEW."peer_by_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."reviewer_id", NEW."round_id", NEW."self_by_id", NEW."starts_on", NEW."state", NEW."third_by_id", NEW."third_id", NEW."updated_at", NEW."version", NEW."year"); RETURN NULL;', hash='27640adf92423faf9aaa853c617ee0477761667c', operation='UPDATE', pgid='pgtrigger_update_update_3b169', table='reviews_review', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='spectrumline',
            constraint=models.UniqueConstraint(fields=('review', 'leaf'), name='spectrumline_once'),
        ),
        migrations.AddConstraint(
            model_name='spectrumline',
            constraint=models.CheckConstraint(condition=models.Q(('barriers__len__lte', 3)), name='spectrumline_three_barriers'),
        ),
        migrations.AddConstraint(
            model_name='reviewaction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_on__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('ended_on__isnull', False)), _connector='OR'), name='reviewaction_ended_with_its_day'),
        ),
        migrations.AddConstraint(
            model_name='reviewaction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'dropped'), _negated=True), models.Q(('ending', ''), _negated=True), _connector='OR'), name='reviewaction_dropped_with_its_reason', violation_error_message='Say why.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reviewaction',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reviews_reviewactionevent" ("created_at", "due_on", "ended_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "responsible_id", "review_id", "state", "support", "updated_at", "version") VALUES (NEW."created_at", NEW."due_on", NEW."ended_on", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."responsible_id", NEW."review_id", NEW."state", NEW."support", NEW."updated_at", NEW."version"); RETURN NULL;', hash='52a376200b81fd404179b4efe53728ac6b025b66', operation='INSERT', pgid='pgtrigger_insert_insert_7b6ea', table='reviews_reviewaction', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reviewaction',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."ended_on" IS DISTINCT FROM (NEW."ended_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."responsible_id" IS DISTINCT FROM (NEW."responsible_id") OR OLD."review_id" IS DISTINCT FROM (NEW."review_id") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."support" IS DISTINCT FROM (NEW."support") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."version" IS DISTINCT FROM (NEW."version"))', func='INSERT INTO "reviews_reviewactionevent" ("created_at", "due_on", "ended_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "responsible_id", "review_id", "state", "support", "updated_at", "version") VALUES (NEW."created_at", NEW."due_on", NEW."ended_on", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."responsible_id", NEW."review_id", NEW."state", NEW."support", NEW."updated_at", NEW."version"); RETURN NULL;', hash='17b8f12bf407c18e4502b444921b5d5ba9d2831f', operation='UPDATE', pgid='pgtrigger_update_update_c392f', table='reviews_reviewaction', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='criterionmark',
            constraint=models.UniqueConstraint(fields=('review', 'criterion'), name='criterionmark_once'),
        ),
    ]
