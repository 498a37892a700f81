"""manage.py load_demo [--if-empty] [--logins PATH]"""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from tqdm import tqdm

from demonstration import small
from demonstration.load import has_network, load_network


class Command(BaseCommand):
    help = "Load the fictional demonstration network into an empty database and write its logins to var/."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing when an organisation is there already")
        parser.add_argument(
            "--logins",
            type=Path,
            default=settings.VAR_DIR / "demo-logins.json",
            help="where the logins are written (mode 0600)",
        )

    def handle(self, *args: object, if_empty: bool, logins: Path, **options: object) -> None:
        if not settings.DEMO_NETWORK:
            raise CommandError(
                "This is no demonstration: set DEMO_NETWORK=on, so that every page says it is fictional."
            )
        folder = settings.NETWORK.demonstration
        if folder is None:
            self.stdout.write(f"{settings.NETWORK.path.name} names no demonstration: nothing was loaded.")
            return
        if has_network():
            if if_empty:
                self.stdout.write(_("There is a network already: nothing was loaded."))
                return
            raise CommandError(_("There is a network already. The demonstration goes into an empty database only."))
        with tqdm(unit="step", desc=_("Demonstration network"), disable=None) as bar:

            def progress(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            if (folder / small.FILE).exists():
                listings = small.load(folder, logins=logins, progress=progress)
            else:
                listings = load_network(logins=logins, progress=progress)
        self.stdout.write(
            _("Demonstration network: %(count)d listings. The logins are in %(file)s.")
            % {"count": listings, "file": logins}
        )
