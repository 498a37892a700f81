"""Logins of the public, and a database that holds the public's tables and nothing else."""

from __future__ import annotations

import os
from collections.abc import Iterator

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from directory.feed import tables_of_the_face
from directory.rights import READER_LOGIN
from servicemap.tests.guards import world

FACE = "face"


@pytest.fixture
def network(db):
    return world.build()


def log_in(database: str, user: str) -> psycopg.Connection:
    """The private cluster lets every login of this machine in; another server wants a password."""
    given = connection.settings_dict
    told = {"host": given["HOST"], "port": given["PORT"], "password": given["PASSWORD"]}
    if user == READER_LOGIN and "DATABASE_URL" in os.environ:
        told["password"] = os.environ.get("READER_PASSWORD", "")
    filled = {name: value for name, value in told.items() if value}
    return psycopg.connect(dbname=database, user=user, autocommit=True, **filled)


@pytest.fixture
def reader(db) -> Iterator[psycopg.Connection]:
    """The public face's login, in the database of the tests."""
    with log_in(connection.settings_dict["NAME"], READER_LOGIN) as found:
        yield found


@pytest.fixture(scope="module")
def face_name(django_db_setup, django_db_blocker) -> Iterator[str]:
    """A database with the tables of the face, empty."""
    with django_db_blocker.unblock():
        name, owner = f"{connection.settings_dict['NAME']}_{FACE}", connection.settings_dict["USER"]
        with log_in("postgres", owner) as anywhere:
            anywhere.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            anywhere.execute(f'CREATE DATABASE "{name}"')
            with log_in(name, owner) as face:
                face.execute("\n".join(tables_of_the_face(connection)))
            yield name
            anywhere.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def face(face_name) -> Iterator[psycopg.Connection]:
    """Its owner's connection; emptied afterwards."""
    with log_in(face_name, connection.settings_dict["USER"]) as found:
        yield found
        found.execute("TRUNCATE " + ", ".join(tables_of(found)))


def tables_of(there: psycopg.Connection) -> list[str]:
    """What somebody made; not what PostGIS brings."""
    rows = there.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'spatial_ref_sys' ORDER BY 1"
    )
    return [name for (name,) in rows.fetchall()]


def environment(**more: str) -> dict[str, str]:
    """For a process of the public's own, with the settings of tests."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "SECRET_KEY")}
    told = {"SERVICEMAP_FACE": "public", "MEMBERS_ADDRESS": "https://members.example"}
    return {**kept, **told, "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE, **more}
