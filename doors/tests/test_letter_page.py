"""The page behind the link of a letter: looking changes nothing, one press records what was said."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest
from django.core import mail

from core import clock
from doors.tests.letters import CHECKED, NOW, items_of, link_of, owner_with, page_of
from messaging.dispatch import dispatch
from messaging.letters import rhythm_address
from messaging.models import Message, Rhythm
from messaging.people import correspondents_for
from organizations.models import Membership
from services.models import ServiceAtLocation
from verification import services as verification
from verification.models import Check, CheckOutcome, ConfirmationLink, ListingState
from verification.tests import scenarios

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def summer():
    """A day after the listings fell due; in Tbilisi it is noon of a Monday."""
    with clock.travel(NOW):
        yield


def snapshot_of_everything() -> tuple:
    """All that an answer could move."""
    states = list(ListingState.objects.order_by("pk").values_list("pk", "version", "due_on", "level"))
    return states, Check.objects.count(), list(ConfirmationLink.objects.values_list("first_used_at", flat=True))


def test_looking_changes_nothing_however_often(client):
    token = link_of(owner_with("Тест", "Консультация"))
    before = snapshot_of_everything()
    for _scan in range(20):
        assert client.get(f"/ru/confirm/{token}/").status_code == 200
        assert client.head(f"/en/confirm/{token}/").status_code == 200
        assert client.get(f"/ru/confirm/{token}/answer/").status_code == 405
        assert client.get(f"/ru/confirm/{token}/undo/").status_code == 405
    assert snapshot_of_everything() == before


def test_the_page_shows_what_people_rely_on_and_travels_nowhere(client):
    token = link_of(owner_with("Тест на ВИЧ"))
    answer = client.get(f"/ru/confirm/{token}/")
    text = html.unescape(answer.content.decode())
    for fact in ("+995 32 212 34 56", "10:00–18:00", "ул. Речная, 5", "Тест на ВИЧ"):
        assert fact in text
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in answer["Cache-Control"]
    assert set(answer.cookies) <= {"csrftoken"}


def test_an_address_that_the_public_may_not_know_is_not_on_the_page():
    person = owner_with("Приют", visibility="members")
    assert "Речная" not in page_of(link_of(person))


def test_twenty_listings_are_confirmed_by_one_press_each_with_its_own_record(client):
    person = owner_with(*[f"Услуга {number}" for number in range(20)])
    token = link_of(person)
    answer = client.post(f"/ru/confirm/{token}/answer/", {"item": items_of(token)})
    assert (answer.status_code, answer["Location"]) == (302, f"/ru/confirm/{token}/")
    checks = Check.objects.filter(method="link")
    assert sorted(checks.values_list("listing", flat=True)) == sorted(row.pk for row in person.rows)
    assert {(c.level, c.outcome, c.checked_by, c.correspondent.user, c.organization) for c in checks} == {
        (1, "correct", person, person, person.organization)
    }
    assert set(ListingState.objects.values_list("due_on", flat=True)) == {dt.date(2027, 1, 6)}
    assert "Спасибо" in page_of(token) or "Thank you" in page_of(token)


def test_a_second_press_records_nothing_new(client):
    token = link_of(owner_with("Тест"))
    items = items_of(token)
    for _press in range(3):
        assert client.post(f"/ru/confirm/{token}/answer/", {"item": items}).status_code == 302
    assert Check.objects.filter(method="link").count() == 1


def test_two_listings_of_three_are_confirmed_and_the_third_can_wait(client):
    token = link_of(owner_with("Первая", "Вторая", "Третья"))
    items = items_of(token)
    client.post(f"/ru/confirm/{token}/answer/", {"item": items[:2]})
    assert Check.objects.filter(method="link").count() == 2
    with clock.travel(NOW + dt.timedelta(days=3)):
        client.post(f"/ru/confirm/{token}/answer/", {"item": items})
    assert Check.objects.filter(method="link").count() == 3


def test_nothing_ticked_records_nothing_and_says_so(client):
    token = link_of(owner_with("Тест"))
    assert client.post(f"/ru/confirm/{token}/answer/").status_code == 422
    assert not Check.objects.filter(method="link").exists()


def test_a_link_works_for_thirty_days(client):
    token = link_of(owner_with("Тест"))
    items = items_of(token)
    with clock.travel(NOW + dt.timedelta(days=30)):
        for answer in (
            client.get(f"/ru/confirm/{token}/"),
            client.post(f"/ru/confirm/{token}/answer/", {"item": items}),
        ):
            assert answer.status_code == 410
    assert not Check.objects.filter(method="link").exists()
    with clock.travel(NOW + dt.timedelta(days=29, hours=23)):
        client.post(f"/ru/confirm/{token}/answer/", {"item": items})
    assert Check.objects.filter(method="link").count() == 1


def test_a_link_answers_for_its_own_listings_only(client):
    token, other = link_of(owner_with("Моя")), link_of(owner_with("Чужая"))
    client.post(f"/ru/confirm/{token}/answer/", {"item": items_of(other)})
    for path in ("changed", "closed"):
        client.post(
            f"/ru/confirm/{token}/{path}/{items_of(other)[0]}/", {f"closed-{items_of(other)[0]}-kind": "closed"}
        )
    assert not Check.objects.filter(method="link").exists()
    assert set(ServiceAtLocation.objects.values_list("service__operation", flat=True)) == {"working"}


def test_an_unknown_link_and_a_guess_get_the_same_page(client):
    pages = [client.get(f"/ru/confirm/{token}/") for token in ("x" * 32, "y" * 32)]
    assert {page.status_code for page in pages} == {404}


def test_what_was_changed_since_the_letter_is_not_confirmed_by_it(client):
    person = owner_with("Тест")
    token, row = link_of(person), person.rows[0]
    items = items_of(token)
    scenarios.rename(row, title="Тест и консультация")
    with clock.travel(NOW + dt.timedelta(hours=1)):
        review = verification.submit(listing=row, actor=person)
        verification.approve(review=review, actor=scenarios.verifier())
        client.post(f"/ru/confirm/{token}/answer/", {"item": items})
        assert not Check.objects.filter(method="link").exists()
        assert "новая версия" in page_of(token) or "newer version" in page_of(token)


def test_what_a_colleague_confirmed_needs_no_second_answer(client):
    person = owner_with("Тест")
    token = link_of(person)
    items = items_of(token)
    with clock.travel(NOW + dt.timedelta(hours=1)):
        verification.confirm_unchanged(listing=person.rows[0], actor=person)
        client.post(f"/ru/confirm/{token}/answer/", {"item": items})
    assert not Check.objects.filter(method="link").exists()


@pytest.mark.parametrize("how", ["left", "inactive", "suspended", "reader"])
def test_whoever_does_not_answer_any_more_has_no_link(client, how):
    person = owner_with("Тест")
    token = link_of(person)
    if how == "left":
        Membership.objects.filter(user=person).delete()
    elif how == "reader":
        Membership.objects.filter(user=person).update(role="reader")
    elif how == "inactive":
        person.is_active = False
        person.save()
    else:
        person.organization.member_status = "suspended"
        person.organization.save()
    assert client.get(f"/ru/confirm/{token}/").status_code == 410
    assert client.post(f"/ru/confirm/{token}/answer/", {"item": ["x"]}).status_code == 410


def test_a_confirmation_is_taken_back_within_a_quarter_of_an_hour(client):
    person = owner_with("Тест")
    token = link_of(person)
    items = items_of(token)
    before = ListingState.objects.get(pk=person.rows[0].pk)
    client.post(f"/ru/confirm/{token}/answer/", {"item": items})
    with clock.travel(NOW + dt.timedelta(minutes=14)):
        assert client.post(f"/ru/confirm/{token}/undo/", {"item": items}).status_code == 302
    after = ListingState.objects.get(pk=before.pk)
    assert (after.checked_on, after.due_on, after.hides_on) == (before.checked_on, before.due_on, before.hides_on)
    assert Check.objects.get(method="link").outcome == CheckOutcome.WITHDRAWN
    client.post(f"/ru/confirm/{token}/answer/", {"item": items})  # and said anew
    assert Check.objects.filter(method="link", outcome="correct").count() == 1


def test_it_is_too_late_to_take_back_after_that_or_when_somebody_else_moved_it(client):
    person = owner_with("Тест", "Второй")
    token = link_of(person)
    items = items_of(token)
    client.post(f"/ru/confirm/{token}/answer/", {"item": items})
    with clock.travel(NOW + dt.timedelta(minutes=16)):
        assert client.post(f"/ru/confirm/{token}/undo/", {"item": items}).status_code == 422
    with clock.travel(NOW + dt.timedelta(minutes=5)):
        verification.record_check(listing=person.rows[0], actor=scenarios.verifier(), method="call")
        assert client.post(f"/ru/confirm/{token}/undo/", {"item": items}).status_code == 422
    assert Check.objects.filter(method="link", outcome="correct").count() == 2


def test_something_changed_leaves_a_note_and_a_recheck_and_moves_no_date(client):
    person = owner_with("Тест")
    token, row = link_of(person), person.rows[0]
    item = items_of(token)[0]
    before = ListingState.objects.get(pk=row.pk).due_on
    client.post(f"/ru/confirm/{token}/changed/{item}/", {f"changed-{item}-note": "Новый телефон с понедельника"})
    assert ListingState.objects.get(pk=row.pk).due_on == before
    assert row.rechecks.get().note == "Новый телефон с понедельника"
    assert f"/ru/workspace/listings/{row.public_id}/" in page_of(token)
    client.post(f"/ru/confirm/{token}/undo/", {"item": [item]})
    assert not row.rechecks.filter(done_at=None).exists()


def test_closed_takes_effect_at_once_and_can_be_taken_back(client):
    person = owner_with("Тест")
    token, row = link_of(person), person.rows[0]
    item = items_of(token)[0]
    client.post(
        f"/ru/confirm/{token}/closed/{item}/", {f"closed-{item}-kind": "closed", f"closed-{item}-since": "2026-07-01"}
    )
    row.service.refresh_from_db()
    assert row.service.operation == "closed" and "2026" in row.service.operation_note
    client.post(f"/ru/confirm/{token}/undo/", {"item": [item]})
    row.service.refresh_from_db()
    assert (row.service.operation, row.service.operation_note) == ("working", "")


def test_a_service_with_two_places_closes_at_one(client):
    person = owner_with("Тест")
    row = person.rows[0]
    with clock.travel(CHECKED):
        other = scenarios.services.add_listing(
            actor=None, service=row.service, location=scenarios.place(person.organization), hours=scenarios.WEEK
        )
        review = verification.submit(listing=other, actor=None, checked=True)
        verification.approve(review=review, actor=scenarios.verifier())
    token = link_of(person)
    item = items_of(token)[0]
    client.post(f"/ru/confirm/{token}/closed/{item}/", {f"closed-{item}-kind": "closed"})
    row.service.refresh_from_db()
    assert row.service.operation == "working"
    assert ListingState.objects.get(pk=row.pk).publication == "hidden"
    assert ListingState.objects.get(pk=other.pk).publication == "published"
    client.post(f"/ru/confirm/{token}/undo/", {"item": [item]})
    assert ListingState.objects.get(pk=row.pk).publication == "published"


@pytest.mark.parametrize(
    "fields",
    [{}, {"kind": "gone"}, {"kind": "closed", "since": "31.02.2026"}, {"kind": "paused", "since": "2031-01-01"}],
)
def test_a_closing_that_makes_no_sense_changes_nothing_and_says_why(client, fields):
    person = owner_with("Тест")
    token = link_of(person)
    item = items_of(token)[0]
    answer = client.post(
        f"/ru/confirm/{token}/closed/{item}/", {f"closed-{item}-{name}": value for name, value in fields.items()}
    )
    assert answer.status_code == 422
    person.rows[0].service.refresh_from_db()
    assert person.rows[0].service.operation == "working"


def letters_after(client, **asked) -> tuple[bytes, list]:
    before = len(mail.outbox)
    answer = client.post("/ru/confirm/new-link/", asked)
    assert answer.status_code == 200
    dispatch()
    return re.sub(rb'nonce="[^"]+"', b"", answer.content), mail.outbox[before:]


def test_a_new_link_goes_to_where_the_old_one_went(client):
    person = owner_with("Тест")
    old = link_of(person)
    with clock.travel(NOW + dt.timedelta(days=40)):
        _page, letters = letters_after(client, token=old)
        assert [letter.to for letter in letters] == [[person.email]]
        token = re.search(r"/ru/confirm/([\w-]{20,})/", letters[0].body)[1]
        assert client.get(f"/ru/confirm/{token}/").status_code == 200
        assert letters_after(client, token=old)[1] == []  # one a day
        assert token not in str(list(Message.objects.values()))  # no token is kept


def test_asking_tells_nobody_which_addresses_are_known(client):
    person = owner_with("Тест")
    correspondents_for(person.organization)
    known, letters = letters_after(client, email=person.email)
    assert len(letters) == 1
    unknown, none = letters_after(client, email="nobody@example.org")
    forged, neither = letters_after(client, token="z" * 32)
    assert known == unknown == forged and not none and not neither
    assert client.post("/ru/confirm/new-link/", {"email": "not an address"}).status_code == 422
    assert client.post("/ru/confirm/new-link/", {}).status_code == 422


def test_a_rhythm_is_chosen_without_a_login(client):
    person = owner_with("Тест")
    scenarios.person(person.organization)
    correspondent = correspondents_for(person.organization).get(user=person)
    path = rhythm_address(correspondent).removeprefix("http://localhost:8000")
    assert client.get(path).status_code == 200
    correspondent.refresh_from_db()
    assert correspondent.rhythm == Rhythm.EACH_NOTICE
    assert client.post(path, {"rhythm": "never"}).status_code == 200
    correspondent.refresh_from_db()
    assert correspondent.rhythm == Rhythm.NEVER
    assert client.post(path, {"rhythm": "hourly"}).status_code == 422
    assert client.get(path.replace("rhythm/", "rhythm/x")).status_code == 404


def test_the_last_one_in_charge_cannot_choose_silence_and_the_coordinator_is_told(client):
    person = owner_with("Тест")
    coordinator = scenarios.coordinator()
    correspondent = correspondents_for(person.organization).get(user=person)
    path = rhythm_address(correspondent).removeprefix("http://localhost:8000")
    client.post(path, {"rhythm": "never"})
    client.post(path, {"rhythm": "never"})
    correspondent.refresh_from_db()
    assert correspondent.rhythm == Rhythm.WEEKLY
    dispatch()
    assert [letter.to for letter in mail.outbox] == [[coordinator.email]]
    assert person.organization.name not in mail.outbox[0].body
