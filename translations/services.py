"""Writing a text, checking it, taking it back. Each also tells the readers' side, in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.errors import NotAllowed, WrongState
from translations.checks import Problem, problems
from translations.models import Origin, Translation
from translations.publication import publish
from translations.rights import may_translate, organizations_of
from translations.rows import must_be, row_of
from translations.states import WordState, state_of
from translations.units import Unit


class NotSoundError(WrongState):
    """A text that the rules refuse; `problems` say why."""

    code = "not_sound"

    def __init__(self, found: Sequence[Problem]) -> None:
        super().__init__(" ".join(problem.words for problem in found), field="forms")
        self.problems = found


@transaction.atomic
def write(
    *, actor: User, unit: Unit, language: str, forms: Sequence[str], origin: str = Origin.HUMAN, seen: str | None = None
) -> Translation:
    """The text as this person writes it. Nobody has checked it; the same text of the same source stays as it is."""
    _need(actor, language)
    _lock(unit, language)
    row = row_of(unit, language)
    if seen is not None:
        must_be(unit, row, seen)
    forms = [form.replace("\r\n", "\n").strip() for form in forms]
    if found := problems(unit, language, forms):
        raise NotSoundError(found)
    if row and row.pk and row.forms == forms and row.source_hash == unit.source_hash:
        return row
    row = row if row and row.pk else _new(unit, language)
    row.forms, row.origin = forms, origin
    row.source, row.source_hash = list(unit.texts), unit.source_hash
    row.translated_by, row.translated_for = actor, next(iter(organizations_of(actor)), "")
    row.translated_at = clock.now()
    row.checked_by, row.checked_for, row.checked_at = None, "", None
    return _saved(row, unit)


@transaction.atomic
def check(*, actor: User, unit: Unit, language: str, seen: str) -> Translation:
    """Another person has read the text beside its source and says that it is right."""
    _need(actor, language)
    _lock(unit, language)
    row = row_of(unit, language)
    must_be(unit, row, seen)
    if row is None or (state := state_of(unit, row)) in (WordState.MISSING, WordState.OUTDATED):
        raise WrongState(_("There is no text of the present source to check."))
    if state == WordState.CHECKED:
        return row
    if found := problems(unit, language, row.forms):
        raise NotSoundError(found)
    if row.translated_by_id == actor.pk:
        raise WrongState(_("Somebody else checks a text, never whoever wrote it."))
    if not row.pk:  # came with the product: kept from now on as it was read
        row.source, row.is_harmful, row.field = list(unit.texts), unit.is_harmful, unit.field
        row.translated_at = clock.now()
    row.checked_by, row.checked_at, row.checked_for = actor, clock.now(), _checks_for(actor, row)
    return _saved(row, unit)


def _checks_for(actor: User, row: Translation) -> str:
    """The organisation for which they check; of what can hurt, one with which the translator has nothing to do."""
    own = organizations_of(actor)
    theirs = {row.translated_for, *(organizations_of(row.translated_by) if row.translated_by else ())}
    if row.is_harmful and (not own or theirs & set(own)):
        raise WrongState(_("A mistake here could hurt somebody: a person of another organisation checks it."))
    return next((one for one in own if one not in theirs), "")


@transaction.atomic
def take_back(*, actor: User, unit: Unit, language: str, seen: str) -> None:
    """Readers get the source again."""
    _need(actor, language)
    _lock(unit, language)
    row = row_of(unit, language)
    must_be(unit, row, seen)
    if row is None or not row.pk:
        raise WrongState(_("There is nothing to take back: this text came with the product. Write a better one."))
    row.delete()
    publish(unit, language, None)


def _new(unit: Unit, language: str) -> Translation:
    return Translation(
        unit=unit.id, language=language, kind=unit.kind, key=unit.key, field=unit.field, is_harmful=unit.is_harmful
    )


def _saved(row: Translation, unit: Unit) -> Translation:
    row.is_harmful = unit.is_harmful
    try:
        row.full_clean()
    except ValidationError as error:
        raise WrongState(" ".join(error.messages)) from error
    row.save()
    publish(unit, row.language, row)
    return row


def _need(actor: User, language: str) -> None:
    if not may_translate(actor, language):
        raise NotAllowed(_("This language is not one of yours."))


def _lock(unit: Unit, language: str) -> None:
    """Two presses at once are two, one after the other."""
    list(Translation.objects.select_for_update().filter(unit=unit.id, language=language))
