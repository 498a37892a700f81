"""Letters about what cannot wait for a date."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail

from core import clock
from core.errors import HouseError
from core.phrasing.dates import day_in_words
from messaging.absences import declare_absence
from messaging.budget import MONTHLY_LIMIT
from messaging.dispatch import dispatch
from messaging.models import Message
from verification import services as verification
from verification.letters.occasions.alerts import alert
from verification.models import Recheck
from verification.services.merging import steps as merging
from verification.tests import scenarios
from verification.upkeep import rounds

pytestmark = pytest.mark.django_db
#: A Wednesday, noon in UTC.
DAY = dt.datetime(2027, 2, 10, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def wednesday():
    with clock.travel(DAY):
        yield


def letters(at: dt.datetime = DAY) -> list[mail.EmailMessage]:
    """One round of the worker at that moment; the letters that left."""
    before = len(mail.outbox)
    with clock.travel(at):
        rounds.run_often()
        dispatch()
    return mail.outbox[before:]


def addresses(found: list[mail.EmailMessage]) -> list[str]:
    return sorted(letter.to[0] for letter in found)


@pytest.fixture
def row():
    return scenarios.published(title="Тайное название")


def test_a_coordinator_of_the_country_hears_of_a_report_and_once(row):
    coordinator = scenarios.coordinator()
    verification.receive_report(listing=row, kind="phone", text="Тайные слова", contact="secret@example.org")
    (letter,) = letters()
    assert letter.to == [coordinator.email] and "Грузия: 1" in letter.body
    for secret in ("Тайн", "secret@example.org", "телефон"):
        assert secret not in letter.subject + letter.body
    assert letters() == [] and letters(DAY + dt.timedelta(days=1)) == []


def test_nobody_is_told_about_their_own_organisation(row):
    own = scenarios.coordinator(row.service.organization)
    administrator = scenarios.person(network_role="administrator")
    verification.receive_report(listing=row, kind="closed")
    found = addresses(letters())
    assert own.email not in found and administrator.email in found


def test_class_a_comes_at_the_weekend_and_others_wait_for_monday():
    scenarios.coordinator()
    saturday = dt.datetime(2027, 2, 13, 12, tzinfo=dt.UTC)
    ordinary, crisis = scenarios.published(), scenarios.published(types=["crisis_line"])
    with clock.travel(saturday):
        verification.receive_report(listing=ordinary, kind="hours")
    assert letters(saturday) == []
    with clock.travel(saturday):
        Message.objects.all().delete()
        verification.receive_report(listing=crisis, kind="closed")
    (letter,) = letters(saturday)
    assert "24" in letter.body


def test_what_is_late_goes_to_the_administrators(row):
    scenarios.coordinator()
    administrator = scenarios.person(network_role="administrator")
    verification.receive_report(listing=row, kind="address")
    assert administrator.email not in addresses(letters())
    assert addresses(letters(DAY + dt.timedelta(days=6))) == [administrator.email]


def test_what_was_closed_before_the_letter_left_sends_none(row):
    scenarios.coordinator()
    night = DAY.replace(hour=23)
    with clock.travel(night):
        report, _code = verification.receive_report(listing=row, kind="phone")
    assert letters(night) == []
    verification.close_report(report=report, actor=scenarios.verifier(), state="unfounded", answer="Проверено")
    assert letters(DAY + dt.timedelta(days=1)) == []
    assert Message.objects.get(kind="reported").state == "cancelled"


def test_a_flood_of_reports_stays_within_the_month(row):
    coordinator = scenarios.coordinator()
    sent = 0
    for number in range(31):
        moment = DAY + dt.timedelta(days=number)
        with clock.travel(moment):
            verification.receive_report(listing=row, kind="phone")
        sent += addresses(letters(moment)).count(coordinator.email)
    assert 1 < sent <= MONTHLY_LIMIT


def test_the_organisation_that_shall_check_hears_of_it(row):
    theirs = scenarios.organization()
    editor = scenarios.person(theirs)
    recheck = verification.open_recheck(listing=row, reason="outside")
    assert letters() == []
    verification.assign(recheck=recheck, actor=None, organization=theirs)
    (letter,) = letters()
    assert letter.to == [editor.email] and "pile=rechecks" in letter.body and "Тайное" not in letter.body
    assert letters() == []


def test_a_newcomer_is_given_no_check(row):
    theirs = scenarios.organization(joined_on=clock.today())
    for _number in range(2):
        scenarios.organization()
    recheck = verification.open_recheck(listing=row, reason="outside")
    with pytest.raises(HouseError):
        verification.assign(recheck=recheck, actor=None, organization=theirs)
    recheck.refresh_from_db()
    assert recheck.assigned_to is None


def test_a_check_given_to_somebody_else_is_not_asked_for_any_more(row):
    theirs, third = scenarios.organization(), scenarios.organization()
    scenarios.person(theirs)
    recheck = verification.open_recheck(listing=row, reason="outside")
    with clock.travel(DAY.replace(hour=23)):
        verification.assign(recheck=recheck, actor=None, organization=theirs)
        rounds.run_often()
    verification.assign(recheck=Recheck.objects.get(), actor=None, organization=third)
    assert letters(DAY + dt.timedelta(days=1)) == []


@pytest.mark.parametrize("how", ["ask_for_changes", "reject", "part"])
def test_whoever_sent_it_hears_that_it_came_back(row, how):
    owner, colleague = (scenarios.person(row.service.organization) for _n in range(2))
    scenarios.rename(row, title="Иначе", cost="paid")
    review = verification.submit(listing=row, actor=owner)
    if how == "part":
        verification.approve(
            review=review, actor=scenarios.verifier(), note="Тайная причина", returned=["service.cost"]
        )
    else:
        getattr(verification, how)(review=review, actor=scenarios.verifier(), reason="Тайная причина")
    (letter,) = letters()
    assert letter.to == [owner.email] and colleague.email not in addresses([letter])
    assert "Тайн" not in letter.body and "Иначе" not in letter.subject + letter.body
    assert letters(DAY + dt.timedelta(days=1)) == []


def test_nobody_is_told_of_an_approval_or_of_what_was_sent_anew(row):
    owner = scenarios.person(row.service.organization)
    scenarios.rename(row, title="Иначе")
    review = verification.submit(listing=row, actor=owner)
    verification.ask_for_changes(review=review, actor=scenarios.verifier(), reason="Уточните")
    scenarios.rename(row, title="Совсем иначе")
    again = verification.submit(listing=row, actor=owner)
    assert letters() == []
    verification.approve(review=again, actor=scenarios.verifier())
    assert letters() == []


@pytest.mark.parametrize("what", ["assigned", "returned"])
def test_whoever_stands_in_hears_instead(row, what):
    of = scenarios.organization() if what == "assigned" else row.service.organization
    away, colleague = (scenarios.person(of) for _n in range(2))
    if what == "assigned":
        away.network_role = "verifier"
        away.save()
        recheck = verification.open_recheck(listing=row, reason="outside")
        verification.assign(recheck=recheck, actor=None, organization=of)
    else:
        scenarios.rename(row, title="Иначе")
        review = verification.submit(listing=row, actor=away)
        verification.reject(review=review, actor=scenarios.verifier(), reason="Не то")
    today = clock.today()
    declare_absence(actor=away, user=away, starts_on=today, ends_on=today, delegate=colleague)
    assert addresses(letters()) == [colleague.email]


def test_a_letter_that_never_left_told_nobody(row):
    """Given, taken back before the letter left, and given again on another day."""
    theirs = scenarios.organization()
    editor = scenarios.person(theirs)
    recheck = verification.open_recheck(listing=row, reason="outside")
    night = DAY.replace(hour=23)
    with clock.travel(night):
        verification.assign(recheck=recheck, actor=None, organization=theirs)
        rounds.run_often()
    verification.assign(recheck=recheck, actor=None, organization=None)
    assert letters(DAY + dt.timedelta(days=1)) == []
    verification.assign(recheck=recheck, actor=None, organization=theirs)
    assert addresses(letters(DAY + dt.timedelta(days=2))) == [editor.email]


def test_an_owner_hears_once_that_something_was_said_on_the_phone_and_of_a_draft(row):
    """Numbers alone; over when it is written in, and when the draft is sent."""
    owner = scenarios.person(row.service.organization)
    caller = scenarios.coordinator()
    verification.hear_changed(listing=row, actor=caller, said={"listing.hours": "Тайные слова"})
    suggestion, _code = verification.receive_suggestion(
        what="Тайное название", country="GE", reach="+995 32 212 34 56", known_from="been"
    )
    draft = scenarios.listing(row.location, title="Ночлег")
    verification.take_suggestion_in(suggestion=suggestion, actor=caller, listing=draft)
    (letter,) = letters()
    assert letter.to == [owner.email] and "1 изменение" in letter.body and "1 черновик" in letter.body
    assert "Тайн" not in letter.subject + letter.body
    assert letters() == [] and letters(DAY + dt.timedelta(days=1)) == []


def test_what_was_written_in_before_the_letter_left_is_no_letter(row):
    owner = scenarios.person(row.service.organization)
    check = verification.hear_changed(listing=row, actor=scenarios.coordinator(), said={"": "Переехали"})
    assert rounds.run_often() is not None or Message.objects.filter(kind="heard").exists()
    verification.answer_proposal(proposal=check.proposals.get(), actor=owner, is_so=True)
    dispatch()
    assert owner.email not in addresses(mail.outbox)


def test_owners_hear_once_that_their_word_on_two_listings_is_waited_for(row):
    """Of whoever proposed it the word is there; numbers and the day alone; over when everybody has said it."""
    owner = scenarios.person(row.service.organization)
    other = scenarios.published(scenarios.place(scenarios.organization()), title="Тайна другой")
    proposer = scenarios.person(other.service.organization)
    with clock.travel(DAY):
        merge = merging.propose(kept=row, gone=other, chosen=[], actor=proposer)
    (letter,) = letters()
    assert letter.to == [owner.email] and letter.subject == "Это одна и та же услуга?"
    day = day_in_words(merge.waits_until)
    assert f"До {day} без вашего слова" in letter.body and f"/merges/{merge.public_id}/" in letter.body
    assert "Тайн" not in letter.subject + letter.body
    assert letters() == [] and letters(DAY + dt.timedelta(days=1)) == []
    answered = merging.propose(kept=fresh(), gone=fresh(), chosen=[], actor=scenarios.coordinator())
    with clock.travel(DAY + dt.timedelta(days=8)):
        alert()
        merging.decline(merge=answered, actor=scenarios.person(answered.gone.service.organization))
    assert letters(DAY + dt.timedelta(days=9)) == []


def fresh():
    """A listing on the map of an organisation that somebody works for."""
    found = scenarios.published(scenarios.place(scenarios.organization()))
    scenarios.person(found.service.organization)
    return found
