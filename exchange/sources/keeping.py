"""What people do with a source: add it, have it read, say what its terms are, write, undo."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import IO

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core import clock
from core.errors import WrongState
from exchange.sources.foreign.faults import SourceFault
from exchange.sources.foreign.packages import read_package
from exchange.sources.foreign.terms import Matching
from exchange.sources.models import READS, ForeignSource, ReadingState, SourceReading
from exchange.sources.working import keep_page, rows_in
from organizations.models import Location, Organization
from services.models import Service

#: A reading that broke off goes on from its last page for so long; then it begins anew.
STANDS = dt.timedelta(days=2)
UNDO_STANDS = dt.timedelta(days=30)
_PAGE = 250
#: Puts a reading into the worker's hands: its key and the language of whoever reads of it.
Defer = Callable[[int, str], None]


@transaction.atomic
def read(source: ForeignSource, defer: Defer, *, is_by_clock: bool = False) -> SourceReading:
    """Begin, or go on with what broke off. Raises SourceFault, and WrongState while one is under way."""
    if not source.address:
        raise SourceFault(_("This directory has no address: send its package."))
    if not settings.READS_DIRECTORIES:
        raise SourceFault(_("This server asks no other directories (READS_DIRECTORIES). Send the package instead."))
    last = _last(source)
    fresh = last is not None and last.state == ReadingState.BROKEN and last.made_at > clock.now() - STANDS
    if last is not None and fresh:
        last.state, last.fault, last.is_by_clock = ReadingState.FETCHING, "", is_by_clock
        last.save(update_fields=["state", "fault", "is_by_clock"])
        return _go(last, defer)
    return _go(_begun(source, is_by_clock=is_by_clock), defer)


@transaction.atomic
def read_file(source: ForeignSource, file: IO[bytes], size: int, defer: Defer) -> SourceReading:
    """Raises SourceFault for what is no package, WrongState while a reading is under way."""
    services = read_package(file, size)
    _last(source)
    reading = _begun(source)
    for number, start in enumerate(range(0, len(services), _PAGE), start=1):
        keep_page(reading, number, services[start : start + _PAGE], [])
    reading.state, reading.done, reading.total = ReadingState.PLANNING, 0, rows_in(reading)
    reading.save(update_fields=["state", "done", "total"])
    return _go(reading, defer)


def _last(source: ForeignSource) -> SourceReading | None:
    """Nobody begins another one meanwhile."""
    ForeignSource.objects.select_for_update().get(pk=source.pk)
    last = source.readings.first()
    if last is not None and last.state in READS:
        raise WrongState(_("It is being read already."))
    return last


def _begun(source: ForeignSource, *, is_by_clock: bool = False) -> SourceReading:
    """What was planned and never written is forgotten with it."""
    unwritten = source.readings.filter(state__in=(ReadingState.PLANNED, ReadingState.BROKEN))
    unwritten.delete()
    return SourceReading.objects.create(source=source, is_by_clock=is_by_clock)


def choose(reading: SourceReading, chosen: Mapping[str, str], defer: Defer) -> None:
    """Terms of the source and what they are here, remembered; the plan is made anew. Raises WrongState."""
    matching = Matching({}, {})
    with transaction.atomic():
        found = _in(reading, ReadingState.PLANNED)
        source = ForeignSource.objects.select_for_update().get(pk=reading.source_id)
        known = {str(term["key"]) for term in found.terms}
        source.choices |= {
            key: value for key, value in chosen.items() if key in known and (not value or matching.is_ours(value))
        }
        source.choices = {key: value for key, value in source.choices.items() if value}
        source.save(update_fields=["choices"])
        _set(found, ReadingState.PLANNING, rows_in(found))
    _go(found, defer)


def apply(reading: SourceReading, defer: Defer, *, also_alike: bool = False) -> None:
    """Write what is planned. Raises WrongState when that was done."""
    with transaction.atomic():
        found = _in(reading, ReadingState.PLANNED)
        found.also_alike = also_alike
        _set(found, ReadingState.APPLYING, rows_in(found), "also_alike")
    _go(found, defer)


def is_undoable(reading: SourceReading) -> bool:
    is_fresh = reading.done_at is not None and reading.done_at > clock.now() - UNDO_STANDS
    return reading.state == ReadingState.APPLIED and bool(reading.made) and is_fresh


def undo(reading: SourceReading, defer: Defer) -> None:
    """Raises WrongState after thirty days, or when there is nothing to undo."""
    with transaction.atomic():
        found = _in(reading, ReadingState.APPLIED)
        if not is_undoable(found):
            raise WrongState(_("This was done already."))
        _set(found, ReadingState.UNDOING, len(found.made))
    _go(found, defer)


def is_removable(source: ForeignSource) -> bool:
    """Nothing came from there: no row of ours says that it did."""
    rows = (Service, Organization, Location)
    return not any(model.objects.filter(source=source.code).exists() for model in rows)


@transaction.atomic
def remove(source: ForeignSource) -> None:
    """Raises WrongState while it is read, and once something was taken over."""
    _last(source)
    if not is_removable(source):
        raise WrongState(_("Something was taken over from it, and says so. Let it be read only when somebody presses."))
    source.delete()


def go_on(reading: SourceReading, defer: Defer) -> None:
    """It stands still, says whoever pressed."""
    if reading.state in READS:
        _go(reading, defer)


def _in(reading: SourceReading, state: ReadingState) -> SourceReading:
    found = SourceReading.objects.select_for_update().select_related(None).filter(pk=reading.pk, state=state).first()
    if found is None:
        raise WrongState(_("This was done already."))
    return found


def _set(reading: SourceReading, state: ReadingState, total: int, *more: str) -> None:
    reading.state, reading.done, reading.total = state, 0, total
    reading.save(update_fields=["state", "done", "total", *more])


def _go(reading: SourceReading, defer: Defer) -> SourceReading:
    transaction.on_commit(lambda: defer(reading.pk, get_language() or ""))
    return reading


def refresh(defer: Defer) -> int:
    """Begin with every source whose day has come and that somebody has written once. Returns how many."""
    begun = 0
    for source in ForeignSource.objects.due().filter(readings__state=ReadingState.APPLIED).distinct():
        try:
            read(source, defer, is_by_clock=True)
            begun += 1
        except (SourceFault, WrongState):
            continue
    return begun
