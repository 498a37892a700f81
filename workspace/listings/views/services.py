"""Services of an organisation, and at which places they are given."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from organizations.models import Organization
from services.models import Service
from verification import editing
from workspace.listings import sending
from workspace.listings.forms.listing import AddListingForm
from workspace.listings.forms.service import ServiceForm, WhereForm
from workspace.shared.pages import desk_page, editable, listings_of, sent, show_form, tell_of_care, write


@desk_page
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest, slug: str) -> HttpResponse:
    """A new service together with the places where it is given; then its hours at the first of them."""
    organization = editable(Organization, request, slug=slug)
    form = ServiceForm(sent(request), organization=organization)
    where = WhereForm(sent(request), organization=organization, initial={"places": request.GET.getlist("place")})
    if request.method == "POST" and all([form.is_valid(), where.is_valid()]):
        saved = write(request, form, lambda **values: _create(organization, where, values))
        if saved:
            messages.success(request, _("The service is saved. Now say when it works."))
            tell_of_care(request, form, saved.visibility)
            _tell_of_words(request, form)
            return redirect("workspace:listing-edit", saved.listings.order_by("pk")[0].public_id)
    context = {"organization": organization, "service": None, "where": where, "listings": [], "section": "home"}
    return show_form(request, "workspace/listings/service.html", form, context)


def _create(organization: Organization, where: WhereForm, values: dict[str, Any]) -> Service:
    service = editing.create_service(organization=organization, **values)
    actor = values["actor"]
    for place in where.cleaned_data["places"]:
        editing.add_listing(actor=actor, service=service, location=place)
    if where.cleaned_data["remote"]:
        editing.add_listing(actor=actor, service=service, location=None)
    return service


@desk_page
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, service: str) -> HttpResponse:
    row = editable(Service, request, public_id=service)
    form = ServiceForm(sent(request), row=row, organization=row.organization)
    listings = list(listings_of(row).select_related("location"))
    if request.method == "POST":
        saved = write(request, form, lambda **v: editing.update_service(service=row, **v))
        if saved:
            _tell_of_words(request, form)
        if saved and listings and sending.is_asked(request):
            sending.send_under(request, saved)
            return (
                redirect("workspace:listing", listings[0].public_id)
                if len(listings) == 1
                else redirect("workspace:home")
            )
        if saved:
            messages.success(request, _saved(len(listings)))
            if len(listings) == 1:
                return redirect("workspace:listing-changes", listings[0].public_id)
            return redirect("workspace:service", service)
    context = {
        "organization": row.organization,
        "service": row,
        "listings": listings,
        "where": None,
        "section": "home",
    }
    return show_form(request, "workspace/listings/service.html", form, context)


def _tell_of_words(request: SignedInRequest, form: ServiceForm) -> None:
    """Advice after the press: it was written, and stays as it is unless somebody makes it plainer."""
    for label, said in form.advice():
        messages.info(request, f"{label}: {' '.join(said)}")


def _saved(places: int) -> str:
    if not places:
        return _("The service is saved. It has no place yet, so nobody sees it: add one.")
    text = ngettext(
        "The service is saved. Now send it to be checked.",
        "The service is saved. It is given at %(count)d places: send each of them to be checked.",
        places,
    )
    return text % {"count": places}


@desk_page
@require_http_methods(["GET", "POST"])
def add_listing(request: SignedInRequest, service: str) -> HttpResponse:
    row = editable(Service, request, public_id=service)
    form = AddListingForm(sent(request), service=row)
    if request.method == "POST" and form.is_valid():
        listing = editing.add_listing(actor=request.user, service=row, location=form.location)
        messages.success(request, _("Added. Now say when it works there."))
        return redirect("workspace:listing-edit", listing.public_id)
    context = {"organization": row.organization, "service": row, "form": form, "section": "home"}
    return render(request, "workspace/listings/listing_new.html", context, status=422 if form.errors else 200)
