"""What campaigns say to owners: one letter with all that they keep, joined with what is due anyway; and their end.

A campaign's name and its reason stand on the page behind the link: a letter is read on lock screens.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from core import clock
from directory.vocabulary import localised
from messaging import quiet
from messaging.letters import Letter, letter
from messaging.models import Correspondent, Message
from verification.campaigns.running import CampaignScope
from verification.campaigns.tasks import OPEN, AskedListing, asked_listings
from verification.letters.kinds import CAMPAIGN_OVER, DUE
from verification.letters.ladder import Ladder, load_ladder, matter_of
from verification.letters.occasions.news import News
from verification.letters.pace import load_pace
from verification.letters.steps import Step
from verification.letters.subjects import with_their_parts
from verification.models import Campaign, CampaignTask, ListingState, Reminder, Rung
from verification.models.reminder import CAMPAIGN, CAPACITY
from verification.snapshots import texts

#: That a campaign was stopped is no news after so long.
NEWS = dt.timedelta(days=14)


@dataclass(frozen=True)
class CampaignRequest:
    """One listing that a campaign asks about."""

    state: ListingState
    asked: AskedListing

    @property
    def step(self) -> Step:
        """Another one each time that the silent are reminded, so that they are told again."""
        campaign = self.asked.campaign
        return Step(f"{CAMPAIGN}-{campaign.reminders}", campaign.starts_on, (Rung.OWNER,))


@dataclass(frozen=True)
class LetterPreview:
    """Letters that a start would write: at once, later because of everybody's pace, and owners whom none reaches."""

    now: int
    later: int
    unreachable: tuple[str, ...]


def requests() -> list[CampaignRequest]:
    """Everything that running campaigns wait for."""
    asked = asked_listings()
    if not asked:
        return []
    return [CampaignRequest(state, asked[state.pk]) for state in _states(asked)]


def people_asked(found: Iterable[CampaignRequest], ladder: Ladder) -> Iterator[tuple[Correspondent, CampaignRequest]]:
    """Whoever keeps the listings and was written to about them neither by a campaign nor by the clock since it asked.

    Nobody above is asked: the coordinator sees who is silent, and whom no letter reaches.
    """
    found = list(found)
    told = _told_since(found)
    for request in found:
        answering, people = ladder.on_rung(Rung.OWNER, matter_of(request.state))
        for person in people if answering == Rung.OWNER else ():
            last = told.get((request.state.pk, person.pk))
            if last is None or last < request.asked.since:
                yield person, request


def preview_letters(scope: CampaignScope) -> LetterPreview:
    """Who would be written to if a campaign of this scope began now."""
    states = list(_states(scope.states().values_list("pk", flat=True)))
    organizations = {state.listing.service.organization for state in states}
    ladder, people, reached = load_ladder(organizations), {}, set()
    for state in states:
        answering, found = ladder.on_rung(Rung.OWNER, matter_of(state))
        if answering == Rung.OWNER:
            reached.add(state.listing.service.organization_id)
            people |= {person.pk: person for person in found}
    pace, now = load_pace(people.values(), clock.now()), 0
    for person in people.values():
        moment = quiet.next_moment(clock.now(), person.timezone, urgent=False)
        now += pace.allows(person, DUE, moment, urgent=False)
    silent = sorted(localised(texts(one, "name")) for one in organizations if one.pk not in reached)
    return LetterPreview(now, len(people) - now, tuple(silent))


def ended() -> Iterator[News]:
    """Whoever was asked and has not answered hears that a campaign was stopped."""
    stopped = Campaign.objects.filter(stopped_at__gt=clock.now() - NEWS)
    for campaign in stopped:
        silent = CampaignTask.objects.filter(campaign=campaign, outcome__in=OPEN)
        told = Reminder.objects.filter(
            listing__in=silent.values("listing"),
            step__startswith=CAMPAIGN,
            created_at__gte=campaign.created_at,
            message__isnull=False,
        )
        people = Correspondent.objects.awake().filter(pk__in=told.values("correspondent"))
        for person in people.order_by("pk"):
            yield News(CAMPAIGN_OVER, campaign.public_id, person)


def campaign_over(message: Message) -> Letter | None:
    """That nobody waits for an answer any more."""
    count = Campaign.objects.filter(public_id__in=message.payload["about"], stopped_at__isnull=False).count()
    return letter(message, "verification/letters/campaign_over", {"count": count}) if count else None


def _states(listings: Iterable[int]) -> QuerySet[ListingState]:
    return with_their_parts(ListingState.objects.filter(pk__in=list(listings))).order_by("pk")


def _told_since(found: list[CampaignRequest]) -> dict[tuple[int, int], dt.datetime]:
    """When each person was last written to about each of these listings: (listing, correspondent) → instant."""
    told: dict[tuple[int, int], dt.datetime] = defaultdict(lambda: dt.datetime.min.replace(tzinfo=dt.UTC))
    if found:
        earliest = min(request.asked.since for request in found)
        listings = {request.state.pk for request in found}
        rows = Reminder.objects.filter(listing__in=listings, created_at__gte=earliest).exclude(step=CAPACITY)
        for listing, person, at in rows.order_by().values_list("listing", "correspondent", "created_at"):
            told[listing, person] = max(told[listing, person], at)
    return dict(told)
