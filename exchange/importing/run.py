"""One import from beginning to end: read, translate, write, report. All of it or nothing, unless refused rows are
left out on demand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from core.database.sweeping import swept_by_hand
from exchange.importing.notes import RowFaults
from exchange.importing.reading.files import read_source
from exchange.importing.reading.refused import write_rows
from exchange.importing.reading.rows import MAIN, Row, Source, key_of, only
from exchange.importing.report import ImportReport, RowOutcome, RowResult, result_of
from exchange.importing.translating.mapping import MappingFile, Wanted, read_mapping
from exchange.importing.unread import unread_fields
from exchange.importing.writer import Writer
from verification.publication import Batch

#: Rows that are translated and written together.
TOGETHER = 250
#: What an import is busy with: (stage, done, of).
Progress = Callable[[str, int, int], None]


class _Undo(Exception):
    """Take everything back: a rehearsal, or a refused row."""


def _silent(stage: str, done: int, total: int) -> None:
    """Nobody asks how far it is."""


def import_listings(
    path: Path,
    mapping_path: Path,
    *,
    dry_run: bool = False,
    refused_path: Path | None = None,
    is_sure: bool = False,
    progress: Progress = _silent,
) -> ImportReport:
    """Import the file. When a row is refused, or in a dry run, nothing is written; the report says what would be.

    With `refused_path` the other rows are imported, and the refused ones are written there, as they were.
    A row that is probably there already is refused with a question, unless somebody has looked (`is_sure`).
    Raises FileFault or MappingFault when nothing could even be tried.
    """
    with swept_by_hand() as sweep:
        return _import(path, mapping_path, dry_run, refused_path, is_sure, _sweeping(progress, sweep))


def _sweeping(progress: Progress, sweep: Callable[[], None]) -> Progress:
    """The same, with memory swept after each piece."""

    def told(stage: str, done: int, total: int) -> None:
        progress(stage, done, total)
        sweep()

    return told


def _import(
    path: Path, mapping_path: Path, dry_run: bool, refused_path: Path | None, is_sure: bool, progress: Progress
) -> ImportReport:
    mapping = read_mapping(mapping_path)
    progress(_("reading"), 0, 0)
    source, report = read_rows(path, mapping)
    is_all_or_nothing = refused_path is None
    try:
        with Batch() as batch:
            _write(Writer(mapping, batch, report.remarks, is_sure=is_sure), mapping, source.rows, report, progress)
            if dry_run or (report.is_refused and is_all_or_nothing):
                raise _Undo
            source = only(source, {result.number for result in report.refused()})  # nothing else is held from here on
            batch.write(lambda done, total: progress(_("showing"), done, total))
    except _Undo:
        return report
    if refused_path is not None and report.is_refused:
        write_rows(refused_path, source)
    return report


def read_rows(path: Path, mapping: MappingFile) -> tuple[Source, ImportReport]:
    """The file, and a report of what of it is no row of ours. Raises FileFault."""
    source = read_source(path, mapping.joins, at=mapping.rows, sheet=mapping.sheet)
    return source, ImportReport(unread=unread_fields(mapping.paths(), source.rows), notes=list(source.notes))


def translate(
    mapping: MappingFile, rows: Iterable[Row], report: ImportReport, seen: dict[str, int]
) -> Iterator[Wanted]:
    """Rows in our words, one after the other; those that cannot be are refused in the report.

    `seen` are the identifiers so far with the rows that they stand in.
    """
    for row in rows:
        try:
            wanted = mapping.read(row, report.remarks)
        except RowFaults as error:
            key = key_of(row.parts[MAIN], mapping.key)
            report.results += [RowResult(row.number, key, "", RowOutcome.REFUSED, fault) for fault in error.faults]
            continue
        if wanted.key in seen:
            message = _("Row %(row)d has the same identifier.") % {"row": seen[wanted.key]}
            report.results.append(result_of(mapping, wanted, RowOutcome.REFUSED, "id", message))
            continue
        seen[wanted.key] = row.number
        yield wanted


def _write(writer: Writer, mapping: MappingFile, rows: list[Row], report: ImportReport, progress: Progress) -> None:
    seen: dict[str, int] = {}
    for start in range(0, len(rows), TOGETHER):
        several = list(translate(mapping, rows[start : start + TOGETHER], report, seen))
        writer.write(several)
        del several  # before memory is swept
        progress(_("writing"), min(start + TOGETHER, len(rows)), len(rows))
    report.missing = writer.missing(seen)
    report.results += [result for results in writer.results.values() for result in results]
    report.results.sort(key=lambda result: result.number)
