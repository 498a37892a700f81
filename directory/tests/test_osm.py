"""Hours in the words of OpenStreetMap: the shape of the strings. That they mean the same is held by
`servicemap/tests/test_hours_and_osm.py`."""

from __future__ import annotations

import importlib

import pytest
from django.apps import apps

from directory.hours.osm import osm
from directory.tables.listings import PublicListing
from directory.tests.factories import publish
from directory.tests.weeks import week

FRIDAY = {"from": "2026-11-27", "to": "2026-11-27", "slots": []}


@pytest.mark.parametrize(
    ("hours", "value"),
    [
        ({}, ""),
        ({"always": True}, "24/7"),
        ({"by_appointment": True}, ""),
        ({"holidays": "open"}, ""),
        ({"slots": [{"days": [0, 1, 2, 4], "opens": "09:00", "closes": "18:00"}]}, "Mo-We,Fr 09:00-18:00"),
        (week("Mo-Fr 09:00-18:00", "Sa 10:00-24:00"), "Mo-Fr 09:00-18:00; Sa 10:00-24:00"),
        (week("Mo 09:00-13:00", "Mo 14:00-18:00"), "Mo 09:00-13:00, Mo 14:00-18:00"),
        (week("Fr 20:00-04:00", "Sa 10:00-02:00"), "Fr 20:00-04:00, Sa 10:00-02:00"),
        (week("Mo-Fr 09:00-18:00", holidays="closed"), "Mo-Fr 09:00-18:00; PH off"),
        (week("Sa 20:00-04:00", holidays="closed"), "Sa 20:00-04:00; PH 04:00-28:00 off"),
        (
            {"always": True, "exceptions": [{"from": "2026-12-31", "to": "2027-01-08"}]},
            "24/7; 2026 Dec 31-2027 Jan 08 off",
        ),
        (
            {"exceptions": [{"from": "2026-12-31", "slots": [["10:00", "12:00"], ["13:00", "15:00"]]}]},
            "24/7 unknown; 2026 Dec 31 10:00-12:00,13:00-15:00",
        ),
        ({"by_appointment": True, "exceptions": [FRIDAY]}, '24/7 unknown "by appointment"; 2026 Nov 27 off'),
        ({"holidays": "closed"}, "24/7 unknown; PH off"),
        (
            week("Th-Fr 20:00-04:00", exceptions=[FRIDAY]),
            "Th-Fr 20:00-04:00; 2026 Nov 27 04:00-24:00 off; 2026 Nov 28 00:00-04:00 off",
        ),
        (
            week("Mo-Fr 10:00-18:00", exceptions=[FRIDAY | {"slots": [["20:00", "02:00"]]}]),
            "Mo-Fr 10:00-18:00; 2026 Nov 27 off, 2026 Nov 27 20:00-02:00",
        ),
    ],
)
def test_hours_in_the_words_of_openstreetmap(hours, value):
    assert osm(hours) == value


def test_holidays_of_a_week_whose_nights_end_after_other_days_begin():
    value = osm(week("Fr 22:00-06:00", "Mo 05:00-12:00", holidays="closed"))
    friday = next(rule for rule in value.split("; ") if "Jan Fr[1]" in rule)
    assert friday.endswith("Dec Fr[5] PH 00:00-30:00 off")


@pytest.mark.django_db
def test_rows_of_an_older_release_are_told_anew():
    nights = week("Th-Fr 20:00-04:00", exceptions=[FRIDAY])
    wrong = publish(hours=nights, hours_osm="Th-Fr 20:00-04:00; 2026 Nov 27 off")
    right = publish(hours={"always": True}, hours_osm="24/7")
    importlib.import_module("directory.migrations.0004_hours_told_anew").tell_anew(apps, None)
    told = {row.pk: row.hours_osm for row in PublicListing.objects.all()}
    assert told == {wrong.id: osm(nights), right.id: "24/7"}
