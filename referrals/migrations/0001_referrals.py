"""A person's way across borders: the referral, its stages, requests, consent, events, counts of corridors."""

import core.clock
import core.ids
import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import referrals.codes
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('messaging', '0006_lanes'),
        ('organizations', '0006_keepers'),
        ('services', '0006_attributes_of_services'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Leg',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('position', models.PositiveSmallIntegerField()),
                ('country', models.CharField(max_length=2, validators=[django.core.validators.RegexValidator('^[A-Z]{2}$')])),
                ('service_type', models.CharField(max_length=48, validators=[django.core.validators.RegexValidator('^[a-z0-9_]{1,48}$')])),
                ('mode', models.CharField(choices=[('travels', 'The person comes'), ('remote', 'At a distance'), ('post', 'By post')], max_length=8)),
                ('expected_on', models.DateField(null=True, verbose_name='the person is expected')),
                ('wanted_by', models.DateField(null=True, verbose_name='wanted by')),
                ('needed_by', models.DateField(null=True, verbose_name='needed by')),
                ('on_medicine', models.BooleanField(default=False)),
                ('urgency', models.CharField(choices=[('today', 'Today'), ('urgent', 'Urgent'), ('ordinary', 'Ordinary')], max_length=8)),
                ('state', models.CharField(choices=[('asking', 'Waits for an answer'), ('placed', 'Is expected'), ('stuck', 'Nobody to take it'), ('arrived', 'Has arrived'), ('served', 'Was helped'), ('closed', 'Closed')], default='asking', max_length=8)),
                ('outcome', models.CharField(blank=True, choices=[('served', 'Helped'), ('partly', 'Helped in part'), ('no_show', 'Did not come'), ('refused', 'Did not want to'), ('could_not', 'We could not'), ('lost', 'Contact is lost'), ('moved_on', 'Went on to another place'), ('elsewhere', 'Helped elsewhere'), ('withdrawn', 'Consent was taken back')], max_length=12)),
                ('supply_given_days', models.PositiveSmallIntegerField(null=True)),
                ('news_at', models.DateTimeField(null=True)),
                ('nobody_at', models.DateTimeField(null=True)),
                ('nobody_told_at', models.DateTimeField(null=True)),
                ('news_asked', models.PositiveSmallIntegerField(default=0)),
                ('stuck_at', models.DateTimeField(null=True)),
                ('arrived_at', models.DateTimeField(null=True)),
                ('served_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                'verbose_name': 'stage',
                'verbose_name_plural': 'stages',
                'ordering': ['referral_id', 'position'],
            },
        ),
        migrations.CreateModel(
            name='CorridorCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField()),
                ('from_country', models.CharField(max_length=2, validators=[django.core.validators.RegexValidator('^[A-Z]{2}$')])),
                ('to_country', models.CharField(max_length=2, validators=[django.core.validators.RegexValidator('^[A-Z]{2}$')])),
                ('group', models.CharField(max_length=48, validators=[django.core.validators.RegexValidator('^[a-z0-9_]{1,48}$')])),
                ('urgency', models.CharField(choices=[('today', 'Today'), ('urgent', 'Urgent'), ('ordinary', 'Ordinary')], max_length=8)),
                ('mode', models.CharField(choices=[('travels', 'The person comes'), ('remote', 'At a distance'), ('post', 'By post')], max_length=8)),
                ('band', models.CharField(choices=[('in_time', 'in time'), ('late', 'late'), ('never', 'no answer')], max_length=8)),
                ('outcome', models.CharField(choices=[('served', 'Helped'), ('partly', 'Helped in part'), ('no_show', 'Did not come'), ('refused', 'Did not want to'), ('could_not', 'We could not'), ('lost', 'Contact is lost'), ('moved_on', 'Went on to another place'), ('elsewhere', 'Helped elsewhere'), ('withdrawn', 'Consent was taken back')], max_length=12)),
                ('before_end', models.BooleanField(null=True)),
                ('n', models.PositiveIntegerField(default=0)),
            ],
            options={
                'verbose_name': 'count of a corridor',
                'verbose_name_plural': 'counts of corridors',
                'ordering': ['-month', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('month', 'from_country', 'to_country', 'group', 'urgency', 'mode', 'band', 'outcome', 'before_end'), name='corridorcount_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('role', models.CharField(choices=[('first', 'First'), ('fallback', 'In reserve'), ('redirected', 'Passed on')], max_length=12)),
                ('number', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('waiting', 'In reserve, not asked yet'), ('sent', 'Asked'), ('seen', 'Received'), ('question', 'Has a question'), ('accepted', 'Takes'), ('declined', 'Cannot'), ('redirected', 'Names another one'), ('lapsed', 'No answer in time'), ('returned', 'Took and gave back'), ('withdrawn', 'Withdrawn')], max_length=12)),
                ('reason', models.CharField(blank=True, choices=[('no_places', 'No places'), ('no_stock', 'The medicine is not there'), ('not_working', 'The service does not work now'), ('not_eligible', 'We may not take this person'), ('wrong_service', 'We do something else'), ('unsafe', 'It would not be safe here'), ('cannot_reach', 'The person does not answer'), ('other', 'Another reason, by phone')], max_length=16)),
                ('called_first', models.BooleanField(default=False, verbose_name='We have phoned')),
                ('questions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('when', 'When do they arrive?'), ('days_left', 'For how many days is there medicine?'), ('language', 'Which language?'), ('documents', 'Which documents are there?'), ('child', 'Do they come with a child?'), ('contact', 'How do we meet them?'), ('housing', 'Is there somewhere to stay?'), ('supply', 'Which medicine?'), ('call_me', 'Please call us')], max_length=12), blank=True, default=list, size=None)),
                ('awaited_from', models.DateField(null=True)),
                ('awaited_to', models.DateField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('seen_at', models.DateTimeField(null=True)),
                ('asked_at', models.DateTimeField(null=True)),
                ('remind_at', models.DateTimeField(null=True)),
                ('answer_by', models.DateTimeField(null=True)),
                ('coordinator_at', models.DateTimeField(null=True)),
                ('fallback_at', models.DateTimeField(null=True)),
                ('reminded_at', models.DateTimeField(null=True)),
                ('escalated_at', models.DateTimeField(null=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.CharField(blank=True, choices=[('workspace', 'in the workspace'), ('link', 'by the link in a letter')], max_length=12)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('leg', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='offers', to='referrals.leg')),
                ('listing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='services.serviceatlocation')),
                ('named', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='services.serviceatlocation')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referral_offers', to='organizations.organization')),
            ],
            options={
                'verbose_name': 'request',
                'verbose_name_plural': 'requests',
                'ordering': ['answer_by', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='AcknowledgeLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(max_length=64, unique=True, validators=[django.core.validators.RegexValidator('^[0-9a-f]{64}$')])),
                ('created_at', models.DateTimeField(default=core.clock.now)),
                ('expires_at', models.DateTimeField()),
                ('correspondent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='messaging.correspondent')),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='referrals.offer')),
            ],
            options={
                'verbose_name': 'link of a request',
                'verbose_name_plural': 'links of requests',
            },
        ),
        migrations.CreateModel(
            name='Referral',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('code', models.CharField(default=referrals.codes.new_code, editable=False, max_length=9, unique=True)),
                ('number', models.PositiveIntegerField()),
                ('from_country', models.CharField(max_length=2, validators=[django.core.validators.RegexValidator('^[A-Z]{2}$')])),
                ('to_country', models.CharField(max_length=2, validators=[django.core.validators.RegexValidator('^[A-Z]{2}$')])),
                ('state', models.CharField(choices=[('open', 'Under way'), ('closed', 'Closed')], default='open', max_length=8)),
                ('supply_kind', models.CharField(choices=[('none', 'No medicine'), ('art', 'Antiretroviral therapy'), ('ost', 'Opioid substitution therapy'), ('tb', 'Medicine against tuberculosis'), ('hepatitis', 'Medicine against hepatitis'), ('prep', 'PrEP'), ('hormones', 'Hormone therapy')], max_length=12, verbose_name='medicine')),
                ('supply_ends_on', models.DateField(null=True, verbose_name='the medicine lasts until')),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='languages')),
                ('needs_interpreter', models.BooleanField(default=False, verbose_name='needs an interpreter')),
                ('groups', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='groups')),
                ('circumstances', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('with_child', 'Comes with a child'), ('pregnant', 'Pregnant'), ('under_18', 'Under 18'), ('moves_little', 'Moves with difficulty'), ('no_documents', 'Without documents'), ('deportation', 'May be deported'), ('danger', 'In danger now'), ('exposed', 'Possible exposure to HIV within 72 hours'), ('no_calls', 'Must not be called'), ('to_be_met', 'Has to be met'), ('no_money', 'No money for the way'), ('no_shelter', 'Nowhere to sleep'), ('with_somebody', 'Comes with somebody who helps'), ('woman_asked', 'Wants to speak with a woman')], max_length=16), blank=True, default=list, size=None)),
                ('contact_way', models.CharField(blank=True, choices=[('comes', 'Will come in person'), ('calls', 'Will call'), ('colleagues', 'Colleagues bring them together')], max_length=12)),
                ('outcome', models.CharField(blank=True, choices=[('served', 'Helped'), ('partly', 'Helped in part'), ('no_show', 'Did not come'), ('refused', 'Did not want to'), ('could_not', 'We could not'), ('lost', 'Contact is lost'), ('moved_on', 'Went on to another place'), ('elsewhere', 'Helped elsewhere'), ('withdrawn', 'Consent was taken back')], max_length=12)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('closed_at', models.DateTimeField(null=True)),
                ('empties_on', models.DateField(null=True)),
                ('deletes_on', models.DateField(null=True)),
                ('sender', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referrals_sent', to='organizations.organization')),
                ('sent_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'referral',
                'verbose_name_plural': 'referrals',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='leg',
            name='referral',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='legs', to='referrals.referral'),
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('language', models.CharField(max_length=8, validators=[django.core.validators.RegexValidator('^[a-z]{2,3}$')])),
                ('method', models.CharField(choices=[('oral', 'Read aloud, the person said yes'), ('paper', 'On paper, which stays with us'), ('interpreter', 'Through an interpreter')], max_length=12)),
                ('asked', models.BooleanField(verbose_name='The organisation may be asked')),
                ('fallback', models.BooleanField(default=False, verbose_name='Another one may be asked when it cannot')),
                ('group_told', models.BooleanField(default=False, verbose_name='The groups may be told')),
                ('outcome_back', models.BooleanField(default=False, verbose_name='We may learn how it ended')),
                ('counted', models.BooleanField(default=False, verbose_name='It may be counted')),
                ('child_cared', models.BooleanField(default=False, verbose_name='Our rules of protecting children are kept')),
                ('given_at', models.DateTimeField(default=core.clock.now)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('referral', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='consent', to='referrals.referral')),
            ],
            options={
                'verbose_name': 'consent',
                'verbose_name_plural': 'consents',
            },
        ),
        migrations.CreateModel(
            name='ReferralEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(choices=[('send', 'Asked'), ('see', 'Received'), ('ask', 'A question'), ('answer', 'The question was answered'), ('accept', 'Taken'), ('decline', 'Not taken'), ('redirect', 'Another one was named'), ('lapse', 'No answer in time'), ('give_back', 'Given back'), ('withdraw', 'Withdrawn'), ('nobody', 'Nobody is left to ask'), ('arrive', 'Arrived'), ('serve', 'Helped'), ('close', 'Closed'), ('reopen', 'Opened again'), ('found', 'The code was shown at another organisation'), ('consent_back', 'Consent was taken back'), ('remind', 'Reminded'), ('escalate', 'The coordinator was told')], max_length=12)),
                ('at', models.DateTimeField(default=core.clock.now)),
                ('leg', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='events', to='referrals.leg')),
                ('offer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='events', to='referrals.offer')),
                ('organization', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='referrals.referral')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'event of a referral',
                'verbose_name_plural': 'events of referrals',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.AddIndex(
            model_name='offer',
            index=models.Index(fields=['state', 'answer_by'], name='offer_by_deadline'),
        ),
        migrations.AddConstraint(
            model_name='offer',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'accepted')), fields=('leg',), name='offer_accepted_once'),
        ),
        migrations.AddConstraint(
            model_name='offer',
            constraint=models.UniqueConstraint(fields=('organization', 'number'), name='offer_number_once'),
        ),
        migrations.AddConstraint(
            model_name='offer',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'withdrawn']), models.Q(('answer_by__isnull', False), ('coordinator_at__isnull', False), ('fallback_at__isnull', False), ('remind_at__isnull', False), ('sent_at__isnull', False)), _connector='OR'), name='offer_sent_with_its_instants'),
        ),
        migrations.AddConstraint(
            model_name='offer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['declined', 'returned']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='offer_refused_with_its_reason', violation_error_message='Say why.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offer',
            trigger=pgtrigger.compiler.Trigger(name='offer_needs_consent', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF NEW.state IN ('sent', 'seen', 'question', 'accepted') AND NOT EXISTS (\n        SELECT 1 FROM referrals_consent c JOIN referrals_leg l ON l.referral_id = c.referral_id\n        WHERE l.id = NEW.leg_id AND c.withdrawn_at IS NULL\n    ) THEN\n        RAISE EXCEPTION 'an offer needs a standing consent' USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n", hash='b1957f0e8b0e0e6a9e56e21cdaf0f2d012343723', operation='INSERT OR UPDATE OF "state"', pgid='pgtrigger_offer_needs_consent_256d0', table='referrals_offer', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='referral',
            index=models.Index(fields=['sender', '-created_at'], name='referral_of_sender'),
        ),
        migrations.AddIndex(
            model_name='referral',
            index=models.Index(fields=['deletes_on'], name='referral_deletes'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.UniqueConstraint(fields=('sender', 'number'), name='referral_number_once'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('supply_ends_on__isnull', True), ('supply_kind', 'none')), models.Q(models.Q(('supply_kind', 'none'), _negated=True), ('supply_ends_on__isnull', False)), _connector='OR'), name='referral_medicine_has_its_last_day', violation_error_message='Say until which day the medicine lasts.'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('deletes_on__isnull', True), ('empties_on__isnull', True), ('state', 'open')), models.Q(('closed_at__isnull', False), ('deletes_on__isnull', False), ('empties_on__isnull', False), ('state', 'closed')), _connector='OR'), name='referral_closed_with_its_dates'),
        ),
        migrations.AddIndex(
            model_name='leg',
            index=models.Index(fields=['state', 'news_at'], name='leg_without_news'),
        ),
        migrations.AddConstraint(
            model_name='leg',
            constraint=models.UniqueConstraint(fields=('referral', 'position'), name='leg_position_once'),
        ),
        migrations.AddConstraint(
            model_name='leg',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state', 'closed')), models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='leg_closed_with_its_time'),
        ),
        migrations.AddConstraint(
            model_name='leg',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'closed'), models.Q(('outcome', ''), _negated=True)), models.Q(models.Q(('state', 'closed'), _negated=True), ('outcome', '')), _connector='OR'), name='leg_closed_with_its_outcome'),
        ),
        migrations.AddConstraint(
            model_name='leg',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'stuck'), _negated=True), ('stuck_at__isnull', False), _connector='OR'), name='leg_stuck_with_its_time'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('asked', True)), name='consent_covers_the_asking', violation_error_message="Without the person's consent nothing is sent."),
        ),
    ]
