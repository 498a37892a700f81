"""Rows of every kind for an index: many at one place, places that move, dates at the edge of a day, closed doors."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from django.contrib.gis.geos import Point

from core import clock
from core.ids import ALPHABET
from directory.stores import store
from directory.tables.listings import MemberListing, PublicListing
from directory.tests.factories import record
from directory.tests.pool import POOL
from directory.tests.weeks import week

NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
ZONES = ["UTC", "Asia/Tbilisi", "Europe/Warsaw", "Asia/Almaty", "Pacific/Kiritimati", "America/Los_Angeles"]
HOURS = ["Mo 09:00-10:00", "Tu 09:00-18:00", "Sa 10:00-14:00", "Su 00:00-06:00", "Mo 22:00-02:00"]
#: Of the services of the pool those that are no groups.
LEAVES = [code for code in POOL["service"] if code != "legal"]
CITIES = [(44.8, 41.7), (21.0, 52.2), (76.9, 43.2), (-118.2, 34.0), (179.9, 65.0), (-179.9, 65.1)]


def world(some: random.Random, places: int = 90) -> None:
    """Listings of two audiences, which differ in what they may see of them."""
    made = [fields for _place in range(places) for fields in _at_a_place(some)]
    rows = [store.row_values(record(**fields)) | {"published_at": clock.now()} for fields in made]
    for row in rows:
        del row["search_vector"]
    for model, share in ((PublicListing, 0.8), (MemberListing, 0.9)):
        model.objects.bulk_create(model(**row) for row in rows if some.random() < share)
    store.bump_revision()


def an_id(some: random.Random) -> str:
    return "".join(some.choices(ALPHABET, k=10))


def _at_a_place(some: random.Random) -> list[dict[str, Any]]:
    lon, lat = some.choice(CITIES)
    far = some.choice([0.0, 0.001, 0.05, 2.0])
    point = (min(180.0, max(-180.0, lon + some.uniform(-far, far))), lat + some.uniform(-far, far))
    stays = some.random() > 0.15
    place = {
        "place_id": an_id(some),
        "point": Point(*point, srid=4326) if stays else None,
        "precision": some.choice(["exact", "district", "settlement"]) if stays else some.choice(["country", "none"]),
        "timezone": some.choice(ZONES),
        "country": some.choice(["GE", "PL", "KZ", ""]),
        "city_code": some.choice(["ge7qk2", "pl4mx9", ""]),
    }
    moving = {"stops": _stops(some, point)} if stays and some.random() < 0.06 else {}
    return [_listing(some) | place | moving for _listing_there in range(some.choice([1, 1, 1, 2, 3, 5]))]


# long: one column a line
def _listing(some: random.Random) -> dict[str, Any]:
    checked_on = NOW.date() - dt.timedelta(days=some.choice([0, 20, 179, 180, 181, 209, 210, 211, 269, 270, 271]))
    texts = {"place": some.choice(["Центр", "Дом", "центр", ""]), "title": some.choice(["Тест", "Приём"])}
    groups = dict.fromkeys(some.sample(POOL["group"], some.choice([0, 0, 1, 2])), "all")
    return {
        "id": an_id(some),
        "organization_slug": some.choice(POOL["organization"]),
        "types": some.sample(LEAVES, some.choice([1, 1, 2])),
        "groups": groups,
        "statuses": some.sample(POOL["status"], some.choice([0, 0, 1])),
        "languages": some.sample(POOL["language"], some.choice([0, 1, 2])),
        "interpreter_languages": some.sample(POOL["language"], some.choice([0, 1])),
        "delivery": some.sample(POOL["delivery"], some.choice([1, 2])),
        "intake": some.sample(POOL["intake"], 1),
        "documents": some.sample(POOL["documents"], some.choice([0, 1])),
        "attributes": some.sample(POOL["attribute"], some.choice([0, 1, 2])),
        "cost": some.choice(POOL["cost"]),
        "anonymous": some.choice([True, False, None]),
        "insurance": some.choice(POOL["insurance"]),
        "operation": some.choice(["working", "working", "working", "limited", "paused", "closed"]),
        "hours": some.choice([{}, {"always": True}, *map(week, HOURS)]),
        "notices": some.choice([[], [], [], _closure(some)]),
        "content": {"ru": {"organization": "Мост", **{name: text for name, text in texts.items() if text}}},
        "level": some.randint(1, 3),
        "checked_on": checked_on,
        "notice_on": checked_on + dt.timedelta(days=150),
        "due_on": checked_on + dt.timedelta(days=180),
        "hides_on": checked_on + dt.timedelta(days=210),
        "archives_on": checked_on + dt.timedelta(days=270),
        **_capacity(some),
    }


def _closure(some: random.Random) -> list[dict[str, Any]]:
    starts_on = NOW.date() + dt.timedelta(days=some.choice([-3, 0, 1, 4]))
    ends_on = some.choice([None, (starts_on + dt.timedelta(days=some.choice([0, 2]))).isoformat()])
    return [{"kind": "closure", "text": {}, "starts_on": starts_on.isoformat(), "ends_on": ends_on}]


def _capacity(some: random.Random) -> dict[str, Any]:
    if some.random() < 0.5:
        return {}
    expires_on = NOW.date() + dt.timedelta(days=some.choice([-3, 0, 1, 9]))
    reported_on = expires_on - dt.timedelta(days=14)
    level = some.choice(["free", "limited", "full"])
    return {"capacity_level": level, "capacity_reported_on": reported_on, "capacity_expires_on": expires_on}


def _stops(some: random.Random, point: tuple[float, float]) -> list[dict[str, Any]]:
    """The first one where the row's point is."""
    lon, lat = point
    spots = [(lon, lat), (lon + 0.2, lat + 0.1), (lon + 3, lat - 1)][: some.randint(1, 3)]
    return [
        {
            "id": an_id(some),
            "name": {"ru": "Остановка"},
            "lon": max(-180.0, min(180.0, x)),
            "lat": y,
            "hours": week(some.choice(HOURS)),
            "off": some.choice([[], [NOW.date().isoformat()]]),
        }
        for x, y in spots
    ]
