"""Texts that may give the door of a hidden place away, as those read them who agree or not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from directory.crossing.content import Content
from facts.discretion import HIDDEN, Reader, may_read
from facts.wording import label_of
from verification.giveaways.finding import Piece

#: What lies over a listing has no field of its own in the content.
_LABELS: dict[str, Promise] = {
    "operation_note": gettext_lazy("Note on how it works now"),
    "capacity_note": gettext_lazy("Note on places"),
    "notices": gettext_lazy("Notice"),
}
_KINDS: dict[str, Promise] = {
    "street": gettext_lazy("a street"),
    "own street": gettext_lazy("the street of this place"),
    "house": gettext_lazy("a house, an entrance or a flat"),
    "bell": gettext_lazy("a bell or the code of a door"),
    "coordinates": gettext_lazy("coordinates"),
    "link": gettext_lazy("the link of a map"),
    "plus code": gettext_lazy("a plus code"),
    "three words": gettext_lazy("the three words of a place"),
}


@dataclass(frozen=True)
class HeldLine:
    """One text: where it stands, what it says, and what in it was found, in words."""

    label: str
    text: str
    found: str
    mark: str


def held_lines(pieces: Iterable[Piece], reader: Reader, content: Content) -> list[HeldLine]:
    """As much of the texts as the reader may know."""
    return [_line(piece, may_read(reader, piece.path, content)) for piece in pieces]


def _line(piece: Piece, shown: bool) -> HeldLine:
    label = _LABELS[piece.path] if piece.path in _LABELS else label_of(piece.path)
    kinds = dict.fromkeys(str(_KINDS[find.kind]) for find in piece.finds)
    words = ", ".join(f"«{find.text}»" for find in piece.finds)
    found = f"{', '.join(kinds)}: {words}" if shown else ", ".join(kinds)
    return HeldLine(str(label), piece.text if shown else HIDDEN, found, piece.mark)
