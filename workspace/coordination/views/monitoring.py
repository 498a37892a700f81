"""The figures of the network, one page for each question, and everything recorded as CSV and XLSX."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.requests import SignedInRequest
from core import clock
from core.geo.countries import country_name
from core.spelling.collation import reading_key
from facts.names import names
from verification.coordination import monitoring
from verification.coordination.listings import MonitoredListing, listings_known
from verification.models import MonthlyFigure
from workspace.coordination.doors import network_page, sees_small
from workspace.coordination.presenters import truth
from workspace.coordination.presenters.downloads import tables
from workspace.coordination.presenters.figures import Opens, by_country, charts_of, last_months
from workspace.coordination.sheets import book, sheet

#: The pages, by what `?show=` says; the months are the first one.
PAGES = ("", "coverage", "standing", "waits", "silence")


@network_page
@require_GET
def show(request: SignedInRequest) -> HttpResponse:
    """`?show=` for one question, `?country=` for one country, `?group=` for the kinds of one group of services.

    Past months are those that were recorded, this month is counted now.
    """
    page = request.GET.get("show", "")
    page = page if page in PAGES else ""
    small = sees_small(request.user)
    opens = Opens(listings=small, waits=request.user.is_coordinator)
    months, known = last_months(clock.today()), listings_known()
    now = monitoring.figures_now(months[-1], known)
    codes = {row.country for row in now} | set(MonthlyFigure.objects.order_by().values_list("country", flat=True))
    country = request.GET.get("country", "")
    country = country if country in codes else ""
    history = [row for row in monitoring.history(country, len(months)) if row.month < months[-1]]
    history += [MonthlyFigure(month=months[-1], **vars(row)) for row in now if row.country == country]
    context = _shared(page, small) | {
        "country": country,
        "name": country_name(country),
        "countries": sorted(
            ((code, country_name(code)) for code in codes if code), key=lambda pair: reading_key(pair[1])
        ),
        "charts": charts_of(history, months, sees_small=small, show=page, opens=opens),
        "months_known": len(history),
        "month": months[-1],
    }
    if not page:
        context["by_country"] = by_country(now, months[-1], opens, sees_small=small)
    return render(request, "workspace/coordination/monitoring.html", context | _of_page(request, page, known, country))


def _shared(page: str, small: bool) -> dict[str, object]:
    """What every page has; `csv` is the table that its download holds."""
    csv = {"coverage": "coverage", "standing": "organizations" if small else "kinds"}.get(page, "months")
    about = {"section": "monitoring", "tab": "monitoring", "sees_small": small}
    return about | {"show": page, "pages": _pages(), "csv": csv}


def _pages() -> list[tuple[str, str]]:
    called = (_("Months"), _("Where there is help"), _("How services stand"), _("How long people wait"))
    return list(zip(PAGES, (*called, _("What silence took")), strict=True))


def _of_page(request: SignedInRequest, page: str, known: Sequence[MonitoredListing], country: str) -> dict[str, object]:
    small, group = sees_small(request.user), request.GET.get("group", "")
    group = group if group in names().tree else ""
    about = {"group": group, "group_name": names().name("service", group) if group else ""}
    if page == "coverage":
        return about | truth.coverage_table(known, country, group, sees_small=small)
    if page == "standing":
        kinds = truth.kinds_table(known, country, group, sees_small=small)
        return about | {"kinds": kinds, "organizations": truth.organizations_table(known, country) if small else []}
    if page == "waits":
        month = clock.today().replace(day=1)
        return {"waits": truth.waits_table(request.user, month, country, sees_small=small)}
    return {"lines": truth.silence_table(known, sees_small=small)} if page == "silence" else {}


@network_page
@require_GET
def table(request: SignedInRequest) -> HttpResponse:
    """`?of=` names the table; without it, every recorded month and country."""
    found = tables(sees_small=sees_small(request.user))
    asked = request.GET.get("of", "")
    asked = asked if asked in found else "months"
    chosen = found[asked]
    return sheet("monitoring" if asked == "months" else f"monitoring-{asked}", chosen.head, chosen.rows)


@network_page
@require_GET
def workbook(request: SignedInRequest) -> HttpResponse:
    """All tables, a sheet for each."""
    return book("monitoring", tables(sees_small=sees_small(request.user)).values())
