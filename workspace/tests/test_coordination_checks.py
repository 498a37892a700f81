"""Remote checks without the mouse: saving goes on to the next one, undo goes back, evidence stays with coordinators."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from verification import services as verification
from verification.models import Check, Recheck
from verification.tests import scenarios
from workspace.tests.test_coordination import answers, enter, late, url

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 proof\n%%EOF"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def coordinator():
    return scenarios.coordinator()


@pytest.fixture
def desk(coordinator):
    return enter(coordinator)


def overdue_row(days):
    return scenarios.published(on=clock.today() - dt.timedelta(days=days))


def test_saving_goes_to_the_next_of_the_pile_and_after_the_last_to_the_desk(desk):
    first, second = overdue_row(195), overdue_row(190)
    page = url("-check", first.public_id, pile="overdue")
    answer = desk.post(page, answers())
    assert answer.url == url("-check", second.public_id, pile="overdue")
    assert desk.post(answer.url, answers()).url == url(pile="overdue")
    check = Check.objects.filter(listing=first).first()
    assert (check.level, check.critical_fields, check.method) == (2, ["contacts"], "call")


def test_twenty_checks_in_a_row_need_twenty_presses(desk):
    for _number in range(20):
        late()
    page, presses = desk.get(url(pile="overdue")).context["rows"][0].url, 0
    while "/checks/" in page:
        page, presses = desk.post(page, answers()).url, presses + 1
    assert presses == 20 and Check.objects.filter(level=2).count() == 20


def test_the_check_is_taken_back_from_the_next_page(desk):
    first, second = overdue_row(195), overdue_row(190)
    answer = desk.post(url("-check", first.public_id, pile="overdue"), answers())
    page = desk.get(answer.url).content.decode()
    check = Check.objects.get(level=2)
    assert url("-check-undo", check.public_id) in page
    stranger = enter(scenarios.coordinator())
    assert stranger.post(url("-check-undo", check.public_id)).status_code == 404
    back = desk.post(url("-check-undo", check.public_id, pile="overdue"))
    assert back.url == url("-check", first.public_id, pile="overdue")
    first.state.refresh_from_db()
    assert first.state.level == 1 and second.public_id


def test_faults_are_said_and_nothing_is_recorded(desk):
    row = late()
    page = url("-check", row.public_id)
    before = Check.objects.count()
    for fault in (
        answers(fields_asked=[]),
        answers(outcome=""),
        answers(outcome="wrong"),
        answers(outcome="withdrawn"),
        answers(method="workspace"),
        answers(fields_asked=["service.safety_note"]),
    ):
        assert desk.post(page, fault).status_code == 422
    assert Check.objects.count() == before


def test_something_wrong_asks_for_a_recheck_and_moves_no_date(desk):
    row = late()
    due_on = row.state.due_on
    desk.post(url("-check", row.public_id), answers(outcome="wrong", note="Переехали"))
    row.state.refresh_from_db()
    assert row.state.due_on == due_on and Recheck.objects.open().get().reason == "report"


def test_a_coordinator_without_an_organisation_is_told_so():
    row = late()
    alone = enter(scenarios.person(network_role="coordinator"))
    assert alone.get(url("-check", row.public_id)).status_code == 200
    assert alone.post(url("-check", row.public_id), answers()).status_code == 422


def test_the_owners_word_by_phone_is_level_one(desk):
    row = late()
    desk.post(url("-check", row.public_id), {"action": "owner", "note": "Сказала директор"})
    row.state.refresh_from_db()
    assert (row.state.level, row.state.check_method) == (1, "coordinator_phone")


def test_evidence_is_for_coordinators_of_the_country_and_never_shown(desk, coordinator):
    row = late()
    verifier = scenarios.verifier()
    recheck = verification.open_recheck(listing=row, reason="outside")
    organization = verifier.memberships.get().organization
    verification.assign(recheck=recheck, actor=coordinator, organization=organization)
    file = SimpleUploadedFile("протокол.html", PDF, content_type="text/html")
    enter(verifier).post(url("-check", row.public_id), answers(evidence=file))
    check = Check.objects.exclude(evidence="").get()
    page = url("-evidence", check.public_id)
    answer = desk.get(page)
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment") and answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/octet-stream" and answer["Content-Disposition"].endswith('.pdf"')
    others = [verifier, scenarios.person(row.service.organization), scenarios.coordinator(row.service.organization)]
    elsewhere = scenarios.coordinator()
    elsewhere.countries = ["PL"]
    elsewhere.save()
    for other in [*others, elsewhere]:
        assert enter(other).get(page).status_code == 404


def test_a_file_that_is_no_proof_is_refused_at_its_field(desk):
    file = SimpleUploadedFile("a.pdf", b"<script>", content_type="application/pdf")
    answer = desk.post(url("-check", late().public_id), answers(evidence=file))
    assert answer.status_code == 422 and "evidence" in answer.context["form"].errors


# --- giving checks to an organisation ----------------------------------------------------------------------------


@pytest.fixture
def newcomer():
    for _number in range(3):
        scenarios.organization()
    return scenarios.organization("Новый дом", joined_on=clock.today())


def test_a_newcomer_is_not_offered_and_the_form_says_why(desk, newcomer):
    chosen = {"listing": late().public_id, "action": "assign"}
    page = desk.post(url("-bulk"), chosen)
    assert "Новый дом" not in page.content.decode() and "меньше полугода" in page.content.decode()
    page = desk.post(url("-bulk"), chosen | {"confirmed": "yes", "organization": newcomer.slug})
    assert page.status_code == 422 and not Recheck.objects.exists()
    why = "Организация в сети меньше полугода: пока она никого не проверяет."
    assert page.context["form"].errors == {"organization": [why]}
    for nonsense in ("нет такой", "\0"):
        page = desk.post(url("-bulk"), chosen | {"confirmed": "yes", "organization": nonsense})
        assert page.status_code == 422 and "полугода" not in str(page.context["form"].errors)


def test_who_may_be_chosen_is_asked_at_each_press(coordinator, newcomer):
    """And not when the program starts: half a year later it is offered."""
    with clock.travel(clock.now() + dt.timedelta(days=181)):
        chosen, desk = {"listing": late().public_id, "action": "assign"}, enter(coordinator)
        page = desk.post(url("-bulk"), chosen).content.decode()
        assert "Новый дом" in page and "меньше полугода" not in page
        desk.post(url("-bulk"), chosen | {"confirmed": "yes", "organization": newcomer.slug})
        assert Recheck.objects.get().assigned_to == newcomer


def test_whether_it_is_a_newcomer_is_asked_once(desk):
    theirs = scenarios.organization(joined_on=clock.today() - dt.timedelta(days=200))
    found = []
    for number in (1, 4):
        rows = [late().public_id for _number in range(number)]
        chosen = {"listing": rows, "action": "assign", "confirmed": "yes", "organization": theirs.slug}
        with CaptureQueriesContext(connection) as queries:
            desk.post(url("-bulk"), chosen)
        found.append(sum('"joined_on" >=' in one["sql"] for one in queries))
    assert Recheck.objects.exclude(assigned_to=None).count() == 5 and found[0] == found[1]
