import datetime as dt

import pytest
from django.utils.translation import override

from core import clock
from core.pages.links import href
from directory.asking import queries
from directory.tests.factories import publish
from directory.vocabulary import vocabulary
from reading import presenters
from reading.answers import place_answer
from reading.asked import Asked
from reading.presenters.contacts import contact

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def monday_in_english():
    with clock.travel(NOW), override("en"):
        yield


def card(**fields):
    made = publish(**fields)
    (row,) = [row for row in queries.place("members", made.place_id) if row.id == made.id]
    return presenters.card(row, vocabulary(), "members", NOW)


def place(place_id, audience="public"):
    return presenters.place(queries.place(audience, place_id), None, vocabulary(), audience, NOW)


def test_texts_fall_back_to_the_language_that_there_is():
    shown = card(content={"ru": {"title": "Тест", "organization": "Мост"}, "en": {"title": "Test"}})
    assert (shown["title"], shown["title_lang"], shown["organization"]) == ("Test", "", "Most")
    assert card(content={"ru": {"title": "Тест"}})["title_lang"] == "ru"


@pytest.mark.parametrize(
    ("english", "told"),
    [
        ({}, ("ru", "ru", "Русский")),
        ({"summary": "In short"}, ("", "ru", "Русский")),
        ({"summary": "In short", "text": "At length"}, ("", "", "")),
    ],
)
def test_what_is_said_in_one_language_only_names_it(english, told):
    publish(place_id="place22222", content={"ru": {"summary": "Коротко", "text": "Подробно"}, "en": english})
    (service,) = place("place22222")["listings"]
    assert (service["summary_lang"], service["text_lang"], service["text_lang_name"]) == told


def test_the_service_that_a_card_names_stands_first():
    ids = [publish(place_id="place22222").id for _number in range(3)]
    asked = Asked.now("public")
    assert [place_answer(asked, "place22222", one)["listings"][0]["id"] for one in ids] == ids
    assert {one["id"] for one in place_answer(asked, "place22222", "nobody")["listings"]} == set(ids)


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"level": 0, "check_method": ""}, "Imported, not checked"),
        ({"level": 1}, "Confirmed on 12 Nov 2026 by the organisation itself"),
        ({"level": 2, "check_method": "call"}, "Checked on 12 Nov 2026, a call, another organisation of the network"),
        ({"level": 3, "check_method": "visit"}, "Checked on 12 Nov 2026, a visit, another organisation of the network"),
    ],
)
def test_who_checked_when_and_how(fields, text):
    shown = card(audiences=("members",), checked_on=dt.date(2026, 11, 12), **fields)
    assert shown["checked"]["text"] == text


def test_what_stops_a_service_stands_above_its_hours():
    assert card(hours={"always": True})["open"]["state"] == "always"
    assert card(hours={"always": True}, operation="paused")["open"]["text"] == "Paused"
    assert card(hours={"always": True}, operation="closed")["open"]["text"] == "Closed for good"
    repair = {"kind": "closure", "text": {"ru": "Ремонт"}, "starts_on": "2026-11-20", "ends_on": "2026-11-30"}
    shown = card(hours={"always": True}, notices=[repair])
    assert (shown["open"]["state"], shown["notice"]) == ("closed", "Ремонт")
    assert card(hours={"always": True}, notices=[repair | {"starts_on": "2026-11-24"}])["notice"] is None


def test_the_phone_of_a_card_is_for_clients():
    colleague = {"channel": "phone", "value": "+995 322 11 11 11", "audience": "colleagues"}
    client = {"channel": "phone", "value": "+995322000000", "audience": "clients"}
    assert card(contacts=[colleague, client])["phone"] == "+995 32 200 00 00"
    assert card(contacts=[colleague])["phone"] is None


@pytest.mark.parametrize(
    ("channel", "value", "country", "link"),
    [
        ("phone", "+995 322 12 34 56", "", "tel:+995322123456"),
        ("phone", "112", "GE", "tel:112"),
        ("phone", "8 800 555 35 35", "RU", "tel:+78005553535"),
        ("phone", "call us", "GE", ""),
        ("email", "help@example.org", "", "mailto:help@example.org"),
        ("email", "a@b.org?bcc=x@y.z", "", "mailto:a@b.org%3Fbcc%3Dx@y.z"),
        ("telegram", "@bridge_help", "", "https://t.me/bridge_help"),
        ("telegram", "https://t.me/+abcdefgh", "", "https://t.me/+abcdefgh"),
        ("telegram", "javascript:alert(1)", "", ""),
        ("whatsapp", "+7 701 000 00 00", "", "https://wa.me/77010000000"),
        ("viber", "+380 44 000 00 00", "", "viber://chat?number=%2B380440000000"),
        ("signal", "+48 22 000 00 00", "", "https://signal.me/#p/+48220000000"),
        ("signal", "bridge.01", "", ""),
        ("form", "https://example.org/form", "", "https://example.org/form"),
        ("form", "javascript:alert(1)", "", ""),
        ("form", "data:text/html,x", "", ""),
    ],
)
def test_links_are_built_from_checked_parts_only(channel, value, country, link):
    assert href(channel, value, country) == link


def test_a_contact_is_told_in_words():
    item = {"channel": "phone", "value": "+995322000000", "label": {"ru": "Равный консультант"}, "languages": ["ka"]}
    shown = contact(item, vocabulary(), "GE")
    assert shown["text"] == "Call +995 32 200 00 00"
    assert (shown["label"], shown["languages"]) == ("Равный консультант", ["Georgian"])


def test_hours_and_contacts_of_the_whole_place_are_told_once():
    hours = {"slots": [{"days": [0], "opens": "09:00", "closes": "18:00"}]}
    phone = {"channel": "phone", "value": "+995322000000", "label": ""}
    mail = {"channel": "email", "value": "law@example.org", "label": ""}
    options = {"place_id": "place22222", "organization_id": "aaaaaaaaaa"}
    for _ in range(2):
        publish(**options, hours=hours, contacts=[phone], types=["hiv_rapid_test"])
    other = {"slots": [{"days": [1], "opens": "10:00", "closes": "12:00"}]}
    publish(**options, hours=other, contacts=[phone, mail], types=["stay_permits"])
    shown = place("place22222")
    assert shown["week"][0]["text"] == "09:00–18:00"
    assert [c["channel"] for c in shown["contacts"]] == ["phone"]
    by_family = {item["family"]: item for item in shown["listings"]}
    assert by_family["health"]["week"] is None
    assert by_family["law"]["week"][1]["text"] == "10:00–12:00"
    assert [c["channel"] for c in by_family["law"]["contacts"]] == ["email"]


def test_one_late_service_of_two_is_counted_and_only_where_all_are_late_is_the_place_grey():
    late = {"checked_on": TODAY - dt.timedelta(days=99), "notice_on": None, "due_on": TODAY}
    publish(place_id="place22222", **late)
    alone = place("place22222")
    assert (alone["freshness"], alone["checked"]["text"]) == ("overdue", alone["listings"][0]["checked"]["text"])
    in_time = publish(place_id="place22222").id
    shown = place("place22222")
    assert (shown["freshness"], shown["freshness_text"]) == ("due", "")
    assert shown["checked"]["text"] == "1 service confirmed in time, 1 not confirmed in time"
    assert shown["checked"]["on"] == "2026-11-23" and not shown["is_closed"]
    assert {one["id"] == in_time: one["freshness"] for one in shown["listings"]} == {True: "fresh", False: "overdue"}
    assert [bool(one["freshness_text"]) for one in shown["listings"] if one["id"] == in_time] == [False]


def test_a_closed_place_says_so():
    publish(place_id="place22222", operation="closed")
    assert place("place22222")["is_closed"]


def test_members_alone_read_legal_risks():
    made = publish(texts={"legal_risk_note": "Осторожно"})
    assert "legal_risk_note" not in place(made.place_id)["listings"][0]
    assert place(made.place_id, "members")["listings"][0]["legal_risk_note"] == "Осторожно"


def test_precision_is_said_in_words():
    made = publish(precision="settlement")
    assert "middle of the city" in place(made.place_id)["precision_text"]
