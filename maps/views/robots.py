"""What search engines may read: robots.txt, and a sitemap of the pages for everybody.

The sitemap names no place that hides: who may know a city only shall not have its page kept by a search engine.
"""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.languages import by_code
from directory.asking import queries
from maps.languages import in_languages
from maps.views.doors import public_page
from reading.asked import Asked
from reading.presenters import lands, news

CLOSED = (
    "/admin/",
    "/api/",
    "/*/workspace/",
    "/*/accounts/",
    "/*/members/",
    "/*/confirm/",
    "/*/invitation/",
    "/*/news/letters/",
    "/*/embed/",
    "/*/download/",
)


#: Texts with one address in each language.
PAGES = ("home", "about", "accessibility", "countries", "data", "grants", "news", "papers", "press")


@require_safe
@public_page
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED)]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@public_page
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page in every language, each with all the others."""
    pages: list[tuple[str, dict[str, object]]] = [(f"maps:{name}", {}) for name in PAGES]
    pages += [("maps:place", {"place_id": place}) for place in exact_places()]
    pages += [("maps:organization", {"slug": row.slug}) for row in queries.organizations("public")]
    pages += [("maps:country", {"country": code.lower()}) for code in lands.known_countries(Asked.now("public"))]
    pages += [("maps:digest", {"month": one["month"]}) for one in news.digests()]
    pages += [("maps:paper", {"document": one["id"]}) for one in news.papers(Asked.now("public"))]
    rows = "".join(_rows(request, name, parts) for name, parts in pages)
    return HttpResponse(
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">'
        f"{rows}</urlset>",
        content_type="application/xml; charset=utf-8",
    )


def _rows(request: HttpRequest, name: str, parts: dict[str, object]) -> str:
    """A page once for each language; each names itself too, or the others do not count."""
    found = in_languages(request, name, parts)
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{by_code(code).tag}" href={quoteattr(address)}/>'
        for code, address in found.items()
    )
    return "".join(f"<url><loc>{escape(address)}</loc>{links}</url>" for address in found.values())


def exact_places() -> list[str]:
    """Ids of the places that the public may know to the door, in an order that says nothing."""
    rows = queries.current_listings("public").filter(precision="exact").exclude(place_id="")
    return list(rows.order_by("place_id").values_list("place_id", flat=True).distinct())
