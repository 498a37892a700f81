"""What a page tells of itself when somebody opened it, and the page of the sums that come of it."""

from __future__ import annotations

import orjson
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from core.geo.countries import country_codes, country_name
from directory.filtering.declared import FILTERS
from directory.vocabulary import Vocabulary
from maps.context import frame
from maps.views.doors import public_page
from reading import kept
from reading.asked import Asked
from reading.presenters.choices import Choices
from usage import figures, tally
from usage.words import CHOSEN, DOWNLOAD, EMBED, HOST, NOTHING, PAGES, WORDS, Used, host_of

LONGEST = 2048
#: Conditions that one page tells at most, and of a list as many are shown.
MOST_CODES, MOST_SHOWN = 20, 15
#: These say where, or name one organisation: they are no conditions that somebody chooses from many.
NOT_COUNTED = frozenset({"country", "city", "organization", "family"})
#: Columns of the table of countries.
COLUMNS = ("map", "place", "organization", EMBED, DOWNLOAD)


@csrf_exempt  # it counts, and changes nothing of anybody's
@require_POST
@public_page
def seen(request: HttpRequest) -> HttpResponse:
    """`{"what": "place", "country": "GE", "codes": ["cost:free"], "host": "example.org"}`; all but `what` may lack.

    Answers 204; 400 in words to whatever no page of ours tells.
    """
    if int(request.META.get("CONTENT_LENGTH") or 0) > LONGEST:
        return _refused()
    try:
        told = orjson.loads(request.body)
    except orjson.JSONDecodeError:
        return _refused()
    cells = cells_of(told, Asked.now("public").vocabulary) if isinstance(told, dict) else []
    if not cells:
        return _refused()
    tally.add(*cells)
    # The frame of a partner may have no origin of its own, and its browser asks for leave to hear the answer.
    return HttpResponse(status=204, headers={"Cross-Origin-Resource-Policy": "cross-origin"})


def cells_of(told: dict[str, object], vocabulary: Vocabulary) -> list[Used]:
    """What is counted of a page's word; nothing at all where any of it is not known."""
    what, country, codes, host = (told.get(name, "") for name in ("what", "country", "codes", "host"))
    where = country if isinstance(country, str) else "?"
    if what not in (*PAGES, EMBED, CHOSEN, NOTHING) or where not in ("", *country_codes()):
        return []
    found = [] if what in (CHOSEN, NOTHING) else [Used(str(what), where)]
    if what == EMBED and isinstance(host, str) and (name := host_of(host)):
        found.append(Used(HOST, "", name))
    codes = codes if isinstance(codes, list) else []
    if len(codes) > MOST_CODES or not all(_is_condition(code, vocabulary) for code in codes):
        return []
    if what == NOTHING:
        return [Used(NOTHING, where, code) for code in codes or [WORDS]]
    return [*found, *(Used(CHOSEN, where, code) for code in codes)]


def _is_condition(code: object, vocabulary: Vocabulary) -> bool:
    param, _colon, value = code.partition(":") if isinstance(code, str) else ("", "", "")
    return param in FILTERS and param not in NOT_COUNTED and FILTERS[param].known.understands(value, vocabulary)


def _refused() -> HttpResponse:
    return HttpResponse(_("This is nothing that is counted."), status=400, content_type="text/plain; charset=utf-8")


@require_safe
@public_page
def use(request: HttpRequest) -> HttpResponse:
    """The last four weeks in sums, for everybody."""
    asked = Asked.now("public")
    report = figures.report(CHOSEN, NOTHING)
    choices = Choices(asked.vocabulary, "public", kept.cities(asked))
    context: dict[str, object] = {
        **frame("public"),
        "report": report,
        "least": figures.LEAST,
        "countries": [
            {"name": country_name(code), "sums": [sums.get(what, 0) for what in COLUMNS]}
            for code, sums in report.by_country
        ],
        "totals": [report.totals.get(what, 0) for what in COLUMNS],
        "chosen": [_named(choices, one) for one in report.lists[CHOSEN][:MOST_SHOWN]],
        "nothing": [_named(choices, one) for one in report.lists[NOTHING][:MOST_SHOWN]],
    }
    return render(request, "maps/use.html", context)


def _named(choices: Choices, one: figures.SumTold) -> dict[str, object]:
    if one.code == WORDS:
        return {"name": _("Words of a search, without conditions"), "count": one.count}
    param, _colon, value = one.code.partition(":")
    return {"name": choices.name(param, value) if param in FILTERS else one.code, "count": one.count}
