"""Campaigns ask every owner once, inside everybody's pace, and keep what came of each listing."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from core import clock
from core.errors import NotAllowed, WrongState
from core.tests.shared import shared
from messaging.dispatch import dispatch
from messaging.models import Message
from verification import answering, editing
from verification import services as verification
from verification.campaigns import running
from verification.campaigns.running import CampaignScope
from verification.campaigns.tasks import asks_of, progress, tasks_of
from verification.letters.occasions.campaigns import preview_letters
from verification.models import Campaign
from verification.tests import scenarios
from verification.upkeep import rounds

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
#: A Tuesday, noon in Tbilisi. What was checked on it is not due before autumn.
NOW = dt.datetime(2026, 3, 3, 8, tzinfo=dt.UTC)


def make_owner():
    """An editor of two listings that were checked last week, and a coordinator of another organisation."""
    organization = scenarios.organization("Мост")
    person = scenarios.person(organization)
    person.organization = organization
    place = scenarios.place(organization)
    person.rows = [
        scenarios.published(place, on=NOW - 7 * DAY, title=title, types=[kind])
        for title, kind in (("Тест", "hiv_rapid_test"), ("Юрист", "asylum_protection"))
    ]
    person.coordinator = scenarios.coordinator()
    return person


_ground, owner = shared(make_owner, "owner")


@pytest.fixture(autouse=True)
def tuesday():
    with clock.travel(NOW):
        yield


def start(owner, *, days=20, at=NOW, name="Перед зимой", **scope):
    with clock.travel(at):
        today = clock.today()
        return running.start_campaign(
            actor=owner.coordinator, name=name, why="Скоро снег.", starts_on=today, ends_on=today + days * DAY,
            scope=CampaignScope(**scope),
        )  # fmt: skip


def letters(at=NOW):
    """One round of the worker at that moment; the letters that left."""
    before = len(mail.outbox)
    with clock.travel(at):
        rounds.run_often()
        dispatch()
    return mail.outbox[before:]


def asked_in(letter):
    """The token of a letter's link, and the lines of its page: the letter itself names no service."""
    token = re.search(r"/([\w-]{32})/", letter.body)[1]
    return token, answering.lines_of(answering.find_link(token))


def came(campaign):
    return {task.listing.service.title: task.came for task in tasks_of(campaign)}


def test_every_owner_gets_one_letter_whose_link_opens_exactly_these(owner):
    start(owner, types=["hiv_rapid_test"])
    (letter,) = letters()
    assert letter.to == [owner.email] and "– Тбилиси: 1 услуга, посмотреть до 23 марта 2026" in letter.body
    assert "Координатор сети просит" in letter.body
    for word in ("Тест", "Юрист", "снег", "Перед зимой"):
        assert word not in letter.body
    token, lines = asked_in(letter)
    assert [line.item.listing_id for line in lines] == [owner.rows[0].pk]
    assert letters(NOW + 8 * DAY) == []
    (ask,) = asks_of(owner.organization)
    assert ask.listings == {owner.rows[0].pk}
    with clock.travel(NOW + DAY):
        answering.confirm(token=token, items=[line.item.public_id for line in lines])
        assert asks_of(owner.organization) == [] and progress(ask.campaign).by_outcome == {"confirmed": 1}
        assert progress(ask.campaign).by_method == {"link": 1}


def test_what_a_campaign_asks_joins_the_letter_that_is_due_anyway(owner):
    with clock.travel(dt.datetime(2026, 8, 10, 8, tzinfo=dt.UTC)):
        at = clock.now()
    start(owner, at=at, types=["asylum_protection"])
    (letter,) = letters(at)
    assert "– Тбилиси: 2 услуги, первую посмотреть до" in letter.body and "1 услугу. Зачем" in letter.body
    assert {line.item.listing_id for line in asked_in(letter)[1]} == {row.pk for row in owner.rows}
    assert letters(at + DAY) == []


def test_two_campaigns_that_overlap_ask_once(owner):
    first, second = start(owner), start(owner, at=NOW + 8 * DAY, days=30, name="Для оценки")
    assert len(letters(NOW)) == 1
    assert letters(NOW + 8 * DAY) == [] and letters(NOW + 15 * DAY) == []
    with clock.travel(NOW + 16 * DAY):
        (ask,) = asks_of(owner.organization)
        assert ask.campaign == first and len(ask.listings) == 2
        verification.confirm_unchanged(listing=owner.rows[0], actor=owner)
        assert [progress(campaign).done for campaign in (first, second)] == [1, 1]
    assert letters(NOW + 25 * DAY) == []  # the first is over, and had asked


def test_what_was_written_before_its_first_day_does_not_count_as_asking(owner):
    at = dt.datetime(2026, 7, 27, 8, tzinfo=dt.UTC)  # the first reminder by the clock; the second is on 10 August
    with clock.travel(at):
        today = clock.today()
        running.start_campaign(
            actor=owner.coordinator, name="Осень", starts_on=today + 8 * DAY, ends_on=today + 40 * DAY
        )
    assert len(letters(at)) == 1 and letters(at + 7 * DAY) == []
    (letter,) = letters(at + 8 * DAY)
    assert "Координатор сети просит" in letter.body


def test_the_silent_are_reminded_at_most_once_a_week(owner):
    campaign = start(owner, days=60)
    letters()
    with clock.travel(NOW + 3 * DAY), pytest.raises(WrongState):
        running.remind_silent(campaign=campaign, actor=owner.coordinator)
    with clock.travel(NOW + 9 * DAY):
        verification.confirm_unchanged(listing=owner.rows[0], actor=owner)
        running.remind_silent(campaign=campaign, actor=owner.coordinator)
    (letter,) = letters(NOW + 9 * DAY)
    assert "– Тбилиси: 1 услуга, посмотреть до 2 мая 2026" in letter.body
    assert [line.item.listing_id for line in asked_in(letter)[1]] == [owner.rows[1].pk]
    assert letters(NOW + 20 * DAY) == []


def test_what_came_of_each_listing(owner):
    place = owner.rows[0].location
    for title in ("Ушла", "Правка", "Звонили"):
        owner.rows.append(scenarios.published(place, on=NOW - 7 * DAY, title=title))
    campaign = start(owner)
    with clock.travel(NOW + DAY):
        verification.hide(listing=owner.rows[2], actor=owner, reason="Закрылись")
        scenarios.rename(owner.rows[3], text="Вход со двора.")
        verification.submit(listing=owner.rows[3], actor=owner)
        verification.record_check(
            listing=owner.rows[4], actor=scenarios.verifier(), method="call", outcome="unreachable"
        )
        verification.record_check(listing=owner.rows[0], actor=scenarios.verifier(), method="call")
    found = {"Тест": "confirmed", "Юрист": "silent", "Ушла": "closed", "Правка": "changed", "Звонили": "unreachable"}
    assert came(campaign) == found
    assert (progress(campaign).done, progress(campaign).total) == (3, 5)


def test_a_check_from_before_the_beginning_does_not_count(owner):
    verification.confirm_unchanged(listing=owner.rows[0], actor=owner)
    campaign = start(owner, at=NOW + dt.timedelta(hours=1))
    assert set(came(campaign).values()) == {"silent"}


def test_the_end_is_written_down_and_stays(owner):
    campaign = start(owner, days=5)
    with clock.travel(NOW + 2 * DAY):
        verification.confirm_unchanged(listing=owner.rows[0], actor=owner)
    with clock.travel(NOW + 7 * DAY):
        assert running.close_over() == 1 and running.close_over() == 0
        verification.confirm_unchanged(listing=owner.rows[1], actor=owner)
        assert came(campaign) == {"Тест": "confirmed", "Юрист": "silent"}
        assert letters(NOW + 7 * DAY) == []


def test_who_was_asked_and_is_silent_hears_that_it_was_stopped(owner):
    campaign = start(owner, days=30)
    letters()
    with clock.travel(NOW + 8 * DAY):
        running.stop(campaign=campaign, actor=owner.coordinator)
        with pytest.raises(WrongState):
            running.stop(campaign=campaign, actor=owner.coordinator)
        assert asks_of(owner.organization) == []
    (letter,) = letters(NOW + 8 * DAY)
    assert letter.to == [owner.email] and "больше никто не ждёт" in letter.subject
    assert "снег" not in letter.body and letters(NOW + 20 * DAY) == []


def test_a_campaign_that_was_stopped_before_its_letters_left_writes_none(owner):
    campaign = start(owner)
    with clock.travel(NOW):
        rounds.run_often()
        running.stop(campaign=campaign, actor=owner.coordinator)
        dispatch()
    assert mail.outbox == [] and Message.objects.get(kind="due").state == "cancelled"


def test_it_is_extended_widened_and_narrowed(owner):
    other = scenarios.published(title="Чужая")
    campaign = start(owner, organizations=[owner.organization.slug])
    slug = other.service.organization.slug
    assert running.add(campaign=campaign, actor=owner.coordinator, organizations=[slug]) == 1
    assert running.add(campaign=campaign, actor=owner.coordinator, organizations=[slug]) == 0
    assert running.take_out(campaign=campaign, actor=owner.coordinator, listings=[owner.rows[0].public_id]) == 1
    assert sorted(came(campaign)) == ["Чужая", "Юрист"]
    running.extend(campaign=campaign, actor=owner.coordinator, ends_on=clock.today() + 90 * DAY)
    assert Campaign.objects.get().ends_on == clock.today() + 90 * DAY
    with pytest.raises(ValidationError):
        running.extend(campaign=campaign, actor=owner.coordinator, ends_on=clock.today() - DAY)


def test_only_coordinators_of_its_countries_touch_it(owner):
    campaign = start(owner, countries=["GE"])
    elsewhere = scenarios.coordinator()
    elsewhere.countries = ["PL"]
    elsewhere.save()
    steps = {
        "remind_silent": {}, "extend": {"ends_on": clock.today()}, "add": {"organizations": []},
        "take_out": {"listings": []}, "stop": {},
    }  # fmt: skip
    for step, values in steps.items():
        for person in (owner, elsewhere):
            with pytest.raises(NotAllowed):
                getattr(running, step)(campaign=campaign, actor=person, **values)


def test_the_preview_counts_letters_inside_the_pace_and_names_whom_none_reaches(owner):
    lost = scenarios.published(title="Потерянная")
    found = preview_letters(CampaignScope())
    assert (found.now, found.later) == (1, 0) and found.unreachable == (lost.service.organization.name,)
    start(owner, days=30)
    letters()
    with clock.travel(NOW + 2 * DAY):
        found = preview_letters(CampaignScope())
    assert (found.now, found.later) == (0, 1)


def test_a_listing_that_closed_is_asked_about_no_more(owner):
    start(owner)
    service = owner.rows[0].service
    editing.update_service(actor=owner, service=service, expected_version=service.version, operation="closed")
    (ask,) = asks_of(owner.organization)
    assert ask.listings == {owner.rows[1].pk}
