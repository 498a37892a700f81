"""manage.py bench --size 20k"""

from __future__ import annotations

import json
import os
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.test.utils import override_settings

from bench.paths import PATHS, SIZES, Told, measured, table
from bench.peers import choosing


class Command(BaseCommand):
    help = "The packed index beside SQL, and beside others, on generated listings; what is written is taken back."

    def add_arguments(self, parser: CommandParser) -> None:
        names = ",".join([*PATHS, choosing.EMBED])
        parser.add_argument("--size", choices=SIZES, default="20k")
        parser.add_argument("--paths", default="all", help=f"all, or some of {names}; embed is for peers alone")
        parser.add_argument("--rounds", type=int, default=7)
        parser.add_argument("--json", type=Path, help="a file for the figures")
        peers = (
            f"beside others: all (of these paths), or some of {','.join(choosing.PEERS)}; fetched when they are missing"
        )
        parser.add_argument("--peers", nargs="?", const="all", metavar="NAMES", help=peers)
        embed = "a running server whose embed is measured; without it one with 5,000 generated listings is started"
        parser.add_argument("--embed", default="", metavar="ADDRESS", help=embed)

    def handle(self, *args: object, **options: object) -> None:
        size, rounds = str(options["size"]), int(str(options["rounds"]))
        given = str(options["paths"])
        paths = [*PATHS, choosing.EMBED] if given == "all" else given.split(",")
        beside = self._beside(options, paths, SIZES[size], rounds)
        load = [os.getloadavg()[0]]
        # What serves readers keeps no record of its queries.
        with override_settings(DEBUG=False):
            ours = [path for path in paths if path != choosing.EMBED]
            told = measured(SIZES[size], ours, rounds, self.stdout.write, beside.inside if beside else None)
            if beside:
                beside.outside()
        load.append(os.getloadavg()[0])
        peers = {"peers": beside.told} if beside else {}
        self._tell(options, {"size": size, "rounds": rounds, "load": load, "paths": told, **peers})
        self.stdout.write(table(told))
        self.stdout.write(f"load {load[0]:.1f} to {load[1]:.1f} on {os.cpu_count()} cores\n")
        if beside:
            self.stdout.write(choosing.table(beside.told))

    def _beside(
        self, options: dict[str, object], paths: list[str], size: int, rounds: int
    ) -> choosing.OnesBeside | None:
        if not options["peers"]:
            return None
        try:
            peers = choosing.chosen(str(options["peers"]), paths)
        except ValueError as error:
            raise CommandError(str(error)) from error
        return choosing.OnesBeside(size, peers, rounds, self.stdout.write, str(options["embed"]))

    def _tell(self, options: dict[str, object], told: Told) -> None:
        if isinstance(file := options["json"], Path):
            file.write_text(json.dumps(told, indent=1))
