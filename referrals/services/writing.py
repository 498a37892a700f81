"""Sending: one person's way, its stages, whom to ask first and whom in reserve, and the consent that allows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core import clock
from core.errors import HouseError, NotAllowed
from directory.vocabulary import vocabulary
from organizations.models import Organization
from referrals import choosing
from referrals.clocks import needed_by, urgency_of
from referrals.errors import NoConsent, NotTaken, TooMany
from referrals.models import Consent, Leg, Offer, Referral
from referrals.models.words import Circumstance, ConsentMethod, LegState, Mode, Role, Supply, Urgency
from referrals.services import _inside as inside
from services.models import ServiceAtLocation

if TYPE_CHECKING:
    from accounts.models import User

#: Referrals a day of one organisation, and of a newcomer.
A_DAY, A_DAY_AT_FIRST = 20, 5
MOST_LEGS = 5


@dataclass(frozen=True)
class LegDraft:
    """One need: where, of which kind, how they meet, by when; listings by their public ids."""

    country: str
    service_type: str
    first: str
    fallback: str = ""
    mode: str = Mode.TRAVELS
    expected_on: dt.date | None = None
    wanted_by: dt.date | None = None
    called_first: bool = False


@dataclass(frozen=True)
class ConsentDraft:
    """What the person agreed to, and how."""

    language: str
    method: str = ConsentMethod.ORAL
    asked: bool = False
    fallback: bool = False
    group_told: bool = False
    outcome_back: bool = False
    counted: bool = False
    child_cared: bool = False


@dataclass(frozen=True)
class ReferralDraft:
    """A referral as it was composed."""

    from_country: str
    legs: Sequence[LegDraft]
    consent: ConsentDraft
    supply_kind: str = Supply.NONE
    supply_ends_on: dt.date | None = None
    languages: Sequence[str] = ()
    needs_interpreter: bool = False
    groups: Sequence[str] = ()
    circumstances: Sequence[str] = ()
    contact_way: str = "comes"


@transaction.atomic
def send(*, actor: User, organization: Organization, draft: ReferralDraft) -> Referral:
    """Write the referral down and ask at once for all stages: nobody travels towards a place that has not answered."""
    sender = Organization.objects.in_network().kept_by(actor).filter(pk=organization.pk).first()
    if sender is None:
        raise NotAllowed(_("Only members of the network may do this."))
    _check(draft)
    inside.lock_organizations({sender.pk})
    _require_not_too_many(sender)
    referral = _create(actor, sender, draft)
    for position, wish in enumerate(draft.legs, start=1):
        leg = _leg(referral, position, wish, draft)
        _ask(actor, leg, _places(actor, sender, wish, draft.consent), wish)
    return referral


def expected_urgency(draft: ReferralDraft, wish: LegDraft) -> Urgency:
    """The class of a stage, as it would be sent now."""
    days = (draft.supply_ends_on - clock.today()).days if draft.supply_ends_on and _hangs(draft, wish) else None
    return urgency_of(
        days_of_medicine=days,
        circumstances=list(draft.circumstances),
        supply=draft.supply_kind,
        service_type=wish.service_type,
    )


def _hangs(draft: ReferralDraft, wish: LegDraft) -> bool:
    """Whether the medicine depends on this stage: one of health, or the only one."""
    return draft.supply_kind != Supply.NONE and (len(draft.legs) == 1 or choosing.is_health(wish.service_type))


def _check(draft: ReferralDraft) -> None:
    if not draft.consent.asked:
        raise NoConsent(_("Without the person's consent nothing is sent."), field="asked")
    if Circumstance.UNDER_18 in draft.circumstances and not draft.consent.child_cared:
        raise HouseError(_("Tick that your rules of protecting children are kept."), field="child_cared")
    if draft.supply_kind != Supply.NONE and draft.supply_ends_on is None:
        raise HouseError(_("Say until which day the medicine lasts."), field="supply_ends_on")
    if not 1 <= len(draft.legs) <= MOST_LEGS:
        raise HouseError(_("A way has from one to five stages."))


def _require_not_too_many(sender: Organization) -> None:
    limit = A_DAY_AT_FIRST if sender.is_newcomer else A_DAY
    if Referral.objects.filter(sender=sender, created_at__gt=clock.now() - dt.timedelta(days=1)).count() >= limit:
        raise TooMany(_("Your organisation has sent as many today as it may. Please phone instead."))


def _create(actor: User, sender: Organization, draft: ReferralDraft) -> Referral:
    number = (Referral.objects.filter(sender=sender).aggregate(n=Max("number"))["n"] or 0) + 1
    referral = Referral(
        sender=sender,
        sent_by=actor,
        number=number,
        from_country=draft.from_country,
        to_country=draft.legs[-1].country,
        supply_kind=draft.supply_kind,
        supply_ends_on=draft.supply_ends_on if draft.supply_kind != Supply.NONE else None,
        languages=known_codes("language", draft.languages),
        needs_interpreter=draft.needs_interpreter,
        groups=known_codes("group", draft.groups) if draft.consent.group_told else [],
        circumstances=list(draft.circumstances),
        contact_way=draft.contact_way,
    )
    _clean(referral, "from_country", "to_country", "supply_kind", "circumstances", "contact_way")
    referral.save()
    referral.consent = Consent.objects.create(referral=referral, taken_by=actor, **vars(draft.consent))
    return referral


def known_codes(scheme: str, codes: Iterable[str]) -> list[str]:
    """Those that are words of the network: an array takes nothing else."""
    known = vocabulary("members").scheme(scheme)
    return [code for code in dict.fromkeys(codes) if code in known]


def _leg(referral: Referral, position: int, wish: LegDraft, draft: ReferralDraft) -> Leg:
    hangs = _hangs(draft, wish)
    leg = Leg(
        referral=referral,
        position=position,
        country=wish.country,
        service_type=wish.service_type,
        mode=wish.mode,
        expected_on=wish.expected_on,
        wanted_by=wish.wanted_by,
        on_medicine=hangs,
        needed_by=needed_by(
            draft.supply_kind if hangs else Supply.NONE, draft.supply_ends_on, wish.wanted_by, clock.today()
        ),
        urgency=expected_urgency(draft, wish),
        state=LegState.ASKING,
    )
    _clean(leg, "country", "service_type", "mode", "urgency")
    leg.save()
    return leg


def _clean(row: Referral | Leg, *names: str) -> None:
    """What people chose is of the lists that there are."""
    row.full_clean(exclude={field.name for field in row._meta.fields if field.name not in names})


def _places(actor: User, sender: Organization, wish: LegDraft, consent: ConsentDraft) -> list[ServiceAtLocation]:
    """What was chosen, the first and then the one in reserve, looked at once more now: it may have filled up, or be

    gone, since the page was opened.
    """
    found = {
        one.listing: one
        for one in choosing.candidates(
            actor=actor, sender=sender, service_type=wish.service_type, country=wish.country, mode=wish.mode
        )
    }
    first, fallback = found.get(wish.first), found.get(wish.fallback)
    if first is None or (wish.fallback and fallback is None):
        raise NotTaken(_("This place cannot be asked any more. Choose another one."), field="first")
    if first.shut and not wish.called_first:
        raise NotTaken(
            _("There are no places, or nobody has confirmed it lately. Phone first, then tick it."), field="first"
        )
    if fallback is None:
        return [choosing.listing_row(first.listing)]
    if not consent.fallback:
        raise NoConsent(_("To ask another one in reserve the person has to agree."), field="fallback")
    rows = [choosing.listing_row(one.listing) for one in (first, fallback)]
    if rows[0].service.organization_id == rows[1].service.organization_id:
        raise NotTaken(_("In reserve belongs another organisation."), field="fallback")
    return rows


def _ask(actor: User, leg: Leg, places: Sequence[ServiceAtLocation], wish: LegDraft) -> None:
    """The first now; the one in reserve in time, or together with it when the day has passed already."""
    offers: list[Offer] = [inside.add_offer(leg, places[0], Role.FIRST, called_first=wish.called_first)]
    offers += [inside.add_offer(leg, place, Role.FALLBACK) for place in places[1:]]
    is_late = leg.needed_by is not None and leg.needed_by <= clock.today()
    inside.send_out(offers[0], actor=actor, still_to_ask=len(offers))
    if is_late:
        for offer in offers[1:]:
            inside.send_out(offer, actor=actor)


@transaction.atomic
def offer_again(*, actor: User, referral: str, leg: str, listing: str, called_first: bool = False) -> Offer:
    """Ask one more organisation for a stage: nobody was left, the asked one named it, or the person stands there."""
    whole = inside.sent_referral(actor, referral)
    stage = whole.legs.get(public_id=leg)
    stage.referral = whole
    if not whole.has_consent:
        raise NoConsent(_("Consent was taken back."))
    if not whole.consent.fallback:
        raise NoConsent(_("To ask another one the person has to agree."))
    if stage.state not in (LegState.ASKING, LegState.STUCK):
        raise NotTaken(_("Somebody takes this stage already."))
    row = choosing.listing_row(listing) if choosing.needs_of(actor=actor, listing=listing) else None
    if row is None or row.service.organization == whole.sender:
        raise NotTaken(_("This place cannot be asked any more. Choose another one."))
    if stage.offers.filter(listing=row, state__in=inside.UNANSWERED).exists():
        raise NotTaken(_("This one is asked already."))
    offer = inside.add_offer(stage, row, Role.REDIRECTED, called_first=called_first)
    if stage.state == LegState.STUCK:
        inside.move_leg(stage, "offer")
        stage.stuck_at = stage.nobody_told_at = stage.nobody_at = None
        stage.save()
    inside.send_out(offer, actor=actor)
    return offer
