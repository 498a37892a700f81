"""Corridors by quarter: from where to where, how many, helped, in time. Small numbers are not there."""

from __future__ import annotations

import datetime as dt
from typing import cast

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.requests import SignedInRequest
from core.geo.countries import country_name
from organizations.models import Organization
from referrals import desk
from workspace.coordination.doors import network_page
from workspace.coordination.sheets import sheet
from workspace.referrals.flows import flows

_ROMAN = ("I", "II", "III", "IV")


@network_page
@require_GET
def show(request: SignedInRequest) -> HttpResponse:
    quarters = desk.quarters()
    chosen = _chosen(request, quarters)
    ways = desk.corridors(chosen) if chosen else []
    refers = Organization.objects.in_network().kept_by(request.user).exists()
    context = {
        "section": "referrals" if refers else "coordination",
        "back": "workspace:referrals" if refers else "workspace:referral-piles" if request.user.is_coordinator else "",
        "quarters": [(one.isoformat(), words_of(one)) for one in quarters],
        "chosen": chosen.isoformat() if chosen else "",
        "quarter": words_of(chosen) if chosen else "",
        "rows": _rows(ways),
        "map": flows(ways),
        "small": desk.SMALL,
    }
    return render(request, "workspace/referrals/corridors.html", context)


@network_page
@require_GET
def table(request: SignedInRequest) -> HttpResponse:
    """The same as a file."""
    chosen = _chosen(request, desk.quarters())
    ways = desk.corridors(chosen) if chosen else []
    head = [_("From"), _("To"), _("Stages"), _("Helped"), _("Before the medicine ended")]
    rows = [[row["from"], row["to"], *cast(list[object], row["numbers"])] for row in _rows(ways)]
    return sheet(f"corridors-{chosen.isoformat() if chosen else 'none'}", head, rows)


def words_of(quarter: dt.date) -> str:
    return _("%(quarter)s quarter of %(year)s") % {"quarter": _ROMAN[(quarter.month - 1) // 3], "year": quarter.year}


def _chosen(request: SignedInRequest, quarters: list[dt.date]) -> dt.date | None:
    asked = request.GET.get("quarter", "")
    return next((one for one in quarters if one.isoformat() == asked), quarters[0] if quarters else None)


def _rows(ways: list[desk.Corridor]) -> list[dict[str, object]]:
    return [
        {
            "from": country_name(row.from_country),
            "to": country_name(row.to_country),
            "numbers": [f"<{desk.SMALL}" if n is None else n for n in (row.total, row.served, row.in_time)],
        }
        for row in ways
    ]
