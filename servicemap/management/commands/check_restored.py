"""manage.py check_restored --manifest FILE: whether a restored database is what the backup noted; for a rehearsal."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from servicemap.upkeep.restored_looks import looks


class Command(BaseCommand):
    help = (
        "Look at a restored database: counts, revision, rights, what the public must not see, and that no mail leaves."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--manifest", type=Path, required=True, help="what deploy/backup.sh noted")
        parser.add_argument("--seconds", type=int, default=0, help="how long the restore took")

    def handle(self, *args: object, manifest: Path, seconds: int, **options: object) -> None:
        found = looks(json.loads(manifest.read_text()), seconds)
        for look in found:
            self.stdout.write(f"{'good' if look.good else 'BAD'}: {look.name}: {look.value}")
        if not all(look.good for look in found):
            raise CommandError("This backup is not fit to go on with.")
