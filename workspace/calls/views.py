"""A morning of calls: whom to call, and one organisation with everything that waits there."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.requests import SignedInRequest
from core import clock
from core.languages import codes, writing
from facts.discretion import reader_of
from organizations.models import Organization
from verification.access import acting_organization
from verification.coordination.calls import Callee, callee, callees, cities_to_call
from workspace.calls.presenter import (
    clock_words,
    languages_of_calls,
    sheet_of,
    texts_of_page,
    times_to_call_back,
    zone_of,
)
from workspace.coordination.doors import asked_country, countries_of, verifiers_page

SHOWN_AT_MOST = 200


@verifiers_page
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    """`?country=` and `?city=` narrow it; whoever asked to be called back stands first."""
    country = asked_country(request)
    everybody = callees(request.user, country=country)
    cities = cities_to_call(everybody)
    city = request.GET.get("city", "")
    city = city if city in cities else ""
    found = callees(request.user, country=country, city=city) if city else everybody
    context = {
        "section": "coordination",
        "tab": "calls",
        "country": country,
        "countries": countries_of(request.user),
        "city": city,
        "cities": cities,
        "waiting": [_line(one) for one in found if not one.is_unreached][:SHOWN_AT_MOST],
        "unreached": [_line(one) for one in found if one.is_unreached][:SHOWN_AT_MOST],
        "texts": texts_of_page(),
        "total": sum(len(one.listings) for one in found),
    }
    return render(request, "workspace/calls/index.html", context)


@verifiers_page
@require_GET
def show(request: SignedInRequest, slug: str) -> HttpResponse:
    """`?city=` as on the list, `?lang=` the language in which the call is spoken."""
    organization = Organization.objects.filter(slug=slug).first()
    city, language = request.GET.get("city", ""), request.GET.get("lang", "")
    language = language if language in codes() else writing()
    one = callee(request.user, organization, city=city) if organization else None
    if organization is None or one is None:  # nothing waits there any more, or nothing that this person checks
        return redirect(_list(city))
    zone = zone_of(one)
    context = {
        "section": "coordination",
        "tab": "calls",
        "organization_called": organization,
        "callee": one,
        "sheet": sheet_of(one, reader_of(request.user), language),
        "language": language,
        "languages": languages_of_calls(),
        "city": city,
        "call_back": clock_words(one.call_back_at, zone) if one.call_back_at else "",
        "offers": times_to_call_back(zone),
        "zone": zone,
        "following": next_of(request, slug, city),
        "texts": texts_of_page(),
        "list_url": _list(city),
        "is_check": acting_organization(request.user) is not None,
        "may_ask": all(request.user.coordinates(row.country) for row in one.listings),
    }
    return render(request, "workspace/calls/call.html", context)


def next_of(request: SignedInRequest, slug: str, city: str) -> str:
    """The page of the next organisation that waits, "" after the last."""
    found = [one.organization.slug for one in callees(request.user, city=city) if not one.is_unreached]
    here = found.index(slug) if slug in found else -1
    following = next(iter([*found[here + 1 :], *found[: max(here, 0)]]), "")
    return reverse("workspace:call", args=[following], query={"city": city} if city else None) if following else ""


def _list(city: str) -> str:
    return reverse("workspace:calls", query={"city": city} if city else None)


def _line(one: Callee) -> dict[str, object]:
    today = clock.today()
    return {
        "callee": one,
        "late": sum(1 for row in one.listings if row.state.due_on and row.state.due_on <= today),
        "call_back": clock_words(one.call_back_at, zone_of(one)) if one.call_back_at else "",
        "is_time": one.call_back_at is not None and one.call_back_at <= clock.now(),
    }
