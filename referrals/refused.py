"""How often members could not take somebody, and why: sums of those who agreed to be counted. For other rooms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from core.types import Words
from referrals.models import Offer
from referrals.models.words import OfferState, Reason


class RefusalSource:
    code = "refusals"
    name = _("Refused referrals")

    def counts(self, first: dt.date, last: dt.date) -> Iterator[tuple[str, str, str, int]]:
        """Kind, country, reason, how many; nothing of whoever did not agree to be counted, or agrees no more."""
        rows = Offer.objects.filter(
            state__in=[OfferState.DECLINED, OfferState.RETURNED],
            answered_at__date__range=(first, last),
            leg__referral__consent__counted=True,
            leg__referral__consent__withdrawn_at=None,
        )
        columns = ("leg__service_type", "leg__country", "reason")
        yield from rows.order_by().values_list(*columns).annotate(count=Count("pk"))

    def words(self, what: str) -> Words:
        return Reason(what).label


SOURCE = RefusalSource()
