"""What the worker does of a reading: read, compare, write, put back. Whoever goes on begins where the last one stopped.

Rule: by the clock only such a reading is written that looks like the one before; what is much smaller waits for
somebody. What the source has no more is noted with its day, and stays where it is.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import clock
from core.folding import bare
from exchange.importing.planning import short
from exchange.importing.report import RowOutcome
from exchange.sources.asking import Directory, base_of, new_of
from exchange.sources.faults import SourceFault
from exchange.sources.models import READS, ForeignSource, GoneAtSource, ReadingState, SourcePage, SourceReading
from exchange.sources.shaping import rows_of
from exchange.sources.telling import SourceRowTold
from exchange.sources.trying import made_of, matching_of, pieces, take
from exchange.sources.undoing import put_back
from services.models import Service
from verification.models import Publication

#: A source that lost more of its services than this share, and more than so many, is looked at by somebody.
LOST_SHARE, LOST_LEAST = 0.3, 5
#: Rows that are told of one reading, and terms.
MOST_TOLD, MOST_TERMS = 5_000, 300
_SHOWN = (Publication.IMPORTED, Publication.PUBLISHED)


def work(key: int) -> None:
    """Go on with this reading until somebody has to look; one that nobody waits for is left alone."""
    busy = SourceReading.objects.select_related("source").filter(pk=key, state__in=READS)
    while (reading := busy.first()) is not None:
        if not _STEPS[ReadingState(reading.state)](reading):
            return


def keep_page(reading: SourceReading, number: int, services: list[dict[str, object]], seen: list[str]) -> bool:
    """Shape and keep a page; False when somebody else has kept it."""
    rows = [row for one in services for row in rows_of(one, reading.source.language)]
    try:
        with transaction.atomic():
            SourcePage.objects.create(reading=reading, number=number, rows=rows, seen=seen)
            SourceReading.objects.filter(pk=reading.pk).update(done=number)
    except IntegrityError:
        return False
    return True


def _fetch(reading: SourceReading) -> bool:
    source = reading.source
    kept = list(reading.pages.order_by("number").values_list("number", "seen"))
    seen = {key for _number, keys in kept for key in keys}
    number = kept[-1][0] + 1 if kept else 1
    try:
        directory = Directory(base_of(source.address))
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
            number += 1
    except SourceFault as error:
        break_off(reading, str(error.message))
        return False
    return _move(reading, ReadingState.PLANNING, total=rows_in(reading))


def break_off(reading: SourceReading, fault: str) -> None:
    """It is tried again tomorrow, or when somebody presses."""
    _move(reading, ReadingState.BROKEN, fault=fault[:250])
    tomorrow = clock.now() + dt.timedelta(days=1)
    source = ForeignSource.objects.filter(pk=reading.source_id)
    source.update(fault=fault[:250])
    source.exclude(every=0).update(next_at=tomorrow)


def rows_in(reading: SourceReading) -> int:
    return sum(len(rows) for rows in reading.pages.order_by("number").values_list("rows", flat=True).iterator())


def _plan(reading: SourceReading) -> bool:
    """Nothing is written, so whoever goes on begins anew."""
    reading.done = 0
    told: list[SourceRowTold] = []
    seen: dict[str, int] = {}
    terms: list[list[str]] = []
    for piece in pieces(reading):
        terms += [row["terms"] for _number, row in piece]
        told += take(reading, piece, seen, for_good=False)
        SourceReading.objects.filter(pk=reading.pk).update(done=piece[-1][0])
    every = [vars(one) for one in matching_of(reading.source).every(terms)]
    gone = _gone(reading)
    found = {"terms": every[:MOST_TERMS], "gone": gone, **_results(told)}
    if not reading.is_by_clock:
        return _end(reading, ReadingState.PLANNED, **found)
    if fault := _is_strange(reading, len(gone)):
        ForeignSource.objects.filter(pk=reading.source_id).update(fault=fault)
        return _end(reading, ReadingState.PLANNED, fault=fault, **found)
    return _move(reading, ReadingState.APPLYING, total=reading.total, **found)


def _results(told: list[SourceRowTold]) -> dict[str, object]:
    counts = Counter(one.verdict for one in told)
    shown = [one.kept() for one in told if one.verdict != RowOutcome.UNCHANGED.value]
    return {"results": shown[:MOST_TOLD], "counts": dict(counts)}


def _gone(reading: SourceReading) -> list[str]:
    """Keys of services that came from there, are shown here, and are in no page."""
    pages = reading.pages.order_by("number").values_list("rows", flat=True)
    keys = {short(bare(str(row["id"]))) for rows in pages.iterator(chunk_size=20) for row in rows}
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


def _apply(reading: SourceReading) -> bool:
    seen: dict[str, int] = {}
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


def _undo(reading: SourceReading) -> bool:
    off, stay = put_back(reading)
    return _end(reading, ReadingState.UNDONE, counts={**reading.counts, "off": off, "stay": stay})


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
