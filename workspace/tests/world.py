"""A small network for the tests of the workspace: an owner's listing on the map, and a verifier elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from core.geo import gazetteer
from organizations.models import Contact, Location, Organization
from organizations.tests.makers import make_contact, make_location, make_organization, make_user
from services.models import Service, ServiceAtLocation
from services.tests.makers import make_listing, make_service, make_vocabulary
from verification import services as verification
from verification.models import Review

WEEK = {"slots": [{"days": [0, 1, 2, 3, 4], "opens": "09:00", "closes": "18:00"}]}


@dataclass
class World:
    """`organization` is edited by `editor`; `verifier` belongs to `other`."""

    organization: Organization
    other: Organization
    editor: User
    verifier: User
    place: Location
    contact: Contact
    listing: ServiceAtLocation

    @property
    def service(self) -> Service:
        return self.listing.service

    def client(self, user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    def get(self, path: str, user: User | None = None) -> HttpResponse:
        return self.client(user or self.editor).get(f"/ru/workspace/{path}")  # type: ignore[return-value]  # the test client's own subclass

    def post(self, path: str, data: dict[str, Any] | None = None, user: User | None = None) -> HttpResponse:
        return self.client(user or self.editor).post(f"/ru/workspace/{path}", data or {})  # type: ignore[return-value]  # as above

    def submit(self, listing: ServiceAtLocation | None = None, **options: Any) -> Review:
        return verification.submit(listing=listing or self.listing, actor=self.editor, **options)

    def publish(self, listing: ServiceAtLocation | None = None) -> ServiceAtLocation:
        review = self.submit(listing, checked=True)
        verification.approve(review=review, actor=self.verifier)
        return review.listing

    def add_listing(self, place: Location | None = None, **fields: Any) -> ServiceAtLocation:
        return make_listing(make_service(self.organization, **fields), place or self.place, hours=WEEK)


def make_world() -> World:
    make_vocabulary()
    organization, other = make_organization(name="Центр «Мост»"), make_organization(name="Другой дом")
    city = gazetteer.named("Тбилиси")
    place = make_location(organization, place_code=city.id, city_en=city.name_en)
    contact = make_contact(organization, location=place)
    listing = make_listing(make_service(organization, title="Тест на ВИЧ"), place, hours=WEEK)
    return World(
        organization=organization,
        other=other,
        editor=make_user(organization, role="manager"),
        verifier=make_user(other, network_role="verifier"),
        place=place,
        contact=contact,
        listing=listing,
    )


def form_data(response: HttpResponse) -> dict[str, Any]:
    """What a browser would send back unchanged: the values of the page's form and of the forms inside it."""
    form = response.context["form"]
    data = _values(form)
    if hours := getattr(form, "hours_form", None):
        data |= _values(hours)
    return data


def _values(form: Any) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for bound in form:
        value = bound.field.prepare_value(bound.value())
        if value in (None, False, "", []):
            continue
        data[bound.html_name] = "on" if value is True else value
    return data
