"""manage.py simulate_network_year --seed N [--json FILE]"""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.test.utils import override_settings

from simulation.network.year import DAYS, NetworkFigures, NetworkYear
from simulation.progress import Progress, processor_seconds
from simulation.scratch import scratch_database


class Command(BaseCommand):
    help = "Live through a year of joining, standing, votes and countries with the real services, in its own database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", type=int, default=1, help="decides everything that is left to chance")
        parser.add_argument("--json", type=Path, help="write the figures there")

    def handle(self, *args: Any, **options: Any) -> None:
        logging.disable(logging.ERROR)
        progress = Progress({"day": DAYS})
        try:
            with override_settings(DEBUG=False), scratch_database():
                figures = NetworkYear(options["seed"]).run(lambda _day: progress("day", 1))
        finally:
            progress.close()
            logging.disable(logging.NOTSET)
        self.stdout.write(as_table(figures))
        self.stdout.write(processor_seconds())
        if options["json"]:
            options["json"].write_text(json.dumps(figures.as_json(), ensure_ascii=False, indent=2) + "\n")
        if figures.broken:
            raise CommandError("Above the limit: " + ", ".join(figures.broken) + ".\n" + "\n".join(figures.examples))


def as_table(figures: NetworkFigures) -> str:
    """One figure a line; those that have to be nought say so."""
    lines = [f"{name:28} {number:>8}   limit 0" for name, number in figures.found.items()]
    lines.append(f"{'evaluation_hash_equal':28} {figures.evaluation_hash_equal!s:>8}   true")
    lines += [f"{name:28} {number:>8}" for name, number in figures.counted.items()]
    return "\n".join(lines)
