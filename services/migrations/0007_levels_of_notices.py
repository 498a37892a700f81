"""A country's notice has a level, a topic and a source; a danger is said by two people."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0006_keepers'),
        ('services', '0006_attributes_of_services'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='notice',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='notice',
            name='update_update',
        ),
        migrations.AddField(
            model_name='notice',
            name='announced_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='notice',
            name='announced_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='notice',
            name='level',
            field=models.CharField(choices=[('info', 'For information'), ('warning', 'Warning'), ('danger', 'Danger')], default='info', max_length=8, verbose_name='how loud'),
        ),
        migrations.AddField(
            model_name='notice',
            name='seconded_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='notice',
            name='seconded_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='notice',
            name='source_link',
            field=models.URLField(blank=True, max_length=500, verbose_name='link to the source'),
        ),
        migrations.AddField(
            model_name='notice',
            name='source_title',
            field=models.CharField(blank=True, max_length=200, verbose_name='source'),
        ),
        migrations.AddField(
            model_name='notice',
            name='topic',
            field=models.CharField(blank=True, max_length=16, verbose_name='topic'),
        ),
        migrations.AddField(
            model_name='noticeevent',
            name='announced_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='noticeevent',
            name='announced_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='noticeevent',
            name='level',
            field=models.CharField(choices=[('info', 'For information'), ('warning', 'Warning'), ('danger', 'Danger')], default='info', max_length=8, verbose_name='how loud'),
        ),
        migrations.AddField(
            model_name='noticeevent',
            name='seconded_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='noticeevent',
            name='seconded_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='noticeevent',
            name='source_link',
            field=models.URLField(blank=True, max_length=500, verbose_name='link to the source'),
        ),
        migrations.AddField(
            model_name='noticeevent',
            name='source_title',
            field=models.CharField(blank=True, max_length=200, verbose_name='source'),
        ),
        migrations.AddField(
            model_name='noticeevent',
            name='topic',
            field=models.CharField(blank=True, max_length=16, verbose_name='topic'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='notice',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "services_noticeevent" ("announced_at", "announced_by_id", "country", "created_at", "ends_on", "i18n", "id", "kind", "level", "location_id", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "seconded_at", "seconded_by_id", "service_id", "source_link", "source_title", "starts_on", "text", "topic", "updated_at", "version", "visibility") VALUES (NEW."announced_at", NEW."announced_by_id", NEW."country", NEW."created_at", NEW."ends_on", NEW."i18n", NEW."id", NEW."kind", NEW."level", NEW."location_id", NEW."organization_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."seconded_at", NEW."seconded_by_id", NEW."service_id", NEW."source_link", NEW."source_title", NEW."starts_on", NEW."text", NEW."topic", NEW."updated_at", NEW."version", NEW."visibility"); RETURN NULL;', hash='590e741c741a5e9d6f5dbe322e330d17673183c7', operation='INSERT', pgid='pgtrigger_insert_insert_50e51', table='services_notice', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='notice',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "services_noticeevent" ("announced_at", "announced_by_id", "country", "created_at", "ends_on", "i18n", "id", "kind", "level", "location_id", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "seconded_at", "seconded_by_id", "service_id", "source_link", "source_title", "starts_on", "text", "topic", "updated_at", "version", "visibility") VALUES (NEW."announced_at", NEW."announced_by_id", NEW."country", NEW."created_at", NEW."ends_on", NEW."i18n", NEW."id", NEW."kind", NEW."level", NEW."location_id", NEW."organization_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."seconded_at", NEW."seconded_by_id", NEW."service_id", NEW."source_link", NEW."source_title", NEW."starts_on", NEW."text", NEW."topic", NEW."updated_at", NEW."version", NEW."visibility"); RETURN NULL;', hash='f43079ca506c8271f6f3a74411cd343348771ab8', operation='UPDATE', pgid='pgtrigger_update_update_235a8', table='services_notice', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('level', 'danger'), _negated=True), models.Q(models.Q(('country', ''), _negated=True), ('announced_at__isnull', False)), _connector='OR'), name='notice_danger_is_a_countrys', violation_error_message='A danger is announced for a country, with its hour.'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('seconded_by__isnull', True), ('announced_by__isnull', True), models.Q(('seconded_by', models.F('announced_by')), _negated=True), _connector='OR'), name='notice_danger_by_two_people', violation_error_message='Somebody else has to say the same.'),
        ),
    ]
