"""On the way: arrived, helped, and the code shown at any desk of the network."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import HouseError
from organizations.models import Organization
from referrals import letters
from referrals.clocks import needed_by
from referrals.codes import read_code
from referrals.models import Leg, Offer, Referral
from referrals.models.words import LegState, OfferState, Outcome, ReferralStep
from referrals.services import _inside as inside
from referrals.services.answering import wait_for_news
from referrals.services.closing import finish, require_desk
from referrals.transitions import move_leg

if TYPE_CHECKING:
    from accounts.models import User

MOST_DAYS_GIVEN = 400


@transaction.atomic
def arrive(*, actor: User, offer: str) -> Leg:
    """The person is there. The sender is told, and the next stage that they are on their way."""
    row = inside.asked_offer(actor, offer)
    return _arrived(row, actor)


def _arrived(row: Offer, actor: User) -> Leg:
    leg = row.leg
    _require_taken(row)
    move_leg(leg, "arrive")
    leg.arrived_at, leg.news_asked = clock.now(), 0
    wait_for_news(leg, clock.today())
    leg.save()
    inside.note(ReferralStep.ARRIVE, offer=row, actor=actor)
    if leg.referral.consent.outcome_back:
        letters.arrived(leg)
    return leg


@transaction.atomic
def serve(*, actor: User, offer: str, supply_given_days: int | None = None, is_partly: bool = False) -> Leg:
    """Helped. Medicine that was given moves the last day, and with it what the next stages are needed by."""
    row = inside.asked_offer(actor, offer)
    leg = row.leg
    _require_taken(row)
    if supply_given_days is not None and not 0 <= supply_given_days <= MOST_DAYS_GIVEN:
        raise HouseError(_("Write a number of days from 0 to 400."), field="supply_given_days")
    move_leg(leg, "serve")
    leg.served_at = clock.now()
    leg.arrived_at = leg.arrived_at or leg.served_at
    leg.supply_given_days = supply_given_days
    leg.save()
    inside.note(ReferralStep.SERVE, offer=row, actor=actor)
    inside.tell_of_visit(row)
    if supply_given_days:
        _move_last_day(leg, supply_given_days)
    following = leg.referral.legs.filter(position__gt=leg.position, state=LegState.PLACED).order_by("position").first()
    if following is not None:
        following.referral = leg.referral
        letters.on_the_way(following)
    finish(leg, Outcome.PARTLY if is_partly else Outcome.SERVED, actor=actor, offer=row)
    return leg


def _move_last_day(leg: Leg, days: int) -> None:
    """From today, or from the end of what is still there, whichever is later."""
    referral = leg.referral
    if referral.supply_ends_on is None:
        return
    referral.supply_ends_on = max(referral.supply_ends_on, clock.today()) + dt.timedelta(days=days)
    referral.version += 1
    referral.save(update_fields=["supply_ends_on", "version"])
    for later in referral.legs.filter(on_medicine=True, position__gt=leg.position).exclude(state=LegState.CLOSED):
        later.needed_by = needed_by(referral.supply_kind, referral.supply_ends_on, later.wanted_by, clock.today())
        later.save(update_fields=["needed_by"])


@transaction.atomic
def show_code(*, actor: User, organization: Organization, typed: str) -> tuple[str, Leg | None]:
    """Somebody holds the code and stands at this organisation's desk.

    "unknown"; "arrived" with the stage, when it is expected here; "told" when it belongs elsewhere: the sender hears of
    it and may ask this organisation. Nothing of what a referral says is answered.
    """
    require_desk(actor, organization)
    code = read_code(typed)
    found = Referral.objects.current().open().filter(code=code).values_list("pk", flat=True).first() if code else None
    if found is None:
        return "unknown", None
    referral = inside.lock(found)
    here = Offer.objects.filter(leg__referral=referral, organization=organization, state=OfferState.ACCEPTED)
    row = here.filter(leg__state__in=[LegState.PLACED, LegState.ARRIVED]).order_by("leg__position").first()
    if row is not None:
        fresh = inside.fresh_offer(row.pk, referral.pk)
        leg = fresh.leg
        return "arrived", _arrived(fresh, actor) if leg.state == LegState.PLACED else leg
    inside.note(ReferralStep.FOUND, referral=referral, actor=actor, organization=organization)
    letters.found(referral, organization)
    return "told", None


def _require_taken(row: Offer) -> None:
    if row.state != OfferState.ACCEPTED:
        raise HouseError(_("This is for whoever has taken the stage."))
