"""Writing organisations, places and contacts: rights, versions, faults beside their fields."""

import pytest
from django.contrib.gis.geos import Point
from django.core.exceptions import ValidationError

from accounts.models import NetworkRole
from core.errors import NotAllowed, StaleWrite
from core.geo import gazetteer
from organizations import services
from organizations.models import Contact, Location, Organization
from organizations.tests.makers import make_contact, make_location, make_organization, make_user

pytestmark = pytest.mark.django_db
TBILISI = gazetteer.named("Тбилиси")


def faults(call, **fields):
    with pytest.raises(ValidationError) as caught:
        call(actor=None, **fields)
    return caught.value.message_dict


class TestRights:
    def test_an_editor_changes_only_their_own_organization(self):
        own, other = make_organization(), make_organization()
        editor = make_user(own)
        services.update_organization(actor=editor, organization=own, expected_version=1, short_name="Мост")
        with pytest.raises(NotAllowed):
            services.update_organization(actor=editor, organization=other, expected_version=1, short_name="Мост")
        other.refresh_from_db()
        assert (own.short_name, other.short_name) == ("Мост", "")

    def test_a_reader_writes_nothing(self):
        organization = make_organization()
        reader = make_user(organization, role="reader")
        with pytest.raises(NotAllowed):
            services.create_location(actor=reader, organization=organization, name="Дом", country="GE")
        with pytest.raises(NotAllowed):
            services.create_contact(actor=reader, organization=organization, channel="email", value="a@b.org")
        assert not Location.objects.exists() and not Contact.objects.exists()

    def test_an_inactive_editor_writes_nothing(self):
        organization = make_organization()
        editor = make_user(organization, is_active=False)
        with pytest.raises(NotAllowed):
            services.update_organization(actor=editor, organization=organization, expected_version=1, name="Иное")

    @pytest.mark.parametrize("field", ["member_status", "slug", "safety_note", "due_diligence_note"])
    def test_only_administrators_set_what_belongs_to_the_network(self, field):
        organization = make_organization()
        manager = make_user(organization, role="manager")
        with pytest.raises(NotAllowed):
            services.update_organization(
                actor=manager, organization=organization, expected_version=1, **{field: "member"}
            )

    def test_only_administrators_found_organizations(self):
        with pytest.raises(NotAllowed):
            services.create_organization(actor=make_user(make_organization()), name="Новая", registration_country="GE")
        administrator = make_user(network_role=NetworkRole.ADMINISTRATOR)
        services.create_organization(actor=administrator, name="Новая", registration_country="GE")

    def test_an_unknown_field_is_a_mistake_of_the_programmer(self):
        with pytest.raises(TypeError):
            services.create_organization(actor=None, name="Новая", registration_country="GE", public_id="abc")


class TestOrganization:
    def test_slug_is_latin_and_free(self):
        first = make_organization(name="Щит и мост", short_name="")
        second = make_organization(name="Щит и мост", short_name="")
        assert (first.slug, second.slug) == ("shchit-i-most", "shchit-i-most-2")

    @pytest.mark.first_network("Russian is its source")
    def test_texts_are_tidy_and_translated(self):
        organization = make_organization(
            name="  Мост\u200e\x00  рядом ", name_en="Bridge", description="Раз\r\n\r\n\r\n\r\nДва  \n"
        )
        assert organization.name_en == "Bridge"
        assert organization.description == "Раз\n\nДва"
        assert "\x00" not in organization.name and "  " not in organization.name

    @pytest.mark.first_network("Russian is its source")
    def test_an_empty_translation_is_removed(self):
        organization = make_organization(name="Мост", name_en="Bridge")
        services.update_organization(actor=None, organization=organization, expected_version=1, name_en="")
        organization.refresh_from_db()
        assert "name_en" not in organization.i18n

    @pytest.mark.first_network("Russian is its source")
    def test_a_translation_obeys_the_length_of_its_field(self):
        found = faults(services.create_organization, name="Мост", registration_country="GE", name_en="x" * 201)
        assert list(found) == ["name_en"]

    def test_every_fault_comes_at_once(self):
        found = faults(services.create_organization, name="", registration_country="GE", default_visibility="all")
        assert {"name", "default_visibility"} <= set(found)

    @pytest.mark.parametrize(
        "address",
        [
            "javascript:alert(1)",
            "https://user:pass@example.org",
            "http://127.0.0.1/",
            "https://localhost/",
            "два слова",
        ],
    )
    def test_hostile_websites_are_refused(self, address):
        found = faults(services.create_organization, name="Мост", registration_country="GE", website=address)
        assert "website" in found

    def test_a_bare_host_becomes_https(self):
        organization = make_organization(website="example.org/about", links=["t.me/most"])
        assert organization.website == "https://example.org/about"
        assert organization.links == [{"label": "", "url": "https://t.me/most"}]

    def test_an_unknown_country_is_refused(self):
        assert "registration_country" in faults(services.create_organization, name="Мост", registration_country="XX")

    def test_leaving_sets_the_date(self):
        organization = make_organization()
        services.set_member_status(actor=None, organization=organization, status="left")
        organization.refresh_from_db()
        assert organization.left_on and organization.is_suspended


class TestStaleWrites:
    def test_the_second_of_two_editors_gets_the_change_of_the_first(self):
        organization = make_organization(short_name="Было")
        mine, theirs = Organization.objects.get(), Organization.objects.get()
        services.update_organization(actor=None, organization=theirs, expected_version=1, short_name="Их")
        with pytest.raises(StaleWrite) as caught:
            services.update_organization(actor=None, organization=mine, expected_version=1, short_name="Моё")
        organization.refresh_from_db()
        assert organization.short_name == "Их"
        assert caught.value.changed["short_name"] == ("Моё", "Их")
        assert caught.value.current.version == 2

    def test_audit_names_the_actor(self):
        organization = make_organization()
        editor = make_user(organization)
        services.update_organization(actor=editor, organization=organization, expected_version=1, name="Иначе")
        event = Organization.pgh_event_model.objects.order_by("-pgh_id").first()
        assert event.name == "Иначе"
        assert event.pgh_context.metadata["user"] == editor.pk


class TestLocation:
    def test_a_shelter_is_for_members_and_shows_its_city(self):
        shelter = make_location(make_organization(), type="shelter")
        assert (shelter.visibility, shelter.public_precision) == ("members", "settlement")
        narrow = make_organization(default_visibility="administrators")
        assert make_location(narrow, type="shelter").visibility == "administrators"

    def test_in_a_country_of_high_risk_nothing_is_public_unless_somebody_says_so(self):
        assert make_organization(registration_country="RU", countries=["RU"]).default_visibility == "members"
        house = make_organization(registration_country="RU", countries=["RU"], default_visibility="public")
        abroad = {"country": "RU", "point": None, "timezone": "Europe/Moscow"}
        assert make_location(house, **abroad).visibility == "members"
        assert make_location(house, **abroad, name="Окно", visibility="public").visibility == "public"
        assert make_location(make_organization(), **abroad).visibility == "members"
        circle = make_organization(default_visibility="administrators")
        assert make_location(circle, **abroad).visibility == "administrators"

    def test_the_public_never_gets_the_address_of_a_shelter(self):
        with pytest.raises(ValidationError) as caught:
            make_location(make_organization(), type="shelter", public_precision="exact")
        assert list(caught.value.message_dict) == ["public_precision"]

    def test_an_office_follows_the_default_of_its_organization(self):
        organization = make_organization(default_visibility="members")
        assert make_location(organization).visibility == "members"

    def test_without_a_point_nothing_is_exact(self):
        organization = make_organization()
        city = make_location(organization, point=None, place_code=TBILISI.id)
        country = make_location(organization, name="Где-то", point=None)
        assert (city.public_precision, country.public_precision) == ("settlement", "country")
        with pytest.raises(ValidationError) as caught:
            make_location(organization, point=None, public_precision="exact")
        assert list(caught.value.message_dict) == ["point"]

    @pytest.mark.parametrize("point", [Point(41.70, 44.80), Point(0, 0), Point(44.8, -41.7)])
    def test_swapped_and_stray_points_are_refused(self, point):
        with pytest.raises(ValidationError) as caught:
            make_location(make_organization(), point=point, place_code=TBILISI.id)
        assert "point" in caught.value.message_dict

    def test_members_see_at_least_what_the_public_sees(self):
        with pytest.raises(ValidationError) as caught:
            make_location(make_organization(), public_precision="exact", member_precision="settlement")
        assert "member_precision" in caught.value.message_dict

    def test_update_checks_constraints_too(self):
        location = make_location(make_organization())
        with pytest.raises(ValidationError) as caught:
            services.update_location(actor=None, location=location, expected_version=1, point=None)
        assert "point" in caught.value.message_dict
        location.refresh_from_db()
        assert location.point and location.version == 1

    def test_unknown_zone_is_refused(self):
        with pytest.raises(ValidationError) as caught:
            make_location(make_organization(), timezone="Asia/Nowhere")
        assert "timezone" in caught.value.message_dict


class TestContact:
    def test_a_contact_for_colleagues_is_for_members(self):
        contact = make_contact(make_organization(), audience="colleagues", person="А. К.")
        assert contact.visibility == "members"

    def test_a_contact_for_colleagues_is_never_public(self):
        with pytest.raises(ValidationError) as caught:
            make_contact(make_organization(), audience="colleagues", visibility="public")
        assert list(caught.value.message_dict) == ["visibility"]

    def test_the_country_of_the_place_reads_a_local_number(self):
        organization = make_organization(registration_country="DE")
        place = make_location(organization)
        assert make_contact(organization, location=place, value="032 2 12 34 56").value.startswith("+995")

    def test_a_place_of_others_is_refused(self):
        place = make_location(make_organization())
        with pytest.raises(ValidationError) as caught:
            make_contact(make_organization(), location=place)
        assert "location" in caught.value.message_dict

    def test_an_unknown_channel_is_a_fault_and_not_a_crash(self):
        with pytest.raises(ValidationError) as caught:
            make_contact(make_organization(), channel="pigeon", value="coo")
        assert "channel" in caught.value.message_dict

    @pytest.mark.first_network("Russian is its source")
    def test_removal_can_be_undone(self):
        organization = make_organization()
        editor = make_user(organization)
        contact = make_contact(organization, label="Регистратура", label_en="Front desk")
        services.delete_contact(actor=editor, contact=contact)
        assert not organization.contacts.exists()
        back = services.restore_contact(actor=editor, organization=organization, public_id=contact.public_id)
        assert (back.value, back.label, back.label_en) == (contact.value, "Регистратура", "Front desk")
        again = services.restore_contact(actor=editor, organization=organization, public_id=contact.public_id)
        assert again == back and organization.contacts.count() == 1

    def test_nobody_restores_the_contact_of_others(self):
        organization, other = make_organization(), make_organization()
        contact = make_contact(organization)
        services.delete_contact(actor=None, contact=contact)
        with pytest.raises(NotAllowed):
            services.restore_contact(actor=make_user(other), organization=other, public_id=contact.public_id)
