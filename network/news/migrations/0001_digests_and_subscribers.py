"""Digests of a month, what is told in them, and who gets letters without an account."""

import core.clock
import core.ids
import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import modeltrans.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Digest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('month', models.DateField(verbose_name='month')),
                ('audience', models.CharField(choices=[('public', 'For everybody'), ('members', 'For members')], max_length=8, verbose_name='for whom')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('sent', 'Sent')], default='draft', max_length=8, verbose_name='state')),
                ('opening', models.TextField(blank=True, max_length=2000, verbose_name='opening')),
                ('assembled_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('letters', models.PositiveIntegerField(default=0)),
                ('i18n', modeltrans.fields.TranslationField(fields=('opening',), required_languages=(), virtual_fields=True)),
                ('sent_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'digest',
                'verbose_name_plural': 'digests',
                'ordering': ['-month', 'audience'],
            },
        ),
        migrations.CreateModel(
            name='DigestEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('month', models.DateField(verbose_name='month')),
                ('audience', models.CharField(choices=[('public', 'For everybody'), ('members', 'For members')], max_length=8, verbose_name='for whom')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('sent', 'Sent')], default='draft', max_length=8, verbose_name='state')),
                ('opening', models.TextField(blank=True, max_length=2000, verbose_name='opening')),
                ('assembled_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('letters', models.PositiveIntegerField(default=0)),
                ('i18n', modeltrans.fields.TranslationField(fields=('opening',), required_languages=(), virtual_fields=True)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='news.digest')),
                ('sent_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DigestLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('position', models.PositiveSmallIntegerField()),
                ('section', models.CharField(choices=[('new', 'New on the map'), ('closed', 'Closed'), ('notices', 'Warnings and notices of countries'), ('facts', 'What the law allows: new and confirmed'), ('papers', 'Documents that came into force'), ('decisions', 'What the network decided'), ('figures', 'The map in figures')], max_length=12)),
                ('about', models.CharField(choices=[('listing', 'Listing'), ('fact', 'Fact'), ('notice', 'Notice'), ('paper', 'Paper'), ('decision', 'Decision'), ('figure', 'Figure')], max_length=12)),
                ('ref', models.CharField(blank=True, max_length=10)),
                ('country', models.CharField(blank=True, max_length=2)),
                ('words', models.JSONField(default=dict)),
                ('is_public', models.BooleanField(default=False)),
                ('is_out', models.BooleanField(default=False, verbose_name='left out')),
                ('taken_off_at', models.DateTimeField(blank=True, null=True, verbose_name='taken off the page')),
                ('digest', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='news.digest')),
                ('taken_off_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'line of a digest',
                'verbose_name_plural': 'lines of digests',
                'ordering': ['digest', 'position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='NewsChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wants_digest', models.BooleanField(default=True, verbose_name='digest of the month')),
                ('countries', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2, validators=[django.core.validators.RegexValidator('^[A-Z]{2}$')]), blank=True, default=list, size=None, verbose_name='warnings of')),
                ('chosen_at', models.DateTimeField(default=core.clock.now)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='news_choice', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'choice of news',
                'verbose_name_plural': 'choices of news',
            },
        ),
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('address_box', models.CharField(editable=False, max_length=600)),
                ('address_mark', models.CharField(editable=False, max_length=64, unique=True)),
                ('language', models.CharField(default='ru', max_length=8, verbose_name='language of letters')),
                ('wants_digest', models.BooleanField(default=True, verbose_name='digest of the month')),
                ('countries', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2, validators=[django.core.validators.RegexValidator('^[A-Z]{2}$')]), blank=True, default=list, size=None, verbose_name='warnings of')),
                ('asked_at', models.DateTimeField(default=core.clock.now)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'subscription',
                'verbose_name_plural': 'subscriptions',
                'constraints': [models.CheckConstraint(condition=models.Q(('wants_digest', True), models.Q(('countries', []), _negated=True), _connector='OR'), name='subscription_to_something', violation_error_message='Choose what to write to you about.')],
            },
        ),
        migrations.CreateModel(
            name='SubscriberLetter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('kind', models.CharField(choices=[('confirm', 'Asks to confirm the address'), ('digest', 'Digest of the month'), ('danger', 'Danger in a country')], max_length=8)),
                ('ref', models.CharField(max_length=24)),
                ('state', models.CharField(choices=[('queued', 'Waits for its time'), ('sending', 'Is being handed over'), ('sent', 'Handed over to the provider'), ('dead', 'Given up'), ('unknown', 'Broke off while it was handed over: may have arrived'), ('cancelled', 'No longer needed')], default='queued', max_length=12)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('not_before', models.DateTimeField(default=core.clock.now)),
                ('claimed_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField(default=core.clock.now)),
                ('subscription', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='news.subscription')),
            ],
            options={
                'verbose_name': 'letter to a subscriber',
                'verbose_name_plural': 'letters to subscribers',
                'ordering': ['not_before', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='digest',
            constraint=models.UniqueConstraint(fields=('month', 'audience'), name='digest_once_a_month', violation_error_message='There is a digest of this month already.'),
        ),
        migrations.AddConstraint(
            model_name='digest',
            constraint=models.CheckConstraint(condition=models.Q(('month__day', 1)), name='digest_month_is_a_first_day'),
        ),
        migrations.AddConstraint(
            model_name='digest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', True), ('state', 'draft')), models.Q(('sent_at__isnull', False), ('state', 'sent')), _connector='OR'), name='digest_sent_with_its_time'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='digest',
            trigger=pgtrigger.compiler.Trigger(name='digest_keeps_its_words', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."audience" IS DISTINCT FROM (NEW."audience") OR OLD."i18n" IS DISTINCT FROM (NEW."i18n") OR OLD."month" IS DISTINCT FROM (NEW."month") OR OLD."opening" IS DISTINCT FROM (NEW."opening") OR OLD."sent_at" IS DISTINCT FROM (NEW."sent_at") OR OLD."state" IS DISTINCT FROM (NEW."state"))', func="\n    IF OLD.state = 'sent' THEN\n        RAISE EXCEPTION 'what was sent keeps its words' USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n", hash='5aaafea022580a7a5f54db576d8dd72c46a61d71', operation='UPDATE', pgid='pgtrigger_digest_keeps_its_words_62882', table='news_digest', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='digest',
            trigger=pgtrigger.compiler.Trigger(name='digest_sent_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" = \'sent\')', func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='0b29a11d07abbd965ec6f6743381aeb09e8aeb59', operation='DELETE', pgid='pgtrigger_digest_sent_is_kept_f1905', table='news_digest', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='digest',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "news_digestevent" ("assembled_at", "audience", "created_at", "i18n", "id", "letters", "month", "opening", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "sent_at", "sent_by_id", "state", "updated_at", "version") VALUES (NEW."assembled_at", NEW."audience", NEW."created_at", NEW."i18n", NEW."id", NEW."letters", NEW."month", NEW."opening", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."sent_at", NEW."sent_by_id", NEW."state", NEW."updated_at", NEW."version"); RETURN NULL;', hash='daab342f232f7375bd7f50bfc179eea7c1dcbe88', operation='INSERT', pgid='pgtrigger_insert_insert_3b01e', table='news_digest', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='digest',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "news_digestevent" ("assembled_at", "audience", "created_at", "i18n", "id", "letters", "month", "opening", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "sent_at", "sent_by_id", "state", "updated_at", "version") VALUES (NEW."assembled_at", NEW."audience", NEW."created_at", NEW."i18n", NEW."id", NEW."letters", NEW."month", NEW."opening", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."sent_at", NEW."sent_by_id", NEW."state", NEW."updated_at", NEW."version"); RETURN NULL;', hash='79e338608236bc61e15102df1ad5d87da1525887', operation='UPDATE', pgid='pgtrigger_update_update_f7928', table='news_digest', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='digestline',
            trigger=pgtrigger.compiler.Trigger(name='digestline_keeps_its_words', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (SELECT 1 FROM news_digest d WHERE d.id = OLD.digest_id AND d.state = 'sent') AND (\n        TG_OP = 'DELETE' OR (OLD.taken_off_at IS NOT NULL AND NEW.taken_off_at IS DISTINCT FROM OLD.taken_off_at)\n        OR (to_jsonb(NEW) - 'taken_off_at' - 'taken_off_by_id') <> (to_jsonb(OLD) - 'taken_off_at' - 'taken_off_by_id')\n    ) THEN\n        RAISE EXCEPTION 'what was sent keeps its words' USING ERRCODE = 'check_violation';\n    END IF;\n    IF TG_OP = 'DELETE' THEN\n        RETURN OLD;\n    END IF;\n    RETURN NEW;\n", hash='a14cd84490d9aa06bbb0f6dc8533755b0b55b900', operation='UPDATE OR DELETE', pgid='pgtrigger_digestline_keeps_its_words_1274d', table='news_digestline', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='subscriberletter',
            index=models.Index(condition=models.Q(('state', 'queued')), fields=['not_before', 'id'], name='subscriberletter_to_send'),
        ),
        migrations.AddConstraint(
            model_name='subscriberletter',
            constraint=models.UniqueConstraint(fields=('subscription', 'kind', 'ref'), name='subscriberletter_once'),
        ),
    ]
