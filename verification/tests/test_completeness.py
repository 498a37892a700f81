"""What a listing lacks: asked for where it makes sense, heaviest first, told as what it brings."""

import pytest

from directory.crossing.content import Content, HoursJson, StopJson
from directory.vocabulary import Vocabulary, vocabulary
from verification.completeness import completeness_of
from verification.completeness.parts import PARTS
from verification.snapshots import freeze
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
FULL = {
    "title_en": "HIV test",
    "summary": "Быстрый тест на ВИЧ за пятнадцать минут, без записи",
    "summary_en": "A rapid HIV test in fifteen minutes, nobody has to book",
    "intake": ["walk_in"],
}
#: What is taken out of a full listing, and the part that is missed then.
TAKEN = [
    ({"summary": "Коротко", "summary_en": "Short"}, "summary"),
    ({"languages": []}, "languages"),
    ({"documents": []}, "documents"),
    ({"cost": "unknown"}, "cost"),
    ({"intake": []}, "intake"),
    ({"title_en": ""}, "languages-of-the-map"),
]


@pytest.fixture
def terms(db: None) -> Vocabulary:
    return vocabulary()


@pytest.fixture
def full(db: None) -> Content:
    organization = scenarios.organization()
    return freeze(scenarios.listing(scenarios.place(organization, directions="Вход со двора, второй этаж"), **FULL))


def missing(content: Content, terms: Vocabulary) -> list[str]:
    return [part.code for part in completeness_of(content, terms).missing]


def test_each_part_is_missed_when_it_is_taken_away_and_only_then(terms: Vocabulary) -> None:
    organization = scenarios.organization()
    place = scenarios.place(organization, directions="Вход со двора, второй этаж")
    assert missing(freeze(scenarios.listing(place, **FULL)), terms) == []
    for taken, code in TAKEN:
        assert missing(freeze(scenarios.listing(place, **FULL | taken)), terms) == [code]


def test_hours_and_what_can_be_tapped_weigh_most_and_stand_first(full: Content, terms: Vocabulary) -> None:
    full["listing"]["hours"] = {}
    full["contacts"] = []
    full["service"]["cost"] = "unknown"
    found = completeness_of(full, terms)
    assert [part.code for part in found.missing] == ["hours", "contact", "cost"]
    assert found.lacks == 3 + 3 + 1


def test_by_appointment_and_words_instead_of_hours_are_an_answer(full: Content, terms: Vocabulary) -> None:
    answers: list[HoursJson] = [{"by_appointment": True}, {"always": True}, {"note": {"ru": "Когда приезжает автобус"}}]
    for hours in answers:
        full["listing"]["hours"] = hours
        assert missing(full, terms) == []


def test_a_contact_for_colleagues_is_none_for_people(full: Content, terms: Vocabulary) -> None:
    for contact in full["contacts"]:
        contact["audience"] = "colleagues"
    assert missing(full, terms) == ["contact"]


def test_a_hotline_is_asked_for_no_door_no_documents_and_no_way_in(full: Content, terms: Vocabulary) -> None:
    full["location"] = None
    full["service"] |= {"delivery": ["phone"], "documents": [], "intake": []}
    assert missing(full, terms) == []


@pytest.mark.parametrize("hidden", [{"public_precision": "settlement"}, {"visibility": "members"}])
def test_a_place_that_hides_its_door_is_not_asked_to_tell_the_way(full: Content, terms: Vocabulary, hidden) -> None:
    full["location"]["directions"] = {}
    assert missing(full, terms) == ["door"]
    full["location"] |= hidden
    assert missing(full, terms) == []


def test_a_mobile_point_needs_stops_and_who_comes_says_where(full: Content, terms: Vocabulary) -> None:
    full["service"]["delivery"] = ["mobile", "outreach"]
    assert missing(full, terms) == ["stops", "area"]
    hours: HoursJson = {"slots": [{"days": [0], "opens": "18:00", "closes": "21:00"}]}
    stop: StopJson = {"id": "st2t34n567", "name": {"ru": "у вокзала"}, "lon": 44.8, "lat": 41.7, "hours": hours}
    full["listing"] |= {"stops": [stop], "hours": {}, "area": [{"kind": "country", "code": "GE"}]}
    assert missing(full, terms) == []


def test_every_part_says_what_it_brings_and_leads_to_a_field() -> None:
    assert len({part.code for part in PARTS}) == len(PARTS)
    assert all(part.gain and part.name and part.anchor for part in PARTS)
