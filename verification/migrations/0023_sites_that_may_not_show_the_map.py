"""Sites of others that may not show the map in a frame."""

import core.clock
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('verification', '0022_narrowing_of_risks'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RefusedSite',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('host', models.CharField(max_length=100, unique=True, verbose_name='site')),
                ('refused_at', models.DateTimeField(default=core.clock.now)),
                ('refused_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'site that may not show the map',
                'verbose_name_plural': 'sites that may not show the map',
                'ordering': ['host'],
            },
        ),
        migrations.CreateModel(
            name='RefusedSiteEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('host', models.CharField(max_length=100, verbose_name='site')),
                ('refused_at', models.DateTimeField(default=core.clock.now)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='verification.refusedsite')),
                ('refused_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='refusedsite',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "verification_refusedsiteevent" ("host", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "refused_at", "refused_by_id") VALUES (NEW."host", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."refused_at", NEW."refused_by_id"); RETURN NULL;', hash='b0bd4226520ee927e34ad098ee2129fc31c5b2b2', operation='INSERT', pgid='pgtrigger_insert_insert_a2827', table='verification_refusedsite', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='refusedsite',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "verification_refusedsiteevent" ("host", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "refused_at", "refused_by_id") VALUES (NEW."host", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."refused_at", NEW."refused_by_id"); RETURN NULL;', hash='98e55077e15ca2cf47a4c3d2c45d75a9b803fb1a', operation='UPDATE', pgid='pgtrigger_update_update_67eca', table='verification_refusedsite', when='AFTER')),
        ),
    ]
