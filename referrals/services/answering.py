"""What the asked organisation says. All but "received" and three reasons needs a login."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import HouseError, WrongState
from directory.vocabulary import vocabulary
from referrals import letters
from referrals.choosing import listing_row, needs_of
from referrals.errors import TakenAlready
from referrals.models import UNANSWERED, Leg, Offer
from referrals.models.words import AnsweredBy, CodedQuestion, LegState, OfferState, Reason, ReferralStep
from referrals.services import _inside as inside
from referrals.transitions import move_leg, move_offer

if TYPE_CHECKING:
    from accounts.models import User

#: What may be said without a login.
PLAIN_REASONS = (Reason.NO_PLACES, Reason.NO_STOCK, Reason.NOT_WORKING)
MOST_QUESTIONS = 3
#: When both sides are asked for news after the day on which the person is expected, and when contact counts as lost.
NEWS_DAYS, LOST_DAYS = (3, 10), 30


@transaction.atomic
def see(*, actor: User, offer: str) -> Offer:
    """Somebody opened it. Reminders stop, the clock does not. Seeing it again changes nothing."""
    row = inside.asked_offer(actor, offer)
    return mark_seen(row, actor)


def mark_seen(row: Offer, actor: User | None) -> Offer:
    """As `see`, in an open transaction, for whoever has proved that they may."""
    if row.state != OfferState.SENT:
        return row
    move_offer(row, "see")
    row.seen_at = clock.now()
    row.save()
    inside.note(ReferralStep.SEE, offer=row, actor=actor, organization=row.organization)
    return row


@transaction.atomic
def ask(*, actor: User, offer: str, questions: Sequence[str]) -> Offer:
    """Up to three coded questions, once. The clock stands while the sender answers, half a window at most."""
    row = inside.asked_offer(actor, offer)
    chosen = [str(CodedQuestion(one)) for one in dict.fromkeys(questions) if one in CodedQuestion.values]
    if not 1 <= len(chosen) <= MOST_QUESTIONS:
        raise HouseError(_("Choose from one to three questions."), field="questions")
    if row.asked_at is not None:
        raise WrongState(_("A question was asked once already. Please phone."))
    move_offer(row, "ask")
    row.questions, row.asked_at = chosen, clock.now()
    row.seen_at = row.seen_at or clock.now()
    row.save()
    inside.note(ReferralStep.ASK, offer=row, actor=actor)
    letters.question(row)
    return row


@transaction.atomic
def answer_question(
    *, actor: User, referral: str, offer: str, expected_on: dt.date | None, languages: Sequence[str]
) -> Offer:
    """The sender has mended the coded answers; the clock goes on from where it stood."""
    whole = inside.sent_referral(actor, referral)
    row = inside.fresh_offer(Offer.objects.get(public_id=offer, leg__referral=whole).pk, whole.pk)
    move_offer(row, "answer")
    asked = row.asked_at or clock.now()
    if row.sent_at and row.answer_by and row.fallback_at and row.coordinator_at:
        pause = min(clock.now() - asked, (row.answer_by - row.sent_at) / 2)
        row.answer_by, row.fallback_at = row.answer_by + pause, row.fallback_at + pause
        row.coordinator_at = row.coordinator_at + pause
    row.save()
    if expected_on:
        row.leg.expected_on = expected_on
        row.leg.save(update_fields=["expected_on"])
    if languages:
        known = vocabulary("members").scheme("language")
        whole.languages = [code for code in languages if code in known]
        whole.save(update_fields=["languages"])
    inside.note(ReferralStep.ANSWER, offer=row, actor=actor, organization=whole.sender)
    letters.asked(row, again=True)
    return row


@transaction.atomic
def accept(*, actor: User, offer: str, awaited_from: dt.date | None = None, awaited_to: dt.date | None = None) -> Offer:
    """Yes: the person is expected between these days. Whoever else was asked hears that it is over."""
    row = inside.asked_offer(actor, offer)
    leg = row.leg
    if leg.state not in (LegState.ASKING, LegState.STUCK) or leg.offers.filter(state=OfferState.ACCEPTED).exists():
        raise TakenAlready(_("Somebody else was quicker: this stage is taken."))
    if awaited_from and awaited_to and awaited_to < awaited_from:
        raise HouseError(_("The end is before the beginning."), field="awaited_to")
    move_offer(row, "accept")
    row.awaited_from = awaited_from or leg.expected_on or clock.today()
    row.awaited_to = awaited_to or max(row.awaited_from, leg.needed_by or row.awaited_from)
    _answered(row, AnsweredBy.WORKSPACE)
    inside.note(ReferralStep.ACCEPT, offer=row, actor=actor)
    inside.withdraw_others(leg, but=row)
    move_leg(leg, "place")
    leg.expected_on = leg.expected_on or row.awaited_from
    leg.stuck_at, leg.news_asked = None, 0
    wait_for_news(leg, leg.expected_on)
    leg.save()
    letters.answered(row)
    return row


def wait_for_news(leg: Leg, day: dt.date) -> None:
    """When both sides are asked for news next."""
    moment = dt.datetime.combine(day + dt.timedelta(days=NEWS_DAYS[0]), dt.time(9), tzinfo=dt.UTC)
    leg.news_at = max(moment, clock.now() + dt.timedelta(days=1))


@transaction.atomic
def decline(*, actor: User, offer: str, reason: str, by: AnsweredBy = AnsweredBy.WORKSPACE) -> Offer:
    """No, with a coded reason; whoever waits in reserve is asked at once."""
    return write_decline(inside.asked_offer(actor, offer), actor, reason, by)


def write_decline(row: Offer, actor: User | None, reason: str, by: AnsweredBy) -> Offer:
    """As `decline`, in an open transaction, for whoever has proved that they may."""
    if reason not in Reason.values:
        raise HouseError(_("Say why."), field="reason")
    move_offer(row, "decline")
    row.reason = reason
    _answered(row, by)
    inside.note(ReferralStep.DECLINE, offer=row, actor=actor, organization=row.organization)
    letters.answered(row)
    inside.tell_of_visit(row, reason)
    inside.ask_next(row.leg)
    return row


@transaction.atomic
def redirect(*, actor: User, offer: str, listing: str) -> Offer:
    """Not here, but there. Nothing goes there until the sender presses."""
    row = inside.asked_offer(actor, offer)
    if needs_of(actor=actor, listing=listing) is None:
        raise HouseError(_("Choose a place of the members' map."), field="listing")
    move_offer(row, "redirect")
    row.named = listing_row(listing)
    _answered(row, AnsweredBy.WORKSPACE)
    inside.note(ReferralStep.REDIRECT, offer=row, actor=actor)
    letters.answered(row)
    inside.ask_next(row.leg)
    return row


@transaction.atomic
def give_back(*, actor: User, offer: str, reason: str) -> Offer:
    """Taken, and not possible after all: the stage asks again with what is left of the time."""
    row = inside.asked_offer(actor, offer)
    if reason not in Reason.values:
        raise HouseError(_("Say why."), field="reason")
    move_offer(row, "give_back")
    row.reason = reason
    row.save()
    leg = row.leg
    move_leg(leg, "unplace")
    leg.news_at = leg.arrived_at = leg.nobody_at = None
    leg.save()
    inside.note(ReferralStep.GIVE_BACK, offer=row, actor=actor)
    letters.answered(row)
    inside.tell_of_visit(row, reason)
    inside.ask_next(leg)
    return row


def _answered(row: Offer, by: AnsweredBy) -> None:
    row.answered_at, row.answered_by = clock.now(), by
    row.seen_at = row.seen_at or clock.now()
    row.questions = []
    row.save()


def lapse(row: Offer) -> None:
    """Nobody answered in time: the next one is asked. They may still say yes until somebody else has."""
    if row.state not in UNANSWERED:
        return
    move_offer(row, "lapse")
    row.save()
    inside.note(ReferralStep.LAPSE, offer=row)
    inside.ask_next(row.leg)
