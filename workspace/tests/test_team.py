"""The team page: who may open it, inviting, roles, leaving and coming back."""

import re

import pytest
from django.core import mail
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.services import create_person
from messaging.absences import declare_absence, today_of
from organizations.invitations import invite
from organizations.models import Invitation, Membership, Organization
from organizations.people import add_member
from organizations.services import create_organization

TEAM = "/ru/workspace/team/dom/"


@pytest.fixture
def house(db: None) -> Organization:
    return create_organization(
        actor=None, name="Дом", slug="dom", registration_country="KZ", member_status="member", countries=["KZ"]
    )


def person(email: str, organization: Organization, role: str) -> User:
    user = create_person(email=email, name=email.partition("@")[0])
    add_member(actor=None, organization=organization, user=user, role=role)
    return user


@pytest.fixture
def manager(house: Organization) -> User:
    return person("manager@example.org", house, "manager")


@pytest.fixture
def desk(client: Client, manager: User) -> Client:
    client.force_login(manager)
    return client


def bare(answer: HttpResponse, slug: str) -> str:
    """The page without what differs in every answer: its own address and the nonce."""
    return re.sub(r'nonce="[^"]+"', "", answer.content.decode()).replace(f"/team/{slug}/", "/team/")


def test_the_page_names_people_and_invitations(desk: Client, house: Organization) -> None:
    person("editor@example.org", house, "editor")
    desk.post(TEAM, {"email": "new@example.org", "role": "reader", "language": "ru"})
    page = desk.get(TEAM).content.decode()
    for address in ("manager@example.org", "editor@example.org", "new@example.org"):
        assert address in page


@pytest.mark.parametrize("role", ["reader", "editor", None])
def test_everybody_but_managers_gets_what_a_missing_page_gives(
    client: Client, house: Organization, manager: User, role: str | None
) -> None:
    user = person("other@example.org", house, role) if role else create_person(email="other@example.org", name="")
    client.force_login(user)
    membership = Membership.objects.get(user=manager).pk
    missing = client.get("/ru/workspace/team/nobody/")
    for path in ("", "restore/", f"people/{membership}/role/", f"people/{membership}/remove/"):
        answer = client.post(TEAM + path, {"role": "reader", "email": "x@example.org", "language": "ru"})
        assert answer.status_code == 404
    here = client.get(TEAM)
    assert here.status_code == missing.status_code == 404
    assert bare(here, "dom") == bare(missing, "nobody")
    assert not Invitation.objects.exists()
    assert Membership.objects.get(user=manager).role == "manager"


def test_a_manager_of_another_organisation_cannot_reach_its_people(desk: Client, house: Organization) -> None:
    other = create_organization(
        actor=None, name="Мост", slug="most", registration_country="GE", member_status="member", countries=["GE"]
    )
    stranger = person("stranger@example.org", other, "editor")
    membership = stranger.memberships.get().pk
    assert desk.post(f"{TEAM}people/{membership}/remove/").status_code == 404
    assert desk.post(f"/ru/workspace/team/most/people/{membership}/remove/").status_code == 404
    assert stranger.memberships.exists()


def test_strangers_are_asked_to_sign_in(client: Client, house: Organization) -> None:
    assert client.get(TEAM)["Location"] == f"/ru/accounts/login/?next={TEAM}"


def test_the_letter_holds_a_link_and_names_nobody(desk: Client, house: Organization) -> None:
    desk.post(TEAM, {"email": "New@Example.org", "role": "editor", "language": "en"})
    (letter,) = mail.outbox
    assert letter.to == ["new@example.org"]
    assert re.search(r"http://testserver/en/invitation/[\w-]{43}/", letter.body)
    for private in ("Дом", "manager", "dom"):
        assert private not in letter.subject + letter.body.replace("http://testserver", "")


@pytest.mark.parametrize(
    ("email", "field"), [("manager@example.org", "email"), ("not an address", "email"), ("", "email")]
)
def test_a_bad_address_is_explained_at_the_field(desk: Client, email: str, field: str) -> None:
    page = desk.post(TEAM, {"email": email, "role": "editor", "language": "ru"})
    assert page.context["form"].errors[field]
    assert not Invitation.objects.exists()
    assert not mail.outbox


def test_one_address_has_one_open_invitation(desk: Client) -> None:
    form = {"email": "new@example.org", "role": "editor", "language": "ru"}
    desk.post(TEAM, form)
    assert desk.post(TEAM, form).context["form"].errors["email"]
    assert (Invitation.objects.count(), len(mail.outbox)) == (1, 1)


def test_a_suspended_organisation_invites_nobody(desk: Client, house: Organization) -> None:
    Organization.objects.update(member_status="suspended")
    page = desk.post(TEAM, {"email": "new@example.org", "role": "editor", "language": "ru"})
    assert page.context["form"].non_field_errors()
    assert not Invitation.objects.exists()


def test_a_letter_that_cannot_be_sent_leaves_the_invitation_to_be_sent_again(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*args: object, **kwargs: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("workspace.team.letters.send_mail", down)
    page = desk.post(TEAM, {"email": "new@example.org", "role": "editor", "language": "ru"}, follow=True)
    assert [message.level_tag for message in page.context["messages"]] == ["error"]
    monkeypatch.undo()
    desk.post(f"{TEAM}invitations/{Invitation.objects.get().public_id}/resend/")
    assert len(mail.outbox) == 1


def test_a_role_changes_with_one_press(desk: Client, house: Organization) -> None:
    editor = person("editor@example.org", house, "editor").memberships.get()
    desk.post(f"{TEAM}people/{editor.pk}/role/", {"role": "manager"})
    editor.refresh_from_db()
    assert editor.role == "manager"


@pytest.mark.parametrize("press", ["role", "remove"])
def test_the_last_manager_stays(desk: Client, manager: User, press: str) -> None:
    membership = manager.memberships.get()
    page = desk.post(f"{TEAM}people/{membership.pk}/{press}/", {"role": "reader"}, follow=True)
    assert [message.level_tag for message in page.context["messages"]] == ["error"]
    assert manager.memberships.get().role == "manager"


def test_somebody_who_was_removed_comes_back_with_one_press(desk: Client, house: Organization) -> None:
    editor = person("editor@example.org", house, "editor")
    desk.post(f"{TEAM}people/{editor.memberships.get().pk}/remove/")
    assert not editor.memberships.exists()
    undo = desk.get(TEAM).context["undo"]
    desk.post(f"{TEAM}restore/", {"note": undo["note"]})
    assert editor.memberships.get().role == "editor"


def test_a_note_of_another_team_or_a_forged_one_brings_nobody_in(desk: Client, house: Organization) -> None:
    other = create_organization(
        actor=None, name="Мост", slug="most", registration_country="GE", member_status="member", countries=["GE"]
    )
    elsewhere = Client()
    elsewhere.force_login(person("other-manager@example.org", other, "manager"))
    guest = person("guest@example.org", other, "editor")
    elsewhere.post(f"/ru/workspace/team/most/people/{guest.memberships.get().pk}/remove/")
    note = elsewhere.get("/ru/workspace/team/most/").context["undo"]["note"]
    for wrong in (note, note + "x", ""):
        desk.post(f"{TEAM}restore/", {"note": wrong})
    assert not guest.memberships.exists()


def test_an_administrator_manages_every_team(client: Client, house: Organization, manager: User) -> None:
    client.force_login(create_person(email="admin@example.org", name="", network_role="administrator"))
    assert client.get(TEAM).status_code == 200


def test_the_number_of_queries_does_not_grow_with_the_team(desk: Client, house: Organization) -> None:
    def queries_with(people: range) -> int:
        for number in people:
            editor = person(f"p{number}@example.org", house, "editor")
            day = today_of(editor)
            declare_absence(
                actor=None, user=editor, starts_on=day, ends_on=day, delegate=house.memberships.get(role="manager").user
            )
            invite(actor=None, organization=house, email=f"i{number}@example.org", role="reader")
        desk.get(TEAM)  # brings who gets letters in step
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(TEAM).status_code == 200
        return len(queries)

    assert queries_with(range(3)) == queries_with(range(3, 12))
