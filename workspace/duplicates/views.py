"""Listings that may be one: looking at both, saying that they are two, or making one of them. And the way back."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.requests import SignedInRequest
from core import clock
from core.errors import HouseError
from facts.discretion import reader_of
from organizations.models import Organization
from verification.coordination.alike import pairs
from verification.models import LikelyPair, Merge, MergeState
from verification.services.merging import steps as merging
from verification.services.merging.fields import CHOOSABLE
from workspace.duplicates import across, others, stepping
from workspace.duplicates.presenter import beside, sides_of, undecided
from workspace.duplicates.words import why_alike
from workspace.shared.pages import desk_page, reason_of
from workspace.shared.texts import worded

SHOWN = 50


@desk_page
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    """What waits for this person's word, pairs among their own listings, and merges that can still be undone."""
    user = request.user
    if not (user.is_coordinator or user.is_verifier or Organization.objects.editable_by(user).exists()):
        raise Http404
    merges = list(pairs.merges_for(user).filter(state__in=[MergeState.PROPOSED, MergeState.DONE])[:SHOWN])
    found = pairs.pairs_for(user).filter(different_at=None).order_by("-likeness", "pk")
    context = {
        "section": "duplicates",
        "waiting": [row for row in merges if row.state == MergeState.PROPOSED],
        "undoable": [row for row in merges if merging.can_undo(row)],
        "pairs": [(row, why_alike(row.reasons)) for row in found[:SHOWN]],
        **others.context_of(request),
        **across.context_of(request),
    }
    context |= {"is_empty": not any(context[name] for name in context if name != "section"), "reader": reader_of(user)}
    return render(request, "workspace/duplicates/index.html", context)


@desk_page
@require_http_methods(["GET", "POST"])
def pair(request: SignedInRequest, pair: str) -> HttpResponse:
    """Both side by side; POST makes one of them."""
    row = _pair(request, pair)
    fault = ""
    if request.method == "POST":
        try:
            merge = _propose(request, row)
        except HouseError as error:
            fault = reason_of(error)
        except ValidationError as error:
            fault = " ".join(error.messages)
        else:
            return redirect("workspace:merge", merge.public_id)
    own = _own(request)
    shown = beside(row, reader_of(request.user), own=own)
    context = {
        "section": "duplicates",
        "pair": row,
        "why": why_alike(row.reasons),
        "beside": shown,
        "fault": fault,
        "undecided": undecided(row, request.user, own=own),
        "keep": request.POST.get("keep", shown.left.id),
        "sent": request.POST,
    }
    return render(request, "workspace/duplicates/pair.html", context, status=422 if fault else 200)


@desk_page
@require_POST
def different(request: SignedInRequest, pair: str) -> HttpResponse:
    row = pairs.say_different(pair=_pair(request, pair), actor=request.user)
    context = {
        "section": "duplicates",
        "one": worded(row.first.service, "title"),
        "other": worded(row.second.service, "title"),
        "pile": "duplicates",
        "again": reverse("workspace:pair-again", args=[row.public_id]),
    }
    return render(request, "workspace/duplicates/different.html", context)


@desk_page
@require_POST
def again(request: SignedInRequest, pair: str) -> HttpResponse:
    """Whoever said that they are two has thought better of it."""
    row = get_object_or_404(LikelyPair, public_id=pair, different_by=request.user)
    pairs.take_back(pair=row, actor=request.user)
    return redirect("workspace:pair", row.public_id)


@desk_page
@require_GET
def merge(request: SignedInRequest, merge: str) -> HttpResponse:
    row = _merge(request, merge)
    kept, gone = sides_of(row, reader_of(request.user), own=_own(request))
    speaks_for = merging.sides_of(row, request.user)
    missing = set(row.silent_sides())
    waits = row.state == MergeState.PROPOSED
    coordinates = merging.may_insist(row, request.user)
    context = {
        "section": "duplicates",
        "merge": row,
        "kept": kept,
        "gone": gone,
        "may_agree": waits and bool(speaks_for & missing),
        "may_decline": waits and (bool(speaks_for) or row.proposed_by_id == request.user.pk),
        "may_insist": waits and coordinates and clock.now() >= row.waits_until,
        "waits_until": row.waits_until,
        "may_undo": merging.can_undo(row) and (bool(speaks_for) or coordinates),
        "undo_until": row.done_at + merging.UNDO_FOR if row.done_at else None,
    }
    return render(request, "workspace/duplicates/merge.html", context)


@desk_page
@require_POST
def merge_step(request: SignedInRequest, merge: str, step: str) -> HttpResponse:
    row = _merge(request, merge)
    steps: stepping.Steps = {
        "agree": (merging.agree, _("Your word is written down.")),
        "decline": (merging.decline, _("They stay two.")),
        "insist": (merging.insist, _("The two are one now.")),
        "undo": (merging.undo, _("Both are there again, as they were.")),
    }
    stepping.take(request, steps, step, merge=row)
    return redirect("workspace:merge", row.public_id)


def _propose(request: SignedInRequest, row: LikelyPair) -> Merge:
    """`keep` names the one that stays; "field-<path>" the one whose value is taken."""
    both = {one.public_id: one for one in (row.first, row.second)}
    kept = both.get(request.POST.get("keep", ""))
    if kept is None:
        raise HouseError(_("Choose which one stays."))
    gone = row.second if kept == row.first else row.first
    return merging.propose(kept=kept, gone=gone, chosen=_chosen(request.POST, gone.public_id), actor=request.user)


def _chosen(sent: QueryDict, gone: str) -> list[str]:
    fields = [path for path in CHOOSABLE if sent.get(f"field-{path}") == gone]
    return [*fields, "contacts"] if "contacts" in sent else fields


def _pair(request: SignedInRequest, public_id: str) -> LikelyPair:
    return get_object_or_404(pairs.pairs_for(request.user), public_id=public_id)


def _merge(request: SignedInRequest, public_id: str) -> Merge:
    return get_object_or_404(pairs.merges_for(request.user), public_id=public_id)


def _own(request: SignedInRequest) -> set[int]:
    return set(Organization.objects.editable_by(request.user).order_by().values_list("pk", flat=True))
