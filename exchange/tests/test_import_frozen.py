"""What an import freezes of the rows in its memory is what the database has of them."""

from pathlib import Path

import pytest
from django.conf import settings

from exchange.importing.run import import_listings
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


def test_snapshots_and_directory_say_what_the_rows_say(tmp_path):
    for path, mapping in SOURCES:
        import_listings(path, mapping, refused_path=tmp_path / path.name)
    states = ListingState.objects.select_related("published", "listing").order_by("pk")
    assert len(states) > 45
    for state in states:
        content = freeze(load(state.listing))
        assert state.published.content == content, state
        assert state.published.content_hash == content_hash(content), state
    assert not compare()
