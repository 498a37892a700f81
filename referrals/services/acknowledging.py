"""What the secret link of a letter may do: say "received", or one of three reasons. It opens nothing."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import HouseError, WrongState
from referrals.letters import token_hash
from referrals.models import UNANSWERED, AcknowledgeLink, Offer
from referrals.models.words import AnsweredBy, OfferState
from referrals.services import _inside as inside
from referrals.services.answering import PLAIN_REASONS, mark_seen, write_decline


class LinkOver(WrongState):
    """The link is unknown, too old, or its reader has left."""

    code = "link_over"


def find_offer(token: str) -> Offer:
    """The request of a link that still answers. Changes nothing."""
    links = AcknowledgeLink.objects.filter(token_hash=token_hash(token), expires_at__gt=clock.now())
    link = links.filter(correspondent__left_at__isnull=True).select_related("offer").first()
    if link is None or link.offer.state in (OfferState.WITHDRAWN, OfferState.WAITING):
        raise LinkOver(_("This link does not work any more."))
    rows = Offer.objects.select_related(
        "leg__referral__consent", "organization", "listing__service", "listing__location"
    )
    return rows.get(pk=link.offer_id)


@transaction.atomic
def receive(*, token: str) -> Offer:
    """Somebody has it: reminders stop, the clock does not."""
    row = _locked(token)
    return mark_seen(row, None)


@transaction.atomic
def decline_plainly(*, token: str, reason: str) -> Offer:
    """No places, no stock, not working: the next one is asked at once."""
    if reason not in PLAIN_REASONS:
        raise HouseError(_("Say why."), field="reason")
    row = _locked(token)
    if row.state not in (*UNANSWERED, OfferState.LAPSED):
        raise WrongState(_("This was answered meanwhile: “%(state)s”.") % {"state": row.get_state_display()})
    return write_decline(row, None, reason, AnsweredBy.LINK)


def _locked(token: str) -> Offer:
    found = find_offer(token)
    return inside.fresh_offer(found.pk, found.leg.referral_id)
