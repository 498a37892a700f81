"""Pictures that messengers show beside a link to the map, a country, an organisation or a place."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from maps.views.doors import public_page
from reading import sharing
from reading.answers import place_answer
from reading.asked import Asked


@require_safe
@public_page
def of_map(request: HttpRequest) -> HttpResponse:
    """`country` or `organization` frames it; of any other word the whole map is shown."""
    asked = Asked.now("public")
    if slug := request.GET.get("organization", ""):
        return _picture(sharing.organization_png(asked, slug))
    return _picture(sharing.map_png(asked, request.GET.get("country", "")))


@require_safe
@public_page
def of_place(request: HttpRequest, place_id: str) -> HttpResponse:
    asked = Asked.now("public")
    shown = place_answer(asked, place_id, "")
    if shown is None:
        raise Http404
    return _picture(sharing.place_png(asked, shown))


def _picture(content: bytes) -> HttpResponse:
    return HttpResponse(content, content_type="image/png")
