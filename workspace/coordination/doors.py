"""Who may open which page of the coordinators. A page that somebody may not open does not exist for them."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import Http404
from django.http.response import HttpResponseBase

from accounts.requests import SignedInRequest
from core.geo.countries import country_name
from core.pages.http import View
from core.spelling.collation import reading_key
from organizations.models import Location
from organizations.models.organization import is_network_person
from services.models import ServiceAtLocation
from services.models.coverage import country_of
from workspace.access import may_read_members_map
from workspace.shared.pages import desk_page

if TYPE_CHECKING:
    from accounts.models import User


def verifiers_page(view: View) -> View:
    return _page(view, lambda user: user.is_verifier)


def coordinators_page(view: View) -> View:
    return _page(view, lambda user: user.is_coordinator)


def network_page(view: View) -> View:
    """For everybody of the network: members and people with a role in it."""
    return _page(view, is_network_person)


def members_page(view: View) -> View:
    """For those who read the members' map: not for an evaluator from outside."""
    return _page(view, may_read_members_map)


def _page(view: View, may_open: Callable[[User], bool]) -> View:
    @functools.wraps(view)
    def open_page(request: SignedInRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not may_open(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return desk_page(open_page)


def sees_small(user: User) -> bool:
    """Numbers below five: people of members, and those who answer for the network; not an evaluator from outside."""
    return user.is_coordinator or user.memberships.in_network().exists()


def countries_of(user: User) -> list[tuple[str, str]]:
    """The countries that a person may choose between, by name: a coordinator's own, else where there is anything."""
    if user.is_coordinator and not user.coordinates_everywhere:
        codes = set(user.countries)
    else:
        codes = set(Location.objects.order_by().values_list("country", flat=True).distinct())
        codes |= set(ServiceAtLocation.objects.order_by().values_list(country_of(), flat=True).distinct())
    return sorted(((code, country_name(code)) for code in codes if code), key=lambda pair: reading_key(pair[1]))


def asked_country(request: SignedInRequest) -> str:
    """`?country=` when it is one that the person may choose, else "" for all."""
    asked = request.GET.get("country", "") or request.POST.get("country", "")
    return asked if asked in dict(countries_of(request.user)) else ""
