"""The database of a run: empty, its own, and in no hurry to be safe from a power cut."""

from __future__ import annotations

import pytest
from django.db import connection

from simulation.scratch import empty_database

pytestmark = pytest.mark.django_db(transaction=True)


def test_nobody_waits_for_the_disk_and_nothing_is_left_of_it():
    served = connection.settings_dict["NAME"]
    with empty_database("simulation_of_a_test"), connection.cursor() as cursor:
        cursor.execute("SELECT current_database(), setting, source FROM pg_settings WHERE name = 'synchronous_commit'")
        assert cursor.fetchone() == ("simulation_of_a_test", "off", "database")  # the cluster of the tests has it off
    assert connection.settings_dict["NAME"] == served
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_database WHERE datname = 'simulation_of_a_test'")
        assert cursor.fetchone() == (0,)
