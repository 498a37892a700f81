"""manage.py simulate_corridors --seed N [--json FILE]"""

from __future__ import annotations

import json
import logging
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.test.utils import override_settings

from simulation.corridors import DAYS, CorridorFigures, Corridors
from simulation.progress import Progress, processor_seconds
from simulation.scratch import scratch_database


class Command(BaseCommand):
    help = "Live through two months of referrals across borders with the real services, in a database of its own."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", type=int, default=1, help="decides everything that is left to chance")
        parser.add_argument("--referrals", type=int, default=600)
        parser.add_argument("--json", type=Path, help="write the figures there")

    def handle(self, *args: Any, **options: Any) -> None:
        logging.disable(logging.ERROR)
        progress = Progress({"day": DAYS})
        try:
            with override_settings(DEBUG=False), scratch_database():
                run = Corridors(options["seed"], count=options["referrals"])
                figures = run.run(lambda _done, _total: progress("day", 1))
        finally:
            progress.close()
            logging.disable(logging.NOTSET)
        self.stdout.write(_table(figures))
        self.stdout.write(processor_seconds())
        if options["json"]:
            options["json"].write_text(json.dumps(asdict(figures), ensure_ascii=False, indent=2) + "\n")
        if figures.broken:
            raise CommandError("Above the limit: " + ", ".join(figures.broken) + ".\n" + "\n".join(figures.examples))


def _table(figures: CorridorFigures) -> str:
    """One figure a line; those that have to be nought say so."""
    told = asdict(figures)
    lines = [f"{name:28} {told[name]!s:>8}{'   limit 0' if name in figures.LIMITS else ''}" for name in told
             if name not in ("outcomes", "examples")]  # fmt: skip
    lines += [f"  {name:26} {n:>8}" for name, n in figures.outcomes.items()]
    return "\n".join(lines)
