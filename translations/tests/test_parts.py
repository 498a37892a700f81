"""Notices over places, labels and hours of contacts, papers of the network: translated by the rules of facts."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from core import clock
from directory.stores import newsstore
from directory.stores.store import bump_revision
from directory.tables.listings import PublicListing
from directory.tables.news import PublicPaper
from directory.tables.wording import PublicWording
from services.models import Notice
from translations.models import Origin, Translation
from translations.publication import publish_all
from translations.services import write
from translations.states import WordState, state_of
from translations.tests.makers import checked, two_people, unit_of, written
from translations.texts.units import every
from translations.unkept import forget_door
from verification import services as verification
from verification.models import ListingState
from verification.publication import publish
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
NOTICE, LABEL, HOURS = "Lift ishlamaydi.", "Tengdosh maslahatchi", "har kuni kechqurun"


@pytest.fixture(autouse=True)
def _opened(settings):
    settings.PREVIEWS_FOR_ALL = ("uz",)


@pytest.fixture
def listing():
    organization = scenarios.organization()
    place = scenarios.place(organization)
    scenarios.phone(organization, place, label="Равный консультант", hours_note="каждый вечер")
    Notice.objects.create(kind="warning", location=place, text="Лифт не работает.", starts_on=clock.today())
    return scenarios.published(place, method="call")


def republish(listing):
    publish(ListingState.objects.get(listing=listing))


def page_of(listing):
    with translation.override("uz"):
        response = Client().get(reverse("maps:place", args=[listing.location.public_id]))
    assert response.status_code == 200
    return response.content.decode()


def said_by(vera, nodir, kind, field, text):
    unit = unit_of(kind, field)
    written(vera, unit, text)
    checked(nodir, unit)


def test_a_notice_and_a_contact_are_said_when_another_organisation_has_checked_them(listing):
    vera, nodir = two_people()
    texts = {("notice", "text"): NOTICE, ("contact", "label"): LABEL, ("contact", "hours_note"): HOURS}
    for (kind, field), text in texts.items():
        written(vera, unit_of(kind, field), text)
    page = page_of(listing)
    assert not any(text in page for text in texts.values())
    assert '<span lang="ru" dir="ltr">Лифт не работает.</span>' in page
    for kind, field in texts:
        checked(nodir, unit_of(kind, field))
    page = page_of(listing)
    assert all(text in page for text in texts.values()) and "Лифт не работает." not in page
    with translation.override("ru"):
        assert NOTICE not in Client().get(reverse("maps:place", args=[listing.location.public_id])).content.decode()


def test_nothing_old_is_said_nor_kept(listing):
    """The source changes: the next request has the source, the text is outdated, no row is left for readers."""
    vera, nodir = two_people()
    said_by(vera, nodir, "notice", "text", NOTICE)
    said_by(vera, nodir, "contact", "hours_note", HOURS)
    Notice.objects.update(text="Лифт работает, лестница закрыта.")
    republish(listing)
    assert NOTICE not in page_of(listing) and "Лифт работает, лестница закрыта." in page_of(listing)
    assert state_of(unit_of("notice", "text"), Translation.objects.get(kind="notice")) == WordState.OUTDATED
    assert [row.kind for row in PublicWording.objects.all()] == ["contact"]
    row = PublicListing.objects.get()
    row.contacts[0]["hours_note"] = {"ru": "никогда"}
    row.save()
    assert not PublicWording.objects.exists()
    publish_all()
    assert not PublicWording.objects.exists(), "nor does the worker's round bring it back"


def test_the_hash_holds_where_the_database_did_not(listing):
    vera, nodir = two_people()
    said_by(vera, nodir, "notice", "text", NOTICE)
    PublicWording.objects.update(source_hash="0" * 64)
    bump_revision()
    assert NOTICE not in page_of(listing)


def test_what_a_machine_wrote_of_them_is_not_said(listing):
    vera, _nodir = two_people()
    for kind, field, text in (("notice", "text", NOTICE), ("contact", "label", LABEL)):
        write(actor=vera, unit=unit_of(kind, field), language="uz", forms=[text], origin=Origin.MACHINE)
    assert not PublicWording.objects.exists()


def test_a_contact_of_several_places_is_one_text(listing):
    scenarios.phone(listing.location.organization, label="Дежурный", hours_note="ночью")
    scenarios.published(listing.location, method="call")
    republish(listing)
    told = [unit for unit in every() if unit.kind == "contact" and unit.source == ("Дежурный",)]
    assert len(told) <= 1
    assert len([unit for unit in every() if unit.kind == "notice"]) == 1


ROOM, ROOM_UZ = "Две женских кровати.", "Ayollar uchun ikkita joy bor."


def say(listing, **word):
    owner = scenarios.person(listing.service.organization)
    verification.report_capacity(listing=listing, actor=owner, **{"level": "limited", "note": ROOM} | word)


def test_a_word_about_free_places_is_said_when_checked_and_goes_with_the_word(listing):
    """Who reads that there is a bed, goes there: it is translated as notices are, and another word takes it away."""
    say(listing)
    vera, nodir = two_people()
    written(vera, unit_of("capacity", "note"), ROOM_UZ)
    assert ROOM_UZ not in page_of(listing) and f'<span lang="ru" dir="ltr">{ROOM}</span>' in page_of(listing)
    checked(nodir, unit_of("capacity", "note"))
    assert ROOM_UZ in page_of(listing) and ROOM not in page_of(listing)
    say(listing, note="Одна мужская кровать.")
    assert not PublicWording.objects.exists()
    assert ROOM_UZ not in page_of(listing) and "Одна мужская кровать." in page_of(listing)
    assert state_of(unit_of("capacity", "note"), Translation.objects.get(kind="capacity")) == WordState.OUTDATED


def test_of_a_word_about_free_places_that_has_lapsed_nobody_is_asked(listing):
    say(listing)
    vera, nodir = two_people()
    said_by(vera, nodir, "capacity", "note", ROOM_UZ)
    with clock.travel(clock.now() + dt.timedelta(days=31)):
        assert not [unit for unit in every() if unit.kind == "capacity"]
        publish_all()
        assert not PublicWording.objects.exists()


def test_a_word_about_free_places_leaves_with_its_listing_and_its_door(listing):
    say(listing)
    vera, nodir = two_people()
    said_by(vera, nodir, "capacity", "note", ROOM_UZ)
    PublicListing.objects.all().delete()
    assert not PublicWording.objects.exists()
    forget_door(listing.location, ["Кипа"])
    assert not Translation.objects.exists()


def test_a_notice_that_is_over_is_not_offered(listing):
    assert unit_of("notice", "text")
    with clock.travel(clock.now() + dt.timedelta(days=2)):
        Notice.objects.update(ends_on=clock.today() - dt.timedelta(days=1))
        republish(listing)
        assert not [unit for unit in every() if unit.kind == "notice"]


def test_a_door_that_is_not_kept_leaves_them(listing):
    vera, _nodir = two_people()
    for kind, field, text in (("notice", "text", NOTICE), ("contact", "label", LABEL)):
        written(vera, unit_of(kind, field), text)
    forget_door(listing.location, ["Кипа"])
    assert not Translation.objects.exists()


def a_paper(text="Мы бережём друг друга.\n\nПомощь без условий.", **fields):
    row = {
        "id": "ver2222222", "paper": "stat222222", "kind": "statement", "title": {"ru": "Декларация сети"},
        "language": "ru", "number": 1, "text": text, "has_file": False, "adopted_on": clock.today(), "body": {},
        "ground": "vote", "valid_until": None,
    } | fields  # fmt: skip
    newsstore.put_papers("stat222222", [row])


def paper_page(query=""):
    with translation.override("uz"):
        response = Client().get(reverse("maps:paper", args=["stat222222"]) + query)
    assert response.status_code == 200
    return response.content.decode()


def test_a_paper_is_read_paragraph_by_paragraph_and_says_that_it_is_a_translation():
    a_paper()
    vera, nodir = two_people()
    written(vera, unit_of("paper", "title"), "Tarmoq deklaratsiyasi")
    written(vera, unit_of("paper", "text", "Мы бережём друг друга."), "Biz bir-birimizni asraymiz.")
    page = paper_page()
    assert "Tarmoq deklaratsiyasi" in page and "asraymiz" not in page and 'lang="ru" dir="ltr"' in page
    checked(nodir, unit_of("paper", "text", "Мы бережём друг друга."))
    page = paper_page()
    assert '<article class="paper-text" lang="uz" dir="ltr">Biz bir-birimizni asraymiz.' in page
    assert '<span lang="ru" dir="ltr">Помощь без условий.</span>' in page and "?in=ru" in page
    assert "asraymiz" not in paper_page("?in=ru")


def test_of_a_new_version_the_paragraphs_that_changed_are_read_in_their_source():
    a_paper()
    vera, nodir = two_people()
    for source, text in (
        ("Мы бережём друг друга.", "Biz bir-birimizni asraymiz."),
        ("Помощь без условий.", "Shartsiz yordam."),
    ):
        unit = unit_of("paper", "text", source)
        written(vera, unit, text)
        checked(nodir, unit)
    a_paper("Помощь без условий.\n\nМы бережём всех.", id="ver3333333", number=2)
    assert not PublicWording.objects.exists()
    publish_all()
    page = paper_page()
    assert "Shartsiz yordam." in page and "asraymiz" not in page and "Мы бережём всех." in page
    PublicPaper.objects.all().delete()
    assert not PublicWording.objects.exists()
