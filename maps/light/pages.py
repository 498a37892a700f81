"""What the light pages say. Of the public alone: whatever hides itself on the map is not here either."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypedDict

from django.utils.translation import gettext as _

from core.geo.countries import country_name
from core.spelling.collation import reading_key
from directory.asking import queries
from directory.asking.filters import FilterError, Filters
from maps.light.addresses import EVERYTHING, Addresses
from reading import kept
from reading.answers import listings_answer, place_answer
from reading.asked import Asked
from reading.lines import lines
from reading.needs import NeedTold, needs
from reading.presenters import lands
from reading.presenters.lands import BannerTold, FactTold
from reading.shapes import Card, Guide, Hotline, PlaceTold

#: Cards of a page: what a slow line brings in a second or two (languages.md: 20 cards are 3 KB packed).
PAGE_SIZE = 20


class CountryLinked(TypedDict):
    """`count` is the number of its services."""

    name: str
    url: str
    count: int


class NeedLinked(TypedDict):
    """`url` is "" where it would lead to nothing."""

    name: str
    hint: str
    url: str


class CardLinked(Card):
    light_url: str


class StartPage(TypedDict):
    countries: list[CountryLinked]


class CountryPage(TypedDict):
    """`number` is that of all services; `facts` are what is known of the country's rules."""

    name: str
    all_url: str
    number: int
    needs: list[NeedLinked]
    lines: list[Hotline]
    banners: list[BannerTold]
    facts: list[FactTold]


class ListPage(TypedDict):
    """An address is "" where there is no such page."""

    name: str
    country_name: str
    country_url: str
    cards: list[CardLinked]
    number: int
    pages: int
    previous_url: str
    next_url: str
    guide: Guide | None


class PlacePage(TypedDict):
    place: PlaceTold


def countries_of(asked: Asked) -> list[str]:
    """Countries in which somebody may be found or of which something is said, by their names."""
    found = {*kept.by_country(asked), *lands.known_countries(asked)}
    return sorted(found, key=lambda code: reading_key(country_name(code)))


def start_page(asked: Asked, to: Addresses) -> StartPage:
    numbers = kept.by_country(asked)
    return {
        "countries": [
            {"name": country_name(code), "url": to.country(code), "count": numbers.get(code, 0)}
            for code in countries_of(asked)
        ]
    }


def country_page(asked: Asked, code: str, to: Addresses) -> CountryPage:
    filters = Filters(country=(code,))
    return {
        "name": country_name(code),
        "all_url": to.listings(code, EVERYTHING),
        "number": kept.counts(asked, filters).total,
        "needs": _needs(asked, code, to),
        "lines": lines(asked, filters),
        "banners": lands.banners(asked, [code]),
        "facts": lands.facts_of(asked, code)[code],
    }


def _needs(asked: Asked, code: str, to: Addresses) -> list[NeedLinked]:
    there = kept.counts(asked, Filters(country=(code,))).by_value.get("service", {})
    return [
        {
            "name": need["name"],
            "hint": need["hint"],
            "url": to.listings(code, need["code"]) if leads_on(asked, need, there) else "",
        }
        for need in needs(asked.vocabulary)
    ]


def leads_on(asked: Asked, need: NeedTold, there: Mapping[str, int]) -> bool:
    """Where nothing is shown there still is whom to call, for kinds whose addresses are shown to nobody.

    `there` is how many services each code of the vocabulary has.
    """
    return any(there.get(code) for code in need["service"]) or bool(asked.vocabulary.unshown(need["service"]))


def filters_of(code: str, need: NeedTold | None, page: int = 1) -> Filters:
    return Filters(country=(code,), service=tuple(need["service"]) if need else (), page=page, page_size=PAGE_SIZE)


def need_of(asked: Asked, code: str) -> NeedTold | None:
    return next((need for need in needs(asked.vocabulary) if need["code"] == code), None)


def list_page(asked: Asked, code: str, need: NeedTold | None, page: int, to: Addresses) -> ListPage:
    """Instead of a page beyond the last one the first."""
    try:
        answer = listings_answer(asked, filters_of(code, need, page))
    except FilterError:
        return list_page(asked, code, need, 1, to)
    name, number, pages = need["code"] if need else EVERYTHING, answer["page"], answer["pages"]
    return {
        "name": need["name"] if need else _("All services"),
        "country_name": country_name(code),
        "country_url": to.country(code),
        "cards": linked(answer["results"], to),
        "number": number,
        "pages": pages,
        "previous_url": to.listings(code, name, number - 1) if number > 1 else "",
        "next_url": to.listings(code, name, number + 1) if number < pages else "",
        "guide": answer.get("guide"),
    }


def linked(cards: Sequence[Card], to: Addresses) -> list[CardLinked]:
    return [{**card, "light_url": to.place(card["place_id"])} for card in cards]


def place_page(asked: Asked, place_id: str) -> PlacePage | None:
    shown = place_answer(asked, place_id)
    return {"place": shown} if shown else None


def places_of(asked: Asked) -> list[str]:
    """Every place that has a page, each once."""
    return sorted({row.place_id for row in queries.everything(asked.audience, Filters(), asked.at)})
