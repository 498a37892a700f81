from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import to_locale

from core.languages import LANGUAGES, WHOLE, babel_locale
from core.phrasing.plurals import catalogue_rule

_HEAD = {"MIME-Version": "1.0", "Content-Type": "text/plain; charset=UTF-8", "Content-Transfer-Encoding": "8bit"}


class Command(BaseCommand):
    help = (
        "Begin the catalogue of a language that has a row: every message of ours, without words, with CLDR's plurals."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", choices=[row.code for row in LANGUAGES if row.code != WHOLE])

    def handle(self, *args: Any, code: str, **options: Any) -> None:
        folder = Path(settings.LOCALE_PATHS[0])
        path = folder / to_locale(code) / "LC_MESSAGES" / "django.po"
        if path.exists():
            raise CommandError(f"{path.relative_to(folder)} is there already.")
        forms, expression = catalogue_rule(babel_locale(code))
        begun = polib.POFile(wrapwidth=0)
        begun.metadata = _HEAD | {
            "Language": to_locale(code),
            "Plural-Forms": f"nplurals={forms}; plural={expression};",
        }
        for entry in polib.pofile(str(folder / to_locale(WHOLE) / "LC_MESSAGES" / "django.po")):
            entry.msgstr, entry.flags = "", [flag for flag in entry.flags if flag != "fuzzy"]
            entry.msgstr_plural = dict.fromkeys(range(forms), "") if entry.msgid_plural else {}
            begun.append(entry)
        path.parent.mkdir(parents=True, exist_ok=True)
        begun.save(str(path))
        self.stdout.write(f"{path.relative_to(folder)}: {len(begun)} messages")
