"""Links in letters: to one's own subscription, and to the end of it. Signed; whoever has one is its reader."""

from __future__ import annotations

from django.core import signing

from core.pages.addresses import Page, path_to
from messaging.letters import address_of
from network.news.models import Subscription

_OWN, _END = "news.subscription", "news.end"
#: What a person of the network ends by a link.
DIGEST, DANGERS = "digest", "dangers"


def own_page(subscription: Subscription) -> str:
    """Confirming, choosing anew, ending."""
    note = signing.dumps(subscription.public_id, salt=_OWN)
    return address_of(path_to(Page.SUBSCRIPTION, note))


def end_page(subscription: Subscription) -> str:
    note = signing.dumps(["subscription", subscription.public_id], salt=_END)
    return address_of(path_to(Page.NEWS_END, note))


def member_end_page(user_id: int, what: str) -> str:
    """`what` is DIGEST or DANGERS."""
    note = signing.dumps([what, user_id], salt=_END)
    return address_of(path_to(Page.NEWS_END, note))


def of_own_page(note: str) -> str:
    """The public id of the subscription; "" for what we have not signed."""
    try:
        return str(signing.loads(note, salt=_OWN))
    except signing.BadSignature:
        return ""


def of_end_page(note: str) -> tuple[str, str | int]:
    """(whose, key); ("", "") for what we have not signed."""
    try:
        whose, key = signing.loads(note, salt=_END)
    except (signing.BadSignature, ValueError, TypeError):
        return "", ""
    return str(whose), key
