"""What every step does: lock the referral, move by the table, write down what happened, tell who has to know."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Max
from django.utils.translation import gettext as _

from core import clock
from core.errors import NotAllowed
from organizations.models import Organization
from referrals import letters
from referrals.clocks import instants
from referrals.models import Leg, Offer, Referral, ReferralEvent
from referrals.models.offer import READABLE, UNANSWERED
from referrals.models.words import LegState, OfferState, Reason, ReferralStep, Role
from referrals.transitions import move_leg, move_offer
from services.models import ServiceAtLocation
from verification import services as verification

if TYPE_CHECKING:
    from accounts.models import User


def lock(referral_id: int) -> Referral:
    """The referral's row, until the end of the transaction: whatever is done to any of its parts waits for it."""
    return Referral.objects.select_for_update().get(pk=referral_id)


def asked_offer(actor: User, public_id: str) -> Offer:
    """A request to an organisation where the actor edits, under the lock of its referral."""
    rows = Offer.objects.visible_to(actor).filter(public_id=public_id)
    found = rows.values_list("pk", "leg__referral_id").first()
    if found is None:
        raise NotAllowed(_("Only the organisation that was asked may do this."))
    return fresh_offer(*found)


def fresh_offer(pk: int, referral_id: int) -> Offer:
    """The request as it is now, under the lock of its referral."""
    referral = lock(referral_id)
    offer = Offer.objects.select_related("leg", "organization", "listing__location", "listing__service").get(pk=pk)
    offer.leg.referral = referral
    return offer


def sent_referral(actor: User, public_id: str) -> Referral:
    """A referral of the actor's own organisation, locked."""
    found = Referral.objects.visible_to(actor).filter(public_id=public_id).values_list("pk", flat=True).first()
    if found is None:
        raise NotAllowed(_("Only the organisation that sent it may do this."))
    return lock(found)


def note(
    step: ReferralStep, *, leg: Leg | None = None, offer: Offer | None = None, referral: Referral | None = None,
    actor: User | None = None, organization: Organization | None = None,
) -> ReferralEvent:  # fmt: skip
    """What happened, at which request or stage; never what was said."""
    leg = leg or (offer.leg if offer else None)
    whole = referral or (leg.referral if leg else None)
    assert whole is not None  # noqa: S101  (every caller names one of the three)
    by = organization or (offer.organization if offer and actor else None)
    return ReferralEvent.objects.create(
        referral=whole, leg=leg, offer=offer, step=step, user=actor, organization=by, at=clock.now()
    )


def next_number(organization: Organization) -> int:
    """The next number of the organisation's requests. The caller has locked the organisation."""
    return (Offer.objects.filter(organization=organization).aggregate(n=Max("number"))["n"] or 0) + 1


def lock_organizations(ids: set[int]) -> None:
    """In one order, so that two senders who ask each other do not wait for each other for ever."""
    list(Organization.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk"))


def add_offer(leg: Leg, listing: ServiceAtLocation, role: Role, *, called_first: bool = False) -> Offer:
    """One more organisation for a stage, in reserve until `send_out`."""
    organization = listing.service.organization
    lock_organizations({organization.pk})
    return Offer.objects.create(
        leg=leg,
        listing=listing,
        organization=organization,
        role=role,
        number=next_number(organization),
        state=OfferState.WAITING,
        called_first=called_first,
    )


def send_out(offer: Offer, *, actor: User | None = None, still_to_ask: int = 1) -> None:
    """Ask: the instants are fixed now, and the letter is written."""
    leg = offer.leg
    move_offer(offer, "send")
    now = clock.now()
    found = instants(
        leg.urgency, now, leg.needed_by or now.date() + dt.timedelta(days=14), still_to_ask, zone_of(offer)
    )
    offer.sent_at = now
    offer.remind_at, offer.answer_by = found.remind_at, found.answer_by
    offer.coordinator_at, offer.fallback_at = found.coordinator_at, found.fallback_at
    offer.save()
    if leg.nobody_at is None:
        leg.nobody_at = found.nobody_at
        leg.save(update_fields=["nobody_at"])
    note(ReferralStep.SEND, offer=offer, actor=actor)
    letters.asked(offer)


def zone_of(offer: Offer) -> str:
    location = offer.listing.location
    return location.timezone if location else "UTC"


def ask_next(leg: Leg, *, actor: User | None = None) -> bool:
    """Ask whoever waits in reserve, or say that nobody is left; whether somebody is asked now."""
    waiting = (
        leg.offers.filter(state=OfferState.WAITING).select_related("listing__location", "organization").order_by("pk")
    )
    offer = (
        next((o for o in waiting if not o.organization.is_suspended), None) if leg.referral.consent.fallback else None
    )
    if offer is not None:
        offer.leg = leg
        if leg.state == LegState.STUCK:
            move_leg(leg, "offer")
            leg.stuck_at = leg.nobody_told_at = None
            leg.save()
        send_out(offer, actor=actor)
        return True
    if leg.state == LegState.ASKING and not leg.offers.filter(state__in=UNANSWERED).exists():
        move_leg(leg, "nobody")
        leg.stuck_at = clock.now()
        leg.save()
        note(ReferralStep.NOBODY, leg=leg)
        letters.nobody(leg)
    return False


def withdraw_others(leg: Leg, *, but: Offer | None = None) -> list[Offer]:
    """Whoever else was asked for this stage need not answer any more."""
    rows = leg.offers.filter(state__in=[*READABLE, OfferState.WAITING]).select_related("organization")
    gone = []
    for offer in rows.exclude(pk=but.pk if but else 0).order_by("pk"):
        was_sent = offer.sent_at is not None
        move_offer(offer, "withdraw")
        offer.leg = leg
        offer.questions = []
        offer.save()
        note(ReferralStep.WITHDRAW, offer=offer)
        if was_sent:
            letters.withdrawn(offer)
        gone.append(offer)
    return gone


#: What a refusal tells of the place, for those who keep the map right.
_TOLD_OF_PLACE = {
    Reason.NO_PLACES: "no_capacity",
    Reason.NO_STOCK: "no_capacity",
    Reason.NOT_WORKING: "closed",
    Reason.NOT_ELIGIBLE: "not_eligible",
}


def tell_of_visit(offer: Offer, reason: str = "") -> None:
    """Whether the place helped, for those who keep the map right: a code, from the sender, when it may be counted."""
    referral = offer.leg.referral
    told = _TOLD_OF_PLACE.get(Reason(reason)) if reason else ""
    if told is None or not referral.consent.counted or referral.sent_by is None:
        return
    if not referral.sent_by.memberships.in_network().exists():
        return
    verification.tell_visit(
        listing=offer.listing, actor=referral.sent_by, visited_on=clock.today(), was_served=not told, reason=told
    )
