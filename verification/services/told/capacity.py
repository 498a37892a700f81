"""Whether there are places or medicine: said by the owner, on the map at once.

It is not a check: it moves no date of one, needs no review, and nobody is told when it lapses but the owner. The
letter about it is written by `verification.letters.reminders`.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import WrongState
from core.languages import codes, column_names
from messaging.models import Correspondent
from organizations.models import Organization
from services.models import Operation, ServiceAtLocation
from verification.access import require_coordinator, require_owner
from verification.clocks import capacity_dates
from verification.models import CapacityClock, CapacityLevel, CapacityReport, Check, CheckMethod, ListingState
from verification.models.capacity import NOTE_LENGTH
from verification.publication import Batch, touch_capacity
from verification.services.changing import audit, load_plain, lock_state
from verification.services.held import ask_about_texts
from verification.services.told.away import SaidSince
from verification.snapshots import texts

if TYPE_CHECKING:
    from accounts.models import User

#: With these nobody is taken in, whatever places there are.
_TAKES_NOBODY = (Operation.PAUSED, Operation.CLOSED)
#: A second press of one person within it is the same press.
BREATH = dt.timedelta(minutes=1)


@transaction.atomic
def report_capacity(
    *,
    listing: ServiceAtLocation,
    actor: User | None,
    level: str,
    method: str = CheckMethod.WORKSPACE,
    batch: Batch | None = None,
    said_at: dt.datetime | None = None,
    **note: str | None,
) -> CapacityReport:
    """Say whether there are places. `level` "unknown" takes the last word back.

    The owner's people say it in the workspace or to the bot; what they say on the phone is recorded by the
    coordinator of the country. `note` are its columns: a note that is left out (None) stays with its level and goes
    with another one. By a link in a letter only `verification.answering` can say it, during a check of another one
    only `record_check`. What was said earlier, without a connection (`said_at`), counts from then.
    """
    listing = load_plain(listing)
    if method in (CheckMethod.WORKSPACE, CheckMethod.TELEGRAM):
        require_owner(listing, actor)
    elif method == CheckMethod.COORDINATOR_PHONE:
        require_coordinator(listing, actor)
    else:
        raise ValueError(f"{method} is not a way in which a person who is logged in says this")
    state = lock_state(listing)
    said = [note.get(at) for at in column_names("note")]
    notes = None if said == [None] * len(said) else tuple(words or "" for words in said)
    with audit("capacity", actor):
        return write_capacity(state, actor, level, method, notes=notes, batch=batch, said_at=said_at)


# long: one column a line
def write_capacity(
    state: ListingState,
    actor: User | None,
    level: str,
    method: str,
    *,
    notes: tuple[str, ...] | None = None,
    organization: Organization | None = None,
    correspondent: Correspondent | None = None,
    during: Check | None = None,
    batch: Batch | None = None,
    said_at: dt.datetime | None = None,
) -> CapacityReport:
    """One more word in an open transaction, under the state's lock, after its rights were checked.

    A second press in one breath adds nothing: the row that says it is returned. Said again later it is a word of its
    own, though the map changes nothing: what a phone brings along from before that does not stand over it.
    """
    listing = state.listing
    level = str(CapacityLevel(level))
    if state.published is None or not state.is_shown:
        raise WrongState(_("Only of a listing that is on the map can it be said whether there are places."))
    if listing.service.operation in _TAKES_NOBODY:
        raise WrongState(_("It is paused or closed now. Say first that it works again."))
    newest = CapacityReport.objects.newest().filter(listing=listing).first()
    if said_at is not None and newest is not None and newest.reported_at > said_at:
        raise SaidSince(_("Somebody has said it since, and that stays on the map."))
    at = said_at or clock.now()
    words = _notes(level, notes, newest)
    report = CapacityReport(
        listing=listing,
        level=level,
        **dict(zip(column_names("note"), words, strict=True)),
        method=method,
        reported_by=actor,
        correspondent=correspondent,
        organization=organization or listing.service.organization,
        during=during,
        reported_on=at.astimezone(clock.zone(listing.timezone)).date(),
        reported_at=at,
    )
    if level != CapacityLevel.UNKNOWN:
        of_class = CapacityClock.objects.get(pk=state.verification_class)
        report.notice_on, report.expires_on = capacity_dates(of_class, report.reported_on)
    is_repeat = newest is not None and during is None and _says_the_same(newest, report)
    if newest is not None and is_repeat and _in_one_breath(newest, report):
        return newest
    report.save()
    if not is_repeat:
        touch_capacity(state, batch)
        ask_about_texts(state)
    return report


def _notes(level: str, notes: tuple[str, ...] | None, newest: CapacityReport | None) -> tuple[str, ...]:
    """The note in every language. Where nothing was written, that of the last word when it said the same level."""
    if level == CapacityLevel.UNKNOWN:
        return ("",) * len(codes())
    if notes is not None:
        return tuple(note.strip()[:NOTE_LENGTH] for note in notes)
    kept = texts(newest, "note") if newest is not None and newest.level == level else {}
    return tuple(kept.get(code, "") for code in codes())


def _in_one_breath(old: CapacityReport, new: CapacityReport) -> bool:
    names = ("reported_by_id", "correspondent_id")
    is_same_person = all(getattr(old, name) == getattr(new, name) for name in names)
    return is_same_person and new.reported_at - old.reported_at < BREATH


def _says_the_same(old: CapacityReport, new: CapacityReport) -> bool:
    names = ("level", *column_names("note"), "reported_on", "expires_on", "method")
    return all((getattr(old, name) or "") == (getattr(new, name) or "") for name in names)
