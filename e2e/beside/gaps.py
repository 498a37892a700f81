"""Help that was there for sixty days, for the journeys: seen day by day in the served network's database."""

from __future__ import annotations

import datetime as dt

from core import clock
from network.gaps import rounds
from network.gaps.models import HOLDS_DAYS
from verification.tests import scenarios


def sixty_days(kind: str) -> dict[str, int]:
    """Two services in Georgia, and a look at the matrix every few days up to this one."""
    for _number in range(2):
        scenarios.published(scenarios.place(scenarios.organization()), method="call", types=[kind])
    found: dict[str, int] = {}
    for ago in range(HOLDS_DAYS, -1, -5):
        with clock.travel(clock.now() - dt.timedelta(days=ago)):
            found = rounds.run()
    return found
