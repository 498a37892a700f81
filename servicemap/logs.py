"""What a line of the log may say: which page failed, never for whom and with which address."""

from __future__ import annotations

import datetime as dt
import json
import logging
import re
from types import TracebackType
from urllib.parse import quote

from django.db import Error as DatabaseError
from django.http import HttpRequest
from django.urls import Resolver404, resolve

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WithoutRequest(logging.Filter):
    """Takes the request off a record and says what has to be hidden in it: the address, and every part it was given.

    Rule: no address of a visitor, no search word, no token of a letter and no id of a place is ever written down.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        request = record.__dict__.pop("request", None)
        record.__dict__["hidden"] = hidden_in(request) if isinstance(request, HttpRequest) else {}
        record.__dict__["route"] = route_of(request) if isinstance(request, HttpRequest) else None
        if isinstance(record.args, tuple):
            record.args = tuple(_without_query(value) for value in record.args)
        return True


class Plain(logging.Formatter):
    """One line and, for an exception, where it came from; what the request was about is replaced by its names."""

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # another handler may have kept it, with everything in it
        text = super().format(record)
        record.exc_text = None
        for secret, name in record.__dict__.get("hidden", {}).items():
            text = text.replace(secret, name)
        return text

    def formatException(self, ei: ExcInfo) -> str:
        """A database says in its DETAIL which values it met: they stay out."""
        text = super().formatException(ei)  # type: ignore[arg-type]  # the library's stub knows one form of the three
        if _is_of_database(ei[1]):
            return re.sub(r"(?m)^(DETAIL|CONTEXT|HINT|LINE \d+|\s*\^$).*\n?", "", text)
        return text


def hidden_in(request: HttpRequest) -> dict[str, str]:
    """What to replace by what, the longest first: the address by its route, each given part by its name."""
    try:
        match = request.resolver_match or resolve(request.path_info)
        route, parts = (
            f"/{match.route}",
            {**match.kwargs, **{str(place): part for place, part in enumerate(match.args)}},
        )
    except Resolver404:
        route, parts = "(no page of ours)", {}
    found = {request.get_full_path(): route, request.path: route, request.path_info: route, quote(request.path): route}
    for name, value in parts.items():
        if len(str(value)) >= SHORTEST_SECRET:
            found |= {str(value): f"<{name}>", quote(str(value)): f"<{name}>"}
    return {secret: found[secret] for secret in sorted(found, key=len, reverse=True) if secret not in ("", "/")}


def route_of(request: HttpRequest) -> str | None:
    """The name of the page; None where there is none."""
    match = request.resolver_match
    return match.view_name if match else None


#: Shorter parts are languages and numbers of pages.
SHORTEST_SECRET = 4


def _is_of_database(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, DatabaseError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _without_query(value: object) -> object:
    """«GET /ru/?q=words HTTP/1.1» loses its words."""
    return re.sub(r"\?\S*", "", value) if isinstance(value, str) and "/" in value else value


class Json(Plain):
    """A line is one JSON object: when, how bad, whose, which route and status, and the words, under the same rule."""

    def format(self, record: logging.LogRecord) -> str:
        said = {
            "time": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "route": record.__dict__.get("route"),
            "status": record.__dict__.get("status_code"),
            "message": super().format(record),
        }
        return json.dumps({name: value for name, value in said.items() if value is not None}, ensure_ascii=False)
