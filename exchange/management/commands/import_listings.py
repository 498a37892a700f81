"""manage.py import_listings FILE --mapping MAPPING.yml [--dry-run] [--report FILE.csv]"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from tqdm import tqdm

from exchange.importing.errors import ImportFailure
from exchange.importing.run import import_listings


class Command(BaseCommand):
    help = "Import services from a GeoJSON or CSV file, as level 0 “imported, not checked”, for members only."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="GeoJSON (a collection or a list of features) or CSV")
        parser.add_argument("--mapping", type=Path, required=True, help="YAML that says what is what: docs/import.md")
        parser.add_argument("--dry-run", action="store_true", help="report what would happen and write nothing")
        parser.add_argument("--report", type=Path, metavar="FILE.csv", help="write one line for each row")

    def handle(self, *args: Any, **options: Any) -> None:
        with tqdm(unit="row", desc=options["file"].name, disable=None) as bar:

            def progress(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            try:
                report = import_listings(
                    options["file"], options["mapping"], dry_run=options["dry_run"], progress=progress
                )
            except ImportFailure as error:
                raise CommandError(str(error)) from error
        for line in report.lines():
            self.stdout.write(line)
        if options["report"]:
            report.write(options["report"])
        if report.is_refused:
            raise CommandError(
                _("Rows were refused, so nothing was written. Mend the file or the mapping and try again.")
            )
        if options["dry_run"]:
            self.stdout.write(_("This was a dry run: nothing was written."))
