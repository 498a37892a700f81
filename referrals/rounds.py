"""What the worker does by the clock. Pages compare the same instants, so they say "late" whether or not it lives.

After a pause each step is taken once: the lock of the referral and the mark of the step see to that.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db import transaction
from django.db.models import Q, QuerySet

from core import clock
from organizations.models import MemberStatus, Organization
from referrals import letters
from referrals.clocks import Instants, instants, nearer, urgency_of
from referrals.models import UNANSWERED, Leg, Offer
from referrals.models.words import LegState, OfferState, Outcome, ReferralStep, Urgency
from referrals.services import _inside as inside
from referrals.services.answering import LOST_DAYS, NEWS_DAYS, lapse
from referrals.services.closing import finish
from referrals.transitions import move_leg, move_offer

_ORDER = [Urgency.TODAY, Urgency.URGENT, Urgency.ORDINARY]


def run_often() -> dict[str, int]:
    """Every few minutes: suspensions, whoever is to be asked next, the coordinator, reminders, news."""
    now = clock.now()
    open_offers = Offer.objects.unanswered()
    # While a question waits, the clock stands: half a window at most.
    running = open_offers.filter(~Q(state=OfferState.QUESTION) | Q(asked_at__lt=now - dt.timedelta(days=1)))
    return {
        "suspended": _each(_suspended(), _give_up),
        "lapsed": _each(running.filter(fallback_at__lte=now), lapse),
        "escalated": _each(running.filter(coordinator_at__lte=now, escalated_at=None), _escalate),
        "reminded": _each(open_offers.filter(state=OfferState.SENT, remind_at__lte=now, reminded_at=None), _remind),
        "nobody": _each_leg(_stuck_too_long(now), _tell_administrators),
        "news": _each_leg(Leg.objects.filter(state__in=_WITH_SOMEBODY, news_at__lte=now), _ask_for_news),
    }


def follow_standing(organization: Organization) -> None:
    """One organisation at once, in the transaction of whoever changes its standing."""
    _each(_suspended().filter(organization=organization), _give_up)


def run_daily() -> dict[str, int]:
    """Once a day: what has become more urgent; a stage that nobody has taken for a month is over."""
    legs = Leg.objects.filter(state__in=[LegState.ASKING, LegState.STUCK])
    old = legs.filter(referral__created_at__lt=clock.now() - dt.timedelta(days=LOST_DAYS), urgency=Urgency.ORDINARY)
    return {
        "more urgent": _each_leg(legs.filter(pk__in=_grown_urgent(legs)), _weigh_again),
        "given up": _each_leg(old, _give_up_asking),
    }


_WITH_SOMEBODY = (LegState.PLACED, LegState.ARRIVED)


def _each(rows: QuerySet[Offer], step: Callable[[Offer], None]) -> int:
    """One transaction for each, so that one that fails holds up no other."""
    done = 0
    for pk, referral in list(rows.order_by("answer_by", "pk").values_list("pk", "leg__referral_id")):
        with transaction.atomic():
            offer = inside.fresh_offer(pk, referral)
            if rows.filter(pk=pk).exists():
                step(offer)
                done += 1
    return done


def _each_leg(rows: QuerySet[Leg], step: Callable[[Leg], None]) -> int:
    done = 0
    for pk, referral_id in list(rows.order_by("pk").values_list("pk", "referral_id")):
        with transaction.atomic():
            referral = inside.lock(referral_id)
            leg = rows.filter(pk=pk).first()
            if leg is not None:
                leg.referral = referral
                step(leg)
                done += 1
    return done


def _suspended() -> QuerySet[Offer]:
    gone = [MemberStatus.SUSPENDED, MemberStatus.LEFT]
    return Offer.objects.filter(
        Q(organization__member_status__in=gone), state__in=[*UNANSWERED, OfferState.ACCEPTED]
    ).exclude(leg__state__in=[LegState.SERVED, LegState.CLOSED])


def _give_up(offer: Offer) -> None:
    """What was asked of an organisation that is suspended goes back to whoever asked."""
    leg, had_it = offer.leg, offer.state == OfferState.ACCEPTED
    move_offer(offer, "withdraw")
    offer.questions = []
    offer.save()
    inside.note(ReferralStep.WITHDRAW, offer=offer)
    if had_it:
        move_leg(leg, "unplace")
        leg.news_at = leg.arrived_at = leg.nobody_at = None
        leg.save()
    letters.answered(offer)
    inside.ask_next(leg)


def _remind(offer: Offer) -> None:
    offer.reminded_at = clock.now()
    offer.save(update_fields=["reminded_at"])
    inside.note(ReferralStep.REMIND, offer=offer)
    letters.reminder(offer)


def _escalate(offer: Offer) -> None:
    offer.escalated_at = clock.now()
    offer.save(update_fields=["escalated_at"])
    inside.note(ReferralStep.ESCALATE, offer=offer)
    letters.waits(offer)


def _stuck_too_long(now: dt.datetime) -> QuerySet[Leg]:
    late = Q(nobody_at__lte=now) | Q(state=LegState.STUCK, urgency=Urgency.TODAY)
    return Leg.objects.filter(late, state__in=[LegState.ASKING, LegState.STUCK], nobody_told_at=None)


def _tell_administrators(leg: Leg) -> None:
    leg.nobody_told_at = clock.now()
    leg.save(update_fields=["nobody_told_at"])
    if leg.state == LegState.ASKING:
        letters.nobody(leg)
    letters.nobody_to_administrators(leg)


def _ask_for_news(leg: Leg) -> None:
    """After three and ten days both sides are asked; after thirty contact counts as lost."""
    now = clock.now()
    if leg.news_asked >= len(NEWS_DAYS):
        finish(leg, Outcome.LOST)
        return
    leg.news_asked += 1
    gaps = (NEWS_DAYS[1] - NEWS_DAYS[0], LOST_DAYS - NEWS_DAYS[1])
    leg.news_at = now + dt.timedelta(days=gaps[leg.news_asked - 1])
    leg.save(update_fields=["news_asked", "news_at"])
    offer = leg.offers.filter(state=OfferState.ACCEPTED).select_related("organization").first()
    if offer is not None:
        offer.leg = leg
        letters.any_news(offer, leg.news_asked)
    letters.sender_any_news(leg, leg.news_asked)


def _grown_urgent(legs: QuerySet[Leg]) -> list[int]:
    """Stages whose medicine has shrunk to another class, found in one question: the others need no lock."""
    rows = legs.filter(on_medicine=True, referral__supply_ends_on__isnull=False).select_related("referral")
    return [leg.pk for leg in rows.order_by("pk") if _is_nearer(_urgency_now(leg), leg)]


def _is_nearer(urgency: Urgency, leg: Leg) -> bool:
    return _ORDER.index(urgency) < _ORDER.index(Urgency(leg.urgency))


def _urgency_now(leg: Leg) -> Urgency:
    referral = leg.referral
    ends_on = referral.supply_ends_on
    return urgency_of(
        days_of_medicine=(ends_on - clock.today()).days if ends_on else None,
        circumstances=list(referral.circumstances),
        supply=referral.supply_kind,
        service_type=leg.service_type,
    )


def _weigh_again(leg: Leg) -> None:
    """A stage whose medicine has shrunk becomes more urgent, and its instants nearer; never the other way."""
    urgency = _urgency_now(leg)
    if not _is_nearer(urgency, leg):
        return
    leg.urgency = urgency
    for offer in leg.offers.filter(state__in=UNANSWERED).select_related("listing__location").order_by("pk"):
        _draw_nearer(leg, offer)
    leg.save()


def _draw_nearer(leg: Leg, offer: Offer) -> None:
    now = clock.now()
    waiting = 1 + leg.offers.filter(state=OfferState.WAITING).count()
    fresh = instants(leg.urgency, now, leg.needed_by or clock.today(), waiting, inside.zone_of(offer))
    if None in (offer.remind_at, offer.answer_by, offer.coordinator_at, offer.fallback_at):
        return
    kept = Instants(
        remind_at=offer.remind_at,  # type: ignore[arg-type]  # none of them is None: looked at above
        answer_by=offer.answer_by,  # type: ignore[arg-type]
        coordinator_at=offer.coordinator_at,  # type: ignore[arg-type]
        fallback_at=offer.fallback_at,  # type: ignore[arg-type]
        nobody_at=leg.nobody_at or fresh.nobody_at,
    )
    found = nearer(kept, fresh)
    offer.remind_at, offer.answer_by = found.remind_at, found.answer_by
    offer.coordinator_at, offer.fallback_at = found.coordinator_at, found.fallback_at
    offer.save()
    leg.nobody_at = found.nobody_at


def _give_up_asking(leg: Leg) -> None:
    finish(leg, Outcome.COULD_NOT)
