"""What a messenger reads of a page to which somebody sends a link: its picture, its address, the name of the site.

Title and description are those of the page itself: messengers fall back to them. Only pages that search engines may
keep say anything, so no place that hides its door does.
"""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import ResolverMatch, reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.geo.countries import country_codes
from core.languages import active, by_code
from reading.sharing import HEIGHT, WIDTH


def shared(request: HttpRequest, match: ResolverMatch, address: str) -> SafeString:
    said = {
        "og:type": "website",
        "og:site_name": _("Service map"),
        "og:url": address,
        "og:locale": by_code(active()).tag.replace("-", "_"),
        "og:image": request.build_absolute_uri(_picture(request, match)),
        "og:image:type": "image/png",
        "og:image:width": WIDTH,
        "og:image:height": HEIGHT,
        "twitter:card": "summary_large_image",
    }
    return format_html_join("", '<meta property="{}" content="{}">\n', said.items())


def _picture(request: HttpRequest, match: ResolverMatch) -> str:
    if match.view_name == "maps:place":
        return reverse("maps:place_share", args=[match.kwargs["place_id"]])
    if match.view_name == "maps:organization":
        return reverse("maps:share", query={"organization": match.kwargs["slug"]})
    country = str(match.kwargs.get("country") or request.GET.get("country", "")).upper()
    return reverse("maps:share", query={"country": country} if country in country_codes() else None)
