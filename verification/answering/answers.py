"""Answering by the link in a letter: everything is right, something changed, does not work any more.

A link speaks for one correspondent about the listings of one letter, as they were on the map when it was written.
Looking at it changes nothing: mail scanners follow links. Each answer is a deliberate press, is recorded once, and
can be taken back for a short while. Whether there are places is said beside the three answers and apart from them.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import secrets
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

import pghistory
from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import clock
from core.errors import HouseError, WrongState
from core.languages import columns
from messaging.models import Correspondent, Message
from organizations.models import MembershipRole
from services.models import Operation, ServiceAtLocation
from verification.models import (
    Answer,
    CapacityReport,
    CheckMethod,
    CheckOutcome,
    ConfirmationLink,
    LinkItem,
    ListingState,
    Publication,
    Recheck,
    RecheckReason,
)
from verification.publication import touch
from verification.services.capacity import write_capacity
from verification.services.checks import write_confirmation
from verification.services.edits import set_operation
from verification.services.rechecks import open_recheck
from verification.services.standing import hide, restore
from verification.services.steps import load_plain, lock_state, save_state

#: How long an answer can be taken back.
UNDO_FOR = dt.timedelta(minutes=15)
#: What a confirmation moves; undoing puts it back.
_MOVED = (
    *("verification_class", "level", "check_method", "checked_on", "confirmed_on"),
    *("notice_on", "due_on", "hides_on", "archives_on"),
)


class LinkClosed(HouseError):
    """The link cannot answer (any more). `code` is unknown, expired or left; `link` is there when it was ours."""

    code = "unknown"

    def __init__(self, message: Any, *, code: str, link: ConfirmationLink | None = None) -> None:
        super().__init__(message, code=code)
        self.link = link


@dataclass(frozen=True)
class Line:
    """One listing of a link as it stands now.

    `standing` is open, answered (by this link), settled (confirmed otherwise since), changed (another version is on
    the map), gone (not on the map) or capacity (asked about places alone). Only an open one can be answered.
    `word` is the last word about its places.
    """

    item: LinkItem
    state: ListingState
    standing: str
    can_undo: bool
    word: CapacityReport | None = None


@transaction.atomic
def issue_link(
    *,
    to: Correspondent,
    states: Iterable[ListingState],
    only_capacity: Iterable[ListingState] = (),
    message: Message | None = None,
) -> tuple[ConfirmationLink, str]:
    """A new link about these published listings, and its token, which is shown once and never kept.

    About the listings of `only_capacity` it asks whether there are places, and nothing else.
    """
    token = secrets.token_urlsafe(24)
    link = ConfirmationLink.objects.create(token_hash=token_hash(token), correspondent=to, message=message)
    LinkItem.objects.bulk_create(
        LinkItem(link=link, listing=state.listing, snapshot_id=state.published_id, confirms=confirms)  # type: ignore[misc]
        for confirms, found in ((True, states), (False, only_capacity))
        for state in found
    )
    return link, token


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def find_link(token: str, *, lock: bool = False) -> ConfirmationLink:
    """The link of a token while it can answer, else LinkClosed. With `lock`, locked until the transaction ends."""
    links = ConfirmationLink.objects.select_related("correspondent__organization", "correspondent__user")
    links = links.select_for_update(of=("self",)) if lock else links
    link = links.filter(token_hash=token_hash(token)).first()
    if link is None:
        raise LinkClosed(_("We do not know this link."), code="unknown")
    if not _still_speaks(link.correspondent):
        raise LinkClosed(
            _("This link belonged to somebody who does not answer for it any more."), code="left", link=link
        )
    if clock.now() >= link.expires_at:
        raise LinkClosed(_("This link has expired."), code="expired", link=link)
    return link


def lines_of(link: ConfirmationLink) -> list[Line]:
    """The listings of a link, in a constant number of queries."""
    items = list(link.items.select_related("listing__service__organization", "listing__location", "snapshot"))
    states = ListingState.objects.select_related("published").in_bulk([item.listing_id for item in items])
    checked = _checked_since(link, items)
    words = {word.listing_id: word for word in CapacityReport.objects.newest().filter(listing__in=states)}
    lines = [_line(item, states[item.listing_id], checked, link) for item in items if item.listing_id in states]
    return [dataclasses.replace(line, word=words.get(line.item.listing_id)) for line in lines]


@transaction.atomic
def confirm(*, token: str, items: Collection[str]) -> list[LinkItem]:
    """Everything is right: one Check for each of these items (public ids). Those that are not open are skipped."""

    def answer(item: LinkItem, state: ListingState, link: ConfirmationLink) -> None:
        before = _dates(state)
        open_before = list(Recheck.objects.open().filter(listing=item.listing).values_list("pk", flat=True))
        person = link.correspondent
        check = write_confirmation(state, person.user, CheckMethod.LINK, correspondent=person)
        closed = Recheck.objects.filter(pk__in=open_before, done_at__isnull=False)
        item.confirmation, item.answer = check, Answer.CORRECT
        item.before = {
            "dates": before,
            "rechecks": list(closed.values_list("pk", flat=True)),
            "version": state.version,
        }

    return _answer(token, items, answer)


@transaction.atomic
def report_changed(*, token: str, item: str, note: str = "") -> list[LinkItem]:
    """Something has changed: the note waits for whoever edits, and a re-check stays open until they have."""

    def answer(found: LinkItem, state: ListingState, link: ConfirmationLink) -> None:
        words = note.strip()[:500]
        recheck = open_recheck(listing=found.listing, reason=RecheckReason.CHANGED, note=words)
        found.answer, found.note, found.before = Answer.CHANGED, words, {"recheck": recheck.pk}

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
            before["operation_note_en"] = (service.i18n or {}).get("operation_note_en") or ""
            changed = set_operation(listing=found.listing, actor=None, operation=operation, **_since(since))
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
    with _audit(link, "capacity"):
        report = write_capacity(state, person.user, level, CheckMethod.LINK, correspondent=person)
        _mark_used(link)
    return report


@transaction.atomic
def undo(*, token: str, items: Collection[str]) -> list[LinkItem]:
    """Take answers back, within a quarter of an hour and before anybody else has moved the listings; all or none."""
    link = find_link(token, lock=True)
    found = link.items.select_related("listing__service").filter(public_id__in=set(items)).exclude(answer="")
    rows = list(found.order_by("listing"))
    if not rows:
        raise WrongState(_("There is no answer to take back."))
    with _audit(link, "undo"):
        for item in rows:
            state = lock_state(load_plain(item.listing))
            if not _can_undo(item, state):
                raise WrongState(_("It is too late to take this back. Please correct the listing in the workspace."))
            _UNDO[Answer(item.answer)](item, state)
            item.answer, item.answered_at, item.note, item.before = Answer.NONE, None, "", {}
            item.confirmation = None
            item.save()
    return rows


# --- inside ------------------------------------------------------------------------------------------------------

Step = Callable[[LinkItem, ListingState, ConfirmationLink], None]


def _answer(token: str, items: Collection[str], answer: Step) -> list[LinkItem]:
    """Give the same answer about every item that is still open, under lock, and write it down."""
    link = find_link(token, lock=True)
    wanted, answered = set(items), []
    found = link.items.filter(public_id__in=wanted, answer="").order_by("listing")
    with _audit(link, "answer"):
        for item in found:
            item.listing = load_plain(item.listing)
            state = lock_state(item.listing)
            if _line(item, state, _checked_since(link, [item]), link).standing != "open":
                continue
            answer(item, state, link)
            item.answered_at = clock.now()
            item.save()
            answered.append(item)
        if answered:
            _mark_used(link)
    return answered


def _mark_used(link: ConfirmationLink) -> None:
    link.first_used_at = link.first_used_at or clock.now()
    link.save(update_fields=["first_used_at"])


def _audit(link: ConfirmationLink, step: str) -> Any:
    user = link.correspondent.user_id
    return pghistory.context(step=step, user=user, correspondent=link.correspondent_id, link=link.pk)


def _still_speaks(person: Correspondent) -> bool:
    """Still there, still an editor where they had a login, and the organisation still in the network."""
    organization = person.organization
    if person.left_at or organization is None or organization.is_suspended:
        return False
    if person.user is None:
        return True
    roles = [MembershipRole.EDITOR, MembershipRole.MANAGER]
    return person.user.is_active and organization.memberships.filter(user=person.user, role__in=roles).exists()


def _line(item: LinkItem, state: ListingState, checked: Collection[int], link: ConfirmationLink) -> Line:
    if item.answer:
        standing = "answered"
    elif state.publication != Publication.PUBLISHED or state.published_id is None:
        standing = "gone"
    elif not item.confirms:
        standing = "capacity"
    elif item.listing_id in checked:
        standing = "settled"
    elif state.published_id != item.snapshot_id:
        standing = "changed"
    else:
        standing = "open"
    return Line(item, state, standing, bool(item.answer) and _can_undo(item, state))


def _checked_since(link: ConfirmationLink, items: Iterable[LinkItem]) -> set[int]:
    """Listings that somebody found right after the letter was written, other than by this link."""
    listings = [item.listing_id for item in items]
    checks = ServiceAtLocation.objects.filter(
        pk__in=listings, checks__checked_at__gt=link.created_at, checks__outcome=CheckOutcome.CORRECT
    )
    return set(checks.values_list("pk", flat=True))


def _can_undo(item: LinkItem, state: ListingState) -> bool:
    if item.answered_at is None or clock.now() - item.answered_at > UNDO_FOR:
        return False
    before = item.before
    if "service_version" in before:
        return bool(item.listing.service.version == before["service_version"])
    return "version" not in before or state.version == before["version"]


def _dates(state: ListingState) -> dict[str, Any]:
    values = {name: getattr(state, name) for name in _MOVED}
    return {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in values.items()}


def _undo_correct(item: LinkItem, state: ListingState) -> None:
    for name, value in item.before["dates"].items():
        setattr(state, name, dt.date.fromisoformat(value) if value and name.endswith("_on") else value)
    save_state(state)
    touch(state)
    Recheck.objects.filter(pk__in=item.before["rechecks"]).update(done_at=None, done_by=None)
    if item.confirmation:
        item.confirmation.outcome = CheckOutcome.WITHDRAWN
        item.confirmation.save(update_fields=["outcome"])


def _undo_changed(item: LinkItem, state: ListingState) -> None:
    Recheck.objects.open().filter(pk=item.before["recheck"], note=item.note).update(done_at=clock.now())


def _undo_closed(item: LinkItem, state: ListingState) -> None:
    if item.before.get("hidden"):
        restore(listing=item.listing, actor=None)
    else:
        set_operation(listing=item.listing, actor=None, **item.before["operation"])


_UNDO = {Answer.CORRECT: _undo_correct, Answer.CHANGED: _undo_changed, Answer.CLOSED: _undo_closed}


def _since(since: dt.date | None) -> dict[str, str]:
    """The note beside the operation, in both languages of the map."""
    notes = {}
    for name, language in columns("operation_note"):
        with translation.override(language):
            day = date_format(since, "DATE_FORMAT") if since else ""
            notes[name] = _("since %(day)s") % {"day": day} if since else ""
    return notes


def _closed_words(operation: str, since: dt.date | None) -> str:
    word = Operation(operation).label
    note = _since(since)["operation_note"]
    return _("By the link in a letter: %(word)s %(since)s") % {"word": word, "since": note}
