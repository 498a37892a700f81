"""Applications: those under way, one of them, and every press on it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from accounts.requests import SignedInRequest
from network.joining import services as joining
from network.joining.models import Application
from organizations.models import Organization
from workspace.coordination.doors import network_page
from workspace.network.joining.doors import Step, joiners_page, pressed
from workspace.network.joining.presenter import lines_of, page_of

SHOWN_AT_MOST = 100
_BESIDE = ("call", "organization", "referee_one", "referee_two", "vote", "mentor", "decision")


@network_page
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    """`?show=ended`; as it opens, those under way, the nearest day first."""
    show = "ended" if request.GET.get("show") == "ended" else "open"
    rows = Application.objects.visible_to(request.user).select_related("vote")
    under_way = rows.under_way()
    found = under_way if show == "open" else rows.ended()
    context = {
        "section": "network",
        "tab": "applications",
        "show": show,
        "tabs": [("open", pgettext("applications", "Under way"), under_way.count()), ("ended", _("Ended"), None)],
        "lines": lines_of(found[:SHOWN_AT_MOST]),
        "writes": request.user.is_coordinator,
    }
    return render(request, "workspace/network/joining/applications.html", context)


@joiners_page
@require_GET
def show(request: SignedInRequest, application: str) -> HttpResponse:
    row = _row(request, application)
    context = {"section": "network", "tab": "applications", **page_of(row, request.user)}
    return render(request, "workspace/network/joining/application.html", context)


@joiners_page
@require_POST
def press(request: SignedInRequest, application: str) -> HttpResponse:
    row = _row(request, application)
    return pressed(request, _steps(request, row), "workspace:network-application", row.public_id)


def _row(request: SignedInRequest, public_id: str) -> Application:
    rows = Application.objects.visible_to(request.user).select_related(*_BESIDE)
    return get_object_or_404(rows, public_id=public_id)


# long: one step a line
def _steps(request: SignedInRequest, row: Application) -> dict[str, Step]:
    post = request.POST
    told: dict[str, Any] = {"actor": request.user, "application": row}

    def mentor() -> Organization:
        members = Organization.objects.in_network().visible_to(request.user)
        return members.get(slug=post.get("mentor", ""))

    return {
        "take_up": (lambda: joining.take_up(**told), _("Taken up. The applicant was written to.")),
        "check": (
            lambda: joining.check(
                **told, kind=post.get("kind", ""), outcome=post.get("outcome", ""), note=post.get("note", "")[:2000]
            ),
            _("Written down."),
        ),
        "ask": (
            lambda: joining.ask(**told, text=post.get("text", "")[:1000]),
            _("Asked. The applicant has 30 days to answer."),
        ),
        "put_to_vote": (lambda: joining.put_to_vote(**told), _("The members are asked. The applicant was written to.")),
        "accept": (
            lambda: joining.accept(**told, mentor=mentor(), answer=post.get("answer", "")[:2000]),
            _("The applicant was written to and invited into the workspace."),
        ),
        "decline": (
            lambda: joining.decline(**told, answer=post.get("answer", "")[:2000]),
            _("The applicant was written to."),
        ),
        "mentor": (lambda: joining.change_mentor(**told, mentor=mentor()), _("Written down.")),
        "tick": (lambda: joining.tick(**told, code=post.get("code", "")), _("Written down.")),
        "complete": (lambda: joining.complete(**told), _("From now on it is a member, with a voice of its own.")),
    }
