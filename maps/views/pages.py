"""A place, an organisation, and what the network is."""

from __future__ import annotations

from io import BytesIO

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.geo.countries import country_name
from core.languages import active, by_code
from core.pages.addresses import Page, path_to
from core.spelling.collation import reading_key
from directory.asking import queries
from directory.asking.filters import Filters
from directory.crossing.records import Audience
from maps import marked
from maps.context import frame, map_config
from maps.views.doors import members_page, public_page
from reading import presenters
from reading.answers import place_answer
from reading.asked import Asked
from reading.easy import EASY, easy
from reading.presenters.cards import SERVICE, organization_url
from reading.presenters.coming import drawn
from reading.presenters.parts import text


@require_safe
@public_page
def place(request: HttpRequest, place_id: str) -> HttpResponse:
    return _place(request, place_id, "public")


@require_safe
@members_page
def members_place(request: HttpRequest, place_id: str) -> HttpResponse:
    return _place(request, place_id, "members")


@require_safe
@public_page
def organization(request: HttpRequest, slug: str) -> HttpResponse:
    return _organization(request, slug, "public")


@require_safe
@members_page
def members_organization(request: HttpRequest, slug: str) -> HttpResponse:
    return _organization(request, slug, "members")


@require_safe
@public_page
def about(request: HttpRequest) -> HttpResponse:
    """What the network is, how checking works, who to write to."""
    members = [
        {
            "name": text(row, "name"),
            "slug": row.slug,
            "url": organization_url(row.slug, "public"),
            "countries": [country_name(code) for code in row.countries],
        }
        for row in queries.organizations("public")
    ]
    members.sort(key=lambda one: reading_key(str(one["name"])))
    context = frame("public") | {"organizations": members, "contact_email": settings.NETWORK_EMAIL}
    return render(request, "maps/about.html", context)


@require_safe
@public_page
def place_qr(request: HttpRequest, place_id: str) -> HttpResponse:
    """The address of the place's page as a QR code, for the printed page."""
    if not queries.place("public", place_id) and not queries.moved_to("public", place_id):
        raise Http404
    image = BytesIO()
    page = request.build_absolute_uri(reverse("maps:place", args=[place_id]))
    segno.make(page, error="m").save(image, kind="svg", scale=4, border=2, xmldecl=False, svgclass=None, lineclass=None)
    return HttpResponse(image.getvalue(), content_type="image/svg+xml")


def _moved(audience: Audience, place_id: str, asked: Asked) -> HttpResponse:
    """The address of a listing that became one with another one leads there; else there is nothing here."""
    if not (there := queries.moved_to(audience, place_id, asked.at)):
        raise Http404
    return redirect("maps:place" if audience == "public" else "maps:members_place", there, permanent=True)


# long: one page for two audiences
def _place(request: HttpRequest, place_id: str, audience: Audience) -> HttpResponse:
    asked = Asked.now(audience)
    shown = place_answer(asked, place_id, request.GET.get(SERVICE, ""))
    if shown is None:
        return _moved(audience, place_id, asked)
    context: dict[str, object] = {
        **frame(audience),
        "place": shown,
        "map_config": map_config(asked, Filters()),
        "coming": drawn(shown["listings"]),
        "centre": shown["centre"],
    }
    context["easy"] = easy(shown, asked.vocabulary, by_code(active()).tag)
    if audience == "public" and request.GET.get(EASY) == "1":
        response = render(request, "maps/easy.html", context | {"place_url": request.path})
        response.headers["X-Robots-Tag"] = "noindex"
        return response
    if audience == "public":
        context |= {
            "qr_url": reverse("maps:place_qr", args=[place_id]),
            "report_url": reverse("reporting:report", args=[place_id]),
            "answer_url": reverse("reporting:answer"),
            "linked_data": marked.of_place(shown, request.build_absolute_uri(request.path), active()),
        }
    else:
        context["visit_url"] = reverse("workspace:coordination-visit-new")
        context["refer_url"] = path_to(Page.REFERRAL_NEW)
    response = render(
        request,
        "maps/place.html",
        {
            "linked_data": None,
            "qr_url": "",
            "report_url": "",
            "answer_url": "",
            "visit_url": "",
            "refer_url": "",
            **context,
        },
    )
    if not shown["is_remote"] and shown["precision"] != "exact":
        response.headers["X-Robots-Tag"] = "noindex, noarchive"
    return response


def _organization(request: HttpRequest, slug: str, audience: Audience) -> HttpResponse:
    asked = Asked.now(audience)
    row = queries.organization(audience, slug, asked.at)
    if row is None:
        raise Http404
    listings = queries.listings_of_organization(audience, row.id, asked.at)
    told = presenters.organization(row, asked.vocabulary, audience)
    url = request.build_absolute_uri(request.path)
    context = frame(audience) | {
        "organization": told,
        "linked_data": marked.of_organization(told, url) if audience == "public" else None,
        "places": presenters.places_of(listings, audience, asked.at),
        "cards": presenters.cards(listings, asked.vocabulary, audience, asked.at),
        "map_config": map_config(asked, Filters(organization=(slug,))),
    }
    return render(request, "maps/organization.html", context)
