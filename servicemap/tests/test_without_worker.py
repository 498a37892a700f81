"""With the worker stopped, a listing past its dates turns grey and disappears everywhere, on the right day.

No round runs here, and nothing is written after the publication: the rows of the directory stay what they were, and
every reader is asked in the last second of the day before and in the first of the day, by the clock of the place.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.gis.geos import Point
from django.test import Client

from core import clock
from core.clock import zone
from core.pages.http import PUBLIC_CACHING
from directory.tables.listings import MemberListing, PublicListing
from messaging.models import Message
from services.models import ServiceAtLocation
from verification.models import Check, ListingState, Recheck
from verification.tests import scenarios

pytestmark = pytest.mark.django_db

SECOND = dt.timedelta(seconds=1)
TITLE = "Редкая услуга для проверки"
GREY = ("overdue", "lapsed")
#: A place twelve hours before Greenwich and one ten hours behind it: another date than UTC's for half of each day.
KAMCHATKA = {
    "country": "RU", "city": "Петропавловск-Камчатский", "timezone": "Asia/Kamchatka",
    "point": Point(158.65, 53.02, srid=4326),
}  # fmt: skip
HONOLULU = {
    "country": "US", "city": "Гонолулу", "timezone": "Pacific/Honolulu",
    "point": Point(-157.86, 21.31, srid=4326),
}  # fmt: skip
CHECKED = dt.date(2026, 8, 31)  # six months later February has no 31st day


@dataclass(frozen=True)
class World:
    """The one listing on the map, and who asks for it."""

    row: ServiceAtLocation
    visitor: Client
    member: Client

    @property
    def place(self) -> str:
        return str(self.row.location.public_id)

    @property
    def point(self) -> Any:
        return self.row.location.point


#: What a reader is told: None when the listing is not there, else whether it is grey ("" where no colour is told).
Told = str | None


def on_page(content: bytes) -> Told:
    """A card or heading of the listing in a page, and the colour of its pin and seal."""
    html = content.decode().replace(f'value="{TITLE}"', "")  # the search field repeats what was asked
    if TITLE not in html:
        return None
    html = html.split('<ol class="cards"')[-1]  # the organisation above its services has a seal of its own
    seals = set(re.findall(r'class="seal (\w+)"', html))
    is_grey = bool(re.search(r'class="pin( \w)? stale"\s+data-family', html))
    assert is_grey == bool(seals & set(GREY)) and len(seals) == 1  # the pin and the seal agree
    return "grey" if is_grey else "fresh"


def in_card(card: dict[str, Any] | None) -> Told:
    return None if card is None else "grey" if card["freshness"] in GREY else "fresh"


def in_cards(cards: list[dict[str, Any]]) -> Told:
    found = [card for card in cards if card["title"] == TITLE]
    assert len(found) == len(cards) <= 1
    return in_card(found[0] if found else None)


def in_map(answer: dict[str, Any]) -> Told:
    """Totals, points and clusters agree; every count beside a filter follows them."""
    pins = [*answer["points"], *answer["clusters"]]
    counted = {n for values in answer["counts"].values() for n in values.values()}
    assert answer["total"] == answer["places"] == len(pins) <= 1
    assert counted == ({1} if pins else set())
    return ("grey" if pins[0]["stale"] else "fresh") if pins else None


def in_filters(context: Any) -> Told:
    """The counts and the cities that the filters of a page offer, and the line above the list."""
    options = [option for values in context["facets"].values() for option in values]
    is_there = bool(context["facets"]["city"])
    assert is_there == any(option["count"] for option in options) == bool(context["summary"]["count"])
    return "" if is_there else None


def found(response: Any, told: Callable[[Any], Told]) -> Told:
    assert response.status_code in (200, 404)
    return told(response) if response.status_code == 200 else None


# long: one table of every page and question that may show a listing
def readers_of(world: World, client: Client, twin: str) -> dict[str, Callable[[], Told]]:
    """Every page and every question of the API that may show the listing; `twin` is "" or "members/"."""
    row, place, page, api = world.row, world.place, f"/ru/{twin}", f"/api/v1/{twin}"
    words = {"q": TITLE}

    def cards(name: str, **query: str) -> list[dict[str, Any]]:
        return list(client.get(f"{api}{name}/", query).json()["results"])

    def sent() -> dict[str, Any]:
        return dict(client.post(f"{api}search/", words, content_type="application/json").json())

    def features() -> list[dict[str, Any]]:
        return [one["properties"] for one in client.get(f"{api}listings.geojson").json()["features"]]

    asked = {
        "list page": lambda: on_page(client.get(page).content),
        "filters": lambda: in_filters(client.get(page).context),
        "search page": lambda: on_page(client.post(f"{page}search/", words).content),
        "place page": lambda: found(client.get(f"{page}places/{place}/"), lambda r: on_page(r.content)),
        "organisation page": lambda: on_page(
            client.get(f"{page}organizations/{row.service.organization.slug}/").content
        ),
        "API map": lambda: in_map(client.get(f"{api}map/?zoom=12").json()),
        "API map from afar": lambda: in_map(client.get(f"{api}map/?zoom=0").json()),
        "API map of its city": lambda: in_map(client.get(f"{api}map/", {"country": row.location.country}).json()),
        "API listings": lambda: in_cards(cards("listings")),
        "API geojson": lambda: in_cards(features()),
        "API place": lambda: found(client.get(f"{api}places/{place}/"), lambda r: in_cards(r.json()["listings"])),
        "API nearest": lambda: in_cards(cards("nearest", lat=str(world.point.y), lon=str(world.point.x))),
        "API search": lambda: in_cards(sent()["results"]),
        "API map of a search": lambda: in_map(sent()["map"]),
    }
    return {f"{twin}{name}": ask for name, ask in asked.items()}


def only_public(world: World, client: Client) -> dict[str, Callable[[], Told]]:
    country, place = world.row.location.country, f"/ru/places/{world.place}/"
    return {
        "embed": lambda: on_page(client.get("/ru/embed/").content),
        "embed of a country": lambda: on_page(client.get("/ru/embed/", {"country": country}).content),
        "QR code": lambda: found(client.get(f"{place}qr.svg"), lambda r: ""),
        "report form": lambda: found(client.get(f"{place}report/"), lambda r: ""),
    }


def told(asked: dict[str, Callable[[], Told]], at: dt.datetime) -> set[Told]:
    """What all these readers are told at this instant; those that tell no colour only have to agree that it is there.

    A reader who is told something else than the others is named.
    """
    with clock.travel(at):
        answers = {name: ask() for name, ask in asked.items()}
    colours = {answer for answer in answers.values() if answer != ""} or {None}
    assert len(colours) == 1, (at, answers)
    assert ("" in answers.values()) <= (colours != {None}), (at, answers)
    return colours


@pytest.fixture
def world(request: pytest.FixtureRequest) -> World:
    where = request.param
    row = scenarios.published(
        scenarios.place(scenarios.organization(), visibility="public", **where), on=CHECKED, title=TITLE
    )
    member = Client()
    member.force_login(scenarios.person(scenarios.organization()))
    return World(row, Client(), member)


def everything_stored() -> list[Any]:
    models = [PublicListing, MemberListing, ListingState, Check, Recheck, Message]
    return [list(model.objects.order_by("pk").values()) for model in models]  # type: ignore[attr-defined]


#: (the public, members) in the last second of the day before, and in the first second of the day.
DUE, HIDES, ARCHIVES = (
    (("fresh", "fresh"), ("grey", "grey")),
    (("grey", "grey"), (None, "grey")),
    ((None, "grey"), (None, None)),
)


@pytest.mark.parametrize(
    ("world", "due_on", "hide", "archive"),
    # At noon in Greenwich September has begun in Kamchatka.
    [(KAMCHATKA, dt.date(2026, 12, 1), 14, 60), (HONOLULU, dt.date(2027, 2, 28), 30, 90)],
    ids=["class A", "class B"],
    indirect=["world"],
)
def test_a_listing_turns_grey_and_disappears_everywhere_on_the_right_day(
    world: World, due_on: dt.date, hide: int, archive: int
) -> None:
    public = readers_of(world, world.visitor, "") | only_public(world, world.visitor)
    members = readers_of(world, world.member, "members/")
    before = everything_stored()
    for days, (evening, morning) in ((0, DUE), (hide, HIDES), (archive, ARCHIVES)):
        day = due_on + dt.timedelta(days=days)
        midnight = dt.datetime.combine(day, dt.time(), tzinfo=zone(world.row.location.timezone))
        for at, (to_public, to_members) in ((midnight - SECOND, evening), (midnight, morning)):
            assert told(public, at) == {to_public}, (day, at)
            assert told(members, at) == {to_members}, (day, at)
    assert everything_stored() == before  # it was the question that changed, not the rows


@pytest.mark.parametrize("world", [KAMCHATKA], indirect=True)
def test_no_cache_keeps_what_has_changed_with_the_day(world: World) -> None:
    """An answer that was kept is asked for again after a minute, and does not pass for unchanged on another day."""
    place = world.place
    paths = [
        "/api/v1/map/?zoom=12",
        "/api/v1/listings/",
        "/api/v1/listings.geojson",
        f"/api/v1/places/{place}/",
        f"/api/v1/nearest/?lat={world.point.y}&lon={world.point.x}",
    ]
    state = ListingState.objects.get()
    for day in (state.due_on, state.hides_on):
        midnight = dt.datetime.combine(day, dt.time(), tzinfo=zone("Asia/Kamchatka"))
        for path in paths:
            with clock.travel(midnight - SECOND):
                kept = world.visitor.get(path)
                again = world.visitor.get(path, headers={"If-None-Match": kept["ETag"]})
                assert (kept.status_code, again.status_code) == (200, 304), path
            with clock.travel(midnight):
                now = world.visitor.get(path, headers={"If-None-Match": kept["ETag"]})
                assert now.status_code in (200, 404) and now.content != kept.content, path
    pages = [*paths, "/ru/", f"/ru/places/{place}/", f"/ru/places/{place}/qr.svg", "/ru/embed/"]
    pages.append(f"/ru/organizations/{world.row.service.organization.slug}/")
    with clock.travel(CHECKED):
        for path in pages:
            assert world.visitor.get(path)["Cache-Control"] == PUBLIC_CACHING, path
        for path in ("/ru/members/", f"/ru/members/places/{place}/", "/api/v1/members/map/"):
            assert "no-store" in world.member.get(path)["Cache-Control"], path
