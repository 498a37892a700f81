"""`manage.py rebuild_directory [--check]`: the read model is disposable, and this proves it."""

from __future__ import annotations

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from verification.upkeep.rebuild import compare, rebuild


class Command(BaseCommand):
    help = "Makes the directory anew from the approved snapshots. With --check it only compares."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="compare, write nothing, fail on a difference")

    def handle(self, *args: object, check: bool, **options: object) -> None:
        if not check:
            self.stdout.write(f"The directory was made anew from {rebuild()} listings.")
            return
        found = compare()
        for audience, key in found.missing:
            self.stdout.write(f"missing    {audience:8} {key}")
        for audience, key in found.unexpected:
            self.stdout.write(f"unexpected {audience:8} {key}")
        for audience, key, columns in found.changed:
            self.stdout.write(f"differs    {audience:8} {key}: {', '.join(columns)}")
        if found:
            raise CommandError("The directory is not what the approved snapshots say. Run rebuild_directory.")
        self.stdout.write("The directory is exactly what the approved snapshots and the rooms beside them say.")
