"""Gaps about which somebody does something: the list, one of them, and every press on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.requests import SignedInRequest
from core import clock
from core.errors import HouseError
from core.phrasing.dates import day_in_words
from facts.names import names
from network.gaps import rights
from network.gaps import services as gaps
from network.gaps.cells import matrix
from network.gaps.matrix import GROUP, LANGUAGE
from network.gaps.models import HOLDS_DAYS, Gap
from network.gaps.models.words import GapState
from network.gaps.rounds import cell_of
from network.grants.models import Grant, GrantCall
from network.grants.models.words import GrantCallState
from network.grants.rights import committees
from network.learning.models import Training
from network.learning.rights import organizations_of
from workspace.coordination.doors import network_page
from workspace.network.decisions.doors import saved
from workspace.network.gaps.asked import countries_by_name
from workspace.network.gaps.forms import DropForm, PlanForm, PutOffForm
from workspace.network.gaps.presenter import address, gap_line, gap_lines, place_of, stated
from workspace.shared.forms import PlainForm
from workspace.shared.pages import reason_of
from workspace.shared.texts import worded

SHOWN_AT_MOST = 200
SHOWS = ("live", "late", "idle", "mine", "ended")


@network_page
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    """`?show=` and `?country=`; as it opens, all that is live, the urgent first."""
    show = request.GET.get("show", "")
    show = show if show in SHOWS else "live"
    rows = Gap.objects.visible_to(request.user)
    cut = matrix(names())
    country = request.GET.get("country", "")
    country = country if country in cut.countries else ""
    rows = rows.filter(country=country) if country else rows
    own = rights.organizations_of(request.user).values("pk")
    found = {
        "live": rows.live(),
        "late": rows.late(),
        "idle": rows.without_action(),
        "mine": rows.live().filter(responsible=request.user) | rows.live().filter(organization__in=own),
        "ended": rows.ended(),
    }
    titles = {"live": _("Under way"), "late": _("Late"), "idle": _("Without an action"), "mine": _("Ours"),
              "ended": _("Ended")}  # fmt: skip
    ordered = found[show].select_related("organization", "responsible").order_by("due_on", "country", "pk")
    context = {
        "section": "network",
        "tab": "gaps",
        "show": show,
        "country": country,
        "countries": countries_by_name(cut),
        "tabs": [(code, titles[code], found[code].count() if code != "ended" else None) for code in SHOWS],
        "lines": gap_lines(ordered[:SHOWN_AT_MOST]),
    }
    return render(request, "workspace/network/gaps/gaps.html", context)


@network_page
@require_GET
def show(request: SignedInRequest, gap: str) -> HttpResponse:
    return _page(request, _row(request, gap))


def _row(request: SignedInRequest, public_id: str) -> Gap:
    rows = Gap.objects.visible_to(request.user).select_related("organization", "responsible", "opened_by")
    return get_object_or_404(rows, public_id=public_id)


@network_page
@require_POST
def press(request: SignedInRequest, gap: str) -> HttpResponse:
    """One step of those on the page; a form that cannot be taken comes back as it was filled in."""
    row, step = _row(request, gap), request.POST.get("step", "")
    forms = _forms(request, row)
    writes: dict[str, Callable[..., object]] = {
        "plan": lambda **_said: gaps.plan(actor=request.user, gap=row, **_values(forms["plan"])),
        "put_off": lambda **said: gaps.put_off(actor=request.user, gap=row, **said),
        "drop": lambda **said: gaps.drop(actor=request.user, gap=row, **said),
    }
    if step in writes:
        if not saved(forms[step], writes[step]):
            return _page(request, _row(request, gap), forms, status=422)
        messages.success(request, _("Written down."))
        return redirect("workspace:network-gap", row.public_id)
    try:
        if step == "take_up":
            gaps.take_up(actor=request.user, gap=row)
        elif step == "reopen":
            gaps.reopen(actor=request.user, gap=row)
        else:
            messages.warning(request, _("Choose what to do."))
            return redirect("workspace:network-gap", row.public_id)
    except HouseError as error:
        messages.warning(request, reason_of(error))
    else:
        messages.success(request, _("Written down."))
    return redirect("workspace:network-gap", row.public_id)


def _values(form: PlainForm) -> dict[str, Any]:
    return form.values() if isinstance(form, PlanForm) else form.cleaned_data


def _calls(request: SignedInRequest, row: Gap) -> list[tuple[str, str, str]]:
    """Calls for small grants about it: id, title, last day."""
    rows = GrantCall.objects.visible_to(request.user).filter(gaps=row).exclude(state=GrantCallState.CALLED_OFF)
    return [(one.public_id, worded(one, "title"), day_in_words(one.closes_on)) for one in rows.order_by("-closes_at")]


def _grants(request: SignedInRequest, row: Gap) -> list[tuple[str, str, str, str]]:
    """Grants that were to close it: id, title, whose, and how they stand."""
    rows = Grant.objects.visible_to(request.user).filter(cells__gap=row).select_related("application", "organization")
    return [
        (one.public_id, one.application.title, worded(one.organization, "name"), str(one.get_state_display()))
        for one in rows.order_by("-starts_on", "-pk")
    ]


def _trainings(request: SignedInRequest, row: Gap) -> list[tuple[str, str, str]]:
    """Trainings that help to close it: id, title, first day."""
    rows = Training.objects.visible_to(request.user).approved().filter(gaps__gap=row, cancelled_at=None)
    return [
        (one.public_id, worded(one, "title"), day_in_words(one.starts_at.astimezone(clock.zone(one.timezone)).date()))
        for one in rows.order_by("-starts_at", "-pk")
    ]


def _help(request: SignedInRequest, row: Gap, *, is_live: bool) -> dict[str, object]:
    """What is done about it elsewhere, and what this person may begin."""
    return {
        "calls": _calls(request, row),
        "grants": _grants(request, row),
        "trainings": _trainings(request, row),
        "may_teach": is_live and organizations_of(request.user).exists(),
        "may_call": is_live and committees(request.user).exists(),
    }


def _forms(request: SignedInRequest, row: Gap) -> dict[str, PlainForm]:
    """The forms of the page; the one that was pressed holds what was sent."""
    step = request.POST.get("step", "")
    leads = rights.leads(request.user, row.country, row.to_country)
    return {
        "plan": PlanForm(request.POST if step == "plan" else None, gap=row, leads=leads),
        "put_off": PutOffForm(request.POST if step == "put_off" else None, auto_id="put-off-%s"),
        "drop": DropForm(request.POST if step == "drop" else None, auto_id="drop-%s"),
    }


def _page(
    request: SignedInRequest, row: Gap, forms: dict[str, PlainForm] | None = None, *, status: int = 200
) -> HttpResponse:
    forms = forms or _forms(request, row)
    stage, leads = row.stage, rights.leads(request.user, row.country, row.to_country)
    is_live = stage not in (GapState.CLOSED, GapState.DROPPED)
    cuts = {axis: matrix(names(), axis) for axis in ((LANGUAGE if row.language else GROUP),)}
    days = (row.yes_seen_on - row.yes_since).days if row.yes_since and row.yes_seen_on else None
    context = {
        "section": "network",
        "tab": "gaps",
        "gap": row,
        "line": gap_line(row),
        "cell_query": address(place_of(row)),
        "state": stated(cell_of(row, cuts).state),
        "steps": row.steps.select_related("person"),
        "days": days,
        "holds": HOLDS_DAYS,
        "may_plan": is_live and rights.acts(request.user, row),
        "leads": leads,
        "is_live": is_live,
        "may_take_up": leads and stage == GapState.PROPOSED,
        **_help(request, row, is_live=is_live),
        "may_reopen": leads and stage in (GapState.ACCEPTED, GapState.DROPPED),
        **{f"{name}_form": form for name, form in forms.items()},
        "is_bound": [name for name, form in forms.items() if form.is_bound],
    }
    return render(request, "workspace/network/gaps/gap.html", context, status=status)
