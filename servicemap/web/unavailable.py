"""What a reader gets when something of ours is away or broke: quietly, in their language, with what they had typed."""

from __future__ import annotations

import re
import sys

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.views.defaults import server_error as broken

from core.languages import SOURCE

#: Seconds after which asking again is worth it: a database comes back within this time or needs a person.
RETRY_AFTER = 20
#: What is never written into a page that waits on a screen, beside everything that is called a password.
NEVER_SHOWN = ("code", "otp_code", "token")
#: The one page that stands in pages of others.
EMBED = re.compile(r"/[a-z-]{2,10}/embed/")
#: More than this nobody types; a page must not grow without end.
LONGEST = 200_000


def server_error(request: HttpRequest) -> HttpResponse:
    """`handler500`: 503 where the database is away (or refuses to write for now), else the page of a broken server."""
    error = sys.exc_info()[1]
    if isinstance(error, OperationalError | InterfaceError):
        return away(request)
    response = broken(request)
    add_never_cache_headers(response)
    return stands_in_pages_of_others(request, response)


def away(request: HttpRequest) -> HttpResponse:
    """503 with Retry-After, kept by no cache. It needs no database: neither session nor user is asked."""
    language = translation.get_language_from_path(request.path_info) or SOURCE
    response: HttpResponse
    with translation.override(language):
        if request.path_info.startswith("/api/"):
            message = translation.gettext("The map is being put right. Please ask again in half a minute.")
            response = JsonResponse({"error": {"param": "", "message": message}}, status=503)
        else:
            context = {"language": language, "again": request.get_full_path(), "is_post": request.method == "POST"}
            context |= {"fields": typed_fields(request), "retry_after": RETRY_AFTER}
            response = HttpResponse(render_to_string("503.html", context), status=503)
    response["Retry-After"] = str(RETRY_AFTER)
    add_never_cache_headers(response)
    return stands_in_pages_of_others(request, response)


def stands_in_pages_of_others(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """In the frame of the embed it is read as the embed is; else a partner's page shows a fault of the browser."""
    if EMBED.fullmatch(request.path_info):
        response.xframe_options_exempt = True  # type: ignore[attr-defined]  # read by Django's middleware
        response._csp_replace = {"frame-ancestors": settings.EMBED_FRAME_ANCESTORS}  # type: ignore[attr-defined]
    return response


def typed_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of the form that was sent, to be sent again with one press; no passwords, no codes, no files."""
    if request.method != "POST":
        return []
    try:
        sent = [(name, value) for name, values in request.POST.lists() for value in values]
    except (MultiPartParserError, OSError):
        return []
    kept = [(name, str(value)) for name, value in sent if name not in NEVER_SHOWN and "password" not in name]
    return kept if sum(len(name) + len(value) for name, value in kept) <= LONGEST else []
