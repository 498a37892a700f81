"""Every page that a person can walk to by links, one of each route, in forced colours (`bin/check --long access`)."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Error, Page

from e2e.reading.forced import lost
from e2e.reading.test_pages import open_whole

pytestmark = [pytest.mark.e2e, pytest.mark.long]
#: Links of the page that lead to pages of ours, as the browser understands them.
_LINKS = """() => [...document.querySelectorAll("a[href]")].filter((one) => !one.hasAttribute("download"))
    .map((one) => one.href).filter((one) => one.startsWith(location.origin + "/ru/"))"""
#: What is no page: files, feeds and documents for machines; and what ends the visit.
_NO_PAGE = (
    "download", "export", "file", "feed", "atom", "ics", "pdf", "xlsx", "csv", "json", "logout", "poster", "picture",
    "document", "qr", "zip", "template", "copy",
)  # fmt: skip
#: So many routes a role sees at least; fewer would mean that the walk stood still.
LEAST = {"": 25, "editor": 60, "coordinator": 80}


def walked(page: Page) -> Iterator[str]:
    """Addresses by links from the first one, a page of each route."""
    start = "/ru/"
    waiting, seen = deque([start]), {_route(start)}
    while waiting:
        path = waiting.popleft()
        yield path
        for link in page.evaluate(_LINKS):
            parts = urlsplit(link)
            route = _route(parts.path)
            if route and route not in seen and not any(word in route for word in _NO_PAGE):
                seen.add(route)
                waiting.append(parts.path + (f"?{parts.query}" if parts.query else ""))


def opened(page: Page, address: str) -> bool:
    """False for a file, which the browser keeps instead of showing it."""
    try:
        open_whole(page, address)
    except Error as error:
        if "Download is starting" not in error.message:
            raise
        return False
    return True


def _route(path: str) -> str:
    try:
        return resolve(path).route
    except Resolver404:
        return ""


@pytest.mark.parametrize("role", LEAST)
def test_no_page_loses_what_a_ground_or_a_shadow_told(
    open_page: Callable[..., Page], log_in: Callable[..., Any], role: str
) -> None:
    page = open_page(width=1280, height=900)
    if role:
        log_in(page, role)
    found, looked_at = [], 0
    for address in walked(page):
        if opened(page, address):
            looked_at += 1
            found += [f"{address} {what}" for what in lost(page)]
    assert looked_at >= LEAST[role]
    assert found == [], "\n".join(found)
