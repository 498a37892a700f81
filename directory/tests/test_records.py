"""The one door to the screens: which field, which place, which contact reaches which audience. Pure."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

from core.geo.gazetteer import city_code
from core.languages import SOURCE
from directory.crossing.live import LiveState
from directory.crossing.records import (
    AUDIENCES,
    CAPACITY_FIELDS,
    LIVE_FIELDS,
    ListingRecord,
    ProfileDates,
    may_see,
    organization_for,
    record_for,
    visibilities,
)
from directory.tests.contents import CONTACT, CONTENT, content

DAY = dt.date(2026, 6, 1)
LIVE = LiveState(
    operation="limited",
    operation_note={"ru": "До августа"},
    level=2,
    check_method="call",
    checked_on=DAY,
    confirmed_on=DAY,
    notice_on=DAY,
    due_on=DAY,
    hides_on=DAY,
    archives_on=DAY,
    capacity_level="free",
    capacity_note={"ru": "Пять мест"},
    capacity_reported_on=DAY,
    capacity_expires_on=DAY,
)
NARROWEST = {"public": AUDIENCES, "members": ("members",), "administrators": ()}


def record(audience: str = "public", live: LiveState = LIVE, **parts: Any) -> ListingRecord:
    found = record_for(content(**parts), live, audience)
    assert found is not None
    return found


# --- who gets the listing at all ----------------------------------------------------------------------------------


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("of_place", NARROWEST)
@pytest.mark.parametrize("of_service", NARROWEST)
def test_the_narrowest_of_service_and_place_counts(of_service, of_place, audience):
    made = content(service={"visibility": of_service}, location={"visibility": of_place})
    allowed = audience in NARROWEST[of_service] and audience in NARROWEST[of_place]
    assert may_see(made, LIVE, audience) is allowed
    assert (record_for(made, LIVE, audience) is not None) is allowed
    assert visibilities(made) == [of_service, of_place]


@pytest.mark.parametrize("of_service", NARROWEST)
def test_a_remote_service_is_as_narrow_as_it_says(of_service):
    made = content(service={"visibility": of_service}, location=None)
    assert [a for a in AUDIENCES if may_see(made, LIVE, a)] == list(NARROWEST[of_service])
    assert visibilities(made) == [of_service]


@pytest.mark.parametrize(
    ("changed", "who"),
    [
        ({}, ["public", "members"]),
        ({"level": 1}, ["public", "members"]),
        ({"level": 3}, ["public", "members"]),
        ({"level": 0}, ["members"]),
        ({"hides_on": None}, ["members"]),
        ({"is_taken_down": True}, ["members"]),
        ({"is_suspended": True}, []),
    ],
)
def test_the_public_gets_what_was_checked_and_nobody_hid(changed, who):
    live = dataclasses.replace(LIVE, **changed)
    assert [a for a in AUDIENCES if may_see(CONTENT, live, a)] == who


def test_what_says_nothing_of_itself_is_unchecked_and_for_members():
    assert [a for a in AUDIENCES if may_see(CONTENT, LiveState(), a)] == ["members"]
    bare = record("members", LiveState())
    assert (bare.operation, bare.level, bare.check_method, bare.capacity_level) == ("working", 0, "", "")
    assert bare.notices == [] and bare.capacity_note == {} and "operation_note" not in bare.content["ru"]
    assert {getattr(bare, name) for name in LIVE_FIELDS if name.endswith("_on")} == {None}


# --- what of a place ----------------------------------------------------------------------------------------------

WORDS = {
    "exact": {"place", "region", "city", "district", "address", "directions", "transit", "accessibility_note"},
    "district": {"place", "region", "city", "district"},
    "settlement": {"place", "region", "city"},
    "country": set(),
    "none": set(),
}
#: In the language of the network's own texts.
TOWN = {"ru": "Тбилиси", "en": "Tbilisi"}[SOURCE]
POINTS = {"exact": (44.8, 41.7), "district": (44.78, 41.71), "settlement": (44.79, 41.69)}


@pytest.mark.parametrize(("audience", "field"), [("public", "public_precision"), ("members", "member_precision")])
@pytest.mark.parametrize("precision", WORDS)
def test_an_audience_gets_of_a_place_what_its_precision_allows(precision, audience, field):
    made = record(audience, location={"public_precision": "none", "member_precision": "none", field: precision})
    assert made.precision == precision
    assert set(made.content["ru"]) & WORDS["exact"] == WORDS[precision]
    assert (tuple(made.point.coords) if made.point else None) == POINTS.get(precision)
    assert made.point is None or made.point.srid == 4326
    assert made.country == ("" if precision == "none" else "GE")
    assert made.city_code == (city_code("GE", TOWN) if precision in POINTS else "")
    assert made.accessibility == (
        {"step_free": True, "accessible_toilet": None, "lift": False} if precision == "exact" else {}
    )


def test_a_place_without_its_centre_has_no_point_rather_than_the_true_one():
    made = record(location={"public_precision": "district", "district_point": None})
    assert made.point is None and made.precision == "district"


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ({"place_code": "611717"}, "611717"),
        ({"city": {"ru": "Тбилиси"}}, city_code("GE", "Тбилиси")),
        ({"city": {"en": "Tbilisi"}}, city_code("GE", "Tbilisi")),
        ({"city": {"ru": "Тбилиси", "en": "Tbilisi"}}, city_code("GE", TOWN)),
        ({"city": {}}, ""),
    ],
)
def test_a_city_is_told_by_its_id_or_by_country_and_name(place, code):
    assert record(location=place).city_code == code


def test_of_a_place_its_words_are_under_names_of_the_directory():
    words = record().content["ru"]
    assert words["place"] == "Кабинет" and words["city"] == "Тбилиси" and words["address"] == "ул. Речная, 5"
    assert words["region"] == "Край" and words["district"] == "Вера" and words["transit"] == "Метро"
    assert words["directions"] == "Вход со двора" and words["accessibility_note"] == "Пандус"
    assert record().content["en"] == {"title": "Test", "city": "Tbilisi"}


def test_a_remote_service_has_no_place_and_the_country_that_it_names():
    made = record(location=None, listing={"remote_country": "KZ"})
    assert (made.place_id, made.location_type, made.precision) == ("listing1", "", "none")
    assert (made.country, made.city_code, made.point, made.accessibility) == ("KZ", "", None, {})
    assert made.timezone == "Europe/Warsaw"
    assert not set(made.content["ru"]) & WORDS["exact"]


# --- fields -------------------------------------------------------------------------------------------------------


def test_every_field_that_crosses_says_what_the_content_says():
    made = record("members")
    assert (made.id, made.place_id, made.service_id) == ("listing1", "place1", "service1")
    assert (made.organization_id, made.organization_slug) == ("org1", "most")
    for name in (
        *("types", "groups", "statuses", "languages", "interpreter_languages", "delivery", "intake", "documents"),
        *("cost", "anonymous", "insurance", "gender", "age_from", "age_to", "waiting"),
    ):
        assert getattr(made, name) == CONTENT["service"][name], name
    assert (made.location_type, made.timezone) == ("office", "Asia/Tbilisi")
    assert (made.hours, made.hours_osm) == ({"always": True}, "24/7")
    for name in ("operation", *LIVE_FIELDS, *CAPACITY_FIELDS):
        assert getattr(made, name) == getattr(LIVE, name), name


def test_texts_of_the_service_and_what_members_read_besides():
    own = {
        "title": "Тест",
        "summary": "Коротко",
        "text": "Подробно",
        "eligibility_note": "Кому",
        "documents_note": "С чем",
        "cost_note": "Почём",
        "confidentiality_note": "Тайно",
        "note": "Второй этаж",
        "organization": "Мост",
        "organization_short": "М",
        "operation_note": "До августа",
    }
    assert {name: text for name, text in record().content["ru"].items() if name not in WORDS["exact"]} == own
    for_members = record("members").content["ru"]
    assert {n: t for n, t in for_members.items() if n not in WORDS["exact"]} == own | {"legal_risk_note": "Опасно"}


def test_what_a_check_and_a_word_about_places_move():
    dates = ("checked_on", "confirmed_on", "notice_on", "due_on", "hides_on", "archives_on")
    assert ("level", "check_method", *dates) == LIVE_FIELDS
    assert CAPACITY_FIELDS == ("capacity_level", "capacity_note", "capacity_reported_on", "capacity_expires_on")


# --- contacts and notices -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("visibility", NARROWEST)
@pytest.mark.parametrize("for_whom", ["clients", "colleagues"])
def test_who_gets_a_contact(for_whom, visibility):
    contact = CONTACT | {"audience": for_whom, "visibility": visibility, "person": "Нино"}
    seen = [a for a in AUDIENCES if record(a, contacts=[contact]).contacts]
    expected = [a for a in NARROWEST[visibility] if for_whom == "clients" or a == "members"]
    assert seen == expected
    of_organization = [a for a in AUDIENCES if organization_for(content(contacts=[contact]), a).contacts]
    assert of_organization == expected


def test_of_a_contact_its_visibility_and_place_stay_inside():
    (shown,) = record(contacts=[CONTACT | {"location": "place1"}]).contacts
    names = {"id", "channel", "value", "label", "languages", "hours_note", "is_crisis", "audience", "person"}
    assert shown == {name: CONTACT[name] for name in names}


@pytest.mark.parametrize("visibility", NARROWEST)
def test_who_reads_a_notice(visibility):
    notice = {"id": "n1", "kind": "closure", "text": {"ru": "Ремонт"}, "starts_on": "2026-06-01", "ends_on": None}
    live = dataclasses.replace(LIVE, notices=(notice | {"visibility": visibility, "region": "", "types": []},))
    assert [a for a in AUDIENCES if record(a, live).notices] == list(NARROWEST[visibility])
    assert all(record(a, live).notices == [notice] for a in NARROWEST[visibility])


# --- organisations ------------------------------------------------------------------------------------------------


def test_an_organisation_as_its_profile_says():
    contacts = [CONTACT, CONTACT | {"value": "+995 32 000", "location": "place1"}]
    made = organization_for(content(contacts=contacts), "public")
    assert (made.id, made.slug, made.website) == ("org1", "most", "https://most.example/")
    assert made.content == {"ru": {"name": "Мост", "short_name": "М", "description": "О нас"}}
    assert (made.countries, made.working_languages, made.community_led) == (["GE"], ["ru"], ["plhiv"])
    assert made.links == CONTENT["organization"]["links"]
    assert [contact["value"] for contact in made.contacts] == [CONTACT["value"]]  # its own, not those of a place
    assert {name: getattr(made, name) for name in vars(ProfileDates())} == vars(ProfileDates())
    assert vars(ProfileDates()) == {
        "level": 0,
        **dict.fromkeys(("checked_on", "notice_on", "due_on", "hides_on", "archives_on")),
        "timezone": "UTC",
    }


def test_an_organisation_carries_the_dates_of_its_profile():
    dates = ProfileDates(2, DAY, DAY, DAY, DAY, DAY, "Asia/Tbilisi")
    made = organization_for(CONTENT, "members", dates)
    assert {name: getattr(made, name) for name in vars(dates)} == vars(dates)


@pytest.mark.parametrize(
    ("status", "is_member"),
    [("member", True), ("associate", True), ("external", False), ("suspended", False), ("left", False)],
)
def test_who_is_a_member(status, is_member):
    assert organization_for(content(organization={"member_status": status}), "public").is_member is is_member
