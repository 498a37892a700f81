"""Values of a snapshot as lines that a person reads."""

from __future__ import annotations

import pytest
from django.utils import translation

from core.pages.links import href
from facts.tests.makers import contact
from facts.wording import contact_items, is_text, items, label_of


@pytest.mark.parametrize("value", [None, "", [], {}])
@pytest.mark.parametrize("path", ["service.cost", "service.types", "location.point", "listing.hours", "unknown.path"])
def test_nothing_has_no_words(path, value):
    assert items(path, value) == []


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("service.cost", "free_for_some", ["Free for some"]),
        ("service.cost", "barter", ["barter"]),  # a code of an older vocabulary is shown rather than lost
        ("service.intake", ["call", "walk_in"], ["Call first", "Just come"]),
        ("service.anonymous", True, ["yes"]),
        ("service.anonymous", False, ["no"]),
        ("service.age_from", 0, ["0"]),
        ("location.step_free", False, ["no"]),
        ("location.point", [44.7930011, 41.69], ["41.69000, 44.79300"]),
        ("location.country", "GE", ["Georgia"]),
        ("organization.countries", ["AM", "GE"], ["Armenia", "Georgia"]),
        ("organization.links", [{"url": "https://a.example"}], ["https://a.example"]),
        ("organization.community_led", ["trans"], ["Transgender people"]),
        ("organization.website", "https://a.example", ["https://a.example"]),
        ("listing.hours", {"always": True}, ["Round the clock"]),
    ],
)
def test_each_kind_of_value_in_words(path, value, words):
    assert items(path, value) == words


@pytest.mark.django_db
def test_groups_say_how_welcome_they_are():
    said = items("service.groups", {"msm": "priority", "plhiv": "only", "pwud": "all"})
    assert [words.endswith("(first of all)") for words in said] == [True, False, False]
    assert [words.endswith("(only this group)") for words in said] == [False, True, False]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"ru": "а"}, True),
        ({"ru": "а", "en": "b"}, True),
        ({}, False),
        ({"always": True}, False),
        ({"ru": "а", "slots": []}, False),
        ("text", False),
        (None, False),
    ],
)
def test_a_text_is_a_mapping_of_languages_and_nothing_else(value, expected):
    assert is_text(value) is expected


def test_names_of_fields():
    assert label_of("service.title") == "Title"
    assert label_of("contacts.a1b2") == "Contact"
    with translation.override("ru"):
        assert label_of("service.title") != "Title"


@pytest.mark.django_db
def test_a_contact_is_its_value_and_what_belongs_to_it():
    said = contact_items(
        contact(
            person="Anna", audience="colleagues", visibility="members", is_crisis=True, hours_note={"en": "at night"}
        )
    )
    assert said[0] == "Phone: +995 32 212 34 56"
    assert said[1:] == [
        "Front desk",
        "Anna",
        "for colleagues",
        "seen by: members of the network",
        "at night",
        "crisis line",
    ]


@pytest.mark.django_db
def test_an_ordinary_contact_is_short():
    assert len(contact_items(contact(label={}))) == 3  # value, for whom, seen by whom


@pytest.mark.parametrize(
    ("channel", "value", "link"),
    [
        ("phone", "+995 32 212 34 56", "tel:+995322123456"),
        ("email", "a@b.org", "mailto:a@b.org"),
        ("telegram", "@most", "https://t.me/most"),
        ("telegram", "https://t.me/most", "https://t.me/most"),
        ("telegram", "most", ""),  # no name and no link: nothing to open
        ("whatsapp", "+7 701 234 5678", "https://wa.me/77012345678"),
        ("viber", "https://chats.viber.com/x", "https://chats.viber.com/x"),
        ("signal", "most.42", ""),
        ("form", "http://example.org/", "http://example.org/"),
    ],
)
def test_what_a_tap_on_a_contact_opens(channel, value, link):
    assert href(channel, value) == link


def test_no_contact_opens_a_script():
    for channel in ("phone", "email", "telegram", "signal", "whatsapp", "viber"):
        assert not href(channel, "javascript:alert(1)").startswith("javascript:")
