"""What of the translations readers get: texts of the present source, by a person or checked by one."""

from __future__ import annotations

from directory import wordstore
from translations.models import Translation
from translations.states import is_shown
from translations.units import Unit, every


def publish(unit: Unit, language: str, row: Translation | None) -> None:
    identifier = f"{unit.id}:{language}"
    if row is not None and is_shown(unit, row):
        wordstore.put([_row(unit, row)])
    else:
        wordstore.drop([identifier])


def publish_all() -> None:
    """All of it anew: also what came back to readers, and went with it when it left."""
    rows = list(Translation.objects.all())
    units = {unit.id: unit for unit in every()} if rows else {}
    shown = ((units[row.unit], row) for row in rows if row.unit in units)
    wordstore.put_all([_row(unit, row) for unit, row in shown if is_shown(unit, row)])


def _row(unit: Unit, row: Translation) -> wordstore.Row:
    return {
        "id": f"{unit.id}:{row.language}",
        "kind": unit.kind,
        "key": unit.key,
        "field": unit.field,
        "language": row.language,
        "source_hash": row.source_hash,
        "forms": row.forms,
        "checked_on": row.checked_at.date() if row.checked_at else None,
    }
