"""The letters about listings. They name no service (`whereabouts`): counts, cities and dates."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence

from django.db.models import F, QuerySet

from core import clock
from core.geo.countries import country_name
from core.pages.addresses import Page, path_to
from messaging.letters import Letter, address_of, letter
from messaging.models import Message
from organizations.models import Organization
from verification.campaigns.tasks import AskedListing, asked_listings
from verification.letters.links import issue_link
from verification.letters.occasions.profiles import waiting_profile
from verification.letters.subjects import Lapsing, in_round, lapsing, with_their_parts
from verification.letters.whereabouts import by_city
from verification.models import ListingState, Reminder, Rung
from verification.models.reminder import CAMPAIGN, CAPACITY


def due(message: Message) -> Letter | None:
    """To an organisation's own people: all that is due, with the link that answers. Over when all was answered.

    When nothing is to be checked it asks about places alone.
    """
    organization = message.correspondent.organization
    words, asked = lapsing(organization), asked_listings(organization)
    if not is_due(message):
        return None
    states = _waiting(organization, asked)
    template = "verification/letters/due" if states else "verification/letters/capacity"
    return _with_link(message, template, states, words, asked)


def is_due(message: Message) -> bool:
    """Whether anything of what this letter was written for still waits, by whatever channel it leaves."""
    if _open_reminders(message).exists():
        return True
    organization = message.correspondent.organization
    return _is_told_of(message, lapsing(organization), asked_listings(organization))


def waiting(organization: Organization) -> list[ListingState]:
    """What a letter to this organisation would ask about now, the earliest first."""
    states = _waiting(organization, asked_listings(organization))
    return sorted(states, key=lambda state: (state.due_on or dt.date.max, state.pk))


def new_link(message: Message) -> Letter | None:
    """The same letter, because somebody asked for a new link."""
    organization = message.correspondent.organization
    asked = asked_listings(organization)
    states = _waiting(organization, asked)
    return _with_link(message, "verification/letters/new_link", states, lapsing(organization), asked)


def _waiting(organization: Organization | None, asked: Mapping[int, AskedListing]) -> list[ListingState]:
    """What is to be checked by the clock, and what campaigns ask about besides."""
    due = list(in_round(organization).select_related("published"))
    others = set(asked) - {state.pk for state in due}
    found = with_their_parts(ListingState.objects.filter(pk__in=others)).select_related("published")
    return [*due, *found.order_by("pk")]


def escalation(message: Message) -> Letter | None:
    """To coordinators and administrators: how much waits, in which countries. Names are in the workspace."""
    rows = list(
        _open_reminders(message)
        .select_related("listing__location", "listing__service__organization")
        .order_by("listing", "pk")
    )
    if not rows:
        return None
    kinds = {row.listing_id: _kind(row) for row in rows}
    countries = Counter(country_name(row.listing.country) for row in {r.listing_id: r for r in rows}.values())
    context = {
        "count": len(kinds),
        "kinds": Counter(kinds.values()),
        "organizations": len({row.listing.service.organization_id for row in rows}),
        "countries": sorted((name or "—", number) for name, number in countries.items()),
        "link": address_of(path_to(Page.DESK)),
    }
    return letter(message, "verification/letters/escalation", context)


def _kind(row: Reminder) -> str:
    """Why this reached the network: nobody can be reached, not confirmed in time, or off the public map."""
    if row.step == "hidden":
        return "hidden"
    return "overdue" if row.step == "escalate" and row.rung == Rung.COORDINATOR else "unreachable"


def _open_reminders(message: Message) -> QuerySet[Reminder]:
    """What the letter was written for and nobody has answered since: a check begins a new round."""
    reminders = Reminder.objects.filter(
        message=message,
        due_on=F("listing__state__due_on"),
        listing__state__in=in_round().select_related(None).defer(None).order_by().values("pk"),
    )
    return reminders.exclude(step=CAPACITY)


def _is_told_of(message: Message, words: Sequence[Lapsing], asked: Mapping[int, AskedListing]) -> bool:
    """Whether one of these words, or a campaign, is what the letter was written for: the word still counts and nobody
    said a newer one; the campaign still waits.
    """
    still = {(word.state.pk, word.expires_on) for word in words}
    told = Reminder.objects.filter(message=message).values_list("listing", "due_on", "step") if still or asked else ()
    return any(
        (listing, due_on) in still if step == CAPACITY else step.startswith(CAMPAIGN) and listing in asked
        for listing, due_on, step in told
    )


def _with_link(
    message: Message,
    template: str,
    states: Sequence[ListingState],
    words: Sequence[Lapsing],
    asked: Mapping[int, AskedListing],
) -> Letter | None:
    person = message.correspondent
    token = ""
    if states or words:
        due_too = {state.pk for state in states}
        only = [word.state for word in words if word.state.pk not in due_too]
        _link, token = issue_link(to=person, states=states, only_capacity=only, message=message)
    places, others = by_city((state, _first_day(state, asked.get(state.pk))) for state in states)
    words_at, other_words = by_city((word.state, word.expires_on - dt.timedelta(days=1)) for word in words)
    context = {
        "count": len(states),
        "places": places,
        "others": others,
        "overdue": sum(1 for state in states if _is_overdue(state)),
        "asked": len(asked),
        "asked_by": min((one.campaign.ends_on for one in asked.values()), default=None),
        "word_count": len(words),
        "words": words_at,
        "other_words": other_words,
        "profile_waits": waiting_profile(person.organization) is not None,
        "link": address_of(path_to(Page.LETTER, token)) if token else "",
    }
    return letter(message, template, context)


def _first_day(state: ListingState, asked: AskedListing | None) -> dt.date | None:
    """By when the listing is to be looked at: by its own date, or by the last day of the campaign that asks."""
    return min((day for day in (state.due_on, asked.campaign.ends_on if asked else None) if day), default=None)


def _is_overdue(state: ListingState) -> bool:
    today: dt.date = clock.today(state.listing.timezone)
    return state.due_on is not None and today >= state.due_on
