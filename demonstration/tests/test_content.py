"""The hand-written content holds together, and what is composed of it keeps the rules of fiction. No database."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections import defaultdict

import phonenumbers
import pytest
from django.core.exceptions import ValidationError
from geopy.distance import great_circle

from core import clock
from core.geo import gazetteer
from core.languages import SOURCE
from demonstration.making.compose import REMOTE_DELIVERY, _misfit, _Picker, compose
from demonstration.making.content import FOLDER, OfferedService, Script, Spot, Variant, localised, read_content
from demonstration.making.network import shifted
from demonstration.making.people import COORDINATOR_COUNTRIES, LOGINS, VERIFYING
from organizations.contact_values import normalise
from services.hours import OpeningHours
from verification.models import CapacityLevel, ReportKind

NUMBER = re.compile(r"\+\d[\d \-()]{7,}(?:\{\})?")
CONTENT = read_content()
PLANS = compose(CONTENT)
SPOTS = [(house, spot) for house in CONTENT.houses for spot in house.spots]


def raw_texts():
    return {path.name: path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.yml")}


def _days(hours):
    return set(range(7)) if hours.get("always") else {day for slot in hours.get("slots", []) for day in slot["days"]}


#: What a text may promise, and whether the data keep it: (words, plan → bool).
PROMISES = [
    (r"бесплатн", lambda service, _hours: service["cost"] in ("free", "free_for_some", "partial")),
    (r"(?<!не )анонимн", lambda service, _hours: service.get("anonymous") is not False),
    (r"без документ|документы не нужны", lambda service, _hours: "none" in service.get("documents", ["none"])),
    (r"круглосуточ|24/7", lambda _service, hours: hours.get("always")),
    (r"просто прих|без записи", lambda service, _hours: "walk_in" in service["intake"]),
    (r"(?:^|[.!?] )Прис[ыл]\w+ по почте|по почте в конверте", lambda service, _hours: "post" in service["delivery"]),
    (r"по субботам|в субботу", lambda _service, hours: 5 in _days(hours)),
    (r"без выходных|(?:приём|открыты) каждый день", lambda _service, hours: len(_days(hours)) == 7),
    (r"по-узбекски|узбекский|на узбекском", lambda service, _hours: "uz" in spoken(service)),
    (r"по-таджикски|таджикский|на таджикском", lambda service, _hours: "tg" in spoken(service)),
    (r"по-кыргызски|кыргызский|на кыргызском", lambda service, _hours: "ky" in spoken(service)),
]


def spoken(service):
    return {*service["languages"], *service.get("interpreter_languages", [])}


@pytest.mark.parametrize(("words", "is_kept"), PROMISES)
def test_what_a_text_promises_the_data_keep(words, is_kept):
    broken = [
        (plan.key, text)
        for plan in PLANS
        for text in (plan.service["summary"], plan.service["text"])
        if re.search(words, text, re.IGNORECASE) and not is_kept(plan.service, plan.listing.get("hours", {}))
    ]
    assert broken == []


# --- nobody real ----------------------------------------------------------------------------------------------------


def test_every_number_in_every_file_is_of_a_fictional_range():
    """Numbers that nobody has: those that regulators keep for films, or a block of noughts after the code."""
    ranges = [house.data["phones"] for house in CONTENT.houses]
    assert len(set(ranges)) == len(ranges)
    found = [number for text in raw_texts().values() for number in NUMBER.findall(text)]
    assert len(found) > len(ranges)
    for number in found:
        parsed = phonenumbers.parse(number.replace("{}", "10"), None)
        assert re.search(r"0000|23125|9900", str(parsed.national_number).zfill(10)), number


def test_an_organisation_rings_in_its_own_country():
    for house in CONTENT.houses:
        number = phonenumbers.parse(house.data["phones"].format("10"), None)
        assert house.data["country"] in phonenumbers.COUNTRY_CODE_TO_REGION_CODE[number.country_code], house.slug


def test_no_file_names_an_address_of_the_web_or_of_post_that_may_be_somebodys():
    for name, text in raw_texts().items():
        words = re.findall(r"[\w.+-]+@[\w-]+\.[\w.]+|https?://[^\s'\"]+|www\.\S+", text)
        assert [word for word in words if "example.org" not in word] == [], name
    assert all(house.data["handle"].startswith("demo_") for house in CONTENT.houses)


# --- where ----------------------------------------------------------------------------------------------------------


def test_every_city_is_the_one_of_the_gazetteer_and_of_its_country():
    for key, city in CONTENT.cities.items():
        place = gazetteer.place(city["id"])
        assert place is not None, key
        assert place.country == city["country"], key
        assert city["ru"] in place.names() or city["en"] in place.names(), (key, place.names())


def test_every_place_stands_in_its_city_and_in_the_country_of_its_organisation():
    """The nearest settlement of all that the gazetteer has is one of that country, and the city is not far."""
    around = defaultdict(list)
    for one in gazetteer.places().values():
        around[round(one.lat), round(one.lon)].append(one)
    for house, spot in SPOTS:
        if not spot.city:
            assert spot.country in {*COUNTRIES, ""}, (house.slug, spot.key)
            continue
        city = CONTENT.cities[spot.city]
        assert city["country"] == house.data["country"], (house.slug, spot.key)
        centre = gazetteer.place(city["id"])
        door = shifted({"lat": centre.lat, "lon": centre.lon}, *spot.data["at"])
        assert great_circle((door.y, door.x), (centre.lat, centre.lon)).km < 40, (house.slug, spot.key)
        near = [
            one for one in around[round(door.y), round(door.x)] if abs(one.lat - door.y) + abs(one.lon - door.x) < 0.3
        ]
        nearest = min([centre, *near], key=lambda one: great_circle((one.lat, one.lon), (door.y, door.x)).km)
        assert nearest.country == city["country"], (house.slug, spot.key)


COUNTRIES = {house.data["country"] for house in CONTENT.houses}


def test_kilometres_are_kilometres_at_every_latitude():
    for lat in (0, 41.7, 60):
        point = shifted({"lat": lat, "lon": 30.0}, 3.0, -4.0)
        assert great_circle((point.y, point.x), (lat, 30.0)).km == pytest.approx(5.0, rel=0.01)
        assert (point.x > 30, point.y < lat) == (True, True)


def test_places_of_one_organisation_have_keys_and_doors_of_their_own():
    for house in CONTENT.houses:
        keys = [spot.key for spot in house.spots]
        assert len(set(keys)) == len(keys), house.slug
        doors = [(spot.city, *spot.data["at"]) for spot in house.spots if spot.city]
        assert len(set(doors)) == len(doors), house.slug


# --- what the files say of each other -------------------------------------------------------------------------------


def test_stories_words_and_notices_speak_of_what_there_is():
    keys = {plan.key for plan in PLANS}
    assert len(keys) == len(PLANS)
    assert CONTENT.stories.keys() - keys == set()
    assert CONTENT.capacity.keys() - keys == set()
    spots = {(house.slug, spot.key) for house, spot in SPOTS}
    slugs = {house.slug for house in CONTENT.houses}
    for notice in CONTENT.notices:
        about = notice["about"]
        assert ("house" in about) != ("country" in about), about
        assert about.get("country", "GE") in COUNTRIES
        assert about.get("house", next(iter(slugs))) in slugs
        assert "spot" not in about or (about["house"], about["spot"]) in spots
        assert "to" not in notice or notice["to"] > notice["from"]
    assert set(CONTENT.words["people"]) == slugs
    assert {home for home, *_rest in LOGINS.values()} | set(VERIFYING) <= slugs
    assert set(COORDINATOR_COUNTRIES) <= COUNTRIES


def test_whoever_checks_is_another_organisation_in_every_country():
    """A listing is checked by an organisation that is not its own, so there are at least two."""
    assert len(set(VERIFYING)) == len(VERIFYING) >= 2
    homes = {house.slug: house.data["country"] for house in CONTENT.houses}
    assert len({homes[slug] for slug in VERIFYING}) >= 4


def test_levels_and_kinds_are_those_of_the_product():
    assert {word["level"] for word in CONTENT.capacity.values()} <= set(CapacityLevel.values)
    voices = CONTENT.voices
    assert {told["kind"] for told in voices["reports"]} <= set(ReportKind.values)
    for told in voices["reports"]:
        assert ("took" in told) == ("answer" in told) == ("state" in told), told
        assert told.get("took", 0) <= told["days_ago"], told
    for told in voices["suggestions"]:
        assert ("took" in told) == ("answer" in told) == ("state" in told), told
    told_of = [*voices["reports"], *voices["suggestions"], *voices["visits"], voices["assigned"]]
    places = {told["country"] for told in told_of}
    assert places <= COUNTRIES
    assert set(voices["campaign"]["countries"]) <= COUNTRIES


def test_every_text_has_words_in_the_language_of_the_source():
    """A translation may be missing, as in a real network; the words themselves may not."""

    def texts(data, way=()):
        if isinstance(data, dict):
            if set(data) <= {"ru", "en", "local"} and data:
                yield way, data
                return
            for key, value in data.items():
                yield from texts(value, (*way, key))
        elif isinstance(data, list):
            for number, value in enumerate(data):
                yield from texts(value, (*way, number))

    data = [house.data for house in CONTENT.houses]
    found = [*texts([data, CONTENT.words, CONTENT.notices, list(CONTENT.capacity.values())])]
    assert len(found) > 300
    assert [way for way, text in found if not str(text.get(SOURCE, "")).strip()] == []


def test_a_text_becomes_the_columns_of_the_services_without_absent_languages():
    assert localised("title", {"ru": "Дом", "en": "House"}) == {"title": "Дом", "title_en": "House"}
    assert localised("title", {"ru": "Дом"}) == {"title": "Дом"}
    assert localised("title", {"ru": "Дом", "en": ""}) == {"title": "Дом"}


# --- what is composed -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("today", [dt.date(2026, 6, 1), dt.date(2026, 12, 30), dt.date(2028, 2, 29)])
def test_hours_are_readable_whenever_the_network_is_loaded(today):
    """Special days count from the day of loading; around the new year they lie in two years."""
    with clock.travel(today):
        plans = compose(CONTENT)
    special = [special for plan in plans for special in plan.listing["hours"].get("exceptions", [])]
    assert len({tuple(one["note"]) for one in special}) >= 1
    for plan in plans:
        hours = OpeningHours.from_json(plan.listing["hours"])
        assert OpeningHours.from_json(hours.to_json()) == hours, plan.key
    assert all(one["from"] <= one["to"] for one in special)
    assert all(dt.date.fromisoformat(one["to"]) >= today for one in special)
    assert {plan.service["ends_on"] > today for plan in plans if "ends_on" in plan.service} == {True}


def test_what_is_given_from_afar_is_given_from_afar_and_a_bus_has_no_office():
    remote = [plan for plan in PLANS if not plan.spot.city]
    assert remote
    for plan in PLANS:
        delivery = plan.service["delivery"]
        assert delivery, plan.key
        if plan.spot.kind == "remote":
            assert set(delivery) <= set(REMOTE_DELIVERY), plan.key
            assert plan.listing["remote_country"] == plan.spot.country
        else:
            assert "remote_country" not in plan.listing, plan.key
        if plan.spot.kind == "mobile_stop":
            assert delivery[0] == "mobile", plan.key
            assert set(delivery) <= {"mobile", "outreach", "post"}, plan.key


def test_a_service_is_given_in_languages_of_its_organisation_the_first_two_always():
    for plan in PLANS:
        languages = plan.house.data["languages"]
        given = plan.service["languages"]
        assert given[:2] == languages[:2], plan.key
        assert [code for code in languages if code in given] == given, plan.key
    assert any(len(plan.service["languages"]) < len(plan.house.data["languages"]) for plan in PLANS)


def test_a_service_is_of_the_leaf_that_its_place_offers_and_says_nothing_twice():
    for plan in PLANS:
        assert plan.service["types"][0] == plan.offer.leaf
        assert len(set(plan.service["types"])) == len(plan.service["types"]), plan.key
        if plan.service.get("anonymous") is False:
            assert "confidentiality_note" not in plan.service, plan.key
        assert plan.service["text"].count("\n\n") >= 1, plan.key


def test_only_those_who_keep_a_network_of_their_own_country_are_elsewhere():
    assert {plan.country for plan in PLANS} <= {*COUNTRIES, ""}
    assert {plan.country for plan in PLANS if plan.spot.city} == COUNTRIES


class TestThePicker:
    """Which way of telling is taken: the one that was asked for, else the least told and best fitting."""

    def variant(self, number, *delivery):
        return Variant("tea", number, {}, {"delivery": list(delivery)})

    def picker(self, *variants):
        empty = {
            name: {} for name in ("cities", "hours", "words", "stories", "voices", "capacity", "attributes", "lands")
        }
        return _Picker(Script(houses=(), variants={"tea": variants}, notices=[], **empty))

    def spot(self, city="tbilisi", kind="office"):
        return Spot("a", "week", (), city=city, data={"type": kind})

    def test_one_that_fits_the_place_comes_first(self):
        picker = self.picker(self.variant(0, "online"), self.variant(1, "on_site"), self.variant(2, "mobile"))
        assert picker.pick(self.spot(), OfferedService("tea"), "GE").number == 1
        assert picker.pick(self.spot("batumi", "mobile_stop"), OfferedService("tea"), "GE").number == 2

    def test_no_city_hears_one_twice_and_a_country_only_when_all_are_told(self):
        picker = self.picker(*(self.variant(n, "on_site") for n in range(3)))
        told = [
            picker.pick(self.spot(city), OfferedService("tea"), "GE").number
            for city in ("tbilisi", "batumi", "rustavi")
        ]
        assert sorted(told) == [0, 1, 2]
        again = [picker.pick(self.spot("tbilisi"), OfferedService("tea"), "GE").number for _time in range(2)]
        assert sorted([told[0], *again]) == [0, 1, 2]
        with pytest.raises(ValueError, match="tbilisi"):
            picker.pick(self.spot("tbilisi"), OfferedService("tea"), "GE")

    def test_another_country_begins_with_what_was_told_least_anywhere(self):
        picker = self.picker(*(self.variant(n, "on_site") for n in range(2)))
        picker.pick(self.spot(), OfferedService("tea"), "GE")
        assert picker.pick(self.spot("yerevan"), OfferedService("tea"), "AM").number == 1

    def test_a_wish_is_granted_or_refused_never_bent(self):
        picker = self.picker(*(self.variant(n, "on_site") for n in range(3)))
        assert picker.pick(self.spot(), OfferedService("tea", variant=2), "GE").number == 2
        with pytest.raises(ValueError, match="more services of tea"):
            picker.pick(self.spot(), OfferedService("tea", variant=2), "GE")

    @pytest.mark.parametrize(
        ("kind", "delivery", "badness"),
        [
            ("office", ["on_site"], 0), ("office", ["outreach", "mobile"], 0), ("office", ["mobile"], 2),
            ("office", ["online"], 1), ("mobile_stop", ["mobile"], 0), ("mobile_stop", ["on_site"], 1),
            ("remote", ["phone", "on_site"], 0), ("remote", ["on_site"], 2),
        ],
    )  # fmt: skip
    def test_how_badly_a_way_of_giving_suits_a_place(self, kind, delivery, badness):
        data = {} if kind == "remote" else {"type": kind}
        assert _misfit(Spot("a", "week", (), data=data), self.variant(0, *delivery)) == badness


def test_every_contact_of_a_story_is_one_that_the_product_takes():
    changed = [story["contact"]["value"] for story in CONTENT.stories.values() if "value" in story.get("contact", {})]
    assert changed
    for value in changed:
        assert normalise("phone", value, country="GE")
    with pytest.raises(ValidationError):
        normalise("phone", "нет", country="GE")


def test_dice_are_of_the_listing_so_that_a_new_one_moves_no_other():
    """Leaving the last organisation out changes nothing of the first ones' hours and languages."""
    with clock.travel(dt.date(2026, 6, 1)):
        whole = {plan.key: plan for plan in compose(CONTENT)}
        fewer = compose(Script(**vars(CONTENT) | {"houses": CONTENT.houses[:-1]}))
    for plan in fewer:
        assert plan.listing == whole[plan.key].listing
        assert plan.service == whole[plan.key].service
    assert random.Random("a").random() == random.Random("a").random()
