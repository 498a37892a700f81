"""Doing one thing with several listings: first a preview of what it will do to which, then the deed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from core.errors import HouseError
from facts.discretion import reader_of, where_of
from organizations.models import Organization
from services.models import ServiceAtLocation
from verification import services as verification
from verification.coordination.desk import checkable
from verification.letters.occasions.asking import ask_owners, can_be_asked
from verification.models import Recheck, RecheckReason
from workspace.coordination.doors import asked_country, coordinators_page
from workspace.coordination.forms import AssignForm
from workspace.shared.forms import PlainForm, ReasonForm
from workspace.shared.pages import reason_of
from workspace.shared.texts import worded

AT_MOST = 200


@dataclass(frozen=True)
class BulkPlan:
    """One chosen listing; `hindrance` says why nothing will be done with it."""

    listing: ServiceAtLocation
    place: str
    hindrance: str = ""


@coordinators_page
@require_POST
def bulk(request: SignedInRequest) -> HttpResponse:
    """`listing` several times, `action` assign, ask or hide; with `confirmed` it is done, without it is shown."""
    action = request.POST.get("action", "")
    chosen = request.POST.getlist("listing")[:AT_MOST]
    rows = list(checkable(request.user).filter(public_id__in=chosen).order_by("service__title", "pk"))
    if action not in _DO or not rows:
        messages.warning(request, _("Nothing was chosen."))
        return redirect(_desk(request))
    form = _form(request, action)
    organization = form.cleaned_data.get("organization") if form.is_bound and form.is_valid() else None
    reader = reader_of(request.user)
    plans = [BulkPlan(row, where_of(reader, row), _hindrance(request, action, row, organization)) for row in rows]
    doable = [plan.listing for plan in plans if not plan.hindrance]
    if form.is_bound and form.is_valid() and doable and _done(request, action, doable, form):
        return redirect(_desk(request))
    context = {
        "section": "coordination",
        "tab": "desk",
        "action": action,
        "plans": plans,
        "doable": len(doable),
        "form": form,
        "desk_url": _desk(request),
        "pile_code": request.POST.get("pile", ""),
        "country": asked_country(request),
    }
    return render(request, "workspace/coordination/bulk.html", context, status=422 if form.errors else 200)


def _form(request: SignedInRequest, action: str) -> PlainForm:
    """What has to be said for the action: asked in the preview, sent with `confirmed`."""
    form = _FORMS[action](request.POST if "confirmed" in request.POST else None)
    for field in form.fields.values():  # one at most: whoever works by keyboard goes on there
        field.widget.attrs["autofocus"] = True
    return form


def _done(request: SignedInRequest, action: str, rows: list[ServiceAtLocation], form: PlainForm) -> bool:
    """Do it with all of them or with none; False when the form now says what is in the way."""
    try:
        with transaction.atomic():
            _DO[action](request, rows, form)
    except HouseError as error:
        form.add_error(None, reason_of(error))
        return False
    return True


def _desk(request: SignedInRequest) -> str:
    asked = {"pile": request.POST.get("pile", ""), "country": asked_country(request)}
    return reverse("workspace:coordination", query={name: value for name, value in asked.items() if value})


def _hindrance(request: SignedInRequest, action: str, row: ServiceAtLocation, organization: Organization | None) -> str:
    if not request.user.coordinates(row.country):
        return _("another coordinator's country") if row.country else _("for every country: an administrator does this")
    if action == "ask" and not can_be_asked(row.state):
        return _("not on the map: there is nothing to confirm")
    if action == "assign" and organization and organization.pk == row.service.organization_id:
        return _("nobody checks their own services")
    return ""


def _assign(request: SignedInRequest, rows: list[ServiceAtLocation], form: PlainForm) -> None:
    """What is open goes to the organisation; without an open re-check one is asked for."""
    organization: Organization = form.cleaned_data["organization"]
    given: list[Recheck] = []
    for row in rows:
        waiting = list(Recheck.objects.open().filter(listing=row).select_related("listing__location"))
        given += waiting or [verification.open_recheck(listing=row, reason=RecheckReason.OUTSIDE)]
    verification.assign_all(rechecks=given, actor=request.user, organization=organization)
    done = ngettext("%(count)d check given to %(who)s.", "%(count)d checks given to %(who)s.", len(rows))
    messages.success(request, done % {"count": len(rows), "who": worded(organization, "name")})


def _ask(request: SignedInRequest, rows: list[ServiceAtLocation], form: PlainForm) -> None:
    asked = ask_owners(listings=rows, actor=request.user)
    done = ngettext("%(count)d letter is on its way.", "%(count)d letters are on their way.", asked.letters)
    messages.success(request, done % {"count": asked.letters})
    if asked.unreachable:
        words = _("No letter reaches: %(names)s. A call is needed.")
        messages.warning(request, words % {"names": ", ".join(asked.unreachable)})
    if asked.asked_already:
        words = _("Asked this week already, so no second letter: %(names)s.")
        messages.info(request, words % {"names": ", ".join(asked.asked_already)})


def _hide(request: SignedInRequest, rows: list[ServiceAtLocation], form: PlainForm) -> None:
    for row in rows:
        verification.hide(listing=row, actor=request.user, reason=form.cleaned_data["reason"])
    done = ngettext("%(count)d listing is off the map.", "%(count)d listings are off the map.", len(rows))
    messages.success(request, done % {"count": len(rows)})


_DO: dict[str, Callable[[SignedInRequest, list[ServiceAtLocation], PlainForm], None]] = {
    "assign": _assign,
    "ask": _ask,
    "hide": _hide,
}
_FORMS: dict[str, type[PlainForm]] = {"assign": AssignForm, "ask": PlainForm, "hide": ReasonForm}
