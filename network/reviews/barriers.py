"""What is in the way of members, beside a cell of the matrix of gaps (`GAP_SOURCES`): from their last agreed reviews.

Rule: how many members of the country say that it is in the way of this kind of help, which they give in part or not at
all. A review speaks for its year, so it counts whenever its year touches the weeks of the question.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from core.types import Words
from directory.tables.spectrum import Barrier, SpectrumAnswer
from network.reviews.models import YearlyReview

_WANTING = (SpectrumAnswer.PARTIAL, SpectrumAnswer.NONE)


class BarrierSource:
    code = "barriers"
    name = _("What is in the way, by the yearly reviews of members")

    def counts(self, first: dt.date, last: dt.date) -> Iterator[tuple[str, str, str, int]]:
        """Kind, country of registration, barrier, how many members."""
        rows = YearlyReview.objects.latest_agreed().filter(agreed_on__lte=last, good_until__gt=first)
        found: Counter[tuple[str, str, str]] = Counter()
        for review in rows.select_related("organization").prefetch_related("lines"):
            country = review.organization.registration_country
            for line in review.lines.all():
                if line.agreed in _WANTING:
                    found.update((line.leaf, country, barrier) for barrier in line.barriers)
        for (kind, country, barrier), n in found.items():
            yield kind, country, barrier, n

    def words(self, what: str) -> Words:
        return Barrier(what).label


BARRIERS = BarrierSource()
