"""Who stands on which rung for a listing today: the owner's people, their manager, the coordinator, administrators.

A rung where nobody can be reached is answered by the next one up, so that no listing falls silent. Whoever is away
on the day when the letter would arrive is replaced by their delegate. When nobody stands in (any more), the person
counts as unreachable until they are back: the others on the rung are told, or the next rung up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from accounts.models import NetworkRole
from core import clock
from messaging.models import Absence, Correspondent
from messaging.people import network_correspondents, refresh
from messaging.stand_ins import StandIns, absences_near
from organizations.models import Organization
from services.models import VerificationClass
from verification.models import ListingState, Rung

People = list[Correspondent]


@dataclass(frozen=True)
class Matter:
    """What somebody is told about: whose it is, where, and whether a letter about it arrives at weekends too."""

    organization_id: int
    country: str
    is_urgent: bool = False


def matter_of(state: ListingState) -> Matter:
    """A listing, as the ladder sees it. The state carries its listing with the parts."""
    listing = state.listing
    urgent = state.verification_class == VerificationClass.A
    return Matter(listing.service.organization_id, listing.country, urgent)


class Ladder:
    """Everybody who may be told, loaded once for a round; the people of the network when a rung first asks for them."""

    def __init__(self, keepers: dict[int, People], managers: dict[int, People], away: Iterable[Absence]) -> None:
        self.keepers, self.managers, self._away = keepers, managers, list(away)

    @cached_property
    def network(self) -> People:
        return list(network_correspondents().awake().order_by("pk"))

    def on_rung(self, rung: Rung, matter: Matter) -> tuple[Rung, People]:
        """The rung that really answers, and its people. Managers whom nobody can reach are nobody's gap."""
        if rung == Rung.MANAGER:
            return rung, self._present(self.managers.get(matter.organization_id, []), matter)
        asked = []
        for answering, people in self._from(rung, matter):
            if present := self._present(people, matter):
                return answering, present
            asked.append((answering, people))
        # Everybody up to the top is away: a letter that waits for them is better than none.
        return next((group for group in asked if group[1]), asked[-1])

    def _from(self, rung: Rung, matter: Matter) -> Iterator[tuple[Rung, People]]:
        """Who answers on this rung and, should nobody do so, after it."""
        if rung == Rung.OWNER:
            yield rung, self.keepers.get(matter.organization_id, [])
            yield rung, self.managers.get(matter.organization_id, [])
        if rung in (Rung.OWNER, Rung.COORDINATOR):
            yield Rung.COORDINATOR, [p for p in self.network if _coordinates(p, matter.country)]
        yield Rung.ADMINISTRATORS, [p for p in self.network if p.user and p.user.is_administrator]

    def _present(self, people: People, matter: Matter) -> People:
        """These people, those who are away replaced by whoever stands in for them; each once."""
        if not people or not self._away:
            return people
        stand_ins = self._in_network if people[0].organization_id is None else self._in_organizations
        return stand_ins.present(people, urgent=matter.is_urgent)

    @cached_property
    def _in_organizations(self) -> StandIns:
        """Nobody of an organisation stands in for the network's own people, nor they for anybody of it."""
        return StandIns(chain(*self.keepers.values(), *self.managers.values()), self._away)

    @cached_property
    def _in_network(self) -> StandIns:
        return StandIns(self.network, self._away)


def load_ladder(organizations: Iterable[Organization]) -> Ladder:
    """Bring correspondents in step with memberships, and load those who can be reached."""
    keepers: dict[int, People] = defaultdict(list)
    managers: dict[int, People] = defaultdict(list)
    for person in refresh(organizations):
        if not person.is_awake:
            continue
        assert person.organization_id is not None  # noqa: S101  (of an organisation)
        (managers if person.is_manager else keepers)[person.organization_id].append(person)
    return Ladder(dict(keepers), dict(managers), absences_near(clock.today()))


def _coordinates(person: Correspondent, country: str) -> bool:
    """Coordinators of the country; administrators are the rung above."""
    user = person.user
    return bool(user and user.network_role == NetworkRole.COORDINATOR and user.coordinates(country))
