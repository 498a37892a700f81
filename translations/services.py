"""Writing a text, checking it, taking it back. Each also tells the readers' side, in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.errors import NotAllowed, WrongState
from translations.locks import hold
from translations.models import Origin, Translation
from translations.publication import publish
from translations.rights import may_translate, organizations_of
from translations.rows import must_be, of_catalogue, row_of
from translations.states import WordState, state_of
from translations.texts.checks import Problem, problems
from translations.texts.units import Unit


class NotSoundError(WrongState):
    """A text that the rules refuse; `problems` say why."""

    code = "not_sound"

    def __init__(self, found: Sequence[Problem]) -> None:
        super().__init__(" ".join(problem.words for problem in found), field="forms")
        self.problems = found


@transaction.atomic
def write(
    *, actor: User, unit: Unit, language: str, forms: Sequence[str], origin: str = Origin.HUMAN, seen: str | None = None
) -> Translation | None:
    """The text as this person writes it; nobody has checked it. None where the same text of the same source is there
    already, whoever wrote it: it stays theirs, and as checked as it was."""
    may_write(actor, language)
    hold(language)
    row = row_of(unit, language)
    if seen is not None:
        must_be(unit, row, seen)
    own = next(iter(organizations_of(actor)), "")
    new = set_down(actor=actor, own=own, unit=unit, language=language, forms=forms, origin=origin, row=row)
    if new is not None:
        publish(language, [(unit, new)])
    return new


def set_down(
    *, actor: User, own: str, unit: Unit, language: str, forms: Sequence[str], origin: str, row: Translation | None
) -> Translation | None:
    """The row as it is written; None where it says so already. Whoever calls holds the language, and publishes."""
    forms = [form.replace("\r\n", "\n").strip() for form in forms]
    if found := problems(unit, language, forms):
        raise NotSoundError(found)
    if row and row.forms == forms and row.source_hash == unit.source_hash:
        return None
    row = row if row and row.pk else _new(unit, language)
    row.forms, row.origin = forms, origin
    row.source, row.source_hash = list(unit.texts), unit.source_hash
    row.translated_by, row.translated_for = actor, own
    row.translated_at = clock.now()
    row.checked_by, row.checked_for, row.checked_at = None, "", None
    _save(row, unit)
    return row


@transaction.atomic
def check(*, actor: User, unit: Unit, language: str, seen: str) -> Translation:
    """Another person has read the text beside its source and says that it is right."""
    may_write(actor, language)
    hold(language)
    row = row_of(unit, language)
    must_be(unit, row, seen)
    if row is None or (state := state_of(unit, row)) in (WordState.MISSING, WordState.OUTDATED):
        raise WrongState(_("There is no text of the present source to check."))
    if state == WordState.CHECKED:
        return row
    if found := problems(unit, language, row.forms):
        raise NotSoundError(found)
    if words := why_not_check(actor, unit, row):
        raise WrongState(words)
    if not row.pk:  # came with the product: kept from now on as it was read
        row.source, row.is_harmful, row.field = list(unit.texts), unit.is_harmful, unit.field
        row.translated_at = clock.now()
    row.checked_by, row.checked_at, row.checked_for = actor, clock.now(), _checks_for(actor, row)
    _save(row, unit)
    publish(language, [(unit, row)])
    return row


def why_not_check(actor: User, unit: Unit, row: Translation) -> str:
    """Why this person does not check this text, in words, before they have read all of it; "" where they may."""
    if row.translated_by_id == actor.pk:
        return _("Somebody else checks a text, never whoever wrote it.")
    if not unit.is_harmful:
        return ""
    own = organizations_of(actor)
    if not own:
        return _("A mistake here could hurt somebody: a person who works for an organisation of the network checks it.")
    if _organizations_behind(row) & set(own):
        return _("A mistake here could hurt somebody: a person of another organisation checks it.")
    return ""


def _checks_for(actor: User, row: Translation) -> str:
    """The organisation for which they check: one with which the translator has nothing to do, where they have one."""
    return next((one for one in organizations_of(actor) if one not in _organizations_behind(row)), "")


def _organizations_behind(row: Translation) -> set[str]:
    return {row.translated_for, *(organizations_of(row.translated_by) if row.translated_by else ())}


@transaction.atomic
def take_back(*, actor: User, unit: Unit, language: str, seen: str) -> None:
    """Readers get the source again."""
    may_write(actor, language)
    hold(language)
    row = row_of(unit, language)
    must_be(unit, row, seen)
    if row is None or not row.forms:
        raise WrongState(_("There is no text to take back."))
    if unit.id in of_catalogue(language):
        publish(language, [(unit, _unsaid(actor, row, unit))])
    else:
        row.delete()
        publish(language, [(unit, None)])


def _unsaid(actor: User, row: Translation, unit: Unit) -> Translation:
    """What came with the product would come back: a row without a text lies over it, until somebody writes one."""
    row.forms, row.origin, row.translated_at = [], Origin.HUMAN, clock.now()
    row.source, row.source_hash, row.is_harmful = list(unit.texts), unit.source_hash, unit.is_harmful
    row.translated_by, row.translated_for = actor, ""
    row.checked_by, row.checked_for, row.checked_at = None, "", None
    row.save()
    return row


def _new(unit: Unit, language: str) -> Translation:
    return Translation(
        unit=unit.id, language=language, kind=unit.kind, key=unit.key, field=unit.field, is_harmful=unit.is_harmful
    )


def _save(row: Translation, unit: Unit) -> None:
    row.is_harmful = unit.is_harmful
    try:
        row.full_clean()
    except ValidationError as error:
        raise WrongState(" ".join(error.messages)) from error
    row.save()


def may_write(actor: User, language: str) -> None:
    if not may_translate(actor, language):
        raise NotAllowed(_("This language is not one of yours."))
