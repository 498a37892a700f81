"""Who opened what is not public. For administrators, and for whoever keeps an organisation's listings."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.requests import SignedInRequest
from organizations.models import Organization
from verification.guarding.reading import read_in_bulk
from workspace.shared.pages import desk_page


@desk_page
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    if not request.user.is_administrator and not Organization.objects.editable_by(request.user).exists():
        raise Http404
    context = {
        "section": "guarding",
        "bulk": read_in_bulk(request.user),
        "norm": settings.READING_NORM,
        "is_administrator": request.user.is_administrator,
    }
    return render(request, "workspace/guarding/index.html", context)
