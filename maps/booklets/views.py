"""The page, the pictures and the file; all of them of what the public may read, made once for what it says."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.http import require_safe

from core.geo.countries import country_name
from core.languages import by_code, for_all, is_preview
from core.spelling.collation import reading_key
from directory.asking.filters import Filters
from maps.booklets.asking import BookletWanted, NotThere, read
from maps.context import address, frame
from maps.views.doors import public_page
from reading.asked import Asked
from reading.booklets import files, told
from reading.booklets.files import StillMade, TooManyBooklets
from reading.booklets.rows import DAYS
from reading.road.pack import countries_with_rows
from reading.typeset.making import NotMade, Printed

#: Seconds after which the page looks again, and after which somebody who was refused may.
LOOK_AGAIN, COME_AGAIN = 2, 60
#: Seconds that somebody waits for the file itself.
_FOR_THE_FILE = 4.0


Then = Callable[[Asked, BookletWanted, Printed], HttpResponse]


class NothingToPrint(Exception):
    """There is no such booklet; its words are for people."""


@require_safe
@public_page
def page(request: HttpRequest) -> HttpResponse:
    return _answer(request, lambda asked, wanted, made: _page(request, asked, wanted, made=made))


@require_safe
@public_page
def file(request: HttpRequest) -> HttpResponse:
    return _answer(request, _pdf, patience=_FOR_THE_FILE)


@require_safe
@public_page
def picture(request: HttpRequest, sheet: int) -> HttpResponse:
    """Of one of the first pages, for the page of choices alone."""
    asked = Asked.now("public")
    try:
        made = _made(request, read(request.GET, asked), files.for_pictures)
        return HttpResponse(dict(enumerate(made.pictures if made else (), 1))[sheet], content_type="image/png")
    except (NotThere, NothingToPrint, StillMade, TooManyBooklets, NotMade, KeyError) as error:
        raise Http404 from error


MadeT = TypeVar("MadeT", Printed, Printed | None)


def _made(request: HttpRequest, wanted: BookletWanted, make: Callable[..., MadeT]) -> MadeT:
    """What `make` gives of the words and the form."""
    if not wanted.country:
        raise NothingToPrint(_("Choose a country first."))
    with override(wanted.language):
        asked = Asked.now("public")
        is_sheet = wanted.form in files.SHEETS
        all_of_it = told.gathered(asked, wanted.country, wanted.city)
        if not is_sheet and all_of_it.size > told.MOST:
            raise _too_large(all_of_it.size)
        where = Filters(country=(wanted.country,), city=(wanted.city,) if wanted.city else ())
        link = request.build_absolute_uri(address(reverse("maps:home"), where))
        booklet = told.kept_booklet(asked, wanted.country, wanted.city, link, is_sheet=is_sheet)
        if not (booklet["places"] or booklet["calls"] or booklet["lines"]):
            raise NothingToPrint(_("Nothing here may stand on paper. Crisis lines are on the page of the country."))
        return make(booklet, wanted.form, revision=asked.revision)


def _too_large(size: int) -> NothingToPrint:
    words = ngettext(
        "%(n)s place is too much for one booklet. Choose a city, or a leaflet of one sheet.",
        "%(n)s places are too many for one booklet. Choose a city, or a leaflet of one sheet.",
        size,
    )
    return NothingToPrint(words % {"n": size})


def _name(asked: Asked, wanted: BookletWanted) -> str:
    found = (one["name"] for one in told.cities(asked, wanted.country) if one["code"] == wanted.city)
    return next(found, country_name(wanted.country))


def _answer(request: HttpRequest, then: Then, patience: float = files.PATIENCE) -> HttpResponse:
    """What comes of the file that is asked for; where none is, or not yet, the page of choices says so."""
    asked = Asked.now("public")
    try:
        wanted = read(request.GET, asked)
    except NotThere as wrong:
        return _page(request, asked, BookletWanted(language=asked.language), wrong=str(wrong), status=400)
    if not wanted.is_made:
        return _page(request, asked, wanted)
    try:
        return then(asked, wanted, _made(request, wanted, partial(files.printed, patience=patience)))
    except NothingToPrint as wrong:
        return _page(request, asked, wanted, wrong=str(wrong))
    except StillMade as waits:
        response = _page(request, asked, wanted, before=waits.before)
        response.headers["Refresh"] = f"{LOOK_AGAIN};url={_url('maps:booklets', wanted)}"
        response.headers["Cache-Control"] = "no-store"
        return response
    except TooManyBooklets:
        why = _("Many booklets are being made just now. Please try again in a minute.")
    except NotMade:
        why = _("The booklet could not be made just now. Pages of places can be printed from the map.")
    response = _page(request, asked, wanted, wrong=why, status=503)
    response.headers["Retry-After"] = str(COME_AGAIN)
    return response


def _pdf(asked: Asked, wanted: BookletWanted, made: Printed) -> HttpResponse:
    response = HttpResponse(made.pdf, content_type="application/pdf")
    # A name that says nothing: it stands in the list of downloads of a phone that others look at.
    where = f"{wanted.country.lower()}-{wanted.form}-{wanted.language}"
    response.headers["Content-Disposition"] = f'attachment; filename="{where}-{asked.at.date().isoformat()}.pdf"'
    response.headers["X-Robots-Tag"] = "noindex"
    return response


# long: one key of the context a line
def _page(
    request: HttpRequest,
    asked: Asked,
    wanted: BookletWanted,
    *,
    made: Printed | None = None,
    wrong: str = "",
    before: int | None = None,
    status: int = 200,
) -> HttpResponse:
    names = [(code.lower(), country_name(code)) for code in countries_with_rows(asked)]
    context = {
        **frame("public"),
        "wanted": wanted,
        "country": wanted.country.lower(),
        "countries": sorted(names, key=lambda pair: reading_key(pair[1])),
        "cities": told.cities(asked, wanted.country) if wanted.country else [],
        "forms": _forms(),
        "languages": [(code, by_code(code).name, is_preview(code)) for code in for_all()],
        "wrong": wrong,
        "is_made": made is not None,
        "is_waiting": before is not None,
        "before": before or 0,
        "name": _name(asked, wanted) if wanted.country else "",
        "days": DAYS,
        "is_sheet": wanted.form in files.SHEETS,
        "again_url": _url("maps:booklets", wanted),
        **(_about(made, wanted) if made else {}),
    }
    response = render(request, "maps/booklets.html", context, status=status)
    if wanted.country:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def _about(made: Printed, wanted: BookletWanted) -> dict[str, object]:
    drawn = [(number, *_measure(picture)) for number, picture in enumerate(made.pictures, 1)]
    return {
        "pages": made.said["pages"],
        "left": made.said["left"],
        "size": filesizeformat(len(made.pdf)),
        "pdf_url": _url("maps:booklet_pdf", wanted),
        "pictures": [(number, _url("maps:booklet_picture", wanted, number), *size) for number, *size in drawn],
    }


def _measure(picture: bytes) -> tuple[int, int]:
    """Width and height of a PNG."""
    return int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])


def _url(name: str, wanted: BookletWanted, *parts: int) -> str:
    given = {"country": wanted.country.lower(), "city": wanted.city, "form": wanted.form, "in": wanted.language}
    return f"{reverse(name, args=parts)}?{urlencode({key: value for key, value in given.items() if value})}"


def _forms() -> list[tuple[str, str, str]]:
    """(code, name, what it is for)."""
    return [
        ("a6", _("Booklet, A6"), _("fits a pocket; print on both sides")),
        ("a5", _("Booklet, A5"), _("larger letters; print on both sides")),
        ("fold-a7", _("Leaflet of one sheet, A7"), _("A4 on one side, folded to eight small pages with one cut")),
        ("fold-a6", _("Leaflet of one sheet, A6"), _("A4 on both sides, folded twice, cut at the head")),
    ]
