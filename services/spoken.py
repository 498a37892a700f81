"""Whether words that people type were read over by somebody who speaks their language. Computed, never stored: a check
names the words that were read, so other words are unchecked without anybody doing anything.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import NotAllowed
from core.languages import codes
from services.models.spoken import WordsChecked
from services.models.vocabulary import Term

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Spoken:
    """Words of one language at a term; `check` is None for what nobody has read over."""

    language: str
    words: Sequence[str]
    check: WordsChecked | None


def spoken(term: Term) -> list[Spoken]:
    """What is typed in languages beside those that are on: theirs are written by the network itself."""
    told = {language: words for language, words in term.synonyms.items() if words and language not in codes()}
    rows = {row.language: row for row in WordsChecked.objects.filter(scheme=_scheme(term), code=term.pk)}
    return [Spoken(language, words, _holds(rows.get(language), words)) for language, words in told.items()]


@transaction.atomic
def read_over(*, actor: User, term: Term, languages: Iterable[str]) -> None:
    """This person speaks these languages, and finds the words right as they stand."""
    for one in spoken(term):
        if one.language not in languages or one.check:
            continue
        if one.language not in actor.translates:
            raise NotAllowed(_("This language is not one of yours."))
        WordsChecked.objects.update_or_create(
            scheme=_scheme(term),
            code=term.pk,
            language=one.language,
            defaults={"words_hash": words_hash(one.words), "checked_by": actor, "checked_at": clock.now()},
        )


def words_hash(words: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(words).encode()).hexdigest()


def _holds(row: WordsChecked | None, words: Sequence[str]) -> WordsChecked | None:
    return row if row and row.words_hash == words_hash(words) else None


def _scheme(term: Term) -> str:
    return str(term._meta.model_name)
