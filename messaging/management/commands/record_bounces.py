"""manage.py record_bounces [FILE …]: read returned letters, one file each; without a file, one from standard input."""

from __future__ import annotations

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from messaging.bounces import read_report


class Command(BaseCommand):
    help = "Write down which letters came back. The mail server pipes its delivery reports here, or name files."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="*", type=Path)

    def handle(self, *args: object, files: list[Path], **options: object) -> None:
        raw = [file.read_bytes() for file in files] or [sys.stdin.buffer.read()]
        count = sum(len(read_report(each)) for each in raw)
        self.stdout.write(f"{count} addresses bounce")
