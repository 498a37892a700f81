"""What five files leave behind: snapshots that say what the rows say, and no contact that cannot be tapped."""

from pathlib import Path

import pytest
from django.conf import settings

from core.pages.links import href
from directory.models import MemberListing
from exchange.importing.run import import_listings
from organizations.models import Contact, Organization
from verification.models import ListingState
from verification.services.changing import load
from verification.snapshots import content_hash, freeze
from verification.upkeep.rebuild import compare

pytestmark = pytest.mark.django_db
FILES = Path(__file__).parent / "files"
SAMPLE = settings.BASE_DIR / "fixtures" / "samples" / "services-advisor" / "compiled_en.json"
SOURCES = [
    (SAMPLE, settings.BASE_DIR / "fixtures" / "mappings" / "services-advisor.yml"),
    *((FILES / name, FILES / f"{name.partition('.')[0]}.yml")
      for name in ("clinics.csv", "partners.json", "points.geojson", "visits.xlsx")),
]  # fmt: skip


@pytest.fixture
def imported(tmp_path):
    for path, mapping in SOURCES:
        import_listings(path, mapping, refused_path=tmp_path / path.name)


def test_snapshots_say_what_the_rows_say_and_every_contact_can_be_tapped(imported):
    states = ListingState.objects.select_related("published", "listing").order_by("pk")
    assert len(states) > 45
    for state in states:
        content = freeze(load(state.listing))
        assert state.published.content == content, state
        assert state.published.content_hash == content_hash(content), state
    assert not compare()
    kept = set(Contact.objects.order_by("pk").values_list("channel", "value", "organization__registration_country"))
    rows = MemberListing.objects.order_by("pk").values_list("contacts", "country")
    shown = {(one["channel"], one["value"], country) for contacts, country in rows for one in contacts}
    assert len(kept) > 10 and len(shown) > 10
    assert [one for one in (kept | shown) if not href(*one)] == []
    sites = Organization.objects.exclude(website="").order_by("pk").values_list("website", flat=True)
    assert [site for site in sites if not href("form", site)] == []
