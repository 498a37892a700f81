"""Who may open which of these pages. What somebody may not open does not exist for them."""

from __future__ import annotations

import functools
from typing import cast

from django.http import Http404
from django.http.response import HttpResponseBase

from accounts.requests import SignedInRequest
from core.pages.http import View
from network.volunteering.rights import working_of
from organizations.models import Organization
from workspace.shared.pages import desk_page

__all__ = ["answering_page", "working_page"]


def working_page(view: object) -> View:
    """For a volunteer who may propose now; the view gets what lets them."""
    inside = cast(View, view)

    @functools.wraps(inside)
    def open_page(request: SignedInRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        row = working_of(request.user)
        if row is None:
            raise Http404
        return inside(request, row, *args, **kwargs)

    return desk_page(open_page)


def answering_page(view: View) -> View:
    """For those who write for an organisation of the network: one of them answers for each volunteer."""

    @functools.wraps(view)
    def open_page(request: SignedInRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not Organization.objects.in_network().kept_by(request.user).exists():
            raise Http404
        return view(request, *args, **kwargs)

    return desk_page(open_page)
