"""A selection of services: a page that says what it is, and what comes of the ids that are sent to it.

Rule: ids stand in the body of a question or behind the “#” of a link, so that neither addresses nor logs hold them, and
nobody here keeps them. What leaves (link, text, code, paper, PDF) holds what everybody may see, whoever puts it
together (docs/adr/0101-a-selection-is-ids.md).
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from core import clock
from core.geo.countries import countries, country_name
from core.pages.addresses import Page, path_to
from directory.crossing.records import Audience
from maps.context import frame
from maps.embeds.snippets import qr
from maps.views.doors import OpenForm, members_page, public_page
from reading.asked import Asked
from reading.picked import paper
from reading.picked.ids import MOST, Pressed, step, written
from reading.picked.sheet import PickedTold, message, picked
from reading.typeset.making import NotMade

_PAGE: dict[Audience, str] = {"public": "maps:picked", "members": "maps:members_picked"}
_PDF: dict[Audience, str] = {"public": "maps:picked_pdf", "members": "maps:members_picked_pdf"}


@extend_schema(exclude=True)
class PickedView(OpenForm):
    """The page of a selection; the services come by the form, their ids stand in no address."""

    def get(self, request: Request) -> HttpResponseBase:
        return _public(request._request)

    def post(self, request: Request) -> HttpResponseBase:
        return _public(request._request)


@extend_schema(exclude=True)
class PickedPdfView(PickedView):
    """The same as a file."""

    def get(self, request: Request) -> HttpResponseBase:
        return redirect(_PAGE["public"])

    def post(self, request: Request) -> HttpResponseBase:
        return _public_pdf(request._request)


@public_page
def _public(request: HttpRequest) -> HttpResponse:
    return _page(request, "public")


@public_page
def _public_pdf(request: HttpRequest) -> HttpResponse:
    return _pdf(request, "public")


@require_http_methods(["GET", "HEAD", "POST"])
@members_page
def members_picked(request: HttpRequest) -> HttpResponse:
    return _page(request, "members")


@require_http_methods(["GET", "HEAD", "POST"])
@members_page
def members_picked_pdf(request: HttpRequest) -> HttpResponseBase:
    return _pdf(request, "members") if request.method == "POST" else redirect(_PAGE["members"])


def _page(request: HttpRequest, audience: Audience, *, wrong: str = "", status: int = 200) -> HttpResponse:
    """Without ids, a shell that is the same for all."""
    asked, done = Asked.now(audience), step(request.POST)
    rows = picked(asked, done.ids)
    context = {
        **frame(audience),
        "step": done,
        "ids": written(done.ids),
        "back": written(done.before),
        "rows": rows,
        "most": MOST,
        "page_url": reverse(_PAGE[audience]),
        "pdf_url": reverse(_PDF[audience]),
        "wrong": wrong,
        "is_answer": request.method == "POST",
        **_kept(audience),
        **_sent(request, done, rows, audience),
    }
    return render(request, "maps/picked.html", context, status=status)


def _kept(audience: Audience) -> dict[str, object]:
    """Where somebody of the network may keep it: for the page to say, and for another room to do."""
    if audience == "public":
        return {"keep_url": "", "kept_url": "", "countries": []}
    told = [(code, country_name(code)) for code, one in countries().items() if one["in_network"]]
    return {"keep_url": path_to(Page.SELECTION_KEEP), "kept_url": path_to(Page.SELECTIONS), "countries": told}


def _sent(request: HttpRequest, done: Pressed, rows: list[PickedTold], audience: Audience) -> dict[str, object]:
    """What leaves the page."""
    site = request.build_absolute_uri("/")[:-1]
    outward = picked(Asked.now("public"), done.ids, site)
    sheet = [one for one in outward if one["line"]]
    link = f"{site}{reverse(_PAGE['public'])}#{written(one['id'] for one in sheet)}"
    here = {one["id"] for one in rows if one["line"]}
    return {
        "sheet": sheet,
        "told": {
            "title": paper.title(len(sheet)),
            "network": settings.NETWORK_NAME,
            "as_of": paper.as_of(clock.today()),
        },
        "link": link,
        "qr": qr(link) if sheet else "",
        "message": message(sheet, link) if sheet else "",
        "inward": len(here) - len(sheet) if audience == "members" else 0,
        "inward_ids": here - {one["id"] for one in sheet},
    }


def _pdf(request: HttpRequest, audience: Audience) -> HttpResponse:
    """A file of what everybody may see. Where none can be made, the page with the same services says what to do."""
    done = step(request.POST)
    site = request.build_absolute_uri("/")[:-1]
    asked = Asked.now("public")
    sheet = [one for one in picked(asked, done.ids, site) if one["line"]]
    link = f"{site}{reverse(_PAGE['public'])}#{written(one['id'] for one in sheet)}"
    if not sheet:
        return _page(request, audience)
    try:
        made = paper.pdf(sheet, link, on=asked.at.date(), size=request.POST.get("size", ""))
    except NotMade:
        wrong = _("The PDF could not be made just now. Print this page instead: the same sheet comes out.")
        return _page(request, audience, wrong=wrong, status=503)
    response = HttpResponse(made, content_type="application/pdf")
    name = f"{_('selection')}-{asked.at.date().isoformat()}.pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    patch_cache_control(response, no_store=True)
    return response
