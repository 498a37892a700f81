import dataclasses

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from directory.asking import queries
from directory.asking.filters import Filters
from directory.geometry import Near
from directory.shown.rows import COLUMNS, ListingRow
from directory.stores.store import row_values
from directory.tables.listings import PublicListing
from directory.tests.factories import TBILISI, publish


@pytest.mark.django_db
def test_a_row_says_what_its_record_said():
    made = publish(age_from=18, contacts=[{"channel": "phone", "value": "+995 32 200 00 00"}])
    (row,) = queries.listings_page("public", Filters()).rows
    kept = row_values(made)
    assert {name: value for name, value in vars(row).items() if name in kept} == {
        name: kept[name] for name in COLUMNS if name in kept
    }
    assert (row.lon, row.lat) == pytest.approx(TBILISI)
    assert row.distance_km is None
    near = queries.nearest("public", Filters(), Near(*reversed(TBILISI)), 1)
    assert near == [dataclasses.replace(row, distance_km=0, reach=0)]


#: Of every column its own name; where nothing comes and nothing stops.
SAID = tuple([] if name in ("areas", "stops") else name for name in COLUMNS)


@pytest.mark.django_db
def test_no_geometry_is_read_with_a_row():
    publish()
    with CaptureQueriesContext(connection) as seen:
        queries.listings_page("public", Filters())
    read = seen[-1]["sql"].partition(" FROM ")[0]
    assert '"organization_slug"' in read
    assert '"point"::bytea' not in read and "search_vector" not in read


def test_a_row_cannot_be_changed_and_has_every_value():
    row = ListingRow.read(SAID, clock.now())
    assert dataclasses.astuple(row) == (*SAID, None)
    with pytest.raises(dataclasses.FrozenInstanceError):
        row.country = "GE"
    with pytest.raises(ValueError, match="shorter"):
        ListingRow.read(SAID[:-1], clock.now())


def test_a_row_leaves_nothing_out_of_the_record_but_its_geometry():
    stored = {field.name for field in PublicListing._meta.concrete_fields}
    derived = {"tops", "group_codes", "search_text", "search_vector", "published_at"}
    assert stored - set(COLUMNS) == derived | {"point", "area", "area_codes"}
