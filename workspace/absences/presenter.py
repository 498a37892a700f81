"""What the pages say about absences: the days, who stands in, and where or when nobody does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.phrasing.dates import days_in_words
from core.spelling.collation import in_reading_order
from messaging.absences import Colleague, colleagues_for, known_to, zone_of
from messaging.models import Absence, Correspondent
from messaging.models.absence import answered_for_by
from messaging.people import correspondents_for, network_correspondents, posts_of
from messaging.stand_ins import StandInGap, StandIns, Stretch, load_stand_ins, may_stand_in, stretches
from organizations.models import Organization
from workspace.shared.texts import worded

PAST_AT_MOST = 5


@dataclass(frozen=True)
class AbsenceLine:
    """Who stands in at one place on the first day that is still to come, None when nobody does; what else to know.

    `where` is empty for a person with one place only.
    """

    where: str
    reader: User | None
    notes: list[str]


@dataclass(frozen=True)
class Shown:
    """One absence. `reader` stands in for somebody with one place, or at the first place where anybody does."""

    absence: Absence
    days: str
    is_now: bool
    lines: list[AbsenceLine]

    @property
    def reader(self) -> User | None:
        return next((line.reader for line in self.lines if line.reader), None)


@dataclass(frozen=True)
class AbsenceStanding:
    """Somebody for whom the person of the page stands in."""

    name: str
    days: str
    is_now: bool
    where: str
    notes: list[str]


@dataclass
class Picture:
    """One person's absences, as far as whoever looks may know."""

    user: User
    posts: list[Correspondent]
    today: dt.date
    stand_ins: StandIns
    absences: list[Shown] = field(default_factory=list)
    colleagues: list[Colleague] = field(default_factory=list)

    @property
    def has_several_posts(self) -> bool:
        return len(self.posts) > 1


def picture_of(user: User, *, actor: User) -> Picture:
    everything = posts_of(user)
    today = clock.today(zone_of(everything))
    posts = known_to(actor, user, everything)
    stand_ins = load_stand_ins(posts, since=today)
    picture = Picture(user, posts, today, stand_ins)
    picture.absences = [_shown(row, posts, stand_ins, today) for row in stand_ins.absences_of(user.pk)]
    picture.colleagues = colleagues_for(posts, stand_ins)
    return picture


def past_of(picture: Picture) -> list[Shown]:
    rows = Absence.objects.filter(user=picture.user, ends_on__lt=picture.today).select_related("delegate")
    return [
        Shown(row, days_in_words(row.starts_on, row.ends_on), False, [AbsenceLine("", row.delegate, [])])
        for row in rows.order_by("-starts_on", "-pk")[:PAST_AT_MOST]
    ]


def stands_in_for(picture: Picture) -> list[AbsenceStanding]:
    """Whom the person of the page stands in for, now and soon; not where they may not any more."""
    rows = Absence.objects.filter(delegate=picture.user, ends_on__gte=picture.today).select_related("user")
    found = []
    for absence in rows.order_by("starts_on", "pk"):
        where, notes = [], []
        for post in picture.posts:
            person = picture.stand_ins.person_at(post.organization_id, absence.user_id)
            if person is not None and may_stand_in(post, person):
                where.append(place_of(post))
                notes += [
                    _own_gap(piece)
                    for piece in stretches(absence, person, picture.stand_ins, picture.today)
                    if piece.gap == StandInGap.AWAY
                ]
        if where:
            is_now = absence.starts_on <= picture.today
            days = days_in_words(absence.starts_on, absence.ends_on)
            found.append(AbsenceStanding(str(absence.user), days, is_now, ", ".join(where), list(dict.fromkeys(notes))))
    return found


def now_of(user: User) -> dict[str, object]:
    """For the desk: the absence that runs now, and for whom the person stands in. Mostly there is nothing."""
    near = Absence.objects.filter(Q(user=user) | Q(delegate=user))
    if not near.touching(clock.today() - dt.timedelta(days=1), clock.today() + dt.timedelta(days=1)).exists():
        return {"away": None, "standing_in": []}
    picture = picture_of(user, actor=user)
    return {
        "away": next((shown for shown in picture.absences if shown.is_now), None),
        "standing_in": [other for other in stands_in_for(picture) if other.is_now],
    }


def people_of_network(actor: User) -> list[Picture]:
    """Coordinators and administrators with their absences, for an administrator."""
    rows = list(network_correspondents().order_by(in_reading_order("name"), "email", "pk"))
    stand_ins = load_stand_ins(rows, since=clock.today())
    found = []
    for row in rows:
        if row.user is not None and row.user != actor:
            today = clock.today(row.timezone)
            absences = [_shown(a, [row], stand_ins, today) for a in stand_ins.absences_of(row.user.pk)]
            found.append(Picture(row.user, [row], today, stand_ins, absences))
    return found


@dataclass(frozen=True)
class TeamLine:
    """What the team page says of one person; `url` leads to the form, "" when the reader may not use it."""

    shown: Shown | None
    url: str


def team_lines(organization: Organization, actor: User) -> dict[int, TeamLine]:
    """By user: who is away now or next, for everybody who gets letters for the organisation."""
    people = [row for row in correspondents_for(organization).select_related("user") if row.user is not None]
    stand_ins = load_stand_ins(people, since=clock.today() - dt.timedelta(days=1))
    mine = set(answered_for_by(actor).filter(pk__in=[row.user_id for row in people]).values_list("pk", flat=True))
    found = {}
    for row in people:
        assert row.user_id is not None  # noqa: S101  (only people with a login)
        today = clock.today(row.timezone)
        absences = [absence for absence in stand_ins.absences_of(row.user_id) if absence.ends_on >= today]
        shown = _shown(absences[0], [row], stand_ins, today) if absences else None
        url = reverse("workspace:absence-for", args=[row.public_id]) if row.user_id in mine else ""
        found[row.user_id] = TeamLine(shown, url)
    return found


def place_of(post: Correspondent) -> str:
    return worded(post.organization, "name") if post.organization else _("the network")


def _shown(absence: Absence, posts: Iterable[Correspondent], stand_ins: StandIns, today: dt.date) -> Shown:
    posts = list(posts)
    lines = []
    for post in posts:
        pieces = list(stretches(absence, post, stand_ins, today))
        where = place_of(post) if len(posts) > 1 else ""
        reader = pieces[0].reader.user if pieces and pieces[0].reader else None
        lines.append(AbsenceLine(where, reader, _notes(absence, post, pieces)))
    return Shown(absence, days_in_words(absence.starts_on, absence.ends_on), absence.starts_on <= today, lines)


def _notes(absence: Absence, post: Correspondent, pieces: list[Stretch]) -> list[str]:
    """When somebody else than the delegate gets the letters, and who does when nobody stands in."""
    found = [_gap(piece, absence) for piece in pieces if piece.gap is not None]
    return [*found, _then(post)] if any(piece.reader is None for piece in pieces) else found


def _gap(piece: Stretch, absence: Absence) -> str:
    values: dict[str, Any] = {"name": absence.delegate, "days": days_in_words(piece.first, piece.last)}
    if piece.reader is not None and piece.reader.user is not None:
        values["reader"] = piece.reader.user
        return _("%(days)s: the letters go to %(reader)s, because %(name)s is away too.") % values
    if piece.gap == StandInGap.AWAY:
        return _("%(days)s: nobody stands in, because %(name)s is away too.") % values
    if piece.gap == StandInGap.NO_LETTERS:
        return _("%(name)s gets no letters now.") % values
    if piece.person.organization is None:
        return _("%(name)s does not coordinate all of these countries.") % values
    return _("%(name)s does not edit the services there.") % values


def _own_gap(piece: Stretch) -> str:
    """The same, said to the delegate."""
    values: dict[str, Any] = {"days": days_in_words(piece.first, piece.last)}
    if piece.reader is not None and piece.reader.user is not None:
        values["reader"] = piece.reader.user
        return _("%(days)s: the letters go to %(reader)s, because you are away too.") % values
    return _("%(days)s: nobody stands in, because you are away too.") % values


def _then(person: Correspondent) -> str:
    """The ladder in one sentence: who gets the letters of somebody for whom nobody stands in."""
    if person.organization is not None:
        return _("Then the letters go to colleagues who are there, and without them to the country's coordinator.")
    if person.user is not None and person.user.is_administrator:
        return _("Then the letters go to the other administrators.")
    return _("Then the letters go to other coordinators of the country, and without them to the administrators.")
