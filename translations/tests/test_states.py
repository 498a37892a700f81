"""What readers get of a translation: of the present source and of nothing else, at the next request."""

import dataclasses
import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import translation
from django.utils.module_loading import import_string

from core import clock
from core.errors import NotAllowed, WrongState
from directory.tables.listings import DirectoryTerm, PublicListing
from directory.tables.wording import HARMFUL, PublicWording
from directory.vocabulary import vocabulary
from organizations.models import Organization
from services.models import ServiceType
from translations.models import Origin, Translation
from translations.publication import publish_all
from translations.rows import expected, row_of
from translations.services import NotSoundError, check, take_back, write
from translations.states import WordState, state_of
from translations.tests.makers import checked, translator, two_organizations, two_people, unit_of, written
from translations.texts.units import every
from verification import editing
from verification import services as verification
from verification.models.review import ReviewState
from verification.publication import publish_vocabulary
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
TITLE, NOTE = "OIV testi shu kunning oʻzida", "Pasportingizni olib keling."


@pytest.fixture
def opened(settings):
    settings.PREVIEWS_FOR_ALL = ("uz",)
    yield
    for code in ("uz", "uk"):
        import_string("servicemap.tongues.translations.lay_over")(code, {})


def a_listing(**fields):
    organization = scenarios.organization()
    place = scenarios.place(organization, directions="Вход со двора, вторая дверь.")
    return scenarios.published(place, documents_note="Возьмите с собой паспорт.", method="call", **fields)


def text_of(client, listing, code="uz"):
    with translation.override(code):
        response = client.get(reverse("maps:place", args=[listing.location.public_id]))
    assert response.status_code == 200
    return response.content.decode()


def test_readers_see_a_text_and_its_source_when_that_changes(client, opened):
    listing = a_listing()
    vera, nodir = two_people()
    written(vera, unit_of("service", "documents_note"), NOTE)
    checked(nodir, unit_of("service", "documents_note"))
    assert NOTE in text_of(client, listing)
    assert NOTE not in text_of(client, listing, "ru")
    say_anew(listing, documents_note="Возьмите с собой свидетельство о рождении.")
    page = text_of(client, listing)
    assert NOTE not in page
    assert '<span lang="ru" dir="ltr">Возьмите с собой свидетельство о рождении.</span>' in page
    assert state_of(unit_of("service", "documents_note"), Translation.objects.get()) == WordState.OUTDATED


def test_fifty_sources_change_and_nothing_old_is_shown(client, opened):
    """Facts that can hurt, of fifty places; and words of the vocabulary: the next request has none of the old ones."""
    vera, nodir = two_people()
    listings = [a_listing(title=f"Тест {n}") for n in range(25)]
    for unit in every():
        if unit.field in HARMFUL:
            written(vera, unit, {"documents_note": NOTE, "directions": "Hovlidan, ikkinchi eshik."}[unit.field])
            checked(nodir, unit)
    assert PublicWording.objects.count() == 50
    for listing in listings:
        say_anew(listing, "Вход с улицы, звонок у двери.", documents_note="Паспорт не нужен совсем.")
    pages = [text_of(client, listing) for listing in listings]
    assert sum(NOTE in page or "Hovlidan" in page for page in pages) == 0
    rows = {row.unit: row for row in Translation.objects.all()}
    assert sum(state_of(unit, rows.get(unit.id)) == WordState.OUTDATED for unit in every()) == 50
    assert not PublicWording.objects.exists()


def say_anew(listing, directions="", **fields):
    """Another text, as readers get it."""
    listing.refresh_from_db()
    if fields:
        scenarios.rename(listing, **fields)
    if directions:
        place = listing.location
        editing.update_location(actor=None, location=place, expected_version=place.version, directions=directions)
    review = verification.submit(listing=listing, actor=None)
    if review.state == ReviewState.SUBMITTED:
        verification.approve(review=review, actor=scenarios.verifier())


def test_fifty_words_of_the_vocabulary_change(client, opened):
    publish_vocabulary()
    vera = translator("vera")
    units = [
        unit for unit in every() if unit.kind == "term" and unit.key.startswith("service:") and unit.field == "name"
    ]
    units = [unit for unit in units if not any(sign.isdigit() for sign in unit.source[0])]
    for unit in units[:50]:
        written(vera, unit, "Xizmat turi")
    known = vocabulary().scheme("service")
    codes = [unit.key.partition(":")[2] for unit in units[:50]]
    assert all(known[code].name("uz").startswith("Xizmat") for code in codes)
    for kind in ServiceType.objects.filter(code__in=codes):
        ServiceType.objects.filter(pk=kind.pk).update(name=f"{kind.name} сегодня")
    publish_vocabulary()
    known = vocabulary().scheme("service")
    assert [known[code].name("uz") for code in codes] == [known[code].name("ru") for code in codes]
    rows = {row.unit: row for row in Translation.objects.all()}
    assert sum(state_of(unit, rows.get(unit.id)) == WordState.OUTDATED for unit in every()) == 50


def test_what_leaves_the_public_takes_its_translations_along(opened):
    listing = a_listing()
    written(translator("vera"), unit_of("service", "title"), TITLE)
    assert PublicWording.objects.exists()
    service = listing.service
    editing.update_service(actor=None, service=service, expected_version=service.version, visibility="members")
    assert not PublicWording.objects.exists() and Translation.objects.exists()
    assert not [unit for unit in every() if unit.kind == "service"]


def test_nothing_by_a_machine_is_shown_before_a_person_has_checked_it(client, opened):
    listing, vera = a_listing(), translator("vera")
    unit = unit_of("service", "title")
    write(actor=vera, unit=unit, language="uz", forms=[TITLE], origin=Origin.MACHINE)
    assert TITLE not in text_of(client, listing)
    check(actor=translator("olim"), unit=unit, language="uz", seen=expected(unit, row_of(unit, "uz")))
    assert TITLE in text_of(client, listing)


def test_of_a_place_that_hides_its_door_nothing_is_shown_before_a_second_person_has_read_it(client, opened):
    hidden = scenarios.place(scenarios.organization(), public_precision="settlement")
    listing = scenarios.published(hidden, method="call")
    assert PublicListing.objects.get().precision != "exact"
    unit = unit_of("service", "title")
    written(translator("vera"), unit, TITLE)
    assert TITLE not in text_of(client, listing) and not PublicWording.objects.exists()
    checked(translator("olim"), unit)
    assert TITLE in text_of(client, listing)


def test_what_can_hurt_is_not_shown_before_another_organisation_has_read_it(client, opened):
    listing, (vera, nodir) = a_listing(), two_people()
    unit = unit_of("service", "documents_note")
    written(vera, unit, NOTE)
    assert NOTE not in text_of(client, listing) and not PublicWording.objects.exists()
    checked(nodir, unit)
    assert NOTE in text_of(client, listing)
    other = "Pasportni olib kelmang."
    written(vera, unit, other)
    page = text_of(client, listing)
    assert other not in page and "Возьмите с собой паспорт." in page, "the source, until it is read"


def at_two_places():
    """A service at a place with a door, and at one that hides it; the organisation tells of itself."""
    organization = scenarios.organization()
    listing = scenarios.published(scenarios.place(organization), method="call")
    hidden = scenarios.place(organization, name="Второй кабинет", public_precision="settlement")
    scenarios.published(hidden, method="call")
    row = PublicListing.objects.filter(place_id=hidden.public_id)
    row.update(id="zzzzzzzzzz", service_id=listing.service.public_id)  # the other one is read first


def test_a_text_waits_where_any_place_of_its_hides_its_door(opened):
    at_two_places()
    assert {row.precision for row in PublicListing.objects.all()} == {"exact", "settlement"}
    waiting = {unit.kind for unit in every() if unit.waits}
    assert unit_of("service", "title").waits and "service" in waiting
    written(translator("vera"), unit_of("service", "title"), TITLE)
    assert not PublicWording.objects.exists()


def test_what_nobody_has_checked_goes_when_a_place_hides_its_door(opened):
    listing, vera, olim = a_listing(), translator("vera"), translator("olim")
    written(vera, unit_of("service", "title"), TITLE)
    assert PublicWording.objects.count() == 1
    place = listing.location
    editing.update_location(actor=None, location=place, expected_version=place.version, public_precision="settlement")
    assert PublicListing.objects.get().precision == "settlement"
    assert not PublicWording.objects.exists()
    publish_all()
    assert not PublicWording.objects.exists()
    checked(olim, unit_of("service", "title"))
    assert PublicWording.objects.count() == 1


def test_the_database_itself_takes_them_when_a_row_hides_its_door(opened):
    """However the row is written; what a second person has read stays."""
    listing = a_listing()
    written(translator("vera"), unit_of("service", "title"), TITLE)
    told = {"language": "uz", "source_hash": "0" * 64, "forms": [TITLE]}
    PublicWording.objects.create(id="a", kind="organization", key=listing.service.organization.public_id, **told)
    PublicWording.objects.create(id="b", kind="place", key=listing.location.public_id, **told, checked_on=clock.today())
    PublicWording.objects.create(id="c", kind="place", key="another", **told)
    PublicWording.objects.create(id="d", kind="centre", key=listing.location.public_id, **told)
    PublicWording.objects.create(id="e", kind="centre", key="another", **told)
    PublicListing.objects.update(precision="country", point=None)
    assert set(PublicWording.objects.values_list("pk", flat=True)) == {"b", "c", "e"}


def test_a_text_that_was_read_before_its_place_hid_its_door_is_not_told(opened):
    """The page was opened before, and saved after."""
    listing, vera = a_listing(), translator("vera")
    unit, place = unit_of("service", "title"), listing.location
    editing.update_location(actor=None, location=place, expected_version=place.version, public_precision="settlement")
    written(vera, unit, TITLE)
    assert Translation.objects.exists() and not PublicWording.objects.exists()


def test_what_nobody_may_read_any_more_is_not_translated(opened):
    a_listing()
    assert [unit for unit in every() if unit.kind == "service"]
    with clock.travel(clock.now() + dt.timedelta(days=3650)):
        assert not [unit for unit in every() if unit.kind in ("service", "place", "listing", "organization")]


def test_whoever_wrote_does_not_check(opened):
    a_listing()
    vera, unit = translator("vera"), unit_of("service", "title")
    written(vera, unit, TITLE)
    with pytest.raises(WrongState, match="другой человек"):
        checked(vera, unit)
    row = checked(translator("olim"), unit)
    assert state_of(unit, row) == WordState.CHECKED
    row = written(translator("nodir"), unit, "OIV uchun tezkor test")
    assert state_of(unit, row) == WordState.UNCHECKED, "another text is another one to check"


def test_what_can_hurt_is_checked_by_another_organisation(opened):
    a_listing()
    bridge, shore = two_organizations()
    unit = unit_of("service", "documents_note")
    written(translator("vera", of=bridge), unit, NOTE)
    for nobody in (translator("olim", of=bridge), translator("guest")):
        with pytest.raises(WrongState):
            checked(nobody, unit)
    assert checked(translator("nodir", of=shore), unit).checked_for == shore.public_id


def test_the_database_refuses_it_too(opened):
    a_listing()
    bridge, shore = two_organizations()
    vera, unit = translator("vera", of=bridge), unit_of("service", "documents_note")
    row = written(vera, unit, NOTE)
    rows, now = Translation.objects.filter(pk=row.pk), clock.now()
    for wrong in (
        {"checked_by": vera, "checked_for": shore.public_id, "checked_at": now},
        {"checked_by": translator("olim"), "checked_for": bridge.public_id, "checked_at": now},
        {"checked_by": translator("nodir"), "checked_for": "", "checked_at": now},
        {"checked_by": translator("anna"), "checked_for": shore.public_id, "checked_at": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


def test_a_check_is_of_what_was_seen(opened):
    a_listing()
    vera, olim, unit = translator("vera"), translator("olim"), unit_of("service", "title")
    written(vera, unit, TITLE)
    seen = expected(unit, row_of(unit, "uz"))
    written(vera, unit, "OIV uchun tezkor test")
    with pytest.raises(WrongState, match="изменился"):
        check(actor=olim, unit=unit, language="uz", seen=seen)
    take_back(actor=olim, unit=unit, language="uz", seen=expected(unit, row_of(unit, "uz")))
    assert not PublicWording.objects.exists()


def test_only_into_ones_own_language(opened):
    a_listing()
    with pytest.raises(NotAllowed):
        written(translator("vera", "uk"), unit_of("service", "title"), TITLE)


def test_a_string_is_seen_at_the_next_request_without_a_release(client, opened):
    unit = unit_of("message", source="Карта услуг")
    before = client.get("/uz/").content.decode()
    assert "Sinov xaritasi" not in before
    vera, nodir = two_people()
    written(vera, unit, "Sinov xaritasi")
    assert not unit.is_harmful or "Sinov xaritasi" not in client.get("/uz/").content.decode()
    checked(nodir, unit)
    assert "Sinov xaritasi" in client.get("/uz/").content.decode()
    PublicWording.objects.update(source_hash="0" * 64, changed_at=clock.now())
    assert "Sinov xaritasi" not in client.get("/uz/").content.decode()


def test_what_came_with_the_product_is_unchecked_and_counts_as_such():
    unit = next(u for u in every() if u.kind == "message" and (row := row_of(u, "uz")) and row.origin == "catalogue")
    assert state_of(unit, row_of(unit, "uz")) == WordState.UNCHECKED
    rewritten = dataclasses.replace(unit, source_hash="0" * 64)
    assert state_of(rewritten, row_of(unit, "uz")) == WordState.OUTDATED
    assert not Translation.objects.exists()


def test_all_is_published_anew_as_it_stands(opened):
    a_listing()
    unit = unit_of("service", "title")
    written(translator("vera"), unit, TITLE)
    there = list(PublicWording.objects.values())
    PublicWording.objects.all().delete()
    publish_all()
    assert [{**row, "changed_at": 0} for row in PublicWording.objects.values()] == [
        {**row, "changed_at": 0} for row in there
    ]


def test_a_page_in_russian_asks_nothing_more(client, opened, django_assert_num_queries):
    listing = a_listing()
    text_of(client, listing, "ru")
    with connection.execute_wrapper(_refuse_wording):
        text_of(client, listing, "ru")


def _refuse_wording(execute, sql, *args):
    assert "publicwording" not in sql
    return execute(sql, *args)


def test_a_sound_text_only(opened):
    a_listing()
    with pytest.raises(NotSoundError):
        written(translator("vera"), unit_of("service", "documents_note"), "Возьмите с собой паспорт.")
    assert not Translation.objects.exists() and DirectoryTerm.objects.exists() and Organization.objects.exists()
