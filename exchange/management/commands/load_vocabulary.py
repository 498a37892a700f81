"""manage.py load_vocabulary [--folder PATH]"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from exchange.vocabulary import VocabularyError, load_vocabulary


class Command(BaseCommand):
    help = "Load the network's vocabulary: adds and changes terms, retires those that are gone."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=None, help="where the files are, if not the network's")

    def handle(self, *args: object, folder: Path | None, verbosity: int, **options: object) -> None:
        try:
            loaded = load_vocabulary(folder)
        except VocabularyError as error:
            raise CommandError(str(error)) from error
        if verbosity:
            self.stdout.write(
                _("Vocabulary: %(added)d added, %(changed)d changed, %(retired)d retired, %(unchanged)d unchanged.")
                % vars(loaded)
            )
