"""Pages of countries: what is said of one, of all, of two beside each other. Information, no legal advice."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.geo.countries import country_name
from directory.asking.filters import Filters
from maps.context import address, frame, home_path
from maps.views.doors import public_page
from reading import kept
from reading.asked import Asked
from reading.lines import lines
from reading.presenters import lands
from reading.presenters.choices import Choices, Option


@require_safe
@public_page
def countries(request: HttpRequest) -> HttpResponse:
    """Every country that has a page, with how much is said of it."""
    asked = Asked.now("public")
    codes = lands.known_countries(asked)
    facts, loud = lands.facts_of(asked, *codes), {one["country"] for one in lands.banners(asked, codes)}
    told = [
        {"name": country_name(code), "url": country_url(code), "facts": len(facts[code]), "has_notice": code in loud}
        for code in codes
    ]
    return render(request, "maps/countries.html", {**frame("public"), "countries": told})


@require_safe
@public_page
def country(request: HttpRequest, country: str) -> HttpResponse:
    asked = Asked.now("public")
    codes = lands.known_countries(asked)
    code = _code(country, codes)
    filters = Filters(country=(code,))
    others = [one for one in codes if one != code]
    facts = lands.facts_of(asked, *codes)
    context = {
        **frame("public"),
        "name": country_name(code),
        "code": code,
        "facts": facts[code],
        "banners": lands.banners(asked, [code]),
        "lines": lines(asked, filters),
        "kinds": _kinds(asked, filters),
        "map_url": address(home_path("public"), filters),
        "others": [{"name": country_name(one), "url": corridor_url(code, one)} for one in others if facts[one]],
    }
    return render(request, "maps/country.html", context)


@require_safe
@public_page
def corridor(request: HttpRequest, country: str, other: str) -> HttpResponse:
    """Two countries beside each other, for somebody who goes from one to the other."""
    asked = Asked.now("public")
    codes = lands.known_countries(asked)
    here, there = _code(country, codes), _code(other, codes)
    if here == there:
        raise Http404
    context = {
        **frame("public"),
        "here": {"name": country_name(here), "url": country_url(here)},
        "there": {"name": country_name(there), "url": country_url(there)},
        "back_url": corridor_url(there, here),
        "rows": lands.side_by_side(asked, here, there),
        "banners": lands.banners(asked, [here, there]),
    }
    return render(request, "maps/corridor.html", context)


def country_url(code: str) -> str:
    return reverse("maps:country", args=[code.lower()])


def corridor_url(here: str, there: str) -> str:
    return reverse("maps:corridor", args=[here.lower(), there.lower()])


def _code(written: str, codes: list[str]) -> str:
    """In an address a code is small; everything else is another address."""
    code = written.upper()
    if code not in codes or written != code.lower():
        raise Http404
    return code


def _kinds(asked: Asked, filters: Filters) -> list[dict[str, object]]:
    """What the network has there, by group of services; each leads to the map."""
    counts = kept.counts(asked, filters)
    tops: list[Option] = Choices(asked.vocabulary, asked.audience, []).facets(counts, filters)["service"]
    return [
        {
            "name": top["name"],
            "family": top.get("family", ""),
            "count": top["count"],
            "url": address(home_path("public"), filters.replace(service=(top["code"],))),
        }
        for top in tops
        if top["count"]
    ]
