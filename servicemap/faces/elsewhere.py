"""Pages that the other face shows: whoever comes here for one is sent there."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def to_members(request: HttpRequest, **parts: str) -> HttpResponse:
    return HttpResponseRedirect(settings.MEMBERS_ADDRESS + request.get_full_path())


@require_safe
@never_cache
def to_public(request: HttpRequest, **parts: str) -> HttpResponse:
    return HttpResponseRedirect(settings.PUBLIC_ADDRESS + request.get_full_path())


def shown_by_the_public_face(patterns: Iterable[URLPattern]) -> list[URLPattern]:
    """The same addresses with the same names."""
    return [path(str(each.pattern), to_public, name=each.name) for each in patterns]
