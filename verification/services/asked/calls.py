"""A morning of calls: who was reached, and what was said on the phone about each listing.

Rule: a call by another organisation is a check of level 2; a coordinator without an organisation writes down the
owner's own word. What was said to have changed changes nothing: it is a proposal that the owner sees, and a re-check
stays open until somebody has found the listing right.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import HouseError, NotAllowed, WrongState
from core.writing import clean_text
from organizations.models import Organization
from services.models import ServiceAtLocation
from verification.access import acting_organization, require_owner, require_verifier
from verification.models import (
    CallOutcome,
    Check,
    CheckMethod,
    CheckOutcome,
    PhoneCall,
    Proposal,
    ProposalState,
)
from verification.models.call import DAYS_OF_SILENCE, REMEMBERED, silent_days
from verification.services.changing import audit
from verification.services.checks import confirm_unchanged, record_check
from verification.services.told.away import Away

if TYPE_CHECKING:
    from accounts.models import User

#: "It works no more": a path of a proposal that is no fact of the listing.
OPERATION = "operation"
#: Nobody is asked to call back later than this.
LATEST_CALL_BACK = dt.timedelta(days=30)


@transaction.atomic
def note_call(
    *,
    organization: Organization,
    actor: User,
    outcome: str,
    about: Collection[ServiceAtLocation],
    call_back_at: dt.datetime | None = None,
) -> PhoneCall:
    """One attempt, about these listings. With the third silent day each of them is "nobody could be reached"."""
    for listing in about:
        require_verifier(listing, actor)
    if not about:
        raise WrongState(_("Nothing of this organisation waits for a call."))
    if outcome == CallOutcome.CALL_BACK:
        _require_soon(call_back_at)
    before = days_of_silence(organization)
    call = PhoneCall(
        organization=organization,
        caller=actor,
        outcome=outcome,
        called_at=clock.now(),
        call_back_at=call_back_at if outcome == CallOutcome.CALL_BACK else None,
    )
    call.full_clean(exclude=["organization", "caller"])
    call.save()
    if before < DAYS_OF_SILENCE <= days_of_silence(organization):
        for listing in about:
            record_check(listing=listing, actor=actor, method=CheckMethod.CALL, outcome=CheckOutcome.UNREACHABLE)
    return call


def days_of_silence(organization: Organization) -> int:
    """On how many different days nobody has answered since somebody did."""
    calls = PhoneCall.objects.filter(organization=organization, called_at__gt=clock.now() - REMEMBERED)
    return silent_days(calls.order_by("-called_at", "-pk").values_list("outcome", "called_at"))


@transaction.atomic
def hear_right(*, listing: ServiceAtLocation, actor: User, fields: Collection[str]) -> Check:
    """So it is: a check of level 2 by another organisation, else the owner's word, written down by the coordinator."""
    if acting_organization(actor) is None:
        check = confirm_unchanged(listing=listing, actor=actor, method=CheckMethod.COORDINATOR_PHONE)
    else:
        check = record_check(listing=listing, actor=actor, method=CheckMethod.CALL, fields=fields)
    _note_answer(listing, actor, at=check.checked_at)
    return check


@transaction.atomic
def hear_changed(
    *, listing: ServiceAtLocation, actor: User, said: Mapping[str, str], away: Away | None = None
) -> Check:
    """Something is different: path of a fact → what was said. The map stays as it is until the owner has written it.

    Of a call that is written down later (`away`) the owner hears now, so the letter to them counts from today.
    """
    words = {path: text for path, given in said.items() if (text := clean_text(given)[:500])}
    if not words:
        raise HouseError(_("Write what is different."), field="said")
    check = record_check(
        listing=listing,
        actor=actor,
        method=CheckMethod.CALL,
        outcome=CheckOutcome.WRONG,
        fields=[path for path in words if path and path != OPERATION],
        note=" · ".join(words.values()),
        away=away,
    )
    _tell_owner(check, words)
    _note_answer(listing, actor, at=check.checked_at)
    return check


def _tell_owner(check: Check, words: Mapping[str, str]) -> None:
    Proposal.objects.bulk_create(
        [
            Proposal(
                listing=check.listing,
                during=check,
                path=path,
                said=text,
                said_to=check.checked_by,
                organization=check.organization,
                said_at=clock.now(),
            )
            for path, text in words.items()
        ]
    )


@transaction.atomic
def propose_change(
    *, listing: ServiceAtLocation, actor: User, organization: Organization, path: str, said: str
) -> Proposal:
    """Somebody who writes for an organisation of the network tells the owner what is different; no check is made."""
    if not Organization.objects.in_network().kept_by(actor).filter(pk=organization.pk).exists():
        raise NotAllowed(_("You tell this in the name of your own organisation."))
    return Proposal.objects.create(
        listing=listing, path=path, said=clean_text(said)[:500], said_to=actor, organization=organization
    )


@transaction.atomic
def answer_proposal(*, proposal: Proposal, actor: User, is_so: bool) -> Proposal:
    """The owner has written it into the listing, or says that it is not so. Changes nothing of the listing itself."""
    require_owner(proposal.listing, actor)
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if proposal.state != ProposalState.OPEN:
        raise WrongState(_("Somebody has answered this already."))
    with audit("answer_proposal", actor):
        proposal.state = ProposalState.TAKEN if is_so else ProposalState.REFUSED
        proposal.answered_at, proposal.answered_by = clock.now(), actor
        proposal.save()
    return proposal


def _note_answer(listing: ServiceAtLocation, actor: User, *, at: dt.datetime) -> None:
    """Somebody answered: one row for each person, organisation and hour, however many listings were talked about."""
    organization = listing.service.organization
    recent = PhoneCall.objects.filter(
        organization=organization,
        caller=actor,
        outcome=CallOutcome.ANSWERED,
        called_at__gt=at - dt.timedelta(hours=1),
        called_at__lte=at,
    )
    if not recent.exists():
        PhoneCall.objects.create(organization=organization, caller=actor, outcome=CallOutcome.ANSWERED, called_at=at)


def _require_soon(moment: dt.datetime | None) -> None:
    if moment is None or not clock.now() < moment <= clock.now() + LATEST_CALL_BACK:
        raise HouseError(_("Choose a time within the next month."), field="at")
