"""One press each: what was said of a listing, that nobody answered, when to call back.

The page sends the presses as they come, and again when the connection does: each carries its own key, so that it is
done once (accounts/presses/once.py). A script gets JSON, a form without one the page again.
"""

from __future__ import annotations

import datetime as dt
from typing import TypedDict

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.presses.once import remember
from accounts.requests import SignedInRequest
from core import clock
from core.errors import HouseError
from facts.discretion import reader_of
from organizations.models import Organization
from services.models import ServiceAtLocation
from verification import services as verification
from verification.coordination.calls import Callee, callee
from verification.coordination.desk import checkable
from verification.letters.occasions.asking import ask_owners, can_be_asked
from verification.models import CallOutcome, Check
from verification.services.asked.calls import OPERATION
from workspace.calls.presenter import asked_paths, zone_of
from workspace.coordination.doors import coordinators_page, verifiers_page
from workspace.shared.pages import reason_of

RIGHT, CHANGED, CLOSED = "right", "changed", "closed"


class PressTold(TypedDict):
    """What the page learns: words to show, and by which address the press is taken back ("" for never)."""

    words: str
    undo: str


@verifiers_page
@require_POST
def answer(request: SignedInRequest, listing: str) -> HttpResponse:
    """`said` right, changed or closed; for changed `path` and `text`, for closed a `text` that may be empty."""
    row = get_object_or_404(checkable(request.user), public_id=listing)
    try:
        check, words = _hear(request, row)
    except HouseError as error:
        return _refused(request, row.service.organization.slug, reason_of(error))
    return _done(request, row.service.organization.slug, words, check)


def _hear(request: SignedInRequest, row: ServiceAtLocation) -> tuple[Check, str]:
    said, text = request.POST.get("said", ""), request.POST.get("text", "")
    reader = reader_of(request.user)
    if said == RIGHT:
        fields = asked_paths(row, reader)
        return verification.hear_right(listing=row, actor=request.user, fields=fields), _("So it is")
    if said == CHANGED:
        path = request.POST.get("path", "")
        path = path if path in asked_paths(row, reader) else ""
        return verification.hear_changed(listing=row, actor=request.user, said={path: text}), _("Told to the owner")
    if said == CLOSED:
        words = text.strip() or _("It works no more.")
        heard = verification.hear_changed(listing=row, actor=request.user, said={OPERATION: words})
        return heard, _("Works no more: told to the owner")
    raise HouseError(_("Choose an answer."), field="said")


@verifiers_page
@require_POST
def all_right(request: SignedInRequest, slug: str) -> HttpResponse:
    """Everything of this organisation that was talked about and has no answer yet: `listing` several times."""
    wanted = request.POST.getlist("listing")
    rows = list(checkable(request.user).filter(service__organization__slug=slug, public_id__in=wanted))
    if not rows:
        return _refused(request, slug, _("Nothing of this organisation waits for a call."))
    reader = reader_of(request.user)
    try:
        with transaction.atomic():
            for row in sorted(rows, key=lambda one: one.pk):
                verification.hear_right(listing=row, actor=request.user, fields=asked_paths(row, reader))
    except HouseError as error:
        return _refused(request, slug, reason_of(error))
    words = ngettext("%(n)d listing is as it was", "%(n)d listings are as they were", len(rows)) % {"n": len(rows)}
    return _done(request, slug, words)


@verifiers_page
@require_POST
def outcome(request: SignedInRequest, slug: str) -> HttpResponse:
    """`outcome` unanswered, or call_back with `at`: a moment, or a time of the day at the place."""
    one = _called(request, slug)
    if one is None:
        return _refused(request, slug, _("Nothing of this organisation waits for a call."))
    wanted = request.POST.get("outcome", "")
    wanted = wanted if wanted in (CallOutcome.UNANSWERED, CallOutcome.CALL_BACK) else ""
    try:
        if not wanted:
            raise HouseError(_("Choose an answer."), field="outcome")
        verification.note_call(
            organization=one.organization,
            actor=request.user,
            outcome=wanted,
            about=one.listings,
            call_back_at=_moment(request.POST.get("at", ""), zone_of(one)) if wanted == CallOutcome.CALL_BACK else None,
        )
    except HouseError as error:
        return _refused(request, slug, reason_of(error))
    words = _("Nobody answered") if wanted == CallOutcome.UNANSWERED else _("To be called back")
    return _done(request, slug, words)


@coordinators_page
@require_POST
def ask_owner(request: SignedInRequest, slug: str) -> HttpResponse:
    """Where the phone is silent: one letter to each of its people about everything that waits."""
    one = _called(request, slug)
    rows = [row for row in one.listings if can_be_asked(row.state)] if one else []
    try:
        asked = ask_owners(listings=rows, actor=request.user)
    except HouseError as error:
        return _refused(request, slug, reason_of(error))
    if asked.letters:
        messages.success(request, ngettext("%(n)d letter is on its way.", "%(n)d letters are on their way.",
                                           asked.letters) % {"n": asked.letters})  # fmt: skip
    elif asked.asked_already:
        messages.info(request, _("They were asked this week already, so there is no second letter."))
    else:
        messages.warning(request, _("No letter reaches anybody there. Write by another channel."))
    return redirect("workspace:call", slug)


@verifiers_page
@require_POST
def undo(request: SignedInRequest, check: str) -> HttpResponse:
    """Take back what one has pressed, within a quarter of an hour."""
    row = get_object_or_404(
        Check.objects.select_related("listing__service__organization"), public_id=check, checked_by=request.user
    )
    slug = row.listing.service.organization.slug
    try:
        verification.undo_check(check=row, actor=request.user)
    except HouseError as error:
        return _refused(request, slug, reason_of(error))
    return _done(request, slug, _("Taken back"))


def _moment(given: str, zone: str) -> dt.datetime | None:
    """A moment as the buttons give it, or "15:00" by the clock at the place: today, or tomorrow when it is over."""
    try:
        if len(given) <= len("00:00"):
            there = clock.now().astimezone(clock.zone(zone))
            time = dt.time.fromisoformat(given)
            moment = there.replace(hour=time.hour, minute=time.minute, second=0, microsecond=0)
            return moment if moment > there else moment + dt.timedelta(days=1)
        moment = dt.datetime.fromisoformat(given)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=clock.zone(zone))


def _called(request: SignedInRequest, slug: str) -> Callee | None:
    organization = Organization.objects.filter(slug=slug).first()
    return callee(request.user, organization) if organization else None


def _done(request: SignedInRequest, slug: str, words: str, check: Check | None = None) -> HttpResponse:
    if _is_script(request):
        undo_url = reverse("workspace:call-undo", args=[check.public_id]) if check else ""
        return remember(JsonResponse(PressTold(words=words, undo=undo_url)))
    messages.success(request, words)
    return redirect(_back(request, slug))


def _refused(request: SignedInRequest, slug: str, words: str) -> HttpResponse:
    if _is_script(request):
        return JsonResponse(PressTold(words=words, undo=""), status=422)
    messages.warning(request, words)
    return redirect(_back(request, slug))


def _is_script(request: SignedInRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _back(request: SignedInRequest, slug: str) -> str:
    query = {name: request.POST[name] for name in ("city", "lang") if request.POST.get(name)}
    return reverse("workspace:call", args=[slug], query=query or None)
