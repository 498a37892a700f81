"""Places of an organisation that were entered twice: one press says that they are two, or one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from core.errors import HouseError, NotAllowed
from organizations.models import Organization
from verification.coordination.alike import others
from verification.models import PlaceMerge
from verification.services.merging import places as merging
from workspace.duplicates.words import why_alike
from workspace.shared.pages import desk_page, reason_of

SHOWN = 50


def context_of(request: SignedInRequest) -> dict[str, object]:
    """What the page "Listed twice" shows beside listings."""
    own = Organization.objects.kept_by(request.user).order_by().values("pk")
    merges = PlaceMerge.objects.filter(kept__organization__in=own, undone_at=None).select_related("kept", "gone")
    places = others.place_twins(request.user)
    return {
        "place_pairs": [(row, why_alike(row.likeness.reasons)) for row in places[:SHOWN]],
        "place_merges": [row for row in merges.order_by("-done_at")[:SHOWN] if merging.can_undo(row)],
    }


@desk_page
@require_POST
def places(request: SignedInRequest) -> HttpResponse:
    """`first` and `second` name the pair; `keep` the one that stays, or nothing when they are two."""
    row = _of(others.place_twins(request.user), request)
    keep = request.POST.get("keep", "")
    if not keep:
        others.say_places_different(twins=row, actor=request.user)
        messages.success(request, _("They stay two. Nobody is asked again until one of them changes."))
        return redirect("workspace:duplicates")
    kept, gone = (row.first, row.second) if keep == row.first.public_id else (row.second, row.first)
    try:
        merging.merge_places(kept=kept, gone=gone, actor=request.user)
    except NotAllowed:
        raise
    except HouseError as error:
        messages.warning(request, reason_of(error))
    else:
        told = _("Everything is given at “%(place)s” now. What readers see of it changes after a check.")
        messages.success(request, told % {"place": kept.name})
    return redirect("workspace:duplicates")


@desk_page
@require_POST
def undo(request: SignedInRequest, merge: str) -> HttpResponse:
    own = Organization.objects.kept_by(request.user).order_by().values("pk")
    row = get_object_or_404(PlaceMerge, public_id=merge, kept__organization__in=own)
    try:
        merging.undo_places(merge=row, actor=request.user)
    except NotAllowed:
        raise
    except HouseError as error:
        messages.warning(request, reason_of(error))
    else:
        messages.success(request, _("Both are there again, as they were."))
    return redirect("workspace:duplicates")


def _of(found: list[others.PlaceTwins], request: SignedInRequest) -> others.PlaceTwins:
    """The pair that was sent, of those that this person is asked about."""
    asked = {request.POST.get("first", ""), request.POST.get("second", "")}
    for row in found:
        if {row.first.public_id, row.second.public_id} == asked:
            return row
    raise Http404
