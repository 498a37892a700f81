"""Which listings something covers: SQL's answer and Python's are one, on networks that nobody thought out."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from organizations.models import Contact, Location, Organization
from services import services
from services.models import Notice, Service, ServiceAtLocation
from services.models.coverage import (
    country_of,
    covers,
    in_countries,
    is_over,
    scopes_over,
    subject_of,
    under,
)
from verification.models import ListingState, Takedown
from verification.tests import scenarios

pytestmark = pytest.mark.django_db

COUNTRIES = ("GE", "PL", "KZ")
#: "" stands for a service that is given to any country, "AM" for a country in which nothing is given.
ASKED = (*COUNTRIES, "", "AM")
DAY = dt.date(2026, 5, 1)


def grow(seed: int) -> list[ServiceAtLocation]:
    """A random network: some organisations without places, places without services, services without listings."""
    chance = random.Random(seed)
    for _organization in range(chance.randint(2, 4)):
        owner = scenarios.organization()
        places = [scenarios.place(owner, country=chance.choice(COUNTRIES)) for _place in range(chance.randint(0, 3))]
        for at in chance.choices([None, *places], k=chance.randint(1, 3)):
            scenarios.phone(owner, at)
        for _service in range(chance.randint(0, 3)):
            give(chance, owner, places)
    ListingState.objects.bulk_create(ListingState(listing=row) for row in ServiceAtLocation.objects.all())
    return list(ServiceAtLocation.objects.select_related("service", "location"))


def give(chance: random.Random, owner: Organization, places: list[Location]) -> None:
    service = services.create_service(actor=None, organization=owner, title="Тест", types=["hiv_rapid_test"])
    for at in chance.sample(places, chance.randint(0, len(places))):
        services.add_listing(actor=None, service=service, location=at)
    if chance.random() < 0.6:
        country = chance.choice([*COUNTRIES, ""])
        services.add_listing(actor=None, service=service, location=None, remote_country=country)


def subjects() -> list:
    """Everything that can cover listings, each as the database has it."""
    rows = [*Organization.objects.all(), *Location.objects.all(), *Service.objects.all(), *Contact.objects.all()]
    return [*rows, *ServiceAtLocation.objects.all(), *ASKED]


@pytest.mark.parametrize("seed", range(6))
def test_what_covers_a_listing_is_the_same_in_sql_and_in_python(seed):
    listings = grow(seed)
    assert listings and any(row.location_id is None for row in listings)
    for subject in subjects():
        expected = {row.pk for row in listings if covers(subject, row)}
        assert set(ServiceAtLocation.objects.under(subject).values_list("pk", flat=True)) == expected, subject
        through = ListingState.objects.filter(under(subject, "listing__"))
        assert set(through.values_list("pk", flat=True)) == expected, subject


@pytest.mark.parametrize("seed", range(3))
def test_countries_are_the_same_in_sql_and_in_python(seed):
    listings = grow(seed)
    for codes in ([], ["GE"], ["GE", "PL"], ["GE", ""], [""], ["AM"], list(ASKED)):
        expected = {row.pk for row in listings if row.country in codes}
        assert set(ServiceAtLocation.objects.in_countries(codes).values_list("pk", flat=True)) == expected
        assert set(ServiceAtLocation.objects.in_countries(iter(codes)).values_list("pk", flat=True)) == expected
        through = ListingState.objects.filter(in_countries(codes, "listing__"))
        assert set(through.values_list("pk", flat=True)) == expected
    told = {row.pk: row.country for row in listings}
    assert dict(ServiceAtLocation.objects.annotate(told=country_of()).values_list("pk", "told")) == told
    assert dict(ListingState.objects.annotate(told=country_of("listing__")).values_list("pk", "told")) == told


def scopes() -> list[dict]:
    """One for each thing that a notice can speak about."""
    found: list[dict] = [{"organization": row} for row in Organization.objects.all()]
    found += [{"location": row} for row in Location.objects.all()]
    found += [{"service": row} for row in Service.objects.all()]
    return found + [{"country": code} for code in ASKED if code]


@pytest.mark.parametrize("seed", range(4))
def test_what_lies_over_a_listing_is_the_same_in_sql_and_in_python(seed):
    listings = grow(seed)
    for scope in scopes():
        Notice.objects.create(kind="warning", text="Осторожно", starts_on=DAY, **scope)
        if "service" not in scope:
            Takedown.objects.create(reason="Рейды", **scope)
    notices, takedowns = list(Notice.objects.all()), list(Takedown.objects.all())
    for row in listings:
        over = {notice.pk for notice in notices if is_over(notice, row)}
        assert over == {notice.pk for notice in notices if covers(subject_of(notice), row)}
        assert set(Notice.objects.filter(scopes_over(row, services=True)).values_list("pk", flat=True)) == over
        hiding = {takedown.pk for takedown in takedowns if is_over(takedown, row)}
        assert set(Takedown.objects.covering(row).values_list("pk", flat=True)) == hiding
    for notice in notices:  # the same from the other end
        covered = {row.pk for row in listings if is_over(notice, row)}
        assert set(ServiceAtLocation.objects.under(subject_of(notice)).values_list("pk", flat=True)) == covered


def test_a_contact_covers_its_place_or_without_one_its_whole_organisation():
    owner = scenarios.organization()
    here, there = scenarios.place(owner), scenarios.place(owner, city="Батуми")
    first, second = scenarios.listing(here), scenarios.listing(there)
    elsewhere = scenarios.listing()
    remote = services.add_listing(actor=None, service=first.service, location=None, remote_country="GE")

    def covered(contact) -> set:
        return set(ServiceAtLocation.objects.under(contact))

    assert covered(scenarios.phone(owner, here, "+995 32 212 34 57")) == {first}
    assert covered(scenarios.phone(owner, value="+995 32 212 34 58")) == {first, second, remote}
    assert covered(scenarios.phone(elsewhere.service.organization, value="+995 32 212 34 59")) == {elsewhere}


def test_a_service_for_any_country_counts_for_none():
    owner = scenarios.organization()
    scenarios.listing(scenarios.place(owner))
    service = services.create_service(actor=None, organization=owner, title="Онлайн", types=["hiv_rapid_test"])
    anywhere = services.add_listing(actor=None, service=service, location=None)
    assert list(ServiceAtLocation.objects.under("")) == [anywhere]
    for code in COUNTRIES:
        assert anywhere not in ServiceAtLocation.objects.under(code) and not covers(code, anywhere)
    takedown = Takedown(country="GE")
    assert not is_over(takedown, anywhere) and not is_over(Takedown(), anywhere)
