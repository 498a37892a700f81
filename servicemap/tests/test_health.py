import datetime as dt

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from core import clock
from directory.tables.listings import DirectoryRevision
from directory.tests.factories import publish
from messaging.dispatch import dispatch
from messaging.silence import minutes_of_silence, note_round
from messaging.tests.makers import make_correspondent, make_message

pytestmark = pytest.mark.django_db


def test_the_process_answers_without_a_database(client, django_db_blocker):
    with django_db_blocker.block():
        response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_readiness_names_the_revision(client):
    publish()
    note_round()
    body = client.get("/readyz").json()
    assert body == {
        "status": "ok",
        "database": True,
        "migrations": True,
        "revision": DirectoryRevision.objects.get().public_number,
        "index": "off",
        "behind": None,
        "letters": "leaving",
    }


def test_silence_of_the_worker_is_told_and_takes_no_page_away(client):
    """/readyz stays 200: a balancer that asks it must not take the map away because letters wait."""
    assert client.get("/readyz").json()["letters"] == "no letters yet"
    assert client.get("/workz").status_code == 503
    note_round()
    assert client.get("/workz").json() == {"status": "ok", "letters": "leaving"}
    with clock.travel(clock.now() + dt.timedelta(minutes=14, seconds=59)):
        assert client.get("/workz").status_code == 200
    with clock.travel(clock.now() + dt.timedelta(minutes=17)):
        answer, ready = client.get("/workz"), client.get("/readyz")
    assert (answer.status_code, answer.json()["letters"]) == (503, "no letters for 17 minutes")
    assert (ready.status_code, ready.json()["status"], ready.json()["letters"]) == (
        200, "degraded", "no letters for 17 minutes",
    )  # fmt: skip


def test_a_round_that_does_not_reach_the_mail_server_is_silence(settings):
    settings.NOTICE_EMAIL = {
        "backend": "django.core.mail.backends.smtp.EmailBackend", "host": "127.0.0.1", "port": 1, "timeout": 1,
    }  # fmt: skip
    make_message(make_correspondent(), kind="new_link", requested=True)
    assert dispatch() == {"queued": 1}
    assert minutes_of_silence() is None


def test_a_missing_migration_makes_it_unready(client):
    loader = MigrationLoader(connection)
    leaf = next(leaf for leaf in loader.graph.leaf_nodes() if leaf[0] == "directory")
    for app, name in (leaf, *loader.disk_migrations[leaf].replaces):
        MigrationRecorder(connection).record_unapplied(app, name)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["migrations"] is False
