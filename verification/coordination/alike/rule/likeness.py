"""The rule of likeness: whether two listings, places or organisations are probably one and the same. Pure.

Rule: two things are the same when they do the same for people, are reached at the same place or by the same way, and
are called alike. What is known of both and differs speaks against it; what one side does not know speaks neither way.
A branch of one clinic, or one name in two cities, is another thing however alike the names are.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from verification.coordination.alike.rule.words import best, contained, words_of

Kind = Literal["listing", "place", "organization"]
#: From here on somebody is asked, and a form says that it may be there already.
LIKELY = 60
#: Two pins of one door, and two that are certainly two doors, in metres.
ONE_DOOR_M, TWO_DOORS_M = 120, 400
_EARTH_M = 6_371_000


@dataclass(frozen=True)
class Sketch:
    """What is compared of one thing, as far as whoever compares may know it.

    `names` in every language, `owners` the names of its organisation, `owner` its key. `addresses` are street and house
    in every language, `cities` the city's code and its names. `phones`, `handles`, `mails` and
    `sites` in one spelling each. A remote one has no place.
    """

    kind: Kind
    names: tuple[str, ...]
    owner: str = ""
    owners: tuple[str, ...] = ()
    types: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    country: str = ""
    cities: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    point: tuple[float, float] | None = None
    is_remote: bool = False
    phones: frozenset[str] = frozenset()
    handles: frozenset[str] = frozenset()
    mails: frozenset[str] = frozenset()
    sites: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Likeness:
    """`score` from 0 to 100, and the codes of what speaks for it: name, types, phone, handle, site, spot, owner."""

    score: int
    reasons: tuple[str, ...] = field(default=())

    @property
    def is_likely(self) -> bool:
        return self.score >= LIKELY


NOTHING = Likeness(0)


def compare(one: Sketch, other: Sketch) -> Likeness:
    """How likely both are the same; the order does not matter."""
    if one.kind != other.kind:
        return NOTHING
    where = _where(one, other)
    if where is None or (one.types and other.types and not one.types & other.types):
        return NOTHING
    if one.kind == "organization":
        return _organizations(one, other)
    if one.kind == "place":
        return _places(one, other, where)
    return _listings(one, other, where)


def _listings(one: Sketch, other: Sketch, where: int) -> Likeness:
    name = best(one.names, other.names)
    contact, by = _contact(one, other)
    owner = _owner(one, other)
    if one.groups and other.groups and not one.groups & other.groups:
        return NOTHING
    if where != _SPOT and contact < _DIRECT and not ((owner or contact == _SITE) and (name or 0) >= 0.8):
        return NOTHING
    if owner and where == _SPOT:  # all that an organisation does at one door has its phone
        contact //= 3
    score = round(_named(name, owner)) + contact + where + _kinds(one, other)
    return _judged(score, ("name", (name or 0) >= 0.6), *by, ("spot", where == _SPOT), ("owner", owner))


def _places(one: Sketch, other: Sketch, where: int) -> Likeness:
    """Places of one organisation: one door, whatever it is called; or one name in a city with no street to compare.

    Of two organisations: one door with one phone, or that both call alike by more than one word. Two may share a house,
    and every one of them has an "office" there.
    """
    contact, by = _contact(one, other)
    if one.owner != other.owner:
        named = best(_telling(one.names), _telling(other.names)) or 0
        if where != _SPOT or (named < 0.6 and contact < _DIRECT):
            return NOTHING
        return _judged(50 + round(30 * named) + contact // 2, ("name", named >= 0.6), *by, ("spot", True))
    name = best((*one.names, *one.addresses), (*other.names, *other.addresses))
    score = (60 if where == _SPOT else 25) + round(_named(name, True) * 0.9) + contact // 2
    return _judged(score, ("name", (name or 0) >= 0.6), *by, ("spot", where == _SPOT))


def _telling(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name in names if len(words_of(name)) > 1)


def _organizations(one: Sketch, other: Sketch) -> Likeness:
    name = best(one.names, other.names, contained)
    contact, by = _contact(one, other)
    near = 15 if one.country == other.country else -15
    score = round(_named(name, False) * 1.2) + contact + near
    return _judged(score, ("name", (name or 0) >= 0.6), *by)


def _judged(score: int, *reasons: tuple[str, bool]) -> Likeness:
    return Likeness(max(0, min(100, score)), tuple(code for code, holds in reasons if holds))


# --- the parts ---------------------------------------------------------------------------------------------------

_SPOT, _CITY, _AFAR, _MIXED = 25, 10, 20, 0
_DIRECT, _SITE = 30, 15


def _named(name: float | None, owner: bool) -> float:
    """Up to 40 for one name, 50 of one organisation. Nobody lists their own service twice under unlike names."""
    if name is None:
        return 10.0
    if owner:
        return 65 * name - 15
    return max(0.0, 55 * name - 15)


def _kinds(one: Sketch, other: Sketch) -> int:
    if not one.types or not other.types:
        return 5
    return round(10 * len(one.types & other.types) / len(one.types | other.types))


def _owner(one: Sketch, other: Sketch) -> bool:
    return bool(one.owner and one.owner == other.owner) or (best(one.owners, other.owners) or 0) >= 0.8


def _contact(one: Sketch, other: Sketch) -> tuple[int, tuple[tuple[str, bool], ...]]:
    """What two ways to reach them have in common. A phone that both have and that differs is said by the others."""
    phone, handle = bool(one.phones & other.phones), bool((one.handles | one.mails) & (other.handles | other.mails))
    site = bool(one.sites & other.sites)
    weight = _DIRECT if phone or handle else _SITE if site else 0
    if not weight and one.phones and other.phones:
        weight = -10
    return weight, (("phone", phone), ("handle", handle), ("site", site))


def _where(one: Sketch, other: Sketch) -> int | None:
    """Whether they are at one spot, in one city, both nowhere in particular; None when they are certainly apart."""
    if one.kind == "organization":
        return _CITY
    if one.is_remote or other.is_remote:
        return _from_afar(one, other)
    if one.country != other.country or not _same_city(one, other):
        return None
    apart_m = metres(one.point, other.point) if one.point and other.point else None
    street = best(one.addresses, other.addresses)
    same_street = street is not None and street >= 0.75 and _same_numbers(one.addresses, other.addresses)
    if apart_m is not None and apart_m > TWO_DOORS_M:
        return None
    if same_street or (apart_m is not None and apart_m <= ONE_DOOR_M and street is None):
        return _SPOT
    if street is not None and (apart_m is None or apart_m > ONE_DOOR_M):
        return None
    if street is not None and not _share_a_number(one.addresses, other.addresses):
        return None
    return _SPOT if apart_m is not None and apart_m <= ONE_DOOR_M else _CITY


def _from_afar(one: Sketch, other: Sketch) -> int | None:
    """One service of one organisation for two countries is two; another organisation may name another country."""
    apart = one.country and other.country and one.country != other.country
    both = one.is_remote and other.is_remote
    if apart and (not both or _owner(one, other)):
        return None
    return _AFAR if both else _MIXED


def _same_city(one: Sketch, other: Sketch) -> bool:
    if not one.cities or not other.cities:
        return True
    return bool(set(one.cities) & set(other.cities)) or (best(one.cities, other.cities) or 0) >= 0.6


def _numbers(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in words_of(text) if word[:1].isdigit()}


def _same_numbers(ones: Iterable[str], others: Iterable[str]) -> bool:
    mine, theirs = _numbers(ones), _numbers(others)
    return mine <= theirs or theirs <= mine


def _share_a_number(ones: Iterable[str], others: Iterable[str]) -> bool:
    mine, theirs = _numbers(ones), _numbers(others)
    return not mine or not theirs or bool(mine & theirs)


def metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance of two points (lon, lat) on the globe."""
    (lon1, lat1), (lon2, lat2) = ((math.radians(x), math.radians(y)) for x, y in (one, other))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_M * math.asin(math.sqrt(half))
