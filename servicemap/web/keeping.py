"""What of this site is kept whole, and who waits in which line: how `kept` is set up for the web process.

An address that is not named here is asked of the framework each time. A test compares the list with the resolver.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation.trans_real import get_language_from_request

from core.languages import for_all, of_everybody, spoken
from directory.asking.filters import PARAMETERS, misspelled
from directory.tables.listings import DirectoryRevision
from kept.front import Application, Front, WaitingLines
from kept.lines import WaitingLine
from kept.mark import Mark
from kept.questions import KeptRoute, Questions
from kept.store import Store
from maps.embeds.looks import PARAMETERS as OF_THE_EMBED
from reading.easy import EASY
from reading.presenters.cards import SERVICE
from servicemap.web import standby
from servicemap.web.unavailable import away, stands_in_pages_of_others, typed_fields

#: Words and positions of people are kept nowhere, not even in memory.
NEVER = frozenset({"q", "lat", "lon"})
#: Files, and what says that the process is alive.
STRAIGHT = ("/static/", "/healthz")
#: As many threads as `--blocking-threads` gives, without those that stand in a line and some that answer what is kept.
LISTENERS = 60
#: Seconds after which whoever found no room may come again.
COME_AGAIN = 5


def kept_in_front(application: Application) -> Application:
    """The application with kept answers before it; without memory for them (`KEPT_MB=0`) as it is."""
    if not settings.KEPT_BYTES:
        return application
    own = WaitingLine("own", 3, room=30, patience=20)
    pages, moves = WaitingLine("pages", 2, room=24, patience=5), WaitingLine("questions", 3, room=12, patience=3)
    lines = WaitingLines(pages, own, LISTENERS, moves)
    questions = Questions(routes(), language_of, NEVER)
    store = Store(settings.KEPT_BYTES)
    return Front(application, Busy(), questions, shared_mark(), store, lines, STRAIGHT, packed=of_members())


# long: an address a line
def routes() -> list[KeptRoute]:
    """Of pages that read parameters as leniently as people write them, only what they understand is told to them."""
    language = f"/(?:{'|'.join(for_all())})/"
    part, api = "[-a-zA-Z0-9_]+", "/api/v1/"
    pages: dict[str, Callable[[str], bool]] = {
        language: _of_the_map(frozenset()),
        f"{language}embed/": _of_the_map(frozenset(OF_THE_EMBED)),
        "/embed\\.js": set[str]().__contains__,
        f"{language}places/{part}/": {SERVICE, EASY}.__contains__,
        f"{language}places/{part}/(?:qr\\.svg|share\\.png)": set[str]().__contains__,
        f"{language}share\\.png": {"country", "organization"}.__contains__,
        f"{language}organizations/{part}/": set[str]().__contains__,
        f"{language}(?:about|accessibility)/": set[str]().__contains__,
        f"{language}light/(?:places/{part}/|[a-z]{{2}}/(?:{part}/)?)?": {"page"}.__contains__,
        f"{language}road/(?:worker\\.js|app\\.webmanifest)?": set[str]().__contains__,
        f"{language}countries/(?:{part}/){{0,2}}": set[str]().__contains__,
        f"{language}data/(?:api/|use/|changes\\.atom|changes\\.json)?": set[str]().__contains__,
        f"{language}news/(?:news\\.atom|\\d{{4}}-\\d{{2}}/)?": set[str]().__contains__,
        f"{language}grants/": set[str]().__contains__,
        f"{language}documents/(?:{part}/)?": {"in"}.__contains__,
        f"{language}learning/(?:calendar\\.ics)?": {"topic", "kind", "language", "country"}.__contains__,
        f"{language}press/(?:map\\.(?:svg|png))?": set[str]().__contains__,
        "/robots\\.txt": set[str]().__contains__,
        "/sitemap\\.xml": set[str]().__contains__,
    }
    questions = (
        f"{api}map/",
        f"{api}listings/",
        f"{api}listings\\.geojson",
        f"{api}places/{part}/",
        f"{api}pack/{part}/",
    )
    return [
        *(
            KeptRoute(re.compile(path), understands, is_by_site=path.endswith("/embed/"))
            for path, understands in pages.items()
        ),
        *(KeptRoute(re.compile(path)) for path in questions),
    ]


def of_members() -> re.Pattern[str]:
    """What members read of the map, which is heavy; the tokens in it are masked anew in every answer."""
    return re.compile(f"/(?:{'|'.join(spoken())})/members/(?:(?:places|organizations)/[-a-zA-Z0-9_]+/)?")


def _of_the_map(more: frozenset[str]) -> Callable[[str], bool]:
    """What it knows, and what looks like a slip: that is told to whoever wrote it."""

    @lru_cache(4096)
    def understands(name: str) -> bool:
        return name in PARAMETERS or name in more or bool(misspelled([name]))

    return understands


def language_of(path: str, accepted: str) -> str:
    """As the framework chooses it: that of the path, else that of the browser."""
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    if first in spoken():
        return first
    asked: Any = SimpleNamespace(path_info=path, COOKIES={}, META={"HTTP_ACCEPT_LANGUAGE": accepted})
    return of_everybody(get_language_from_request(asked))


def shared_mark() -> Mark:
    """Between all processes of this machine that read this database. Where they cannot share, each looks each time."""
    data = settings.DATABASES["default"]
    name = repr([data.get(part) for part in ("HOST", "PORT", "NAME")])
    path = Path(settings.VAR_DIR) / f"kept-{hashlib.sha256(name.encode()).hexdigest()[:16]}"
    try:
        path.parent.mkdir(exist_ok=True)
        return Mark(Look(), path, settings.KEPT_SECONDS)
    except OSError:
        return Mark(Look(), None, 0)


class TooOld(Exception):
    """This database is a copy that has not followed home for too long."""


class Look:
    """The public's revision, by a connection of its own: it must not wait for anybody's page. TooOld where the copy is
    so, and nothing that is kept may be shown."""

    def __init__(self) -> None:
        self._connection: Any = None
        self._process = 0

    def __call__(self) -> int:
        try:
            if self._connection is None or self._process != os.getpid():
                self._open()
            return self._read()
        except Exception:
            if self._connection is not None:
                self._connection.close()
            self._connection = None
            raise

    def _open(self) -> None:
        self._connection, self._process = connections["default"].copy(), os.getpid()
        self._connection.inc_thread_sharing()
        options = self._connection.settings_dict.setdefault("OPTIONS", {})
        options |= {"connect_timeout": 2}
        with self._connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 1000")

    def _read(self) -> int:
        if standby.reads_a_copy() and standby.is_too_old(self._connection):
            raise TooOld
        table = DirectoryRevision._meta.db_table
        with self._connection.cursor() as cursor:
            cursor.execute(f"SELECT public_number, public_changed_at FROM {table} WHERE id = 1")  # noqa: S608
            found = repr(cursor.fetchone())
        return int.from_bytes(hashlib.blake2b(found.encode(), digest_size=8).digest(), "big") | 1


class Busy(WSGIHandler):
    """What somebody is told who found no room: with the headers of every answer, and without asking the database."""

    def _get_response(self, request: HttpRequest) -> HttpResponse:
        if typed_fields(request) or request.path_info.startswith("/api/"):
            return away(request)
        language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        with translation.override(language):
            text = render_to_string("busy.html", {"language": language, "retry_after": COME_AGAIN})
        response = HttpResponse(text, status=503, headers={"Retry-After": str(COME_AGAIN)})
        response["Cache-Control"] = "no-store"
        return stands_in_pages_of_others(request, response)
