"""Reminders, links in letters and what they ask; addresses under watch."""

import core.clock
import core.ids
import django.db.models.deletion
import verification.models.link
from django.db import migrations, models

from core.database.tables import CreateTables


class Migration(migrations.Migration):
    replaces = [
        ('verification', '0007_reminders_and_links'),
        ('verification', '0011_links_ask_for_capacity'),
        ('verification', '0015_watches'),
    ]
    dependencies = [
        ('messaging', '0001_correspondents'),
        ('messaging', '0003_outbox'),
        ('organizations', '0001_organizations'),
        ('services', '0001_services'),
        ('verification', '0002_states_and_reviews'),
        ('verification', '0003_checks'),
        ('verification', '0004_reports_and_campaigns'),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name='Reminder',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('due_on', models.DateField(verbose_name='round, by its date')),
                        ('step', models.CharField(max_length=16, verbose_name='step')),
                        ('rung', models.CharField(choices=[('owner', 'Whoever keeps the listing'), ('manager', "The organisation's manager"), ('coordinator', 'The coordinator of the country'), ('administrators', 'The administrators of the network')], max_length=16, verbose_name='rung')),
                        ('created_at', models.DateTimeField(default=core.clock.now)),
                        ('correspondent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='messaging.correspondent')),
                        ('listing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='services.serviceatlocation')),
                        ('message', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reminders', to='messaging.message')),
                    ],
                    options={
                        'verbose_name': 'reminder',
                        'verbose_name_plural': 'reminders',
                        'ordering': ['-created_at', '-pk'],
                        'indexes': [models.Index(fields=['listing', 'due_on'], name='reminder_round')],
                        'constraints': [models.UniqueConstraint(fields=('listing', 'due_on', 'step', 'correspondent'), name='reminder_told_once', violation_error_message='This person was told of this step already.')],
                    },
                ),
                migrations.CreateModel(
                    name='ConfirmationLink',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('token_hash', models.CharField(editable=False, max_length=64, unique=True)),
                        ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                        ('expires_at', models.DateTimeField(default=verification.models.link.link_expiry, editable=False)),
                        ('first_used_at', models.DateTimeField(blank=True, editable=False, null=True)),
                        ('correspondent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='messaging.correspondent')),
                        ('message', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='links', to='messaging.message')),
                    ],
                    options={
                        'verbose_name': 'link for confirming',
                        'verbose_name_plural': 'links for confirming',
                        'ordering': ['-created_at', '-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='LinkItem',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10, unique=True)),
                        ('answer', models.CharField(blank=True, choices=[('', 'No answer yet'), ('correct', 'Everything is right'), ('changed', 'Something has changed'), ('closed', 'Does not work any more')], max_length=8, verbose_name='answer')),
                        ('answered_at', models.DateTimeField(blank=True, null=True)),
                        ('note', models.CharField(blank=True, max_length=500, verbose_name='what has changed')),
                        ('before', models.JSONField(blank=True, default=dict)),
                        ('confirmation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='verification.check')),
                        ('link', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='verification.confirmationlink')),
                        ('listing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='link_items', to='services.serviceatlocation')),
                        ('snapshot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='verification.snapshot')),
                        ('confirms', models.BooleanField(default=True, verbose_name='asks whether it is right')),
                    ],
                    options={
                        'verbose_name': 'listing of a link',
                        'verbose_name_plural': 'listings of links',
                        'ordering': ['pk'],
                        'constraints': [models.UniqueConstraint(fields=('link', 'listing'), name='linkitem_listing_once'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='linkitem_answered_with_its_time'), models.CheckConstraint(condition=models.Q(('confirmation__isnull', True), ('answer', 'correct'), _connector='OR'), name='linkitem_confirmation_says_correct'), models.CheckConstraint(condition=models.Q(('confirms', True), ('answer', ''), _connector='OR'), name='linkitem_answers_what_was_asked')],
                    },
                ),
                migrations.CreateModel(
                    name='Watch',
                    fields=[
                        ('organization', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='organizations.organization')),
                        ('website_asked_on', models.DateField(blank=True, null=True)),
                        ('website_failed_on', models.DateField(blank=True, null=True)),
                        ('website_told', models.BooleanField(default=False)),
                        ('is_suspended', models.BooleanField(default=False)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('website_told', False), ('website_failed_on__isnull', False), _connector='OR'), name='watch_tells_of_a_website_that_failed', violation_error_message='Only a website that failed is told of.')],
                    },
                ),
            ]
        ),
    ]
