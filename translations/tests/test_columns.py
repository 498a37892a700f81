"""What is said of countries, in digests and of learning, translated by the rules of texts of places."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import translation

from core import clock
from directory.stores.store import bump_revision
from directory.tables.lands import PublicCountryFact, PublicCountryNotice
from directory.tables.learning import PublicMaterial
from directory.tables.news import PublicDigest, PublicDigestLine
from directory.tables.wording import PublicWording, can_hurt
from reading.asked import Asked
from reading.presenters import learning, news
from reading.presenters.learning import LearningAsked
from translations.models import Translation
from translations.publication import publish_all
from translations.states import WordState, state_of
from translations.tests.makers import checked, two_people, unit_of, written
from translations.texts.units import every, of_columns

pytestmark = pytest.mark.django_db
UZ = "Dori chegarada qoʻl bilan qoldirilmaydi."


@pytest.fixture(autouse=True)
def _opened(settings):
    settings.PREVIEWS_FOR_ALL = ("uz",)


def a_fact(number=0, text="Лекарства через границу возят с рецептом."):
    today = clock.today()
    return PublicCountryFact.objects.create(
        id=f"fact{number}", country="GE", topic="entry", answer="no", brief={}, statement={"ru": text},
        risk="none", source_title="Закон", source_language="ru", checked_on=today, checked_by="x",
        valid_until=today + dt.timedelta(days=90),
    )  # fmt: skip


def a_notice(**fields):
    return PublicCountryNotice.objects.create(
        id="notice0", country="GE", level="warning", text={"ru": "Граница закрыта до утра."},
        starts_on=clock.today() - dt.timedelta(days=1), **fields,
    )  # fmt: skip


def page_of(client):
    bump_revision()
    with translation.override("uz"):
        response = client.get(reverse("maps:country", args=["ge"]))
    assert response.status_code == 200
    return response.content.decode()


def test_a_fact_is_said_when_another_organisation_has_checked_it(client):
    fact = a_fact()
    vera, nodir = two_people()
    unit = unit_of("fact", "statement")
    written(vera, unit, UZ)
    page = page_of(client)
    assert UZ not in page and f'<span lang="ru" dir="ltr">{fact.statement["ru"]}</span>' in page
    checked(nodir, unit)
    assert UZ in page_of(client)


def test_a_notice_too_and_not_when_it_is_over(client):
    a_notice()
    vera, nodir = two_people()
    unit = unit_of("notice", "text")
    written(vera, unit, "Chegara ertalabgacha yopiq.")
    assert "ertalabgacha" not in page_of(client)
    checked(nodir, unit)
    assert "ertalabgacha" in page_of(client)
    PublicCountryNotice.objects.update(ends_on=clock.today() - dt.timedelta(days=1))
    assert not list(of_columns())


def test_fifty_facts_change_and_none_is_said_as_it_was(client):
    vera, nodir = two_people()
    for number in range(50):
        a_fact(number)
    Translation.objects.bulk_create(
        Translation(
            unit=unit.id, language="uz", kind=unit.kind, key=unit.key, field=unit.field, is_harmful=True,
            source=list(unit.texts), source_hash=unit.source_hash, forms=[UZ], translated_by=vera, translated_for="a",
            checked_by=nodir, checked_for="b", checked_at=clock.now(),
        )
        for unit in of_columns()
    )  # fmt: skip
    publish_all()
    assert page_of(client).count(UZ) == 50
    PublicCountryFact.objects.update(statement={"ru": "Рецепта не нужно."})
    assert UZ not in page_of(client)
    rows = {row.unit: row for row in Translation.objects.all()}
    assert [state_of(unit, rows[unit.id]) for unit in of_columns()] == [WordState.OUTDATED] * 50
    assert not PublicWording.objects.exists(), "nor does it stand where readers read"


def test_the_hash_holds_where_the_database_did_not(client):
    """A row that was left there by mistake is of another source, and is not said."""
    a_fact()
    vera, nodir = two_people()
    unit = unit_of("fact", "statement")
    written(vera, unit, UZ)
    checked(nodir, unit)
    PublicWording.objects.update(source_hash="0" * 64)
    assert UZ not in page_of(client)


def test_what_cannot_hurt_is_said_unchecked():
    PublicMaterial.objects.create(
        id="m", title={"ru": "Налоксон за пять минут"}, summary={"ru": "Памятка с картинками."}, kind="handout",
        language="ru", owner="x", looked_on=clock.today(),
    )  # fmt: skip
    vera, _nodir = two_people()
    written(vera, unit_of("material", "title"), "Besh daqiqada nalokson")
    with translation.override("uz"):
        found = learning.materials(Asked.now("public"), LearningAsked())
        assert [one["title"] for one in found] == ["Besh daqiqada nalokson"]


def test_a_digest_says_in_other_words_only_what_a_second_person_has_read():
    """Its opening is free words, and its lines of facts and notices repeat what can hurt; a figure hurts nobody."""
    PublicDigest.objects.create(
        id="d", month=dt.date(2026, 10, 1), sent_at=clock.now(), opening={"ru": "Карта выросла на две двери."}
    )
    for number, about in enumerate(("fact", "notice", "figure")):
        PublicDigestLine.objects.create(
            id=f"l{number}", digest="d", position=number, section="new", about=about, ref="there",
            words={"ru": f"Строка {number}."},
        )  # fmt: skip
    vera, nodir = two_people()
    units = {unit.key: unit for unit in of_columns()}
    for key, unit in units.items():
        written(vera, unit, f"Soʻz {key}.")
    assert set(PublicWording.objects.values_list("key", flat=True)) == {"l2"}
    for unit in units.values():
        checked(nodir, unit)
    with translation.override("uz"):
        assert [one["opening"] for one in news.digests()] == ["Soʻz d."]
    with translation.override("ru"):
        assert [one["opening"] for one in news.digests()] == ["Карта выросла на две двери."]
    assert set(PublicWording.objects.values_list("key", flat=True)) == {"d", "l0", "l1", "l2"}


def test_a_line_of_a_place_that_is_hidden_is_not_offered():
    PublicDigest.objects.create(id="d", month=dt.date(2026, 10, 1), sent_at=clock.now())
    for number, about in enumerate(("listing", "figure")):
        PublicDigestLine.objects.create(
            id=f"l{number}", digest="d", position=number, section="new", about=about, ref="gone",
            words={"ru": f"Строка {number}."},
        )  # fmt: skip
    assert [unit.key for unit in of_columns()] == ["l1"]


def test_what_leaves_takes_its_translations_along_and_comes_back_with_them():
    fact = a_fact()
    vera, nodir = two_people()
    unit = unit_of("fact", "statement")
    written(vera, unit, UZ)
    checked(nodir, unit)
    fact.delete()
    assert not PublicWording.objects.exists()
    a_fact()
    publish_all()
    assert PublicWording.objects.get().forms == [UZ]


def test_what_can_hurt_is_in_the_queue_before_what_cannot():
    a_fact()
    PublicDigest.objects.create(id="d", month=dt.date(2026, 10, 1), sent_at=clock.now(), opening={"ru": "Выросла."})
    kinds = [unit.kind for unit in every() if unit.kind in ("fact", "digest")]
    assert kinds == ["fact", "digest"]
    assert can_hurt("fact", "brief") and can_hurt("notice", "text") and not can_hurt("digest", "opening")
