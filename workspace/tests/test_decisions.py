"""The pages of decisions: a seat opens what no role does, choices are not shown early, files are for saving."""

from __future__ import annotations

import datetime as dt
import html

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import NetworkRole
from core import clock
from core.tests.shared import shared
from network.decisions import services as decisions
from network.decisions.models import Ballot, DocumentVersion, Seat, Vote
from network.decisions.tests import makers
from organizations.models import MembershipRole, Organization
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
AFTER = makers.END + dt.timedelta(days=1)


def _network():
    with clock.travel(makers.NOW):
        return makers.network()


_ground, network = shared(_network, name="network")


@pytest.fixture
def made(network):
    with clock.travel(makers.NOW):
        yield network


def get(user, name, *args, **query):
    client = Client()
    client.force_login(user)
    return client.get(reverse(f"workspace:{name}", args=args), query)


def post(user, name, *args, **data):
    client = Client()
    client.force_login(user)
    return client.post(reverse(f"workspace:{name}", args=args), data)


def text_of(answer):
    return html.unescape(answer.content.decode())


NEW = ("network-paper-new", "network-vote-new", "network-meeting-new", "network-decision-new")


@pytest.mark.parametrize("page", NEW)
def test_a_seat_opens_what_no_role_does_and_its_end_shuts_it(made, page):
    assert get(made.managers[1], page).status_code == 404
    assert get(scenarios.coordinator(), page).status_code == 404
    assert get(made.chair, page).status_code == 200
    seats = Seat.objects.filter(person=made.chair)
    seats.update(ends_on=clock.today() - dt.timedelta(days=1))
    assert get(made.chair, page).status_code == 404


def test_an_outsider_reads_nothing_of_it(made):
    paper = makers.paper(made)
    outsider = scenarios.person(scenarios.organization(member_status="applicant"), MembershipRole.MANAGER)
    vote = makers.announced(made)
    for name, *args in (
        ("network-papers",),
        ("network-paper", paper.document.public_id),
        ("network-votes",),
        ("network-vote", vote.public_id),
        ("network-bodies",),
    ):
        assert get(outsider, name, *args).status_code == 404
        assert get(made.managers[3], name, *args).status_code == 200


def test_while_it_runs_nobody_reads_who_said_what_and_reasons_stay_with_few(made):
    vote = makers.announced(made)
    makers.cast(made, vote, 1, "against", reason="канарейка причины")
    readers = (made.managers[2], made.chair, made.administrator, scenarios.coordinator())
    for reader in readers:
        page = text_of(get(reader, "network-vote", vote.public_id))
        assert "1 из 4" in page and "канарейка" not in page and "Дом 1" not in page
    with clock.travel(AFTER):
        assert "Дом 1" in text_of(get(made.managers[2], "network-vote", vote.public_id))
        assert "канарейка" not in text_of(get(made.managers[2], "network-vote", vote.public_id))
        assert "канарейка причины" in text_of(get(made.chair, "network-vote", vote.public_id))


def test_of_a_secret_vote_only_who_took_part_is_shown(made):
    vote = makers.announced(made, options=["Анна", "Борис"], is_secret=True)
    makers.cast(made, vote, 1, "2")
    with clock.travel(AFTER):
        page = text_of(get(made.chair, "network-vote", vote.public_id))
    assert "Выбран ответ: Борис" in page and "Дом 1: " not in page and "Дом 1" in page


def test_a_press_gives_a_voice_and_a_wrong_one_is_said_in_words(made):
    vote = makers.announced(made)
    voice = makers.voice(made, vote, 2)
    told = {"step": "cast", "voice": voice.pk, "choice": "for"}
    post(made.managers[2], "network-vote-press", vote.public_id, **told)
    assert Ballot.objects.get(voter=voice).choice == "for"
    for wrong in ({"choice": "перхоть"}, {"voice": "x"}, {"voice": 0}, {"step": "?"}):
        assert post(made.managers[2], "network-vote-press", vote.public_id, **(told | wrong)).status_code == 302
    post(made.managers[3], "network-vote-press", vote.public_id, **(told | {"choice": "against"}))
    assert Ballot.objects.get(voter=voice).choice == "for"


def test_a_file_is_kept_as_what_it_is_and_saved_never_shown(made, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    pdf = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
    told = {"body": made.assembly.public_id, "kind": "policy", "title": "Файл", "audience": "members", "language": "ru"}
    answer = post(made.chair, "network-paper-new", **told, file=SimpleUploadedFile("Устав.exe", pdf))
    assert answer.status_code == 302
    version = DocumentVersion.objects.get()
    kept = get(made.managers[3], "network-file", version.public_id)
    assert b"".join(kept.streaming_content) == pdf
    assert kept["X-Content-Type-Options"] == "nosniff" and kept["Content-Disposition"].startswith("attachment")
    assert version.file_name == "Устав.pdf"
    refused = post(made.chair, "network-paper-new", **told, file=SimpleUploadedFile("a.pdf", b"MZ"))
    assert refused.status_code == 422 and "Файл" in text_of(refused)
    nothing = post(made.chair, "network-paper-new", **told)
    assert nothing.status_code == 422 and "Напишите текст или приложите файл" in text_of(nothing)


def test_late_decisions_stand_first_and_on_the_desks(made):
    meeting = decisions.call_meeting(
        actor=made.chair, body=made.assembly, held_on=clock.today(), place="", agenda=["Дела"]
    )
    meeting = decisions.write_minutes(actor=made.chair, meeting=meeting, said={}, present=[])
    for text, day in (("Позже", 20), ("Раньше", 2)):
        decisions.decide(
            actor=made.chair, meeting=meeting, text=text, organization=made.houses[2],
            responsible=made.managers[2], due_on=clock.today() + dt.timedelta(days=day),
        )  # fmt: skip
    coordinator = scenarios.person(made.houses[3], MembershipRole.MANAGER, NetworkRole.COORDINATOR)
    with clock.travel(makers.NOW + dt.timedelta(days=5)):
        page = text_of(get(made.managers[1], "network-decisions"))
        assert page.index("Раньше") < page.index("Позже") and page.count("просрочено") == 1
        assert "1 решение сети просрочено" in text_of(get(coordinator, "coordination"))
        assert "просрочено" in text_of(get(made.managers[2], "home"))
        assert "просрочен" not in text_of(get(made.managers[1], "home"))


def test_whoever_has_a_voice_sees_on_the_desk_that_it_is_waited_for(made):
    vote = makers.announced(made)
    assert "1 голосование ждёт вашего голоса" in text_of(get(made.managers[2], "home"))
    makers.cast(made, vote, 2, "abstain")
    assert "ждёт вашего голоса" not in text_of(get(made.managers[2], "home"))


def test_a_vote_goes_from_its_form_to_its_announcement_and_says_what_is_missing(made):
    told = {
        "body": made.assembly.public_id, "question": "Принять?", "closes_on": "2026-10-20", "quorum": "third",
        "threshold": "majority", "options": "",
    }  # fmt: skip
    bad = post(made.chair, "network-vote-new", **(told | {"is_secret": "on"}))
    assert bad.status_code == 422 and "Тайными бывают только выборы" in text_of(bad)
    alone = post(made.chair, "network-vote-new", **(told | {"options": "Анна"}))
    assert alone.status_code == 422 and "хотя бы двое" in text_of(alone)
    assert post(made.chair, "network-vote-new", **told).status_code == 302
    vote = Vote.objects.get()
    post(made.chair, "network-vote-press", vote.public_id, step="announce")
    vote.refresh_from_db()
    assert vote.is_running and vote.voters.count() == Organization.objects.filter(member_status="member").count()
