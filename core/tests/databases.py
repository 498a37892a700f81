"""Databases that tests make beside the one that they are given."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.conf import settings
from django.core.cache import cache
from django.db import connection

#: Before `DROP DATABASE`, which then needs no FORCE: a plain role may not end an autovacuum that happens to look there,
#: and DROP alone makes it go.
OWN_SESSIONS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND usename = current_user
"""


def migrated() -> str:
    """A database with all migrations, to copy; where nobody has made one, an empty one."""
    return os.environ.get("SERVICEMAP_TEST_TEMPLATE") or "template1"


def make(name: str, template: str = "template1") -> None:
    """A new database, in place of one of that name."""
    drop(name)
    with _beside() as there:
        there.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def drop(name: str) -> None:
    with _beside() as there:
        there.execute(OWN_SESSIONS, [name])
        there.execute(f'DROP DATABASE IF EXISTS "{name}"')


@contextmanager
def speaking_with(name: str) -> Iterator[None]:
    """Within the block the default connection speaks with this database."""
    usual = connection.settings_dict["NAME"]
    try:
        speak_with(name)
        yield
    finally:
        speak_with(usual)


def speak_with(name: str) -> None:
    """From now on, by a new session."""
    connection.close()
    connection.settings_dict["NAME"] = name
    cache.clear()


def _beside() -> psycopg.Connection[Any]:
    found = settings.DATABASES["default"]
    parts = {"host": found.get("HOST"), "port": found.get("PORT"), "user": found.get("USER"),
             "password": found.get("PASSWORD"), "dbname": "postgres"}  # fmt: skip
    return psycopg.connect(**{name: value for name, value in parts.items() if value}, autocommit=True)
