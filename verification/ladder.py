"""Who stands on which rung for a listing today: the owner's people, their manager, the coordinator, administrators.

A rung where nobody can be reached is answered by the next one up, so that no listing falls silent. Whoever is away
is replaced by their delegate.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import NetworkRole
from core import clock
from messaging.models import Absence, Correspondent
from messaging.people import network_correspondents, refresh
from organizations.models import Organization
from services.models import ServiceAtLocation
from verification.models import Rung

People = list[Correspondent]


@dataclass(frozen=True)
class Ladder:
    """Everybody who may be told, loaded once for a round."""

    keepers: dict[int, People]
    managers: dict[int, People]
    network: People
    absences: tuple[Absence, ...]

    def on_rung(self, rung: Rung, listing: ServiceAtLocation) -> tuple[Rung, People]:
        """The rung that really answers, and its people. Managers who do not exist are nobody's gap."""
        organization = listing.service.organization_id
        if rung == Rung.OWNER:
            keepers = self.keepers.get(organization) or self.managers.get(organization)
            return (rung, self._present(keepers)) if keepers else self.on_rung(Rung.COORDINATOR, listing)
        if rung == Rung.MANAGER:
            return rung, self._present(self.managers.get(organization, []))
        if rung == Rung.COORDINATOR:
            people = [p for p in self.network if _coordinates(p, listing.country)]
            return (rung, self._present(people)) if people else self.on_rung(Rung.ADMINISTRATORS, listing)
        return rung, self._present([p for p in self.network if p.user and p.user.is_administrator])

    def _present(self, people: People) -> People:
        """These people, those who are away replaced by whoever stands in for them; each once."""
        return list({person.pk: person for person in (self._stand_in(p) for p in people)}.values())

    def _stand_in(self, person: Correspondent) -> Correspondent:
        seen = {person.pk}
        while delegate := self._delegate(person):
            if delegate.pk in seen:  # everybody in the circle is away
                break
            seen.add(delegate.pk)
            person = delegate
        return person

    def _delegate(self, person: Correspondent) -> Correspondent | None:
        today = clock.today(person.timezone)
        away = [a for a in self.absences if a.user_id == person.user_id and a.starts_on <= today <= a.ends_on]
        if not away or person.user_id is None:
            return None
        key = person.organization_id
        colleagues = [*self.keepers.get(key, []), *self.managers.get(key, [])] if key else self.network
        return next((c for c in colleagues if c.user_id == away[0].delegate_id), None)


def load_ladder(organizations: Iterable[Organization]) -> Ladder:
    """Bring correspondents in step with memberships and roles, and load those who can be reached."""
    organizations = list(organizations)
    refresh(organizations)
    keepers: dict[int, People] = defaultdict(list)
    managers: dict[int, People] = defaultdict(list)
    people = Correspondent.objects.awake().filter(organization__in=organizations).order_by("pk")
    for person in people.select_related("user", "organization"):
        assert person.organization_id is not None  # noqa: S101  (filtered by organisation)
        (managers if person.is_manager else keepers)[person.organization_id].append(person)
    today = clock.today()
    near = Absence.objects.filter(
        starts_on__lte=today + dt.timedelta(days=1), ends_on__gte=today - dt.timedelta(days=1)
    ).order_by("pk")
    network = network_correspondents().awake().order_by("pk")
    return Ladder(dict(keepers), dict(managers), list(network), tuple(near))


def _coordinates(person: Correspondent, country: str) -> bool:
    """Coordinators of the country; administrators are the rung above."""
    user = person.user
    return bool(user and user.network_role == NetworkRole.COORDINATOR and user.coordinates(country))
