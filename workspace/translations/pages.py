"""A page of everybody's in a language that may not be open to everybody yet, for who translates or checks it.

Rule: it is made as for somebody who is not signed in, so it holds nothing that the public may not read.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Sequence
from typing import cast

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import resolve, reverse
from django.utils import translation
from django.utils.html import escape, format_html
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accounts.requests import SignedInRequest
from core.languages import by_code
from core.phrasing.marks import marked_up, marking
from directory.tables.listings import PublicListing
from directory.tables.news import PublicDigest
from directory.tables.wording import CAPACITY, COLUMNS, PAPER, PARTS, RECORDS
from translations.models import Translation
from translations.states import WordState, forms_told, is_shown, state_of
from translations.texts.units import Unit

#: A file in which a string stands → the page on which it is seen; the map has all others.
_SEEN_ON = (
    (("templates/maps/about",), "maps:about"),
    (("templates/doors/reporting",), "reporting:report"),
    (("templates/404", "templates/500", "templates/429", "templates/kept"), "maps:home"),
    (("templates/maps/countr", "templates/maps/_fact", "reading/presenters/lands"), "maps:countries"),
    (
        (
            "templates/maps/_listing",
            "templates/maps/place",
            "templates/maps/_contact",
            "templates/maps/_hours",
            "templates/maps/_way",
            "reading/presenters/places",
            "reading/hours",
        ),
        "maps:place",
    ),
)
#: Tags and what no reader sees as text.
_BARE = re.compile(r"<(script|style|title|textarea|option)\b.*?</\1\s*>|<[^>]+>", re.DOTALL | re.IGNORECASE)
#: A value that comes into a text when a page is made.
_VALUE = re.compile(r"%|\{")
#: Not run here: they count readers, and ask in a language that may not answer everybody.
_SCRIPT = re.compile(r"<script\b.*?</script\s*>|<link rel=\"modulepreload\"[^>]*>", re.DOTALL | re.IGNORECASE)


def page_with(request: SignedInRequest, language: str, unit: Unit, row: Translation | None) -> HttpResponse:
    """The page with the first place marked at which the text stands."""
    import_string(settings.WORDS_OF_PAGES)(language)
    with translation.override(language), marking(on=True):
        response = _shown(request, language, address_of(unit))
        html = marked_up(response.content.decode())
    if response.status_code != 200:  # not current any more: nobody is shown it
        raise Http404
    return HttpResponse(with_mark(_SCRIPT.sub("", html), _wanted(language, unit, row)))


def _wanted(language: str, unit: Unit, row: Translation | None) -> list[tuple[str, str]]:
    """(what is looked for, what is put there): the text; where readers still meet the source, whoever translates or
    checks sees the text in its place, and is told so."""
    forms, sources = forms_told(unit, row), [*unit.source, *unit.english]
    here = [(form, _marked(form)) for form in forms]
    if len(forms) != 1 or is_shown(unit, row) or state_of(unit, row) == WordState.OUTDATED or _VALUE.search(forms[0]):
        return here + [(text, _marked(text)) for text in sources]
    tongue = by_code(language)
    words = _("Readers meet the source here until somebody has checked the text.")
    put = format_html(
        '<mark id="here" lang="{}" dir="{}" title="{}">{}</mark>', tongue.tag, tongue.direction, words, forms[0]
    )
    return here + [(text, put) for text in sources]


def _marked(text: str) -> str:
    return format_html('<mark id="here">{}</mark>', _before_values(text))


def _before_values(text: str) -> str:
    return text.split("%(")[0].split("{")[0].strip()


def _shown(request: SignedInRequest, language: str, address: str) -> HttpResponse:
    inner = cast(HttpRequest, copy.copy(request))
    inner.path = inner.path_info = address
    inner.GET, inner.COOKIES, inner.user = QueryDict(), {}, AnonymousUser()
    inner.resolver_match = resolve(address)
    inner.LANGUAGE_CODE = language
    response = inner.resolver_match.func(inner, *inner.resolver_match.args, **inner.resolver_match.kwargs)
    if callable(render := getattr(response, "render", None)):
        cast(Callable[[], object], render)()
    return cast(HttpResponse, response)


def address_of(unit: Unit) -> str:
    """Of a record's text its own page; of a string one on which it is seen."""
    if unit.kind in RECORDS and unit.where:
        return reverse("maps:place", args=[unit.where[0]])
    if unit.kind == "organization":
        return reverse("maps:organization", args=[unit.where[0]])
    if unit.kind in (*PARTS, CAPACITY) and len(unit.where) > 1:  # of a country a notice is told alone
        page, key = unit.where
        return reverse(f"maps:{page}", args=[key])
    if unit.kind in COLUMNS or unit.kind == PAPER:
        return _address_of_column(unit)
    name = next((page for files, page in _SEEN_ON for one in unit.where if one.startswith(files)), "maps:home")
    if name not in ("maps:place", "reporting:report"):
        return reverse(name)
    place = PublicListing.objects.exclude(place_id="").order_by("id").values_list("place_id", flat=True).first()
    return reverse("maps:place", args=[place]) if place and name == "maps:place" else reverse("maps:home")


def _address_of_column(unit: Unit) -> str:
    """Where what is said of a country, in a digest, of learning or in a paper is read."""
    if unit.kind == PAPER:
        return reverse("maps:paper", args=[unit.where[0]])
    if unit.kind in ("fact", "notice"):
        return reverse("maps:country", args=[unit.where[0].lower()])
    if unit.kind == "centre":
        return reverse("maps:place", args=[unit.where[0]])
    if unit.kind in ("digest", "digestline"):
        month = PublicDigest.objects.filter(pk=unit.where[0]).values_list("month", flat=True).first()
        return reverse("maps:digest", args=[f"{month:%Y-%m}"]) if month else reverse("maps:news")
    return reverse("maps:learning")


def with_mark(html: str, texts: Sequence[tuple[str, str]]) -> str:
    """The first of the texts that stands between two tags, as what is put there; the page as it is where none does."""
    for text, put in texts:
        told = str(escape(_before_values(text)))
        if len(told) < 2:
            continue
        start = 0
        for tag in [*_BARE.finditer(html), None]:
            end = tag.start() if tag else len(html)
            if (at := html.find(told, start, end)) >= 0:
                return f"{html[:at]}{put}{html[at + len(told) :]}"
            start = tag.end() if tag else end
    return html
