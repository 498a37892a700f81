"""Letters about referrals: who is told, and in which words.

A letter names a request by its number in the organisation that reads it. What the person needs, where they come from
and their code stand in no letter: mail is read on lock screens and by strangers.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable, Mapping
from typing import cast

from django.utils.translation import gettext as _

from core import clock
from core.pages.addresses import Page, path_to
from core.phrasing.dates import moment_in_words
from messaging.letters import Letter, Writer, address_of, letter
from messaging.models import Correspondent, Lane, Message
from messaging.people import administrators
from messaging.services import coordinators_of, enqueue
from organizations.models import Organization
from referrals import kinds
from referrals.models import UNANSWERED, AcknowledgeLink, Leg, Offer, Referral
from referrals.models.words import LegState, OfferState, ReferralState, Urgency
from verification.letters.ladder import Matter, load_ladder
from verification.models import Rung

LINK_DAYS = 7
_TEMPLATE = "referrals/letters/notice"


def people_of(organization: Organization, country: str) -> list[Correspondent]:
    """Who is written to for an organisation, whoever stands in included; the next rung when nobody can be reached."""
    _rung, people = load_ladder([organization]).on_rung(Rung.OWNER, Matter(organization.pk, country, is_urgent=True))
    return people


def asked(offer: Offer, *, again: bool = False) -> None:
    """A request was sent, or its question was answered."""
    mark = f"again-{offer.version}" if again else "first"
    _to_asked(kinds.REFERRAL_ASKED, offer, mark)


def reminder(offer: Offer) -> None:
    _to_asked(kinds.REFERRAL_REMINDER, offer, "reminder")


def withdrawn(offer: Offer) -> None:
    _to_asked(kinds.REFERRAL_OVER, offer, "over")


def any_news(offer: Offer, number: int) -> None:
    _to_asked(kinds.REFERRAL_ANY_NEWS, offer, f"news-{number}")


def on_the_way(leg: Leg) -> None:
    """To whoever takes the next stage: the one before it is done."""
    offer = leg.offers.filter(state=OfferState.ACCEPTED).select_related("organization").first()
    if offer is not None:
        offer.leg = leg
        _to_asked(kinds.REFERRAL_ON_THE_WAY, offer, "on-the-way")


def question(offer: Offer) -> None:
    _to_sender(kinds.REFERRAL_QUESTION, offer.leg.referral, offer.leg, f"{offer.pk}")


def answered(offer: Offer) -> None:
    _to_sender(kinds.REFERRAL_ANSWERED, offer.leg.referral, offer.leg, f"{offer.pk}-{offer.version}")


def arrived(leg: Leg) -> None:
    _to_sender(kinds.REFERRAL_NEWS, leg.referral, leg, f"arrived-{leg.version}")


def ended(leg: Leg) -> None:
    _to_sender(kinds.REFERRAL_NEWS, leg.referral, leg, f"ended-{leg.version}")


def sender_any_news(leg: Leg, number: int) -> None:
    _to_sender(kinds.REFERRAL_NEWS, leg.referral, leg, f"any-{number}")


def found(referral: Referral, organization: Organization) -> None:
    """The code was shown where nobody expected the person."""
    leg = referral.legs.order_by("position").first()
    day = clock.today().isoformat()
    _to_sender(kinds.REFERRAL_NEWS, referral, leg, f"found-{organization.pk}-{day}", urgent=True)


def consent_back(referral: Referral) -> None:
    """The person took consent back at another desk."""
    leg = referral.legs.order_by("position").first()
    _to_sender(kinds.REFERRAL_NEWS, referral, leg, "consent-back", urgent=True)


def nobody(leg: Leg) -> None:
    """Nobody is left to ask: the sender hears it, and the administrators when time is short."""
    _to_sender(kinds.REFERRAL_NOBODY, leg.referral, leg, f"nobody-{leg.version}")


def nobody_to_administrators(leg: Leg) -> None:
    _write(kinds.REFERRAL_WAITS, administrators(), f"admins-{leg.pk}", {"country": leg.country}, _lane(leg))


def waits(offer: Offer) -> None:
    """No answer in time: the coordinators of the receiver's country."""
    location = offer.listing.location
    country = location.country if location else offer.organization.registration_country
    _write(kinds.REFERRAL_WAITS, coordinators_of(country), f"{offer.pk}", {"offer": offer.public_id}, _lane(offer.leg))


def guessed(user_id: int) -> None:
    """Somebody tried many codes that do not exist."""
    mark = f"{user_id}-{clock.now():%Y-%m-%dT%H}"
    _write(kinds.REFERRAL_GUESSED, administrators(), mark, {}, Lane.WORK)


def _lane(leg: Leg) -> Lane:
    return Lane.WORK if leg.urgency == Urgency.ORDINARY else Lane.URGENT


def _to_asked(kind: str, offer: Offer, mark: str) -> None:
    people = people_of(offer.organization, offer.organization.registration_country)
    _write(kind, people, f"{offer.pk}-{mark}", {"offer": offer.public_id}, _lane(offer.leg))


def _to_sender(kind: str, referral: Referral, leg: Leg | None, mark: str, *, urgent: bool = False) -> None:
    people = people_of(referral.sender, referral.from_country)
    lane = Lane.URGENT if urgent else Lane.WORK if leg is None else _lane(leg)
    _write(kind, people, f"{referral.pk}-{mark}", {"referral": referral.public_id}, lane)


def _write(kind: str, people: Iterable[Correspondent], mark: str, payload: Mapping[str, str], lane: Lane) -> None:
    for person in people:
        enqueue(kind=kind, to=person, dedupe_key=f"{kind}:{mark}:{person.pk}", payload=payload, urgent=True, lane=lane)


# --- words, at the moment of sending ------------------------------------------------------------------------------


def _letter(message: Message, subject: str, more: str, link: str) -> Letter:
    """Subject and text. A person without a name is greeted without one."""
    return letter(message, _TEMPLATE, {"words": subject, "other_words": more, "link": address_of(link)})


def _offer_of(message: Message) -> Offer | None:
    rows = Offer.objects.select_related("leg__referral__consent", "organization", "listing__location")
    return rows.filter(public_id=message.payload.get("offer", "")).first()


def _deadline(offer: Offer, person: Correspondent) -> str:
    return moment_in_words(cast(dt.datetime, offer.answer_by).astimezone(clock.zone(person.timezone)))


def _asked(message: Message) -> Letter | None:
    """With the secret link. Over when it was answered, or consent was taken back meanwhile."""
    offer = _offer_of(message)
    if offer is None or offer.state not in UNANSWERED or offer.leg.referral.consent.withdrawn_at:
        return None
    if message.kind == kinds.REFERRAL_REMINDER and offer.state != OfferState.SENT:
        return None
    words = _("Request no. %(number)s, %(urgency)s: please answer by %(when)s") % {
        "number": offer.number,
        "urgency": offer.leg.get_urgency_display().lower(),
        "when": _deadline(offer, message.correspondent),
    }
    more = _(
        "Say with one press that you have it; no login is needed for that. What it is about stands behind the login."
    )
    return _letter(message, words, more, path_to(Page.ACKNOWLEDGE, issue_link(offer, message.correspondent)))


def issue_link(offer: Offer, person: Correspondent) -> str:
    """A new secret address for this person about this request; the token is shown once and never kept."""
    token = secrets.token_urlsafe(24)
    expires = clock.now() + dt.timedelta(days=LINK_DAYS)
    AcknowledgeLink.objects.create(
        token_hash=token_hash(token), offer=offer, correspondent=person, created_at=clock.now(), expires_at=expires
    )
    return token


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _over(message: Message) -> Letter | None:
    offer = _offer_of(message)
    if offer is None or offer.state != OfferState.WITHDRAWN:
        return None
    words = _("Request no. %(number)s is over: no answer is needed") % {"number": offer.number}
    return _letter(message, words, _("All requests to you:"), path_to(Page.REFERRALS))


def _about_taken(message: Message) -> Letter | None:
    """On the way, or any news? Over when the stage is."""
    offer = _offer_of(message)
    if offer is None or offer.state != OfferState.ACCEPTED or offer.leg.state == LegState.CLOSED:
        return None
    on_the_way = message.kind == kinds.REFERRAL_ON_THE_WAY
    words = (
        _("Request no. %(number)s: on the way to you") if on_the_way else _("Request no. %(number)s: is there news?")
    )
    more = _("One press says what became of it:")
    return _letter(message, words % {"number": offer.number}, more, path_to(Page.REFERRAL_OFFER, offer.public_id))


def _sender_letter(message: Message) -> Letter | None:
    referral = Referral.objects.current().filter(public_id=message.payload["referral"]).first()
    if referral is None:
        return None
    titles = {
        kinds.REFERRAL_QUESTION: _("Referral no. %(number)s: you are asked something"),
        kinds.REFERRAL_ANSWERED: _("Referral no. %(number)s: there is an answer"),
        kinds.REFERRAL_NOBODY: _("Referral no. %(number)s: nobody is left to ask"),
        kinds.REFERRAL_NEWS: _("Referral no. %(number)s: please look"),
    }
    if message.kind in (kinds.REFERRAL_QUESTION, kinds.REFERRAL_NOBODY) and referral.state != ReferralState.OPEN:
        return None
    words = titles[message.kind] % {"number": referral.number}
    return _letter(
        message, words, _("What is known stands in the workspace:"), path_to(Page.REFERRAL, referral.public_id)
    )


def _waits(message: Message) -> Letter | None:
    """To coordinators and administrators. Over when it was answered."""
    offer = _offer_of(message)
    if "offer" in message.payload and (offer is None or offer.state not in (*UNANSWERED, OfferState.LAPSED)):
        return None
    words = _("A referral waits for an answer in your country")
    return _letter(
        message, words, _("Which one, and since when, stands in the workspace:"), path_to(Page.REFERRAL_PILES)
    )


def _guessed(message: Message) -> Letter | None:
    words = _("Somebody of the network tried many codes that do not exist")
    return _letter(message, words, _("Their field is closed for an hour. The workspace:"), path_to(Page.DESK))


WRITERS: Mapping[str, Writer] = {
    kinds.REFERRAL_ASKED: _asked,
    kinds.REFERRAL_REMINDER: _asked,
    kinds.REFERRAL_OVER: _over,
    kinds.REFERRAL_ON_THE_WAY: _about_taken,
    kinds.REFERRAL_ANY_NEWS: _about_taken,
    kinds.REFERRAL_QUESTION: _sender_letter,
    kinds.REFERRAL_ANSWERED: _sender_letter,
    kinds.REFERRAL_NOBODY: _sender_letter,
    kinds.REFERRAL_NEWS: _sender_letter,
    kinds.REFERRAL_WAITS: _waits,
    kinds.REFERRAL_GUESSED: _guessed,
}
