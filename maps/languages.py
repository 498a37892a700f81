"""One page in every language: its addresses, for search engines."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import override

from core.languages import codes

#: Pages that search engines may keep, each at one address in each language.
ONE_ADDRESS = frozenset(
    {"maps:home", "maps:place", "maps:organization", "maps:about", "maps:embed_build", "maps:data", "maps:reference"}
    | {"maps:countries", "maps:country", "maps:corridor", "maps:use"}
    | {"maps:news", "maps:digest", "maps:papers", "maps:paper", "maps:press", "maps:learning", "maps:accessibility"}
)


def in_languages(request: HttpRequest, name: str, parts: Mapping[str, object] | None = None) -> dict[str, str]:
    """Absolute addresses by the code of the language, of those that are on: nobody is sent to a preview."""
    found = {}
    for code in codes():
        with override(code):
            found[code] = request.build_absolute_uri(reverse(name, kwargs=dict(parts or {})))
    return found
