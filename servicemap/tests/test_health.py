import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from directory.listings import DirectoryRevision
from directory.tests.factories import publish

pytestmark = pytest.mark.django_db


def test_the_process_answers_without_a_database(client, django_db_blocker):
    with django_db_blocker.block():
        response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_readiness_names_the_revision(client):
    publish()
    body = client.get("/readyz").json()
    assert body == {
        "status": "ok",
        "database": True,
        "migrations": True,
        "revision": DirectoryRevision.objects.get().public_number,
    }


def test_a_missing_migration_makes_it_unready(client):
    loader = MigrationLoader(connection)
    leaf = next(leaf for leaf in loader.graph.leaf_nodes() if leaf[0] == "directory")
    for app, name in (leaf, *loader.disk_migrations[leaf].replaces):
        MigrationRecorder(connection).record_unapplied(app, name)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["migrations"] is False
