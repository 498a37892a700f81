"""Rows of a reading, hundred by hundred, through the engine of imports: as a rehearsal, or for good.

Rule: a piece and how far the reading is are one transaction, so whoever goes on after a worker that died begins behind
the last piece. In a rehearsal nothing of a piece stays but what is told of it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from exchange.importing.planning import short
from exchange.importing.reading.rows import MAIN, Row
from exchange.importing.report import ImportReport, RowOutcome
from exchange.importing.run import translate
from exchange.importing.writer import Writer
from exchange.sources.foreign.shaping import Shaped
from exchange.sources.foreign.terms import Matching
from exchange.sources.models import ForeignSource, SourceReading
from exchange.sources.ready import Ready, mapping_for, without_doors
from exchange.sources.telling import LEFT, SourceRowTold, changes_of, facts_of, told_of
from reading.hsds.ids import public_id_of
from services.models import ServiceAtLocation
from verification.publication import Batch

#: Rows of one piece.
TOGETHER = 250


class _Rehearsed(Exception):
    """Take back what the piece has written."""


def matching_of(source: ForeignSource) -> Matching:
    """What was chosen for this source counts; what was chosen for others is a guess."""
    elsewhere: dict[str, str] = {}
    for choices in ForeignSource.objects.exclude(pk=source.pk).order_by("made_at").values_list("choices", flat=True):
        elsewhere |= choices
    return Matching(source.choices, elsewhere)


def pieces(reading: SourceReading) -> Iterator[list[tuple[int, Shaped]]]:
    """Rows with their numbers, from the first that is not through."""
    number, piece = 0, list[tuple[int, Shaped]]()
    for rows in reading.pages.order_by("number").values_list("rows", flat=True).iterator(chunk_size=20):
        for row in rows:
            number += 1
            if number > reading.done:
                piece.append((number, row))
        if len(piece) >= TOGETHER:
            yield piece
            piece = []
    if piece:
        yield piece


def take(
    reading: SourceReading, piece: Sequence[tuple[int, Shaped]], seen: dict[str, int], *, for_good: bool
) -> list[SourceRowTold]:
    """What becomes of these rows, told; unchanged ones too."""
    source = reading.source
    mapping, ready = mapping_for(source), Ready(source, matching_of(source))
    rows: list[Row] = []
    told: list[SourceRowTold] = []
    numbers, shapes = zip(*piece, strict=True)
    own = _own_among(shapes)
    for number, shaped in zip(numbers, without_doors(source, list(shapes)), strict=True):
        data, why = ({}, _("It is a service of this map.")) if shaped["id"] in own else ready.row(shaped)
        if why:
            told.append(SourceRowTold(number, shaped["id"], _title(shaped), "", LEFT, [why]))
        else:
            rows.append(Row(number, {MAIN: data}))
    report = ImportReport()
    wanted = list(translate(mapping, rows, report, seen))
    changes = {} if for_good else changes_of(source, wanted)
    fresh = {} if for_good else {short(one.key): facts_of(one) for one in wanted}
    with contextlib.suppress(_Rehearsed), Batch() as batch:
        writer = Writer(mapping, batch, report.remarks, is_sure=reading.also_alike)
        writer.write(wanted)
        if not for_good:
            raise _Rehearsed
    report.results += [result for results in writer.results.values() for result in results]
    told += told_of(report, {row.number: row.parts[MAIN] for row in rows}, changes, fresh)
    return sorted(told, key=lambda one: one.number)


def made_of(told: Iterable[SourceRowTold]) -> list[str]:
    return [short(one.key) for one in told if one.verdict == RowOutcome.CREATED.value]


def _own_among(shapes: Iterable[Shaped]) -> set[str]:
    """Identifiers that are our own: what another directory has of us, or our own package, does not come in twice."""
    found = {str(one["id"]): _own_id(str(one["id"])) for one in shapes}
    ids = [key for key in found.values() if key]
    known = set(ServiceAtLocation.objects.filter(public_id__in=ids).order_by().values_list("public_id", flat=True))
    return {text for text, key in found.items() if key in known}


def _own_id(text: str) -> str:
    """Of the place and the service together; the identifier of a source without one is of both."""
    return next((key for part in text.split("|") if (key := public_id_of("service_at_location", part))), "")


def _title(shaped: Mapping[str, Any]) -> str:
    return str(next(iter(shaped["service"]["title"].values()), ""))
