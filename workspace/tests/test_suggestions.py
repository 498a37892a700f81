"""The queue of missing services: a draft goes the usual way, and nobody decides on what they wrote down themselves."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from core import clock
from core.errors import NotAllowed, WrongState
from organizations.models import Location, Organization
from services.models import ServiceAtLocation
from verification import editing
from verification import services as verification
from verification.coordination.monitoring import figures_now
from verification.coordination.suggestions import asked_twice, likely_the_same
from verification.errors import Unfinished
from verification.models import Level, Suggestion
from verification.services.checks import confirm_unchanged
from verification.tests import scenarios

pytestmark = pytest.mark.django_db


def suggested(what="Тест на ВИЧ", **fields):
    about = {"country": "GE", "city": "Тбилиси", "reach": "+995 322 12 34 56", "known_from": "been"} | fields
    row, _code = verification.receive_suggestion(what=what, **about)
    return row


def taken_in(client, row, **fields):
    url = reverse("workspace:suggestion-take-in", args=[row.public_id])
    form = {
        "organization": "",
        "new_organization": "Клиника у моста",
        "title": "Тест на ВИЧ за 15 минут",
        "type": "hiv_rapid_test",
        "city": "Тбилиси",
        "channel": "phone",
        "value": "+995 322 12 34 56",
        "answer": "Спасибо, мы звоним туда.",
    } | fields
    return client.post(url, form)


def of(person):
    client = Client()
    client.force_login(person)
    return client


def _complete(listing, keeper):
    """What the keeper heard on the phone, by the ordinary editing."""
    service = listing.service
    editing.update_service(
        actor=keeper, service=service, expected_version=service.version, languages=["ru"], cost="free",
        summary="Тест за пятнадцать минут, без записи и бесплатно",
    )  # fmt: skip
    editing.update_listing(actor=keeper, listing=listing, expected_version=listing.version, hours=scenarios.WEEK)


def test_of_an_organisation_outside_the_network_the_draft_goes_the_usual_way(settings):
    """A draft that its keeper completes, a call by somebody else, then the map."""
    keeper, row = scenarios.coordinator(), suggested()
    client = of(keeper)
    page = client.get(reverse("workspace:suggestion", args=[row.public_id]))
    assert page.status_code == 200 and 'href="tel:+995322123456"' in page.content.decode()
    answer = taken_in(client, row)
    listing = ServiceAtLocation.objects.get()
    assert answer.url == reverse("workspace:listing", args=[listing.public_id])
    owner = listing.service.organization
    assert (owner.member_status, owner.countries, listing.location.city) == ("external", ["GE"], "Тбилиси")
    assert client.get(answer.url).status_code == 200
    row.refresh_from_db()
    assert (row.state, row.listing, row.answered_by) == ("accepted", listing, keeper)

    with pytest.raises(Unfinished):  # only what the reader knew stands there yet
        verification.submit(listing=listing, actor=keeper)
    _complete(listing, keeper)
    review = verification.submit(listing=listing, actor=keeper, checked=True)
    assert not review.owner_checked
    with pytest.raises(NotAllowed):
        verification.approve(review=review, actor=keeper, method="call")
    other = scenarios.verifier()
    with pytest.raises(WrongState):  # nobody of the organisation has said a word
        verification.approve(review=review, actor=other)
    verification.approve(review=review, actor=other, method="call")
    listing.state.refresh_from_db()
    assert (listing.state.publication, listing.state.level) == ("published", Level.REMOTE)
    with pytest.raises(NotAllowed):
        confirm_unchanged(listing=listing, actor=keeper)


def test_a_draft_of_a_member_waits_for_its_own_people():
    member = scenarios.organization("Мост")
    own, keeper, row = scenarios.person(member), scenarios.coordinator(), suggested()
    answer = taken_in(of(keeper), row, organization=member.slug)
    listing = ServiceAtLocation.objects.get()
    assert answer.url == reverse("workspace:suggestion", args=[row.public_id])
    assert listing.service.organization == member and not member.memberships.filter(user=keeper).exists()
    assert of(keeper).get(reverse("workspace:listing", args=[listing.public_id])).status_code == 404
    assert (
        "Добавлено по предложению"
        in of(own).get(reverse("workspace:listing", args=[listing.public_id])).content.decode()
    )
    assert taken_in(of(keeper), row).status_code == 302 and ServiceAtLocation.objects.count() == 1


def test_faults_of_the_rows_stand_at_their_fields_and_leave_nothing_behind():
    keeper, row = scenarios.coordinator(), suggested()
    answer = taken_in(of(keeper), row, value="позвоните нам")
    assert answer.status_code == 422 and "value" in answer.context["take"].errors
    assert not Organization.objects.filter(name="Клиника у моста").exists()
    answer = taken_in(of(keeper), row, new_organization="")
    assert "new_organization" in answer.context["take"].errors
    row.refresh_from_db()
    assert row.is_open


def test_a_shelter_s_draft_hides_and_has_no_pin():
    keeper = scenarios.coordinator()
    row = suggested("Дом для женщин", kind="safety")
    taken_in(of(keeper), row, type="shelter")
    place = Location.objects.get()
    assert (place.type, place.visibility, place.point) == ("shelter", "members", None)
    assert place.public_precision in ("settlement", "country")


def test_it_is_answered_in_words_by_the_coordinator_of_its_country_alone():
    row = suggested()
    foreign = scenarios.coordinator()
    foreign.countries = ["AM"]
    foreign.save()
    page = reverse("workspace:suggestion", args=[row.public_id])
    for person in (foreign, scenarios.verifier(), scenarios.person(scenarios.organization())):
        assert of(person).get(page).status_code == 404
    with pytest.raises(NotAllowed):
        verification.close_suggestion(suggestion=row, actor=foreign, state="declined", answer="Нет")
    client, url = of(scenarios.coordinator()), reverse("workspace:suggestion-close", args=[row.public_id])
    assert client.post(url, {"state": "declined", "answer": " "}).status_code == 422
    assert client.post(url, {"state": "declined", "answer": "Это платная клиника."}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.answer) == ("declined", "Это платная клиника.")
    assert row.public_id in client.get(reverse("workspace:suggestions") + "?show=answered").content.decode()


def test_what_is_alike_is_shown_and_what_members_may_not_know_is_not():
    leader = scenarios.coordinator()
    bridge = scenarios.organization("Мост")
    there = scenarios.published(scenarios.place(bridge), title="Экспресс-тест на ВИЧ")
    row = suggested("экспресс тест на вич", kind="hiv_prevention", reach="сайт не знаю")
    assert likely_the_same(row, leader) == [there]
    by_phone = suggested("Анализы", reach="(32) 212-34-56")
    assert likely_the_same(by_phone, leader) == [there]
    Suggestion.objects.filter(pk=row.pk).update(city="Батуми")
    row.refresh_from_db()
    assert likely_the_same(row, leader) == []
    again = suggested("Экспресс-тест на вич")
    assert asked_twice(again, leader) == [row]

    scenarios.rename(there, visibility="administrators")
    assert likely_the_same(by_phone, leader) == []
    scenarios.rename(there, visibility="public")
    bridge.contacts.update(visibility="administrators")
    assert likely_the_same(by_phone, leader) == []


def test_the_days_to_an_answer_are_a_figure_of_the_month_for_country_and_network():
    leader, now = scenarios.coordinator(), clock.now()
    for days, country in ((1, "GE"), (3, "GE"), (8, "AM")):
        with clock.travel(now - dt.timedelta(days=days)):
            row = suggested(country=country)
        verification.close_suggestion(suggestion=row, actor=leader, state="known", answer="Уже на карте.")
    suggested()
    figures = {row.country: row for row in figures_now(now.date().replace(day=1))}
    assert (figures[""].suggestions_answered, figures[""].median_days_to_answer) == (3, 3.0)
    assert (figures["GE"].median_days_to_answer, figures["AM"].median_days_to_answer) == (2.0, 8.0)
    page = of(leader).get(reverse("workspace:coordination-monitoring"), {"show": "waits"})
    assert "От предложения до ответа" in page.content.decode()
