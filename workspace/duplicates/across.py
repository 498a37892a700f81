"""Doors of two organisations and organisations that may be one: side by side, one press, and the way back."""

from __future__ import annotations

from typing import TypeVar

from django.contrib import messages
from django.db.models import Count, F
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.requests import SignedInRequest
from core import clock
from core.errors import HouseError, NotAllowed
from network.joining import services as joining
from organizations.models import Location, Organization
from services.models import ServiceAtLocation
from verification.coordination.alike import across
from verification.coordination.alike.pairs import pairs_for
from verification.coordination.alike.rule.likeness import metres
from verification.models import AlikeOrganizations, AlikePlaces, MergeState
from verification.services.merging import doors as sharing
from workspace.duplicates import stepping
from workspace.duplicates.words import why_alike
from workspace.shared.pages import desk_page, reason_of
from workspace.shared.texts import worded

SHOWN = 50
SideT = TypeVar("SideT", Location, Organization)


def context_of(request: SignedInRequest) -> dict[str, object]:
    """What the page "Listed twice" shows of doors and organisations."""
    doors = across.doors_for(request.user).filter(state__in=[MergeState.PROPOSED, MergeState.DONE])
    rows = list(doors.order_by("-proposed_at", "-pk")[:SHOWN])
    return {
        "doors_waiting": [row for row in rows if row.state == MergeState.PROPOSED],
        "doors_shared": [row for row in rows if sharing.can_undo_door(row)],
        "door_pairs": [(row, why_alike(row.reasons)) for row in across.alike_places(request.user)[:SHOWN]],
        "organization_pairs": [
            (row, why_alike(row.reasons)) for row in across.alike_organizations(request.user)[:SHOWN]
        ],
        "one_house": across.one_house(request.user)[:SHOWN],
    }


@desk_page
@require_http_methods(["GET", "POST"])
def door_pair(request: SignedInRequest, pair: str) -> HttpResponse:
    """Both places; POST `keep` says that they are one door, and whose address stays."""
    row = get_object_or_404(across.alike_places(request.user), public_id=pair)
    fault = ""
    if request.method == "POST":
        kept, gone = _chosen(request, row.first, row.second)
        try:
            door = sharing.propose_door(kept=kept, gone=gone, actor=request.user)
        except NotAllowed:
            raise
        except HouseError as error:
            fault = reason_of(error)
        else:
            return redirect("workspace:door", door.public_id)
    context = {
        "section": "duplicates",
        "pair": row,
        "why": why_alike(row.reasons),
        "apart": _apart(row.first, row.second),
        "sides": [_place(row.first), _place(row.second)],
        "keep": request.POST.get("keep", row.first.public_id),
        "fault": fault,
    }
    return render(request, "workspace/duplicates/door_pair.html", context, status=422 if fault else 200)


@desk_page
@require_GET
def door(request: SignedInRequest, door: str) -> HttpResponse:
    """One door that two share, or that somebody says they do: whose word is there, and what can be pressed."""
    row = get_object_or_404(across.doors_for(request.user), public_id=door)
    speaks_for, missing = sharing.sides_of_door(row, request.user), set(row.silent_sides())
    waits, coordinates = row.state == MergeState.PROPOSED, sharing.coordinates_both(row.kept, row.gone, request.user)
    context = {
        "section": "duplicates",
        "door": row,
        "kept": _place(row.kept),
        "gone": _place(row.gone),
        "may_agree": waits and bool(speaks_for & missing),
        "may_decline": waits and (bool(speaks_for) or row.proposed_by_id == request.user.pk),
        "may_insist": waits and coordinates and clock.now() >= row.waits_until,
        "may_undo": sharing.can_undo_door(row) and (bool(speaks_for) or coordinates),
        "undo_until": row.done_at + sharing.UNDO_FOR if row.done_at else None,
    }
    return render(request, "workspace/duplicates/door.html", context)


@desk_page
@require_POST
def door_step(request: SignedInRequest, door: str, step: str) -> HttpResponse:
    row = get_object_or_404(across.doors_for(request.user), public_id=door)
    steps: stepping.Steps = {
        "agree": (sharing.agree_to_door, _("Your word is written down.")),
        "decline": (sharing.decline_door, _("They stay two.")),
        "insist": (sharing.insist_on_door, _("Both say one address now.")),
        "undo": (sharing.undo_door, _("Both are there again, as they were.")),
    }
    stepping.take(request, steps, step, door=row)
    return redirect("workspace:door", row.public_id)


@desk_page
@require_http_methods(["GET", "POST"])
def organization_pair(request: SignedInRequest, pair: str) -> HttpResponse:
    """Both organisations, with what each has; POST `keep` says that they are one, and which one stays."""
    known = across.alike_organizations(request.user) | across.one_house(request.user).order_by("-likeness", "pk")
    row = get_object_or_404(known, public_id=pair)
    if request.method == "POST" and request.POST.get("step") == "hand_over":
        return _hand_over(request, row)
    if request.method == "POST":
        kept, _gone = _chosen(request, row.first, row.second)
        if row.same_at is not None or not request.user.is_coordinator:
            raise Http404
        across.say_one(pair=row, kept=kept, actor=request.user)
        messages.success(request, _("It is written down: both see what is to be done."))
        return redirect("workspace:organization-pair", row.public_id)
    both = (row.first_id, row.second_id)
    twins = pairs_for(request.user).filter(
        different_at=None, first__service__organization__in=both, second__service__organization__in=both
    )
    twins = twins.exclude(first__service__organization=F("second__service__organization"))
    context = {
        "section": "duplicates",
        "pair": row,
        "why": why_alike(row.reasons),
        "sides": [_house(row.first), _house(row.second)],
        "keep": (row.kept or row.first).public_id,
        "twins": [
            one for one in twins[:SHOWN] if one.first.service.organization_id != one.second.service.organization_id
        ],
        "may_take_back": row.same_by_id == request.user.pk,
    }
    return render(request, "workspace/duplicates/organization_pair.html", context)


def _hand_over(request: SignedInRequest, row: AlikeOrganizations) -> HttpResponse:
    """What is under way in the network goes to the one that stays; a reason why not is said on the page."""
    if not request.user.is_administrator:
        raise Http404
    try:
        number = joining.hand_over_all(actor=request.user, pair=row)
    except HouseError as error:
        messages.warning(request, reason_of(error))
    else:
        said = ngettext("%(n)s thing is with the one that stays.", "%(n)s things are with the one that stays.", number)
        messages.success(request, said % {"n": number})
    return redirect("workspace:organization-pair", row.public_id)


@desk_page
@require_POST
def different(request: SignedInRequest, kind: str, pair: str) -> HttpResponse:
    """They are two. The page that follows takes it back with one press."""
    if kind == "doors":
        door = get_object_or_404(across.alike_places(request.user), public_id=pair)
        said: AlikePlaces | AlikeOrganizations = across.say_two(pair=door, actor=request.user)
    else:
        house = get_object_or_404(across.alike_organizations(request.user), public_id=pair)
        said = across.say_two(pair=house, actor=request.user)
    context = {
        "section": "duplicates",
        "one": worded(said.first, "name"),
        "other": worded(said.second, "name"),
        "pile": kind,
        "again": reverse("workspace:across-again", args=[kind, said.public_id]),
    }
    return render(request, "workspace/duplicates/different.html", context)


@desk_page
@require_POST
def again(request: SignedInRequest, kind: str, pair: str) -> HttpResponse:
    """Whoever said that they are two, or one, has thought better of it."""
    model = AlikePlaces if kind == "doors" else AlikeOrganizations
    name = "different_by" if kind == "doors" or "two" in request.POST else "same_by"
    row = get_object_or_404(model, **{"public_id": pair, name: request.user})
    across.take_word_back(pair=row, actor=request.user)  # type: ignore[type-var]
    return redirect("workspace:door-pair" if kind == "doors" else "workspace:organization-pair", row.public_id)


def _chosen(request: SignedInRequest, first: SideT, second: SideT) -> tuple[SideT, SideT]:
    """The one that stays, and the other one."""
    keep = request.POST.get("keep", "")
    if keep not in (first.public_id, second.public_id):
        raise Http404
    return (first, second) if keep == first.public_id else (second, first)


def _place(place: Location) -> dict[str, object]:
    return {
        "id": place.public_id,
        "title": worded(place, "name"),
        "organization": worded(place.organization, "name"),
        "address": ", ".join(filter(None, (worded(place, "city"), worded(place, "address")))),
        "services": ServiceAtLocation.objects.filter(location=place, state__published__isnull=False).count(),
    }


def _house(row: Organization) -> dict[str, object]:
    found = ServiceAtLocation.objects.filter(service__organization=row, state__published__isnull=False)
    people = row.memberships.aggregate(n=Count("pk"))["n"]
    return {
        "id": row.public_id,
        "title": worded(row, "name"),
        "organization": row.get_member_status_display(),
        "address": row.website,
        "services": found.count(),
        "people": people,
    }


def _apart(one: Location, other: Location) -> int | None:
    if one.point is None or other.point is None:
        return None
    return round(metres((one.point.x, one.point.y), (other.point.x, other.point.y)))
