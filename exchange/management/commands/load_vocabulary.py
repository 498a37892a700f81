"""manage.py load_vocabulary [--folder PATH]"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from exchange.vocabulary import FOLDER, VocabularyError, load_vocabulary


class Command(BaseCommand):
    help = "Load the vocabulary from fixtures/vocabulary: adds and changes terms, retires those that are gone."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=FOLDER, help="where the files are (fixtures/vocabulary)")

    def handle(self, *args: object, folder: Path, verbosity: int, **options: object) -> None:
        try:
            loaded = load_vocabulary(folder)
        except VocabularyError as error:
            raise CommandError(str(error)) from error
        if verbosity:
            self.stdout.write(
                _("Vocabulary: %(added)d added, %(changed)d changed, %(retired)d retired, %(unchanged)d unchanged.")
                % vars(loaded)
            )
