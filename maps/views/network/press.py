"""For newspapers: what this is, a picture of the map, how to show the map elsewhere, whom to ask."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from directory.asking.filters import Filters
from maps.context import frame
from maps.views.doors import public_page
from reading import kept, press
from reading.asked import Asked


@require_safe
@public_page
def about(request: HttpRequest) -> HttpResponse:
    asked = Asked.now("public")
    context = {
        **frame("public"),
        "total": kept.counts(asked, Filters()).total,
        "countries": len(kept.by_country(asked)),
        "contact_email": settings.NETWORK_EMAIL,
        "licence": settings.DATA_LICENCE,
        "licence_url": settings.DATA_LICENCE_URL,
    }
    return render(request, "maps/press.html", context)


@require_safe
@public_page
def picture_svg(request: HttpRequest) -> HttpResponse:
    return _picture(press.svg(Asked.now("public")), "svg", "image/svg+xml")


@require_safe
@public_page
def picture_png(request: HttpRequest) -> HttpResponse:
    return _picture(press.png(Asked.now("public")), "png", "image/png")


def _picture(content: bytes, ending: str, kind: str) -> HttpResponse:
    """To be shown on the page, and saved under a name."""
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'inline; filename="service-map.{ending}"'
    return response
