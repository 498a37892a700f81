"""manage.py bench --size 20k"""

from __future__ import annotations

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from bench.paths import PATHS, SIZES, measured, table


class Command(BaseCommand):
    help = "The packed index beside SQL on generated listings; what is written is taken back."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--size", choices=SIZES, default="20k")
        parser.add_argument("--paths", default="all", help=f"all, or some of {','.join(PATHS)}")
        parser.add_argument("--rounds", type=int, default=7)
        parser.add_argument("--json", type=Path, help="a file for the figures")

    def handle(self, *args: object, **options: object) -> None:
        chosen = PATHS if options["paths"] == "all" else str(options["paths"]).split(",")
        told = measured(SIZES[str(options["size"])], list(chosen), int(str(options["rounds"])), self.stdout.write)
        if isinstance(file := options["json"], Path):
            file.write_text(json.dumps({"size": options["size"], "paths": told}, indent=1))
        self.stdout.write(table(told))
