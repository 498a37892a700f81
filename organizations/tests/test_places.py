"""What the house knows of a place by itself, how much it shows, and names in addresses."""

import pytest
from django.contrib.gis.geos import Point
from django.core.exceptions import ValidationError
from django.utils import translation

from core.geo import gazetteer
from organizations import services
from organizations.models import Location, Organization
from organizations.places import choose_areas, fill_from_gazetteer, refuse_far_point, safe_defaults
from organizations.services import update_location
from organizations.slugs import free_slug, transliterate
from organizations.tests.makers import TBILISI, make_location, make_organization

pytestmark = pytest.mark.django_db
CITY = gazetteer.named("Батуми")


def build(**fields):
    return Location(**{"organization": make_organization(), "type": "office", "country": "GE"} | fields)


class TestDefaults:
    @pytest.mark.parametrize(
        ("fields", "visibility", "precision"),
        [
            ({"point": TBILISI, "settlement_point": TBILISI}, "public", "exact"),
            ({"settlement_point": TBILISI}, "public", "settlement"),
            ({}, "public", "country"),
            ({"type": "shelter", "point": TBILISI, "settlement_point": TBILISI}, "members", "settlement"),
            ({"type": "shelter"}, "members", "country"),
            ({"type": "shelter", "point": TBILISI}, "members", "settlement"),
            # Near the poles no grid reaches, so there will be no pin of a settlement.
            ({"type": "shelter", "point": Point(0, 83.9)}, "members", "settlement"),
            ({"type": "shelter", "point": Point(0, 84)}, "members", "country"),
            ({"type": "shelter", "point": Point(0, -84.5)}, "members", "country"),
            ({"type": "shelter", "point": Point(0, 84.5), "place_code": CITY.id}, "members", "settlement"),
        ],
    )
    def test_what_nobody_chose_is_chosen_on_the_safe_side(self, fields, visibility, precision):
        place = build(**fields)
        safe_defaults(place, given=set())
        assert (place.visibility, place.public_precision, place.member_precision) == (visibility, precision, precision)

    def test_a_cautious_organization_has_cautious_places(self):
        place = build(organization=make_organization(default_visibility="administrators"))
        safe_defaults(place, given=set())
        assert place.visibility == "administrators"

    def test_what_was_chosen_stays(self):
        place = build(type="shelter", visibility="public", public_precision="country", member_precision="exact")
        safe_defaults(place, given={"visibility", "public_precision", "member_precision"})
        assert (place.visibility, place.public_precision, place.member_precision) == ("public", "country", "exact")

    def test_members_see_what_the_public_sees_unless_told_otherwise(self):
        place = build(point=TBILISI, public_precision="country")
        safe_defaults(place, given={"public_precision"})
        assert place.member_precision == "country"


class TestCity:
    def test_a_city_brings_its_centre_its_names_and_its_zone(self):
        place = make_location(make_organization(), city="", point=None, place_code=CITY.id)
        assert (place.settlement_point.x, place.settlement_point.y) == pytest.approx((CITY.lon, CITY.lat))

    def test_names_and_zone_that_were_given_stay(self):
        place = make_location(make_organization(), city="Старый Батуми", timezone="UTC", point=None, place_code=CITY.id)
        assert (place.city, place.timezone) == ("Старый Батуми", "UTC")

    @pytest.mark.first_network("Russian is its source")
    def test_without_them_the_gazetteers_are_taken(self):
        place = services.create_location(
            actor=None, organization=make_organization(), name="Дом", type="office", country="GE", place_code=CITY.id
        )
        assert (place.city, place.city_en, place.timezone) == ("Батуми", "Batumi", "Asia/Tbilisi")

    @pytest.mark.parametrize("language", ["ru", "en"])
    @pytest.mark.first_network("Russian is its source")
    def test_names_are_in_their_own_languages_whoever_writes(self, language):
        place = build(place_code=CITY.id)
        with translation.override(language):
            fill_from_gazetteer(place, given={"place_code"})
        assert (place.city, place.city_en) == ("Батуми", "Batumi")

    def test_only_a_city_that_was_chosen_is_looked_up(self):
        for fields, given in (({"place_code": ""}, {"place_code"}), ({"place_code": "no such id"}, {"city"})):
            place = build(city="Где-то", **fields)
            fill_from_gazetteer(place, given=given)
            assert place.city == "Где-то"

    @pytest.mark.parametrize("change", [{"place_code": "no such id"}, {"place_code": CITY.id, "country": "KZ"}])
    def test_an_unknown_or_foreign_city_is_refused_beside_the_city(self, change):
        with pytest.raises(ValidationError) as caught:
            make_location(make_organization(), point=None, **change)
        assert list(caught.value.message_dict) == ["city"]


class TestPoints:
    @pytest.mark.parametrize(
        ("point", "is_on_earth"),
        [
            (Point(180.5, 0), False), (Point(-180.5, 0), False), (Point(0, 90.5), False), (Point(0, -90.5), False),
            (Point(180, -90), True), (Point(-180, 90), True),
        ],
    )  # fmt: skip
    def test_a_point_lies_on_the_earth(self, point, is_on_earth):
        """What does not is told so; what does, but abroad, is told that."""
        with pytest.raises(ValidationError) as caught:
            refuse_far_point(build(point=point))
        assert list(caught.value.message_dict) == ["point"]
        assert ("−90" in caught.value.message_dict["point"][0]) != is_on_earth

    def test_a_point_lies_near_its_city(self):
        """150 km from its centre at most."""
        degrees = 1 / 111.195
        near, far = Point(CITY.lon, CITY.lat + 149.6 * degrees), Point(CITY.lon, CITY.lat + 150.4 * degrees)
        refuse_far_point(build(place_code=CITY.id, point=near))
        with pytest.raises(ValidationError) as caught:
            refuse_far_point(build(place_code=CITY.id, point=far))
        assert list(caught.value.message_dict) == ["point"]

    @pytest.mark.parametrize("point", [Point(0, 0), Point(TBILISI.y, TBILISI.x), Point(37.6, 55.7), Point(-180, 90)])
    def test_a_point_lies_in_its_country_even_where_the_city_is_unknown(self, point):
        with pytest.raises(ValidationError) as caught:
            refuse_far_point(build(point=point))
        assert list(caught.value.message_dict) == ["point"]

    def test_swapped_numbers_are_told(self):
        with pytest.raises(ValidationError) as caught:
            make_location(make_organization(), country="KZ", point=Point(43.24, 76.9))
        assert "местами" in caught.value.message_dict["point"][0] or "swapped" in caught.value.message_dict["point"][0]

    def test_an_old_mistake_keeps_nobody_from_showing_less(self):
        place = make_location(make_organization())
        Location.objects.filter(pk=place.pk).update(point=Point(0, 0, srid=4326))
        place.refresh_from_db()
        update_location(actor=None, location=place, expected_version=place.version, visibility="administrators")
        with pytest.raises(ValidationError):
            update_location(actor=None, location=place, expected_version=place.version, country="AM")


class TestAreas:
    def test_what_hides_the_door_is_chosen_by_the_door_before_anything_is_written(self):
        large = gazetteer.named("Тбилиси")
        with_door, without = build(point=TBILISI, place_code=large.id), build(place_code=large.id)
        for place in (with_door, without):
            choose_areas(place)
            assert place.settlement_point.coords == pytest.approx((large.lon, large.lat))
        assert with_door.district_point.coords != without.district_point.coords
        assert without.district_point.coords == without.settlement_point.coords


class TestNamesInAddresses:
    @pytest.mark.parametrize(
        ("name", "latin"),
        [
            ("Щит и мост", "shchit i most"),
            ("Объезд", "obezd"),
            ("Юлія Ґанжа", "yuliya ganzha"),
            ("Қазақ қызы", "qazaq qyzy"),
            ("Ёлка", "elka"),
            ("HIV", "hiv"),
        ],
    )
    def test_letters(self, name, latin):
        assert transliterate(name) == latin

    def test_a_taken_name_gets_the_next_free_number(self):
        for slug in ("most", "most-2", "most-4"):
            make_organization(slug=slug)
        assert free_slug("Мост", among=Organization.objects.all()) == "most-3"

    def test_a_name_that_only_begins_alike_is_not_taken(self):
        make_organization(slug="most-nadezhdy")
        assert free_slug("Мост", among=Organization.objects.all()) == "most"

    @pytest.mark.parametrize("name", ["", "!!!", "დახმარება", "ь"])
    def test_a_name_without_letters_of_ours_still_has_an_address(self, name):
        assert free_slug(name, among=Organization.objects.all()) == "organization"

    def test_a_long_name_leaves_room_for_its_number(self):
        name = "Очень длинное название " * 10
        first = make_organization(slug=free_slug(name, among=Organization.objects.all()))
        second = free_slug(name, among=Organization.objects.all())
        assert second == f"{first.slug}-2" and len(second) <= 80
