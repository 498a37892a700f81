from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from core.languages import LANGUAGES, MESSAGES, WHOLE
from translations.texts.catalogues import note_sources
from translations.texts.names import note_names


class Command(BaseCommand):
    help = "Note, for new texts of a language, which Russian and English they were written of."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", choices=[row.code for row in LANGUAGES if row.code not in (WHOLE, MESSAGES)])

    def handle(self, *args: Any, code: str, **options: Any) -> None:
        self.stdout.write(f"{code}: {note_sources(code)} new, {note_names(code)} of the vocabulary")
