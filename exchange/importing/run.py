"""One import from beginning to end: read, translate, write, report. All of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from exchange.importing.mapping import MappingFile, RowFaults, Wanted, read_mapping
from exchange.importing.report import ImportReport, RowOutcome, RowResult
from exchange.importing.sources import MAIN, Row, read_rows
from exchange.importing.writer import Writer
from verification.publication import Batch


class _Undo(Exception):
    """Take everything back: a rehearsal, or a refused row."""


def import_listings(
    path: Path,
    mapping_path: Path,
    *,
    dry_run: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> ImportReport:
    """Import the file. When a row is refused, or in a dry run, nothing is written; the report says what would be.

    Raises FileFault or MappingFault when nothing could even be tried.
    """
    mapping = read_mapping(mapping_path)
    rows = read_rows(path, mapping.joins)
    report = ImportReport(unread=_unread(mapping, rows))
    wanted = _translate(mapping, rows, report)
    try:
        with Batch() as batch:
            _write(Writer(mapping.source, batch), wanted, report, progress)
            if dry_run or report.is_refused:
                raise _Undo
    except _Undo:
        pass
    return report


def _translate(mapping: MappingFile, rows: list[Row], report: ImportReport) -> list[Wanted]:
    """Rows in our words; those that cannot be are refused in the report."""
    translated: list[Wanted] = []
    seen: dict[str, int] = {}
    for row in rows:
        try:
            wanted = mapping.read(row, report.remarks)
        except RowFaults as error:
            report.results += [RowResult(row.number, "", "", RowOutcome.REFUSED, f, m) for f, m in error.faults]
            continue
        if wanted.key in seen:
            message = _("Row %(row)d has the same identifier.") % {"row": seen[wanted.key]}
            report.results.append(_result(wanted, RowOutcome.REFUSED, "id", message))
            continue
        seen[wanted.key] = row.number
        translated.append(wanted)
    return translated


def _write(writer: Writer, wanted: list[Wanted], report: ImportReport, progress: Callable[[int, int], None]) -> None:
    report.missing = sorted(writer.known_keys() - {each.key for each in wanted})
    for done, each in enumerate(wanted, start=1):
        try:
            report.results.append(_result(each, writer.write(each)))
        except ValidationError as error:
            report.results += [_result(each, RowOutcome.REFUSED, field, text) for field, text in _faults(error)]
        progress(done, len(wanted))
    if not report.is_refused:
        writer.finish()
    report.results.sort(key=lambda result: result.number)


def _result(wanted: Wanted, outcome: RowOutcome, field: str = "", message: str = "") -> RowResult:
    return RowResult(wanted.row.number, wanted.key, wanted.service["title"], outcome, field, message)


def _faults(error: ValidationError) -> Iterable[tuple[str, str]]:
    if hasattr(error, "error_dict"):
        return [(field, " ".join(messages)) for field, messages in error.message_dict.items()]
    return [("", " ".join(error.messages))]


def _unread(mapping: MappingFile, rows: list[Row]) -> list[str]:
    """Fields of the file itself that no expression reads, as people see them in the file."""
    read = {path for file, path in _paths(mapping) if file == MAIN}
    present = {path for row in rows for path in _fields(row.parts[MAIN])}
    unread = {path for path in present if not any(path[: len(each)] == each[: len(path)] for each in read)}
    return sorted(" / ".join(path) for path in unread)


def _paths(mapping: MappingFile) -> Iterable[tuple[str, tuple[str, ...]]]:
    for expression in mapping.expressions():
        yield from expression.paths()
    for path in (*mapping.key, *mapping.organization_key, *mapping.location_key):
        yield MAIN, path
    if mapping.point:
        yield from ((MAIN, path) for path in (mapping.point.geometry, mapping.point.lon, mapping.point.lat) if path)


def _fields(data: dict[str, object]) -> Iterable[tuple[str, ...]]:
    for name, value in data.items():
        if name == "properties" and isinstance(value, dict):
            yield from ((name, inner) for inner in value)
        elif name != "type":  # every feature has it
            yield (name,)
