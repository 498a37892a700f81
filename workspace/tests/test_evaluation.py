"""Pages of evaluation: who reads what, bad input, files that hide what the page hides."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import User
from core import clock
from network.evaluation import services as evaluation
from network.evaluation.indicators import measure
from network.evaluation.measuring import MeasuredPeriod
from network.evaluation.models import EvaluationCycle, SurveyHanded, SurveyUsed
from network.evaluation.tests.makers import DAY, Year
from organizations.models import MembershipRole
from referrals.models import CorridorCount
from verification.models import MonthlyFigure
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 10, 7, 9, tzinfo=dt.UTC)
FILES = ("table", "book", "json")


def enter(user: User) -> Client:
    client = Client(headers={"accept-language": "ru"})
    client.force_login(user)
    return client


def url(name: str, *arguments: str) -> str:
    return reverse(f"workspace:network-{name}", args=arguments)


@pytest.fixture
def year() -> Year:
    with clock.travel(NOW):
        made = Year()
        way = {"from_country": "AM", "group": "", "urgency": "days", "mode": "visit", "outcome": "served"}
        for to, n in (("PL", 3), ("GE", 7), ("DE", 9)):
            CorridorCount.objects.create(month=dt.date(2026, 9, 1), to_country=to, band="in_time", n=n, **way)
        for country, n in (("", 12), ("PL", 2), ("GE", 10)):
            MonthlyFigure.objects.create(
                month=dt.date(2026, 9, 1),
                country=country,
                reports=n,
                reports_in_7_days=n,
                listings=n,
                fresh=n,
                level2=n,
            )
        made.opened()
    return made


@pytest.fixture
def frozen(year: Year) -> Year:
    with clock.travel(NOW + DAY):
        for number in range(5):
            year.answered(number)
    with clock.travel(NOW + 21 * DAY):
        year.frozen()
    return year


# long: one form, from bad to good
def test_a_plan_is_written_with_its_numbers_and_told_what_is_wrong():
    year = Year()
    client = enter(year.evaluator)
    today = clock.today()
    said = {
        "kind": "year",
        "starts_on": str(today - 300 * DAY),
        "ends_on": str(today - 301 * DAY),
        "asked": "Один?\nДва?",
    }
    page = client.post(url("cycle-new"), said)
    assert page.status_code == 422 and "Для года скажите" in page.content.decode()
    said |= {"survey_until": str(today + 9 * DAY), "target_facts_fresh": "много"}
    page = client.post(url("cycle-new"), said)
    assert page.status_code == 422
    said |= {"target_facts_fresh": "90"}
    page = client.post(url("cycle-new"), said)
    assert page.status_code == 422 and "Конец раньше начала." in page.content.decode()
    page = client.post(url("cycle-new"), said | {"ends_on": str(today), "asked_en": "One?"})
    row = EvaluationCycle.objects.get()
    assert page["Location"] == url("cycle", row.public_id)
    assert row.indicators.get(code="facts_fresh").target == Decimal(90)
    assert list(row.asked.filter(code="").values_list("text", flat=True)) == ["Один?", "Два?"]
    edited = client.post(url("cycle-edit", row.public_id), said | {"ends_on": str(today), "version": "99"})
    assert edited.status_code == 422
    edited = client.post(url("cycle-edit", row.public_id), said | {"ends_on": str(today), "version": row.version})
    assert edited.status_code == 302
    stranger = enter(year.made.managers[0])
    assert stranger.get(url("cycle", row.public_id)).status_code == 404
    assert stranger.get(url("cycle-new")).status_code == 404
    assert stranger.post(url("cycle-press", row.public_id), {"step": "open"}).status_code == 302
    row.refresh_from_db()
    assert row.state == "planned"
    assert client.post(url("cycle-press", row.public_id), {"step": "call_off"})["Location"] == url("evaluation")
    assert not EvaluationCycle.objects.exists()


def test_the_survey_is_answered_with_a_code_and_nobody_else(year: Year):
    with clock.travel(NOW + DAY):
        client, page = enter(year.made.managers[0]), url("survey", year.cycle.public_id)
        assert client.get(page).status_code == 200
        bad = client.post(page, {"step": "take", "organization": year.made.houses[1].slug}, follow=True)
        assert "Выберите свою организацию." in bad.content.decode() and not SurveyHanded.objects.exists()
        taken = client.post(page, {"step": "take", "organization": year.made.houses[0].slug})
        code = taken.context["code"]
        assert code in taken.content.decode() and "no-store" in taken["Cache-Control"]
        again = client.post(page, {"step": "take", "organization": year.made.houses[0].slug}, follow=True)
        assert "уже есть код" in again.content.decode()
        said = {f"question_{n}": "yes" for n in range(1, 6)}
        missing = client.post(page, {"step": "answer", "code": code, **said, "question_5": "x"})
        assert missing.status_code == 422 and code in missing.content.decode() and not SurveyUsed.objects.exists()
        wrong = client.post(page, {"step": "answer", "code": "нет", **said})
        assert wrong.status_code == 422 and "не код этого опроса" in wrong.content.decode()
        # With the code alone: a colleague who is no manager.
        reader = enter(scenarios.person(year.made.houses[0], MembershipRole.READER))
        assert "step" in reader.get(page).content.decode()
        assert reader.post(page, {"step": "answer", "code": code.upper(), **said}).status_code == 302
        assert reader.post(page, {"step": "answer", "code": code, **said}).status_code == 422
        assert SurveyUsed.objects.count() == 1
    with clock.travel(NOW + 40 * DAY):
        assert "Опрос закончился" in client.get(page).content.decode()


def test_figures_are_read_by_few_until_the_report_is_adopted(frozen: Year):
    key = frozen.cycle.public_id
    readers = [frozen.evaluator, scenarios.coordinator(frozen.made.houses[2]), frozen.made.managers[1]]
    others = [frozen.made.managers[4], scenarios.person(frozen.made.houses[3], MembershipRole.READER)]
    for user in readers:
        assert "Хеш всех показателей" in enter(user).get(url("cycle", key)).content.decode()
        assert all(enter(user).get(url(f"cycle-{name}", key)).status_code == 200 for name in FILES)
    for user in others:
        page = enter(user).get(url("cycle", key)).content.decode()
        assert "когда отчёт будет принят" in page and "Хеш источника" not in page
        assert {enter(user).get(url(f"cycle-{name}", key)).status_code for name in FILES} == {404}
        assert enter(user).get(url("cycle-compare", key)).status_code == 404
    assert enter(scenarios.person()).get(url("cycle", key)).status_code == 404


def test_files_hold_definitions_and_hide_what_the_page_hides(frozen: Year):
    client, key = enter(frozen.evaluator), frozen.cycle.public_id
    page = client.get(url("cycle", key)).content.decode()
    told = json.loads(client.get(url("cycle-json", key)).content)
    one = next(row for row in told["indicators"] if row["code"] == "referrals_answered")
    assert one["function"] == "referrals_answered" and one["means"] and one["of"]
    parts = {row["scope"]: row for row in one["values"]}
    assert parts[""]["n"] == 20 and len(parts[""]["source"]) == 64
    # Three people of one way, and the next smallest, from which they could be reckoned, have no line.
    assert {scope: row["n"] for scope, row in parts.items()} == {"": 20, "AM>DE": 10}
    one = next(row for row in told["indicators"] if row["code"] == "reports_in_7_days")
    parts = {row["scope"]: row for row in one["values"]}
    assert parts["PL"]["hidden"] and parts["PL"]["value"] is None and not parts["PL"]["source"]
    csv = client.get(url("cycle-table", key)).content.decode("utf-8-sig")
    line = next(line for line in csv.splitlines() if line.startswith("reports_in_7_days") and "Польша" in line)
    assert "скрыто" in line and "<5" in line
    book = load_workbook(io.BytesIO(client.get(url("cycle-book", key)).content))
    assert book.sheetnames == ["Показатели", "Определения", "Опрос участников", "Выводы"]
    assert told["survey"][0]["answers"] == {"yes": 5, "partly": 0, "no": 0, "cannot": 0}
    assert "скрыто" in page and frozen.cycle.frozen_hash in page and frozen.cycle.salt not in page


def test_before_the_freezing_pages_and_files_tell_nothing_of_people(year: Year):
    """A second look would tell by a difference what came between the two."""
    client, key = enter(year.evaluator), year.cycle.public_id
    with clock.travel(NOW + DAY):
        page = client.get(url("cycle", key)).content.decode()
        assert "после фиксации" in page and '<b class="tabular">19</b>' not in page and "скрыто" not in page
        told = json.loads(client.get(url("cycle-json", key)).content)
        csv = client.get(url("cycle-table", key)).content.decode("utf-8-sig")
        book = load_workbook(io.BytesIO(client.get(url("cycle-book", key)).content))
    for code in ("referrals_answered", "reports_in_7_days", "searches_missed", "people_trained", "survey_map"):
        values = next(row for row in told["indicators"] if row["code"] == code)["values"]
        assert len(values) == 1 and values[0]["after_freezing"] and values[0]["n"] is values[0]["value"] is None
        lines = [line for line in csv.splitlines() if line.startswith(code)]
        assert len(lines) == 1 and "после фиксации" in lines[0] and "–" in lines[0] and "<5" not in lines[0]
        assert [row[6] for row in book["Показатели"].values if row[0] == code] == ["после фиксации"]
    open_now = next(row for row in told["indicators"] if row["code"] == "facts_fresh")["values"][0]
    assert not open_now["after_freezing"] and open_now["n"] == 0


def test_two_years_with_a_day_in_common_are_refused_in_the_form(year: Year):
    client = enter(year.evaluator)
    said = {"kind": "year", "starts_on": str(year.ends_on), "ends_on": str(year.ends_on + 300 * DAY),
            "survey_until": str(year.ends_on + 300 * DAY)}  # fmt: skip
    page = client.post(url("cycle-new"), said)
    assert page.status_code == 422 and "не бывает общих дней" in page.content.decode()
    assert EvaluationCycle.objects.count() == 1


def test_a_finding_is_corrected_on_its_page(frozen: Year):
    client, key = enter(frozen.evaluator), frozen.cycle.public_id
    with clock.travel(NOW + 22 * DAY):
        finding = evaluation.find(actor=frozen.evaluator, cycle=frozen.cycle, text="Вывод")
        assert "Исправить вывод" in client.get(url("cycle", key)).content.decode()
        said = {"step": f"correct:{finding.public_id}", "text": "Лучше", "text_en": "Better", "version": "1"}
        bad = client.post(url("cycle-write", key), said | {"text": ""})
        assert bad.status_code == 422 and "Better" in bad.content.decode()
        assert client.post(url("cycle-write", key), said | {"version": "x"}).status_code == 422
        assert client.post(url("cycle-write", key), said).status_code == 302
        late = client.post(url("cycle-write", key), said | {"text": "Поверх"})
        assert late.status_code == 422 and "тем временем исправил" in late.content.decode()
        finding.refresh_from_db()
        assert (finding.text, finding.text_en) == ("Лучше", "Better")
        advice = evaluation.recommend(actor=frozen.evaluator, finding=finding, text="Совет")
        evaluation.decline(actor=frozen.evaluator, recommendation=advice, reason="Не сейчас")
        assert "Исправить вывод" not in client.get(url("cycle", key)).content.decode()
        late = client.post(url("cycle-write", key), said | {"version": "2"})
        assert late.status_code == 422 and "уже ответили" in late.content.decode()
        reader = enter(frozen.made.managers[1])
        assert "Исправить вывод" not in reader.get(url("cycle", key)).content.decode()


def test_findings_are_written_on_the_page_and_bad_ones_keep_their_words(frozen: Year):
    client, key = enter(frozen.evaluator), frozen.cycle.public_id
    with clock.travel(NOW + 22 * DAY):
        bad = client.post(url("cycle-write", key), {"step": "find", "text": "", "text_en": "Kept"})
        assert bad.status_code == 422 and "Kept" in bad.content.decode()
        assert client.post(url("cycle-write", key), {"step": "find", "text": "Вывод"}).status_code == 302
        finding = frozen.cycle.findings.get()
        write = f"recommend:{finding.public_id}"
        assert client.post(url("cycle-write", key), {"step": write, "text": "Совет"}).status_code == 302
        advice = finding.recommendations.get()
        bad = client.post(url("cycle-write", key), {"step": f"take_up:{advice.public_id}", "decision": "zzzzzzzzzz"})
        assert bad.status_code == 422
        bad = client.post(url("cycle-write", key), {"step": f"decline:{advice.public_id}", "reason": "x" * 501})
        assert bad.status_code == 422
        assert client.post(url("cycle-write", key), {"step": "find:x", "text": ""}).status_code == 422
        assert client.post(url("cycle-write", key), {"step": "nothing"}).status_code == 302
        added = {"step": "add", "code": "facts_fresh", "value": "80", "n": "5", "note": "Позже"}
        assert client.post(url("cycle-write", key), added | {"n": "-1"}).status_code == 422
        assert client.post(url("cycle-write", key), added).status_code == 302
        assert "добавлено позже" in client.get(url("cycle", key)).content.decode()
        other = enter(frozen.made.managers[5])
        assert other.post(url("cycle-write", key), {"step": "find", "text": "Чужое"}).status_code == 302
        assert frozen.cycle.findings.count() == 1


def test_everybody_reads_the_published_report_under_the_documents(frozen: Year):
    cycle, reader = frozen.cycle, Client()
    with clock.travel(NOW + 22 * DAY):
        assert "What has changed" not in reader.get("/en/documents/").content.decode()
        evaluation.find(actor=frozen.evaluator, cycle=cycle, text="Вывод")
        evaluation.discuss(actor=frozen.evaluator, cycle=cycle)
        evaluation.adopt(actor=frozen.evaluator, cycle=cycle, decision=frozen.decided())
        chair = enter(frozen.made.chair)
        page = chair.post(url("cycle-press", cycle.public_id), {"step": "publish"}, follow=True)
        assert "Everybody can read it now" in page.content.decode()
        found = re.search(r'href="([^"]+)">What has changed: ', reader.get("/en/documents/").content.decode())
        assert found
        told = reader.get(found[1]).content.decode()
    assert "Colleagues answer when they are needed: 100%" in told and "referrals: 20" in told


def test_a_figure_that_says_something_else_today_is_shown_and_stays(frozen: Year):
    client, page = enter(frozen.evaluator), url("cycle-compare", frozen.cycle.public_id)
    assert "все показатели совпадают" in client.get(page).content.decode()
    CorridorCount.objects.filter(to_country="DE").update(n=10)
    told = client.get(page).content.decode()
    assert "сегодня говорят другое" in told and "Перенаправления с ответом в срок" in told and "хеш совпадает" in told
    assert evaluation.frozen_hash(frozen.cycle) == frozen.cycle.frozen_hash


def test_an_evaluator_from_outside_reads_no_map_of_members():
    evaluator = enter(Year().evaluator)
    assert evaluator.get("/ru/members/").status_code in (302, 403, 404)
    assert evaluator.get(url("evaluation")).status_code == 200
    inside = scenarios.person(scenarios.organization("Наши"), network_role="evaluator")
    assert enter(inside).get("/ru/members/").status_code == 200


def values(code: str) -> dict[str, tuple[float | None, int]]:
    period = MeasuredPeriod(dt.date(2025, 10, 1), dt.date(2026, 9, 30))
    return {one.scope: (None if one.value is None else float(one.value), one.n) for one in measure(code, period)}


def test_referrals_are_counted_by_way():
    own = {"group": "", "urgency": "days", "mode": "visit", "outcome": "served"}
    rows = (
        (9, "AM", "PL", "in_time", True, 6), (9, "AM", "PL", "late", False, 2), (1, "GE", "PL", "never", None, 2),
        (10, "AM", "PL", "never", False, 50),
    )  # fmt: skip
    for number, home, to, band, before, n in rows:
        CorridorCount.objects.create(
            month=dt.date(2026, number, 1), from_country=home, to_country=to, band=band, before_end=before, n=n, **own
        )
    assert values("referrals_answered") == {"": (60.0, 10), "AM>PL": (75.0, 8), "GE>PL": (0.0, 2)}
    assert values("served_before_end") == {"": (75.0, 8), "AM>PL": (75.0, 8)}
