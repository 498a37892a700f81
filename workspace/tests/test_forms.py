"""Forms: what is sent is kept, faults stand at their fields, nobody overwrites anybody."""

import pytest
from geopy.distance import great_circle

from core.geo import gazetteer
from directory.tables.listings import MemberListing, PublicListing
from organizations import services as organizations
from organizations.models import Contact, Location
from organizations.tests.makers import make_user
from services import services
from services.models import Service, ServiceAtLocation
from workspace.tests.world import World, form_data


def saved(answer) -> None:
    form = getattr(answer, "context", None) and answer.context.get("form")
    assert answer.status_code == 302, form and (form.errors, form.non_field_errors())


@pytest.mark.parametrize("name", ["organization", "place", "contact", "service", "hours"])
def test_saving_an_untouched_form_changes_nothing_but_the_version(world, name):
    row, path = {
        "organization": (world.organization, f"organizations/{world.organization.slug}/"),
        "place": (world.place, f"places/{world.place.public_id}/"),
        "contact": (world.contact, f"contacts/{world.contact.public_id}/"),
        "service": (world.service, f"services/{world.service.public_id}/"),
        "hours": (world.listing, f"listings/{world.listing.public_id}/hours/"),
    }[name]
    row.refresh_from_db()
    before = {field.name: getattr(row, field.name) for field in row._meta.concrete_fields}
    saved(world.post(path, form_data(world.get(path))))
    row.refresh_from_db()
    after = {field.name: getattr(row, field.name) for field in row._meta.concrete_fields}
    assert after.pop("version") == before.pop("version") + 1
    assert after.pop("updated_at") > before.pop("updated_at")
    assert (after.pop("i18n") or {}) == (before.pop("i18n") or {})
    assert after == before


class TestService:
    def path(self, world: World) -> str:
        return f"organizations/{world.organization.slug}/services/new/"

    def data(self, world: World, **fields):
        return (
            form_data(world.get(self.path(world)))
            | {
                "title": "Налоксон",
                "types": ["needle_syringe"],
                "places": [world.place.public_id],
            }
            | fields
        )

    def test_a_service_comes_with_its_places(self, world):
        answer = world.post(self.path(world), self.data(world, remote="on", group_msm="priority", title_en="Naloxone"))
        saved(answer)
        service = Service.objects.get(title="Налоксон")
        assert (service.title_en, service.groups) == ("Naloxone", {"msm": "priority"})
        assert {listing.location for listing in service.listings.all()} == {world.place, None}
        assert answer["Location"].endswith("/hours/")

    def test_a_summary_that_is_hard_to_read_is_saved_and_advised_on(self, world):
        hard = "Осуществляется приём граждан в рамках проекта."
        answer = world.post(self.path(world), self.data(world, summary=hard))
        saved(answer)
        service = Service.objects.get(title="Налоксон")
        assert service.summary == hard
        told = world.get(f"services/{service.public_id}/").content.decode()
        assert told.count("слово из канцелярии") >= 2 and "Это совет" in told
        service.refresh_from_db()
        plain = self.data(world, title="Другое", summary="Дадим налоксон и покажем, как им помочь.")
        saved(world.post(self.path(world), plain))
        other = Service.objects.get(title="Другое")
        assert "Это совет" not in world.get(f"services/{other.public_id}/").content.decode()

    def test_without_a_place_nothing_is_written(self, world):
        answer = world.post(self.path(world), self.data(world, places=[]))
        assert answer.status_code == 422
        assert answer.context["where"].errors["places"]
        assert not Service.objects.filter(title="Налоксон").exists()

    @pytest.mark.parametrize(
        ("field", "value"), [("title", ""), ("types", []), ("types", ["xx"]), ("age_from", "-1"), ("cost", "cheap"),
                             ("documents", ["none", "passport"]), ("ends_on", "31.02.2026"), ("title", "\x00"),
                             ("title", "x" * 161), ("age_from", "9" * 5000)]
    )  # fmt: skip
    def test_faults_stand_at_their_fields_and_nothing_is_lost(self, world, field, value):
        answer = world.post(self.path(world), self.data(world, text="Долгий рассказ", **{field: value}))
        assert answer.status_code == 422
        assert field in answer.context["form"].errors
        assert "Долгий рассказ" in answer.content.decode()
        assert Service.objects.count() == 1

    def test_the_place_of_others_is_not_offered(self, world):
        foreign = organizations.create_location(actor=None, organization=world.other, name="Дом", country="GE")
        answer = world.post(self.path(world), self.data(world, places=[foreign.public_id]))
        assert answer.status_code == 422
        assert Service.objects.count() == 1

    def test_another_place_is_added_once(self, world):
        path = f"services/{world.service.public_id}/listings/new/"
        saved(world.post(path, {"place": "remote"}))
        assert world.post(path, {"place": "remote"}).status_code == 422
        assert world.service.listings.count() == 2


class TestStaleWrite:
    def edit(self, world: World, **fields):
        service = Service.objects.get(pk=world.service.pk)
        return services.update_service(actor=None, service=service, expected_version=service.version, **fields)

    def test_theirs_stands_beside_mine_and_the_next_press_decides(self, world):
        path = f"services/{world.service.public_id}/"
        mine = form_data(world.get(path)) | {"title": "Моё название", "summary": "Моя фраза"}
        self.edit(world, title="Их название", cost="free")
        answer = world.post(path, mine)
        assert answer.status_code == 422
        form = answer.context["form"]
        assert form.conflicts == {"title": "Их название"}
        assert "Их название" in answer.content.decode()
        world.service.refresh_from_db()
        assert (world.service.title, world.service.cost) == ("Их название", "free")
        saved(world.post(path, form_data(answer)))
        world.service.refresh_from_db()
        # Mine where both wrote, theirs where only they did.
        assert (world.service.title, world.service.summary, world.service.cost) == ("Моё название", "Моя фраза", "free")

    def test_a_tick_takes_theirs(self, world):
        path = f"services/{world.service.public_id}/"
        mine = form_data(world.get(path)) | {"title": "Моё название", "summary": "Моя фраза"}
        self.edit(world, title="Их название")
        answer = world.post(path, mine)
        saved(world.post(path, form_data(answer) | {"take-title": "on"}))
        world.service.refresh_from_db()
        assert (world.service.title, world.service.summary) == ("Их название", "Моя фраза")

    def test_a_form_without_a_version_overwrites_nothing(self, world):
        path = f"services/{world.service.public_id}/"
        data = form_data(world.get(path)) | {"title": "Моё название"}
        del data["version"]
        assert world.post(path, data).status_code == 422
        world.service.refresh_from_db()
        assert world.service.title == "Тест на ВИЧ"

    def test_hours_are_compared_too(self, world):
        path = f"listings/{world.listing.public_id}/hours/"
        mine = form_data(world.get(path)) | {"hours-d0-0-opens": "10:00"}
        listing = ServiceAtLocation.objects.get(pk=world.listing.pk)
        services.update_listing(actor=None, listing=listing, expected_version=1, hours={"always": True})
        answer = world.post(path, mine)
        assert answer.status_code == 422
        assert "hours" in answer.context["form"].conflicts
        listing.refresh_from_db()
        assert listing.hours == {"always": True}
        saved(world.post(path, form_data(answer) | {"take-hours": "on"}))
        listing.refresh_from_db()
        assert listing.hours == {"always": True}


class TestPlace:
    def test_smaller_circles_are_folded_until_something_is_wrong_in_them(self, world):
        path = f"places/{world.place.public_id}/"
        fold = world.get(path).context["form"].smaller_circles()
        assert (fold.filled, fold.is_open) == (0, False)
        sent = form_data(world.get(path)) | {"public_precision": "district", "member_precision": "district"}
        refused = world.post(path, sent | {"country_precision": "settlement"}).context["form"]
        assert refused.errors and refused.smaller_circles().is_open
        saved(world.post(path, sent | {"country_precision": "exact"}))
        fold = world.get(path).context["form"].smaller_circles()
        assert (fold.filled, fold.is_open) == (1, False)

    def test_a_city_of_the_gazetteer_brings_its_centre_and_zone(self, world):
        path = f"organizations/{world.organization.slug}/places/new/"
        data = form_data(world.get(path)) | {
            "name": "Приёмная", "country": "GE", "city": "Батуми", "public_precision": "settlement",
            "member_precision": "settlement", "timezone": "",
        }  # fmt: skip
        saved(world.post(path, data))
        place = Location.objects.get(name="Приёмная")
        batumi = gazetteer.named("Батуми")
        assert (place.place_code, place.timezone) == (batumi.id, "Asia/Tbilisi")
        assert (place.settlement_point.y, place.settlement_point.x) == (batumi.lat, batumi.lon)

    def test_a_new_shelter_hides_without_being_asked(self, world):
        path = f"organizations/{world.organization.slug}/places/new/"
        data = form_data(world.get(path)) | {
            "name": "Приют", "type": "shelter", "country": "GE", "city": "Батуми", "lat": "41.65", "lon": "41.64",
        }  # fmt: skip
        saved(world.post(path, data))
        place = Location.objects.get(name="Приют")
        assert (place.public_precision, place.visibility) == ("settlement", "members")

    @pytest.mark.parametrize("precision", ["district", "settlement"])
    def test_a_typed_centre_at_the_door_is_nobodys_centre(self, world, precision):
        """The pin of a place that hides its door was put by hand, so it could stand at the door itself."""
        listing = world.publish()
        door = world.place.point
        path = f"places/{world.place.public_id}/"
        typed = {"district_lat": door.y, "district_lon": door.x, "centre_lat": door.y, "centre_lon": door.x}
        blurred = {"public_precision": precision, "city": "Безымянное", "place_code": ""}
        saved(world.post(path, form_data(world.get(path)) | typed | blurred))
        row = PublicListing.objects.get(pk=listing.public_id)
        assert row.precision == precision
        assert great_circle((row.point.y, row.point.x), (door.y, door.x)).km >= 1

    def test_coordinates_are_read_as_people_write_them(self, world):
        path = f"places/{world.place.public_id}/"
        data = form_data(world.get(path))
        for written in ({"lat": "41,7100", "lon": "44,81"}, {"lat": "41.71, 44.81", "lon": ""}):
            world.place.refresh_from_db()
            saved(world.post(path, data | written | {"version": world.place.version}))
            world.place.refresh_from_db()
            assert (world.place.point.y, world.place.point.x) == (41.71, 44.81)

    @pytest.mark.parametrize("written", ["север", "91", "nan", "", "1e400"])
    def test_nonsense_coordinates_are_refused_at_the_field(self, world, written):
        path = f"places/{world.place.public_id}/"
        answer = world.post(path, form_data(world.get(path)) | {"lat": written})
        assert answer.status_code == 422
        assert "lat" in answer.context["form"].errors

    def test_narrowing_reaches_the_map_at_once_and_widening_waits(self, world):
        listing = world.publish()
        path = f"places/{world.place.public_id}/"
        exact = PublicListing.objects.get(pk=listing.public_id)
        assert exact.precision == "exact" and "address" in exact.content["ru"]
        saved(world.post(path, form_data(world.get(path)) | {"public_precision": "settlement"}))
        narrowed = PublicListing.objects.get(pk=listing.public_id)
        assert narrowed.precision == "settlement" and "address" not in narrowed.content["ru"]
        saved(world.post(path, form_data(world.get(path)) | {"public_precision": "exact"}))
        assert PublicListing.objects.get(pk=listing.public_id).precision == "settlement"
        saved(world.post(path, form_data(world.get(path)) | {"visibility": "members"}))
        assert not PublicListing.objects.exists() and MemberListing.objects.exists()


class TestContact:
    def test_a_number_is_normalised_by_the_country_of_its_place(self, world):
        path = f"organizations/{world.organization.slug}/contacts/new/"
        data = form_data(world.get(path)) | {
            "channel": "phone",
            "value": "032 2 99 88 77",
            "location": world.place.public_id,
        }
        saved(world.post(path, data))
        assert Contact.objects.filter(value="+995 32 299 88 77", location=world.place).exists()

    def test_a_wrong_number_says_so_at_the_field(self, world):
        path = f"contacts/{world.contact.public_id}/"
        answer = world.post(path, form_data(world.get(path)) | {"value": "позвоните"})
        assert answer.status_code == 422
        assert "value" in answer.context["form"].errors

    @pytest.mark.parametrize("number", ["*1414", "1599"])
    def test_a_doubted_number_is_kept_on_the_second_press(self, world, number):
        """Without scripts too: the page itself carries what was doubted."""
        path = f"organizations/{world.organization.slug}/contacts/new/"
        data = {**form_data(world.get(path)), "channel": "phone", "value": number}
        first = world.post(path, data)
        assert first.context["form"].errors["value"]
        again = form_data(first)
        assert (again["value"], again["doubted"]) == (number, number)
        other = world.post(path, {**again, "value": "*1415"})
        assert other.context["form"].errors["value"], "another number is doubted anew"
        saved(world.post(path, again))
        kept = world.organization.contacts.get(value=number)
        edit = f"contacts/{kept.public_id}/"
        saved(world.post(edit, {**form_data(world.get(edit)), "label": "дежурная"}))
        kept.refresh_from_db()
        assert (kept.value, kept.label) == (number, "дежурная")

    def test_a_contact_for_colleagues_never_stays_public(self, world):
        path = f"contacts/{world.contact.public_id}/"
        saved(world.post(path, form_data(world.get(path)) | {"audience": "colleagues", "visibility": "public"}))
        world.contact.refresh_from_db()
        assert world.contact.visibility == "members"

    def test_removal_offers_to_undo(self, world):
        answer = world.post(f"contacts/{world.contact.public_id}/remove/")
        page = world.client(world.editor).get(answer["Location"])
        assert "/contacts/restore/" in page.content.decode()
        world.post(f"organizations/{world.organization.slug}/contacts/restore/", {"contact": world.contact.public_id})
        assert world.organization.contacts.get().value == world.contact.value

    def test_the_contact_of_others_cannot_be_brought_here(self, world):
        organizations.delete_contact(actor=None, contact=world.contact)
        stranger = make_user(world.other)
        path = f"organizations/{world.other.slug}/contacts/restore/"
        assert world.post(path, {"contact": world.contact.public_id}, stranger).status_code == 404
        assert not Contact.objects.exists()
