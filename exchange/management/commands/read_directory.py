"""manage.py read_directory [NAME] …; see docs/import.md."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from core.errors import HouseError
from core.geo.countries import country_codes
from core.languages import SOURCE, codes
from exchange.sources import keeping, working
from exchange.sources.foreign.asking import base_of
from exchange.sources.models import ForeignSource, ReadingState, SourceReading
from exchange.sources.showing import VERDICTS

#: Rows and terms that a terminal bears.
MOST_LINES = 50


class Command(BaseCommand):
    help = "Read another directory that speaks HSDS (its API, or its package) and say what would happen."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", nargs="?", help="name of a directory that is in the list, or of a new one")
        parser.add_argument("--address", help="address of the API of a new one")
        parser.add_argument("--package", type=Path, metavar="FILE.zip", help="read this package instead of the API")
        parser.add_argument("--country", default="", help="code of the country that a new one is for")
        parser.add_argument("--language", default=SOURCE, help="language of the texts of a new one")
        parser.add_argument("--term", action="append", default=[], metavar="THEIRS=OURS", help="what a term is here")
        parser.add_argument("--apply", action="store_true", help="write what is planned")
        parser.add_argument("--undo", action="store_true", help="take what the last reading made off the map")
        parser.add_argument("--due", action="store_true", help="read every directory whose day has come")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["due"]:
                return self.stdout.write(_("Read: %(count)d") % {"count": keeping.refresh(self._now)})
            if not options["name"]:
                return self._list()
            return self._of(self._source(options), options)
        except HouseError as error:
            raise CommandError(str(error)) from error

    def _list(self) -> None:
        for row in ForeignSource.objects.all():
            self.stdout.write(" · ".join(part for part in (row.title, row.country, row.address, row.fault) if part))

    def _source(self, options: dict[str, Any]) -> ForeignSource:
        found = ForeignSource.objects.filter(title=options["name"]).first()
        if found is not None:
            return found
        if options["country"] not in (*country_codes(), "") or options["language"] not in codes():
            raise CommandError(_("Unknown country or language."))
        if not options["address"] and not options["package"]:
            raise CommandError(_("Write an address, or choose a package."))
        address = base_of(options["address"]) if options["address"] else ""
        more = {"country": options["country"], "language": options["language"]}
        return ForeignSource.objects.create(title=options["name"][:60], address=address, **more)

    def _of(self, source: ForeignSource, options: dict[str, Any]) -> None:
        if options["undo"]:
            applied = source.readings.filter(state=ReadingState.APPLIED).first()
            if applied is None:
                raise CommandError(_("This was done already."))
            keeping.undo(applied, self._now)
            self._tell(applied)
            return
        source.choices |= dict(term.rpartition("=")[::2] for term in options["term"])
        source.save(update_fields=["choices"])
        reading = self._read(source, options["package"])
        reading.refresh_from_db()
        if options["apply"] and reading.state == ReadingState.PLANNED:
            keeping.apply(reading, self._now)
        self._tell(reading)

    def _read(self, source: ForeignSource, package: Path | None) -> SourceReading:
        if package is None:
            return keeping.read(source, self._now)
        try:
            with package.open("rb") as file:
                return keeping.read_file(source, file, package.stat().st_size, self._now)
        except OSError as error:
            raise CommandError(str(error)) from error

    def _now(self, key: int, _language: str) -> None:
        """Here somebody waits, and no worker is asked."""
        working.work_here(key)

    def _tell(self, reading: SourceReading) -> None:
        reading.refresh_from_db()
        self.stdout.write(f"{reading.source.title}: {reading.get_state_display()} {reading.fault}".strip())
        names = {**VERDICTS, "unchanged": _("As they were"), "off": _("Off the map"), "stay": _("Stays")}
        for code, count in reading.counts.items():
            self.stdout.write(f"  {names.get(code, code)}: {count}")
        for row in reading.results[:MOST_LINES]:
            said = "; ".join([*row["say"], *(f"{one['label']}: {one['old']} → {one['new']}" for one in row["changes"])])
            self.stdout.write(
                f"  {row['number']}. {names[row['verdict']]}: {row['title']}" + (f" ({said})" if said else "")
            )
        for term in [term for term in reading.terms if not term["ours"]][:MOST_LINES]:
            self.stdout.write("  " + _("Not chosen yet: --term '%(key)s=types.…' (%(name)s)") % term)
        if reading.gone:
            self.stdout.write(
                "  " + _("Gone at the source, and left as they are: %(count)d") % {"count": len(reading.gone)}
            )
