"""What the map's templates read, as plain dicts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import NotRequired, TypedDict

from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from core.geo.ground import Ground, ground
from core.pages.addresses import Page, path_to
from directory.asking import queries
from directory.asking.facets import Counts
from directory.asking.filters import FilterError, Filters
from directory.asking.queries import Hits, ListingsPage
from directory.crossing.records import Audience
from directory.searching.places_in_words import UnderstoodJson
from maps.first import FirstView, first_view
from maps.lands import LandsShown, lands_shown
from maps.texts import map_texts
from reading import kept, presenters
from reading.alternatives import alternatives
from reading.asked import Asked
from reading.lines import guide
from reading.needs import NeedTold, needs, told_together
from reading.presenters.choices import MOST_CITIES, Choices, Option
from reading.shapes import Alternatives, Card, Guide

_HOME: dict[Audience, str] = {"public": "maps:home", "members": "maps:members"}
_SEARCH: dict[Audience, str] = {"public": "maps:search", "members": "maps:members_search"}
_DOWNLOAD: dict[Audience, str] = {"public": "maps:download", "members": "maps:members_download"}
_LAYOUT: dict[Audience, str] = {"public": "layout/public.html", "members": "layout/members.html"}


class FamilyTold(TypedDict):
    code: str
    name: str


class FirstQuestion(TypedDict):
    """What the map opens with; `bbox` is west, south, east, north."""

    bbox: list[float] | None
    filters: dict[str, list[str]]
    sort: str
    unread: list[tuple[str, str]]


class MapConfig(TypedDict):
    """What <service-map> needs to know; see static/js/map/element.js."""

    api: str
    lang: str
    audience: Audience
    basemap: Ground
    labels_url: str
    families: list[FamilyTold]
    texts: dict[str, str | dict[str, str]]
    urls: dict[str, str]
    initial: FirstQuestion
    needs: list[NeedTold]
    embed: bool
    view: str
    locked: dict[str, list[str]]
    first: NotRequired[FirstView | None]


class Frame(TypedDict):
    """What every page of an audience has in common."""

    audience: Audience
    layout: str
    home_url: str
    search_url: str
    download_url: str
    follow_url: str
    own_url: str
    gaps_url: str
    gaps_layer_url: str


class Paging(TypedDict):
    """An address is "" where there is no page."""

    number: int
    total: int
    previous_url: str
    next_url: str


class SortOffered(TypedDict):
    code: str
    name: str
    url: str
    selected: bool
    hidden: bool


class TileLinked(NeedTold):
    url: str


class AppContext(Frame):
    """What the list, its filters and the map are drawn from."""

    build_url: str
    cards: list[Card]
    summary: dict[str, int]
    pages: Paging
    facets: dict[str, list[Option]]
    are_cities_cut: bool
    active: list[dict[str, str]]
    chosen_number: int
    reset_url: str
    carried: list[tuple[str, str]]
    is_first: bool
    needs: list[TileLinked]
    by_reach: bool
    filters: dict[str, list[str]]
    sort: str
    sorts: list[SortOffered]
    q: str
    understood: UnderstoodJson | None
    off: list[str]
    errors: list[dict[str, str]]
    is_lost: bool
    guide: Guide | None
    alternatives: Alternatives | None
    lands: LandsShown
    map_config: MapConfig


@dataclass(frozen=True)
class Words:
    """A question of words: how it was understood, what was taken off, which filters were chosen beside it."""

    query: str
    understood: UnderstoodJson
    off: Sequence[str]
    chosen: Filters
    hits: Hits | None


# long: one key of the context a line
def app_context(
    asked: Asked,
    filters: Filters,
    *,
    path: str,
    errors: list[FilterError] | None = None,
    words: Words | None = None,
) -> AppContext:
    """The list, its filters and the configuration of the map, for the page at `path` (as `address` takes it).

    `filters` are those that count; with `words`, those that somebody chose are in there.
    """
    hits, chosen = (words.hits, words.chosen) if words else (None, filters)
    counts = kept.counts(asked, filters, hits)
    page = queries.listings_page(asked.audience, filters, asked.at, hits=hits)
    is_lost = filters.is_lost and hits is None
    choices = Choices(asked.vocabulary, asked.audience, kept.cities(asked))
    guided = guide(asked, filters)
    told = needs(asked.vocabulary)
    config = map_config(asked, chosen, [(one.param, one.value) for one in errors or []] if is_lost else [])
    if words is None:
        config["first"] = first_view(asked, filters, counts, config["initial"]["bbox"])
    active = _active(choices, chosen, told, path)
    return {
        **frame(asked.audience),
        "cards": presenters.cards(page.rows, asked.vocabulary, asked.audience, asked.at),
        "summary": {"count": page.count, "places": page.places},
        "pages": _pages(page, filters, path),
        "facets": choices.facets(counts, filters),
        "are_cities_cut": len(choices.cities) > MOST_CITIES,
        "active": active,
        "chosen_number": len(active) + (len(words.understood["filters"]) if words else 0),
        "reset_url": path,
        "carried": _carried(chosen),
        "is_first": filters == Filters() and not words and not errors,
        "needs": [{**need, "url": address(path, Filters(service=tuple(need["service"])))} for need in told],
        "by_reach": bool(filters.near) and filters.sort != "checked",
        "filters": {name: list(values) for name, values in chosen.active().items()},
        "sort": filters.sort,
        "sorts": _sorts(filters, path, is_search=hits is not None),
        "q": words.query if words else "",
        "understood": words.understood if words else None,
        "off": list(words.off) if words else [],
        "errors": [{"param": error.param, "message": str(error.message)} for error in errors or []],
        "is_lost": is_lost,
        "guide": guided,
        "alternatives": None if counts.total or guided else _alternatives(asked, filters, counts, path, hits),
        "lands": lands_shown(asked, filters),
        "map_config": config,
        "build_url": address(reverse("maps:embed_build"), chosen.replace(near=None, sort="", page=1)),
    }


def frame(audience: Audience) -> Frame:
    return {
        "audience": audience,
        "layout": _LAYOUT[audience],
        "home_url": home_path(audience),
        "search_url": reverse(_SEARCH[audience]),
        "download_url": reverse(_DOWNLOAD[audience]),
        "follow_url": path_to(Page.FOLLOW) if audience == "members" else "",
        "own_url": path_to(Page.SELECTIONS) if audience == "members" else "",
        "gaps_url": path_to(Page.GAPS, view="countries") if audience == "members" else "",
        "gaps_layer_url": path_to(Page.GAPS_LAYER) if audience == "members" else "",
    }


def home_path(audience: Audience) -> str:
    return reverse(_HOME[audience])


def map_config(asked: Asked, filters: Filters, unread: Sequence[tuple[str, str]] = ()) -> MapConfig:
    """For a page of this audience. `unread` makes a question that finds nothing."""
    api = reverse("api:map" if asked.audience == "public" else "api:members_map").removesuffix("map/")
    box = kept.extent(asked, filters)
    if box is None and (filters.active() or unread):
        box = kept.extent(asked, Filters())
    return {
        "api": api,
        "lang": asked.language,
        "audience": asked.audience,
        "basemap": ground(),
        "labels_url": static("basemap/labels.json"),
        "families": [{"code": term.code, "name": term.name()} for term in asked.vocabulary.scheme("family").values()],
        "texts": map_texts(),
        "urls": _urls(asked.audience),
        "initial": {
            "bbox": box,
            "filters": {name: list(values) for name, values in filters.active().items()},
            "sort": filters.sort,
            "unread": list(unread),
        },
        "needs": needs(asked.vocabulary),
        "embed": False,
        "view": "split",
        "locked": {},
    }


def _urls(audience: Audience) -> dict[str, str]:
    """`refer` is where a member sends somebody on from a card; the public has no such place."""
    urls = {"home": home_path(audience), "search": reverse(_SEARCH[audience])}
    return urls | {"refer": path_to(Page.REFERRAL_NEW)} if audience == "members" else urls


def address(path: str, filters: Filters) -> str:
    """The page at `path` with these conditions; a path may bring parameters of its own, which stay."""
    query = filters.to_query()
    return f"{path}{'&' if '?' in path else '?'}{query}" if query else path


def _carried(filters: Filters) -> list[tuple[str, str]]:
    """What was asked and has no field in the form of filters: it goes along when that is sent without scripts."""
    near = filters.near.to_pairs() if filters.near else []
    return [*near, *([("sort", filters.sort)] if filters.sort else [])]


def _pages(page: ListingsPage, filters: Filters, path: str) -> Paging:
    last = filters.replace(page=page.pages, mark=None) if page.number > page.pages else None
    return {
        "number": page.number,
        "total": page.pages,
        "previous_url": address(path, before) if (before := page.previous or last) else "",
        "next_url": address(path, page.next) if page.next else "",
    }


def _active(choices: Choices, filters: Filters, told: Iterable[NeedTold], path: str) -> list[dict[str, str]]:
    """A chip for every value that is set, one for all codes of a tile; its address is the same page without it."""
    tiles = told_together(filters.service, told)
    in_tiles = {code for _name, codes in tiles for code in codes}
    chips = [_chip("service", codes, name, filters, path) for name, codes in tiles]
    chips += [
        _chip(param, [code], choices.name(param, code), filters, path)
        for param, values in filters.active().items()
        for code in values
        if param != "service" or code not in in_tiles
    ]
    if filters.near:
        url = address(path, filters.without("near"))
        chips.insert(0, {"param": "near", "code": "", "name": choices.near_name(filters), "url": url})
    return chips


def _chip(param: str, codes: Sequence[str], name: str, filters: Filters, path: str) -> dict[str, str]:
    without = reduce(lambda left, code: left.without(param, code), codes, filters)
    return {"param": param, "code": ",".join(codes), "name": name, "url": address(path, without)}


def _sorts(filters: Filters, path: str, *, is_search: bool) -> list[SortOffered]:
    """The orders of the list; the page's script offers "distance" where there are words and a place."""
    best = (
        _("Best match first") if is_search else _("Nearest first") if filters.near else _("From the middle of the map")
    )
    names = {"best": best, "distance": _("Nearest first"), "checked": _("Recently checked first")}
    chosen = filters.sort or "best"
    return [
        {
            "code": code,
            "name": name,
            "url": address(path, filters.replace(sort="" if code == "best" else code, page=1)),
            "selected": code == chosen,
            "hidden": code == "distance" and not (filters.near and is_search),
        }
        for code, name in names.items()
    ]


def _alternatives(asked: Asked, filters: Filters, counts: Counts, path: str, hits: Hits | None) -> Alternatives:
    found = alternatives(asked, filters, counts, hits=hits)
    for item in found["drop"]:
        without = filters if item["param"] == "q" else filters.without(item["param"])
        item["url"] = address(path, without)
    return found
