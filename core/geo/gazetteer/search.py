"""Finding a place by what somebody typed: beginnings, typos, the wrong keyboard, Russian cases."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache

from core.geo.gazetteer.places import Place, places
from core.spelling.text import searched, swap_layout, to_cyrillic

MAX_QUERY = 80
#: Endings of the cases after «в», «около», «рядом с», and the endings of a name itself.
_CASES = ("ого", "ому", "ами", "ями", "ах", "ях", "ой", "ей", "ом", "ем", "ым", "им", "ью", "ии", "ию",
          "е", "и", "у", "ю", "а", "я", "ы")  # fmt: skip
_NAMES = ("", "а", "я", "ь", "й", "о", "е", "ы", "и", "ие", "ий", "ый", "ой", "ая", "ое", "ия")
_SHORTEST_STEM, _SHORTEST_SLIP = 3, 4


@cache
def _index() -> tuple[list[str], list[Place]]:
    """Normalised names in alphabetical order, and the place of each."""
    pairs = sorted(
        ((searched(name), one) for one in places().values() for name in _names(one)),
        key=lambda pair: (pair[0], -pair[1].population),
    )
    return [name for name, _place in pairs], [one for _name, one in pairs]


def _names(one: Place) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one.names(), *one.in_its_alphabets())))


def search(query: str, *, country: str = "", limit: int = 8) -> list[Place]:
    """Places whose name is, begins with, or nearly is the query; the bigger ones first among equals."""
    asked = searched(query[:MAX_QUERY])
    if not asked:
        return []
    found: dict[str, Place] = {}
    for form in dict.fromkeys((asked, searched(swap_layout(query[:MAX_QUERY])), to_cyrillic(asked))):
        matches = [(name != form, -one.population, one) for name, one in _beginning_with(form)]
        found |= {one.id: one for _inexact, _size, one in sorted(matches, key=lambda match: match[:2])}
    if not found and len(asked) >= _SHORTEST_SLIP:
        found = {one.id: one for one in _nearly(asked)}
    return [one for one in found.values() if not country or one.country == country][:limit]


@lru_cache(maxsize=4096)
def slipped(name: str, country: str) -> tuple[Place, ...]:
    """Places of a country that somebody who wrote this name may have meant, the likeliest first."""
    asked = searched(name[:MAX_QUERY])
    if len(asked) < _SHORTEST_SLIP:
        return ()
    return tuple({one.id: one for one in _nearly(asked) if one.country == country}.values())


def named(name: str) -> Place | None:
    """The biggest place with exactly this name (normalised), in any language."""
    asked = searched(name)
    # In alphabetical order the name itself stands before all that only begin with it.
    found, one = next(_beginning_with(asked), ("", None))
    return one if found == asked else None


def exactly(words: str) -> list[Place]:
    """Every place with exactly this name (as `searched`), in any language, once."""
    found = (one for name, one in _beginning_with(words) if name == words) if words else ()
    return list({one.id: one for one in found}.values())


def spoken(words: list[str]) -> Place | None:
    """The biggest place that these words name in any case: «нижнем новгороде» → Нижний Новгород."""
    if exact := named(" ".join(words)):
        return exact
    stem, spaces = _stems(words[0])[-1], len(words) - 1
    if len(stem) < _SHORTEST_STEM:
        return None
    found = (
        one
        for name, one in _beginning_with(stem)
        if name.count(" ") == spaces
        and all(is_case_of(word, part) for word, part in zip(words, name.split(), strict=True))
    )
    return max(found, key=lambda one: one.population, default=None)


def is_case_of(word: str, name: str) -> bool:
    """Whether the word may be a case of the name, both normalised: «варшаве» of «варшава»."""
    return (
        word == name
        or any(name.startswith(stem) and name[len(stem) :] in _NAMES for stem in _stems(word) if stem != word)
        or (name == word[: len(name)] and word[len(name) :] in _CASES and len(name) >= _SHORTEST_STEM)
    )


@lru_cache(maxsize=512)
def _stems(word: str) -> tuple[str, ...]:
    """The word, and what is left of it without each case ending; the shortest last."""
    cut = [word[: -len(ending)] for ending in _CASES if word.endswith(ending)]
    return (word, *sorted((stem for stem in cut if len(stem) >= _SHORTEST_STEM), key=len, reverse=True))


def _beginning_with(start: str) -> Iterator[tuple[str, Place]]:
    names, found = _index()
    position = bisect_left(names, start) if start else len(names)
    while position < len(names) and names[position].startswith(start):
        yield names[position], found[position]
        position += 1


def _nearly(asked: str) -> list[Place]:
    """Places one slip away (two in long words) that begin with the same letter."""
    slips = 1 if len(asked) < 7 else 2
    near = (
        (distance, -one.population, one)
        for name, one in _beginning_with(asked[0])
        if abs(len(name) - len(asked)) <= slips and (distance := _slips(asked, name, slips)) <= slips
    )
    return [one for _distance, _size, one in sorted(near, key=lambda match: match[:2])]


def _slips(a: str, b: str, most: int) -> int:
    """Edit distance with swapped neighbours as one slip; gives up beyond `most`."""
    before: list[int] = []
    previous = list(range(len(b) + 1))
    for i, left in enumerate(a, 1):
        current = [i]
        for j, right in enumerate(b, 1):
            cost = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (left != right))
            if i > 1 and j > 1 and left == b[j - 2] and a[i - 2] == right:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        if min(current) > most:
            return most + 1
        before, previous = previous, current
    return previous[-1]
