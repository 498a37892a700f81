"""The page on which a partner puts an embed together alone: what, how, which size, and the codes to copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TypedDict

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from core.languages import active, for_all
from directory.asking import queries
from directory.asking.filters import FilterError, Filters, parse_leniently
from directory.numbers import as_integer
from maps.context import frame as of_the_page
from maps.embeds import snippets
from maps.embeds.colours import ACCENTS
from maps.embeds.looks import THEMES, VIEWS, Looks, one_of
from maps.embeds.shown import named, path_of, selection_name
from maps.embeds.snippets import Size
from maps.views.doors import public_page
from reading import kept
from reading.asked import Asked
from reading.picked.ids import written
from reading.presenters.choices import Choices
from reading.presenters.parts import text

#: What the form has fields for; other conditions are carried along as they came.
ASKED = ("country", "service", "group", "organization")
OWN = ("view", "theme", "accent", "own_accent", "header", "fixed", "lang", "size", "width", "height")
_SCRIPT = Path(settings.BASE_DIR) / "static" / "js" / "embed.js"


class CodesMade(TypedDict):
    """What the page hands out."""

    address: str
    iframe: str
    script: str
    oembed: str
    link: str
    qr: str
    title: str


@require_safe
@public_page
def embed_build(request: HttpRequest) -> HttpResponse:
    """A form sent by GET: without scripts a press renders the codes, with them each change does."""
    asked = Asked.now("public")
    filters, errors = parse_leniently(request.GET, asked.vocabulary)
    filters = filters.replace(near=None, sort="", page=1)
    filters = Filters() if Looks.read(request.GET).picked else filters
    language = one_of(request.GET.get("lang", ""), (active(), *for_all()))
    looks, (size, wrong) = _looks(request.GET, filters), _size(request.GET)
    made = _made(request, asked, filters, looks, size, language)
    context: dict[str, object] = {
        **of_the_page("public"),
        **_choices(asked, filters),
        "made": made,
        "looks": looks,
        "size": size,
        "lang": language,
        "picked": written(looks.picked),
        "bbox": str(filters.bbox) if filters.bbox else "",
        "is_fixed": bool(looks.locked),
        "default_accent": ACCENTS[settings.NETWORK.brand],
        "views": list(zip(VIEWS, (_("Map and list"), _("Map"), _("List"), _("Cards without a map")), strict=True)),
        "themes": list(zip(THEMES, (_("As on the device"), _("Light"), _("Dark")), strict=True)),
        "chosen_params": list(filters.active()),
        "errors": [*errors, *wrong],
        "sites": _sites(),
        "contact_email": settings.NETWORK_EMAIL,
    }
    return render(request, "maps/embed_build.html", context)


@require_safe
@public_page
def embed_script(request: HttpRequest) -> HttpResponse:
    """`/embed.js`: for the partner's page, at an address that stays."""
    response = HttpResponse(_script(), content_type="text/javascript; charset=utf-8")
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@lru_cache(1)
def _script() -> str:
    return _SCRIPT.read_text(encoding="utf-8")


def _looks(given: QueryDict, filters: Filters) -> Looks:
    looks = Looks.read(given)
    accent = looks.accent if given.get("own_accent") else ""
    locked = tuple(filters.active()) if given.get("fixed") else ()
    return replace(looks, accent=accent, locked=locked, place="")


def _size(given: QueryDict) -> tuple[Size, list[FilterError]]:
    """Numbers beyond what a frame takes become the nearest that it does; what is no number is named."""
    found, wrong = {"width": snippets.WIDTH, "height": snippets.HEIGHT}, []
    limits = {"width": (snippets.NARROWEST, snippets.WIDEST), "height": (snippets.LOWEST, snippets.HIGHEST)}
    for name, (least, most) in limits.items():
        try:
            found[name] = snippets.within(as_integer(given.get(name) or str(found[name]), 0, 10**6), least, most)
        except ValueError as error:
            wrong.append(FilterError(name, error))
    kind = one_of(given.get("size", ""), snippets.SIZES)
    return Size("wide" if kind == "grow" and Looks.read(given).view != "cards" else kind, **found), wrong


def _made(request: HttpRequest, asked: Asked, filters: Filters, looks: Looks, size: Size, language: str) -> CodesMade:
    with override(language):
        path, home = path_of(filters, looks), reverse("maps:home")
        title = selection_name() if looks.picked else named(asked, filters)
        home = f"{reverse('maps:picked')}#{written(looks.picked)}" if looks.picked else home
    address = request.build_absolute_uri(path)
    link = request.build_absolute_uri(f"{home}?{filters.to_query()}" if filters.to_query() else home)
    framed = snippets.frame(address, title, size)
    script = request.build_absolute_uri(reverse("embed_script"))
    return {
        "address": address,
        "iframe": framed,
        "script": snippets.with_script(framed, script) if size.kind == "grow" else "",
        "oembed": snippets.oembed_of(request.build_absolute_uri(reverse("oembed")), address),
        "link": link,
        "qr": snippets.qr(link),
        "title": title,
    }


def _choices(asked: Asked, filters: Filters) -> dict[str, object]:
    """Boxes of the form, and the conditions that it only carries."""
    choices = Choices(asked.vocabulary, "public", kept.cities(asked))
    facets = choices.facets(kept.counts(asked, Filters()), filters)
    carried = [
        {"param": param, "code": code, "name": choices.name(param, code)}
        for param, codes in filters.active().items()
        for code in codes
        if param not in ASKED or (param == "service" and code not in {one["code"] for one in facets["service"]})
    ]
    return {"facets": facets, "carried": carried, "organizations": _organizations(asked, filters.organization)}


def _organizations(asked: Asked, chosen: Sequence[str]) -> list[dict[str, object]]:
    rows = queries.organizations("public", asked.at)
    found = [{"slug": row.slug, "name": text(row, "name"), "selected": row.slug in chosen} for row in rows]
    return sorted(found, key=lambda one: str(one["name"]))


def _sites() -> list[str] | None:
    """Which sites may show an embed; None where any may."""
    allowed = list(settings.EMBED_FRAME_ANCESTORS)
    return None if "*" in allowed else [site for site in allowed if site != "'self'"]
