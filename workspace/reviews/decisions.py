"""What a verifier does with a submission: takes it, gives it back, decides."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from core.errors import HouseError, NotAllowed
from verification import services as verification
from verification.coordination.queues import batch_mates, queue_for, review_diff
from verification.models import Review
from workspace.reviews.forms import DecisionForm
from workspace.reviews.reasons import ACTIONS
from workspace.reviews.views import find, review_context
from workspace.shared.pages import desk_page, reason_of


@desk_page
@require_POST
def take(request: SignedInRequest, review: str) -> HttpResponse:
    row = find(request, review)
    try:
        verification.take(review=row, actor=request.user)
    except HouseError as error:
        messages.warning(request, reason_of(error))
    return redirect("workspace:review", review)


@desk_page
@require_POST
def release(request: SignedInRequest, review: str) -> HttpResponse:
    row = find(request, review)
    try:
        verification.release(review=row, actor=request.user)
    except HouseError as error:
        messages.warning(request, reason_of(error))
        return redirect("workspace:review", review)
    messages.success(request, _("It is back in the queue."))
    return redirect("workspace:reviews")


@desk_page
@require_POST
def decide(request: SignedInRequest, review: str) -> HttpResponse:
    """`action` is approve, ask or reject. A decision that came too late changes nothing and says so."""
    row = find(request, review)
    action = request.POST.get("action", "")
    form = DecisionForm(request.POST, paths={change.path for change in review_diff(row)}, action=action)
    mates = mates_of(request, row)
    if action not in {"approve", *ACTIONS}:
        form.add_error(None, _("Choose what to do."))
    elif form.is_valid() and form.cleaned_data["returned"] and mates:
        form.add_error("returned", _("Decide one by one to return a part of it."))
    if not form.is_valid():
        return _again(request, row, form)
    try:
        done = _approve(request, row, form, mates) if action == "approve" else _return(request, row, form, mates)
    except NotAllowed as error:
        form.add_error(None, reason_of(error))
        return _again(request, row, form)
    except HouseError as error:
        if error.field in form.fields:
            form.add_error(error.field, reason_of(error))
            return _again(request, row, form)
        messages.warning(request, reason_of(error))
        return redirect("workspace:review", review)
    messages.success(request, done)
    following = queue_for(request.user).values_list("public_id", flat=True).first()
    return redirect("workspace:reviews") if following is None else redirect("workspace:review", following)


def mates_of(request: SignedInRequest, review: Review) -> list[Review]:
    """What is decided together with it: what the page showed of its batch, and nothing that came since."""
    wanted = request.POST.getlist("also")
    return list(batch_mates(review, request.user).filter(public_id__in=wanted)) if wanted else []


def _approve(request: SignedInRequest, review: Review, form: DecisionForm, mates: list[Review]) -> str:
    verification.approve(
        review=review,
        actor=request.user,
        note=form.cleaned_data["note"],
        method=form.cleaned_data["method"],
        also=mates,
        returned=form.cleaned_data["returned"],
    )
    if form.cleaned_data["returned"]:
        return _("Approved without what you returned. The organisation sees which fields and why.")
    count = 1 + len(mates)
    return ngettext(
        "Approved: %(count)d listing is on the map.", "Approved: %(count)d listings are on the map.", count
    ) % {"count": count}


def _return(request: SignedInRequest, review: Review, form: DecisionForm, mates: list[Review]) -> str:
    reason = form.cleaned_data["reason"]
    if form.action == "ask":
        verification.ask_for_changes(review=review, actor=request.user, reason=reason, also=mates)
        return _("Returned with your question. What is on the map stays.")
    verification.reject(review=review, actor=request.user, reason=reason, also=mates)
    return _("Refused. What is on the map stays.")


def _again(request: SignedInRequest, review: Review, form: DecisionForm) -> HttpResponse:
    return render(request, "workspace/reviews/review.html", review_context(request, review, form), status=422)
