"""To whom letters go, in which language and rhythm."""

import core.clock
import core.ids
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

from core.database.tables import CreateTables


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ('messaging', '0001_messaging'),
        ('messaging', '0003_follow_up'),
    ]
    dependencies = [
        ('organizations', '0001_organizations'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name='Correspondent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10, unique=True)),
                        ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                        ('name', models.CharField(blank=True, max_length=120, verbose_name='name')),
                        ('language', models.CharField(default='ru', max_length=8, verbose_name='language of letters')),
                        ('timezone', models.CharField(default='UTC', max_length=64, verbose_name='time zone')),
                        ('role', models.CharField(choices=[('reader', "Reads the members' map"), ('editor', "Edits the organisation's listings"), ('manager', 'Edits, and invites colleagues')], default='editor', editable=False, max_length=12, verbose_name='role')),
                        ('rhythm', models.CharField(choices=[('each_notice', 'When something is due, at most once in five days'), ('weekly', 'Once a week, on Monday'), ('never', 'No letters')], default='each_notice', max_length=12, verbose_name='rhythm')),
                        ('bounced_at', models.DateTimeField(blank=True, null=True, verbose_name='letters come back since')),
                        ('bounce_reason', models.CharField(blank=True, max_length=300, verbose_name='why they come back')),
                        ('left_at', models.DateTimeField(blank=True, null=True, verbose_name='left')),
                        ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                        ('organization', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='correspondents', to='organizations.organization')),
                        ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='correspondences', to=settings.AUTH_USER_MODEL)),
                        ('followed_up_at', models.DateTimeField(blank=True, editable=False, null=True)),
                        ('silence_asked_at', models.DateTimeField(blank=True, null=True, verbose_name='asked for no letters, though alone')),
                    ],
                    options={
                        'verbose_name': 'correspondent',
                        'verbose_name_plural': 'correspondents',
                        'ordering': ['organization__name', 'email', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('organization', 'email'), name='correspondent_address_once', nulls_distinct=False, violation_error_message='This address gets letters already.'), models.UniqueConstraint(condition=models.Q(('user__isnull', False)), fields=('organization', 'user'), name='correspondent_person_once', nulls_distinct=False, violation_error_message='This person gets letters already.'), models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='correspondent_email_is_lower_case', violation_error_message='Write the e-mail address in lower case.'), models.CheckConstraint(condition=models.Q(models.Q(('bounce_reason', ''), ('bounced_at__isnull', True)), models.Q(('bounced_at__isnull', False), models.Q(('bounce_reason', ''), _negated=True)), _connector='OR'), name='correspondent_bounce_has_a_reason', violation_error_message='Say why the letters come back.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "messaging_correspondentevent" ("bounce_reason", "bounced_at", "created_at", "followed_up_at", "id", "language", "left_at", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "rhythm", "role", "silence_asked_at", "timezone", "user_id") VALUES (NEW."bounce_reason", NEW."bounced_at", NEW."created_at", NEW."followed_up_at", NEW."id", NEW."language", NEW."left_at", NEW."organization_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."rhythm", NEW."role", NEW."silence_asked_at", NEW."timezone", NEW."user_id"); RETURN NULL;', hash='f520ed6c96054de32615f21c7a365e3d7c54adfa', operation='INSERT', pgid='pgtrigger_insert_insert_395d5', table='messaging_correspondent', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."bounce_reason" IS DISTINCT FROM (NEW."bounce_reason") OR OLD."bounced_at" IS DISTINCT FROM (NEW."bounced_at") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."followed_up_at" IS DISTINCT FROM (NEW."followed_up_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."left_at" IS DISTINCT FROM (NEW."left_at") OR OLD."organization_id" IS DISTINCT FROM (NEW."organization_id") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."rhythm" IS DISTINCT FROM (NEW."rhythm") OR OLD."role" IS DISTINCT FROM (NEW."role") OR OLD."silence_asked_at" IS DISTINCT FROM (NEW."silence_asked_at") OR OLD."timezone" IS DISTINCT FROM (NEW."timezone") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id"))', func='INSERT INTO "messaging_correspondentevent" ("bounce_reason", "bounced_at", "created_at", "followed_up_at", "id", "language", "left_at", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "rhythm", "role", "silence_asked_at", "timezone", "user_id") VALUES (NEW."bounce_reason", NEW."bounced_at", NEW."created_at", NEW."followed_up_at", NEW."id", NEW."language", NEW."left_at", NEW."organization_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."rhythm", NEW."role", NEW."silence_asked_at", NEW."timezone", NEW."user_id"); RETURN NULL;', hash='d699e37f700401ab756ca9c235923ce9a9291a6d', operation='UPDATE', pgid='pgtrigger_update_update_8a33b', table='messaging_correspondent', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='CorrespondentEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10)),
                        ('language', models.CharField(default='ru', max_length=8, verbose_name='language of letters')),
                        ('timezone', models.CharField(default='UTC', max_length=64, verbose_name='time zone')),
                        ('role', models.CharField(choices=[('reader', "Reads the members' map"), ('editor', "Edits the organisation's listings"), ('manager', 'Edits, and invites colleagues')], default='editor', editable=False, max_length=12, verbose_name='role')),
                        ('rhythm', models.CharField(choices=[('each_notice', 'When something is due, at most once in five days'), ('weekly', 'Once a week, on Monday'), ('never', 'No letters')], default='each_notice', max_length=12, verbose_name='rhythm')),
                        ('bounced_at', models.DateTimeField(blank=True, null=True, verbose_name='letters come back since')),
                        ('bounce_reason', models.CharField(blank=True, max_length=300, verbose_name='why they come back')),
                        ('left_at', models.DateTimeField(blank=True, null=True, verbose_name='left')),
                        ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                        ('organization', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.organization')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='messaging.correspondent')),
                        ('user', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('followed_up_at', models.DateTimeField(blank=True, editable=False, null=True)),
                        ('silence_asked_at', models.DateTimeField(blank=True, null=True, verbose_name='asked for no letters, though alone')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
            ]
        ),
    ]
