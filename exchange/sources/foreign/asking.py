"""The API of another directory, asked page by page.

Rule: one question after the other with a pause between, by addresses that are made here and never taken out of an
answer. Who says “later” is asked later. What an answer counts of itself is not believed: a directory is at its end when
a page brings nothing new.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.utils.translation import gettext as _

from exchange.sources.foreign.faults import AskedToWait, SourceFault, of_page
from exchange.sources.foreign.shaping import storable
from verification.websites.fetching import PageFault, fetch

#: Seconds between two questions; services on a page; pages of one directory.
BETWEEN, PER_PAGE, MOST_PAGES = 1.0, 50, 2_000
#: Seconds of “later” that are slept here, and for which the reading is laid aside; longer ones break it off.
MOST_SLEEP, MOST_WAIT = 5, 60
#: How often one question is asked before the reading is broken off.
TRIES = 3
_CONTENTS = ("contents", "content", "items", "data", "services", "results")
_PAGES = ("total_pages", "totalPages")
_BELOW = ("service_at_locations", "service_at_location", "locations", "organization")
Told = Mapping[str, Any]


def base_of(address: str) -> str:
    """The address of the API with a slash at its end, without question and fragment. SourceFault for what is none."""
    parts = urlsplit(address.strip())
    path = parts.path.rstrip("/")
    for end in ("/services", "/openapi.json"):
        path = path.removesuffix(end)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SourceFault(_("Write the whole address, with https:// in front."))
    return urlunsplit((parts.scheme, parts.netloc, f"{path}/", "", ""))


@dataclass
class ServicesAsked:
    """The services of one page with everything below them; `pages` is what the directory says of itself, or 0."""

    services: list[Told]
    pages: int
    is_last: bool


@dataclass
class Directory:
    """One directory while it is read. `is_full` is false once it has refused to tell everything at once.

    A page that is asked for service by service may be left in its middle, when the directory wants to wait or at the
    moment `until`; asked again, it goes on behind the services that were `answered`.
    """

    base: str
    is_full: bool = True
    until: float = math.inf
    answered: int = 0
    _before: int = 0
    _page_so_far: dict[str, Told] = field(default_factory=dict)
    _owners: dict[str, Told] = field(default_factory=dict)
    _asked_at: float = 0.0

    def begin(self, until: float) -> None:
        """A turn of the worker begins, and ends at that moment; something is done in each."""
        self.until, self._before = until, self.answered

    @property
    def has_answered(self) -> bool:
        """In this turn, a service of the page."""
        return self.answered > self._before

    def version(self) -> str:
        """What it says of itself; "" where it says nothing."""
        try:
            found = self._ask("")
        except AskedToWait:
            raise
        except SourceFault:
            return ""
        return str(found.get("version") or "")[:40] if isinstance(found, Mapping) else ""

    def page(self, number: int) -> ServicesAsked:
        """Raises SourceFault, and AskedToWait."""
        found = self._page(number)
        items = _items(found)
        services = [self._whole(one) for one in items if isinstance(one, Mapping)]
        pages = next((found[name] for name in _PAGES if isinstance(found, Mapping) and name in found), 0)
        pages = pages if isinstance(pages, int) and 0 < pages <= MOST_PAGES else 0
        self._page_so_far.clear()
        is_last = not items or number >= MOST_PAGES or (isinstance(found, list) and len(items) < PER_PAGE)
        return ServicesAsked(services, pages, is_last or (pages > 0 and number >= pages and len(items) < PER_PAGE))

    def _page(self, number: int) -> Any:
        question = {"page": number, "per_page": PER_PAGE}
        if self.is_full:
            try:
                return self._ask("services", **question, full="true")
            except SourceFault as error:
                if error.code != "400":
                    raise
                self.is_full = False
        return self._ask("services", **question)

    def _whole(self, service: Told) -> Told:
        """With its places and its organisation, asked for one by one where the list has not told them."""
        key = str(service.get("id") or "")
        if key not in self._page_so_far:
            found = self._asked_whole(service)
            self._page_so_far[key] = found
            self.answered += 1
            return found
        return self._page_so_far[key]

    def _asked_whole(self, service: Told) -> Told:
        found = dict(service)
        is_told = any(found.get(name) for name in _BELOW)
        if not is_told and self.has_answered and time.monotonic() >= self.until:
            raise AskedToWait(0)
        if not is_told and found.get("id"):
            more = self._ask(f"services/{_step(found['id'])}")
            found |= more if isinstance(more, Mapping) else {}
        if not isinstance(found.get("organization"), Mapping) and found.get("organization_id"):
            found["organization"] = self._owner(str(found["organization_id"]))
        return found

    def _owner(self, key: str) -> Told:
        if key not in self._owners:
            try:
                found = self._ask(f"organizations/{_step(key)}")
            except SourceFault as error:
                if error.code not in ("404", "400"):
                    raise
                found = {}
            self._owners[key] = found if isinstance(found, Mapping) else {}
        return self._owners[key]

    def _ask(self, path: str, **question: object) -> Any:
        url = f"{self.base}{path}" + (f"?{urlencode(question)}" if question else "")
        for _try in range(TRIES):
            time.sleep(max(0.0, self._asked_at + BETWEEN - time.monotonic()))
            self._asked_at = time.monotonic()
            try:
                page = fetch(url)
            except PageFault as error:
                raise SourceFault(of_page(error.kind), code=error.kind) from error
            if page.status not in (429, 503):
                break
            if page.wait > MOST_WAIT:
                raise SourceFault(_("It asks to come back later."), code="later")
            if page.wait > MOST_SLEEP:
                raise AskedToWait(page.wait)
            time.sleep(page.wait or BETWEEN)
        if page.status != 200:
            message = _("It answered with %(status)d. Is this the address of the API, the one before “services”?")
            raise SourceFault(message % {"status": page.status}, code=str(page.status))
        try:
            return storable(json.loads(page.body))
        except (ValueError, RecursionError) as error:
            raise SourceFault(_("What it answers is no HSDS: JSON was expected."), code="json") from error


def _items(found: Any) -> list[Any]:
    if isinstance(found, list):
        return found
    held = found if isinstance(found, Mapping) else {}
    return next((held[name] for name in _CONTENTS if isinstance(held.get(name), list)), [])


def _step(key: object) -> str:
    """An id as one step of a path: a directory names nothing above itself."""
    return urlencode({"": str(key)[:200]})[1:]


def new_of(services: list[Told], seen: set[str]) -> Iterator[Told]:
    """Those whose id no page before had."""
    for one in services:
        key = str(one.get("id") or "")
        if key and key not in seen:
            seen.add(key)
            yield one
