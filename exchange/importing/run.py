"""One import from beginning to end: read, translate, write, report. All of it or nothing, unless refused rows are
left out on demand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from exchange.importing.notes import Note, RowFaults, shown
from exchange.importing.reading.files import read_source
from exchange.importing.reading.refused import write_rows
from exchange.importing.reading.rows import MAIN, Row, Source, key_of
from exchange.importing.report import ImportReport, RowOutcome, RowResult
from exchange.importing.translating.mapping import MappingFile, Wanted, read_mapping
from exchange.importing.unread import unread_fields
from exchange.importing.writer import Writer
from verification.publication import Batch

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
    progress: Progress = _silent,
) -> ImportReport:
    """Import the file. When a row is refused, or in a dry run, nothing is written; the report says what would be.

    With `refused_path` the other rows are imported, and the refused ones are written there, as they were.
    Raises FileFault or MappingFault when nothing could even be tried.
    """
    mapping = read_mapping(mapping_path)
    progress(_("reading"), 0, 0)
    source, wanted, report = read_wanted(path, mapping)
    is_all_or_nothing = refused_path is None
    try:
        with Batch() as batch:
            _write(Writer(mapping, batch, report.remarks), mapping, wanted, report, progress)
            if dry_run or (report.is_refused and is_all_or_nothing):
                raise _Undo
            batch.write(lambda done, total: progress(_("showing"), done, total))
    except _Undo:
        return report
    if refused_path is not None and report.is_refused:
        write_rows(refused_path, source, {result.number for result in report.refused()})
    return report


def read_wanted(path: Path, mapping: MappingFile) -> tuple[Source, list[Wanted], ImportReport]:
    """The file, what its rows say in our words, and a report of the rest. Raises FileFault."""
    source = read_source(path, mapping.joins, at=mapping.rows, sheet=mapping.sheet)
    report = ImportReport(unread=unread_fields(mapping.paths(), source.rows), notes=list(source.notes))
    return source, _translate(mapping, source.rows, report), report


def _translate(mapping: MappingFile, rows: list[Row], report: ImportReport) -> list[Wanted]:
    """Rows in our words; those that cannot be are refused in the report."""
    translated: list[Wanted] = []
    seen: dict[str, int] = {}
    for row in rows:
        try:
            wanted = mapping.read(row, report.remarks)
        except RowFaults as error:
            key = key_of(row.parts[MAIN], mapping.key)
            report.results += [RowResult(row.number, key, "", RowOutcome.REFUSED, fault) for fault in error.faults]
            continue
        if wanted.key in seen:
            message = _("Row %(row)d has the same identifier.") % {"row": seen[wanted.key]}
            report.results.append(_result(mapping, wanted, RowOutcome.REFUSED, "id", message))
            continue
        seen[wanted.key] = row.number
        translated.append(wanted)
    return translated


def _write(
    writer: Writer, mapping: MappingFile, wanted: list[Wanted], report: ImportReport, progress: Progress
) -> None:
    report.missing = writer.missing(wanted)
    for done, each in enumerate(wanted, start=1):
        writer.write(each)
        progress(_("writing"), done, len(wanted))
    writer.flush()
    report.results += [_result(mapping, each, outcome) for each, outcome in writer.outcomes.values()]
    for each, error in writer.refused:
        report.results += [_result(mapping, each, RowOutcome.REFUSED, *fault) for fault in _faults(error)]
    report.results.sort(key=lambda result: result.number)


def _result(mapping: MappingFile, wanted: Wanted, outcome: RowOutcome, field: str = "", message: str = "") -> RowResult:
    note = Note(field, message, *(mapping.origin(field, wanted.row) if field else ("", "")))
    return RowResult(wanted.row.number, wanted.key, shown(wanted.service["title"]), outcome, note)


def _faults(error: ValidationError) -> Iterable[tuple[str, str]]:
    if hasattr(error, "error_dict"):
        return [(field, " ".join(messages)) for field, messages in error.message_dict.items()]
    return [("", " ".join(error.messages))]
