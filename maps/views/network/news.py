"""What the network tells of itself: news by month with a feed, papers in force. Read as the public, like the map."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.languages import active
from maps.context import frame
from maps.views.doors import public_page
from reading.asked import Asked
from reading.hsds.words import instant
from reading.presenters import news as told

#: Digests of a feed: a year.
LATEST = 12


@require_safe
@public_page
def news(request: HttpRequest) -> HttpResponse:
    return render(request, "maps/news.html", {**frame("public"), "digests": told.digests()})


@require_safe
@public_page
def digest(request: HttpRequest, month: str) -> HttpResponse:
    """One month, as it was sent; a service that is hidden today is not named."""
    found = told.digest_of(month)
    if found is None:
        raise Http404
    sections = told.sections_of(Asked.now("public"), found["id"])[found["id"]]
    return render(request, "maps/digest.html", {**frame("public"), "digest": found, "sections": sections})


@require_safe
@public_page
def news_atom(request: HttpRequest) -> HttpResponse:
    """Atom 1.0 (RFC 4287), in the language of the address."""
    here, site = request.build_absolute_uri(request.path), request.build_absolute_uri("/").rstrip("/")
    found = told.digests()[:LATEST]
    sections = told.sections_of(Asked.now("public"), *(one["id"] for one in found))
    entries = "".join(
        f"<entry><id>{escape(site + one['url'])}</id><title>{escape(one['name'])}</title>"
        f"<updated>{instant(one['updated'])}</updated><link href={quoteattr(site + one['url'])}/>"
        f"<summary>{escape(_summary(one, sections[one['id']]))}</summary></entry>"
        for one in found
    )
    updated = instant(found[0]["updated"]) if found else "1970-01-01T00:00:00Z"
    text = (
        f'<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{active()}">'
        f"<id>{escape(here)}</id><title>{escape(_('News of the service map'))}</title><updated>{updated}</updated>"
        f"<author><name>{escape(str(settings.NETWORK_NAME))}</name></author>"
        f'<link rel="self" href={quoteattr(here)}/>'
        f"<link href={quoteattr(site + reverse('maps:news'))}/>{entries}</feed>"
    )
    response = HttpResponse(text, content_type="application/atom+xml; charset=utf-8")
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _summary(one: told.DigestTold, sections: list[told.SectionTold]) -> str:
    """The opening, and how much stands under what."""
    parts = [f"{part['name']}: {len(part['lines'])}" for part in sections]
    return ". ".join(part for part in (one["opening"], "; ".join(parts)) if part)


@require_safe
@public_page
def papers(request: HttpRequest) -> HttpResponse:
    """Documents in force that everybody may read."""
    return render(request, "maps/papers.html", {**frame("public"), "papers": told.papers(Asked.now("public"))})


@require_safe
@public_page
def paper(request: HttpRequest, document: str) -> HttpResponse:
    """One of them; `?in=` chooses its language."""
    found = told.paper_in(document, Asked.now("public"))
    if not found:
        raise Http404
    chosen = next((one for one in found if one["language"] == request.GET.get("in", "")), found[0])
    context = {**frame("public"), "paper": chosen, "languages": found if len(found) > 1 else []}
    return render(request, "maps/paper.html", context | {"contact_email": settings.NETWORK_EMAIL})
