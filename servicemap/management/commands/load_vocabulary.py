"""manage.py load_vocabulary"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from servicemap.vocabulary import VocabularyError, load_vocabulary


class Command(BaseCommand):
    help = "Load the vocabulary from fixtures/vocabulary: adds and changes terms, retires those that are gone."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_vocabulary()
        except VocabularyError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Vocabulary: {loaded.added} added, {loaded.changed} changed, "
            f"{loaded.retired} retired, {loaded.unchanged} unchanged."
        )
