"""Writing services, listings and notices."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts.models import NetworkRole
from core import clock
from core.errors import NotAllowed, StaleWrite
from organizations.tests.makers import make_contact, make_location, make_organization, make_user
from services import services
from services.models import Notice, Service, ServiceAtLocation, ServiceType
from services.tests.makers import make_listing, make_service, make_vocabulary

pytestmark = pytest.mark.django_db

WEEK = {"slots": [{"days": [0, 1, 2, 3, 4], "opens": "09:00", "closes": "18:00"}]}


def faults(make, *arguments, **fields):
    with pytest.raises(ValidationError) as caught:
        make(*arguments, **fields)
    return caught.value.message_dict


class TestService:
    def test_codes_are_kept_once_and_in_the_order_of_the_vocabulary(self):
        service = make_service(
            make_organization(),
            types=["needle_syringe", "hiv_rapid_test", "needle_syringe"],
            delivery=["post", "on_site"],
        )
        assert service.types == ["hiv_rapid_test", "needle_syringe"]
        assert service.delivery == ["on_site", "post"]

    def test_where_the_risk_is_high_it_is_for_the_network_unless_somebody_says_so(self):
        at_risk = make_organization(registration_country="RU", countries=["RU"], default_visibility="public")
        both = make_organization(countries=["GE", "RU"])
        assert make_service(at_risk).visibility == "members"
        assert make_service(at_risk, visibility="public").visibility == "public"
        assert make_service(both, types=["hiv_rapid_test"]).visibility == "public"
        assert make_service(both, types=["hiv_rapid_test", "needle_syringe"]).visibility == "members"
        assert make_service(make_organization(), types=["needle_syringe"]).visibility == "public"

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("types", ["no_such_type"]),
            ("types", ["hiv_prevention"]),
            ("types", []),
            ("groups", {"no_such_group": "all"}),
            ("groups", {"plhiv": "sometimes"}),
            ("statuses", ["tourist"]),
            ("languages", ["xx"]),
            ("interpreter_languages", ["xx"]),
            ("documents", ["none", "passport"]),
            ("delivery", ["pigeon"]),
            ("cost", "cheap"),
            ("title", ""),
            ("age_from", 40000),
        ],
    )
    def test_a_fault_is_beside_its_field_and_nothing_is_written(self, field, value):
        assert field in faults(make_service, make_organization(), **{field: value})
        assert not Service.objects.exists()

    def test_ages_and_dates_run_forward(self):
        organization = make_organization()
        assert "age_from" in faults(make_service, organization, age_from=60, age_to=18)
        day = dt.date(2026, 5, 1)
        assert "ends_on" in faults(make_service, organization, starts_on=day, ends_on=day - dt.timedelta(days=1))

    def test_a_retired_code_stays_but_is_not_chosen_anew(self):
        organization = make_organization()
        service = make_service(organization, types=["prep", "hiv_rapid_test"])
        ServiceType.objects.filter(code="prep").update(is_retired=True)
        services.update_service(actor=None, service=service, expected_version=1, types=service.types, title="Иначе")
        service.refresh_from_db()
        assert set(service.types) == {"prep", "hiv_rapid_test"}
        assert "types" in faults(make_service, organization, types=["prep"])

    def test_rights_come_first(self):
        organization = make_organization()
        make_vocabulary()
        with pytest.raises(NotAllowed):
            services.create_service(actor=make_user(make_organization()), organization=organization, title="")
        service = make_service(organization)
        with pytest.raises(NotAllowed):
            services.update_service(actor=make_user(make_organization()), service=service, expected_version=1, title="")

    def test_a_stale_write_changes_nothing(self):
        service = make_service(make_organization())
        mine, theirs = Service.objects.get(), Service.objects.get()
        services.update_service(actor=None, service=theirs, expected_version=1, title="Их название")
        with pytest.raises(StaleWrite) as caught:
            services.update_service(actor=None, service=mine, expected_version=1, cost="free")
        service.refresh_from_db()
        assert (service.title, service.cost) == ("Их название", "free")
        assert "title" in caught.value.changed


class TestListing:
    def test_a_service_is_listed_once_at_a_place_and_once_remotely(self):
        organization = make_organization()
        service, place = make_service(organization), make_location(organization)
        make_listing(service, place)
        make_listing(service)
        assert "location" in faults(make_listing, service, place)
        assert "location" in faults(make_listing, service)

    def test_parts_of_others_are_refused(self):
        organization, other = make_organization(), make_organization()
        service, place = make_service(organization), make_location(organization)
        assert "location" in faults(make_listing, service, make_location(other))
        assert "contacts" in faults(make_listing, service, place, contacts=[make_contact(other)])
        far = make_contact(organization, location=make_location(organization, name="Другое место"))
        assert "contacts" in faults(make_listing, service, place, contacts=[far])
        assert not ServiceAtLocation.objects.exists()

    def test_hours_are_kept_in_one_shape(self):
        organization = make_organization()
        listing = make_listing(make_service(organization), make_location(organization), hours=WEEK | {"note": {}})
        assert listing.hours == WEEK
        assert "hours" in faults(make_listing, make_service(organization), None, hours={"slots": [{"days": [9]}]})

    def test_contacts_and_version_move_together(self):
        organization = make_organization()
        listing = make_listing(make_service(organization), make_location(organization))
        contact = make_contact(organization)
        services.update_listing(actor=None, listing=listing, expected_version=1, contacts=[contact])
        with pytest.raises(StaleWrite):
            services.update_listing(actor=None, listing=listing, expected_version=1, contacts=[])
        listing.refresh_from_db()
        assert listing.version == 2 and list(listing.contacts.all()) == [contact]

    def test_the_country_of_a_remote_service(self):
        service = make_service(make_organization())
        assert make_listing(service, remote_country="ge").country == "GE"
        assert "remote_country" in faults(make_listing, make_service(make_organization()), remote_country="XX")

    def test_a_draft_can_be_removed_by_its_owner_only(self):
        organization = make_organization()
        listing = make_listing(make_service(organization))
        with pytest.raises(NotAllowed):
            services.remove_listing(actor=make_user(make_organization()), listing=listing)
        services.remove_listing(actor=make_user(organization), listing=listing)
        assert not ServiceAtLocation.objects.exists()


class TestNotice:
    def test_it_begins_today_at_the_place(self):
        organization = make_organization()
        place = make_location(organization)
        with clock.travel(dt.datetime(2026, 5, 1, 22, 0, tzinfo=dt.UTC)):
            notice = services.set_notice(actor=None, location=place, kind="closure", text="Ремонт")
        assert notice.starts_on == dt.date(2026, 5, 2)

    def test_it_belongs_to_one_thing(self):
        organization = make_organization()
        found = faults(
            services.set_notice,
            actor=None,
            organization=organization,
            location=make_location(organization),
            kind="closure",
            text="Ремонт",
        )
        assert list(found) == ["__all__"]

    def test_ending_takes_it_down_from_today(self):
        organization = make_organization()
        with clock.travel(dt.date(2026, 5, 1)):
            notice = services.set_notice(actor=None, organization=organization, kind="closure", text="Ремонт")
        with clock.travel(dt.date(2026, 5, 3)):
            services.end_notice(actor=make_user(organization), notice=notice)
        notice.refresh_from_db()
        assert notice.ends_on == dt.date(2026, 5, 2)

    def test_one_of_today_vanishes(self):
        organization = make_organization()
        notice = services.set_notice(actor=None, organization=organization, kind="closure", text="Ошибка")
        services.end_notice(actor=None, notice=notice)
        assert not Notice.objects.exists()

    def test_only_owners_and_for_a_country_its_coordinators(self):
        organization = make_organization()
        stranger = make_user(make_organization())
        with pytest.raises(NotAllowed):
            services.set_notice(actor=stranger, organization=organization, kind="closure", text="Ремонт")
        with pytest.raises(NotAllowed):
            services.set_notice(actor=stranger, country="GE", kind="legal", text="Новый закон")
        coordinator = make_user(network_role=NetworkRole.COORDINATOR, countries=["GE"])
        services.set_notice(actor=coordinator, country="GE", kind="legal", text="Новый закон")
        with pytest.raises(NotAllowed):
            services.set_notice(actor=coordinator, country="PL", kind="legal", text="Новый закон")
