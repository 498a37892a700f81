"""What the pages of referrals show, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from core.geo.countries import country_name
from core.phrasing.dates import day_in_words, moment_in_words, short_day
from directory.vocabulary import vocabulary
from referrals.choosing import Candidate
from referrals.clocks import meets_in_time
from referrals.models import UNANSWERED, Leg, Offer, Referral
from referrals.models.words import Circumstance, CodedQuestion, LegState, OfferState, Supply, Urgency

TONE = {Urgency.TODAY: "danger", Urgency.URGENT: "warn", Urgency.ORDINARY: ""}


def candidate_lines(found: Iterable[Candidate], *, first: str, fallback: str) -> list[dict[str, object]]:
    """One line for each: where, whether there is room and since when one knows, how soon it answers."""
    found = list(found)
    house = next((one.organization for one in found if one.listing == first), "")
    return [
        {
            "id": one.listing,
            "title": one.title,
            "where": " · ".join(part for part in (one.organization, one.city, country_name(one.country)) if part),
            "room": _room(one),
            "tone": {"free": "ok", "limited": "warn", "full": "danger", "out_of_stock": "danger"}.get(
                one.capacity, "stale"
            ),
            "checked": _("Checked %(day)s") % {"day": short_day(one.checked_on)}
            if one.checked_on
            else _("Not checked"),
            "is_stale": one.freshness in ("overdue", "lapsed"),
            "pace": _pace(one.hours_to_answer),
            "shut": one.shut,
            "is_first": one.listing == first,
            "is_of_first": bool(house) and one.organization == house,
            "is_fallback": one.listing == fallback,
        }
        for one in found
    ]


def _room(one: Candidate) -> str:
    words = {
        "free": _("Places free"),
        "limited": _("Few places left"),
        "full": _("No places left"),
        "out_of_stock": _("Out of stock"),
    }.get(one.capacity, _("Places: not known, ask"))
    return f"{words}, {short_day(one.capacity_on)}" if one.capacity_on else words


def _pace(hours: float | None) -> str:
    if hours is None:
        return ""
    whole = max(1, round(hours))
    return ngettext("usually answers within %(n)s hour", "usually answers within %(n)s hours", whole) % {"n": whole}


def local(at: dt.datetime | None, zone: str) -> str:
    return moment_in_words(at.astimezone(clock.zone(zone))) if at else ""


def zone_of(offer: Offer) -> str:
    return offer.listing.location.timezone if offer.listing.location else "UTC"


def offer_line(offer: Offer, name: Callable[[str], str]) -> dict[str, object]:
    """An incoming request in one line: number, what, how urgent, until when."""
    leg = offer.leg
    late = (
        offer.answer_by is not None
        and offer.answer_by <= clock.now()
        and offer.state in (*UNANSWERED, OfferState.LAPSED)
    )
    return {
        "offer": offer,
        "leg": leg,
        "need": name(leg.service_type),
        "place": offer.listing.service.title_i18n,  # type: ignore[attr-defined]  # added by modeltrans
        "tone": TONE[Urgency(leg.urgency)],
        "until": local(offer.answer_by, zone_of(offer)),
        "is_late": late,
        "expected": day_in_words(leg.expected_on) if leg.expected_on else "",
    }


def content_of(referral: Referral) -> dict[str, object]:
    """What is said of the person, for whoever may read it; nothing after it was to be emptied."""
    if referral.is_emptied or not referral.has_consent:
        return {}
    names = vocabulary("members")
    circumstances = [str(Circumstance(code).label) for code in referral.circumstances]
    return {
        "supply": "" if referral.supply_kind == Supply.NONE else referral.get_supply_kind_display(),
        "ends": day_in_words(referral.supply_ends_on) if referral.supply_ends_on else "",
        "languages": ", ".join(names.names("language", referral.languages)),
        "interpreter": referral.needs_interpreter,
        "circumstances": circumstances,
        "contact_way": referral.get_contact_way_display(),
    }


def groups_of(referral: Referral) -> list[str]:
    return (
        [] if referral.is_emptied or not referral.has_consent else vocabulary("members").names("group", referral.groups)
    )


def neighbours(leg: Leg) -> dict[str, str]:
    """Of the chain an asked organisation learns the countries before and after, and nothing else."""
    legs = {one.position: country_name(one.country) for one in leg.referral.legs.all()}
    before = legs.get(leg.position - 1) or country_name(leg.referral.from_country)
    return {"before": before, "after": legs.get(leg.position + 1, "")}


def questions_of(offer: Offer) -> list[str]:
    return [str(CodedQuestion(code).label) for code in offer.questions]


def chain_of(referral: Referral, name: Callable[[str], str]) -> dict[str, object]:
    """The way as a line: stages in order, and where the last day of the medicine falls among them."""
    legs = list(referral.legs.all())
    return {
        "referral": referral,
        "start": country_name(referral.from_country),
        "stages": [_stage(leg, name) for leg in legs],
        "ends": short_day(referral.supply_ends_on) if referral.supply_ends_on and not referral.is_emptied else "",
        "ends_soon": bool(referral.supply_ends_on and referral.supply_ends_on <= clock.today() + dt.timedelta(days=2)),
        "is_late": any(not meets_in_time(leg.mode, leg.expected_on, leg.needed_by) for leg in legs if leg.on_medicine),
    }


def name_of(offer: Offer | None) -> str:
    return str(offer.organization.name_i18n) if offer else ""  # type: ignore[attr-defined]  # added by modeltrans


def _stage(leg: Leg, name: Callable[[str], str]) -> dict[str, object]:
    offers = sorted(leg.offers.all(), key=lambda offer: offer.pk)
    taken = next((offer for offer in offers if offer.state == OfferState.ACCEPTED), None)
    asked = next((offer for offer in offers if offer.state in UNANSWERED), None)
    return {
        "leg": leg,
        "country": country_name(leg.country),
        "need": name(leg.service_type),
        "tone": TONE[Urgency(leg.urgency)],
        "who": name_of(taken or asked),
        "until": local(asked.answer_by, "UTC") if asked and not taken else "",
        "is_late": bool(asked and asked.answer_by and asked.answer_by <= clock.now()),
        "in_time": meets_in_time(leg.mode, leg.expected_on, leg.needed_by) or not leg.on_medicine,
        "is_open": leg.state != LegState.CLOSED,
        "offers": offers,
    }
