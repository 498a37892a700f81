"""Pages of small grants: bad input is told beside its field, and nobody finds a page that is not theirs."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core import clock
from core.tests.shared import shared
from network.gaps.models import Gap
from network.grants import services as grants
from network.grants.models import GrantApplication, GrantCall, GrantReport
from network.grants.tests.makers import APPLICANT, CANARY, MEMBER, OTHER, Round

pytestmark = pytest.mark.django_db


_ground, made = shared(Round, name="made")


@pytest.fixture
def as_person(client, made):
    def enter(number):
        client.force_login(made.person(number))
        return client

    return enter


def at(name: str, *arguments: str) -> str:
    return reverse(f"workspace:network-{name}", args=arguments)


def call_form(gap: Gap, **fields: object) -> dict[str, object]:
    today = clock.today()
    told = {
        "title": "Новый", "text": "На то, чего нет", "gaps": [gap.public_id], "budget": "900", "ceiling": "300",
        "currency": "EUR", "opens_on": today, "closes_on": today + dt.timedelta(days=9), "timezone": "Asia/Tbilisi",
        "report_months": "3; 1", "audience": "members", "questions": "Кто?", "criterion_1": "Нужно", "weight_1": "3",
    }  # fmt: skip
    return told | fields


def test_a_call_is_written_from_its_gap_and_announced(made, as_person):
    client = as_person(0)
    page = client.get(at("grant-call-new"), {"gap": made.gap.public_id}).content.decode()
    assert f'value="{made.gap.public_id}"' in page and "checked" in page
    fields = call_form(made.gap, body=made.committee.public_id)
    answer = client.post(at("grant-call-new"), fields)
    row = GrantCall.objects.get(state="draft")
    assert answer.status_code == 302 and row.report_months == [1, 3] and row.criteria.get().weight == 3
    client.post(at("grant-call-press", row.public_id), {"step": "announce"})
    row.refresh_from_db()
    assert row.is_open and client.get(at("grant-call-edit", row.public_id)).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"ceiling": "901"}, {"budget": "-1"}, {"budget": "1e99"}, {"timezone": "Moon/Base"}, {"report_months": "ab"},
        {"report_months": "0"}, {"gaps": []}, {"gaps": ["nothing123"]}, {"criterion_1": ""}, {"weight_1": "11"},
        {"closes_on": "9999-12-31"},
        {"closes_on": "2020-01-01"}, {"opens_on": "tomorrow"}, {"currency": "XXX"}, {"body": "nothing123"},
        {"questions": "\n".join("?" * 11)}, {"title": ""},
    ],
)  # fmt: skip
def test_a_call_with_a_fault_comes_back_as_it_was(made, as_person, wrong):
    fields = call_form(made.gap, body=made.committee.public_id) | wrong
    answer = as_person(0).post(at("grant-call-new"), fields)
    assert answer.status_code == 422 and not GrantCall.objects.filter(state="draft").exists()
    assert 'role="alert"' in answer.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": "много"}, {"amount": "5001"}, {"line_1": "Всё", "line_1_amount": ""},
        {"line_1": "", "line_1_amount": "5"},
        {"indicator_1": "Что-то"}, {"indicator_1_target": "5"}, {"gaps": ["nothing123"]}, {"title": ""},
        {"line_1": "Всё", "line_1_amount": "-5"},
    ],
)  # fmt: skip
def test_an_application_with_a_fault_comes_back_as_it_was(made, as_person, wrong):
    row = made.draft()
    answer = as_person(APPLICANT).post(at("grant-write", row.public_id), {"title": "Новое имя"} | wrong)
    assert answer.status_code == 422
    row.refresh_from_db()
    assert row.title == "Выдавать налоксон"


def test_presses_with_nonsense_are_told_and_change_nothing(made, as_person):
    row = made.scored()
    client = as_person(0)
    for data in ({"step": "put", "closes_on": "никогда"}, {"step": "reviewer", "reviewer": "x"}):
        assert client.post(at("grant-application-press", row.public_id), data).status_code == 422
    for data in ({}, {"step": "conditions"}, {"step": "release", "score": "x"}, {"step": "send"}, {"step": "need"}):
        assert client.post(at("grant-application-press", row.public_id), data).status_code == 302
    grant = made.granted(OTHER + 1)
    for data in ({"step": "pay", "part": "x", "paid_on": "y"}, {"step": "pay", "part": "9"}, {"step": "close"}):
        assert client.post(at("grant-press", grant.public_id), data).status_code == 302
    assert client.post(at("grant-press", grant.public_id), {"step": "stop"}).status_code == 422
    assert GrantApplication.objects.get(pk=row.pk).state == "scored"


def test_a_score_and_who_does_not_read_it(made, as_person):
    row = made.eligible()
    made.ask(row, MEMBER)
    page = at("grant-score", row.public_id)
    assert as_person(OTHER).get(page).status_code == 404
    client = as_person(MEMBER)
    assert client.post(page, {"mark_1": "5", "mark_2": "0", "reason": "x"}).status_code == 422
    assert client.post(page, {"mark_1": "4", "mark_2": "0", "reason": CANARY}).status_code == 302
    shown = at("grant-application", row.public_id)
    assert CANARY in as_person(0).get(shown).content.decode()
    assert CANARY not in as_person(APPLICANT).get(shown).content.decode()
    assert as_person(5).get(shown).status_code == 404


def test_whoever_has_yet_to_score_reads_no_score(made, as_person):
    row = made.eligible()
    made.score(row, OTHER, (1, 1))
    made.ask(row, MEMBER)
    shown = at("grant-application", row.public_id)
    assert CANARY not in as_person(MEMBER).get(shown).content.decode()
    assert CANARY in as_person(0).get(shown).content.decode()


def test_a_report_is_read_by_others_when_it_was_handed_in(made, as_person):
    grant = made.granted()
    report = grant.reports.get(position=1)
    GrantReport.objects.filter(pk=report.pk).update(narrative="Ещё пишем")
    page = at("grant-report", report.public_id)
    assert "Ещё пишем" in as_person(APPLICANT).get(page).content.decode()
    answer = as_person(0).get(page)
    assert answer.status_code == 200 and "Ещё пишем" not in answer.content.decode()
    made.sent_report(report)
    assert GrantReport.objects.get(pk=report.pk).narrative in as_person(0).get(page).content.decode()


def test_a_file_is_saved_and_never_shown(made, as_person, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    grant = made.granted()
    report = grant.reports.get(position=1)
    client = as_person(APPLICANT)
    page = at("grant-report-write", report.public_id)
    bad = SimpleUploadedFile("x.pdf", b"MZ not a paper")
    assert client.post(page, {"narrative": "Да", "file": bad}).status_code == 422
    good = SimpleUploadedFile("../чек.pdf", b"%PDF-1.4\ntrailer\n<<>>\n%%EOF\n")
    assert client.post(page, {"narrative": "Да", "spent_1": "5", "reading_1": "-2", "file": good}).status_code == 302
    kept = report.files.get()
    answer = client.get(at("grant-file", kept.public_id))
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert answer["Content-Disposition"].startswith("attachment") and answer["X-Content-Type-Options"] == "nosniff"
    assert as_person(OTHER).get(at("grant-file", kept.public_id)).status_code == 404
    assert as_person(OTHER).get(at("grant-report", report.public_id)).status_code == 404
    assert as_person(OTHER).get(at("grant", grant.public_id)).status_code == 200


def test_a_late_report_stands_before_a_new_application(made, as_person):
    grant = made.granted(days=(30,))
    with clock.travel(clock.now() + dt.timedelta(days=90)):
        made.call = made.open_call()
        page = as_person(APPLICANT).get(at("grant-call", made.call.public_id)).content.decode()
        assert "опаздывает больше чем на 45 дней" in page and "Начать заявку" not in page
        made.sent_report(grant.reports.get())
        page = as_person(APPLICANT).get(at("grant-call", made.call.public_id)).content.decode()
        assert "Начать заявку" in page


def test_a_coordinator_says_how_much_it_is_needed_and_the_applicant_does_not_read_it(made, as_person, client):
    row = made.sent()
    client.force_login(made.made.administrator)
    press = at("grant-application-press", row.public_id)
    client.post(press, {"step": "need", "text": "Очень нужно"})
    assert row.opinions.get().text == "Очень нужно"
    assert "Очень нужно" in as_person(0).get(at("grant-application", row.public_id)).content.decode()
    assert "Очень нужно" not in as_person(APPLICANT).get(at("grant-application", row.public_id)).content.decode()
    grants.withdraw(actor=made.person(APPLICANT), application=row)
    assert "Вы отозвали заявку" in as_person(APPLICANT).get(at("grant-application", row.public_id)).content.decode()
