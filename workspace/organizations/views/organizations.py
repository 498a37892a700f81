"""The profile of an organisation."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from facts.profile import standing_on_map
from organizations.models import Organization
from verification.editing import update_organization
from workspace.organizations.forms.organization import OrganizationForm
from workspace.shared.pages import desk_page, editable, sent, show_form, write


@desk_page
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, slug: str) -> HttpResponse:
    organization = editable(Organization, request, slug=slug)
    form = OrganizationForm(sent(request), row=organization)
    if request.method == "POST":
        saved = write(
            request,
            form,
            lambda **values: update_organization(organization=organization, **values),
        )
        if saved:
            messages.success(request, _("Saved. It reaches the map with the next listing that is checked."))
            return redirect("workspace:organization", slug)
    context = {"organization": organization, "section": "organization", "profile": standing_on_map(organization)}
    return show_form(request, "workspace/organizations/organization.html", form, context)
