"""Requests of referrals in the chat: a number, how urgent, until when; it has arrived, or why it cannot be.

Rule: nothing of a person stands here, as in the letter. A yes, a question and what it is about are behind the login.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core import clock
from core.errors import WrongState
from core.pages.addresses import Page, path_to
from core.phrasing.dates import moment_in_words
from referrals import desk
from referrals import services as referrals
from referrals.models import UNANSWERED, Offer
from referrals.models.words import AnsweredBy, OfferState, Reason
from referrals.services.answering import PLAIN_REASONS
from telegram.linked.actions import Act, act
from telegram.public.finding import site
from telegram.screens import Button, Screen

if TYPE_CHECKING:
    from accounts.models import User

MOST = 20


def waiting(user: User) -> Screen:
    """Requests to the person's own organisations, the nearest deadline first."""
    rows = list(desk.incoming(user)[:MOST])
    if not rows:
        return Screen(_("No request waits for you."), (_home(),))
    text = _("Requests that wait: %(n)d") % {"n": len(rows)}
    return Screen(text, tuple((act(_line(row), Act.REQUEST, row.public_id),) for row in rows))


def request(user: User, offer: str) -> Screen:
    return told(_find(user, offer))


def told(offer: Offer) -> Screen:
    """A request with what may be said of it here; one that is answered says so."""
    address = site(path_to(Page.REFERRAL_OFFER, offer.public_id))
    more = _("What it is about, and a yes, stand behind the login: %(site)s") % {"site": address}
    rows = []
    if offer.state == OfferState.SENT:
        rows.append((act(_("Received"), Act.RECEIVED, offer.public_id),))
    if offer.state in (*UNANSWERED, OfferState.LAPSED):
        rows += [(act(str(Reason(code).label), Act.DECLINED, offer.public_id, code.value),) for code in PLAIN_REASONS]
    return Screen(f"{_line(offer)}\n\n{more}", tuple(rows))


def received(user: User, offer: str) -> Screen:
    """Reminders stop, the clock does not."""
    row = referrals.see(actor=user, offer=offer)
    screen = told(_find(user, row.public_id))
    return Screen(f"{_('Noted: you have it. Reminders stop, the deadline stays.')}\n\n{screen.text}", screen.rows)


def declined(user: User, offer: str, reason: str) -> Screen:
    """One of three reasons; the next one is asked at once."""
    if reason not in PLAIN_REASONS:
        raise WrongState(_("Please say this on the site."))
    _find(user, offer)
    row = referrals.decline(actor=user, offer=offer, reason=reason, by=AnsweredBy.TELEGRAM)
    text = _("Request no. %(number)s: “%(reason)s”. Thank you, the next organisation is asked.")
    said = text % {"number": row.number, "reason": Reason(reason).label}
    return Screen(said, ((act(_("Other requests"), Act.REQUESTS), act(_("Places"), Act.PLACES)),))


def _find(user: User, offer: str) -> Offer:
    found = Offer.objects.visible_to(user).filter(public_id=offer)
    row = found.select_related("leg", "organization", "listing__location").first()
    if row is None:
        raise WrongState(_("This request is over, or it is none of yours."))
    return row


def _line(offer: Offer) -> str:
    """Number, class, deadline."""
    if offer.state not in (*UNANSWERED, OfferState.LAPSED):
        return _("Request no. %(number)s: %(state)s") % {"number": offer.number, "state": offer.get_state_display()}
    place = offer.listing.location
    until = offer.answer_by.astimezone(clock.zone(place.timezone if place else "UTC")) if offer.answer_by else None
    return _("Request no. %(number)s, %(urgency)s: please answer by %(when)s") % {
        "number": offer.number,
        "urgency": offer.leg.get_urgency_display().lower(),
        "when": moment_in_words(until) if until else "—",
    }


def _home() -> tuple[Button, ...]:
    return (act(_("What is due"), Act.DUE),)
