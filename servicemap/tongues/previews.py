"""Languages whose words were not all checked by people: who reads them, and what is said in another language.

Rule: a page for everybody speaks a language that is on, or one that an administrator opened (PREVIEWS_FOR_ALL); members
read previews in their own pages. Search engines keep no page of a preview. What the language has no words for is shown
in its fallback, inside an element that says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation

from core.languages import MESSAGES, WHOLE, active, for_all, is_preview, of_everybody, spoken
from core.phrasing.marks import marked_up, marking, unmarked
from servicemap.tongues import wording

#: Pages that nobody reads without having signed in.
_OF_MEMBERS = re.compile(r"/[-a-z]+/(?:workspace|members)/|/api/v1/members/")
_READING = ("GET", "HEAD")
_TEXT = re.compile(r"text/|image/svg|application/(?:[^;]*\+)?(?:json|xml)\b")


def languages_of(path: str) -> tuple[str, ...]:
    """The codes of the languages that the page at this address speaks."""
    return spoken() if _OF_MEMBERS.match(path) else for_all()


class PreviewsMiddleware:
    """Behind the framework's choice of a language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        code = active()
        if code not in (WHOLE, MESSAGES):
            wording.refresh(code)
        if not is_preview(code):
            return self.get_response(request)
        if code not in languages_of(request.path_info):
            return self._in_another_language(request, of_everybody(code))
        with marking(on=request.method in _READING):
            response = self.get_response(request)
        response.headers["X-Robots-Tag"] = "noindex, noarchive"
        return _without_marks(response)

    def _in_another_language(self, request: HttpRequest, code: str) -> HttpResponse:
        if translation.get_language_from_path(request.path_info):
            if request.method not in _READING:
                raise Http404
            rest = request.get_full_path()[1 + len(request.path_info.split("/")[1]) :]
            return HttpResponseRedirect(f"/{code}{rest}")
        translation.activate(code)
        request.LANGUAGE_CODE = code
        return self.get_response(request)


def _without_marks(response: HttpResponse) -> HttpResponse:
    """Marks become elements in a page, and vanish from everything else."""
    kind = response.headers.get("Content-Type", "")
    if response.streaming or not _TEXT.match(kind):
        return response
    text = response.content.decode(response.charset or "utf-8")
    told = marked_up(text) if kind.startswith("text/html") else unmarked(text)
    if told != text:
        response.content = told.encode(response.charset or "utf-8")
        if "Content-Length" in response.headers:
            response.headers["Content-Length"] = str(len(response.content))
    return response
