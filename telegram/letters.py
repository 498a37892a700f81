"""Letters of the outbox as messages of the chat. `messaging` finds this table by the settings (CHANNEL_WRITERS).

Rule: no secret link goes through Telegram, whose servers look at links. Buttons say who presses by their chat; links
lead to pages behind the login.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from core import clock
from core.geo.countries import country_name
from core.pages.addresses import Page, path_to
from messaging import quiet
from messaging.letters import Letter, Writer, address_of
from messaging.models import Message
from organizations.models import Visibility
from referrals import kinds as referral_kinds
from referrals.models import UNANSWERED, Offer
from referrals.models.words import OfferState
from services.models import Notice
from telegram import kinds
from telegram.linked import confirming, requests
from telegram.linked.actions import Act, act
from telegram.screens import Button, Screen, shorten
from verification.letters import kinds as verification_kinds
from verification.letters.occasions.listings import is_due

#: Cut to be read on a lock screen.
LONGEST = 3000


def due(message: Message) -> Letter | None:
    """What waits, with one press for all that everybody reads. Over when all was answered."""
    if not is_due(message):
        return None
    screen = confirming.for_post(message.correspondent, message)
    if screen is None:
        text = _("Please say whether there are still places.")
        screen = Screen(text, ((act(_("Places"), Act.PLACES),),))
    return _letter(message, screen)


def asked(message: Message) -> Letter | None:
    """Number, class, deadline. Over when it was answered, or consent was taken back meanwhile."""
    rows = Offer.objects.select_related("leg__referral__consent", "organization", "listing__location")
    offer = rows.filter(public_id=message.payload.get("offer", "")).first()
    if offer is None or offer.state not in UNANSWERED or offer.leg.referral.consent.withdrawn_at:
        return None
    if message.kind == referral_kinds.REFERRAL_REMINDER and offer.state != OfferState.SENT:
        return None
    return _letter(message, requests.told(offer))


def over(message: Message) -> Letter | None:
    offer = Offer.objects.filter(public_id=message.payload.get("offer", ""), state=OfferState.WITHDRAWN).first()
    if offer is None:
        return None
    return _letter(message, Screen(_("Request no. %(number)s is over: no answer is needed") % {"number": offer.number}))


def country_notice(message: Message) -> Letter | None:
    """A public one with its text, another as a hint. Over when it has ended or its circle is none of this reader's."""
    notice = Notice.objects.filter(pk=message.payload["notice"]).first()
    today = clock.today(message.correspondent.timezone)
    if notice is None or (notice.ends_on and notice.ends_on < today):
        return None
    name = country_name(notice.country)
    if notice.visibility == Visibility.PUBLIC:
        text = _("%(country)s: %(text)s") % {"country": name, "text": notice.text_i18n}  # type: ignore[attr-defined]  # added by modeltrans
    else:
        text = _("A new notice for the network: %(country)s") % {"country": name}
    return _letter(message, Screen(f"{text}\n\n{address_of(path_to(Page.DESK))}"))


def _letter(message: Message, screen: Screen) -> Letter:
    """Without a sound at night, whatever the hour at which it may leave."""
    now = clock.now()
    is_night = quiet.next_moment(now, message.correspondent.timezone, urgent=True) > now
    rows = tuple(tuple((one.label, one.data) for one in row) for row in screen.rows)
    subject = screen.text.splitlines()[0][:200]
    return Letter(subject, shorten(screen.text, LONGEST), buttons=rows, is_quiet=is_night)


def keys_of(letter: Letter) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(Button(label, data) for label, data in row) for row in letter.buttons)


WRITERS: Mapping[str, Writer] = {
    verification_kinds.DUE: due,
    referral_kinds.REFERRAL_ASKED: asked,
    referral_kinds.REFERRAL_REMINDER: asked,
    referral_kinds.REFERRAL_OVER: over,
    kinds.COUNTRY_NOTICE: country_notice,
}
