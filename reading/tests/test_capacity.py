"""A word about places counts until its day at the place: in SQL, in Python, in lists, counts and words."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from core import clock
from directory.asking import queries
from directory.asking.facets import facet_counts
from directory.asking.filters import Filters
from directory.freshness import capacity, capacity_sql
from directory.tests.factories import publish
from directory.vocabulary import vocabulary
from reading import presenters
from reading.presenters.capacity import reported_text

pytestmark = pytest.mark.django_db
SECOND, DAY = dt.timedelta(seconds=1), dt.timedelta(days=1)
LEVELS = ("free", "limited", "full", "out_of_stock")
ZONES = ("UTC", "Asia/Vladivostok", "America/New_York", "Asia/Kathmandu")


def said(level, expires_on, *, days=14, **fields):
    """A listing about which this was said so many days before the word ends; its check is fresh for years."""
    checked = {"checked_on": dt.date(2026, 1, 1), "notice_on": None, "archives_on": None}
    far = {"due_on": dt.date(2039, 1, 1), "hides_on": dt.date(2039, 2, 1)}
    word = {"capacity_level": level, "capacity_expires_on": expires_on, "capacity_reported_on": expires_on - days * DAY}
    return publish(**checked, **far, **word, **fields)


def told(listing, at):
    """What readers are told at an instant: SQL's answer, which must be Python's, for both audiences."""
    answers = set()
    for audience in ("public", "members"):
        row = queries.current_listings(audience, at).annotate(told=capacity_sql()).get(id=listing.id)
        assert row.told == capacity(row, at)
        answers.add(row.told)
    (answer,) = answers
    return answer


def has_room(at):
    return set(queries.matching("public", Filters(capacity=("available",)), at).values_list("id", flat=True))


@pytest.mark.parametrize("zone_name", ZONES)
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("expires", ["2026-12-01", "2028-02-29", "2028-03-01", "2027-01-01"])
def test_a_word_counts_until_midnight_of_the_place(level, zone_name, expires):
    day = dt.date.fromisoformat(expires)
    listing = said(level, day, timezone=zone_name)
    midnight = dt.datetime.combine(day, dt.time(), tzinfo=clock.zone(zone_name)).astimezone(dt.UTC)
    for at, expected in ((midnight - DAY, level), (midnight - SECOND, level), (midnight, "unknown")):
        assert told(listing, at) == expected, at
        is_free = expected in ("free", "limited")
        assert has_room(at) == ({listing.id} if is_free else set())
        counts = facet_counts("public", Filters(), vocabulary(), at)
        assert counts.by_value["capacity"].get("available", 0) == int(is_free)
    assert told(listing, midnight + 400 * DAY) == "unknown"


@pytest.mark.parametrize(
    ("zone_name", "changes_on"),
    [
        ("Europe/Berlin", "2027-03-28"),
        ("Europe/Berlin", "2027-10-31"),
        ("America/New_York", "2027-03-14"),
        ("America/New_York", "2027-11-07"),
        ("Asia/Beirut", "2027-03-28"),  # midnight itself does not exist on that day
    ],
)
def test_days_of_23_and_25_hours_begin_at_their_own_midnight(zone_name, changes_on):
    day = dt.date.fromisoformat(changes_on)
    listings = {said("free", date, timezone=zone_name).id: date for date in (day, day + DAY)}
    at = dt.datetime.combine(day - DAY, dt.time(12), tzinfo=clock.zone(zone_name)).astimezone(dt.UTC)
    for _step in range(2 * 60):
        today = at.astimezone(clock.zone(zone_name)).date()
        assert has_room(at) == {key for key, expires_on in listings.items() if today < expires_on}, at
        at += dt.timedelta(minutes=30)


def test_nothing_said_is_nothing_told():
    listing = publish()
    assert told(listing, clock.now()) == ""
    assert capacity(SimpleNamespace(capacity_level="", capacity_expires_on=None, timezone="UTC")) == ""


@pytest.mark.parametrize(
    "fields",
    [
        {"capacity_level": "free"},
        {"capacity_expires_on": dt.date(2026, 12, 1)},
        {"capacity_level": "free", "capacity_expires_on": dt.date(2026, 12, 1)},
        {
            "capacity_level": "free",
            "capacity_reported_on": dt.date(2026, 12, 1),
            "capacity_expires_on": dt.date(2026, 12, 1),
        },
    ],
)
def test_a_level_without_its_dates_cannot_get_in(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        publish(**fields)


NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
IN_TEN_DAYS = NOW.date() + 10 * DAY


def card(listing, language="ru", at=NOW):
    (row,) = queries.place("public", listing.place_id, at)
    with override(language):
        return presenters.card(row, vocabulary(), "public", at)["capacity"]


def test_it_is_told_in_words_with_its_age():
    listing = said("limited", IN_TEN_DAYS, capacity_note={"ru": "Две женских кровати"}, types=["shelter"])
    assert card(listing) == {
        "level": "limited",
        "text": "Мест мало",
        "note": "Две женских кровати",
        "reported_on": "2026-11-19",
        "reported_text": "сообщили 4 дня назад",
        "expires_on": "2026-12-03",
    }
    assert card(listing, "en")["text"] == "Few places left"
    assert card(listing, "en")["note"] == "Две женских кровати"


def test_medicine_has_its_own_words():
    first = said("out_of_stock", IN_TEN_DAYS, types=["art", "case_management"])
    assert card(first)["text"] == "Препаратов нет"
    assert card(said("free", IN_TEN_DAYS, types=["drop_in", "naloxone"]))["text"] == "Есть места"
    assert card(said("free", IN_TEN_DAYS, types=["naloxone"]))["text"] == "Препараты есть"


def test_a_lapsed_word_tells_nothing_but_that_it_is_not_known():
    listing = said("full", NOW.date(), capacity_note={"ru": "До пятницы"}, types=["shelter"])
    shown = card(listing)
    assert (shown["level"], shown["text"]) == ("unknown", "Есть ли места – неизвестно")
    assert not any(shown[name] for name in ("note", "reported_on", "reported_text", "expires_on"))


@pytest.mark.parametrize("operation", ["paused", "closed"])
def test_who_takes_nobody_has_no_places(operation):
    listing = said("free", IN_TEN_DAYS, operation=operation)
    assert card(listing) is None
    assert has_room(NOW) == set()


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "сообщили сегодня"),
        (1, "сообщили вчера"),
        (2, "сообщили 2 дня назад"),
        (5, "сообщили 5 дней назад"),
        (21, "сообщили 21 день назад"),
        (-1, "сообщили сегодня"),
    ],
)
def test_days_are_counted_in_russian(days, words):
    with override("ru"):
        assert reported_text(days) == words


def test_pages_say_it_and_cards_are_silent_about_what_is_not_known(client):
    fresh = said("free", clock.today() + 5 * DAY, days=14, types=["shelter"])
    lapsed = said("full", clock.today() - DAY, days=14, types=["shelter"])
    home = client.get("/ru/").content.decode()
    assert "Есть места" in home
    assert "неизвестно" not in home
    assert "Есть места" in client.get(f"/ru/places/{fresh.place_id}/").content.decode()
    page = client.get(f"/ru/places/{lapsed.place_id}/").content.decode()
    assert "Есть ли места – неизвестно" in page
    assert "Мест нет" not in page


def test_the_api_says_it_and_filters_by_it(client):
    fresh = said("free", clock.today() + 5 * DAY)
    said("full", clock.today() + 5 * DAY)
    answer = client.get("/api/v1/listings/", {"capacity": "available"}).json()
    assert [(row["id"], row["capacity"]["level"]) for row in answer["results"]] == [(fresh.id, "free")]
    assert client.get("/api/v1/listings/", {"capacity": "yes"}).json()["count"] == 1
    assert client.get("/api/v1/listings/", {"capacity": "some"}).status_code == 400
    counts = client.get("/api/v1/map/").json()["counts"]
    assert counts["capacity"] == {"available": 1}
