"""A form that is refused for safety's sake: what was written in it is given back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.requests import person_of
from workspace.shared import kept


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was older than the sign-in, or the form came from elsewhere. The reason stays ours."""
    if fields := kept.fields_of(request):
        is_inside = bool(request.resolver_match and request.resolver_match.namespace == "workspace")
        return kept.page_with_fields(request, fields, is_signed_out=is_inside and person_of(request) is None)
    return render(request, "403_csrf.html", status=403)
