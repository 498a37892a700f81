"""manage.py note_release: with each release, what it uses is written down for the migrations of the next."""

from django.core.management.base import BaseCommand, CommandError
from django.db.migrations.loader import MigrationLoader

from servicemap.upkeep import released


class Command(BaseCommand):
    help = "Write deploy/released.json: which columns this release uses. Refused where its own tables shrank too early."

    def handle(self, *args: object, **options: object) -> None:
        loader = MigrationLoader(None)
        if released.FILE.exists() and (found := released.too_early(loader, released.read())):
            raise CommandError("\n".join(found))
        released.write(released.present(loader))
        self.stdout.write(f"{released.FILE.relative_to(released.FILE.parents[1])} is written.")
