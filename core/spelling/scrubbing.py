"""Words that must be nowhere any more, taken out of texts and of what is kept as JSON."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.db.models import Model, QuerySet

#: What stands where something was.
GONE = "[…]"


def without_words(value: Any, words: Sequence[str], *, by: str = GONE) -> Any:
    """The text, list or mapping with every occurrence of the words, in whatever case, replaced; numbers that a word
    writes with at least four digits after the point are None."""
    if not words:
        return value
    pattern = re.compile("|".join(re.escape(word) for word in words), re.IGNORECASE)
    numbers = {float(word) for word in words if re.fullmatch(r"-?\d+\.\d{4,}", word)}
    return _without(value, pattern, numbers, by)


def _without(value: Any, pattern: re.Pattern[str], numbers: set[float], by: str) -> Any:
    if isinstance(value, str):
        return pattern.sub(by, value)
    if isinstance(value, dict):
        return {name: _without(inner, pattern, numbers, by) for name, inner in value.items()}
    if isinstance(value, list):
        return [_without(inner, pattern, numbers, by) for inner in value]
    if isinstance(value, float) and any(round(value, digits) in numbers for digits in (4, 5, 6)):
        return None
    return value


def scrub(rows: QuerySet[Any], columns: Sequence[str], words: Sequence[str], *, by: str = GONE) -> int:
    """Take the words out of these columns of the rows. Returns how many rows held one."""
    changed: list[Model] = []
    for row in rows.only("pk", *columns).order_by("pk"):
        new = {name: without_words(getattr(row, name), words, by=by) for name in columns}
        if any(value != getattr(row, name) for name, value in new.items()):
            for name, value in new.items():
                setattr(row, name, value)
            changed.append(row)
    rows.model._default_manager.bulk_update(changed, list(columns), batch_size=200)
    return len(changed)
