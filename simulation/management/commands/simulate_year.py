"""manage.py simulate_year --seed N [--json FILE] [--html FILE]"""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

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
        total = {"listing": options["listings"], "day": options["days"]}
        bars: dict[str, tqdm[Any]] = {}

        def progress(stage: str, number: int) -> None:
            if stage not in bars:
                bars[stage] = tqdm(total=total[stage], desc=stage, unit=stage, file=sys.stderr, disable=None)
            bars[stage].update(number)

        try:
            with scratch_database():
                figures = year.run(progress)
        finally:
            for bar in bars.values():
                bar.close()
            logging.disable(logging.NOTSET)
        self._write(figures, options)

    def _write(self, figures: Any, options: dict[str, Any]) -> None:
        self.stdout.write(as_table(figures))
        if options["json"]:
            options["json"].write_text(json.dumps(figures.as_json(), ensure_ascii=False, indent=2) + "\n")
        if options["html"]:
            options["html"].write_text(as_page(figures))
        if figures.broken:
            raise CommandError("Above the limit: " + ", ".join(figures.broken) + ".\n" + "\n".join(figures.examples))
