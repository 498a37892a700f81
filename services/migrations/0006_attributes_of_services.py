"""Attributes that administrators add, their answers, and what services answer."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import modeltrans.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('services', '0005_areas_and_stops'),
    ]

    operations = [
        migrations.CreateModel(
            name='Attribute',
            fields=[
                ('code', models.CharField(max_length=48, primary_key=True, serialize=False, verbose_name='code')),
                ('name', models.CharField(max_length=160, verbose_name='name')),
                ('synonyms', models.JSONField(blank=True, default=dict, verbose_name='what people type instead')),
                ('is_retired', models.BooleanField(default=False, verbose_name='retired')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('answers', models.CharField(choices=[('yes_no', 'Yes or no'), ('choice', 'By one or several of its own answers')], default='yes_no', max_length=8, verbose_name='how it is answered')),
                ('types', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, help_text='Nothing chosen: of every kind.', size=None, verbose_name='asked of these kinds of service')),
                ('members_only', models.BooleanField(default=False, help_text='The public sees neither the question nor an answer. This cannot be taken back later.', verbose_name='for members of the network only')),
                ('is_filter', models.BooleanField(default=True, help_text='Words and synonyms find it in the search, too.', verbose_name='people can filter by it')),
                ('i18n', modeltrans.fields.TranslationField(fields=('name',), required_languages=(), virtual_fields=True)),
            ],
            options={
                'verbose_name': 'attribute of services',
                'verbose_name_plural': 'attributes of services',
                'ordering': ['position', 'code'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AttributeAnswer',
            fields=[
                ('code', models.CharField(max_length=48, primary_key=True, serialize=False, verbose_name='code')),
                ('name', models.CharField(max_length=160, verbose_name='name')),
                ('synonyms', models.JSONField(blank=True, default=dict, verbose_name='what people type instead')),
                ('is_retired', models.BooleanField(default=False, verbose_name='retired')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('i18n', modeltrans.fields.TranslationField(fields=('name',), required_languages=(), virtual_fields=True)),
            ],
            options={
                'verbose_name': 'answer',
                'verbose_name_plural': 'answers',
                'ordering': ['position', 'code'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AttributeAnswerEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('code', models.CharField(max_length=48, serialize=False, verbose_name='code')),
                ('name', models.CharField(max_length=160, verbose_name='name')),
                ('synonyms', models.JSONField(blank=True, default=dict, verbose_name='what people type instead')),
                ('is_retired', models.BooleanField(default=False, verbose_name='retired')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('i18n', modeltrans.fields.TranslationField(fields=('name',), required_languages=(), virtual_fields=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AttributeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('code', models.CharField(max_length=48, serialize=False, verbose_name='code')),
                ('name', models.CharField(max_length=160, verbose_name='name')),
                ('synonyms', models.JSONField(blank=True, default=dict, verbose_name='what people type instead')),
                ('is_retired', models.BooleanField(default=False, verbose_name='retired')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('answers', models.CharField(choices=[('yes_no', 'Yes or no'), ('choice', 'By one or several of its own answers')], default='yes_no', max_length=8, verbose_name='how it is answered')),
                ('types', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, help_text='Nothing chosen: of every kind.', size=None, verbose_name='asked of these kinds of service')),
                ('members_only', models.BooleanField(default=False, help_text='The public sees neither the question nor an answer. This cannot be taken back later.', verbose_name='for members of the network only')),
                ('is_filter', models.BooleanField(default=True, help_text='Words and synonyms find it in the search, too.', verbose_name='people can filter by it')),
                ('i18n', modeltrans.fields.TranslationField(fields=('name',), required_languages=(), virtual_fields=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='service',
            name='known_codes',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='service',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='service',
            name='update_update',
        ),
        migrations.AddField(
            model_name='service',
            name='attributes',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='what else matters'),
        ),
        migrations.AddField(
            model_name='serviceevent',
            name='attributes',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=48), blank=True, default=list, size=None, verbose_name='what else matters'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='service',
            trigger=pgtrigger.compiler.Trigger(name='known_codes', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (SELECT unnest(NEW.types) EXCEPT SELECT code FROM services_servicetype WHERE parent_id IS NOT NULL) THEN\n        RAISE EXCEPTION 'unknown service type in %', NEW.types USING ERRCODE = 'check_violation'; END IF;\n    IF EXISTS (SELECT jsonb_object_keys(NEW.groups) EXCEPT SELECT code FROM services_targetgroup) THEN\n        RAISE EXCEPTION 'unknown target group in %', NEW.groups USING ERRCODE = 'check_violation'; END IF;\n    IF EXISTS (SELECT unnest(NEW.statuses) EXCEPT SELECT code FROM services_migrationstatus) THEN\n        RAISE EXCEPTION 'unknown migration status in %', NEW.statuses USING ERRCODE = 'check_violation'; END IF;\n    IF EXISTS (SELECT unnest(NEW.languages || NEW.interpreter_languages)\n               EXCEPT SELECT code FROM services_deliverylanguage) THEN\n        RAISE EXCEPTION 'unknown language in %', NEW.languages USING ERRCODE = 'check_violation'; END IF;\n    IF EXISTS (SELECT unnest(NEW.documents) EXCEPT SELECT code FROM services_documentkind) THEN\n        RAISE EXCEPTION 'unknown document in %', NEW.documents USING ERRCODE = 'check_violation'; END IF;\n    IF EXISTS (SELECT unnest(NEW.attributes) EXCEPT (SELECT code FROM services_attributeanswer UNION ALL\n               SELECT code || answer FROM services_attribute, (VALUES ('-yes'), ('-no')) AS said (answer)\n               WHERE answers = 'yes_no')) THEN\n        RAISE EXCEPTION 'unknown attribute in %', NEW.attributes USING ERRCODE = 'check_violation'; END IF;\n    RETURN NEW;\n", hash='85bde72143768e346dd9230ad1b2c629d9e46199', operation='INSERT OR UPDATE OF "types", "groups", "statuses", "languages", "interpreter_languages", "documents", "attributes"', pgid='pgtrigger_known_codes_f7e18', table='services_service', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='service',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "services_serviceevent" ("age_from", "age_to", "anonymous", "attributes", "confidentiality_note", "cost", "cost_note", "created_at", "delivery", "documents", "documents_note", "eligibility_note", "ends_on", "external_id", "gender", "groups", "i18n", "id", "insurance", "intake", "interpreter_languages", "languages", "legal_risk_note", "operation", "operation_note", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "raised_class", "source", "starts_on", "statuses", "summary", "text", "title", "types", "updated_at", "version", "visibility", "waiting") VALUES (NEW."age_from", NEW."age_to", NEW."anonymous", NEW."attributes", NEW."confidentiality_note", NEW."cost", NEW."cost_note", NEW."created_at", NEW."delivery", NEW."documents", NEW."documents_note", NEW."eligibility_note", NEW."ends_on", NEW."external_id", NEW."gender", NEW."groups", NEW."i18n", NEW."id", NEW."insurance", NEW."intake", NEW."interpreter_languages", NEW."languages", NEW."legal_risk_note", NEW."operation", NEW."operation_note", NEW."organization_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."raised_class", NEW."source", NEW."starts_on", NEW."statuses", NEW."summary", NEW."text", NEW."title", NEW."types", NEW."updated_at", NEW."version", NEW."visibility", NEW."waiting"); RETURN NULL;', hash='54718d05fbea9b47bd16c43d8fa06cb6ba4071a2', operation='INSERT', pgid='pgtrigger_insert_insert_4f576', table='services_service', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='service',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "services_serviceevent" ("age_from", "age_to", "anonymous", "attributes", "confidentiality_note", "cost", "cost_note", "created_at", "delivery", "documents", "documents_note", "eligibility_note", "ends_on", "external_id", "gender", "groups", "i18n", "id", "insurance", "intake", "interpreter_languages", "languages", "legal_risk_note", "operation", "operation_note", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "raised_class", "source", "starts_on", "statuses", "summary", "text", "title", "types", "updated_at", "version", "visibility", "waiting") VALUES (NEW."age_from", NEW."age_to", NEW."anonymous", NEW."attributes", NEW."confidentiality_note", NEW."cost", NEW."cost_note", NEW."created_at", NEW."delivery", NEW."documents", NEW."documents_note", NEW."eligibility_note", NEW."ends_on", NEW."external_id", NEW."gender", NEW."groups", NEW."i18n", NEW."id", NEW."insurance", NEW."intake", NEW."interpreter_languages", NEW."languages", NEW."legal_risk_note", NEW."operation", NEW."operation_note", NEW."organization_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."raised_class", NEW."source", NEW."starts_on", NEW."statuses", NEW."summary", NEW."text", NEW."title", NEW."types", NEW."updated_at", NEW."version", NEW."visibility", NEW."waiting"); RETURN NULL;', hash='ff122cb8902a0203591fb6b8fd3ab1c6c0ff7eb6', operation='UPDATE', pgid='pgtrigger_update_update_0a21e', table='services_service', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='attribute',
            constraint=models.CheckConstraint(condition=models.Q(('code__regex', '^[a-z][a-z0-9_]{0,22}$')), name='attribute_code_is_plain', violation_error_message='Small Latin letters, digits and _, at most 23, a letter first.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attribute',
            trigger=pgtrigger.compiler.Trigger(name='never_widened', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT NEW."members_only" AND OLD."members_only")', func="RAISE EXCEPTION 'said to members only: %', NEW.code USING ERRCODE = 'check_violation';", hash='a92991c19f153499b5005de44db6c271020ff211', operation='UPDATE OF "members_only"', pgid='pgtrigger_never_widened_7470b', table='services_attribute', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attribute',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "services_attributeevent" ("answers", "code", "i18n", "is_filter", "is_retired", "members_only", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "synonyms", "types") VALUES (NEW."answers", NEW."code", NEW."i18n", NEW."is_filter", NEW."is_retired", NEW."members_only", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."code", NEW."position", NEW."synonyms", NEW."types"); RETURN NULL;', hash='97bace7c79c6fac25f419de51c31ac4c7c4571b8', operation='INSERT', pgid='pgtrigger_insert_insert_17920', table='services_attribute', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attribute',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "services_attributeevent" ("answers", "code", "i18n", "is_filter", "is_retired", "members_only", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "synonyms", "types") VALUES (NEW."answers", NEW."code", NEW."i18n", NEW."is_filter", NEW."is_retired", NEW."members_only", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."code", NEW."position", NEW."synonyms", NEW."types"); RETURN NULL;', hash='4f9a97ac87ce10eb07cce6deb4364c1c52e22bc3', operation='UPDATE', pgid='pgtrigger_update_update_64643', table='services_attribute', when='AFTER')),
        ),
        migrations.AddField(
            model_name='attributeanswer',
            name='attribute',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='own_answers', to='services.attribute'),
        ),
        migrations.AddField(
            model_name='attributeanswerevent',
            name='attribute',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='services.attribute'),
        ),
        migrations.AddField(
            model_name='attributeanswerevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='attributeanswerevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='services.attributeanswer'),
        ),
        migrations.AddField(
            model_name='attributeevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='attributeevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='services.attribute'),
        ),
        migrations.AddConstraint(
            model_name='attributeanswer',
            constraint=models.CheckConstraint(condition=models.Q(('code__regex', '^[a-z][a-z0-9_]{0,22}-[a-z0-9_]{1,24}$'), ('code__startswith', django.db.models.functions.text.Concat(models.F('attribute'), models.Value('-')))), name='attributeanswer_code_begins_with_its_attribute', violation_error_message='The code of an answer begins with that of its attribute and “-”.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attributeanswer',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "services_attributeanswerevent" ("attribute_id", "code", "i18n", "is_retired", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "synonyms") VALUES (NEW."attribute_id", NEW."code", NEW."i18n", NEW."is_retired", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."code", NEW."position", NEW."synonyms"); RETURN NULL;', hash='fa2a7661f5fb567a781d1542d5ca32e2691aa44a', operation='INSERT', pgid='pgtrigger_insert_insert_ffcae', table='services_attributeanswer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attributeanswer',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "services_attributeanswerevent" ("attribute_id", "code", "i18n", "is_retired", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "synonyms") VALUES (NEW."attribute_id", NEW."code", NEW."i18n", NEW."is_retired", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."code", NEW."position", NEW."synonyms"); RETURN NULL;', hash='d16b90a883e20bd880a649164d5bf8cbddc9fccd', operation='UPDATE', pgid='pgtrigger_update_update_8899b', table='services_attributeanswer', when='AFTER')),
        ),
    ]
