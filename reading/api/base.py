"""What every endpoint of the read API shares: who may read, language, errors, caching, reading from other origins."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, NoReturn

import orjson
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from core import clock
from core.languages import SOURCE, for_all, spoken
from core.pages.http import PUBLIC_CACHING
from directory.access import may_read_members, members_read, public_read
from directory.asking.filters import FilterError, Source, nearest, one_of, printable, unknown_name
from directory.crossing.records import Audience
from reading.asked import Asked
from reading.kept import bucket

MAX_BODY = 64 * 1024

#: A question in canonical form, and what answers it.
Question = tuple[str, Callable[[], object]]


class OneWithAnother(Exception):
    """What was here is one with what is at another place now."""

    def __init__(self, place_id: str) -> None:
        super().__init__(place_id)
        self.place_id = place_id


class Withdrawn(exceptions.APIException):
    """What was handed out once is taken back: whoever has a copy wipes it."""

    status_code = 410
    default_detail = gettext_lazy("Nothing may be taken along here any more. Wipe what you have.")


class AnswersInOneForm(BaseContentNegotiation):
    """The address says what comes back; the Accept header has no say."""

    def select_parser(self, request: Any, parsers: Any) -> Any:
        return parsers[0]

    def select_renderer(self, request: Any, renderers: Any, format_suffix: Any = None) -> Any:
        return renderers[0], renderers[0].media_type


class IsNetworkPerson(BasePermission):
    """Logged-out people are told to log in; for anybody outside the network there is nothing here."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        if not request.user.is_authenticated:
            return False
        if not may_read_members(request.user):
            raise Http404
        return True


class DirectoryView(APIView):
    """One question of the read API. Subclasses say in `ask` what the question is."""

    audience: Audience = "public"
    content_type = "application/json"
    content_negotiation_class = AnswersInOneForm
    http_method_names = ["get", "head", "options"]
    #: Names that a question may have; any other is refused, so that a slip never asks for more than was meant.
    known: frozenset[str] = frozenset()

    def ask(self, asked: Asked, source: Source, **kwargs: str) -> Question:
        """Read the parameters (FilterError for nonsense) and return the canonical question and its answer."""
        raise NotImplementedError

    def get(self, request: Request, **kwargs: str) -> HttpResponse:
        source = request.GET
        with override(self.language(source)), self.reading():
            _refuse_unknown(source, self.known)
            asked = Asked.now(self.audience)
            canonical, build = self.ask(asked, source, **kwargs)
            etag = self._etag(asked, canonical)
            if etag and (unchanged := get_conditional_response(request._request, etag=etag)) is not None:
                return unchanged
            response = self.respond(build())
        if etag:
            response.headers["ETag"] = etag
        return response

    def language(self, source: Source) -> str:
        """That of the question. Members' pages speak previews too, the public's those that were opened."""
        language = one_of(source, "lang") or SOURCE
        if language not in (for_all() if self.audience == "public" else spoken()):
            raise FilterError("lang", _("Unknown value: %(value)s") % {"value": printable(language)})
        return language

    def _language_or_source(self, source: Source) -> str:
        try:
            return self.language(source)
        except (FilterError, SuspiciousOperation):
            return SOURCE

    def respond(self, answer: object, status: int = 200) -> HttpResponse:
        return HttpResponse(orjson.dumps(answer), content_type=self.content_type, status=status)

    def reading(self) -> AbstractContextManager[None]:
        return nullcontext()

    def _etag(self, asked: Asked, canonical: str) -> str:
        return ""

    # An answer is bytes already: DRF's own Response would render it once more.
    def options(self, request: Request, *args: object, **kwargs: object) -> HttpResponse:  # type: ignore[override]
        return HttpResponse(status=204, headers={"Allow": ", ".join(self.allowed_methods)})

    def handle_exception(self, exc: Exception) -> HttpResponse:  # type: ignore[override]  # the same
        with override(self._language_or_source(self.request.GET)):
            status, param, message = _explain(exc)
            more = {"merged_into": exc.place_id} if isinstance(exc, OneWithAnother) else {}
            response = HttpResponse(
                orjson.dumps({"error": {"param": param, "message": str(message), "unread": _unread(exc)}, **more}),
                content_type="application/json",
                status=status,
            )
        response.headers["Cache-Control"] = "no-store"
        return response

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        self.add_headers(response)
        return super().finalize_response(request, response, *args, **kwargs)

    def add_headers(self, response: HttpResponse) -> None:
        response.headers.setdefault("Cache-Control", "private, no-store")


class PublicView(DirectoryView):
    """For everybody, from any origin: no login, no cookie, the public's database role."""

    authentication_classes: list[type[BaseAuthentication]] = []
    permission_classes = [AllowAny]

    def reading(self) -> AbstractContextManager[None]:
        return public_read()

    def _etag(self, asked: Asked, canonical: str) -> str:
        """Weak: equal for equal answers. Revision and time say what they were made from."""
        parts = (asked.revision, bucket(clock.now()), asked.language, self.request.path, canonical)
        return f'W/"{hashlib.sha256(repr(parts).encode()).hexdigest()[:24]}"'

    def add_headers(self, response: HttpResponse) -> None:
        """An embed in a sandbox has no origin of its own, so anybody may read; nothing here depends on who asks."""
        caching = PUBLIC_CACHING if self.request.method in ("GET", "HEAD") else "no-store"
        response.headers.setdefault("Cache-Control", caching)
        response.headers["Access-Control-Allow-Origin"] = "*"
        if self.request.method == "OPTIONS":
            response.headers["Access-Control-Allow-Methods"] = ", ".join(self.allowed_methods)
            response.headers["Access-Control-Allow-Headers"] = "Content-Type"
            response.headers["Access-Control-Max-Age"] = "86400"


class MembersView(DirectoryView):
    """For people of the network, with their session. Never kept by any cache."""

    audience: Audience = "members"
    authentication_classes = [SessionAuthentication]
    permission_classes = [IsNetworkPerson]

    def reading(self) -> AbstractContextManager[None]:
        return members_read(self.request.user)


class PostedQuestion(DirectoryView):
    """A question whose words must not stand in an address: it comes as JSON in the body."""

    http_method_names = ["post", "options"]

    def post(self, request: Request, **kwargs: str) -> HttpResponse:
        source = self._body(request)
        with override(self.language(source)), self.reading():
            asked = Asked.now(self.audience)
            return self.respond(self.ask(asked, source, **kwargs)[1]())

    def _body(self, request: Request) -> dict[str, object]:
        body = request._request.body
        if len(body) > MAX_BODY:
            raise RequestDataTooBig
        try:
            source = orjson.loads(body or b"{}")
        except orjson.JSONDecodeError as error:
            raise exceptions.ParseError(_("The body is not JSON.")) from error
        if not isinstance(source, dict):
            raise exceptions.ParseError(_("A JSON object was expected."))
        return self._flat(source)

    def _flat(self, source: dict[str, object]) -> dict[str, object]:
        filters = source.pop("filters", None)
        if filters is not None and not isinstance(filters, dict):
            raise FilterError("filters", _("A JSON object was expected."))
        flat = {**source, **(filters or {})}
        _refuse_unknown(flat, self.known)
        return flat


def text_of(source: Source, name: str, longest: int) -> str:
    """A text of the body; refuses anything else and texts that are too long."""
    value = source.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise FilterError(name, _("A text was expected."))
    if len(value) > longest:
        raise FilterError(name, _("At most %(count)d characters, please.") % {"count": longest})
    return value.replace("\x00", " ")


def _refuse_unknown(source: Iterable[str], known: frozenset[str]) -> None:
    for name in source:
        if name not in known:
            raise FilterError(printable(name), unknown_name(known, nearest(name, known)))


def not_found() -> NoReturn:
    raise Http404


def withdrawn() -> NoReturn:
    raise Withdrawn


def _unread(exc: Exception) -> list[dict[str, str]]:
    """Every value of the question that nobody knows, as it was sent."""
    errors = [exc, *exc.beside] if isinstance(exc, FilterError) else []
    return [
        {"param": error.param, "value": error.value.encode(errors="replace").decode()}
        for error in errors
        if error.value
    ]


def _explain(exc: Exception) -> tuple[int, str | None, Any]:
    """Status, parameter and words for what went wrong; raises what nobody expected."""
    if isinstance(exc, FilterError):
        return 400, exc.param, exc.message
    if isinstance(exc, Http404):
        return 404, None, _("There is nothing at this address.")
    if isinstance(exc, OneWithAnother):
        return 410, None, _("What was here has another address now.")
    if isinstance(exc, RequestDataTooBig):
        return 413, None, _("This is too much at once.")
    if isinstance(exc, SuspiciousOperation):
        return 400, None, _("The request could not be read.")
    if isinstance(exc, exceptions.NotAuthenticated | exceptions.AuthenticationFailed):
        return 403, None, _("Please log in.")
    if isinstance(exc, PermissionDenied | exceptions.PermissionDenied):
        return 403, None, _("You may not do this.")
    if isinstance(exc, exceptions.APIException):
        return exc.status_code, None, exc.detail
    raise exc
