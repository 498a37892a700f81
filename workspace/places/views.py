"""Places: the address, the pin, and how exactly each audience may know them."""

from __future__ import annotations

from contextlib import suppress

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from core.geo import gazetteer
from core.geo.coordinates import PointNotRead, read_point
from organizations.models import Location, Organization
from verification.editing import create_location, update_location
from workspace.listings import sending
from workspace.places.forms import PlaceForm
from workspace.shared.mapping import map_of_form
from workspace.shared.pages import desk_page, editable, listings_of, show_form, tell_of_care, write


@desk_page
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest, slug: str) -> HttpResponse:
    organization = editable(Organization, request, slug=slug)
    form = PlaceForm(_data(request), organization=organization)
    if request.method == "POST":
        saved = write(request, form, lambda **v: create_location(organization=organization, **v))
        if saved:
            _tell(request, form, _("The place is saved. Now say which services it gives."))
            tell_of_care(request, form, saved.visibility)
            return redirect(f"{reverse('workspace:service-new', args=[slug])}?place={saved.public_id}")
    return _page(request, form, organization, None)


@desk_page
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, place: str) -> HttpResponse:
    row = editable(Location, request, public_id=place)
    form = PlaceForm(_data(request), row=row, organization=row.organization)
    if request.method == "POST":
        saved = write(request, form, lambda **v: update_location(location=row, **v))
        if saved and sending.is_asked(request):
            _tell_of_shelter(request, form)
            sending.send_under(request, saved)
            return redirect("workspace:home")
        if saved:
            _tell(request, form, _("The place is saved. People see the change once you have sent it."))
            return redirect("workspace:place-changes", place)
    return _page(request, form, row.organization, row)


def _data(request: SignedInRequest) -> QueryDict | None:
    """What was sent; coordinates or a link that were pasted, be it into the field of a number, are taken apart."""
    if request.method != "POST":
        return None
    data = request.POST.copy()
    with suppress(PointNotRead):
        lat, lon = read_point(data.get("pasted") or data.get("lat", ""))
        data["lat"], data["lon"], data["pasted"] = f"{lat:.6f}", f"{lon:.6f}", ""
    return data


def _tell(request: SignedInRequest, form: PlaceForm, text: str) -> None:
    messages.success(request, text)
    _tell_of_shelter(request, form)


def _tell_of_shelter(request: SignedInRequest, form: PlaceForm) -> None:
    if form.was_narrowed:
        messages.info(request, _("This is a shelter: its address stays hidden, and people see its city at most."))


def _page(request: SignedInRequest, form: PlaceForm, organization: Organization, row: Location | None) -> HttpResponse:
    context = {
        "organization": organization,
        "place": row,
        "has_listings": row is not None and listings_of(row).exists(),
        "section": "home",
        "pin_config": _pin_config(form),
    }
    return show_form(request, "workspace/places/place.html", form, context)


def _pin_config(form: PlaceForm) -> dict[str, object]:
    """What the map of the form needs: its ground, the centre of the city, words for the preview."""
    return {
        **map_of_form(gazetteer.place(form["place_code"].value() or "")),
        "address": reverse("workspace:lookup-address"),
        "area": reverse("workspace:lookup-area"),
        "texts": _pin_texts(),
    }


def _pin_texts() -> dict[str, str]:
    return {
        "exact": _("Everybody sees: %(address)s, and the pin at the door."),
        "district": _("Everybody sees: %(district)s, and an area of the map instead of the pin."),
        "settlement": _("Everybody sees: %(city)s, and the whole of it on the map instead of the pin."),
        "country": _("Everybody sees: %(country)s, without a pin."),
        "none": _("Everybody sees the service, but nothing about where it is."),
        "for_members": _("Only members of the network know about this place."),
        "for_country": _("Only members of the network that work in that country know about this place."),
        "for_circle": _("Only your organisation and those of its circle know about this place."),
        "for_administrators": _("Nobody but your organisation sees this place."),
        "moved": _("The pin stands at %(lat)s, %(lon)s."),
        "notFound": _("Nothing was found. Put the pin on the map yourself."),
        "door": _("Found: %(name)s. Look whether the pin stands at the entrance."),
        "street": _("The street was found, the house was not: %(name)s. Put the pin at the entrance yourself."),
        "city": _("The street was not found. The map shows the city: %(name)s. Put the pin yourself."),
        "several": _("Several were found. Choose one:"),
        "here": _("The pin stands where you are, to about %(metres)s m. Move it to the entrance."),
        "noPosition": _("The browser did not give the position."),
        "pin": _("Pin of the place"),
    }
