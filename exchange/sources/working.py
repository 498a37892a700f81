"""What the worker does of a reading: read, compare, write, put back. Whoever goes on begins where the last one stopped.

Rule: by the clock only such a reading is written that looks like the one before; what is much smaller waits for
somebody. What the source has no more is noted with its day, and stays where it is. Nobody keeps the worker for longer
than a shift: a long reading is laid aside and stands behind whatever waits.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import clock
from core.spelling.folding import bare
from exchange.importing.planning import short
from exchange.importing.report import RowOutcome
from exchange.sources.foreign.asking import TRIES, Directory, base_of, new_of
from exchange.sources.foreign.faults import AskedToWait, SourceFault
from exchange.sources.foreign.shaping import Shaped, rows_of
from exchange.sources.models import READS, ForeignSource, GoneAtSource, ReadingState, SourcePage, SourceReading
from exchange.sources.ready import without_doors
from exchange.sources.telling import SourceRowTold
from exchange.sources.trying import made_of, matching_of, pieces, take
from exchange.sources.undoing import put_back
from services.models import Service
from verification.models import Publication

#: A source that lost more of its services than this share, and more than so many, is looked at by somebody.
LOST_SHARE, LOST_LEAST = 0.3, 5
#: Rows that are told of one reading, and terms.
MOST_TOLD, MOST_TERMS = 5_000, 300
#: Seconds that a worker stays with one reading.
ONE_SHIFT = 60.0
#: Services whose listings are taken off in one transaction.
TAKEN_OFF_TOGETHER = 100
_SHOWN = (Publication.IMPORTED, Publication.PUBLISHED)
#: In memory alone, for pages as they came have names of staff.
_left_in_a_page: dict[int, Directory] = {}
MOST_LEFT = 4
logger = logging.getLogger(__name__)


class Pause(NamedTuple):
    """Go on with it after so many seconds; so often in a row the source has asked to wait."""

    seconds: int
    waited: int


@dataclass
class Shift:
    """The time that one worker has for a reading."""

    waited: int = 0
    until: float = field(default_factory=lambda: time.monotonic() + ONE_SHIFT)
    pause: Pause | None = None

    def is_over(self) -> bool:
        """Asked after each page and piece, when something is done: then it is laid aside."""
        if time.monotonic() >= self.until:
            self.pause = Pause(0, 0)
        return self.pause is not None


def work(key: int, waited: int = 0) -> Pause | None:
    """Go on with this reading until somebody has to look, or for a shift; one that nobody waits for is left alone.

    Returns when to go on with it; None when nothing is left to do."""
    busy = SourceReading.objects.select_related("source").filter(pk=key, state__in=READS)
    shift = Shift(waited)
    while (reading := busy.first()) is not None:
        try:
            if not _STEPS[ReadingState(reading.state)](reading, shift):
                return shift.pause
        except Exception as error:  # whatever it is, nobody waits for it for ever
            _give_up(reading, error)
            return None
    return None


def work_here(key: int) -> None:
    """The same where somebody waits for it, and no worker is asked."""
    pause = work(key)
    while pause is not None:
        time.sleep(pause.seconds)
        pause = work(key, pause.waited)


def _give_up(reading: SourceReading, error: Exception) -> None:
    """The log says where; what the rows say is not for it."""
    lines = "".join(traceback.format_tb(error.__traceback__))
    logger.error("a reading of a directory broke off: %s\n%s", type(error).__name__, lines)
    fault = _(
        "Something went wrong here, not at the source. Try it again; if it stays so, tell whoever runs this server."
    )
    if reading.state == ReadingState.UNDOING:
        _move(reading, ReadingState.APPLIED, fault=fault[:250])
    else:
        break_off(reading, fault)


def keep_page(reading: SourceReading, number: int, services: list[dict[str, object]], seen: list[str]) -> bool:
    """Shape and keep a page; False when somebody else has kept it."""
    source = reading.source
    rows = without_doors(source, [row for one in services for row in rows_of(one, source.language)])
    try:
        with transaction.atomic():
            SourcePage.objects.create(reading=reading, number=number, rows=rows, seen=seen)
            SourceReading.objects.filter(pk=reading.pk).update(done=number)
    except IntegrityError:
        return False
    return True


def _fetch(reading: SourceReading, shift: Shift) -> bool:
    kept = list(reading.pages.order_by("number").values_list("number", "seen"))
    seen = {key for _number, keys in kept for key in keys}
    number = kept[-1][0] + 1 if kept else 1
    try:
        directory = _directory(reading)
        directory.begin(shift.until)
        if not reading.version and (version := directory.version()):
            SourceReading.objects.filter(pk=reading.pk).update(version=version)
        while True:
            asked = directory.page(number)
            new = [dict(one) for one in new_of(asked.services, seen)]
            if new and not keep_page(reading, number, new, [str(one["id"]) for one in new]):
                return False
            SourceReading.objects.filter(pk=reading.pk).update(total=max(asked.pages, number))
            if asked.is_last or not new:
                break
            number, shift.waited = number + 1, 0
            if shift.is_over():
                return False
    except AskedToWait as error:
        return _lay_aside(reading, shift, directory, error)
    except SourceFault as error:
        break_off(reading, str(error.message))
        return False
    return _move(reading, ReadingState.PLANNING, total=rows_in(reading))


def _lay_aside(reading: SourceReading, shift: Shift, directory: Directory, error: AskedToWait) -> bool:
    """Until the directory wants to be asked again; one that only lets wait is broken off."""
    waited = 0 if directory.has_answered else shift.waited
    if waited >= TRIES:
        break_off(reading, str(error.message))
        return False
    shift.pause = Pause(error.seconds, waited + 1)
    _left_in_a_page[reading.pk] = directory
    return False


def _directory(reading: SourceReading) -> Directory:
    """As this worker has left it in the middle of a page, or from the beginning of one."""
    base = base_of(reading.source.address)
    left = _left_in_a_page.pop(reading.pk, None)
    while len(_left_in_a_page) >= MOST_LEFT:
        _left_in_a_page.pop(next(iter(_left_in_a_page)))
    return left if left is not None and left.base == base else Directory(base)


def break_off(reading: SourceReading, fault: str) -> None:
    """It is tried again tomorrow, or when somebody presses."""
    _move(reading, ReadingState.BROKEN, fault=fault[:250])
    tomorrow = clock.now() + dt.timedelta(days=1)
    source = ForeignSource.objects.filter(pk=reading.source_id)
    source.update(fault=fault[:250])
    source.exclude(every=0).update(next_at=tomorrow)


def rows_in(reading: SourceReading) -> int:
    return sum(len(rows) for rows in _rows(reading))


def _plan(reading: SourceReading, shift: Shift) -> bool:
    """Nothing of ours is written; what was told of a piece is kept with how far it is."""
    if reading.done == 0:
        reading.results, reading.counts = [], {}
    seen = _seen(reading)
    for piece in pieces(reading):
        if not _keep_told(reading, piece[-1][0], take(reading, piece, seen, for_good=False)):
            return False
        if shift.is_over():
            return False
    gone = _gone(reading)
    found = {"terms": _terms(reading), "gone": gone, "results": reading.results, "counts": reading.counts}
    if not reading.is_by_clock:
        return _end(reading, ReadingState.PLANNED, **found)
    if fault := _is_strange(reading, len(gone)):
        ForeignSource.objects.filter(pk=reading.source_id).update(fault=fault)
        return _end(reading, ReadingState.PLANNED, fault=fault, **found)
    return _move(reading, ReadingState.APPLYING, total=reading.total, **found)


@transaction.atomic
def _keep_told(reading: SourceReading, done: int, told: list[SourceRowTold]) -> bool:
    """False when somebody else has gone on meanwhile."""
    now = SourceReading.objects.select_for_update().get(pk=reading.pk)
    if now.state != ReadingState.PLANNING or now.done != reading.done:
        return False
    shown = [one.kept() for one in told if one.verdict != RowOutcome.UNCHANGED.value]
    before = now.results if now.done else []
    reading.results = [*before, *shown][:MOST_TOLD]
    reading.counts = dict(Counter(reading.counts) + Counter(one.verdict for one in told))
    reading.done = done
    reading.save(update_fields=["results", "counts", "done"])
    return True


def _seen(reading: SourceReading) -> dict[str, int]:
    """Identifiers of the rows that are through, with their numbers."""
    rows = (row for some in _rows(reading) for row in some)
    through = zip(range(1, reading.done + 1), rows, strict=False)
    return {bare(str(row["id"])): number for number, row in through}


def _terms(reading: SourceReading) -> list[dict[str, object]]:
    terms = [row["terms"] for rows in _rows(reading) for row in rows]
    return [vars(one) for one in matching_of(reading.source).every(terms)][:MOST_TERMS]


def _rows(reading: SourceReading) -> Iterator[list[Shaped]]:
    return reading.pages.order_by("number").values_list("rows", flat=True).iterator(chunk_size=20)


def _gone(reading: SourceReading) -> list[str]:
    """Keys of services that came from there, are shown here, and are in no page."""
    keys = {short(bare(str(row["id"]))) for rows in _rows(reading) for row in rows}
    return sorted(set(_ours(reading.source)) - keys)


def _ours(source: ForeignSource) -> list[str]:
    mine = Service.objects.filter(source=source.code, listings__state__publication__in=_SHOWN)
    return list(mine.order_by().values_list("external_id", flat=True).distinct())


def _is_strange(reading: SourceReading, gone: int) -> str:
    """Why nobody should write this without looking; "" when it looks as ever."""
    had = len(_ours(reading.source))
    if gone > max(LOST_LEAST, had * LOST_SHARE):
        message = _("%(gone)d of %(had)d services are not there any more. Nothing was written: somebody has to look.")
        return message % {"gone": gone, "had": had}
    return ""


def _apply(reading: SourceReading, shift: Shift) -> bool:
    seen = _seen(reading)
    for piece in pieces(reading):
        with transaction.atomic():
            now = SourceReading.objects.select_for_update().get(pk=reading.pk)
            if now.state != ReadingState.APPLYING or now.done != reading.done:
                return False  # somebody else has gone on meanwhile
            told = take(reading, piece, seen, for_good=True)
            now.made = [*now.made, *made_of(told)]
            now.done = reading.done = piece[-1][0]
            now.counts = {**now.counts, "written": now.counts.get("written", 0) + len(piece)}
            now.results = _with_refused(now.results, told)
            now.save(update_fields=["made", "done", "counts", "results"])
        if shift.is_over():
            return False
    _note_gone(reading)
    reading.pages.all().delete()
    return _end(reading, ReadingState.APPLIED)


def _with_refused(results: list[dict[str, object]], told: list[SourceRowTold]) -> list[dict[str, object]]:
    """What was refused only now, in place of what was planned for it."""
    late = {one.number: one.kept() for one in told if one.verdict == RowOutcome.REFUSED.value}
    return [late.pop(row["number"], row) for row in results] + list(late.values())  # type: ignore[call-overload]


@transaction.atomic
def _note_gone(reading: SourceReading) -> None:
    gone = Service.objects.filter(source=reading.source.code, external_id__in=_gone(reading))
    GoneAtSource.objects.filter(source=reading.source).exclude(service__in=gone.order_by()).delete()
    new = [GoneAtSource(source=reading.source, service=service) for service in gone.order_by("pk")]
    GoneAtSource.objects.bulk_create(new, ignore_conflicts=True)


def _undo(reading: SourceReading, shift: Shift) -> bool:
    if reading.done == 0:
        reading.counts = {**reading.counts, "off": 0, "stay": 0}
    while piece := reading.made[reading.done : reading.done + TAKEN_OFF_TOGETHER]:
        with transaction.atomic():
            now = SourceReading.objects.select_for_update().get(pk=reading.pk)
            if now.state != ReadingState.UNDOING or now.done != reading.done:
                return False  # somebody else has gone on meanwhile
            off, stay = put_back(reading, piece)
            sums = {"off": reading.counts["off"] + off, "stay": reading.counts["stay"] + stay}
            reading.counts, reading.done = {**reading.counts, **sums}, reading.done + len(piece)
            reading.save(update_fields=["counts", "done"])
        if shift.is_over():
            return False
    return _end(reading, ReadingState.UNDONE, counts=reading.counts)


def _move(reading: SourceReading, state: ReadingState, **more: object) -> bool:
    found = SourceReading.objects.filter(pk=reading.pk, state=reading.state)
    return bool(found.update(state=state, done=0, **more))


@transaction.atomic
def _end(reading: SourceReading, state: ReadingState, **more: object) -> bool:
    """Nothing is left to do of it; False, for the worker goes home."""
    if _move(reading, state, done_at=clock.now(), **more) and state in (ReadingState.PLANNED, ReadingState.APPLIED):
        source = ForeignSource.objects.select_for_update().get(pk=reading.source_id)
        source.read_at = clock.now()
        source.next_at = clock.now() + dt.timedelta(days=source.every) if source.every else None
        source.fault = str(more.get("fault", ""))
        source.save(update_fields=["read_at", "next_at", "fault"])
    return False


_STEPS = {
    ReadingState.FETCHING: _fetch,
    ReadingState.PLANNING: _plan,
    ReadingState.APPLYING: _apply,
    ReadingState.UNDOING: _undo,
}
