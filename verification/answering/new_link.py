"""Asking for a new link. Whoever asks gets the same answer; only a known address gets a letter."""

from __future__ import annotations

from django.db import transaction

from core import clock
from messaging.models import Correspondent
from messaging.services import enqueue
from verification.letters.kinds import NEW_LINK
from verification.letters.links import token_hash
from verification.models import ConfirmationLink


@transaction.atomic
def request_new_link(*, token: str = "", email: str = "") -> None:
    """Send a new link to where an old one went, or to an address that gets our letters; at most one letter a day.

    Nothing tells the asker whether the link or the address is known.
    """
    people = Correspondent.objects.filter(left_at__isnull=True, organization__isnull=False)
    if token:
        owner = ConfirmationLink.objects.filter(token_hash=token_hash(token)).values("correspondent")
        people = people.filter(pk__in=owner)
    else:
        people = people.filter(email=email.strip().lower())
    for person in people.order_by("pk"):
        day = clock.today(person.timezone)
        enqueue(kind=NEW_LINK, to=person, dedupe_key=f"{NEW_LINK}:{person.pk}:{day.isoformat()}", requested=True)
