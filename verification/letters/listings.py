"""The letters about listings. They name no service (`whereabouts`): counts, cities and dates."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from django.db.models import F, QuerySet

from core import clock
from core.addresses import Page, path_to
from core.countries import country_name
from messaging.letters import Letter, address_of, letter
from messaging.models import Message
from verification.letters.links import issue_link
from verification.letters.profiles import waiting_profile
from verification.letters.steps import CAPACITY
from verification.letters.subjects import Lapsing, in_round, lapsing
from verification.letters.whereabouts import by_city
from verification.models import ListingState, Reminder, Rung


def due(message: Message) -> Letter | None:
    """To an organisation's own people: all that is due, with the link that answers. Over when all was answered.

    When nothing is to be checked it asks about places alone.
    """
    organization = message.correspondent.organization
    words = lapsing(organization)
    if not _open_reminders(message).exists() and not _is_told_of(message, words):
        return None
    states = list(in_round(organization).select_related("published"))
    template = "verification/letters/due" if states else "verification/letters/capacity"
    return _with_link(message, template, states, words)


def new_link(message: Message) -> Letter | None:
    """The same letter, because somebody asked for a new link."""
    organization = message.correspondent.organization
    states = in_round(organization).select_related("published")
    return _with_link(message, "verification/letters/new_link", list(states), lapsing(organization))


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


def _is_told_of(message: Message, words: Sequence[Lapsing]) -> bool:
    """Whether one of these words is what the letter was written for: it still counts, and nobody said a newer one."""
    still = {(word.state.pk, word.expires_on) for word in words}
    told = Reminder.objects.filter(message=message, step=CAPACITY) if still else Reminder.objects.none()
    return any(one in still for one in told.values_list("listing", "due_on"))


def _with_link(
    message: Message, template: str, states: Sequence[ListingState], words: Sequence[Lapsing]
) -> Letter | None:
    person = message.correspondent
    token = ""
    if states or words:
        due_too = {state.pk for state in states}
        only = [word.state for word in words if word.state.pk not in due_too]
        _link, token = issue_link(to=person, states=states, only_capacity=only, message=message)
    places, others = by_city((state, state.due_on) for state in states)
    words_at, other_words = by_city((word.state, word.expires_on - dt.timedelta(days=1)) for word in words)
    context = {
        "count": len(states),
        "places": places,
        "others": others,
        "overdue": sum(1 for state in states if _is_overdue(state)),
        "word_count": len(words),
        "words": words_at,
        "other_words": other_words,
        "profile_waits": waiting_profile(person.organization) is not None,
        "link": address_of(path_to(Page.LETTER, token)) if token else "",
    }
    return letter(message, template, context)


def _is_overdue(state: ListingState) -> bool:
    today: dt.date = clock.today(state.listing.timezone)
    return state.due_on is not None and today >= state.due_on
