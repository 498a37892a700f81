"""manage.py import_listings FILE --mapping MAPPING.yml; see docs/import.md."""

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from tqdm import tqdm

from exchange.importing.errors import ImportFailure
from exchange.importing.explain import code_lists, explain
from exchange.importing.reading.refused import refused_path
from exchange.importing.report import ImportReport
from exchange.importing.run import import_listings

#: How often somebody without a terminal hears how far it is.
EVERY_SECONDS = 5.0


class Command(BaseCommand):
    help = (
        "Import services from a CSV, XLSX, GeoJSON or JSON file, as level 0 “imported, not checked”, for members only."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", help="CSV, XLSX, GeoJSON or JSON with a list of objects")
        parser.add_argument("--mapping", type=Path, help="YAML that says what is what: docs/import.md")
        parser.add_argument("--dry-run", action="store_true", help="report what would happen and write nothing")
        parser.add_argument("--report", type=Path, metavar="FILE.csv", help="write one line for each row and note")
        words = "import the other rows, and write the refused ones to FILE (beside the file, unless given)"
        parser.add_argument("--skip-refused", type=Path, nargs="?", const=Path(), metavar="FILE", help=words)
        words = "import as new ones also rows that are probably there already; somebody has looked at them"
        parser.add_argument("--also-alike", action="store_true", help=words)
        words = "print what each of our fields would get from the first rows, and write nothing"
        parser.add_argument("--explain", type=Path, metavar="MAPPING.yml", help=words)
        parser.add_argument("--codes", action="store_true", help="print the codes that a mapping may name")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["codes"]:
            return self._codes()
        if options["file"] is None:
            raise CommandError(_("Which file? Readable are CSV, XLSX, GeoJSON and JSON."))
        try:
            if options["explain"]:
                return self.stdout.write("\n".join(explain(options["file"], options["explain"])))
            if options["mapping"] is None:
                raise CommandError(_("Say by --mapping what is what in the file: docs/import.md."))
            return self._import(options)
        except ImportFailure as error:
            raise CommandError(str(error)) from error

    def _codes(self) -> None:
        for field, codes in code_lists():
            self.stdout.write("\n".join([field, *(f"  {code}  {name}" for code, name in codes.items())]))

    def _import(self, options: dict[str, Any]) -> None:
        left = options["skip_refused"]
        if left == Path():
            left = refused_path(options["file"])
        with Told(self) as told:
            report = import_listings(
                options["file"],
                options["mapping"],
                dry_run=options["dry_run"],
                refused_path=left,
                is_sure=options["also_alike"],
                progress=told,
            )
        self.stdout.write("\n".join(report.lines()))
        if options["report"]:
            report.write(options["report"])
        if report.is_refused:
            self._refused(report, left)
        if options["dry_run"]:
            self.stdout.write(_("This was a dry run: nothing was written."))

    def _refused(self, report: ImportReport, left: Path | None) -> None:
        if left is None:
            raise CommandError(
                _("Rows were refused, so nothing was written. Mend the file or the mapping and try again.")
            )
        if left.exists():
            count = len({result.number for result in report.refused()})
            words = {"count": count, "file": left}
            self.stdout.write(
                _("%(count)d refused rows are in %(file)s: mend them there and import that file.") % words
            )


class Told:
    """How far it is: a bar in a terminal, a line now and then where there is none."""

    def __init__(self, command: BaseCommand) -> None:
        self._out = command.stdout
        self._is_terminal = self._out.isatty()
        self._bar: tqdm | None = None
        self._began = self._told_at = time.monotonic()
        self._stage = ""

    def __enter__(self) -> "Told":
        return self

    def __exit__(self, *failure: Any) -> None:
        if self._bar is not None:
            self._bar.close()

    def __call__(self, stage: str, done: int, total: int) -> None:
        (self._draw if self._is_terminal else self._write)(stage, done, total)
        self._stage = stage

    def _draw(self, stage: str, done: int, total: int) -> None:
        if self._bar is None or stage != self._stage:
            self.__exit__()
            self._bar = tqdm(unit="row", desc=stage, total=total)
        self._bar.update(done - self._bar.n)

    def _write(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if not total:
            return  # nothing is known of it yet
        if stage != self._stage or done == total or now - self._told_at >= EVERY_SECONDS:
            self._told_at = now
            words = {"stage": stage, "done": done, "total": total, "seconds": now - self._began}
            self._out.write(_("%(stage)s: %(done)d of %(total)d rows, %(seconds).0f s") % words)
            self._out.flush()
