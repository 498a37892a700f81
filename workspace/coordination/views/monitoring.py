"""The figures of the network: charts with a table beside each, and a CSV of everything recorded."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.requests import SignedInRequest
from core import clock
from core.collation import reading_key
from core.countries import country_name
from verification.coordination import monitoring
from verification.models import MonthlyFigure
from workspace.coordination.doors import network_page
from workspace.coordination.presenters.figures import (
    COUNTS,
    by_country,
    charts_of,
    last_months,
    measures,
    not_to_be_subtracted,
    table_row,
)
from workspace.coordination.sheets import sheet


@network_page
@require_GET
def show(request: SignedInRequest) -> HttpResponse:
    """`?country=` for one country. Past months are those that were recorded, this month is counted now."""
    sees_small = _sees_small(request)
    months = last_months(clock.today())
    now = monitoring.figures_now(months[-1])
    known = {row.country for row in now} | set(MonthlyFigure.objects.order_by().values_list("country", flat=True))
    country = request.GET.get("country", "")
    country = country if country in known else ""
    history = [row for row in monitoring.history(country, len(months)) if row.month < months[-1]]
    history += [MonthlyFigure(month=months[-1], **vars(row)) for row in now if row.country == country]
    context = {
        "section": "monitoring",
        "tab": "monitoring",
        "country": country,
        "name": country_name(country),
        "countries": sorted(
            ((code, country_name(code)) for code in known if code), key=lambda pair: reading_key(pair[1])
        ),
        "charts": charts_of(history, months, sees_small=sees_small),
        "months_known": len(history),
        "by_country": by_country(now, sees_small=sees_small),
        "sees_small": sees_small,
        "month": months[-1],
    }
    return render(request, "workspace/coordination/monitoring.html", context)


@network_page
@require_GET
def table(request: SignedInRequest) -> HttpResponse:
    """Every recorded month and country."""
    sees_small = _sees_small(request)
    head = [_("Month"), _("Country"), _("Listings"), _("Confirmations"), _("Reports")]
    head += [f"{measure.title}, {measure.unit or _('days')}" for measure in measures()]
    columns = ["name", *COUNTS, *(measure.code for measure in measures())]
    rows = []
    for month, figures in groupby(MonthlyFigure.objects.order_by("month", "country"), key=lambda row: row.month):
        told = [table_row(figure, sees_small=sees_small) for figure in figures]
        if not sees_small:
            not_to_be_subtracted(told)
        rows += [[f"{month:%Y-%m}", *(row[name] for name in columns)] for row in told]
    return sheet("monitoring", head, rows)


def _sees_small(request: SignedInRequest) -> bool:
    """People of members, and those who answer for the network; not an evaluator from outside."""
    return request.user.is_coordinator or request.user.memberships.in_network().exists()
