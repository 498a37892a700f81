"""manage.py simulate_year --seed N [--json FILE] [--html FILE]"""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.test.utils import override_settings

from simulation.progress import Progress, processor_seconds
from simulation.report import as_page, as_table
from simulation.scratch import scratch_database
from simulation.year import Year


class Command(BaseCommand):
    help = "Live through a year of 14 organisations and 220 listings with the real services, in a database of its own."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", type=int, default=1, help="decides everything that is left to chance")
        parser.add_argument("--days", type=int, default=365)
        parser.add_argument("--organizations", type=int, default=14)
        parser.add_argument("--listings", type=int, default=220)
        parser.add_argument("--json", type=Path, help="write the figures there")
        parser.add_argument("--html", type=Path, help="write the report there")

    def handle(self, *args: Any, **options: Any) -> None:
        year = Year(
            options["seed"],
            days=options["days"],
            organizations=options["organizations"],
            listings=options["listings"],
        )
        logging.disable(logging.ERROR)  # broken letters are part of the story
        progress = Progress({"listing": options["listings"], "day": options["days"]})
        try:
            # Django keeps thousands of statements when it debugs, and half a gigabyte with them.
            with override_settings(DEBUG=False), scratch_database():
                figures = year.run(progress)
        finally:
            progress.close()
            logging.disable(logging.NOTSET)
        self._write(figures, options)

    def _write(self, figures: Any, options: dict[str, Any]) -> None:
        self.stdout.write(as_table(figures))
        self.stdout.write(processor_seconds())
        if options["json"]:
            options["json"].write_text(json.dumps(figures.as_json(), ensure_ascii=False, indent=2) + "\n")
        if options["html"]:
            options["html"].write_text(as_page(figures))
        if figures.broken:
            raise CommandError("Above the limit: " + ", ".join(figures.broken) + ".\n" + "\n".join(figures.examples))
