"""A test that commits leaves the ground as it found it."""

import pytest
from django.db import connection

from directory.access import circles_open
from directory.tables.listings import CountryListing
from servicemap.tests.ground import Ground
from services.models import ServiceType
from verification.models import Clock
from verification.tests import scenarios


def without_triggers():
    """Tables of which a trigger of ours is off."""
    off = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'D'"
    with connection.cursor() as cursor:
        cursor.execute(off)
        return [table for (table,) in cursor.fetchall()]


@pytest.mark.parametrize("turn", ["the first", "the second"])
@pytest.mark.django_db(transaction=True)
def test_what_migrations_and_the_vocabulary_wrote_is_there_again_after_a_test_that_commits(turn, django_db_setup):
    assert Ground().rows == django_db_setup.rows
    assert without_triggers() == []
    with circles_open():
        assert not CountryListing.objects.exists()
    assert Clock.objects.exists() and ServiceType.objects.exists()
    scenarios.published()
    place = scenarios.place(scenarios.organization(), member_precision="settlement", public_precision="settlement")
    scenarios.published(place, visibility="country")
    with circles_open():
        assert CountryListing.objects.exists()
    Clock.objects.update(hide_days=20)


@pytest.mark.django_db
def test_a_test_that_does_not_commit_meets_the_same_ground(django_db_setup):
    assert Ground().rows == django_db_setup.rows
