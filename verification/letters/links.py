"""The secret address that a letter carries. What its page can answer is in `verification.answering`."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable

from django.db import transaction

from messaging.models import Correspondent, Message
from verification.models import CheckMethod, ConfirmationLink, LinkItem, ListingState


@transaction.atomic
def issue_link(
    *,
    to: Correspondent,
    states: Iterable[ListingState],
    only_capacity: Iterable[ListingState] = (),
    message: Message | None = None,
    method: str = CheckMethod.LINK,
) -> tuple[ConfirmationLink, str]:
    """A new link about these published listings, and its token, which is shown once and never kept.

    About the listings of `only_capacity` it asks whether there are places, and nothing else.
    """
    token = secrets.token_urlsafe(24)
    link = ConfirmationLink.objects.create(
        token_hash=token_hash(token), correspondent=to, message=message, method=method
    )
    LinkItem.objects.bulk_create(
        LinkItem(link=link, listing=state.listing, snapshot_id=state.published_id, confirms=confirms)  # type: ignore[misc]
        for confirms, found in ((True, states), (False, only_capacity))
        for state in found
    )
    return link, token


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
