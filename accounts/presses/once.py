"""A form that is sent twice is done once: a double press, two tabs, a second try after a lost answer.

Rule: the key of the form and the answer are written in the transaction of what the form does. Whoever comes with the
same key and the same fields meanwhile waits, and gets the same answer; with other fields it is another form (somebody
went back and wrote something else). Nothing of the answer can be read in the database: it is encrypted with the key,
of which only a hash is kept, for two days.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
from collections.abc import Callable
from typing import TypeVar

from cryptography.fernet import Fernet
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from accounts.models import SentForm
from core import clock
from core.templatetags.once import FIELD

ResponseT = TypeVar("ResponseT", bound=HttpResponse)
KEPT = dt.timedelta(hours=48)
LONGEST_KEY = 64
#: How long a second press waits for the first one.
PATIENCE_MS = 15_000
#: Signing in answers with a cookie, which nobody gets a second time; their forms are safe to repeat.
NOT_HERE = ("allauth.", "accounts.", "doors.invitation.")


class OnceMiddleware:
    """For every POST with a key but those about signing in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: tuple[str, ...], kwargs: dict[str, str]
    ) -> HttpResponseBase | None:
        if request.method != "POST" or view.__module__.startswith(NOT_HERE):
            return None
        key = request.POST.get(FIELD, "")
        if not 16 <= len(key) <= LONGEST_KEY:
            return None
        return answer_once(request, key, lambda: view(request, *args, **kwargs))


def is_done(response: HttpResponseBase) -> bool:
    """A redirect says that it was done; a page says it by `remember()`. Any other page is the form again."""
    return response.status_code in (302, 303) or bool(getattr(response, "_remembered", False))


def remember(response: ResponseT) -> ResponseT:
    """This page is the answer to something that was done: whoever sends the form again gets it again."""
    response._remembered = True  # type: ignore[attr-defined]  # read by is_done() alone
    return response


def answer_once(request: HttpRequest, key: str, call: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    with transaction.atomic():
        number = _claim(key, _fields(request))
        if number is None:
            return _again(key, _fields(request))
        response = call()
        render = getattr(response, "render", None)
        if callable(render):
            response = render()
        if is_done(response) and isinstance(response, HttpResponse):
            SentForm.objects.filter(pk=number).update(answer=_sealed(key, response))
        else:
            SentForm.objects.filter(pk=number).delete()
    return response


def forget_old() -> int:
    """Delete what is older than two days; returns how many."""
    return SentForm.objects.filter(sent_at__lt=clock.now() - KEPT).delete()[0]


def _claim(key: str, fields: str) -> int | None:
    """The number of the new row; None where the form was sent already. Waits for one that is being done just now."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = {PATIENCE_MS}")
        cursor.execute(
            "INSERT INTO accounts_sentform (key, fields, sent_at) VALUES (%s, %s, %s)"
            " ON CONFLICT DO NOTHING RETURNING id",
            [_hash(key), fields, clock.now()],
        )
        row = cursor.fetchone()
        cursor.execute("SET LOCAL lock_timeout = DEFAULT")
    return row[0] if row else None


def _again(key: str, fields: str) -> HttpResponse:
    sealed = SentForm.objects.values_list("answer", flat=True).get(key=_hash(key), fields=fields)
    answer = json.loads(_box(key).decrypt(bytes(sealed or b"")))
    response = HttpResponse(answer["body"], status=answer["status"], headers=answer["headers"])
    response["Cache-Control"] = "no-store"
    return response


def _sealed(key: str, response: HttpResponse) -> bytes:
    kept = {name: response[name] for name in ("Location", "Content-Type") if response.has_header(name)}
    answer = {"status": response.status_code, "headers": kept, "body": response.content.decode()}
    return _box(key).encrypt(json.dumps(answer).encode())


def _fields(request: HttpRequest) -> str:
    """A hash of where the form goes and what it says, without the tokens that differ from page to page."""
    said = sorted((name, request.POST.getlist(name)) for name in request.POST if name != "csrfmiddlewaretoken")
    files = sorted((name, [(file.name, file.size) for file in request.FILES.getlist(name)]) for name in request.FILES)
    return _hash(json.dumps([request.path, said, files]))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _box(key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"answer of a form" + key.encode()).digest()))
