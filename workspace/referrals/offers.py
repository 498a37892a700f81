"""One request, as the organisation that was asked sees it. Opening it says "received"; a yes is one press."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypedDict

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from accounts.requests import SignedInRequest
from core.phrasing.dates import day_in_words
from referrals import choosing
from referrals import services as referrals
from referrals.models import UNANSWERED, Offer
from referrals.models.words import CodedQuestion, LegState, OfferState, Reason
from referrals.services.closing import OUTCOMES
from referrals.services.travelling import MOST_DAYS_GIVEN
from workspace.referrals.presenter import (
    candidate_lines,
    content_of,
    groups_of,
    neighbours,
    offer_line,
    questions_of,
)
from workspace.referrals.views import do_step
from workspace.shared.forms import DayField
from workspace.shared.pages import desk_page


@desk_page
@require_GET
def show(request: SignedInRequest, offer: str) -> HttpResponse:
    """Content is there from the opening; the code and the groups from a yes."""
    row = _asked(request, offer)
    if row.state == OfferState.SENT:
        referrals.see(actor=request.user, offer=row.public_id)
        row.refresh_from_db(fields=["state", "seen_at"])
    leg, is_taken = row.leg, row.state == OfferState.ACCEPTED
    may_answer = row.state in (*UNANSWERED, OfferState.LAPSED) and leg.state in (LegState.ASKING, LegState.STUCK)
    is_ours = is_taken or may_answer
    context = {
        "section": "referrals",
        "line": offer_line(row, choosing.namer()),
        "content": content_of(leg.referral) if is_ours else {},
        "groups": groups_of(leg.referral) if is_taken else [],
        "way": neighbours(leg) if is_ours else {},
        "needed": day_in_words(leg.needed_by) if leg.needed_by else "",
        "may_answer": may_answer,
        "may_ask": row.state in (OfferState.SENT, OfferState.SEEN) and row.asked_at is None,
        "is_taken": is_taken and leg.state != LegState.CLOSED,
        "is_over": leg.state == LegState.CLOSED,
        "asked": questions_of(row),
        "questions": CodedQuestion.choices,
        "reasons": Reason.choices,
        "outcomes": [(outcome.value, outcome.label) for outcome in OUTCOMES],
        "others": _others(request, row) if may_answer else [],
        "from": leg.expected_on,
        "to": leg.needed_by,
    }
    return render(request, "workspace/referrals/offer.html", context)


def _others(request: SignedInRequest, row: Offer) -> list[dict[str, object]]:
    """Whom one could name instead."""
    leg = row.leg
    found = choosing.candidates(
        actor=request.user, sender=row.organization, service_type=leg.service_type, country=leg.country, mode=leg.mode
    )
    return candidate_lines([one for one in found if one.listing != row.listing.public_id], first="", fallback="")


class OfAsked(TypedDict):
    """Who presses, at which request."""

    actor: User
    offer: str


@desk_page
@require_POST
# long: one step a line
def press(request: SignedInRequest, offer: str) -> HttpResponse:
    """One press of the asked organisation, named by `step`."""
    row = _asked(request, offer)
    post, key = request.POST, OfAsked(actor=request.user, offer=row.public_id)
    day = DayField(required=False)
    days = forms.IntegerField(required=False, min_value=0, max_value=MOST_DAYS_GIVEN)
    steps: dict[str, tuple[Callable[[], object], str]] = {
        "accept": (
            lambda: referrals.accept(
                **key,
                awaited_from=day.clean(post.get("awaited_from", "")),
                awaited_to=day.clean(post.get("awaited_to", "")),
            ),
            _("You expect this person. The sender knows it."),
        ),
        "decline": (
            lambda: referrals.decline(**key, reason=post.get("reason", "")),
            _("The sender knows it. Thank you."),
        ),
        "ask": (lambda: referrals.ask(**key, questions=post.getlist("questions")), _("The sender is asked.")),
        "redirect": (
            lambda: referrals.redirect(**key, listing=post.get("listing", "")),
            _("The sender reads whom you name, and asks there."),
        ),
        "give_back": (
            lambda: referrals.give_back(**key, reason=post.get("reason", "")),
            _("It has gone back to the sender."),
        ),
        "arrive": (lambda: referrals.arrive(**key), _("The sender knows that they have arrived.")),
        "serve": (
            lambda: referrals.serve(
                **key, supply_given_days=days.clean(post.get("days", "")), is_partly="partly" in post
            ),
            _("Written down. Thank you."),
        ),
        "close": (
            lambda: referrals.close_by_receiver(**key, outcome=post.get("outcome", "")),
            _("Written down. Thank you."),
        ),
    }
    gone = post.get("step") in ("decline", "redirect", "give_back")
    return do_step(
        request, steps, redirect("workspace:referrals") if gone else redirect("workspace:referral-offer", offer)
    )


def _asked(request: SignedInRequest, public_id: str) -> Offer:
    rows = Offer.objects.visible_to(request.user).select_related(
        "leg__referral__consent", "leg__referral__sender", "organization", "listing__service", "listing__location"
    )
    return get_object_or_404(rows, public_id=public_id)
