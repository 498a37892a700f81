"""The desk of a country: its emergency line for members, its chat, and what to do."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from core.geo.countries import country_name
from network.countries.desks import set_desk
from network.countries.models import CountryDesk
from workspace.countries.forms import CountryDeskForm
from workspace.countries.pages import code_of
from workspace.shared.pages import desk_page, sent, show_form


@desk_page
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, country: str) -> HttpResponse:
    code = code_of(country)
    if not request.user.coordinates(code):
        raise Http404
    form = CountryDeskForm(sent(request), row=CountryDesk.objects.filter(country=code).first())
    if request.method == "POST" and form.is_valid():
        with form.collecting():
            set_desk(actor=request.user, country=code, **form.values())
            messages.success(request, _("Members see it on the country's page."))
            return redirect("workspace:country", country)
    context = {"section": "countries", "code": code, "name": country_name(code)}
    return show_form(request, "workspace/countries/desk.html", form, context)
