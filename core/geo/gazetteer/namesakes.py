"""Places of one name. Which of them is meant is asked or told by a point, never guessed by its size."""

from __future__ import annotations

from dataclasses import dataclass

from core.geo.distance import kilometres
from core.geo.gazetteer.places import Place
from core.geo.gazetteer.search import exactly
from core.spelling.text import normalise, searched


@dataclass(frozen=True)
class Namesakes:
    """`called` have the name today, in one of the languages; for `others` it is a former or further name."""

    called: tuple[Place, ...]
    others: tuple[Place, ...]

    @property
    def all(self) -> tuple[Place, ...]:
        return (*self.called, *self.others)

    @property
    def only(self) -> Place | None:
        """The one place that is called so; None where there are several, or none but by a further name."""
        return self.called[0] if len(self.called) == 1 else None

    def nearest(self, lat: float, lon: float, *, within_km: float) -> Place | None:
        """The one that lies nearest to a point, if any of them lies so near."""
        ways = [(kilometres((lat, lon), (one.lat, one.lon)), one) for one in self.all]
        near = [(way, one) for way, one in ways if way <= within_km]
        return min(near, key=lambda pair: pair[0])[1] if near else None


def namesakes(name: str, country: str) -> Namesakes:
    """Every place of a country with exactly this name (normalised), in any language; the bigger ones first."""
    wanted = normalise(name)
    of_country = (one for one in exactly(searched(name)) if one.country == country)
    found = sorted(
        (one for one in of_country if wanted in map(normalise, one.names())), key=lambda one: -one.population
    )
    called = [one for one in found if wanted in map(normalise, (one.name_ru, one.name_en, one.name_local))]
    return Namesakes(tuple(called), tuple(one for one in found if one not in called))
