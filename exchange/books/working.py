"""What an import is busy with, piece by piece: trying out, writing, putting back.

Rule: a piece and what became of it are one transaction (`ImportStep`), and a step of one number is there once. Whoever
goes on, after a killed worker or beside one that was thought dead, begins after the last step and doubles nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from accounts.models import User
from core import clock
from exchange.books import undoing
from exchange.books.applying import Writing, try_out
from exchange.books.duplicates import look_for_twins
from exchange.books.entries import BookEntry
from exchange.books.pieces import pieces
from exchange.books.repeated import leave_out_made
from exchange.foreign.gathering import gathered
from exchange.foreign.rows import plan_rows
from exchange.models import BUSY, UNDO_STANDS, BookImport, ImportState, ImportStep
from verification.models import Review
from verification.services import Together, submit_differing

Do = Callable[[User, list[BookEntry], Together], list[Review]]


def work(key: int) -> list[Review]:
    """Go on with this import until it is through; one that nobody waits for is left alone."""
    kept = BookImport.objects.select_related("user").filter(pk=key, state__in=BUSY).first()
    if kept is None:
        return []
    if kept.state == ImportState.PLANNING:
        return _plan(kept)
    return _go_on(kept, *_KINDS[ImportState(kept.state)])


def entries_of(kept: BookImport) -> list[BookEntry]:
    """As they are after the last step."""
    rows = list(kept.rows)
    for step in kept.steps.order_by("number"):
        for place, row in step.rows:
            rows[place] = row
    return [BookEntry(**row) for row in rows]


def waiting(kept: BookImport, entries: list[BookEntry]) -> list[BookEntry]:
    """What there is still to do."""
    if kept.state == ImportState.UNDOING:
        return [entry for entry in entries if entry.after and not entry.said]
    held = _held(entries)
    return [entry for entry in entries if entry.waits and (entry.sheet, entry.key) not in held]


def _held(entries: list[BookEntry]) -> set[tuple[str, str]]:
    """What only listings need that nobody has answered for: it waits with them."""
    listings = [entry for entry in entries if entry.sheet == "listing" and entry.verdict != "refused"]
    asked = {key for entry in listings if entry.is_asked for key in _needs(entry)}
    return asked - {key for entry in listings if not entry.is_asked for key in _needs(entry)}


def _needs(entry: BookEntry) -> set[tuple[str, str]]:
    ways = {("contact", str(key)) for key in entry.fields.get("contacts") or ()}
    return ways | {(name, str(entry.fields[name])) for name in ("location", "service") if entry.fields.get(name)}


def _plan(kept: BookImport) -> list[Review]:
    """Nothing is written, so whoever goes on begins anew."""
    entries, done = _read(kept), 0
    kept.rows = []
    for piece in pieces(entries):
        try_out(kept.user, piece)
        done += len(piece)
        BookImport.objects.filter(pk=kept.pk).update(done=done)
    entries = gathered(entries) if kept.title else entries
    look_for_twins(kept.user, entries)
    _end(kept, entries, ImportState.PLANNED)
    return []


def _read(kept: BookImport) -> list[BookEntry]:
    """The rows to try; those of a list from elsewhere are made of it now, with as many entries as they need."""
    if kept.foreign is None or kept.rows:
        return entries_of(kept)
    found, kept.told = plan_rows(kept.foreign)
    leave_out_made(found, kept.user)
    kept.same, kept.total = found.same, len(found.entries)
    kept.save(update_fields=["same", "told", "total"])
    return found.entries


def _go_on(kept: BookImport, do: Do, end: ImportState) -> list[Review]:
    entries = entries_of(kept)
    kept.rows = []  # held once, not twice: the database keeps them
    places = {id(entry): place for place, entry in enumerate(entries)}
    reviews: list[Review] = []
    for number, piece in enumerate(pieces(waiting(kept, entries)), start=kept.steps.count()):
        with transaction.atomic():
            if not _is_next(kept, number):
                return reviews
            with Together(kept.user) as batch:
                reviews += do(kept.user, piece, batch)
            rows = [(places[id(entry)], entry.kept()) for entry in piece]
            ImportStep.objects.create(book=kept, number=number, rows=rows)
            done = kept.done = kept.done + len(piece)
            BookImport.objects.filter(pk=kept.pk).update(done=done)
    _end(kept, entries, end)
    return reviews


def _is_next(kept: BookImport, number: int) -> bool:
    """False where somebody else has gone on meanwhile, or has ended it."""
    now = BookImport.objects.only("state").select_for_update().filter(pk=kept.pk).first()
    return now is not None and now.state == kept.state and now.steps.count() == number


@transaction.atomic
def _end(kept: BookImport, entries: list[BookEntry], state: ImportState) -> None:
    now = BookImport.objects.defer("rows").select_for_update().filter(pk=kept.pk, state=kept.state).first()
    if now is None:
        return
    if state != ImportState.PLANNED:
        now.done_at = clock.now()
        for entry in entries:
            entry.forget()
    if state == ImportState.APPLIED:
        now.expires_at = clock.now() + UNDO_STANDS
    now.rows, now.state, now.done = [entry.kept() for entry in entries], state, 0
    now.save()
    now.steps.all().delete()


def _write(user: User, piece: list[BookEntry], batch: Together) -> list[Review]:
    writing = Writing(user, batch)
    writing.write(piece)
    batch.narrow()
    return submit_differing(listings=writing.touched, actor=user, bulk=batch)


_KINDS: dict[ImportState, tuple[Do, ImportState]] = {
    ImportState.APPLYING: (_write, ImportState.APPLIED),
    ImportState.UNDOING: (undoing.take_back, ImportState.UNDONE),
}
