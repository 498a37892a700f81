"""How it ended, taking consent back, and opening again within a week."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from core import clock
from core.errors import HouseError, WrongState
from organizations.models import Organization
from referrals import choosing, letters
from referrals.codes import read_code
from referrals.models import CONTENT, CorridorCount, Leg, Offer, Referral
from referrals.models.words import AnswerBand, LegState, OfferState, Outcome, ReferralState, ReferralStep
from referrals.services import _inside as inside
from referrals.transitions import move_leg

if TYPE_CHECKING:
    from accounts.models import User

REOPEN = dt.timedelta(days=7)
#: Days after closing on which content is emptied, and rows go.
EMPTIES, DELETES = dt.timedelta(days=30), dt.timedelta(days=90)
#: What a receiver or a sender may say; the last one is written by taking consent back.
OUTCOMES = tuple(outcome for outcome in Outcome if outcome != Outcome.WITHDRAWN)


@transaction.atomic
def close_by_receiver(*, actor: User, offer: str, outcome: str) -> Leg:
    """The organisation that took the stage says how it ended."""
    row = inside.asked_offer(actor, offer)
    if row.state != OfferState.ACCEPTED:
        raise HouseError(_("This is for whoever has taken the stage."))
    _require_outcome(outcome)
    return finish(row.leg, outcome, actor=actor, offer=row)


@transaction.atomic
def close_by_sender(*, actor: User, referral: str, leg: str, outcome: str) -> Leg:
    """The sender knows how it ended, or that nobody is needed any more."""
    whole = inside.sent_referral(actor, referral)
    stage = whole.legs.get(public_id=leg)
    stage.referral = whole
    _require_outcome(outcome)
    return finish(stage, outcome, actor=actor)


def finish(leg: Leg, outcome: str, *, actor: User | None = None, offer: Offer | None = None) -> Leg:
    """Close a stage in an open transaction: whoever is still asked need not answer; the last stage ends the way."""
    accepted = leg.offers.filter(state=OfferState.ACCEPTED).first()
    inside.withdraw_others(leg, but=accepted)
    move_leg(leg, "close")
    leg.outcome, leg.closed_at, leg.news_at = outcome, clock.now(), None
    leg.save()
    inside.note(ReferralStep.CLOSE, leg=leg, offer=offer, actor=actor)
    if leg.referral.consent.outcome_back and outcome != Outcome.WITHDRAWN and offer is not None:
        letters.ended(leg)
    _count(leg)
    if not leg.referral.legs.exclude(state=LegState.CLOSED).exists():
        _close(leg.referral, outcome)
    return leg


def _close(referral: Referral, outcome: str) -> None:
    today = clock.today()
    referral.state, referral.outcome, referral.closed_at = ReferralState.CLOSED, outcome, clock.now()
    referral.empties_on, referral.deletes_on = today + EMPTIES, today + DELETES
    referral.version += 1
    referral.save()


@transaction.atomic
def reopen(*, actor: User, referral: str) -> Referral:
    """Within a week: the last stage looks for somebody again."""
    whole = inside.sent_referral(actor, referral)
    if whole.closed_at is None or not whole.has_consent or clock.now() - whole.closed_at > REOPEN:
        raise WrongState(_("It can be opened again within seven days, while consent stands."))
    leg = whole.legs.order_by("-position").first()
    if leg is None:
        raise WrongState(_("There is no stage to open."))
    whole.state, whole.outcome, whole.closed_at = ReferralState.OPEN, "", None
    whole.empties_on = whole.deletes_on = None
    whole.version += 1
    whole.save()
    leg.offers.filter(state=OfferState.ACCEPTED).update(state=OfferState.WITHDRAWN, version=F("version") + 1)
    move_leg(leg, "reopen")
    leg.outcome, leg.closed_at, leg.stuck_at = "", None, clock.now()
    leg.served_at = leg.arrived_at = leg.nobody_told_at = leg.nobody_at = None
    leg.save()
    inside.note(ReferralStep.REOPEN, leg=leg, actor=actor, organization=whole.sender)
    return whole


@transaction.atomic
def take_consent_back(*, actor: User, referral: str) -> Referral:
    """The person does not want it any more: requests are withdrawn and content is emptied, in this transaction."""
    whole = inside.sent_referral(actor, referral)
    if whole.consent.withdrawn_at is not None:
        raise WrongState(_("Consent was taken back already."))
    return _taken_back(whole, actor, whole.sender)


@transaction.atomic
def take_consent_back_here(*, actor: User, organization: Organization, typed: str) -> bool:
    """The person stands at any desk of the network with their code and wants nothing of it any more.

    False when there is no such code. The sender is told that it was taken back, and where.
    """
    require_desk(actor, organization)
    code = read_code(typed)
    rows = Referral.objects.current().filter(code=code, consent__withdrawn_at=None) if code else Referral.objects.none()
    found = rows.values_list("pk", flat=True).first()
    if found is None:
        return False
    whole = inside.lock(found)
    if whole.consent.withdrawn_at is None:
        _taken_back(whole, actor, organization)
        letters.consent_back(whole)
    return True


def require_desk(actor: User, organization: Organization) -> None:
    if not Organization.objects.in_network().kept_by(actor).filter(pk=organization.pk).exists():
        raise HouseError(_("Only members of the network may do this."))


def _taken_back(whole: Referral, actor: User, at: Organization) -> Referral:
    for leg in whole.legs.exclude(state=LegState.CLOSED).order_by("position"):
        leg.referral = whole
        inside.withdraw_others(leg)
        finish(leg, Outcome.WITHDRAWN, actor=actor)
    whole.consent.withdrawn_at = clock.now()
    whole.consent.save(update_fields=["withdrawn_at"])
    inside.note(ReferralStep.CONSENT_BACK, referral=whole, actor=actor, organization=at)
    empty([whole.pk])
    whole.refresh_from_db()
    return whole


def empty(ids: list[int]) -> int:
    """Take out what these referrals say of a person; that there was one, and when, stays."""
    legs = {"needed_by": None, "expected_on": None, "wanted_by": None, "supply_given_days": None, "on_medicine": False}
    Leg.objects.filter(referral__in=ids).update(**legs)
    Offer.objects.filter(leg__referral__in=ids).update(questions=[], awaited_from=None, awaited_to=None)
    return Referral.objects.filter(pk__in=ids).update(**CONTENT)


def _count(leg: Leg) -> None:
    """One more in the table of corridors, when the person agreed to be counted. Once: a stage closes once."""
    referral = leg.referral
    already = leg.events.filter(step=ReferralStep.REOPEN).exists()
    if not referral.consent.counted or already or leg.outcome == Outcome.WITHDRAWN:
        return
    in_time = None
    if leg.on_medicine and leg.needed_by is not None:
        in_time = leg.served_at is not None and leg.served_at.date() <= leg.needed_by
    row, _made = CorridorCount.objects.get_or_create(
        month=clock.today().replace(day=1),
        from_country=referral.from_country,
        to_country=leg.country,
        group=choosing.group_of(leg.service_type),
        urgency=leg.urgency,
        mode=leg.mode,
        band=_band(leg),
        outcome=leg.outcome,
        before_end=in_time,
    )
    CorridorCount.objects.filter(pk=row.pk).update(n=F("n") + 1)


def _band(leg: Leg) -> AnswerBand:
    answered = leg.offers.filter(answered_at__isnull=False).order_by("answered_at").first()
    if answered is None or answered.answered_at is None or answered.answer_by is None:
        return AnswerBand.NEVER
    return AnswerBand.IN_TIME if answered.answered_at <= answered.answer_by else AnswerBand.LATE


def _require_outcome(outcome: str) -> None:
    if outcome not in OUTCOMES:
        raise HouseError(_("Say how it ended."), field="outcome")
