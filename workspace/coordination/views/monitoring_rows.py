"""The rows behind a figure of monitoring: exactly those that it counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.requests import SignedInRequest
from core import clock
from core.geo.countries import country_name
from facts.discretion import reader_of
from facts.names import names
from organizations.models import Organization
from verification.coordination.listings import COUNTED, WITHOUT, MonitoredListing, Which, counted, listings_known
from verification.coordination.months import COUNTED_THEN, rows_then, told_then, were_kept
from verification.coordination.waits import REPORTED, WAITS, ended
from workspace.coordination.doors import network_page, sees_small
from workspace.coordination.presenters.figures import rows_url
from workspace.coordination.presenters.orders import asked_order, asked_said, orders, thresholds
from workspace.coordination.presenters.rows_behind import (
    lines_then,
    listing_lines,
    names_of_counts,
    wait_lines,
)
from workspace.shared.texts import worded

PER_PAGE = 50
_WAITS = {**WAITS, REPORTED.code: REPORTED}


@network_page
@require_GET
def show(request: SignedInRequest) -> HttpResponse:
    """`?of=` names the figure; the other words say of which listings or of which month it is."""
    of = request.GET.get("of", "")
    month = _month(request)
    if of in COUNTED_THEN and sees_small(request.user) and month < _this_month():
        context = _listings_then(request, of, month)
    elif of in COUNTED and sees_small(request.user):
        context = _listings(request, of)
    elif of in _WAITS and request.user.is_coordinator:
        context = _waits(request, of, month)
    else:
        raise Http404
    shared = {"section": "monitoring", "tab": "monitoring", "of": of, "name": names_of_counts()[of]}
    return render(request, "workspace/coordination/monitoring_rows.html", shared | context)


def _listings(request: SignedInRequest, of: str) -> dict[str, object]:
    organization = _organization(request)
    asked = _asked(request, organization)
    order, said = asked_order(request), asked_said(request)
    rows = _in_order(counted(listings_known(), of, asked), order)
    rows = [row for row in rows if not said or (row.said is not None and row.said < said)]
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return {
        "orders": orders(),
        "thresholds": thresholds(),
        "page": page,
        "lines": listing_lines([row.pk for row in page.object_list], request.user, reader_of(request.user)),
        "about": _about(asked, organization),
        "kept": {
            name: request.GET[name] for name in ("country", "city", "kind", "organization") if name in request.GET
        },
        "order": order,
        "said": said,
        "back": "silence" if of in ("lost", "gone") else "coverage" if of in ("shown", "checked") else "standing",
    }


def _asked(request: SignedInRequest, organization: Organization | None) -> Which:
    return Which(
        country=request.GET.get("country", ""),
        city=request.GET.get("city", ""),
        kind=request.GET.get("kind", ""),
        organization=organization.pk if organization else None,
    )


def _about(asked: Which, organization: Organization | None) -> str:
    about = [
        _("without a country") if asked.country == WITHOUT else country_name(asked.country),
        _("remotely, or without a city") if asked.city == WITHOUT else asked.city,
        names().name("service", asked.kind) if asked.kind else "",
        worded(organization, "name") if organization else "",
    ]
    return " · ".join(filter(None, about))


def _listings_then(request: SignedInRequest, of: str, month: dt.date) -> dict[str, object]:
    """As they stood at the end of a month that is over."""
    organization = _organization(request)
    asked = _asked(request, organization)
    page = Paginator(rows_then(month, of, asked), PER_PAGE).get_page(request.GET.get("page"))
    words = ("country", "kind", "organization")
    back = "silence" if of == "lost" else "standing" if asked.kind or organization else ""
    return {
        "page": page,
        "lines": lines_then(page.object_list, request.user, reader_of(request.user)),
        "about": _about(asked, organization),
        "month": month,
        "is_then": True,
        "told": told_then(month, of, asked),
        "were_kept": were_kept(month, asked),
        "now_url": rows_url(of, {name: request.GET.get(name, "") for name in words}),
        "back": f"{back}&month={month:%Y-%m}" if back == "standing" else back,
    }


def _waits(request: SignedInRequest, of: str, month: dt.date) -> dict[str, object]:
    country, wait = request.GET.get("country", ""), _WAITS[of]
    found = ended(wait, month, wait.seen_by(request.user))
    rows = [row for row in found if not country or row.country == country]
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    lines = wait_lines(wait, page.object_list, request.user, reader_of(request.user))
    told = told_then(month, of, Which(country=country)) if month < _this_month() else None
    about = {"about": country_name(country), "month": month, "back": "waits"}
    return {"page": page, "lines": lines, "told": told, "were_kept": True, **about}


def _in_order(rows: Sequence[MonitoredListing], order: str) -> list[MonitoredListing]:
    """By date, what has none last; or who says least first."""
    if order == "said":
        return sorted(rows, key=lambda row: (101 if row.said is None else row.said, row.pk))
    return sorted(rows, key=lambda row: (row.due_on or dt.date.max, row.pk))


def _organization(request: SignedInRequest) -> Organization | None:
    slug = request.GET.get("organization", "")
    if not slug:
        return None
    if found := Organization.objects.filter(slug=slug).first():
        return found
    raise Http404


def _month(request: SignedInRequest) -> dt.date:
    """The month of the address; this one when nobody can read it."""
    try:
        return dt.datetime.strptime(request.GET.get("month", ""), "%Y-%m").replace(tzinfo=dt.UTC).date()
    except ValueError:
        return _this_month()


def _this_month() -> dt.date:
    return clock.today().replace(day=1)
