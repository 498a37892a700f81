"""Screens of the matrix: every cut, tables that run nothing, bad input that loses nothing, who may press."""

import datetime as dt
import io

import pytest
from django.test import Client
from openpyxl import load_workbook

from accounts.models import NetworkRole
from core import clock
from directory.tests.factories import publish
from network.gaps import services as gaps
from network.gaps.models import AbsenceCheck, Gap
from network.learning.models import TrainingGap
from network.learning.tests.makers import School
from organizations.models import MembershipRole
from verification.models import Suggestion
from verification.publication import publish_vocabulary
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
ROOT = "/ru/workspace/network/gaps/"
CELL = f"{ROOT}cell/?kind=naloxone&country=GE"


@pytest.fixture
def house():
    publish_vocabulary()
    return scenarios.organization("Дом")


def client(user):
    made = Client()
    made.force_login(user)
    return made


def test_every_cut_opens_and_is_saved_without_formulas_and_small_numbers(house, settings, tmp_path):
    settings.USAGE_DIR = str(tmp_path)
    publish(types=["naloxone"], level=2, groups={"msm": "all"})
    day = clock.now() - dt.timedelta(days=15)
    for n in range(4):
        Suggestion.objects.create(
            code_hash=str(n), what="=1+1", kind="harm_reduction", country="GE", reach="так", known_from="been",
            received_at=day, due_at=day,
        )  # fmt: skip
    member = client(scenarios.person(house, MembershipRole.READER))
    for query in ("", "view=groups&country=GE&column=msm", "view=countries&group=msm", "view=ways&country=GE&column=KZ",
                  "view=languages&country=GE&column=ru", "view=x&country=ZZ&column=_&group=_&section=_"):  # fmt: skip
        page = member.get(f"{ROOT}?{query}")
        assert page.status_code == 200, query
        assert "неизвестно" in page.content.decode()
    text = member.get(f"{ROOT}table.csv?country=GE").content.decode()
    assert "Налоксон" in text
    assert "тонко" in text
    book = load_workbook(io.BytesIO(member.get(f"{ROOT}table.xlsx?country=GE").content))
    told = [[cell.value for cell in row] for row in book.worksheets[1].iter_rows(min_row=2)]
    assert [row[-1] for row in told] == ["<5"]
    page = member.get(CELL).content.decode()
    assert "&lt;5" in page
    assert "по всему разделу" in page
    for wrong in ("?kind=x&country=GE", "?kind=naloxone", "?kind=naloxone&country=GE&group=msm&language=ru",
                  "?kind=naloxone&country=GE&to=GE"):  # fmt: skip
        assert member.get(f"{ROOT}cell/{wrong}").status_code == 404
    assert client(scenarios.person()).get(ROOT).status_code == 404


# long: one page after another
def test_what_is_wrong_is_said_and_kept_and_a_reader_presses_nothing(house):
    boss = client(scenarios.person(house, MembershipRole.EDITOR, NetworkRole.COORDINATOR))
    answer = boss.post(CELL, {"step": "absent", "organization": house.slug, "how": ""})
    assert answer.status_code == 422
    answer = boss.post(CELL, {"step": "absent", "organization": house.slug, "how": "Всех"}, follow=True)
    assert "нет" in answer.content.decode()
    word = AbsenceCheck.objects.get()
    answer = boss.post(CELL, {"step": "open", "why": "Нужно", "priority": "x"})
    assert (answer.status_code, "Нужно" in answer.content.decode()) == (422, True)
    boss.post(CELL, {"step": "open", "why": "Нужно", "priority": "now"})
    gap = Gap.objects.get()
    address = f"{ROOT}work/{gap.public_id}/"
    answer = boss.post(f"{address}press/", {"step": "plan", "action": "Позвонить", "due_on": "вчера", "who": ""})
    assert (answer.status_code, "Позвонить" in answer.content.decode()) == (422, True)
    assert boss.post(f"{address}press/", {"step": "drop", "reason": ""}).status_code == 422
    reader = client(scenarios.person(house, MembershipRole.READER))
    page = reader.get(address).content.decode()
    assert "Нужно" in page
    assert "Снять пробел" not in page
    reader.post(f"{address}press/", {"step": "drop", "reason": "так"})
    reader.post(CELL, {"step": "take_back", "word": word.public_id})
    reader.post(CELL, {"step": "open", "why": "Нужно", "priority": "now"})
    assert (Gap.objects.live().count(), AbsenceCheck.objects.standing().count()) == (1, 1)
    desk = boss.get("/ru/workspace/coordination/").content.decode()
    assert "1 пробел пока без действия" in desk
    boss.post(CELL, {"step": "take_back", "word": word.public_id})
    assert not AbsenceCheck.objects.standing().exists()
    gaps.drop(actor=scenarios.coordinator(house), gap=gap, reason="Ошиблись")
    for show in ("live", "late", "idle", "mine", "ended"):
        assert boss.get(f"{ROOT}work/?show={show}&country=GE").status_code == 200
    assert boss.get(f"{ROOT}changes/?quarter=x").status_code == 200


def test_a_gap_leads_to_its_trainings_and_to_a_new_one_about_it():
    school = School()
    gap = gaps.open_gap(
        actor=school.boss, service_type="naloxone", country="GE", was="none", priority="now", why="Нужно"
    )
    training = school.training()
    TrainingGap.objects.create(training=training, gap=gap)
    teacher = client(school.teacher)
    page = teacher.get(f"{ROOT}work/{gap.public_id}/").content.decode()
    offer = f"/ru/workspace/network/learning/trainings/new/?gap={gap.public_id}"
    assert f"/learning/trainings/{training.public_id}/" in page and offer in page
    assert teacher.get(offer).context["form"]["gaps"].value() == [gap.public_id]
    assert teacher.get(offer.replace(gap.public_id, "nonsense")).status_code == 200


def test_the_sheet_says_of_which_day_it_is(house):
    """What hangs on a wall is read months later."""
    editor = client(scenarios.person(house, MembershipRole.EDITOR))
    with clock.travel(dt.datetime(2026, 12, 1, 9, tzinfo=dt.UTC)):
        assert '<p class="gaps-day">1 декабря 2026</p>' in editor.get(ROOT).content.decode()
