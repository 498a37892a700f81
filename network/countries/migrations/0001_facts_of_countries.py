"""Facts about countries and their checks; the database refuses a check by whoever wrote."""

import core.clock
import core.ids
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
        ('organizations', '0006_keepers'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CountryFact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('country', models.CharField(max_length=2, validators=[django.core.validators.RegexValidator('^[A-Z]{2}$')], verbose_name='country')),
                ('topic', models.CharField(choices=[('entry', 'Entry and stay with HIV'), ('deportation', 'HIV as a ground for deportation'), ('art', 'Antiretroviral therapy without documents'), ('prep', 'PrEP, before contact'), ('pep', 'PEP, after contact'), ('tb', 'Tuberculosis'), ('hepatitis', 'Hepatitis'), ('ost', 'Opioid substitution therapy, also for guests'), ('medicine', 'Bringing medicine in'), ('secrecy', 'Secrecy of a diagnosis between doctors and migration offices'), ('transmission', 'Criminal liability for passing HIV on'), ('sex_work', 'Sex work'), ('possession', 'Possession of substances'), ('propaganda', 'Laws against LGBT people'), ('undesirable', 'Risk for organisations'), ('age', 'Age of consent to tests and treatment'), ('asylum', 'Asylum and temporary protection'), ('emergency', 'Emergency numbers')], max_length=16, verbose_name='topic')),
                ('answer', models.CharField(choices=[('yes', 'Yes'), ('no', 'No'), ('partly', 'In part'), ('depends', 'It depends'), ('unknown', 'Not known')], max_length=8, verbose_name='answer')),
                ('brief', models.CharField(blank=True, max_length=60, verbose_name='in a few words')),
                ('statement', models.CharField(max_length=500, verbose_name='statement')),
                ('risk', models.CharField(choices=[('none', 'No particular risk'), ('some', 'Be careful'), ('high', 'High risk')], default='none', max_length=8, verbose_name='risk')),
                ('visibility', models.CharField(choices=[('public', 'Everybody'), ('members', 'Members of the network')], default='public', max_length=8, verbose_name='who sees it')),
                ('source_title', models.CharField(max_length=200, verbose_name='source')),
                ('source_link', models.URLField(blank=True, max_length=500, verbose_name='link to the source')),
                ('source_article', models.CharField(blank=True, max_length=120, verbose_name='article or page')),
                ('source_language', models.CharField(default='ru', max_length=8, verbose_name='language of the source')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('sent', 'Waits for another organisation'), ('published', 'In force'), ('replaced', 'Replaced'), ('withdrawn', 'Withdrawn')], default='draft', max_length=12, verbose_name='state')),
                ('remark', models.CharField(blank=True, max_length=500, verbose_name='what to change')),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('checked_on', models.DateField(blank=True, null=True, verbose_name='checked on')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='valid until')),
                ('asked_again_on', models.DateField(blank=True, null=True, verbose_name='asked again on')),
                ('i18n', modeltrans.fields.TranslationField(fields=('brief', 'statement'), required_languages=(), virtual_fields=True)),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('checked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('replaces', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='replaced_by', to='countries.countryfact')),
            ],
            options={
                'verbose_name': 'fact about a country',
                'verbose_name_plural': 'facts about countries',
                'ordering': ['country', 'topic', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='CountryFactEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', models.CharField(default=core.ids.new_public_id, editable=False, max_length=10)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('country', models.CharField(max_length=2, validators=[django.core.validators.RegexValidator('^[A-Z]{2}$')], verbose_name='country')),
                ('topic', models.CharField(choices=[('entry', 'Entry and stay with HIV'), ('deportation', 'HIV as a ground for deportation'), ('art', 'Antiretroviral therapy without documents'), ('prep', 'PrEP, before contact'), ('pep', 'PEP, after contact'), ('tb', 'Tuberculosis'), ('hepatitis', 'Hepatitis'), ('ost', 'Opioid substitution therapy, also for guests'), ('medicine', 'Bringing medicine in'), ('secrecy', 'Secrecy of a diagnosis between doctors and migration offices'), ('transmission', 'Criminal liability for passing HIV on'), ('sex_work', 'Sex work'), ('possession', 'Possession of substances'), ('propaganda', 'Laws against LGBT people'), ('undesirable', 'Risk for organisations'), ('age', 'Age of consent to tests and treatment'), ('asylum', 'Asylum and temporary protection'), ('emergency', 'Emergency numbers')], max_length=16, verbose_name='topic')),
                ('answer', models.CharField(choices=[('yes', 'Yes'), ('no', 'No'), ('partly', 'In part'), ('depends', 'It depends'), ('unknown', 'Not known')], max_length=8, verbose_name='answer')),
                ('brief', models.CharField(blank=True, max_length=60, verbose_name='in a few words')),
                ('statement', models.CharField(max_length=500, verbose_name='statement')),
                ('risk', models.CharField(choices=[('none', 'No particular risk'), ('some', 'Be careful'), ('high', 'High risk')], default='none', max_length=8, verbose_name='risk')),
                ('visibility', models.CharField(choices=[('public', 'Everybody'), ('members', 'Members of the network')], default='public', max_length=8, verbose_name='who sees it')),
                ('source_title', models.CharField(max_length=200, verbose_name='source')),
                ('source_link', models.URLField(blank=True, max_length=500, verbose_name='link to the source')),
                ('source_article', models.CharField(blank=True, max_length=120, verbose_name='article or page')),
                ('source_language', models.CharField(default='ru', max_length=8, verbose_name='language of the source')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('sent', 'Waits for another organisation'), ('published', 'In force'), ('replaced', 'Replaced'), ('withdrawn', 'Withdrawn')], default='draft', max_length=12, verbose_name='state')),
                ('remark', models.CharField(blank=True, max_length=500, verbose_name='what to change')),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('checked_on', models.DateField(blank=True, null=True, verbose_name='checked on')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='valid until')),
                ('asked_again_on', models.DateField(blank=True, null=True, verbose_name='asked again on')),
                ('i18n', modeltrans.fields.TranslationField(fields=('brief', 'statement'), required_languages=(), virtual_fields=True)),
                ('author', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('checked_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.organization')),
                ('organization', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.organization')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='countries.countryfact')),
                ('replaces', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='countries.countryfact')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='FactCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=core.clock.now)),
                ('checked_on', models.DateField(verbose_name='checked on')),
                ('valid_until', models.DateField(verbose_name='valid until')),
                ('has_read_source', models.BooleanField(default=False, verbose_name='the source was read')),
                ('fact', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='checks', to='countries.countryfact')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'check of a fact',
                'verbose_name_plural': 'checks of facts',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='FactCheckEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('at', models.DateTimeField(default=core.clock.now)),
                ('checked_on', models.DateField(verbose_name='checked on')),
                ('valid_until', models.DateField(verbose_name='valid until')),
                ('has_read_source', models.BooleanField(default=False, verbose_name='the source was read')),
                ('fact', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='countries.countryfact')),
                ('organization', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organizations.organization')),
                ('person', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='countries.factcheck')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='countryfact',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('topic__in', ['undesirable']), _negated=True), ('visibility', 'members'), _connector='OR'), name='countryfact_restricted_stays_inside', violation_error_message='This topic is for members of the network only.'),
        ),
        migrations.AddConstraint(
            model_name='countryfact',
            constraint=models.CheckConstraint(condition=models.Q(('checked_by__isnull', True), models.Q(('checked_by', models.F('organization')), _negated=True), _connector='OR'), name='countryfact_checked_by_another', violation_error_message='Another organisation has to check this.'),
        ),
        migrations.AddConstraint(
            model_name='countryfact',
            constraint=models.CheckConstraint(condition=models.Q(('checked_on__isnull', True), ('valid_until__gt', models.F('checked_on')), _connector='OR'), name='countryfact_valid_after_checked', violation_error_message='“Valid until” is before the check.'),
        ),
        migrations.AddConstraint(
            model_name='countryfact',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), _negated=True), models.Q(('checked_by__isnull', False), ('checked_on__isnull', False), ('published_at__isnull', False)), _connector='OR'), name='countryfact_published_was_checked', violation_error_message='Another organisation has to check this.'),
        ),
        migrations.AddConstraint(
            model_name='countryfact',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'published')), fields=('country', 'topic', 'visibility'), name='countryfact_one_in_force', violation_error_message='This topic has a fact in force already.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='countryfact',
            trigger=pgtrigger.compiler.Trigger(name='stands_on_a_check', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF NEW.state = 'published' AND NOT EXISTS (\n        SELECT 1 FROM countries_factcheck made\n        WHERE made.fact_id = NEW.id AND made.organization_id = NEW.checked_by_id\n        AND made.checked_on = NEW.checked_on AND made.valid_until = NEW.valid_until\n    ) THEN\n        RAISE EXCEPTION 'a published fact has the check that its dates come from' USING ERRCODE = 'check_violation';\n    END IF;\n    IF TG_OP = 'UPDATE' AND OLD.state <> 'draft' AND (\n        NEW.country, NEW.topic, NEW.answer, NEW.brief, NEW.statement, NEW.i18n, NEW.risk, NEW.visibility, NEW.source_title, NEW.source_link, NEW.source_article, NEW.source_language, NEW.organization_id\n    ) IS DISTINCT FROM (\n        OLD.country, OLD.topic, OLD.answer, OLD.brief, OLD.statement, OLD.i18n, OLD.risk, OLD.visibility, OLD.source_title, OLD.source_link, OLD.source_article, OLD.source_language, OLD.organization_id\n    ) THEN\n        RAISE EXCEPTION 'what was sent keeps its words' USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n", hash='55142717eaffd4c406c0abdce15876941958dcee', operation='INSERT OR UPDATE', pgid='pgtrigger_stands_on_a_check_c8745', table='countries_countryfact', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='countryfact',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "countries_countryfactevent" ("answer", "asked_again_on", "author_id", "brief", "checked_by_id", "checked_on", "country", "created_at", "ended_at", "i18n", "id", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "published_at", "remark", "replaces_id", "risk", "sent_at", "source_article", "source_language", "source_link", "source_title", "state", "statement", "topic", "updated_at", "valid_until", "version", "visibility") VALUES (NEW."answer", NEW."asked_again_on", NEW."author_id", NEW."brief", NEW."checked_by_id", NEW."checked_on", NEW."country", NEW."created_at", NEW."ended_at", NEW."i18n", NEW."id", NEW."organization_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."published_at", NEW."remark", NEW."replaces_id", NEW."risk", NEW."sent_at", NEW."source_article", NEW."source_language", NEW."source_link", NEW."source_title", NEW."state", NEW."statement", NEW."topic", NEW."updated_at", NEW."valid_until", NEW."version", NEW."visibility"); RETURN NULL;', hash='31cadf6b40d05d3feb27877e84268b1ba16152bf', operation='INSERT', pgid='pgtrigger_insert_insert_b7179', table='countries_countryfact', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='countryfact',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "countries_countryfactevent" ("answer", "asked_again_on", "author_id", "brief", "checked_by_id", "checked_on", "country", "created_at", "ended_at", "i18n", "id", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "published_at", "remark", "replaces_id", "risk", "sent_at", "source_article", "source_language", "source_link", "source_title", "state", "statement", "topic", "updated_at", "valid_until", "version", "visibility") VALUES (NEW."answer", NEW."asked_again_on", NEW."author_id", NEW."brief", NEW."checked_by_id", NEW."checked_on", NEW."country", NEW."created_at", NEW."ended_at", NEW."i18n", NEW."id", NEW."organization_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."published_at", NEW."remark", NEW."replaces_id", NEW."risk", NEW."sent_at", NEW."source_article", NEW."source_language", NEW."source_link", NEW."source_title", NEW."state", NEW."statement", NEW."topic", NEW."updated_at", NEW."valid_until", NEW."version", NEW."visibility"); RETURN NULL;', hash='9245207e394608c7cc96c79006b46f4c5406c608', operation='UPDATE', pgid='pgtrigger_update_update_70a92', table='countries_countryfact', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='factcheck',
            constraint=models.CheckConstraint(condition=models.Q(('has_read_source', True)), name='factcheck_read_the_source', violation_error_message='Open the source and read it first.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='factcheck',
            trigger=pgtrigger.compiler.Trigger(name='by_another_organization', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM countries_countryfact fact WHERE fact.id = NEW.fact_id\n        AND (fact.organization_id = NEW.organization_id OR fact.author_id = NEW.person_id OR EXISTS (\n            SELECT 1 FROM organizations_membership own\n            WHERE own.user_id = NEW.person_id AND own.organization_id = fact.organization_id\n        ))\n    ) THEN\n        RAISE EXCEPTION 'nobody checks a fact of their own organisation' USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n", hash='bab292e65fcc4759e6bd0673ec6b202cb5472dc0', operation='INSERT OR UPDATE', pgid='pgtrigger_by_another_organization_f9b4d', table='countries_factcheck', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='factcheck',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "countries_factcheckevent" ("at", "checked_on", "fact_id", "has_read_source", "id", "organization_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_until") VALUES (NEW."at", NEW."checked_on", NEW."fact_id", NEW."has_read_source", NEW."id", NEW."organization_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."valid_until"); RETURN NULL;', hash='c973caf92330afe187486f2818153b34d0932dda', operation='INSERT', pgid='pgtrigger_insert_insert_601e7', table='countries_factcheck', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='factcheck',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "countries_factcheckevent" ("at", "checked_on", "fact_id", "has_read_source", "id", "organization_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_until") VALUES (NEW."at", NEW."checked_on", NEW."fact_id", NEW."has_read_source", NEW."id", NEW."organization_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."valid_until"); RETURN NULL;', hash='3b9ff75db019f9a6a1995fa20e370d602b57c042', operation='UPDATE', pgid='pgtrigger_update_update_1e66c', table='countries_factcheck', when='AFTER')),
        ),
    ]
