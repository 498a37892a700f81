"""The address of a place is not kept: after the press it stands in no table, and nothing else of the place is lost."""

from __future__ import annotations

import pytest
from django.contrib.gis.geos import Point
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from core.errors import NotAllowed, StaleWrite, WrongState
from directory.access import circles_open
from directory.listings import MemberListing, PublicListing
from exchange.models import BookImport, ForeignList, ForeignSource
from exchange.sources import keeping, working
from exchange.tests.directories import OLD, zipped
from organizations.models import Location
from organizations.models.organization import Visibility
from servicemap.tests.test_retention import everything
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
