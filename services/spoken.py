"""Whether words that people type were read over by somebody who speaks their language. Computed, never stored: a check
names the words that were read, so other words are unchecked without anybody doing anything.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core import clock
from core.errors import NotAllowed, WrongState
from core.languages import codes
from services.models.spoken import WordsChecked
from services.models.vocabulary import (
    Attribute,
    AttributeAnswer,
    DeliveryLanguage,
    DocumentKind,
    MigrationStatus,
    ServiceType,
    TargetGroup,
    Term,
)

if TYPE_CHECKING:
    from accounts.models import User


#: Terms that carry words which people type.
SPOKEN: Sequence[type[Term]] = (
    ServiceType, TargetGroup, DeliveryLanguage, DocumentKind, MigrationStatus, Attribute, AttributeAnswer,
)  # fmt: skip


@dataclass(frozen=True)
class Spoken:
    """Words of one language at a term; `check` is None for what nobody has read over, `writer` for a release's."""

    language: str
    words: Sequence[str]
    check: WordsChecked | None
    writer: User | None = None

    @property
    def seen(self) -> str:
        """Names these words: whoever checks checks these."""
        return words_hash(self.words)[:16]


def spoken(term: Term) -> list[Spoken]:
    """What is typed in languages beside those that are on: theirs are written by the network itself."""
    rows = WordsChecked.objects.filter(scheme=_scheme(term), code=term.pk).select_related("checked_by", "written_by")
    return _spoken(term, {row.language: row for row in rows})


def spoken_in(language: str) -> list[tuple[Term, Spoken]]:
    """Every term that everybody knows with words of this language, in the order of the vocabulary."""
    rows = WordsChecked.objects.filter(language=language).select_related("checked_by", "written_by")
    found = {(row.scheme, row.code): {language: row} for row in rows}
    terms = (term for model in SPOKEN for term in _of_everybody(model))
    return [
        (term, one)
        for term in terms
        for one in _spoken(term, found.get((_scheme(term), term.pk), {}))
        if one.language == language
    ]


def _spoken(term: Term, rows: Mapping[str, WordsChecked]) -> list[Spoken]:
    told = {language: words for language, words in term.synonyms.items() if words and language not in codes()}
    return [
        Spoken(language, words, _holds(row := rows.get(language), words), row.written_by if row else None)
        for language, words in told.items()
    ]


def term_called(scheme: str, code: str) -> Term | None:
    model = next((one for one in SPOKEN if one._meta.model_name == scheme), None)
    return _of_everybody(model).filter(pk=code).first() if model else None


def _of_everybody(model: type[Term]) -> QuerySet[Any]:
    """Whoever translates is not of the network by that: what it asks among members alone they never meet."""
    if model is Attribute:
        return Attribute.objects.filter(is_retired=False, members_only=False)
    if model is AttributeAnswer:
        known = AttributeAnswer.objects.filter(is_retired=False, attribute__is_retired=False)
        return known.filter(attribute__members_only=False).select_related("attribute")
    return model._default_manager.filter(is_retired=False)


def wrote(*, actor: User, term: Term, before: Mapping[str, Sequence[str]]) -> None:
    """These words are this person's now: somebody else reads them over."""
    for language, words in term.synonyms.items():
        if language not in codes() and list(words) != list(before.get(language, ())):
            WordsChecked.objects.update_or_create(
                scheme=_scheme(term),
                code=term.pk,
                language=language,
                defaults={"written_by": actor, "words_hash": "", "checked_by": None, "checked_at": None},
            )


@transaction.atomic
def read_over(*, actor: User, term: Term, languages: Iterable[str], seen: str = "") -> None:
    """This person speaks these languages, and finds the words right as they stand (`seen`, where they were shown on
    another page). Nobody reads over what they wrote."""
    term = type(term)._default_manager.select_for_update().get(pk=term.pk)
    for one in spoken(term):
        if one.language not in languages or one.check:
            continue
        if one.language not in actor.translates:
            raise NotAllowed(_("This language is not one of yours."))
        if seen and seen != one.seen:
            raise WrongState(_("The words have changed meanwhile. Look at them anew."))
        if one.writer == actor:
            raise WrongState(_("Somebody else reads words over, never whoever wrote them."))
        WordsChecked.objects.update_or_create(
            scheme=_scheme(term),
            code=term.pk,
            language=one.language,
            defaults={"words_hash": words_hash(one.words), "checked_by": actor, "checked_at": clock.now()},
        )


def words_hash(words: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(words).encode()).hexdigest()


def _holds(row: WordsChecked | None, words: Sequence[str]) -> WordsChecked | None:
    return row if row and row.checked_at and row.words_hash == words_hash(words) else None


def _scheme(term: Term) -> str:
    return str(term._meta.model_name)
