"""Applicants that look like somebody: whoever checks is warned; honest ones are left alone."""

from __future__ import annotations

import pytest

from network.joining.likeness import address_of, is_mixed, likenesses, skeleton
from network.joining.models import Application
from organizations.models import Organization
from verification.tests import scenarios


@pytest.mark.parametrize(
    ("one", "other"),
    [("Дoм Сoлнца", "Дом Солнца"), ("MOCT", "МОСТ"), ("rnost", "most"), ("dom-0", "dom0"), ("«Мост»", "мост"),
     ("Αlpha", "alpha"), ("HIllo", "hiIIo")],
)  # fmt: skip
def test_what_looks_alike_has_one_skeleton(one, other):
    assert one != other and skeleton(one) == skeleton(other)


@pytest.mark.parametrize(("one", "other"), [("Мост", "Мосты"), ("Дом", "Дым"), ("alpha", "alphabet")])
def test_what_does_not_has_two(one, other):
    assert skeleton(one) != skeleton(other)


def test_alphabets_are_told_apart_in_a_word_not_in_a_name():
    assert is_mixed("Дoм Солнца") and is_mixed("mоst.org")
    assert not is_mixed("Фонд ACCESS") and not is_mixed("Дом-2 help")


def test_an_address_is_read_as_people_read_it():
    assert address_of("https://www.Dom.example/about") == "dom.example"
    assert address_of("dom.example") == "dom.example"
    assert address_of("https://xn--d1aqf.example/") == "дом.example"
    assert address_of("https://facebook.com/Dom/") == "facebook.com/dom"
    assert address_of("http://[broken") == ""


@pytest.mark.django_db
def test_whoever_checks_is_told_what_to_look_at_twice(django_assert_num_queries):
    house = scenarios.organization("Дом Солнца")
    other = scenarios.organization("Тихий берег")
    outside = scenarios.organization("Третий", member_status="external")
    pages = {house: "https://dom-solnca.example.org", other: "https://facebook.com/bereg", outside: "https://third.org"}
    for row, website in pages.items():
        Organization.objects.filter(pk=row.pk).update(website=website)

    def told(name, website=""):
        with django_assert_num_queries(1):
            return [(one.kind, one.organization) for one in likenesses(Application(name=name, website=website))]

    assert told("Дoм Сoлнца") == [("mixed_name", None), ("like_name", house)]
    assert told("Иной", "https://dom-solnca.example.org.mirror.example/") == [("like_address", house)]
    assert told("Иной", "https://solnca.example.org") == []
    assert told("Иной", "https://domsolnca.example.org") == [("like_address", house)]
    assert told("Иной", "https://help.dom-solnca.example.org") == [("same_address", house)]
    assert told("Иной", "https://facebook.com/bereg/") == [("same_address", other)]
    assert told("Иной", "https://facebook.com/inoy") == []
    assert told("Третий", "https://third.org") == []
