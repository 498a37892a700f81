"""How far each language is: what readers need, what is written of it, what people have checked."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from core.languages import LANGUAGES, MESSAGES, WHOLE
from translations.readiness import progress_of
from translations.states import WordState
from translations.texts.units import every


class Command(BaseCommand):
    help = "How far each language is: texts that readers need, how many are written, and checked by people."

    def handle(self, *args: Any, **options: Any) -> None:
        units = every()
        for row in LANGUAGES:
            if row.code in (WHOLE, MESSAGES) or row.state == "trial" or row.derived_from:
                continue
            told = progress_of(row.code, units)
            written = told.needed - told.states[WordState.MISSING]
            self.stdout.write(f"{row.code}\t{written} of {told.needed} written\t{told.checked} checked\t{row.state}")
