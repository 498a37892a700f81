"""The letters about listings. Nothing in them that the public does not know: a letter is read on lock screens."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from django.db.models import F, QuerySet

from core import clock
from core.addresses import Page, path_to
from core.countries import country_name
from directory import labels
from directory.supplies import capacity_words
from directory.vocabulary import localised
from messaging.letters import Letter, address_of, letter
from messaging.models import Message
from organizations.models import Visibility
from verification.letters.links import issue_link
from verification.letters.profiles import waiting_profile
from verification.letters.steps import CAPACITY
from verification.letters.subjects import Lapsing, in_round, lapsing
from verification.models import ListingState, Reminder, Rung

#: A letter lists so many titles; the page behind the link has all.
TITLES = 25


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
    known = [state for state in states if _is_public(state)]
    context = {
        "organization": person.organization,
        "count": len(states),
        "lines": [_line(state) for state in known[:TITLES]],
        "others": len(states) - min(len(known), TITLES),
        "overdue": sum(1 for state in states if _is_overdue(state)),
        "word_count": len(words),
        "profile_waits": waiting_profile(person.organization) is not None,
        **_word_lines(words),
        "link": address_of(path_to(Page.LETTER, token)) if token else "",
    }
    return letter(message, template, context)


def _line(state: ListingState) -> dict[str, object]:
    content = state.published.content if state.published else {}
    return {
        "title": localised(content["service"]["title"]),
        "place": localised(content["location"]["city"]) if content["location"] else "",
        "due_on": state.due_on,
        "is_overdue": _is_overdue(state),
    }


def _word_lines(words: Sequence[Lapsing]) -> dict[str, object]:
    """Words about places of what everybody may read anyway, and how many more there are."""
    known = [word for word in words if _is_public(word.state)][:TITLES]
    lines = [
        _line(word.state)
        | {
            "says": labels.label(capacity_words(_types(word.state)), word.report.level),
            "last_on": word.expires_on - dt.timedelta(days=1),
        }
        for word in known
    ]
    return {"words": lines, "other_words": len(words) - len(known)}


def _types(state: ListingState) -> list[str]:
    return list(state.published.content["service"]["types"]) if state.published else []


def _is_public(state: ListingState) -> bool:
    """Whether everybody may read this title on the map anyway."""
    if state.published is None:
        return False
    content = state.published.content
    place = content["location"]
    return content["service"]["visibility"] == Visibility.PUBLIC and (
        place is None or place["visibility"] == Visibility.PUBLIC
    )


def _is_overdue(state: ListingState) -> bool:
    today: dt.date = clock.today(state.listing.timezone)
    return state.due_on is not None and today >= state.due_on
