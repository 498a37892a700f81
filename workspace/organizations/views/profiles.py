"""«Всё верно» about the organisation itself: what everybody reads of it, and one press."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from core.errors import HouseError
from facts.discretion import content_for, reader_of
from facts.profile import profile_facts, profile_standing
from organizations.models import Organization
from verification.profiles import shown_profile, working_profile_differs
from verification.services import confirm_profile
from workspace.shared.pages import desk_page, editable, reason_of


@desk_page
@require_http_methods(["GET", "POST"])
def confirm(request: SignedInRequest, slug: str) -> HttpResponse:
    organization = editable(Organization, request, slug=slug)
    if request.method == "POST":
        return _write(request, organization)
    shown = shown_profile(organization)
    context = {
        "organization": organization,
        "section": "organization",
        "profile": profile_standing(organization),
        "facts": profile_facts(content_for(reader_of(request.user), shown.content)) if shown else [],
        "differs": shown is not None and working_profile_differs(organization, shown),
    }
    return render(request, "workspace/organizations/profile.html", context)


def _write(request: SignedInRequest, organization: Organization) -> HttpResponse:
    try:
        confirm_profile(organization=organization, actor=request.user)
    except HouseError as error:
        messages.warning(request, reason_of(error))
    else:
        messages.success(request, _("Thank you. The details of the organisation are confirmed."))
    return redirect(reverse("workspace:home", query={"organization": organization.slug}))
