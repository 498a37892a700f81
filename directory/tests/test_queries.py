import datetime as dt
import json
import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from geopy.distance import geodesic

from core import clock
from core.answers import attribute_of, by_attribute
from directory.asking import queries
from directory.asking.facets import facet_counts
from directory.asking.filters import Filters
from directory.asking.mapview import map_view
from directory.asking.queries import Hits
from directory.freshness import local_date
from directory.geometry import Box, Near
from directory.hours import is_open
from directory.tests.factories import ALMATY, TBILISI, WARSAW, publish, publish_many
from directory.tests.pool import POOL
from directory.tests.weeks import week
from directory.vocabulary import vocabulary

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def monday_morning():
    with clock.travel(NOW):
        yield


def ids(filters, audience="public"):
    return {row.id for row in queries.listings_page(audience, filters.replace(page_size=200)).rows}


def test_each_audience_reads_its_own_table():
    everybody = publish()
    members = publish(audiences=("members",))
    assert ids(Filters()) == {everybody.id}
    assert ids(Filters(), "members") == {everybody.id, members.id}


def test_a_closed_service_is_on_its_page_but_in_no_list():
    closed = publish(operation="closed")
    assert ids(Filters()) == set()
    assert map_view("public", Filters(), 3, [], "ru").totals.listings == 0
    assert [row.id for row in queries.place("public", closed.place_id)] == [closed.id]


def test_groups_and_statuses():
    everybody = publish()
    only_msm = publish(groups={"msm": "only"}, statuses=["refugee"])
    assert ids(Filters(group=("msm",))) == {everybody.id, only_msm.id}
    assert ids(Filters(group=("sex_workers",))) == {everybody.id}
    assert ids(Filters(status=("undocumented",))) == {everybody.id}
    first = queries.listings_page("public", Filters(group=("msm",))).rows[0]
    assert first.id == only_msm.id


def test_what_is_not_known_does_not_fit():
    publish(documents=[], anonymous=None, languages=[])
    for filters in (Filters(documents=("none",)), Filters(anonymous=("yes",)), Filters(language=("ru",))):
        assert ids(filters) == set()


def test_open_now_minds_notices_and_pauses():
    hours = {"hours": week("Mo 09:00-18:00"), "timezone": "UTC"}
    opened = publish(**hours)
    publish(**hours, operation="paused")
    publish(
        **hours, notices=[{"kind": "closure", "text": {"ru": "Ремонт"}, "starts_on": "2026-11-23", "ends_on": None}]
    )
    later = publish(
        **hours, notices=[{"kind": "closure", "text": {}, "starts_on": "2026-11-24", "ends_on": "2026-11-25"}]
    )
    publish(hours=week("Tu 09:00-18:00"))
    assert ids(Filters(open=("now",))) == {opened.id, later.id}


def test_overdue_listings_stand_below_the_others():
    overdue = publish(
        level=3, checked_on=TODAY - dt.timedelta(days=200), notice_on=TODAY - dt.timedelta(days=20), due_on=TODAY
    )
    fresh = publish(level=1)
    assert [row.id for row in queries.listings_page("public", Filters()).rows] == [fresh.id, overdue.id]


def test_distances_are_exact_and_ordered():
    near = Near(*reversed(TBILISI))
    made = [publish(point=point) for point in (ALMATY, TBILISI, WARSAW)]
    publish(point=None)
    rows = queries.nearest("public", Filters(), near, 10)
    assert [row.id for row in rows] == [made[1].id, made[2].id, made[0].id]
    assert rows[0].distance_km == 0
    assert rows[1].distance_km == pytest.approx(geodesic(TBILISI[::-1], WARSAW[::-1]).km, abs=0.01)
    within = Filters(near=Near(*reversed(TBILISI), radius_km=100))
    assert ids(within) == {made[1].id}
    assert queries.listings_page("public", Filters(near=near)).rows[-1].distance_km is None


def test_near_means_within_reach_then_without_a_way_then_far_and_says_the_border():
    gyumri, rustavi = (43.84, 40.79), (45.02, 41.55)
    abroad = publish(point=gyumri, country="AM")
    elsewhere = publish(point=None, country="PL", delivery=["phone"])
    unknown_door = publish(point=None, delivery=["on_site"])
    anywhere = publish(point=None, country="", delivery=["online"])
    by_phone = publish(point=None, country="GE", delivery=["phone"])
    close = publish(point=rustavi)
    near = Near(*reversed(TBILISI))
    assert near.country == "GE"
    rows = queries.listings_page("public", Filters(near=near)).rows
    assert rows[0].id == close.id
    assert [row.reach for row in rows] == [0, 1, 1, 2, 3, 3]
    assert {row.id for row in rows[1:3]} == {anywhere.id, by_phone.id}
    assert (rows[3].id, rows[3].is_abroad, rows[0].is_abroad) == (abroad.id, True, False)
    assert {row.id for row in rows[4:]} == {elsewhere.id, unknown_door.id}
    by_words = Hits({close.id: 0.1, abroad.id: 9.0, by_phone.id: 0.5})
    found = queries.listings_page("public", Filters(near=near), hits=by_words).rows
    assert [row.id for row in found] == [close.id, by_phone.id, abroad.id], "a far hit never stands above a near one"


def test_what_is_far_stands_by_the_way_there_however_well_its_words_fit():
    """«внж Краков»: Warsaw before Hrodna, though the words of Hrodna say it more often."""
    krakow, warsaw, hrodna = (19.94, 50.06), (21.01, 52.23), (23.83, 53.68)
    further, nearer = publish(point=hrodna, country="BY"), publish(point=warsaw, country="PL")
    words = Hits({further.id: 0.9, nearer.id: 0.1}, all_that_fit=False)
    found = queries.listings_page("public", Filters(near=Near(*reversed(krakow))), hits=words).rows
    assert [(row.id, row.reach) for row in found] == [(nearer.id, 2), (further.id, 2)]


def test_without_a_place_the_middle_of_the_map_comes_first_and_overdue_ones_last():
    late = {"checked_on": TODAY - dt.timedelta(days=200), "notice_on": TODAY - dt.timedelta(days=20), "due_on": TODAY}
    west, east, middle = (publish(point=(lon, 50), level=3 - abs(lon)) for lon in (-2, 2, 0))
    overdue, unplaced = publish(point=(0, 50), **late), publish(point=None, level=3)
    shut = publish(point=(0, 50), operation="paused")
    told = [row.id for row in queries.listings_page("public", Filters()).rows]
    assert told[0] == middle.id
    assert told[3:] == [unplaced.id, shut.id, overdue.id]
    box = Box(1, 49, 4, 51)
    assert [row.id for row in queries.listings_page("public", Filters(bbox=box)).rows] == [east.id]
    wide = [row.id for row in queries.listings_page("public", Filters(bbox=Box(-9, 40, 1, 60))).rows]
    assert wide == [west.id, middle.id, shut.id, overdue.id]
    assert Box(170, 60, -170, 72).middle == Near(66, 180)


def test_chukotka_is_on_both_sides_of_the_meridian():
    west, east = publish(point=(179.5, 66)), publish(point=(-179.5, 66))
    publish(point=(0, 66))
    assert ids(Filters(bbox=Box(170, 60, -170, 72))) == {west.id, east.id}


PHONE = [{"channel": "phone", "value": "+995 322 00 00 00", "is_crisis": True, "audience": "clients"}]


@pytest.mark.first_network("its needs lead to its kinds of help")
def test_lines_are_of_the_need_then_crisis_lines_and_never_anything_else():
    poland = publish(country="PL", types=["crisis_line"], contacts=PHONE)
    anywhere = publish(country="", types=["crisis_line"], point=None, contacts=PHONE)
    georgia = publish(country="GE", types=["crisis_line"], contacts=PHONE)
    need = publish(country="PL", types=["hepatitis_test"], contacts=PHONE)
    publish(country="GE", types=["crisis_line"], contacts=PHONE, operation="paused")
    publish(country="GE", types=["crisis_line"])
    publish(country="GE", types=["medicine_dispatch"], contacts=PHONE)
    crisis = [georgia.id, anywhere.id, poland.id]
    assert [row.id for row in queries.lines("public", ["hepatitis_sti"], ["GE", "AM", "PL"])] == [need.id, *crisis]
    assert [row.id for row in queries.lines("public", [], ["GE", "AM", "PL"])] == crisis


def test_of_equal_lines_those_that_are_open_come_first():
    shut = publish(types=["crisis_line"], contacts=PHONE, hours={"slots": [], "always": False})
    awake = publish(types=["crisis_line"], contacts=PHONE, hours={"always": True})
    assert [row.id for row in queries.lines("public", [], ["GE"])] == [awake.id, shut.id]


# --- the map -----------------------------------------------------------------------------------------------------


@pytest.mark.first_network("its kinds of help have these families")
def test_a_pin_is_a_place_with_its_listings():
    options = {"place_id": "place22222", "point": TBILISI}
    due = {"checked_on": TODAY - dt.timedelta(days=99), "notice_on": None, "due_on": TODAY}
    publish(**options, types=["shelter"], **due)
    publish(**options, types=["stay_permits"], **due)
    publish(**options, types=["asylum_protection"], **due)
    view = map_view("public", Filters(), 16, vocabulary().families, "ru")
    assert view.clusters == []
    (point,) = view.points
    assert (point["count"], point["family"], point["stale"]) == (3, "law", True)
    assert point["families"] == ["law", "safety"]
    assert point["by_family"] == {"law": 2, "safety": 1}
    publish(**options)
    (point,) = map_view("public", Filters(), 16, vocabulary().families, "ru").points
    assert not point["stale"]


def test_stacked_places_are_a_cluster_from_afar_and_points_in_the_street():
    for _ in range(3):
        publish(point=TBILISI)
    far = map_view("public", Filters(), 14, vocabulary().families, "ru")
    near = map_view("public", Filters(), 15, vocabulary().families, "ru")
    assert [cluster["places"] for cluster in far.clusters] == [3]
    assert far.points == []
    assert [(point["lon"], point["lat"]) for point in near.points] == [TBILISI] * 3


@pytest.mark.parametrize("zoom", [0, 3, 6, 9, 12, 15, 22])
def test_no_listing_is_lost_between_clusters_and_points(zoom):
    some = random.Random(zoom)
    points = [(some.uniform(-180, 180), some.uniform(-89, 89)) for _ in range(40)]
    kind = next(leaf for leaves in vocabulary().tree.values() for leaf in leaves)
    publish_many([{"point": point, "types": [kind]} for point in [*points, None]])
    view = map_view("public", Filters(), zoom, vocabulary().families, "ru")
    assert sum(item["count"] for item in view.clusters + view.points) == 40
    assert view.totals == (41, 41, 1)
    for cluster in view.clusters:
        west, south, east, north = cluster["bbox"]
        assert west <= cluster["lon"] <= east
        assert south <= cluster["lat"] <= north
    for item in view.clusters + view.points:
        assert sum(item["by_family"].values()) == item["count"]


# --- counts against a slow and simple count -----------------------------------------------------------------------


ROOM = ("free", "limited")


def fits(row, name, values):
    """The meaning of a filter, a second time and in plain Python. What holds for every filter is in test_declared."""
    wanted = set(values)
    if name == "attribute":
        return all({*some} & {*row.attributes} for some in by_attribute(values).values())
    everybody = {"group": not row.group_codes, "status": not row.statuses}
    held = {
        "service": {*row.types, *row.tops},
        "group": set(row.group_codes),
        "status": set(row.statuses),
        "language": {*row.languages, *row.interpreter_languages},
        "country": {row.country or "any"},
        "city": {row.city_code},
        "cost": {row.cost},
        "documents": set(row.documents),
        "anonymous": {{True: "yes", False: "no", None: ""}[row.anonymous]},
        "insurance": {row.insurance},
        "intake": set(row.intake),
        "delivery": set(row.delivery),
        "open": {"now"} if is_open(json.dumps(row.hours), row.country, row.timezone, NOW) else set(),
        "checked": {"other"} if row.level >= 2 else set(),
        "capacity": {"available"} if row.capacity_level in ROOM and row.capacity_expires_on > TODAY else set(),
        "family": {row.family},
        "organization": {row.organization_slug},
    }[name]
    return everybody.get(name, False) or bool(held & wanted)


def publish_some(some, count):
    def sample(name, least=0):
        leaves = [code for code in POOL[name] if code != "legal"]
        return some.sample(leaves, some.randint(least, 2))

    publish_many(
        {
            "types": sample("service", 1),
            "groups": dict.fromkeys(sample("group"), "all"),
            "statuses": sample("status"),
            "languages": sample("language"),
            "interpreter_languages": sample("language"),
            "country": some.choice(["GE", "PL", ""]),
            "city_code": some.choice([*POOL["city"], ""]),
            "cost": some.choice(POOL["cost"]),
            "documents": some.choice([[], ["none"], ["passport"]]),
            "anonymous": some.choice([True, False, None]),
            "insurance": some.choice(POOL["insurance"]),
            "intake": sample("intake"),
            "delivery": sample("delivery"),
            "attributes": sample("attribute"),
            "hours": some.choice([{}, {"always": True}, week("Mo 09:00-10:00"), week("Tu 09:00-10:00")]),
            "timezone": "UTC",
            "level": some.randint(1, 3),
            "organization_slug": some.choice(POOL["organization"]),
            **said_about_places(some),
        }
        for _ in range(count)
    )


def said_about_places(some):
    """Nothing, or a word that counts for a day more, or one that lapsed today or before."""
    level = some.choice(["", "free", "limited", "full", "out_of_stock"])
    if not level:
        return {}
    expires_on = TODAY + dt.timedelta(days=some.choice([-3, 0, 1, 9]))
    reported_on = expires_on - dt.timedelta(days=14)
    return {"capacity_level": level, "capacity_reported_on": reported_on, "capacity_expires_on": expires_on}


@pytest.mark.first_network("the pool of answers is of its vocabulary")
@pytest.mark.parametrize("seed", range(6))
def test_lists_and_counts_equal_a_plain_count(seed):
    some = random.Random(seed)
    publish_some(some, 25)
    rows = list(queries.current_listings("public"))
    assert {local_date(row.timezone) for row in rows} == {TODAY}
    for _ in range(8):
        chosen = {
            name: tuple(sorted(some.sample(POOL[name], 1))) for name in some.sample(list(POOL), some.randint(0, 4))
        }
        if some.random() < 0.3:
            chosen["attribute"] = tuple(sorted(some.sample(POOL["attribute"], some.randint(2, 3))))
        filters = Filters(**chosen)
        expected = {row.id for row in rows if all(fits(row, *item) for item in chosen.items())}
        assert ids(filters) == expected, chosen
        counts = facet_counts("public", filters, vocabulary(), NOW)
        assert counts.total == len(expected)
        for name in POOL.keys() & counts.by_value.keys():
            others = [row for row in rows if all(fits(row, *item) for item in chosen.items() if item[0] != name)]
            for code in POOL[name]:
                beside = [value for value in chosen.get(name, ()) if attribute_of(value) != attribute_of(code)]
                beside = beside if name == "attribute" else []
                plain = sum(fits(row, name, (code,)) and (not beside or fits(row, name, beside)) for row in others)
                assert counts.by_value[name].get(code, 0) == plain, (chosen, name, code)
            if name in chosen:
                assert counts.without[name] == len(others)


@pytest.mark.parametrize(
    "ask",
    [
        lambda: queries.listings_page("public", Filters(open=("now",), page_size=200)),
        lambda: facet_counts("public", Filters(service=("legal",)), vocabulary(), NOW),
        lambda: map_view("public", Filters(language=("ru",)), 4, vocabulary().families, "ru"),
    ],
)
def test_more_rows_need_no_more_queries(ask):
    def count():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            ask()
        return len(seen)

    publish_some(random.Random(1), 3)
    few = count()
    publish_some(random.Random(2), 9)
    assert count() == few
