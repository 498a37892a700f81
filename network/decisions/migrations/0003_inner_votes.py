"""A vote that only its body reads."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('decisions', '0002_prolonged'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='vote',
            name='vote_stays_as_announced',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='vote',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='vote',
            name='update_update',
        ),
        migrations.AddField(
            model_name='vote',
            name='is_inner',
            field=models.BooleanField(db_default=False, default=False, verbose_name='read by the body alone'),
        ),
        migrations.AddField(
            model_name='voteevent',
            name='is_inner',
            field=models.BooleanField(db_default=False, default=False, verbose_name='read by the body alone'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vote',
            trigger=pgtrigger.compiler.Trigger(name='vote_stays_as_announced', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."about_id" IS DISTINCT FROM (NEW."about_id") OR OLD."body_id" IS DISTINCT FROM (NEW."body_id") OR OLD."closes_at" IS DISTINCT FROM (NEW."closes_at") OR OLD."is_inner" IS DISTINCT FROM (NEW."is_inner") OR OLD."is_secret" IS DISTINCT FROM (NEW."is_secret") OR OLD."opens_at" IS DISTINCT FROM (NEW."opens_at") OR OLD."options" IS DISTINCT FROM (NEW."options") OR OLD."paper_id" IS DISTINCT FROM (NEW."paper_id") OR OLD."prolonged_at" IS DISTINCT FROM (NEW."prolonged_at") OR OLD."prolongs" IS DISTINCT FROM (NEW."prolongs") OR OLD."question" IS DISTINCT FROM (NEW."question") OR OLD."quorum" IS DISTINCT FROM (NEW."quorum") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."threshold" IS DISTINCT FROM (NEW."threshold"))', func="\n    IF OLD.state <> 'draft' AND NOT (\n        OLD.prolongs AND OLD.prolonged_at IS NULL AND NEW.prolonged_at >= OLD.closes_at\n        AND NEW.closes_at = NEW.prolonged_at + interval '7 days'\n        AND (NEW.body_id, NEW.question, NEW.text, NEW.options, NEW.about_id, NEW.paper_id, NEW.quorum, NEW.threshold,\n             NEW.is_secret, NEW.opens_at, NEW.prolongs, NEW.is_inner)\n            IS NOT DISTINCT FROM\n            (OLD.body_id, OLD.question, OLD.text, OLD.options, OLD.about_id, OLD.paper_id, OLD.quorum, OLD.threshold,\n             OLD.is_secret, OLD.opens_at, OLD.prolongs, OLD.is_inner)\n        AND NOT EXISTS (SELECT 1 FROM decisions_decision d WHERE d.vote_id = OLD.id)\n    ) THEN\n        RAISE EXCEPTION 'an announced vote stays as it is' USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n", hash='b16a44c263e3ccdc1ef904adbda67c98d9ca25d6', operation='UPDATE', pgid='pgtrigger_vote_stays_as_announced_3b357', table='decisions_vote', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vote',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "decisions_voteevent" ("about_id", "body_id", "closes_at", "created_at", "id", "is_inner", "is_secret", "opens_at", "options", "paper_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prolonged_at", "prolongs", "public_id", "question", "quorum", "reason", "state", "text", "threshold", "updated_at", "version") VALUES (NEW."about_id", NEW."body_id", NEW."closes_at", NEW."created_at", NEW."id", NEW."is_inner", NEW."is_secret", NEW."opens_at", NEW."options", NEW."paper_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."prolonged_at", NEW."prolongs", NEW."public_id", NEW."question", NEW."quorum", NEW."reason", NEW."state", NEW."text", NEW."threshold", NEW."updated_at", NEW."version"); RETURN NULL;', hash='4a3f37df5e58d6dc12a808358079a700f6cb7680', operation='INSERT', pgid='pgtrigger_insert_insert_3bb69', table='decisions_vote', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vote',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "decisions_voteevent" ("about_id", "body_id", "closes_at", "created_at", "id", "is_inner", "is_secret", "opens_at", "options", "paper_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prolonged_at", "prolongs", "public_id", "question", "quorum", "reason", "state", "text", "threshold", "updated_at", "version") VALUES (NEW."about_id", NEW."body_id", NEW."closes_at", NEW."created_at", NEW."id", NEW."is_inner", NEW."is_secret", NEW."opens_at", NEW."options", NEW."paper_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."prolonged_at", NEW."prolongs", NEW."public_id", NEW."question", NEW."quorum", NEW."reason", NEW."state", NEW."text", NEW."threshold", NEW."updated_at", NEW."version"); RETURN NULL;', hash='ee7d2de6b5882a95d2e72bff0121a61b10412faf', operation='UPDATE', pgid='pgtrigger_update_update_fe7e8', table='decisions_vote', when='AFTER')),
        ),
    ]
