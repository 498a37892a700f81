"""What a person keeps of the map: theirs alone, by ids and codes, so many and so long, and one letter a week."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from core import clock
from core.errors import WrongState
from core.tests.shared import shared
from directory.asking.filters import Filters
from directory.geometry import Near
from messaging.letters import write
from messaging.models import Lane, Message, MessageState
from messaging.services import choose_rhythm
from personal import letters, services
from personal.models import Follow, Selection
from verification import services as verification
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 1, 12, 8, tzinfo=dt.UTC)
IN_GEORGIA = Filters(country=("GE",))


def make_world():
    with clock.travel(START):
        house = scenarios.organization()
        place = scenarios.place(house)
        rows = [scenarios.published(place, title=f"Услуга {number}") for number in range(2)]
        other = scenarios.person(scenarios.organization())
        return {"house": house, "place": place, "rows": rows, "person": scenarios.person(house), "other": other}


_ground, world = shared(make_world)


@pytest.fixture(autouse=True)
def on_monday():
    with clock.travel(START):
        yield


def in_weeks(number: int) -> dt.datetime:
    return START + dt.timedelta(weeks=number)


def letter_of_week(number: int):
    """What leaves in that week, and its row; None where nothing does."""
    with clock.travel(in_weeks(number)):
        letters.write_weekly()
        message = Message.objects.filter(kind=letters.FOLLOWED).order_by("pk").last()
        return (write(message) if message else None), message


def test_a_selection_has_a_number_and_a_country_and_is_its_owners(world):
    ids = [row.public_id for row in world["rows"]]
    first = services.keep(owner=world["person"], ids=ids, country="GE")
    assert services.keep(owner=world["person"], ids=ids, country="GE") == first
    second = services.keep(owner=world["person"], ids=ids)
    assert [first.number, second.number, second.country] == [1, 2, ""]
    assert services.keep(owner=world["other"], ids=ids).number == 1
    assert services.forget(owner=world["other"], selection=first.public_id) == 0
    assert services.forget(owner=world["person"], selection=first.public_id) == 1
    for wrong in ({"ids": []}, {"ids": ids, "country": "<x>"}):
        with pytest.raises(WrongState):
            services.keep(owner=world["person"], **wrong)
    for number in range(services.MOST_SELECTIONS - 1):
        services.keep(owner=world["person"], ids=[ids[0], f"aaaaaaaa{number:02d}"])
    with pytest.raises(WrongState):
        services.keep(owner=world["person"], ids=ids, country="KZ")
    with clock.travel(START + dt.timedelta(days=181)):
        assert letters.forget_selections() == services.MOST_SELECTIONS + 1


def test_a_followed_search_is_conditions_and_neither_words_nor_a_position(world):
    near = Filters(country=("GE",), near=Near(lat=41.7, lon=44.8, radius_km=5))
    row = services.follow(owner=world["person"], filters=near)
    assert row.conditions == "country=GE" and set(row.known) == {one.public_id for one in world["rows"]}
    assert services.follow(owner=world["person"], filters=IN_GEORGIA) == row
    with pytest.raises(WrongState):
        services.follow(owner=world["person"], filters=Filters())
    with pytest.raises(ValidationError):
        Follow(owner=world["person"], conditions="q=мой клиент").full_clean()
    with clock.travel(START + dt.timedelta(days=366)):
        assert letters.forget_follows() == 1


def test_a_letter_counts_what_is_new_and_gone_and_none_comes_when_nothing_is(world):
    services.follow(owner=world["person"], filters=IN_GEORGIA)
    letter, _message = letter_of_week(1)
    assert letter is None
    with clock.travel(in_weeks(1)):
        new = scenarios.published(world["place"], title="Канарейка")
        verification.hide(listing=world["rows"][0], actor=world["person"], reason="ремонт")
    letter, message = letter_of_week(2)
    assert (
        letter and "новых — 1, больше нет — 1" in letter.text and letter.subject == "Что изменилось на карте за неделю"
    )
    assert "Канарейка" not in letter.text and new.public_id not in letter.text and "GE" not in letter.text
    with clock.travel(in_weeks(2)):
        assert write(message).text == letter.text  # a letter that is tried again says the same
        assert letters.write_weekly() == 0
    assert Follow.objects.get().new == [new.public_id] and Follow.objects.get().gone == 1
    assert letter_of_week(3)[0] is None
    assert message.lane == Lane.UPKEEP


def test_a_letter_says_nothing_of_what_its_reader_may_not_see_when_it_leaves(world):
    services.follow(owner=world["other"], filters=IN_GEORGIA)
    with clock.travel(in_weeks(1)):
        scenarios.published(world["place"], title="Для своих", visibility="circle")
        for row in Follow.objects.filter(owner=world["other"]):
            assert len(services.fitting(row.owner, letters.filters_of(row))) == 2
    with clock.travel(in_weeks(1)):
        scenarios.published(world["place"], title="Ещё одна")
        letters.write_weekly()
        message = Message.objects.get(kind=letters.FOLLOWED)
        world["other"].memberships.all().delete()
        message.refresh_from_db()
        assert write(message) is None


def test_silence_and_a_full_month_come_before_news(world):
    services.follow(owner=world["person"], filters=IN_GEORGIA)
    post = letters.post_of(world["person"])
    rows = [
        Message(
            kind="due", correspondent=post, address=world["person"].email, dedupe_key=f"due:{number}",
            not_before=START, state=MessageState.SENT, claimed_at=START,
            sent_at=START, attempts=1,
        )
        for number in range(letters.ROOM)
    ]  # fmt: skip
    Message.objects.bulk_create(rows)
    assert letters.write_weekly() == 0
    Message.objects.filter(kind="due").update(created_at=START - dt.timedelta(days=40))
    assert letters.write_weekly() == 1 and letters.write_weekly() == 0
    scenarios.person(world["house"])  # somebody else is in charge as well
    choose_rhythm(correspondent=letters.post_of(world["person"]), rhythm="never")
    with clock.travel(in_weeks(1)):
        assert letters.write_weekly() == 0


def test_the_page_shows_ones_own_and_ends_them_by_a_press(world):
    client, stranger = Client(), Client()
    client.force_login(world["person"])
    stranger.force_login(world["other"])
    ids = ",".join(row.public_id for row in world["rows"])
    client.post("/ru/workspace/own/keep/", {"ids": ids, "country": "GE"})
    client.post("/ru/workspace/own/follow/", {"country": "GE", "q": "слова клиента"})
    page = client.get("/ru/workspace/own/").content.decode()
    for told in (f"/ru/members/list/#{ids}", "Подборка 1", "/ru/members/?country=GE", "Грузия"):
        assert told in page, told
    assert "слова клиента" not in page and "слова" not in Follow.objects.get().conditions
    kept, followed = Selection.objects.get().public_id, Follow.objects.get().public_id
    ends = (f"/ru/workspace/own/selections/{kept}/delete/", f"/ru/workspace/own/follows/{followed}/end/")
    assert "#" + ids not in stranger.get("/ru/workspace/own/").content.decode()
    assert [stranger.post(end).status_code for end in ends] == [404, 404]
    assert [client.post(end).status_code for end in ends] == [302, 302]
    assert not Selection.objects.exists() and not Follow.objects.exists()
    wrong = client.post("/ru/workspace/own/follow/", {"country": "Нигде"}, follow=True)
    assert wrong.status_code == 200 and "Нигде" in wrong.content.decode() and not Follow.objects.exists()
