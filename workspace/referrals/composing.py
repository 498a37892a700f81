"""«Send on»: one page of three parts, which works without scripts.

A press on "show who can" or "one more stage" gives the page back with everything that was filled in; "send" sends.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from core.errors import HouseError
from core.geo.countries import country_codes, country_name
from organizations.models import Organization
from organizations.models.organization import is_network_person
from reading.asked import Asked
from reading.presenters.lands import lands
from referrals import choosing
from referrals import services as referrals
from referrals.models.words import Mode
from referrals.services.writing import MOST_LEGS
from workspace.referrals.forms import CONSENTS, LegForm, ReferralForm
from workspace.referrals.presenter import candidate_lines
from workspace.shared.pages import desk_page, reason_of

#: Fields of a page that may be ticked several times.
_MANY = ("languages", "circumstances", "groups")
_FIELDS_OF_LEG = tuple(LegForm.base_fields)


def houses_of(request: SignedInRequest) -> list[Organization]:
    """For which organisations the person may send and answer; for nobody else is there such a page."""
    if rows := _houses(request):
        return rows
    raise Http404


def _houses(request: SignedInRequest) -> list[Organization]:
    return list(Organization.objects.in_network().kept_by(request.user).order_by("name", "pk"))


@desk_page
@require_http_methods(["GET", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    if not is_network_person(request.user):
        raise Http404
    houses = _houses(request)
    if not houses:
        return render(request, "workspace/referrals/not_you.html", {"section": "referrals"})
    if request.method == "POST" and request.POST.get("step", "send") == "send":
        return _send(request, houses)
    given = request.POST if request.method == "POST" else request.GET
    count = _count(given) + (request.POST.get("step") == "another")
    form = ReferralForm(houses=houses, initial=_initial(given))
    legs = [LegForm(number=n, initial=_initial_leg(given, n)) for n in range(1, min(count, MOST_LEGS) + 1)]
    if request.method == "GET":
        _take_listing(request, legs[0])
    return _page(request, houses, form, legs)


def _send(request: SignedInRequest, houses: list[Organization]) -> HttpResponse:
    form = ReferralForm(request.POST, houses=houses, initial={})
    legs = [LegForm(request.POST, number=n) for n in range(1, _count(request.POST) + 1)]
    if all([form.is_valid(), *(leg.is_valid() for leg in legs)]):
        house = form.cleaned_data["organization"]
        try:
            draft = form.draft([leg.draft() for leg in legs])
            sent = referrals.send(actor=request.user, organization=house, draft=draft)
        except HouseError as error:
            form.add_error(error.field if error.field in form.fields else None, reason_of(error))
        else:
            messages.success(request, _("Sent. The organisation has been written to."))
            return redirect("workspace:referral", sent.public_id)
    return _page(request, houses, form, legs, status=422)


def _page(
    request: SignedInRequest, houses: list[Organization], form: ReferralForm, legs: list[LegForm], status: int = 200
) -> HttpResponse:
    said = _said([str(form["from_country"].value() or ""), *(str(leg["country"].value() or "") for leg in legs)])
    context = {
        "section": "referrals",
        "form": form,
        "legs": [(leg, _candidates(request, houses, leg), land) for leg, land in zip(legs, said, strict=True)],
        "leg_count": len(legs),
        "may_add": len(legs) < MOST_LEGS,
        "consents": [form[name] for name in CONSENTS],
        "is_single_house": len(houses) == 1,
    }
    return render(request, "workspace/referrals/new.html", context, status=status)


def _said(way: list[str]) -> list[dict[str, str]]:
    """For each stage, what the law of its country says in one line, and the way to compare it with the one before."""
    told = lands(Asked.now("members"))
    found = []
    for here, there in pairwise(way):
        line = told[there]["line"] if there in told else ""
        is_corridor = {here, there} <= country_codes() and here != there
        url = reverse("workspace:corridor", args=[here.lower(), there.lower()]) if is_corridor else ""
        found.append({"name": country_name(there), "line": line, "url": url})
    return found


def _candidates(request: SignedInRequest, houses: list[Organization], leg: LegForm) -> list[dict[str, object]] | None:
    """Who can be asked for this stage; None while what is needed has not been said."""
    country, kind, mode = (str(leg[name].value() or "") for name in ("country", "service_type", "mode"))
    if not country or not kind or mode not in Mode.values:
        return None
    house = houses[0]
    found = choosing.candidates(actor=request.user, sender=house, service_type=kind, country=country, mode=mode)
    return candidate_lines(found, first=str(leg["first"].value() or ""), fallback=str(leg["fallback"].value() or ""))


def _take_listing(request: SignedInRequest, leg: LegForm) -> None:
    """From a card: its first kind of service, its country, and the place itself is the one to be asked."""
    listing = request.GET.get("listing", "")
    found = choosing.needs_of(actor=request.user, listing=listing) if listing else None
    if found is not None:
        kinds, country = found
        leg.initial.update(first=listing, country=country, service_type=next(iter(kinds), ""))


def _count(given: Mapping[str, str]) -> int:
    text = given.get("legs", "1")
    return min(max(int(text), 1), MOST_LEGS) if text.isascii() and text.isdigit() and len(text) < 3 else 1


def _initial(given: QueryDict) -> dict[str, object]:
    """What was filled in, as the fields show it again."""
    return {key: given.getlist(key) if key in _MANY else given[key] for key in given if key in ReferralForm.base_fields}


def _initial_leg(given: QueryDict, number: int) -> dict[str, object]:
    found = {name: given.get(f"leg{number}-{name}") for name in _FIELDS_OF_LEG}
    return {name: value for name, value in found.items() if value}
