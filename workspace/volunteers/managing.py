"""Who volunteers for an organisation: its managers invite, prolong, hand over, end."""

from __future__ import annotations

import logging
from collections.abc import Callable
from smtplib import SMTPException
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Max, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from core import clock
from core.errors import HouseError
from network.learning.models import Certificate
from network.volunteering.rights import NEEDED, working
from organizations import invitations, volunteers
from organizations.models import Invitation, Organization, Volunteering
from workspace.network.decisions.doors import telling
from workspace.shared.pages import desk_page, reason_of, sent
from workspace.shared.texts import worded
from workspace.team.letters import send_invitation
from workspace.volunteers.forms import HandOverForm, ProlongForm, VolunteerForm

log = logging.getLogger(__name__)


@desk_page
@require_http_methods(["GET", "POST"])
def index(request: SignedInRequest, slug: str) -> HttpResponse:
    house = _managed(request, slug)
    form = VolunteerForm(sent(request), organization=house, user=request.user)
    if form.is_bound and form.is_valid():
        with telling(form):
            invitation, token = volunteers.invite_volunteer(actor=request.user, organization=house, **form.cleaned_data)
            _send(request, invitation, token)
            return redirect("workspace:volunteers-of", slug)
    context = {
        "section": "team",
        "organization": house,
        "house": worded(house, "name"),
        "lines": _lines(house),
        "colleagues": list(volunteers.who_may_answer(house)),
        "form": form,
    }
    return render(request, "workspace/volunteers/manage.html", context, status=422 if form.is_bound else 200)


@desk_page
@require_POST
def press(request: SignedInRequest, slug: str, volunteering: str) -> HttpResponse:
    house = _managed(request, slug)
    rows = Volunteering.objects.open().filter(organization=house).select_related("organization", "invitation")
    row = get_object_or_404(rows, public_id=volunteering)
    steps: dict[str, Callable[[], str]] = {
        "prolong": lambda: _prolong(request, row),
        "hand_over": lambda: _hand_over(request, row),
        "end": lambda: _end(request, row),
        "resend": lambda: _resend(request, row),
    }
    step = steps.get(request.POST.get("step", ""))
    try:
        if step is None:
            messages.warning(request, _("Choose what to do."))
        else:
            if done := step():
                messages.success(request, done)
    except HouseError as error:
        messages.warning(request, reason_of(error))
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    return redirect("workspace:volunteers-of", slug)


def _prolong(request: SignedInRequest, row: Volunteering) -> str:
    form = ProlongForm(request.POST)
    if not form.is_valid():
        raise HouseError(_("From today on, within half a year."), field="ends_on")
    volunteers.prolong(actor=request.user, volunteering=row, ends_on=form.cleaned_data["ends_on"])
    return _("Prolonged.")


def _hand_over(request: SignedInRequest, row: Volunteering) -> str:
    form = HandOverForm(request.POST, organization=row.organization)
    if not form.is_valid():
        raise HouseError(_("Choose a colleague who edits the organisation's listings."), field="colleague")
    volunteers.hand_over(actor=request.user, volunteering=row, colleague=form.cleaned_data["colleague"])
    return _("Handed over. What waits is in that colleague's queue.")


def _end(request: SignedInRequest, row: Volunteering) -> str:
    if row.user_id is None and row.invitation is not None and row.invitation.is_for_volunteer:
        invitations.revoke_invitation(actor=request.user, invitation=row.invitation)
        return _("The invitation is taken back: its link does not work any more.")
    volunteers.end(actor=request.user, volunteering=row)
    return _("Ended. The person can propose nothing from now on.")


def _resend(request: SignedInRequest, row: Volunteering) -> str:
    if row.user_id is not None or row.invitation is None:
        raise HouseError(_("The person has accepted this invitation already."))
    if not row.invitation.is_for_volunteer:
        raise HouseError(_("This address is invited to the team now. Its letter is sent from there."))
    invitation, token = invitations.renew_invitation(actor=request.user, invitation=row.invitation)
    _send(request, invitation, token)
    return ""


def _managed(request: SignedInRequest, slug: str) -> Organization:
    return get_object_or_404(Organization.objects.managed_by(request.user).in_network(), slug=slug)


def _send(request: SignedInRequest, invitation: Invitation, token: str) -> None:
    try:
        send_invitation(request, invitation, token)
    except (OSError, SMTPException):
        log.exception("An invitation could not be sent.")
        messages.error(request, _("The mail server does not answer. Press “Send again” in a while."))
    else:
        messages.success(request, _("The letter is on its way to %(email)s.") % {"email": invitation.email})


def _lines(house: Organization) -> list[dict[str, Any]]:
    """Also those whose days are over: somebody prolongs or ends them."""
    rows = Volunteering.objects.open().filter(organization=house).select_related("user", "colleague", "invitation")
    rows = rows.annotate(waiting=Count("proposals", filter=Q(proposals__state="open")))
    here = set(working().filter(organization=house).values_list("pk", flat=True))
    answering = set(volunteers.who_may_answer(house).values_list("pk", flat=True))
    found = list(rows.order_by("ends_on", "pk"))
    trained = Certificate.objects.valid().filter(topic=NEEDED, enrolment__person__in=[one.user_id for one in found])
    until = dict(trained.order_by().values_list("enrolment__person").annotate(day=Max("valid_until")))
    today = clock.today()
    return [
        {
            "row": one,
            "name": str(one.user) if one.user else one.invitation.email if one.invitation else "",
            "is_invited": one.user is None,
            "is_working": one.pk in here,
            "is_over": one.ends_on < today,
            "trained_until": until.get(one.user_id),
            "colleague": str(one.colleague) if one.colleague_id in answering else "",
        }
        for one in found
    ]
