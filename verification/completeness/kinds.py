"""What kind of help a listing gives, as far as it decides which facts people miss in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.answers import by_attribute
from directory.crossing.content import Content
from directory.vocabulary import ATTRIBUTE, Vocabulary
from organizations.models import AddressPrecision, Visibility
from services.models import Delivery

_FROM_AFAR = frozenset({Delivery.PHONE, Delivery.ONLINE, Delivery.POST})


@dataclass(frozen=True)
class Help:
    """`family` of the vocabulary, the ways of giving it; whether people come to it, and to a door that all may know.

    `unsaid` are the attributes by which people look for such a service and that it does not answer.
    """

    family: str
    ways: frozenset[str]
    is_from_afar: bool
    has_open_door: bool
    unsaid: frozenset[str] = frozenset()


def help_of(content: Content, terms: Vocabulary) -> Help:
    service, place = content["service"], content["location"]
    ways = set(service["delivery"])
    has_open_door = (
        place is not None
        and place["visibility"] == Visibility.PUBLIC == service["visibility"]
        and place["public_precision"] == AddressPrecision.EXACT
    )
    is_from_afar = place is None or (bool(ways) and ways <= _FROM_AFAR)
    has_open_door = has_open_door and not is_from_afar
    return Help(
        terms.family_of(service["types"]), frozenset(ways), is_from_afar, has_open_door, _unsaid(content, terms)
    )


def _unsaid(content: Content, terms: Vocabulary) -> frozenset[str]:
    service = content["service"]
    kinds = {*service["types"], *terms.tops_of(service["types"])}
    said = set(by_attribute(service.get("attributes", ())))
    looked_for = (term for term in terms.scheme(ATTRIBUTE).values() if term.data.get("is_filter"))
    return frozenset(
        term.code
        for term in looked_for
        if not (term.is_retired or term.code in said)
        and (not term.data["types"] or not kinds.isdisjoint(term.data["types"]))
    )


@dataclass(frozen=True)
class Weight:
    """How much people miss a part: `usual`, other where they ask from afar or in these families; 0: not asked for.

    With `only`, it is asked for where help is given in one of these ways; `of_attributes`, where one is not answered.
    """

    usual: int
    from_afar: int | None = None
    without_door: int | None = None
    families: Mapping[str, int] | None = None
    only: frozenset[str] = frozenset()
    of_attributes: bool = False

    def of(self, kind: Help) -> int:
        if (self.only and not self.only & kind.ways) or (self.of_attributes and not kind.unsaid):
            return 0
        if kind.is_from_afar and self.from_afar is not None:
            return self.from_afar
        if not kind.has_open_door and self.without_door is not None:
            return self.without_door
        return (self.families or {}).get(kind.family, self.usual)
