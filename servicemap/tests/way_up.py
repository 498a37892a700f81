"""A database as an older house left it, and what that house said with it: the ground of `test_way_up.py`."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from django.db import connection
from django.test import Client

from core.tests import databases

KEPT = Path(__file__).resolve().parent.parent.parent / "fixtures" / "upgrade"
#: Texts of these are nobody's to read.
UNSEEN = {"script", "style", "template", "svg"}


@dataclass(frozen=True)
class Page:
    """One public address; `{lang}` stands for the language. `sent` is the body of a question that is posted."""

    address: str
    sent: tuple[tuple[str, str], ...] = ()

    def ask(self, client: Client, language: str) -> Any:
        address = self.address.format(lang=language)
        if not self.sent:
            return client.get(address)
        if address.startswith("/api/"):
            return client.post(address, dict(self.sent) | {"lang": language}, content_type="application/json")
        return client.post(address, dict(self.sent))


#: Places with many services, notices, no point, a closed service; profiles of every age; questions of the API. What
#: words find is not among them: since then words that name a filter have become that filter.
PAGES = (
    Page("/{lang}/"),
    Page("/{lang}/?country=GE&language=en"),
    Page("/{lang}/?capacity=available&sort=checked"),
    Page("/{lang}/organizations/severny-tyulpan/"),
    Page("/{lang}/organizations/bereg-i-veter/"),
    Page("/{lang}/organizations/lindenlicht/"),
    Page("/{lang}/places/dq7kzy9f6d/"),
    Page("/{lang}/places/yb3wtse49a/"),
    Page("/{lang}/places/aga29g44bz/"),
    Page("/{lang}/places/bbvpvyzrv6/"),
    Page("/{lang}/about/"),
    Page("/{lang}/embed/?country=KZ&view=list"),
    Page("/api/v1/map/?zoom=3&lang={lang}"),
    Page("/api/v1/map/?zoom=11&bbox=44.3,40.0,44.7,40.4&lang={lang}"),
    Page("/api/v1/listings/?country=DE&page_size=4&lang={lang}"),
    Page("/api/v1/listings.geojson?country=EE&lang={lang}"),
    Page("/api/v1/places/4mtkb4ek6u/?lang={lang}"),
    Page("/api/v1/nearest/?lat=41.7&lon=44.8&limit=3&lang={lang}"),
)


def said(response: Any) -> Any:
    """What an answer tells: its JSON, or the texts and the links of its page's main part, in their order."""
    assert response.status_code == 200, response
    if "json" in response.headers["Content-Type"]:
        return json.loads(response.content)
    reader = _Reader()
    reader.feed(response.content.decode())
    return reader.told


class _Reader(HTMLParser):
    """Collects words and links of <main>; how the markup is broken into lines makes no difference."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "main" or (self._open and tag in UNSEEN):
            self._open.append(tag)
        elif self._open == ["main"] and tag == "a":
            self.told.append(f"→ {dict(attrs).get('href', '')}")

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open == ["main"] and (words := " ".join(data.split())):
            self.told.append(words)


@contextmanager
def older_database(dump: Path) -> Iterator[None]:
    """Within the block the default connection speaks with a database of its own, restored from the dump."""
    name = f"{connection.settings_dict['NAME']}_way_up"
    databases.make(name)
    try:
        with databases.speaking_with(name):
            with connection.cursor() as cursor:
                cursor.execute(lzma.decompress(dump.read_bytes()).decode())
            databases.speak_with(name)  # anew: a dump begins by changing how its session finds tables
            yield
    finally:
        databases.drop(name)


def row_counts() -> dict[str, int]:
    """Rows of every table of the house, by the table's name."""
    with connection.cursor() as cursor:
        tables = [table for table in connection.introspection.table_names(cursor) if table != "spatial_ref_sys"]
        counts = {}
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            counts[table] = cursor.fetchone()[0]
    return counts
