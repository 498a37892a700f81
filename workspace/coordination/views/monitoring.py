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
from organizations.models import Organization
from verification.coordination import monitoring
from verification.coordination.listings import MonitoredListing, listings_known
from verification.coordination.months import months_kept
from verification.models import MonthlyFigure
from workspace.coordination.doors import network_page, sees_small
from workspace.coordination.presenters import truth
from workspace.coordination.presenters.downloads import tables
from workspace.coordination.presenters.figures import Opens, by_country, charts_of, last_months
from workspace.coordination.presenters.standing_then import standing_then
from workspace.coordination.sheets import book, sheet
from workspace.shared.texts import worded

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
    about = {
        "section": "monitoring",
        "tab": "monitoring",
        "sees_small": small,
        "tail": "",
        "month_tail": "",
        "kept": {},
    }
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
        return about | _standing(request, known, country, group)
    if page == "waits":
        month = clock.today().replace(day=1)
        return {"waits": truth.waits_table(request.user, month, country, sees_small=small)}
    return {"lines": truth.silence_table(known, sees_small=small)} if page == "silence" else {}


def _standing(
    request: SignedInRequest, known: Sequence[MonitoredListing], country: str, group: str
) -> dict[str, object]:
    """`?month=` for a month that is over, as it was written down; `?organization=` for the kinds of one."""
    small = sees_small(request.user)
    slug = request.GET.get("organization", "") if small else ""
    one = Organization.objects.filter(slug=slug).first() if slug else None
    over = [month for month in months_kept() if month < clock.today().replace(day=1)]
    then = next((month for month in over if f"{month:%Y-%m}" == request.GET.get("month", "")), None)
    kept = {"month": f"{then:%Y-%m}" if then else "", "organization": one.slug if one else ""}
    tails = {name: f"&{name}={value}" if value else "" for name, value in kept.items()}
    about = {"months_over": over, "then": then, "one": one and worded(one, "name"), "kept": kept}
    about |= {"tail": "".join(tails.values()), "month_tail": tails["month"]}
    if then:
        return about | standing_then(then, country, group, one, sees_small=small)
    kinds = truth.kinds_table(known, country, group, sees_small=small, organization=one)
    organizations = truth.organizations_table(known, country) if small else []
    unknown = {"kinds_unknown": False, "organizations_unknown": False}
    return about | unknown | {"kinds": kinds, "organizations": organizations}


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
