"""What is asked, in one form however it is spelled: only what the public may be told, and told alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

#: Longer ones are no question of ours.
LONGEST = 2000
MOST_FIELDS = 60


@dataclass(frozen=True)
class KeptRoute:
    """A kind of address whose answers may be kept: its path, and which names of parameters it understands.

    Of others nothing is told to the page, so that marks in people's links make no second answer. Without `understands`
    everything is handed on: the page itself refuses what it does not know.
    """

    path: re.Pattern[str]
    understands: Callable[[str], bool] | None = None
    #: Answered by the site around it: some may not show it.
    is_by_site: bool = False


@dataclass(frozen=True, slots=True)
class PageAsked:
    """Equal for all who are given the same bytes."""

    path: str
    query: str
    host: str
    scheme: str
    language: str
    site: str = ""

    @property
    def is_of_a_program(self) -> bool:
        """Asked by a script, not by a person who waits for a page."""
        return self.path.startswith("/api/")


class Questions:
    """Reads a question out of a WSGI environment; None for whatever is not the public's, and for what holds words."""

    def __init__(
        self,
        routes: Sequence[KeptRoute],
        language_of: Callable[[str, str], str],
        never: frozenset[str] = frozenset(),
    ) -> None:
        self._routes, self._never = routes, never
        self._canonical = lru_cache(4096)(self._read)
        self._language = lru_cache(1024)(language_of)

    def __call__(self, environ: Mapping[str, Any]) -> PageAsked | None:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or _is_somebodys(environ):
            return None
        path, raw = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
        accepted = environ.get("HTTP_ACCEPT_LANGUAGE", "")
        if len(path) + len(raw) > LONGEST or len(accepted) > LONGEST:
            return None
        query = self._canonical(path, raw)
        if query is None:
            return None
        scheme = environ.get("HTTP_X_FORWARDED_PROTO") or environ.get("wsgi.url_scheme", "")
        host = environ.get("HTTP_HOST", "")
        site = _site_of(environ.get("HTTP_REFERER", "")) if self._is_by_site(path) else ""
        site = "" if site == host.partition(":")[0] else site
        return PageAsked(path, query, host, scheme, self._language(path, accepted), site)

    def _is_by_site(self, path: str) -> bool:
        return any(route.is_by_site and route.path.fullmatch(path) for route in self._routes)

    def _read(self, path: str, raw: str) -> str | None:
        """The query in canonical form; None where the address is kept by nobody."""
        route = next((route for route in self._routes if route.path.fullmatch(path)), None)
        if route is None:
            return None
        if not raw:
            return ""
        try:
            # Byte by byte, so that what is no UTF-8 is handed on as it came.
            fields = parse_qsl(raw, keep_blank_values=True, encoding="latin-1", max_num_fields=MOST_FIELDS)
        except ValueError:
            return None
        if any(name in self._never for name, _value in fields):
            return None
        if route.understands is not None:
            fields = [field for field in fields if route.understands(field[0])]
        return urlencode(sorted(fields, key=lambda field: field[0]), encoding="latin-1")


def _site_of(referrer: str) -> str:
    """The host of the page around it, as far as its browser tells it."""
    try:
        return (urlsplit(referrer[:LONGEST]).hostname or "")[:100]
    except ValueError:
        return ""


def _is_somebodys(environ: Mapping[str, Any]) -> bool:
    return bool(environ.get("HTTP_COOKIE") or environ.get("HTTP_AUTHORIZATION") or environ.get("HTTP_RANGE"))
