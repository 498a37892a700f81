"""What everybody reads of small grants, written in the transaction of whoever decides.

Rule: calls that are for everybody, and sums by country and year. No organisation is named. A country of high risk is
named neither beside a call nor beside a sum: what was granted there is counted among other countries, like a grant
about several of them.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from directory.stores import grantstore
from network.decisions.models.words import Audience
from network.grants.models import Grant, GrantCall
from network.grants.models.words import GrantCallState, GrantState
from verification.models import HighRiskCountry
from verification.snapshots import texts


def publish_all() -> int:
    """All of it anew; how many rows there are."""
    risky = set(HighRiskCountry.objects.values_list("code", flat=True))
    calls, sums = _calls(risky), _sums(risky)
    grantstore.put_grants(calls, sums)
    return len(calls) + len(sums)


def _calls(risky: set[str]) -> list[grantstore.Row]:
    rows = GrantCall.objects.filter(state=GrantCallState.ANNOUNCED, audience=Audience.PUBLIC)
    return [
        {
            "id": call.public_id,
            "title": texts(call, "title"),
            "text": texts(call, "text"),
            "budget": call.budget,
            "ceiling": call.ceiling,
            "currency": call.currency,
            "opens_at": call.opens_at,
            "closes_at": call.closes_at,
            "closes_on": call.closes_on,
            "timezone": call.timezone,
            "kinds": sorted({gap.service_type for gap in call.gaps.all()}),
            "countries": sorted({gap.country for gap in call.gaps.all()} - risky),
        }
        for call in rows.prefetch_related("gaps").order_by("pk")
    ]


def _sums(risky: set[str]) -> list[grantstore.Row]:
    """By country, year and currency."""
    found: dict[tuple[str, int, str], list[Decimal]] = defaultdict(list)
    rows = Grant.objects.exclude(state=GrantState.STOPPED).prefetch_related("cells__gap")
    for grant in rows.order_by("pk"):
        countries = {cell.gap.country for cell in grant.cells.all()}
        country = countries.pop() if len(countries) == 1 else ""
        key = ("" if country in risky else country, grant.starts_on.year, grant.currency)
        found[key].append(grant.amount)
    return [
        {
            "id": f"{year}-{currency}-{country or 'other'}",
            "country": country,
            "year": year,
            "currency": currency,
            "grants": len(amounts),
            "amount": sum(amounts),
        }
        for (country, year, currency), amounts in sorted(found.items())
    ]
