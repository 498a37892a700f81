"""Words of members who have looked and found none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from network.gaps.models.absences import AbsenceCheck
from network.gaps.sources import AbsenceTold


def standing(on: dt.date) -> Iterator[AbsenceTold]:
    columns = ("service_type", "country", "group", "checked_on", "organization__public_id", "how")
    for row in AbsenceCheck.objects.standing(on).values_list(*columns):
        yield AbsenceTold(*row)
