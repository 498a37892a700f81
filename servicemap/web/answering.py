"""Each answer is counted by the name of its route, its status and the hour, and by nothing else (P4)."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from usage import answers


class AnswersMiddleware:
    """The first, so that what the others refuse is counted too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        match = request.resolver_match
        answers.note(match.view_name if match else "", response.status_code)
        return response
