"""What search engines may read: robots.txt, and a sitemap of the pages for everybody.

The sitemap names no place that hides: who may know a city only shall not have its page kept by a search engine.
"""

from __future__ import annotations

from xml.sax.saxutils import escape

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from directory import queries
from maps.views.doors import public_page

CLOSED = (
    "/admin/",
    "/api/",
    "/*/workspace/",
    "/*/accounts/",
    "/*/members/",
    "/*/confirm/",
    "/*/invitation/",
    "/*/embed/",
)


@require_safe
@public_page
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED)]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@public_page
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page in every language."""
    pages = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            pages += [reverse("maps:home"), reverse("maps:about")]
            pages += [reverse("maps:place", args=[place]) for place in exact_places()]
            pages += [reverse("maps:organization", args=[row.slug]) for row in queries.organizations("public")]
    rows = "".join(f"<url><loc>{escape(request.build_absolute_uri(page))}</loc></url>" for page in pages)
    return HttpResponse(
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>',
        content_type="application/xml; charset=utf-8",
    )


def exact_places() -> list[str]:
    """Ids of the places that the public may know to the door, in an order that says nothing."""
    rows = queries.current_listings("public").filter(precision="exact").exclude(place_id="")
    return list(rows.order_by("place_id").values_list("place_id", flat=True).distinct())
