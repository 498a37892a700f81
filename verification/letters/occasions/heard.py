"""The owner hears that somebody called and that something has changed, or that a reader's suggestion became a draft.

Numbers only, within the limits of every other letter: what was said stands behind the login.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Q, QuerySet

from core import clock
from core.pages.addresses import Page, path_to
from messaging.letters import Letter, address_of, letter
from messaging.models import Message
from organizations.models import MemberStatus, Organization
from verification.letters.kinds import HEARD
from verification.letters.occasions.news import News, news_of
from verification.models import Proposal, Publication, Suggestion, SuggestionState

#: What was said so long ago is not news any more.
NEWS = dt.timedelta(days=14)


def heard_news() -> Iterator[News]:
    """Whoever keeps a listing of which something was said, or a draft that waits for its own people."""
    found: dict[Organization, list[str]] = defaultdict(list)
    since = clock.now() - NEWS
    proposals = Proposal.objects.open().filter(said_at__gt=since).order_by("pk")
    for proposal in proposals.select_related("listing__service__organization"):
        found[proposal.listing.service.organization].append(proposal.public_id)
    drafts = _drafts().filter(answered_at__gt=since).order_by("pk")
    for draft in drafts.select_related("listing__service__organization"):
        if draft.listing is not None:
            found[draft.listing.service.organization].append(draft.public_id)
    yield from news_of(HEARD, found)


def heard(message: Message) -> Letter | None:
    """Over when all of it was answered, written in or sent meanwhile."""
    about = message.payload["about"]
    changes = Proposal.objects.open().filter(public_id__in=about).count()
    drafts = _drafts().filter(public_id__in=about).count()
    if not changes and not drafts:
        return None
    context = {"changes": changes, "drafts": drafts, "link": address_of(path_to(Page.DESK))}
    return letter(message, "verification/letters/heard", context)


def _drafts() -> QuerySet[Suggestion]:
    """Drafts of members that were never sent. Of an organisation outside the network its keeper knows already."""
    taken = Suggestion.objects.filter(state=SuggestionState.ACCEPTED, listing__isnull=False)
    taken = taken.exclude(listing__service__organization__member_status=MemberStatus.EXTERNAL)
    return taken.filter(Q(listing__state=None) | Q(listing__state__publication=Publication.DRAFT))
