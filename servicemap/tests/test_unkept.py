"""The address of a place is not kept: after the press it stands in no table, and nothing else of the place is lost."""

from __future__ import annotations

import os
import time

import pytest
from django.contrib.gis.geos import Point
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from procrastinate.contrib.django import app

from core import clock
from core.errors import NotAllowed, StaleWrite, WrongState
from directory.access import circles_open
from directory.index import keeper
from directory.tables.listings import MemberListing, PublicListing
from directory.vocabulary import vocabulary
from exchange.models import BookImport, ForeignList, ForeignSource
from exchange.sources import keeping, working
from exchange.tests.directories import OLD, zipped
from organizations.models import Location
from organizations.models.organization import Visibility
from reading.booklets.files import GRACE
from reading.exports import files as exports
from servicemap.tests.test_retention import everything
from servicemap.upkeep import retention
from translations.models import Translation
from translations.tests.makers import translator, unit_of, written
from verification import services as verification
from verification.editing import keep_address_again, stop_keeping_address, update_location
from verification.models import Report, Review, Snapshot
from verification.snapshots import freeze
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
STREET, WAY, ENGLISH = "ул. Канареечная, 17", "Вход со двора, синяя дверь за аркой", "17 Kanareika street"
POINT = Point(44.812345, 41.712345, srid=4326)
#: None of these may be read in a dump of the database.
CANARIES = ("анареечн", "синяя дверь", "anareika", "44.812345", "41.712345", "44.8123", POINT.hex.decode()[-32:])
TBILISI = "611717"


@pytest.fixture
def own():
    return scenarios.organization("Мост", slug="most")


@pytest.fixture
def owner(own):
    return scenarios.person(own, "manager")


@pytest.fixture
def place(own):
    return scenarios.place(
        own, address=STREET, address_en=ENGLISH, directions=WAY, point=POINT, place_code=TBILISI, district="Сабуртало",
        visibility="members", public_precision="settlement", member_precision="exact",
    )  # fmt: skip


@pytest.fixture
def listing(place, owner):
    """On the map, with a history: an older address, a review that waits, words of people about it, a file."""
    row = scenarios.published(place, method="call")
    update_location(actor=owner, location=place, expected_version=place.version, address=f"{STREET}, корп. 2")
    verification.submit(listing=row, actor=owner, message=f"Дом тот же: {STREET}")
    words = f"По адресу {STREET.upper()} закрыто"
    Report.objects.create(listing=row, kind="address", text=words, code_hash="c", due_at=row.created_at)
    entry = {"place": {"id": place.public_id, "address": STREET, "point": [44.812345, 41.712345]}}
    BookImport.objects.create(user=owner, rows=[entry], expires_at=row.created_at)
    ForeignList.objects.create(user=owner, organization=place.organization, rows=[[STREET]], expires_at=row.created_at)
    return row


def stop(place: Location, actor: object) -> Location:
    place.refresh_from_db()
    return stop_keeping_address(actor=actor, location=place, expected_version=place.version)


def found() -> list[str]:
    with circles_open():
        text = everything().lower()
    return [word for word in CANARIES if word.lower() in text]


def test_the_canaries_are_there_before(listing):
    assert found() == [word for word in CANARIES if word != "44.8123"] or found() == list(CANARIES)


def test_afterwards_where_the_door_is_stands_in_no_table(place, listing, owner):
    stop(place, owner)
    assert found() == []


def test_no_copy_on_the_disk_outlives_the_press(own, owner, settings, tmp_path, django_capture_on_commit_callbacks):
    settings.BOOKLETS_DIR, settings.INDEX_DIR = str(tmp_path / "booklets"), str(tmp_path / "index")
    settings.EXPORTS_DIR = str(tmp_path / "exports")
    place = scenarios.place(own, address=STREET, point=POINT, place_code=TBILISI)
    scenarios.published(place, method="call")
    (tmp_path / "booklets").mkdir()
    (tmp_path / "booklets" / "any.7").write_text(STREET)
    exports._folder().mkdir(parents=True)
    (exports._folder() / "any-file.csv").write_text(STREET)
    before = [keeper.folder() / f"{audience}-{keeper.look(audience)[0]:016x}" for audience in ("public", "members")]
    for path in before:
        path.mkdir(parents=True)
    assert keeper.forget_old() == 0, "those of the present revision stay"
    with django_capture_on_commit_callbacks(execute=True):
        stop(place, owner)
        assert all(path.exists() for path in before), "a press that fails has forgotten nothing"
    assert not any(path.exists() for path in before) and not list(exports._folder().iterdir())
    assert not list((tmp_path / "booklets").iterdir())


def test_the_worker_forgets_booklets_and_files_of_revisions_that_are_over(own, settings, tmp_path):
    settings.BOOKLETS_DIR, settings.INDEX_DIR = str(tmp_path / "booklets"), str(tmp_path / "none")
    settings.EXPORTS_DIR = str(tmp_path / "exports")
    booklets, kept = tmp_path / "booklets", exports._folder()
    scenarios.published(scenarios.place(own, address=STREET, point=POINT, place_code=TBILISI), method="call")
    present = vocabulary("public").revision
    held = kept / f"{exports._when(keeper.look('public')[0], clock.now())}-which.csv"
    for path in (booklets / f"held.{present}", booklets / f"over.{present - 1}", held, kept / "over-which.csv"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(STREET)
        os.utime(path, (time.time() - GRACE - 60,) * 2)
    assert retention.run()["copies of earlier revisions"] == 2
    assert [*booklets.iterdir(), *kept.glob("*.csv")] == [booklets / f"held.{present}", held]
    assert "servicemap.tasks.forget_copies" in {one.task.name for one in app.periodic_registry.periodic_tasks.values()}


def test_what_else_is_known_stays_and_nothing_waits_for_a_second_person(place, listing, owner):
    before = Review.objects.get(listing=listing, state="submitted")
    saved = stop(place, owner)
    assert (saved.city, saved.place_code, saved.member_precision) == ("Тбилиси", TBILISI, "settlement")
    with circles_open():
        shown = MemberListing.objects.get(id=listing.public_id)
    assert shown.precision == "settlement" and shown.content["ru"]["city"] == "Тбилиси"
    assert Review.objects.get(pk=before.pk).state == "submitted"
    listing.refresh_from_db()
    listing.state.refresh_from_db()
    assert listing.state.published.says(freeze(listing)) and listing.state.level == 2


def test_every_frozen_content_keeps_its_hash_true(place, listing, owner):
    from verification.snapshots import content_hash

    stop(place, owner)
    assert all(row.content_hash == content_hash(row.content) for row in Snapshot.objects.filter(listing=listing))


def test_a_public_place_is_shown_by_its_city_at_once(own, owner):
    place = scenarios.place(own, address=STREET, point=POINT, place_code=TBILISI)
    listing = scenarios.published(place, method="call")
    assert PublicListing.objects.get(id=listing.public_id).content["ru"]["address"] == STREET
    stop(place, owner)
    shown = PublicListing.objects.get(id=listing.public_id)
    assert shown.precision == "settlement" and "address" not in shown.content["ru"]


def test_a_village_that_no_list_knows_is_shown_by_its_country(own, owner):
    place = scenarios.place(own, address=STREET, city="Нигдеево", public_precision="district", point=POINT)
    saved = stop(place, owner)
    assert (saved.public_precision, saved.member_precision, saved.settlement_point) == ("country", "country", None)


@pytest.mark.parametrize(
    "again",
    [
        {"address": STREET}, {"point": POINT}, {"directions": WAY}, {"address_en": ENGLISH}, {"district": "Вере"},
        {"member_precision": "district"},
    ],
)  # fmt: skip
def test_nothing_that_says_where_the_door_is_can_be_written_until_it_is_kept_again(place, owner, again):
    saved = stop(place, owner)
    with pytest.raises(ValidationError):
        update_location(actor=owner, location=saved, expected_version=saved.version, **again)
    place.refresh_from_db()
    kept = keep_address_again(actor=owner, location=place, expected_version=place.version)
    wider = {"point": POINT} if "member_precision" in again else {}
    update_location(actor=owner, location=kept, expected_version=kept.version, **again, **wider)
    with pytest.raises(WrongState):
        keep_address_again(actor=owner, location=kept, expected_version=kept.version)


def test_the_database_itself_refuses(place, owner):
    stop(place, owner)
    for column, value in (("address", STREET), ("i18n", f'{{"address_en": "{ENGLISH}"}}'), ("transit", "метро")):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE organizations_location SET {column} = %s WHERE id = %s", [value, place.pk])


def test_only_the_organisation_itself_decides_and_on_the_newest_version(place, listing, owner):
    for somebody in (scenarios.coordinator(), scenarios.person(scenarios.organization())):
        with pytest.raises(NotAllowed):
            stop(place, somebody)
    with pytest.raises(StaleWrite):
        stop_keeping_address(actor=owner, location=place, expected_version=99)
    assert found()


def test_places_of_others_at_the_same_door_keep_theirs(place, listing, owner):
    other = scenarios.place(scenarios.organization(), address=STREET, point=POINT)
    scenarios.published(other)
    stop(place, owner)
    other.refresh_from_db()
    assert other.address == STREET and other.visibility == Visibility.PUBLIC


def test_what_translators_were_given_of_the_door_goes_too(own, owner):
    """The text in another language, what it was translated from, and the history of both."""
    place = scenarios.place(own, address=STREET, directions=WAY, point=POINT, place_code=TBILISI)
    listing = scenarios.published(place, method="call", eligibility_note=f"Мы переехали: {STREET}")
    vera = translator("vera")
    written(vera, unit_of("place", "directions"), "Hovli tomondan, koʻk eshik")
    written(vera, unit_of("place", "directions"), "Hovlidan, koʻk eshikdan")
    written(vera, unit_of("service", "title"), "OIV testi")
    written(vera, unit_of("service", "eligibility_note"), "Manzilimiz oʻzgardi: Kanareika koʻchasi, 17")
    scenarios.rename(listing, eligibility_note="Мы переехали")
    stop(place, owner)
    told = list(Translation.objects.values_list("field", flat=True))
    history = set(Translation.pgh_event_model.objects.values_list("field", flat=True))
    assert told == ["title"] and history == {"title"}
    with circles_open():
        text = everything().lower()
    assert "koʻk eshik" not in text and "kanareika koʻchasi" not in text and WAY.lower() not in text


def read_there(source, door: str, pin: str = "41.712345,44.812345"):
    """A package of the directory, compared with what is here."""
    tables = OLD | {
        "location.csv": f"id,organization_id,name,latitude,longitude,description\nl1,o1,Centre,{pin},{WAY}\n",
        "physical_address.csv": f'id,location_id,address_1,city,country\na,l1,"{door}",Тбилиси,GE',
    }
    reading = keeping.read_file(source, zipped(tables), 5000, lambda *_given: None)
    working.work(reading.pk)
    reading.refresh_from_db()
    return reading


def write(reading):
    keeping.apply(reading, lambda *_given: None)
    working.work(reading.pk)
    reading.refresh_from_db()
    return reading


def test_another_directory_neither_keeps_it_nor_brings_it_back():
    choices = {"Theirs|t1": "types.hiv_rapid_test"}
    source = ForeignSource.objects.create(title="Theirs", language="ru", country="GE", choices=choices)
    write(read_there(source, STREET))
    place = Location.objects.get(source=source.code)
    moved = read_there(source, "Соседняя канареечная 9", "41.71234567,44.81234567")
    assert found() and moved.results[0]["changes"]
    stop(place, None)
    assert found() == []
    again = read_there(source, STREET)
    assert (again.counts, found()) == ({"unchanged": 1}, [])
    write(again)
    place.refresh_from_db()
    assert (place.address, place.point, place.city, found()) == ("", None, "Тбилиси", [])
