"""Facts for the journeys, written through the services in the served network's database."""

from __future__ import annotations

import datetime as dt

from core import clock
from network.countries.tests.makers import published


def left_alone() -> dict[str, str]:
    """A fact that nobody has looked at since its day went by."""
    with clock.travel(clock.now() - dt.timedelta(days=200)):
        fact = published(country="AM", topic="hepatitis", statement="Выдумано: тест бесплатный.", days=182)
    return {"fact": fact.public_id, "until": f"{fact.valid_until:%d.%m.%Y}"}
