"""Answering by the link in a letter: everything is right, something changed, does not work any more.

Each answer is a deliberate press, is recorded once, and can be taken back for a short while. Whether there are places
is said beside the three answers and apart from them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from core import clock
from core.errors import WrongState
from core.languages import column_names, columns
from core.phrasing.dates import day_in_words
from services.models import Operation
from verification.answering.lines import can_undo, checked_since, line_of
from verification.answering.links import audit_link, find_link, mark_used
from verification.models import (
    Answer,
    CapacityReport,
    CheckMethod,
    ConfirmationLink,
    LinkItem,
    ListingState,
    Recheck,
    RecheckReason,
)
from verification.services.changing import load_plain, lock_state, lock_states
from verification.services.checks import write_confirmation
from verification.services.edits import set_operation
from verification.services.rechecks import open_recheck
from verification.services.standing import hide, restore
from verification.services.told.capacity import write_capacity
from verification.services.undoing import take_back

if TYPE_CHECKING:
    from accounts.models import User

#: Gives one answer about one listing of the link, under the lock of its state.
Respond = Callable[[LinkItem, ListingState, ConfirmationLink], None]


@transaction.atomic
def confirm(*, token: str, items: Collection[str], chat_of: User | None = None) -> list[LinkItem]:
    """Everything is right: one Check for each of these items (public ids). Those that are not open are skipped."""

    def answer(item: LinkItem, state: ListingState, link: ConfirmationLink) -> None:
        person = link.correspondent
        check = write_confirmation(state, person.user, link.method, correspondent=person)
        item.confirmation, item.answer, item.before = check, Answer.CORRECT, {"version": state.version}

    return _answer(token, items, answer, chat_of)


@transaction.atomic
def report_changed(*, token: str, item: str, note: str = "") -> list[LinkItem]:
    """Something has changed: the note waits for whoever edits, and a re-check stays open until they have."""

    def answer(found: LinkItem, state: ListingState, link: ConfirmationLink) -> None:
        words = note.strip()[:500]
        earlier = found.listing.rechecks.open().filter(reason=RecheckReason.CHANGED).first()
        recheck = open_recheck(listing=found.listing, reason=RecheckReason.CHANGED, note=words)
        found.answer, found.note, found.before = Answer.CHANGED, words, {"recheck": recheck.pk}
        if earlier is not None:  # another letter was answered so before: its words come back with an undo
            found.before["note"] = earlier.note

    return _answer(token, [item], answer)


@transaction.atomic
def report_closed(*, token: str, item: str, for_good: bool, since: dt.date | None = None) -> list[LinkItem]:
    """It does not work any more. Takes effect at once.

    A service with one place is marked closed or paused. With several places only this one is meant, so this listing
    leaves the map and the others stay.
    """

    def answer(found: LinkItem, state: ListingState, link: ConfirmationLink) -> None:
        operation = Operation.CLOSED if for_good else Operation.PAUSED
        service = found.listing.service
        if service.listings.count() > 1:
            hide(listing=found.listing, actor=link.correspondent.user, reason=_closed_words(operation, since))
            found.before = {"hidden": True, "version": ListingState.objects.get(pk=state.pk).version}
        else:
            before = {name: getattr(service, name) or "" for name in ("operation", "operation_note")}
            for at in column_names("operation_note")[1:]:
                before[at] = (service.i18n or {}).get(at) or ""
            changed = set_operation(listing=found.listing, actor=None, operation=operation, batch=None, **_since(since))
            found.before = {"operation": before, "service_version": changed.version}
        found.answer = Answer.CLOSED

    return _answer(token, [item], answer)


@transaction.atomic
def report_capacity(*, token: str, item: str, level: str) -> CapacityReport:
    """Whether there are places at one listing of the link. It answers nothing else, and is said anew at any time."""
    link = find_link(token, lock=True)
    found = link.items.filter(public_id=item).first()
    if found is None:
        raise WrongState(_("This link does not speak about that listing."))
    state = lock_state(load_plain(found.listing))
    person = link.correspondent
    with audit_link(link, "capacity"):
        report = write_capacity(state, person.user, level, CheckMethod.LINK, correspondent=person)
        mark_used(link)
    return report


@transaction.atomic
def undo(*, token: str, items: Collection[str], chat_of: User | None = None) -> list[LinkItem]:
    """Take answers back, within a quarter of an hour and before anybody else has moved the listings; all or none."""
    link = find_link(token, lock=True, chat_of=chat_of)
    found = link.items.select_related("listing__service").filter(public_id__in=set(items)).exclude(answer="")
    rows = list(found.order_by("listing_id"))
    if not rows:
        raise WrongState(_("There is no answer to take back."))
    with audit_link(link, "undo"):
        lock_states(item.listing_id for item in rows)
        for item in rows:
            state = lock_state(load_plain(item.listing))
            if not can_undo(item, state):
                raise WrongState(_("It is too late to take this back. Please correct the listing in the workspace."))
            _UNDO[Answer(item.answer)](item, state, link)
            item.answer, item.answered_at, item.note, item.before = Answer.NONE, None, "", {}
            item.confirmation = None
            item.save()
    return rows


# --- inside ------------------------------------------------------------------------------------------------------


def _answer(token: str, items: Collection[str], answer: Respond, chat_of: User | None = None) -> list[LinkItem]:
    """Give the same answer about every item that is still open, under lock, and write it down."""
    link = find_link(token, lock=True, chat_of=chat_of)
    wanted, answered = set(items), []
    found = link.items.filter(public_id__in=wanted, answer="").order_by("listing_id")
    with audit_link(link, "answer"):
        lock_states(item.listing_id for item in found)
        for item in found:
            item.listing = load_plain(item.listing)
            state = lock_state(item.listing)
            if line_of(item, state, checked_since(link, [item]), link).standing != "open":
                continue
            answer(item, state, link)
            item.answered_at = clock.now()
            item.save()
            answered.append(item)
        if answered:
            mark_used(link)
    return answered


def _undo_correct(item: LinkItem, state: ListingState, link: ConfirmationLink) -> None:
    if item.confirmation:
        made_by = {"step": "answer", "link": link.pk}
        take_back(item.confirmation, state, made_by=made_by, reopened_by=link.correspondent.user)


def _undo_changed(item: LinkItem, state: ListingState, link: ConfirmationLink) -> None:
    found = Recheck.objects.open().filter(pk=item.before["recheck"], note=item.note or item.before.get("note", ""))
    found.update(**({"note": item.before["note"]} if "note" in item.before else {"done_at": clock.now()}))


def _undo_closed(item: LinkItem, state: ListingState, link: ConfirmationLink) -> None:
    if item.before.get("hidden"):
        restore(listing=item.listing, actor=None)
    else:
        set_operation(listing=item.listing, actor=None, batch=None, **item.before["operation"])


_UNDO: Mapping[Answer, Respond] = {
    Answer.CORRECT: _undo_correct,
    Answer.CHANGED: _undo_changed,
    Answer.CLOSED: _undo_closed,
}


def _since(since: dt.date | None) -> dict[str, str]:
    """The note beside the operation, in every language of the map, by column."""
    notes = {}
    for name, language in columns("operation_note"):
        with translation.override(language):
            day = day_in_words(since) if since else ""
            notes[name] = _("since %(day)s") % {"day": day} if since else ""
    return notes


def _closed_words(operation: str, since: dt.date | None) -> str:
    word = Operation(operation).label
    note = _since(since)["operation_note"]
    return _("By the link in a letter: %(word)s %(since)s") % {"word": word, "since": note}
