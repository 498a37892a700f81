"""The feed of changes says what kind each is, in words and as a code, and of what is gone nothing but its address."""

from __future__ import annotations

import datetime as dt
import json
from xml.etree import ElementTree as ET

import pytest

from core import clock
from directory.models import PublicListing
from directory.stores import store
from directory.tests.factories import publish
from verification import editing
from verification import services as verification
from verification.tests import scenarios
from verification.upkeep.rebuild import compare, rebuild

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
DAY = dt.timedelta(days=1)


def told(client, language="ru"):
    """(kind, word, title, summary) of each entry, and that both feeds say the same."""
    items = json.loads(client.get(f"/{language}/data/changes.json").content)["items"]
    root = ET.fromstring(client.get(f"/{language}/data/changes.atom").content)
    found = []
    for item, entry in zip(items, root.findall(f"{ATOM}entry"), strict=True):
        category = entry.find(f"{ATOM}category")
        kind, word = ("", "") if category is None else (category.get("term"), category.get("label"))
        assert item.get("_change", {"kind": ""})["kind"] == kind and item.get("tags", [""]) == [word]
        assert entry.find(f"{ATOM}title").text == item["title"]
        assert entry.find(f"{ATOM}updated").text == item["date_modified"]
        found.append((kind, word, item["title"], item["content_text"]))
    return found


def kinds(client):
    return [kind for kind, *_rest in told(client)]


def again(row, **fields):
    """Sent and approved once more."""
    scenarios.rename(row, **fields)
    verification.approve(review=verification.submit(listing=row, actor=None), actor=scenarios.verifier())


def test_new_then_changed_then_checked_anew(client):
    row = scenarios.published(on=clock.today() - 10 * DAY)
    assert told(client)[0][:3] == ("new", "Новое", "Тест на ВИЧ") and told(client, "en")[0][1] == "New"
    with clock.travel(clock.now() - 5 * DAY):
        again(row, title="Тест на сифилис")
    ((kind, word, title, about),) = told(client)
    assert (kind, word, title) == ("changed", "Изменилось", "Тест на сифилис") and about.startswith("Изменилось. ")
    verification.confirm_unchanged(listing=row, actor=None)
    assert told(client)[0][:2] == ("checked", "Проверено заново")
    with clock.travel(clock.now() + DAY):
        again(row, title="Тест")
        assert kinds(client) == ["changed"]


def test_a_word_about_whether_it_works_is_no_change_of_kind(client):
    row = scenarios.published(on=clock.today() - 10 * DAY)
    verification.set_operation(listing=row, actor=None, operation="paused")
    assert kinds(client) == ["new"]


def test_what_nobody_has_checked_in_time_is_gone_and_says_no_more_than_its_address(client):
    row = scenarios.published(title="Тайное слово")
    path = json.loads(client.get("/ru/data/changes.json").content)["items"][0]["url"]
    state = PublicListing.objects.get(pk=row.public_id)
    with clock.travel(dt.datetime.combine(state.hides_on + 2 * DAY, dt.time(12), dt.UTC)):
        assert told(client) == [
            ("gone", "Больше не на карте", "Услуга, которой больше нет на карте", "Больше не на карте")
        ]
        text = "".join(client.get(f"/ru/data/changes.{form}").content.decode() for form in ("json", "atom"))
        assert path in text
        for word in ("Тайное", row.service.organization.name, "Тбилиси", "Речная", "212 34 56"):
            assert word not in text
        moment = json.loads(client.get("/ru/data/changes.json").content)["items"][0]["date_modified"]
        began = dt.datetime.combine(state.hides_on, dt.time(), clock.zone(state.timezone))
        assert dt.datetime.fromisoformat(moment) == began


@pytest.mark.parametrize("way", ["hide", "take_down", "narrow", "blur", "close"])
def test_of_what_people_take_off_the_feed_keeps_no_sign(client, way):
    row = scenarios.published()
    if way == "hide":
        verification.hide(listing=row, actor=None, reason="Рейды")
    elif way == "take_down":
        verification.take_down(actor=scenarios.coordinator(), location=row.location, reason="Рейды")
    elif way == "close":
        verification.set_operation(listing=row, actor=None, operation="closed")
    else:
        row.location.refresh_from_db()
        shown = {"visibility": "members"} if way == "narrow" else {"public_precision": "settlement"}
        editing.update_location(actor=None, location=row.location, expected_version=row.location.version, **shown)
    assert told(client) == []
    assert row.public_id not in client.get("/ru/data/changes.json").content.decode()


def test_the_latest_comes_first_whatever_it_is(client):
    old = scenarios.published(on=clock.today() - 20 * DAY, title="Раньше")
    scenarios.published(on=clock.today() - 10 * DAY, title="Позже")
    assert [title for _kind, _word, title, _about in told(client)] == ["Позже", "Раньше"]
    verification.confirm_unchanged(listing=old, actor=None)
    assert [(kind, title) for kind, _word, title, _about in told(client)] == [("checked", "Раньше"), ("new", "Позже")]


def test_a_directory_that_is_made_anew_tells_the_same(client):
    row = scenarios.published(on=clock.today() - 10 * DAY)
    with clock.travel(clock.now() - 5 * DAY):
        again(row, title="Иначе")
    before = told(client)
    rebuild()
    assert told(client) == before and before[0][0] == "changed" and not compare()


def test_of_a_row_older_than_the_column_no_kind_is_claimed_until_it_is_published_again(client):
    made = publish(texts={"title": "Давно"})
    PublicListing.objects.update(first_published_at=None, checked_on=clock.today() - DAY, confirmed_on=None)
    assert kinds(client) == [""]
    row = {"id": made.id, "published_at": clock.now()}
    (told_anew,) = store._with_first([row])
    assert told_anew["first_published_at"] == PublicListing.objects.get().published_at
