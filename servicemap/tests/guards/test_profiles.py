"""Nobody shows an organisation past the one door, and what the door withholds is in no public answer."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from core import clock
from organizations import services as organizations
from organizations.models import Organization
from servicemap.tests.guards.leaking import leaks
from servicemap.tests.guards.test_canaries import public_answers
from verification import services as verification
from verification.models import ProfileState
from verification.tests import scenarios

ROWS = re.compile(r"\b(PublicOrganization|MemberOrganization|ORGANIZATIONS|directory_(public|member)organization)\b")
#: Where the rows are defined, written, compared, and read.
KNOWN = {
    "servicemap/processing/listings.py",  # names the tables for the record of processing
    "servicemap/upkeep/restored_looks.py",  # counts rows after a restore, and shows none
    "servicemap/rights/erasing.py",  # takes a person's name out of every row
    "directory/tables/listings.py",
    "directory/models.py",
    "directory/stores/store.py",
    "directory/shown/profiles.py",
    "directory/tables/wording.py",  # lays translations over rows that were read through the door
    "verification/upkeep/rebuild.py",
}
#: In the world of the guards these stand in the profile of its first organisation, and nowhere else.
PROFILE = ("профильописание", "profiledescription", "profile-site.example", "profile_link_example")


def sources():
    base = Path(settings.BASE_DIR)
    for app in ("core", "accounts", "organizations", "services", "messaging", "directory", "verification", "maps",
                "workspace", "servicemap"):  # fmt: skip
        for path in (base / app).rglob("*.py"):
            name = path.relative_to(base).as_posix()
            if "/tests/" not in name and "/migrations/" not in name:
                yield name, path.read_text(encoding="utf-8")


def test_organisations_are_read_through_one_door():
    assert {name for name, text in sources() if ROWS.search(text)} == KNOWN


@pytest.mark.django_db
def test_an_unconfirmed_profile_is_in_no_public_answer(network):
    """Seen while it is confirmed, so that the scan has something to find; gone from the day on which it hides."""
    own = Organization.objects.get(pk=network.own.pk)
    organizations.update_organization(
        actor=None, organization=own, expected_version=own.version, description="профильописание",
        description_en="profiledescription", website="https://profile-site.example/",
        links=["https://t.me/profile_link_example"],
    )  # fmt: skip
    scenarios.published(network.place, title="Ещё одна услуга")
    hides_on = ProfileState.objects.get(pk=own.pk).hides_on
    found = {}
    for day in (hides_on - dt.timedelta(days=1), hides_on):
        with clock.travel(day):
            verification.confirm_unchanged(listing=network.listing, actor=None)
            answers = list(public_answers(network, Client()))
        found[day == hides_on] = {leak for _address, response in answers for leak in leaks(response, PROFILE)}
        assert any(response.status_code == 200 and own.slug in address for address, response in answers)
    assert found == {False: set(PROFILE), True: set()}
