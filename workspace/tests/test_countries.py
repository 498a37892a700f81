"""Countries as members see them: what waits for whom, who may press what, what a refused form keeps."""

import pytest
from django.urls import reverse

from network.countries import facts
from network.countries.models import CountryDesk, CountryFact
from network.countries.notices import announce
from network.countries.tests.makers import WORDS, lawyer, published, sent
from services.models import Notice
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
FORM = {**WORDS, "brief": "только в столице", "statement_en": "Citizens only."}


@pytest.fixture
def house():
    return scenarios.organization()


@pytest.fixture
def as_(client):
    def enter(person):
        client.force_login(person)
        return client

    return enter


def press(client, fact, step, **given):
    return client.post(reverse("workspace:fact-press", args=[fact.public_id]), {"step": step, **given})


def test_a_draft_is_written_sent_and_approved_by_another_house(as_, house):
    page = as_(scenarios.person(house)).post(reverse("workspace:fact-new"), FORM, follow=True)
    fact = CountryFact.objects.get()
    assert (page.status_code, fact.state, fact.organization, fact.statement_en) == (
        200,
        "draft",
        house,
        "Citizens only.",
    )
    stranger = scenarios.person(scenarios.organization())
    assert as_(stranger).get(reverse("workspace:fact", args=[fact.public_id])).status_code == 404
    press(as_(fact.author), fact, "send")
    index = as_(stranger).get(reverse("workspace:countries"))
    assert [one.pk for one in index.context["to_check"]] == [fact.pk]
    assert press(as_(stranger), fact, "approve").status_code == 422
    assert press(as_(stranger), fact, "approve", has_read_source="on").status_code == 302
    fact.refresh_from_db()
    assert fact.state == "published"


def test_one_who_wrote_is_told_who_checks_and_cannot_press(as_, house):
    fact = sent(scenarios.person(house))
    page = as_(fact.author).get(reverse("workspace:fact", args=[fact.public_id]))
    assert page.context["why_not"]
    press(as_(fact.author), fact, "approve", has_read_source="on")
    fact.refresh_from_db()
    assert fact.state == "sent"


def test_what_a_law_says_waits_for_a_lawyer_only(as_):
    law = sent(topic="entry")
    found = {
        who: [one.pk for one in as_(person).get(reverse("workspace:countries")).context["to_check"]]
        for who, person in (("verifier", scenarios.verifier()), ("lawyer", lawyer()))
    }
    assert found == {"verifier": [], "lawyer": [law.pk]}


def test_a_refused_form_keeps_what_was_written(as_, house):
    client = as_(scenarios.person(house))
    page = client.post(reverse("workspace:fact-new"), {**FORM, "topic": "undesirable", "statement": "Слова"})
    assert page.status_code == 422 and "visibility" in page.context["form"].errors
    assert page.context["form"]["statement"].value() == "Слова"
    for wrong in ({"country": "XX"}, {"source_link": "javascript:alert(1)"}, {"statement": "я" * 501}, {"answer": ""}):
        assert client.post(reverse("workspace:fact-new"), {**FORM, **wrong}).status_code == 422
    assert not CountryFact.objects.exists()


def test_given_back_with_a_word(as_, house):
    fact = sent(scenarios.person(house))
    checker = scenarios.verifier()
    assert press(as_(checker), fact, "give_back").status_code == 422
    press(as_(checker), fact, "give_back", remark="Укажите статью")
    page = as_(fact.author).get(reverse("workspace:fact", args=[fact.public_id]))
    assert "Укажите статью" in page.content.decode()
    assert as_(fact.author).get(reverse("workspace:fact-edit", args=[fact.public_id])).status_code == 200


def test_members_read_what_is_not_for_all_and_who_is_on_duty(as_, house):
    published(topic="undesirable", visibility="members", statement="Только между собой")
    coordinator = scenarios.coordinator()
    coordinator.name = "Тимур"
    coordinator.save()
    page = as_(scenarios.person(house)).get(reverse("workspace:country", args=["ge"])).content.decode()
    assert "Только между собой" in page and "Тимур" in page
    public = as_(scenarios.person(house)).get("/ru/countries/ge/").content.decode()
    assert "Только между собой" not in public and "Тимур" not in public


def test_a_notice_of_a_country_is_its_coordinators(as_):
    given = {"level": "danger", "text": "Осторожно", "starts_on": "2026-10-07", "visibility": "public"}
    away = scenarios.coordinator()
    away.countries = ["AM"]
    away.save()
    new = reverse("workspace:country-notice-new", args=["ge"])
    assert as_(away).post(new, given).status_code == 404
    coordinator = scenarios.coordinator()
    assert as_(coordinator).post(new, given).status_code == 302
    notice = Notice.objects.get()
    second = reverse("workspace:country-notice-press", args=[notice.public_id])
    as_(coordinator).post(second, {"step": "second"})
    notice.refresh_from_db()
    assert (notice.kind, notice.seconded_at) == ("warning", None)
    as_(away).post(second, {"step": "second"})
    notice.refresh_from_db()
    assert notice.seconded_by == away
    assert as_(away).post(second, {"step": "end"}).status_code == 404


def test_the_corridor_of_a_referral_is_one_press_away(as_, house):
    published(brief="по письму")
    client = as_(scenarios.person(house))
    address = reverse("workspace:referral-new")
    page = client.post(address, {"step": "look", "from_country": "AM", "leg1-country": "GE"}).content.decode()
    assert reverse("workspace:corridor", args=["am", "ge"]) in page and "по письму" in page
    assert client.post(address, {"step": "look", "from_country": "/&", "leg1-country": "GE"}).status_code == 200


def test_unknown_countries_are_nowhere(as_, house):
    client = as_(scenarios.person(house))
    for written in ("zz", "GE", "georgia"):
        assert client.get(reverse("workspace:country", args=[written])).status_code == 404
    assert client.get(reverse("workspace:corridor", args=["ge", "ge"])).status_code == 404


def test_a_withdrawn_fact_is_pressed_no_more(as_, house):
    fact = sent(scenarios.person(house))
    facts.withdraw(actor=fact.author, fact=fact)
    assert press(as_(lawyer()), fact, "approve", has_read_source="on").status_code == 302
    fact.refresh_from_db()
    assert fact.state == "withdrawn"


def test_a_quiet_notice_is_no_warning_on_cards(as_):
    notice = announce(
        actor=scenarios.coordinator(), country="GE", kind="legal", level="info", text="Сведение", topic="art"
    )
    assert notice.level_at() == "info" and notice.announced_at is None


def test_a_coordinator_says_of_which_region_and_which_help_a_notice_is(as_):
    given = {"level": "warning", "text": "Осторожно", "starts_on": "2026-10-07", "visibility": "public"}
    new, who = reverse("workspace:country-notice-new", args=["ge"]), as_(scenarios.coordinator())
    form = who.get(new).content.decode()
    assert "Аджария" in form and "Ширак" not in form
    for fault in ({"region": "AM.07"}, {"service_type": "nothing"}):
        assert who.post(new, given | fault).status_code == 422 and not Notice.objects.exists()
    assert who.post(new, given | {"region": "GE.04", "service_type": "harm_reduction"}).status_code == 302
    notice = Notice.objects.get()
    assert (notice.region, notice.service_type) == ("GE.04", "harm_reduction")
    assert "Аджария · Снижение вреда" in who.get(reverse("workspace:country", args=["ge"])).content.decode()
    edited = reverse("workspace:country-notice", args=[notice.public_id])
    assert who.post(edited, given | {"version": notice.version}).status_code == 302
    notice.refresh_from_db()
    assert (notice.region, notice.service_type) == ("", "")


def test_the_desk_of_a_country_is_written_by_its_coordinators_and_read_by_members_alone(as_, house):
    address, page = reverse("workspace:country-desk", args=["ge"]), reverse("workspace:country", args=["ge"])
    away = scenarios.coordinator()
    away.countries = ["AM"]
    away.save()
    given = {
        "line": "032 212 34 56",
        "line_hours": "с 8 до 22",
        "chat_link": "https://chat.example/ge",
        "protocol": "Звоните.",
    }
    assert as_(away).post(address, given).status_code == 404
    coordinator = scenarios.coordinator()
    who = as_(coordinator)
    for fault in ({"line": "12"}, {"line": ""}, {"chat_link": "http://chat.example/ge"}, {"chat_link": "javascript:1"}):
        assert who.post(address, given | fault).status_code == 422, fault
    assert not CountryDesk.objects.exists()
    assert who.post(address, given).status_code == 302
    desk = CountryDesk.objects.get()
    assert (desk.line, desk.country) == ("+995 32 212 34 56", "GE")
    shown = as_(scenarios.person(house)).get(page).content.decode()
    assert 'href="tel:+995322123456"' in shown and "с 8 до 22" in shown and "chat.example" in shown
    for public in ("/ru/countries/ge/", "/ru/light/ge/", "/ru/?country=GE"):
        seen = as_(scenarios.person(house)).get(public).content.decode()
        assert "chat.example" not in seen and "212 34 56" not in seen
    who = as_(coordinator)
    assert who.post(address, {"version": desk.version}).status_code == 302
    assert CountryDesk.objects.get().line == ""
    assert who.post(address, given | {"version": desk.version}).status_code in (409, 422), "somebody was quicker"
