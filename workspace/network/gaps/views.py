"""The matrix, and what changed since the last quarter."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.models import User
from accounts.requests import SignedInRequest
from core import clock
from core.geo.countries import country_name
from facts.names import names
from network.gaps.cells import matrix
from network.gaps.models import Gap, GapSnapshot
from network.gaps.quarters import changes
from workspace.coordination.doors import network_page
from workspace.network.gaps import asked as asking
from workspace.network.gaps.presenter import head, legend, stated, table
from workspace.referrals.corridors import words_of


def home_of(user: User) -> str:
    """The country with which the matrix opens: the first that the person looks after, or works in."""
    if user.countries:
        return user.countries[0]
    own = user.memberships.select_related("organization").first()
    return next(iter(own.organization.countries_at_all), "") if own else ""


@network_page
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    asked = asking.asked(request.GET, home_of(request.user))
    tabs = {
        "groups": _("In one country, for whom"),
        "countries": _("By country"),
        "ways": _("On the way"),
        "languages": _("In which language"),
    }
    context = {
        "section": "network",
        "tab": "gaps",
        "asked": asked,
        "asked_on": clock.today(),
        "country_name": country_name(asked.country),
        "views": [(code, tabs[code], asked.query(view=code, group="", column="")) for code in asking.VIEWS],
        "head": head(asked),
        "sections": table(asked),
        "legend": legend(),
        "countries": asking.countries_by_name(asked.cut),
        "groups": asking.groups(),
        "all_sections": asking.sections(),
        "columns": [(one, asking.column_name(asked.view, one)) for one in asked.columns if one],
        "query": asked.query(),
        "live": Gap.objects.visible_to(request.user).live().count(),
    }
    return render(request, "workspace/network/gaps/matrix.html", context)


@network_page
@require_GET
def changed(request: SignedInRequest) -> HttpResponse:
    """Against the matrix of `?quarter=`, as it opens the last one."""
    kept = list(GapSnapshot.objects.only("quarter"))
    wanted = request.GET.get("quarter", "")
    chosen = next((one for one in kept if one.quarter.isoformat() == wanted), kept[0] if kept else None)
    rows = []
    if chosen is not None:
        for one in changes(GapSnapshot.objects.get(pk=chosen.pk), matrix(names())):
            about = {"kind": names().name("service", one.kind), "country": country_name(one.country)}
            rows.append({**about, "before": stated(one.before), "now": stated(one.now)})
    context = {
        "section": "network",
        "tab": "gaps",
        "quarters": [(one.quarter.isoformat(), words_of(one.quarter)) for one in kept],
        "chosen": chosen.quarter.isoformat() if chosen else "",
        "rows": rows,
    }
    return render(request, "workspace/network/gaps/changes.html", context)
