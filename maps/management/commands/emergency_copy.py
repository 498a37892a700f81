"""The public map as files for plain web space."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from maps.light.copy import CURRENT, UnusableKey, write_copy


class Command(BaseCommand):
    help = (
        "Writes what the public may read as plain pages, relative to each other, into FOLDER, and points "
        f"FOLDER/{CURRENT} at them. For the day on which the domain is blocked: docs/operations/blocked.md."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--key", type=Path, help="an Ed25519 key in PEM: openssl genpkey -algorithm ed25519")

    def handle(self, *args: object, folder: Path, key: Path | None, **options: object) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            written = write_copy(folder, key, lambda code, files: self.stdout.write(f"{code}: {files}"))
        except UnusableKey as error:
            raise CommandError(f"{error} is no Ed25519 key in PEM without a password.") from error
        except OSError as error:
            raise CommandError(
                f"{error.filename or folder}: {error.strerror}. The copy before is still there."
            ) from error
        signed = "signed" if key else "not signed"
        self.stdout.write(f"{written.folder}: {written.files} files of revision {written.revision}, {signed}.")
