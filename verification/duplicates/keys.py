"""Where to look for a twin: the keys that two like things have in common. Pure.

Rule: whatever `likeness.compare` calls likely shares a key: a number, a name in a messenger, an address of mail, a
spot on the map, a street and house, or two words of its name with one organisation or one site.
Keys are hashes: the index says nothing to whoever reads it.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator
from itertools import combinations

from verification.duplicates.likeness import Sketch
from verification.duplicates.words import words_of

#: Cells of about 150 m at the latitudes of the network; a spot has the four cells around it.
_CELL = 0.0015
_STEM = 5
_LONGEST = 6


def keys_of(sketch: Sketch) -> list[int]:
    return sorted({_hashed(key) for key in _said(sketch)})


def _said(sketch: Sketch) -> Iterator[str]:
    for digits in sketch.phones:
        yield f"phone {digits}"
    for name in sketch.handles | sketch.mails:
        yield f"handle {name}"
    if sketch.point:
        yield from (f"cell {x} {y}" for x, y in _cells(*sketch.point))
    whose = {sketch.owner, *sketch.sites, *(" ".join(_begun(name)) for name in sketch.owners)} - {""}
    for said in _pairs_of_words(sketch):
        yield from (f"name {who} {said}" for who in whose)
    for address in sketch.addresses:
        words = sorted(word[:_STEM] for word in words_of(address))
        numbers = [word for word in words if word[:1].isdigit()]
        yield from (f"door {sketch.country} {word} {number}" for word in words for number in numbers if word != number)


def _pairs_of_words(sketch: Sketch) -> Iterator[str]:
    """Pairs of the longest words of a name, by their beginnings; a name of one word by itself."""
    for name in sketch.names:
        begun = _begun(name)
        yield from [" ".join(pair) for pair in combinations(begun, 2)] or begun


def _begun(name: str) -> list[str]:
    longest = sorted(words_of(name), key=lambda word: (-len(word), word))[:_LONGEST]
    return sorted({word[:_STEM] for word in longest})


def _cells(lon: float, lat: float) -> Iterator[tuple[int, int]]:
    """The cell of a spot and its nearest three, so that two spots of one door always share one."""
    x, y = lon / _CELL - 0.5, lat / _CELL - 0.5
    for dx in (0, 1):
        for dy in (0, 1):
            yield math.floor(x) + dx, math.floor(y) + dy


def _hashed(key: str) -> int:
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big", signed=True)
