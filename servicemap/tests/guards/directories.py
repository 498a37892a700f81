"""Another directory in the world of the guards."""

from __future__ import annotations

from exchange.sources.models import ForeignSource, ReadingState, SourceReading


def read_once() -> ForeignSource:
    """Another directory that was read once."""
    made = ForeignSource.objects.create(title="Каталог соседей", language="ru", country="GE")
    row = {"number": 1, "key": "1", "title": "Тест", "owner": "Соседи", "verdict": "created", "say": [], "changes": []}
    term = {"key": "x|y", "name": "Тест", "scheme": "x", "count": 1, "ours": "", "is_guessed": False}
    SourceReading.objects.create(source=made, state=ReadingState.PLANNED, results=[row], terms=[term])
    return made
