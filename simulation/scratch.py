"""A database for one run, in the cluster of the served one, which is never touched."""

from __future__ import annotations

import contextlib
import gc
import os
from collections.abc import Iterator

from django.core.management import call_command
from django.db import connection

from core.errors import WrongState
from exchange.vocabulary import load_vocabulary


@contextlib.contextmanager
def scratch_database() -> Iterator[str]:
    """Within the block the default connection leads to a fresh, migrated database; afterwards it is gone."""
    with empty_database(f"simulation_{os.getpid()}") as name:
        with _seldom_collecting():
            call_command("migrate", verbosity=0)
        load_vocabulary()
        yield name


@contextlib.contextmanager
def empty_database(name: str) -> Iterator[str]:
    """The same of a database in which nothing is. It dies with the run, so no commit waits for the disk."""
    served = str(connection.settings_dict["NAME"])
    quoted = connection.ops.quote_name(name)
    connection.close()
    with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]  # as the test runner does it
        cursor.execute(f"DROP DATABASE IF EXISTS {quoted} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {quoted}")
        cursor.execute(f"ALTER DATABASE {quoted} SET synchronous_commit = off")
    connection.settings_dict["NAME"] = name
    try:
        _be_sure(name)
        yield name
    finally:
        connection.close()
        connection.settings_dict["NAME"] = served
        with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]
            cursor.execute(f"DROP DATABASE IF EXISTS {quoted} WITH (FORCE)")


@contextlib.contextmanager
def _seldom_collecting() -> Iterator[None]:
    """Migrations make millions of objects, which would be walked over and over; kept all, they are half a gigabyte."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, 5, 5)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.collect()


def _be_sure(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        if cursor.fetchone() != (name,):
            raise WrongState("the simulation is not in its own database")
