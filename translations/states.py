"""The state of a translation, computed from two hashes whenever somebody asks; no row says it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.tables.wording import WRITTEN
from translations.models import Origin, Translation
from translations.texts.units import Unit


class WordState(models.TextChoices):
    MISSING = "missing", _("not translated")
    OUTDATED = "outdated", _("of an older text")
    MACHINE = "machine", _("by a machine, not checked")
    UNCHECKED = "unchecked", _("not checked by anybody")
    CHECKED = "checked", _("checked")


def state_of(unit: Unit, row: Translation | None) -> WordState:
    if row is None or not row.forms:
        return WordState.MISSING
    if row.source_hash != unit.source_hash:
        return WordState.OUTDATED
    if row.checked_at:
        return WordState.CHECKED
    return WordState.MACHINE if row.origin == Origin.MACHINE else WordState.UNCHECKED


def is_withdrawn(unit: Unit, row: Translation | None) -> bool:
    """Whether it is a text of a record that says something else by now: what it said may have been taken back for
    somebody's safety, so nobody is given it, in whatever language."""
    return unit.kind in WRITTEN and state_of(unit, row) == WordState.OUTDATED


def forms_told(unit: Unit, row: Translation | None) -> list[str]:
    """Its forms, as translators are given them."""
    return [] if row is None or is_withdrawn(unit, row) else list(row.forms)


def is_shown(unit: Unit, row: Translation | None) -> bool:
    """Whether readers get it: of the present text, and by a person or checked by one. What can hurt, and what is said
    of a place that hides its door (giveaways), nobody reads in other words before a second person has."""
    state = state_of(unit, row)
    return state == WordState.CHECKED or (state == WordState.UNCHECKED and not (unit.waits or unit.is_harmful))


def is_unsaid(unit: Unit, row: Translation | None) -> bool:
    """Whether somebody took back what came with the product: a row without a text lies over it."""
    return row is not None and bool(row.pk) and not row.forms and row.source_hash == unit.source_hash


def counted(units: Iterable[Unit], rows: Mapping[str, Translation]) -> Counter[WordState]:
    return Counter(state_of(unit, rows.get(unit.id)) for unit in units)
