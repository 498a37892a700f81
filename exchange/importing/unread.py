"""What of a file no expression of the mapping reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext as _

from exchange.importing.notes import in_words, shown
from exchange.importing.reading.rows import Path_, Row, leaves

#: Every feature has them.
_OF_EVERY_FEATURE = {(("type",), "Feature"), (("geometry", "type"), "Point")}


@dataclass
class Unread:
    """A field without a reader: how many rows have something there, the first of them, and what it has."""

    row: int
    value: str
    count: int = 0

    def __str__(self) -> str:
        words = {"count": self.count, "row": self.row, "value": self.value[:60]}
        return _("%(count)d rows; row %(row)d: %(value)s") % words


def unread_fields(paths: Iterable[tuple[str, Path_]], rows: Sequence[Row]) -> dict[str, Unread]:
    """Fields of the file and of those joined to it that nothing reads, as people see them in the file."""
    read = {file: [path for at, path in paths_ if at == file] for paths_ in [list(paths)] for file, _path in paths_}

    @cache
    def is_read(file: str, leaf: Path_) -> bool:
        return any(_reads(path, leaf) for path in read.get(file, ()))

    found: dict[str, Unread] = {}
    for row in rows:
        for file, data in row.parts.items():
            for leaf, value in leaves(data):
                if not is_read(file, leaf) and (leaf, value) not in _OF_EVERY_FEATURE:
                    name = in_words((file, *leaf) if file else leaf)
                    found.setdefault(name, Unread(row.number, shown(value))).count += 1
    return dict(sorted(found.items()))


def _reads(path: Path_, leaf: Path_) -> bool:
    """Whether a path leads to this value or to something that it is part of. A position may be left out of a path."""
    if not path:
        return True
    if not leaf:
        return False
    if path[0] == leaf[0]:
        return _reads(path[1:], leaf[1:])
    return leaf[0].isdecimal() and _reads(path, leaf[1:])
