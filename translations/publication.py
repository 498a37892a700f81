"""What of the translations readers get: texts of the present source, by a person or checked by one."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from directory.stores import wordstore
from directory.tables import wording
from translations.locks import hold_all
from translations.models import Translation
from translations.states import is_shown, is_unsaid
from translations.texts.units import Unit, every, of_messages, of_records


def publish(language: str, written: Sequence[tuple[Unit, Translation | None]]) -> None:
    """Tell readers of these, or take them from them. Records are read anew: meanwhile one may hide its door."""
    wordstore.hold()
    anew = (
        {unit.id: unit for unit in of_records()} if any(unit.kind in wording.WRITTEN for unit, _row in written) else {}
    )
    now = ((anew.get(unit.id) if unit.kind in wording.WRITTEN else unit, row) for unit, row in written)
    shown = [_public(unit, row) for unit, row in now if unit and row and _is_told(unit, row)]
    told = {row["id"] for row in shown}
    wordstore.drop({f"{unit.id}:{language}" for unit, _row in written} - told)
    wordstore.put(shown)


def publish_all() -> None:
    """All of it anew: also what came back to readers, and went with it when it left."""
    with transaction.atomic():
        _publish_all()


def _publish_all() -> None:
    hold_all()
    of_messages()  # made before others have to wait
    wordstore.hold()
    rows = list(Translation.objects.all())
    units = {unit.id: unit for unit in every()} if rows else {}
    shown = ((units[row.unit], row) for row in rows if row.unit in units)
    wordstore.put_all([_public(unit, row) for unit, row in shown if _is_told(unit, row)])


def _is_told(unit: Unit, row: Translation) -> bool:
    return is_shown(unit, row) or is_unsaid(unit, row)


def _public(unit: Unit, row: Translation) -> wordstore.Row:
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
