"""What an organisation says about itself, as a coordinator hears it on the phone."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from core.errors import HouseError
from facts.discretion import content_for, reader_of
from facts.profile import profile_facts, profile_standing
from organizations.models import Organization
from verification.coordination import desk
from verification.models import ProfileMethod
from verification.profiles import shown_profile
from verification.services import confirm_profile
from workspace.coordination.doors import asked_country, coordinators_page
from workspace.coordination.forms import WordForm
from workspace.coordination.presenters.script import lines_to_call
from workspace.shared.pages import reason_of, sent

WORDS_SHOWN = 6


@coordinators_page
@require_http_methods(["GET", "POST"])
def show(request: SignedInRequest, slug: str) -> HttpResponse:
    organization = get_object_or_404(desk.profiles_for(request.user), slug=slug)
    form = WordForm(sent(request))
    if request.method == "POST" and form.is_valid() and _record(request, organization, form):
        return redirect(_desk(request))
    context = _context(request, organization) | {"form": form}
    return render(request, "workspace/coordination/profile.html", context, status=422 if form.errors else 200)


def _record(request: SignedInRequest, organization: Organization, form: WordForm) -> bool:
    """Write their word down; False when the form now says what is wrong."""
    try:
        confirm_profile(
            organization=organization,
            actor=request.user,
            method=ProfileMethod.COORDINATOR_PHONE,
            note=form.cleaned_data["note"],
        )
    except HouseError as error:
        form.add_error(None, reason_of(error))
        return False
    messages.success(request, _("Written down as the organisation's own word, by phone."))
    return True


def _context(request: SignedInRequest, organization: Organization) -> dict[str, object]:
    shown = shown_profile(organization)
    content = content_for(reader_of(request.user), shown.content) if shown else None
    return {
        "section": "coordination",
        "tab": "desk",
        "profile": profile_standing(organization),
        "row": organization,
        "facts": profile_facts(content) if content else [],
        "lines": lines_to_call(content) if content else [],
        "words": organization.profile_checks.select_related("recorded_for")[:WORDS_SHOWN],
        "desk_url": _desk(request),
    }


def _desk(request: SignedInRequest) -> str:
    asked = {"pile": "profiles", "country": asked_country(request)}
    return reverse("workspace:coordination", query={name: value for name, value in asked.items() if value})
