"""Each rule that the database keeps about services, and what the writers do with half a change."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, InternalError, models, transaction

from core import clock
from core.errors import NotAllowed, StaleWrite
from organizations.tests.makers import make_contact, make_location, make_organization, make_user
from services import services
from services.hours import HoursError, OpeningHours
from services.models import MigrationStatus, Notice, Service, ServiceAtLocation, TargetGroup
from services.tests.makers import make_listing, make_service

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 5, 1)
BEFORE = DAY - dt.timedelta(days=1)


def service_row(**fields):
    return make_service(make_organization()), fields


def imported():
    first, second = make_service(make_organization()), make_service(make_organization())
    Service.objects.filter(pk=first.pk).update(source="list", external_id="7")
    return second, {"source": "list", "external_id": "7"}


def listed_twice():
    service, place = make_service(organization := make_organization()), make_location(organization)
    make_listing(service, place)
    return make_listing(service), {"location_id": place.pk}


def listing_row(**fields):
    organization = make_organization()
    return make_listing(make_service(organization), make_location(organization)), fields


def notice_row(**fields):
    organization = make_organization()
    return services.set_notice(actor=None, organization=organization, kind="closure", text="Ремонт"), fields


def country_notice(**fields):
    return services.set_notice(actor=None, country="GE", kind="closure", text="Ремонт"), fields


def announced():
    row, _none = notice_row()
    person = make_user()
    return row, {"announced_by": person, "seconded_by": person}


#: By the name of the constraint: a row that is in order, and the change that the database must refuse.
REFUSED = {
    "service_has_a_type": lambda: service_row(types=[]),
    "service_age_range_in_order": lambda: service_row(age_from=60, age_to=18),
    "service_ends_after_it_starts": lambda: service_row(starts_on=DAY, ends_on=BEFORE),
    "service_none_or_documents": lambda: service_row(documents=["none", "passport"]),
    "service_imported_once": imported,
    "listing_once_per_service_and_place": listed_twice,
    "listing_remote_country_only_without_place": lambda: listing_row(remote_country="GE"),
    "notice_speaks_about_one_thing": lambda: notice_row(country="GE"),
    "notice_danger_is_a_countrys": lambda: notice_row(level="danger"),
    "notice_danger_by_two_people": announced,
    "notice_only_a_countrys_is_narrowed": lambda: notice_row(service_type="hiv_rapid_test"),
    "notice_region_lies_in_its_country": lambda: country_notice(region="KZ.01"),
    "notice_ends_after_it_starts": lambda: notice_row(starts_on=DAY, ends_on=BEFORE),
}


def rules() -> dict[str, models.BaseConstraint]:
    kept = (Service, ServiceAtLocation, Notice)
    return {rule.name: rule for model in kept for rule in model._meta.constraints}


def test_every_rule_is_tried() -> None:
    assert rules().keys() == REFUSED.keys()


@pytest.mark.parametrize("name", REFUSED)
def test_the_database_refuses_the_row_whoever_writes_it(name: str) -> None:
    row, change = REFUSED[name]()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(**change)


@pytest.mark.parametrize("name", REFUSED)
def test_a_form_says_it_in_words(name: str) -> None:
    row, change = REFUSED[name]()
    for field, value in change.items():
        setattr(row, field, value)
    with pytest.raises(ValidationError) as caught:
        rules()[name].validate(type(row), row)
    (message,) = caught.value.messages
    assert name not in message and "нарушено" not in message


@pytest.mark.parametrize(
    "change",
    [
        {"types": ["no_such_type"]},
        {"types": ["hiv_prevention"]},
        {"groups": {"no_such_group": "all"}},
        {"statuses": ["tourist"]},
        {"languages": ["xx"]},
        {"interpreter_languages": ["xx"]},
        {"documents": ["library_card"]},
    ],
)
def test_the_database_knows_the_vocabulary(change: dict[str, object]) -> None:
    """A code that no term has would be a filter that never finds and a word that nobody can read."""
    service = make_service(make_organization())
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        Service.objects.filter(pk=service.pk).update(**change)


class TestRetiredCodes:
    def test_a_group_stays_with_its_welcome_and_is_not_chosen_anew(self) -> None:
        organization = make_organization()
        service = make_service(organization, groups={"plhiv": "priority"})
        TargetGroup.objects.filter(code="plhiv").update(is_retired=True)
        services.update_service(actor=None, service=service, expected_version=1, groups={"plhiv": "only", "msm": "all"})
        service.refresh_from_db()
        assert service.groups == {"msm": "all", "plhiv": "only"}
        with pytest.raises(ValidationError) as caught:
            make_service(organization, groups={"plhiv": "all"})
        assert list(caught.value.message_dict) == ["groups"]

    def test_once_taken_away_it_does_not_come_back(self) -> None:
        service = make_service(make_organization(), statuses=["undocumented", "asylum_seeker"])
        MigrationStatus.objects.filter(code="undocumented").update(is_retired=True)
        services.update_service(actor=None, service=service, expected_version=1, statuses=["asylum_seeker"])
        with pytest.raises(ValidationError):
            services.update_service(actor=None, service=service, expected_version=2, statuses=["undocumented"])


class TestListings:
    def test_contacts_that_are_not_named_stay(self) -> None:
        organization = make_organization()
        contact = make_contact(organization)
        listing = make_listing(make_service(organization), make_location(organization), contacts=[contact])
        services.update_listing(actor=None, listing=listing, expected_version=1, note="Вход со двора")
        assert list(listing.contacts.all()) == [contact]
        services.update_listing(actor=None, listing=listing, expected_version=2, contacts=[])
        assert not listing.contacts.exists()

    def test_hours_that_cannot_be_read_are_a_fault_beside_them(self) -> None:
        listing = make_listing(make_service(make_organization()))
        for nonsense in ({"slots": 5}, {"slots": {"days": [0]}}, {"slots": ["x"]}, {"exceptions": [7]}):
            with pytest.raises(ValidationError) as caught:
                services.update_listing(actor=None, listing=listing, expected_version=1, hours=nonsense)
            assert list(caught.value.message_dict) == ["hours"]
        listing.refresh_from_db()
        assert listing.version == 1

    def test_hours_may_come_as_the_value_itself(self) -> None:
        hours = OpeningHours.from_json({"always": True})
        assert make_listing(make_service(make_organization()), hours=hours).hours == {"always": True}

    def test_a_remote_service_counts_its_days_where_it_is_meant_for(self) -> None:
        service = make_service(make_organization(registration_country="GE"))
        assert make_listing(service, remote_country="KZ").timezone == "Asia/Almaty"
        assert ServiceAtLocation(service=service).timezone == "Asia/Tbilisi"


class TestNotices:
    def test_others_do_not_change_it_and_a_stale_page_neither(self) -> None:
        notice, _nothing = notice_row()
        with pytest.raises(NotAllowed):
            services.set_notice(actor=make_user(make_organization()), notice=notice, text="Взлом")
        services.set_notice(actor=None, notice=Notice.objects.get(), expected_version=1, text="Их слова")
        with pytest.raises(StaleWrite):
            services.set_notice(actor=None, notice=notice, expected_version=1, text="Мои слова")
        assert Notice.objects.get().text == "Их слова"

    def test_what_it_speaks_about_does_not_change(self) -> None:
        notice, _nothing = notice_row()
        organization = notice.organization
        other = make_organization()
        services.set_notice(actor=None, notice=notice, expected_version=1, organization=other, text="Иное")
        assert Notice.objects.get().organization == organization

    def test_one_that_is_over_stays_as_it_was(self) -> None:
        with clock.travel(DAY):
            notice, _nothing = notice_row()
            services.set_notice(actor=None, notice=notice, expected_version=1, ends_on=DAY)
        with clock.travel(DAY + dt.timedelta(days=5)):
            services.end_notice(actor=None, notice=notice)
        notice.refresh_from_db()
        assert (notice.ends_on, notice.version) == (DAY, 2)

    def test_an_end_before_the_beginning_is_said_beside_the_end(self) -> None:
        notice, _nothing = notice_row(starts_on=DAY)
        with pytest.raises(ValidationError) as caught:
            services.set_notice(actor=None, notice=notice, starts_on=DAY, ends_on=BEFORE)
        assert list(caught.value.message_dict) == ["ends_on"]


@pytest.mark.parametrize("value", [5, "x", {"days": [0]}, None, True])
def test_hours_of_another_shape_are_refused_in_words(value: object) -> None:
    for data in ({"slots": value}, {"exceptions": value}, {"slots": [value]}, {"exceptions": [value]}):
        with pytest.raises(HoursError):
            OpeningHours.from_json(data)


@pytest.mark.parametrize(
    ("model", "faults_of"),
    [
        (Service, lambda: services.SERVICE_FAULTS),
        (ServiceAtLocation, lambda: services.LISTING_FAULTS),
        (Notice, lambda: services._NOTICE_FAULTS),
    ],
)
def test_the_message_of_a_rule_stands_beside_a_field_that_there_is(model, faults_of):
    faults = faults_of()
    assert faults.keys() <= {rule.name for rule in model._meta.constraints}
    assert set(faults.values()) <= {field.name for field in model._meta.get_fields()}
