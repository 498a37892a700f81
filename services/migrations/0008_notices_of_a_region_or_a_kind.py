"""A country's notice may be about one region of it, or about one kind of service."""

import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0008_resource_centres'),
        ('services', '0007_levels_of_notices'),
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
            name='region',
            field=models.CharField(blank=True, db_default='', default='', max_length=16, verbose_name='region'),
        ),
        migrations.AddField(
            model_name='notice',
            name='service_type',
            field=models.CharField(blank=True, db_default='', default='', max_length=48, verbose_name='kind of service'),
        ),
        migrations.AddField(
            model_name='noticeevent',
            name='region',
            field=models.CharField(blank=True, db_default='', default='', max_length=16, verbose_name='region'),
        ),
        migrations.AddField(
            model_name='noticeevent',
            name='service_type',
            field=models.CharField(blank=True, db_default='', default='', max_length=48, verbose_name='kind of service'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='notice',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "services_noticeevent" ("announced_at", "announced_by_id", "country", "created_at", "ends_on", "i18n", "id", "kind", "level", "location_id", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "region", "seconded_at", "seconded_by_id", "service_id", "service_type", "source_link", "source_title", "starts_on", "text", "topic", "updated_at", "version", "visibility") VALUES (NEW."announced_at", NEW."announced_by_id", NEW."country", NEW."created_at", NEW."ends_on", NEW."i18n", NEW."id", NEW."kind", NEW."level", NEW."location_id", NEW."organization_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."region", NEW."seconded_at", NEW."seconded_by_id", NEW."service_id", NEW."service_type", NEW."source_link", NEW."source_title", NEW."starts_on", NEW."text", NEW."topic", NEW."updated_at", NEW."version", NEW."visibility"); RETURN NULL;', hash='5dcf6582912e0ae12245b30bf822ce6546e8ab8d', operation='INSERT', pgid='pgtrigger_insert_insert_50e51', table='services_notice', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='notice',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "services_noticeevent" ("announced_at", "announced_by_id", "country", "created_at", "ends_on", "i18n", "id", "kind", "level", "location_id", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "region", "seconded_at", "seconded_by_id", "service_id", "service_type", "source_link", "source_title", "starts_on", "text", "topic", "updated_at", "version", "visibility") VALUES (NEW."announced_at", NEW."announced_by_id", NEW."country", NEW."created_at", NEW."ends_on", NEW."i18n", NEW."id", NEW."kind", NEW."level", NEW."location_id", NEW."organization_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."region", NEW."seconded_at", NEW."seconded_by_id", NEW."service_id", NEW."service_type", NEW."source_link", NEW."source_title", NEW."starts_on", NEW."text", NEW."topic", NEW."updated_at", NEW."version", NEW."visibility"); RETURN NULL;', hash='c6211b6e5d42c5f5bb466f92430ca7721f8a3758', operation='UPDATE', pgid='pgtrigger_update_update_235a8', table='services_notice', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('region', ''), ('service_type', '')), models.Q(('country', ''), _negated=True), _connector='OR'), name='notice_only_a_countrys_is_narrowed', violation_error_message="Only a country's notice is about a region or a kind of service."),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('region', ''), ('region__startswith', django.db.models.functions.text.Concat('country', models.Value('.'))), _connector='OR'), name='notice_region_lies_in_its_country', violation_error_message='This region lies in another country.'),
        ),
    ]
