"""Who gets whose letters while people are away. One rule for the form, the pages and the ladder.

Somebody stands in only where they may do the same work: in the same organisation, or for the network in all of the
countries. Whoever is away and has nobody to stand in counts as unreachable until they are back.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from core import clock
from messaging import quiet
from messaging.models import Absence, Correspondent

if TYPE_CHECKING:
    from accounts.models import User

#: The day that counts for a person: a date, or the one on which a letter would reach them.
Day = Callable[[Correspondent], dt.date]


class StandInGap(enum.StrEnum):
    """Why the delegate does not get the letters: no work there, no letters arrive or are wanted, away as well."""

    NOT_HERE = "not_here"
    NO_LETTERS = "no_letters"
    AWAY = "away"


def covers(colleague: User, user: User) -> bool:
    """Whether the colleague coordinates every country that the user does."""
    if not colleague.is_coordinator:
        return False
    if colleague.is_administrator or not colleague.countries:
        return True
    return not user.is_administrator and bool(user.countries) and set(user.countries) <= set(colleague.countries)


def works_beside(colleague: Correspondent, person: Correspondent) -> bool:
    """Whether the colleague may do there what the person does."""
    if colleague.user is None or person.user is None or colleague.user_id == person.user_id:
        return False
    if colleague.left_at is not None or colleague.organization_id != person.organization_id:
        return False
    return person.organization_id is not None or covers(colleague.user, person.user)


def may_stand_in(colleague: Correspondent, person: Correspondent) -> bool:
    """Whether letters to the person may go to the colleague instead."""
    return colleague.is_awake and works_beside(colleague, person)


def day_of_arrival(person: Correspondent, *, urgent: bool = False) -> dt.date:
    """The day on which a letter that is written now reaches the person, in their zone."""
    moment = quiet.next_moment(clock.now(), person.timezone, urgent=urgent)
    return moment.astimezone(clock.zone(person.timezone)).date()


def _always(day: dt.date) -> Day:
    return lambda _person: day


class StandIns:
    """Absences and the people who may stand in, loaded once."""

    def __init__(self, people: Iterable[Correspondent], absences: Iterable[Absence]) -> None:
        self._people = {(person.organization_id, person.user_id): person for person in people if person.user_id}
        self._absences: dict[int, list[Absence]] = defaultdict(list)
        for absence in absences:
            self._absences[absence.user_id].append(absence)

    @property
    def anybody_away(self) -> bool:
        return bool(self._absences)

    def absence_of(self, person: Correspondent, day: Day) -> Absence | None:
        rows = self.absences_of(person.user_id or 0)
        if not rows:
            return None
        on = day(person)
        return next((row for row in rows if row.starts_on <= on <= row.ends_on), None)

    def reader_of(self, person: Correspondent, day: Day) -> Correspondent | None:
        """Who gets the person's letters on that day: they themselves when they are there; None when nobody does."""
        seen = set()
        while absence := self.absence_of(person, day):
            seen.add(person.pk)
            delegate = self.delegate_of(absence, person)
            if delegate is None or delegate.pk in seen or not may_stand_in(delegate, person):
                return None
            person = delegate
        return person

    def present(self, people: Iterable[Correspondent], *, urgent: bool = False) -> list[Correspondent]:
        """Who gets a letter to these people that is written now, each once."""

        def arrival(person: Correspondent) -> dt.date:
            return day_of_arrival(person, urgent=urgent)

        readers = [self.reader_of(person, arrival) for person in people]
        return list({reader.pk: reader for reader in readers if reader is not None}.values())

    def person_at(self, organization_id: int | None, user_id: int) -> Correspondent | None:
        return self._people.get((organization_id, user_id))

    def absences_of(self, user_id: int) -> list[Absence]:
        return self._absences.get(user_id, [])

    def beside(self, person: Correspondent) -> list[Correspondent]:
        """Everybody who may stand in for the person."""
        return [other for other in self._people.values() if may_stand_in(other, person)]

    def delegate_of(self, absence: Absence, person: Correspondent) -> Correspondent | None:
        """The row of the delegate beside the person's, when there is one."""
        return self.person_at(person.organization_id, absence.delegate_id)

    def gap_on(self, absence: Absence, person: Correspondent, day: dt.date) -> StandInGap | None:
        """Why the delegate does not get the person's letters on that day of the absence; None when they do."""
        delegate = self.delegate_of(absence, person)
        if delegate is None or not works_beside(delegate, person):
            return StandInGap.NOT_HERE
        if not delegate.is_awake:
            return StandInGap.NO_LETTERS
        return StandInGap.AWAY if self.absence_of(delegate, _always(day)) else None


@dataclass(frozen=True)
class Stretch:
    """Days of an absence on which one person (`reader`) gets the letters to `person`, and why not the delegate."""

    person: Correspondent
    first: dt.date
    last: dt.date
    reader: Correspondent | None
    gap: StandInGap | None


def stretches(absence: Absence, person: Correspondent, stand_ins: StandIns, since: dt.date) -> Iterator[Stretch]:
    """The days of the absence from `since` on, in as few pieces as there are different readers."""
    first = day = max(absence.starts_on, since)
    found = None
    while day <= absence.ends_on:
        now = stand_ins.reader_of(person, _always(day)), stand_ins.gap_on(absence, person, day)
        if found is not None and now != found:
            yield Stretch(person, first, day - dt.timedelta(days=1), *found)
            first = day
        found, day = now, day + dt.timedelta(days=1)
    if found is not None:
        yield Stretch(person, first, absence.ends_on, *found)


def absences_near(today: dt.date) -> QuerySet[Absence]:
    """Those that may hold the day on which a letter of today arrives: after a weekend, in whatever zone."""
    return Absence.objects.touching(today - dt.timedelta(days=1), today + dt.timedelta(days=4)).order_by("pk")


def load_stand_ins(people: Iterable[Correspondent], *, since: dt.date) -> StandIns:
    """Everybody beside these people, whether or not letters reach them, and who is away on that day or later."""
    organizations = {person.organization_id for person in people}
    here = Q(organization__in=organizations - {None})
    if None in organizations:
        here |= Q(organization=None)
    rows = Correspondent.objects.filter(here, left_at__isnull=True, user__isnull=False)
    beside = list(rows.select_related("user", "organization").order_by("pk"))
    away = Absence.objects.filter(ends_on__gte=since, user__in={person.user_id for person in beside})
    return StandIns(beside, away.select_related("user", "delegate").order_by("starts_on", "pk"))
