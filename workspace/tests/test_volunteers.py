"""Pages of volunteers, of the colleague who answers, and of the manager who invites."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from core import clock
from network.learning.tests.makers import School
from network.volunteering import services as volunteering
from network.volunteering.desk import queue_of
from network.volunteering.models import VolunteerProposal
from network.volunteering.tests.makers import Help
from organizations import volunteers
from organizations.models import Invitation, Membership, MembershipRole, Volunteering
from verification import services as verification
from verification.models import Check, Proposal
from verification.tests import scenarios

pytestmark = pytest.mark.django_db


@pytest.fixture
def help() -> Help:
    return Help()


def page(client: Client, name: str, *ids: str) -> str:
    return client.get(reverse(f"workspace:{name}", args=ids)).content.decode()


def test_a_volunteer_finds_a_service_and_proposes(client, help):
    client.force_login(help.user)
    assert "Тест рядом" in page(client, "volunteering-find")
    found = client.post(reverse("workspace:volunteering-find"), {"q": "тест рядом"}).content.decode()
    assert reverse("workspace:volunteering-listing", args=[help.service.public_id]) in found
    url = reverse("workspace:volunteering-listing", args=[help.service.public_id])
    wrong = client.post(url, {"what": "check", "check-method": "call", "check-outcome": "wrong"})
    assert wrong.status_code == 422
    done = client.post(url, {"what": "check", "check-method": "call", "check-outcome": "correct",
                             "check-compared": ["contacts"]})  # fmt: skip
    assert done.status_code == 302
    again = client.post(url, {"what": "check", "check-method": "call", "check-outcome": "correct"})
    assert again.status_code == 422
    assert client.post(url, {"what": "edit", "edit-path": "", "edit-said": ""}).status_code == 422
    assert client.post(url, {"what": "nonsense"}).status_code == 422
    assert "Тест рядом" in page(client, "volunteering")


def test_a_name_that_is_not_everybodys_any_more_is_gone_from_their_page(client, help):
    volunteering.propose_edit(actor=help.user, listing=help.service.public_id, path="", said="Закрыто")
    verification.hide(listing=help.service, actor=help.owner, reason="Переезд")
    client.force_login(help.user)
    assert "Тест рядом" not in page(client, "volunteering")
    url = reverse("workspace:volunteering-listing", args=[help.service.public_id])
    missing = reverse("workspace:volunteering-listing", args=["zzzzzzzzzz"])
    assert client.get(url).status_code == client.get(missing).status_code == 404


def test_what_is_missing_is_said_and_nothing_can_be_sent(client):
    help = Help(trained=False)
    client.force_login(help.user)
    assert "Конфиденциальность" in page(client, "volunteering")
    for name in ("volunteering-find", "volunteering-fact"):
        assert client.get(reverse(f"workspace:{name}")).status_code == 404
    volunteers.end(actor=help.manager, volunteering=help.row)
    client.force_login(help.user)
    assert client.get(reverse("workspace:volunteering")).status_code == 404


def test_the_colleague_accepts_and_the_coordinator_reads_who_brought_it(client, help):
    row = volunteering.propose_check(
        actor=help.user, listing=help.service.public_id, method="visit", outcome="correct"
    )  # fmt: skip
    client.force_login(help.boss)
    assert "Аня" in page(client, "volunteers")
    url = reverse("workspace:volunteer-proposal", args=[row.public_id])
    asked = page(client, "volunteer-proposal", row.public_id).split("<main")[1]
    assert asked.count('"btn primary"') == 1 and 'class="back"' in asked, "one press comes first, and a way back"
    assert client.post(url, {"step": "nonsense"}).status_code == 302
    assert client.post(url, {"step": "decline", "reason": ""}).status_code == 422
    assert client.post(url, {"step": "accept"}).status_code == 302
    assert Check.objects.filter(listing=help.service, checked_by=help.boss).exists()
    client.force_login(scenarios.coordinator())
    assert "Аня" in page(client, "coordination-history", help.service.public_id)
    client.force_login(help.owner)
    assert "Аня" not in page(client, "listing-history", help.service.public_id)


def test_a_fact_leads_the_colleague_to_the_draft(client, help):
    client.force_login(help.user)
    sent = {"country": "GE", "topic": "art", "answer": "yes", "said": "Выдают.", "source_title": "Приказ",
            "source_language": "ru"}  # fmt: skip
    assert client.post(reverse("workspace:volunteering-fact"), sent | {"topic": "undesirable"}).status_code == 422
    assert client.post(reverse("workspace:volunteering-fact"), sent).status_code == 302
    row = VolunteerProposal.objects.get()
    client.force_login(help.boss)
    answer = client.post(reverse("workspace:volunteer-proposal", args=[row.public_id]), {"step": "accept"})
    row.refresh_from_db()
    assert answer["Location"] == reverse("workspace:fact", args=[row.fact.public_id])


def test_only_the_colleague_opens_a_proposal(client, help):
    row = volunteering.propose_edit(actor=help.user, listing=help.service.public_id, path="", said="Закрыто")
    for person in (help.manager, help.owner, help.user, scenarios.coordinator()):
        client.force_login(person)
        assert client.post(
            reverse("workspace:volunteer-proposal", args=[row.public_id]), {"step": "accept"}
        ).status_code == 404  # fmt: skip
    assert not Proposal.objects.exists()


# long: every press of one page
def test_a_manager_invites_prolongs_hands_over_and_ends(client, help):
    client.force_login(help.manager)
    url = reverse("workspace:volunteers-of", args=[help.house.slug])
    today = clock.today()
    sent = {"email": "anna@example.org", "colleague": help.boss.pk, "starts_on": today,
            "ends_on": today + dt.timedelta(days=300), "language": "ru"}  # fmt: skip
    assert client.post(url, sent).status_code == 422
    assert not Volunteering.objects.filter(user=None).exists()
    assert client.post(url, sent | {"ends_on": today + dt.timedelta(days=30)}).status_code == 302
    assert len(mail.outbox) == 1
    invited = Volunteering.objects.get(user=None)

    def press(row: Volunteering, **said: object) -> None:
        where = reverse("workspace:volunteers-of-press", args=[help.house.slug, row.public_id])
        assert client.post(where, said).status_code == 302

    press(invited, step="resend")
    assert len(mail.outbox) == 2
    press(invited, step="end")
    invited.refresh_from_db()
    assert invited.ended_at
    assert invited.invitation.revoked_at
    press(help.row, step="nonsense")
    press(help.row, step="prolong", ends_on="31.31.2026")
    press(help.row, step="prolong", ends_on=today + dt.timedelta(days=120))
    press(help.row, step="hand_over", colleague=help.owner.pk)
    press(help.row, step="hand_over", colleague=help.manager.pk)
    help.row.refresh_from_db()
    assert (help.row.ends_on, help.row.colleague) == (today + dt.timedelta(days=120), help.manager)
    press(help.row, step="end")
    help.row.refresh_from_db()
    assert help.row.ended_at


def test_the_manager_puts_a_volunteer_on_the_list_of_a_training(client):
    help = Help(trained=False)
    training = School().training(topics=["confidentiality"])
    client.force_login(help.manager)
    url = reverse("workspace:network-training", args=[training.public_id])
    assert "Аня" in client.get(url).content.decode()
    press = reverse("workspace:network-training-press", args=[training.public_id])
    client.post(press, {"step": "ask", "who": f"p:{help.house.slug}:{help.user.pk}"})
    assert training.enrolments.filter(person=help.user, organization=help.house).exists()


@pytest.mark.parametrize(
    ("outcome", "told"),
    [("correct", "в тот день"), ("wrong", "передано"), ("unreachable", "никто не ответил")],
)
def test_the_colleague_reads_what_came_of_a_check(client, help, outcome, told):
    row = volunteering.propose_check(
        actor=help.user, listing=help.service.public_id, method="call", outcome=outcome, said="До шести"
    )
    client.force_login(help.boss)
    url = reverse("workspace:volunteer-proposal", args=[row.public_id])
    answer = client.post(url, {"step": "accept"}, follow=True)
    (message,) = [str(one) for one in answer.context["messages"]]
    assert told in message


def test_a_check_that_waited_too_long_is_said_in_words(client, help):
    row = volunteering.propose_check(actor=help.user, listing=help.service.public_id, method="call", outcome="correct")
    with clock.travel(clock.now() + dt.timedelta(days=15)):
        client.force_login(help.boss)
        url = reverse("workspace:volunteer-proposal", args=[row.public_id])
        answer = client.post(url, {"step": "accept"}, follow=True)
    assert "Прошло больше двух недель" in answer.content.decode()


def test_no_way_leads_to_a_queue_that_is_not_there(client, help):
    """A colleague who does not write for the house any more, and writes for another one."""
    assert queue_of(help.boss) == 0
    volunteering.propose_edit(actor=help.user, listing=help.service.public_id, path="", said="Закрыто")
    assert queue_of(help.boss) == 1
    help.leaves(help.boss)
    assert queue_of(help.boss) is None
    Membership.objects.create(user=help.boss, organization=help.neighbours, role=MembershipRole.EDITOR)
    client.force_login(help.boss)
    assert queue_of(help.boss) is None
    home = client.get(reverse("workspace:home"), follow=True).content.decode()
    assert f'href="{reverse("workspace:volunteers")}"' not in home


def test_an_invitation_to_the_team_is_not_resent_from_here(client, help):
    """A row of before, tied to a letter that became one for another role."""
    today = clock.today()
    invitation, _token = volunteers.invite_volunteer(
        actor=help.manager, organization=help.house, email="anna@example.org", language="ru", colleague=help.boss,
        starts_on=today, ends_on=today,
    )  # fmt: skip
    row = Volunteering.objects.get(invitation=invitation)
    client.force_login(help.manager)
    assert client.get(reverse("workspace:volunteers-of", args=[help.house.slug])).content.count(b"hand_over") == 2
    Invitation.objects.filter(pk=invitation.pk).update(role=MembershipRole.READER)
    where = reverse("workspace:volunteers-of-press", args=[help.house.slug, row.public_id])
    client.post(where, {"step": "hand_over", "colleague": help.manager.pk})
    row.refresh_from_db()
    assert row.colleague == help.manager
    client.post(where, {"step": "resend"})
    assert not mail.outbox
    client.post(where, {"step": "end"})
    row.refresh_from_db()
    invitation.refresh_from_db()
    assert row.ended_at and not invitation.revoked_at
