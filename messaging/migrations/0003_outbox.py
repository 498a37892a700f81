"""Letters that wait, leave and have left."""

import core.clock
import core.ids
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ('messaging', '0002_requested_letters'),
    ]
    dependencies = [
        ('messaging', '0001_correspondents'),
        ('messaging', '0002_absences'),
    ]

    operations = [
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('dedupe_key', models.CharField(editable=False, max_length=160, unique=True)),
                ('kind', models.CharField(max_length=32, verbose_name='kind')),
                ('channel', models.CharField(default='email', max_length=16, verbose_name='channel')),
                ('address', models.CharField(max_length=254, verbose_name='address')),
                ('payload', models.JSONField(blank=True, default=dict)),
                ('subject', models.CharField(blank=True, max_length=200, verbose_name='subject')),
                ('is_urgent', models.BooleanField(default=False, verbose_name='may leave at weekends')),
                ('not_before', models.DateTimeField(verbose_name='not before')),
                ('state', models.CharField(choices=[('queued', 'Waits for its time'), ('sending', 'Is being handed over'), ('sent', 'Handed over to the provider'), ('failed', 'Was not accepted, will be tried again'), ('dead', 'Given up'), ('unknown', 'Broke off while it was handed over: may have arrived'), ('cancelled', 'No longer needed')], default='queued', max_length=12, verbose_name='state')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('last_error', models.CharField(blank=True, max_length=500, verbose_name='last error')),
                ('provider_result', models.CharField(blank=True, max_length=200, verbose_name='answer of the provider')),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False, verbose_name='written')),
                ('first_tried_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('claimed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('sent_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='handed over')),
                ('correspondent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='messaging.correspondent')),
                ('is_requested', models.BooleanField(default=False, verbose_name='asked for, leaves at any hour')),
            ],
            options={
                'verbose_name': 'letter',
                'verbose_name_plural': 'letters',
                'ordering': ['-created_at', '-pk'],
                'indexes': [models.Index(condition=models.Q(('state__in', ['queued', 'failed'])), fields=['not_before', 'id'], name='message_to_send'), models.Index(fields=['address', 'claimed_at'], name='message_by_address')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', True)), _connector='OR'), name='message_sent_with_its_time', violation_error_message='A letter that was sent has its time.'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['sending', 'sent', 'unknown']), _negated=True), models.Q(('attempts__gte', 1), ('claimed_at__isnull', False)), _connector='OR'), name='message_claimed_before_it_leaves', violation_error_message='A letter leaves only after it was taken from the queue.')],
            },
        ),
    ]
