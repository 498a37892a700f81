"""Writing down who is away and who stands in.

People write down their own absences; managers those of people who edit beside them, for somebody who fell ill;
administrators everybody's. `actor=None` is for commands run by the operator. Errors: NotAllowed, WrongState,
StaleWrite, and ValidationError with each fault beside its field.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.constraints import save_version
from core.errors import NotAllowed, WrongState
from core.phrasing.dates import days_in_words
from core.spelling.collation import reading_key
from core.writing import insert, one_write
from messaging.models import Absence, Correspondent
from messaging.models.absence import answered_for_by
from messaging.people import posts_of
from messaging.stand_ins import StandIns, works_beside
from organizations.models import Organization

#: A slip of the finger must not send somebody's letters away for ever. What lasts longer is made longer later.
LONGEST = dt.timedelta(days=366)
_FAULTS = {"absence_ends_after_it_starts": "ends_on", "absence_by_somebody_else": "delegate"}


@dataclass
class Colleague:
    """Somebody who may stand in. `here` are the person's rows beside whom they work, of the `posts` asked about."""

    user: User
    here: list[Correspondent] = field(default_factory=list)


def zone_of(posts: Iterable[Correspondent]) -> str:
    """The zone in which a person's days of absence begin and end: of their first organisation, else of the network."""
    return next((post.timezone for post in posts), "UTC")


def today_of(user: User) -> dt.date:
    return clock.today(zone_of(posts_of(user)))


def known_to(actor: User | None, user: User, posts: Iterable[Correspondent]) -> list[Correspondent]:
    """Of the user's posts those that the actor may know of: a manager knows of their own organisations only."""
    posts = list(posts)
    if actor is None or actor.pk == user.pk or actor.is_administrator:
        return posts
    managed = set(Organization.objects.managed_by(actor).values_list("pk", flat=True))
    return [post for post in posts if post.organization_id in managed]


def colleagues_for(posts: Iterable[Correspondent], stand_ins: StandIns) -> list[Colleague]:
    """Who may be asked to stand in for at least one of these posts, by name."""
    found: dict[int, Colleague] = {}
    for post in posts:
        for person in stand_ins.beside(post):
            assert person.user is not None  # noqa: S101  (only people with a login work beside somebody)
            found.setdefault(person.user.pk, Colleague(person.user)).here.append(post)
    return sorted(found.values(), key=lambda colleague: (reading_key(str(colleague.user)), colleague.user.pk))


@one_write
def declare_absence(*, actor: User | None, user: User, starts_on: dt.date, ends_on: dt.date, delegate: User) -> Absence:
    """From the first to the last day the delegate gets the letters."""
    _require_right(actor, user)
    posts = _lock(user)
    today = clock.today(zone_of(posts))
    absence = Absence(user=user, starts_on=starts_on, ends_on=ends_on, delegate=delegate)
    if starts_on < today:
        raise ValidationError({"starts_on": _("Begin today or later: the letters of the days before have left.")})
    _check(absence, actor, posts, today)
    return insert(absence, fields_of=_FAULTS)


@one_write
def change_absence(
    *,
    actor: User | None,
    absence: Absence,
    expected_version: int,
    starts_on: dt.date,
    ends_on: dt.date,
    delegate: User,
) -> Absence:
    """Other days or somebody else to stand in. An absence that has begun keeps its first day."""
    _require_right(actor, absence.user)
    posts = _lock(absence.user)
    absence = _fresh(absence)
    today = clock.today(zone_of(posts))
    _require_open(absence, today)
    if starts_on != absence.starts_on and min(starts_on, absence.starts_on) < today:
        has_begun = absence.starts_on < today
        raise ValidationError(
            {
                "starts_on": _("The absence has begun: its first day stays.")
                if has_begun
                else _("Begin today or later: the letters of the days before have left.")
            }
        )
    absence.starts_on, absence.ends_on, absence.delegate = starts_on, ends_on, delegate
    _check(absence, actor, posts, today)
    return save_version(absence, expected=expected_version, fields=["starts_on", "ends_on", "delegate"])


@one_write
def end_absence(*, actor: User | None, absence: Absence) -> Absence:
    """From today on the person gets their letters again. One that has not begun before today is taken away.

    The audit keeps it as it was, so that `put_back_absence` can undo this.
    """
    _require_right(actor, absence.user)
    posts = _lock(absence.user)
    absence = _fresh(absence)
    today = clock.today(zone_of(posts))
    _require_open(absence, today)
    if absence.starts_on < today:
        absence.ends_on = today - dt.timedelta(days=1)
        return save_version(absence, expected=absence.version, fields=["ends_on"])
    Absence.objects.filter(pk=absence.pk).delete()
    return absence


@one_write
def put_back_absence(*, actor: User | None, public_id: str) -> Absence:
    """Undo `end_absence`: the absence is again as it was, unless its days are over or taken meanwhile."""
    before = ended_absence(public_id)
    if before is None:
        raise NotAllowed(_("This absence is not known here."))
    _require_right(actor, before.user)
    posts = _lock(before.user)
    today = clock.today(zone_of(posts))
    _require_open(before, today)
    _check(before, None, posts, today)  # who stands in was chosen by somebody who might
    if before.pk:
        return save_version(before, expected=before.version, fields=["ends_on"])
    return insert(before, fields_of=_FAULTS)


def ended_absence(public_id: str) -> Absence | None:
    """An absence that was ended or taken away, as it was before; None when its last change was another one.

    With a key when its row is still there, without one when a new row has to be made.
    """
    events = _last_two(public_id)
    absence = Absence.objects.select_related("user", "delegate").filter(public_id=public_id).first()
    if absence is None:
        return _again(events[0]) if events else None
    if len(events) < 2 or events[1].ends_on <= absence.ends_on:
        return None
    absence.ends_on = events[1].ends_on
    return absence


def _again(event: Absence) -> Absence | None:
    people = User.objects.in_bulk([event.user_id, event.delegate_id])
    if len(people) < 2:  # an account that is gone
        return None
    return Absence(
        public_id=event.public_id,
        version=event.version + 1,
        user=people[event.user_id],
        delegate=people[event.delegate_id],
        starts_on=event.starts_on,
        ends_on=event.ends_on,
        created_at=event.created_at,
    )


def _last_two(public_id: str) -> list[Absence]:
    """Rows of the audit, the latest first: they have the columns of the absence."""
    events = Absence.pgh_event_model.objects  # type: ignore[attr-defined]  # added by pghistory
    return list(events.filter(public_id=public_id).order_by("-pgh_id")[:2])


def _require_right(actor: User | None, user: User) -> None:
    if actor is not None and not answered_for_by(actor).filter(pk=user.pk).exists():
        raise NotAllowed(_("Only the person, their manager or an administrator may do this."))


def _lock(user: User) -> list[Correspondent]:
    """One change of a person's absences at a time. Returns for what they get letters."""
    User.objects.select_for_update().get(pk=user.pk)
    posts = posts_of(user)
    if not posts:
        raise WrongState(_("This person gets no letters, so nobody has to stand in."))
    return posts


def _fresh(absence: Absence) -> Absence:
    """The row as it is now. Somebody may have taken it away a moment ago."""
    found = Absence.objects.select_related("user", "delegate").filter(pk=absence.pk).first()
    if found is None:
        raise WrongState(_("This absence was taken away already."))
    return found


def _require_open(absence: Absence, today: dt.date) -> None:
    if absence.ends_on < today:
        raise WrongState(_("This absence is over already."))


def _check(absence: Absence, actor: User | None, posts: list[Correspondent], today: dt.date) -> None:
    """Days, other absences of the person, and whether the delegate may do the work."""
    faults: dict[str, str] = {}
    if absence.ends_on < absence.starts_on:
        faults["ends_on"] = _("The last day is before the first.")
    elif absence.ends_on < today:
        faults["ends_on"] = _("This day is over. Choose today or a later one.")
    elif absence.ends_on - absence.starts_on >= LONGEST:
        faults["ends_on"] = _("At most a year at once. You can make it longer later.")
    elif other := _overlapping(absence):
        days = days_in_words(other.starts_on, other.ends_on)
        faults["starts_on"] = _("There is an absence already: %(days)s. Change that one.") % {"days": days}
    if absence.starts_on > today + LONGEST:
        faults["starts_on"] = _("This is more than a year ahead.")
    if fault := _fault_of_delegate(absence, actor, posts):
        faults["delegate"] = fault
    if faults:
        raise ValidationError(faults)


def _overlapping(absence: Absence) -> Absence | None:
    others = Absence.objects.filter(user=absence.user).exclude(pk=absence.pk)
    return others.touching(absence.starts_on, absence.ends_on).first()


def _fault_of_delegate(absence: Absence, actor: User | None, posts: list[Correspondent]) -> str:
    if absence.delegate == absence.user:
        return _("Choose somebody else to stand in.")
    known = known_to(actor, absence.user, posts)
    rows = Correspondent.objects.filter(user=absence.delegate, left_at__isnull=True).select_related("user")
    beside = [row for row in rows for post in known if works_beside(row, post)]
    if not beside:
        return _("Choose a colleague who may do the same work.")
    if not any(row.is_awake for row in beside):
        return _("%(name)s gets no letters now. Choose somebody else.") % {"name": absence.delegate}
    return ""
