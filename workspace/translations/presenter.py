"""One text as its translator and its checker see it."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import TypedDict

from django.utils.translation import gettext as _

from accounts.models import User
from core.languages import SOURCE, Language, babel_locale, by_code
from core.phrasing.plurals import samples_of_forms
from organizations.models import Organization
from translations.models import Kind, Origin, Translation
from translations.rights import is_of_network, organizations_of
from translations.rows import forms_elsewhere
from translations.services import why_not_check
from translations.states import WordState, forms_told, is_unsaid, is_withdrawn, state_of
from translations.texts import catalogues
from translations.texts.checks import Problem, problems
from translations.texts.glossary import AgreedTerm, terms_in
from translations.texts.units import Unit
from workspace.translations.asked import Queue
from workspace.translations.standing import TextPlace, standing


class FormTold(TypedDict):
    text: str
    numbers: str


class UnitTold(TypedDict):
    language: Language
    queue: Queue
    unit: Unit
    kind: str
    row: Translation | None
    state: WordState
    forms: list[FormTold]
    terms: list[AgreedTerm]
    problems: list[Problem]
    before: Unit | None
    after: Unit | None
    place_in_queue: int
    was: str
    is_typed: bool  # and not taken: nobody says beside it that the text of before is right
    is_from_elsewhere: bool
    may_check: bool
    why_not: str
    taken_back: str
    translated: str
    stands: list[TextPlace]
    checked: str
    source_language: Language


def told(user: User, queue: Queue, unit: Unit, row: Translation | None, typed: Sequence[str]) -> UnitTold:
    state = state_of(unit, row)
    texts, is_from_elsewhere = _laid_before(unit, row, queue.language, typed)
    why_not = _why_not(user, unit, row, state)
    ids = [line.unit.id for line in queue.lines]
    return {
        "language": by_code(queue.language),
        "queue": queue,
        "unit": unit,
        "kind": str(Kind(unit.kind).label),
        "row": row,
        "state": state,
        "forms": _forms(unit, queue.language, texts),
        "terms": terms_in((*unit.source, *unit.english), queue.language),
        "problems": problems(unit, queue.language, texts) if texts else [],
        "before": queue.beside(unit, -1) if unit.id in ids else None,
        "after": queue.beside(unit, 1) if unit.id in ids else queue.beside(unit, 0),
        "place_in_queue": ids.index(unit.id) + 1 if unit.id in ids else 0,
        "was": _was(unit, row) if state == WordState.OUTDATED else "",
        "is_typed": bool(typed),
        "is_from_elsewhere": is_from_elsewhere,
        "may_check": state in (WordState.UNCHECKED, WordState.MACHINE) and not why_not and not typed,
        "why_not": why_not,
        "taken_back": by(user, row.translated_by, row.translated_for) if row and is_unsaid(unit, row) else "",
        "translated": _translated(user, row),
        "stands": standing(unit),
        "checked": by(user, row.checked_by, row.checked_for) if row and row.checked_at else "",
        "source_language": by_code(SOURCE),
    }


def _laid_before(unit: Unit, row: Translation | None, language: str, typed: Sequence[str]) -> tuple[list[str], bool]:
    """What stands in the fields, and whether it comes from the same text of another place."""
    if known := list(typed) or forms_told(unit, row):
        return known, False
    same = [] if is_unsaid(unit, row) else forms_elsewhere(unit, language)
    return same, bool(same)


def _forms(unit: Unit, language: str, texts: Sequence[str]) -> list[FormTold]:
    """A field for each plural form, with numbers that take it."""
    if not unit.is_counted:
        return [{"text": texts[0] if texts else "", "numbers": ""}]
    samples = samples_of_forms(babel_locale(language))
    return [
        {"text": texts[at] if at < len(texts) else "", "numbers": ", ".join(map(str, samples[at]))}
        for at in range(catalogues.forms_needed(language))
    ]


def _why_not(user: User, unit: Unit, row: Translation | None, state: WordState) -> str:
    """Why this person does not check it, in words; "" where they may."""
    if state not in (WordState.UNCHECKED, WordState.MACHINE) or row is None:
        return ""
    if row.translated_by_id == user.pk:
        return _("You wrote it: somebody else checks it.")
    return why_not_check(user, unit, row)


def _was(unit: Unit, row: Translation | None) -> str:
    """The source that the text was written of; "" where nobody kept it, or nobody may read it any more."""
    before = " ".join(row.source) if row and not is_withdrawn(unit, row) else ""
    now = " ".join(unit.texts)
    return before if before and difflib.SequenceMatcher(None, before, now).ratio() < 1 else ""


def _translated(user: User, row: Translation | None) -> str:
    if row is None:
        return ""
    if row.origin == Origin.CATALOGUE and row.translated_by_id is None:
        return _("came with the product")
    who = by(user, row.translated_by, row.translated_for)
    return f"{who} · {row.get_origin_display()}" if row.origin != Origin.HUMAN else who


def by(reader: User, user: User | None, organization: str) -> str:
    """A person, by name and never by address, and the organisation for which they did it; who they are is told to
    people of the network alone."""
    if not is_of_network(reader):
        other = bool(organization) and organization not in organizations_of(reader)
        return _("another organisation") if other else _("a translator")
    name = (user.name or _("a translator")) if user else _("a person who has left")
    found = Organization.objects.filter(public_id=organization).first() if organization else None
    return f"{name}, {found}" if found else name
