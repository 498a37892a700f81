"""A danger is one while two people say so; by the clock of the query."""

import datetime as dt

import pytest
from django.contrib.gis.geos import Point
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from core import clock
from core.errors import NotAllowed
from directory.tables.lands import MemberCountryNotice, PublicCountryFact, PublicCountryNotice
from directory.tables.listings import MemberListing, PublicListing
from network.countries.notices import announce, second
from network.countries.tests.makers import published
from services.models import Notice
from verification.editing import end_notice
from verification.tests import scenarios
from verification.upkeep.rebuild import compare

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 10, 7, 9, tzinfo=dt.UTC)
WORDS = {"country": "GE", "kind": "warning", "level": "danger", "text": "Задержания у клиник."}


@pytest.fixture(autouse=True)
def _now():
    with clock.travel(NOW):
        yield


def _levels(hours):
    at = NOW + dt.timedelta(hours=hours)
    return [row.shown for row in PublicCountryNotice.objects.all().current(at)]


def test_one_persons_danger_is_a_warning_after_a_day():
    notice = announce(actor=scenarios.coordinator(), **WORDS)
    assert [_levels(hours) for hours in (0, 23, 24)] == [["danger"], ["danger"], ["warning"]]
    assert notice.level_at(NOW + dt.timedelta(hours=24)) == "warning"


def test_two_peoples_danger_stays_one():
    notice = announce(actor=scenarios.coordinator(), **WORDS)
    second(actor=scenarios.verifier(), notice=notice)
    assert _levels(24 * 20) == ["danger"]


def test_late_is_not_too_late():
    notice = announce(actor=scenarios.coordinator(), **WORDS)
    with clock.travel(NOW + dt.timedelta(hours=30)):
        second(actor=scenarios.verifier(), notice=notice)
    assert _levels(31) == ["danger"]


def test_nobody_seconds_themselves_and_not_everybody_may():
    who = scenarios.coordinator()
    notice = announce(actor=who, **WORDS)
    for actor in (who, scenarios.person(scenarios.organization())):
        with pytest.raises(NotAllowed):
            second(actor=actor, notice=notice)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE services_notice SET seconded_by_id = announced_by_id WHERE id = %s", [notice.pk])


@pytest.mark.parametrize("words", [{"text": "Иначе"}, {"text_en": "Otherwise"}])
def test_other_words_have_to_be_seconded_anew(words):
    who = scenarios.coordinator()
    notice = second(actor=scenarios.verifier(), notice=announce(actor=who, **WORDS))
    same = announce(actor=who, notice=notice, ends_on=dt.date(2026, 12, 1))
    assert same.seconded_at is not None and _levels(25) == ["danger"]
    changed = announce(actor=who, notice=same, **words)
    assert changed.seconded_at is None and _levels(25) == ["warning"]


def test_only_a_countrys_coordinator_announces():
    other = scenarios.coordinator()
    other.countries = ["AM"]
    other.save()
    with pytest.raises(NotAllowed):
        announce(actor=other, **WORDS)
    house = scenarios.organization()
    with pytest.raises(ValidationError):
        announce(actor=scenarios.person(house), **{**WORDS, "country": "", "organization": house})


def test_a_topic_asks_for_a_new_look_at_its_facts():
    published()
    published(topic="tb")
    announce(actor=scenarios.coordinator(), **WORDS, topic="art")
    standing = {row.topic: row.standing for row in PublicCountryFact.objects.with_standing()}
    assert standing == {"art": "asked", "tb": "fresh"}


def test_what_is_for_members_stays_among_them_and_an_end_is_an_end():
    who = scenarios.coordinator()
    inside = announce(actor=who, **WORDS, visibility="members")
    restricted = announce(actor=who, **WORDS, topic="undesirable")
    assert not PublicCountryNotice.objects.exists()
    assert {row.pk for row in MemberCountryNotice.objects.all()} == {inside.public_id, restricted.public_id}
    end_notice(actor=who, notice=inside)
    with clock.travel(NOW + dt.timedelta(days=2)):
        end_notice(actor=who, notice=Notice.objects.get(pk=restricted.pk))
        assert not MemberCountryNotice.objects.all().current()


BATUMI = {"city": "Батуми", "place_code": "615532", "point": Point(41.64, 41.65, srid=4326)}
REGIONAL = {"country": "GE", "kind": "warning", "level": "warning", "text": "Дорога в Аджарию закрыта."}


def _told(listing, model=PublicListing):
    return [notice["text"]["ru"] for notice in model.objects.get(pk=listing.public_id).notices]


def test_a_regions_notice_stands_on_cards_of_that_region_alone():
    house = scenarios.organization()
    batumi = scenarios.published(
        scenarios.place(house, city="Батуми", place_code="615532", point=Point(41.64, 41.65, srid=4326))
    )
    tbilisi = scenarios.published(
        scenarios.place(house, city="Тбилиси", place_code="611717", point=Point(44.8, 41.7, srid=4326))
    )
    notice = announce(actor=scenarios.coordinator(), region="GE.04", **REGIONAL)
    assert (_told(batumi), _told(tbilisi)) == ([notice.text], [])
    row = PublicCountryNotice.objects.get()
    assert (row.region, row.types) == ("GE.04", [])
    announce(actor=scenarios.coordinator(), notice=notice, region="", expected_version=notice.version)
    assert _told(tbilisi) == [notice.text]


def test_a_regions_notice_tells_nobody_where_a_hidden_place_is():
    house = scenarios.organization()
    hidden = {"public_precision": "country", "member_precision": "settlement"}
    listing = scenarios.published(scenarios.place(house, **BATUMI, **hidden))
    notice = announce(actor=scenarios.coordinator(), region="GE.04", **REGIONAL)
    assert (_told(listing), _told(listing, MemberListing)) == ([], [notice.text])


@pytest.mark.parametrize(("kind", "is_told"), [("art", True), ("hiv_treatment", True), ("opioid_substitution", False)])
def test_a_notice_about_a_kind_stands_on_cards_of_that_kind_or_of_its_group(kind, is_told):
    listing = scenarios.published(types=["art"])
    notice = announce(actor=scenarios.coordinator(), service_type=kind, **REGIONAL)
    assert _told(listing) == ([notice.text] if is_told else [])
    assert not compare()


def test_what_is_unknown_or_elsewhere_is_refused():
    who = scenarios.coordinator()
    for fault in ({"region": "AM.07"}, {"region": "GE.99"}, {"service_type": "nothing"}):
        with pytest.raises(ValidationError):
            announce(actor=who, **REGIONAL, **fault)
    notice = announce(actor=who, region="GE.04", **REGIONAL)
    for wrong in ("region = 'AM.07'", "country = '', organization_id = NULL"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE services_notice SET {wrong} WHERE id = %s", [notice.pk])


def test_whoever_widens_a_danger_announces_it_anew():
    who = scenarios.coordinator()
    notice = announce(actor=who, **WORDS, region="GE.04")
    second(actor=scenarios.verifier(), notice=notice)
    notice.refresh_from_db()
    wider = announce(actor=who, notice=notice, region="", expected_version=notice.version)
    assert wider.seconded_at is None
