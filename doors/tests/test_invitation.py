"""The life of an invitation, from the letter to the team."""

import datetime as dt

import pytest
from django.test import Client

from accounts.models import User
from accounts.services import create_person
from core import clock
from organizations.invitations import invite, renew_invitation, revoke_invitation
from organizations.models import Invitation, Organization
from organizations.people import add_member
from organizations.services import create_organization

PASSWORD = "сорок тысяч обезьян"
NEW = {"name": "Нина", "password": PASSWORD}


@pytest.fixture
def house(db: None) -> Organization:
    return create_organization(
        actor=None, name="Дом", slug="dom", registration_country="KZ", member_status="member", countries=["KZ"]
    )


@pytest.fixture
def sent(house: Organization) -> tuple[Invitation, str]:
    return invite(actor=None, organization=house, email="nina@example.org", role="editor")


def link(token: str, language: str = "ru") -> str:
    return f"/{language}/invitation/{token}/"


def test_a_new_person_comes_in_and_works(client: Client, house: Organization, sent: tuple[Invitation, str]) -> None:
    response = client.post(link(sent[1]), NEW)
    assert response["Location"] == "/ru/workspace/"
    user = User.objects.get(email="nina@example.org")
    assert user.memberships.get().role == "editor"
    assert client.session["_auth_user_id"] == str(user.pk)
    elsewhere = Client()
    login = {"login": user.email, "password": PASSWORD}
    assert elsewhere.post("/ru/accounts/login/", login)["Location"] == "/ru/workspace/"


def test_the_person_speaks_the_language_of_the_page(client: Client, sent: tuple[Invitation, str]) -> None:
    client.post(link(sent[1], "en"), NEW)
    assert User.objects.get().language == "en"


def test_looking_uses_nothing_up(client: Client, sent: tuple[Invitation, str]) -> None:
    for _ in range(20):
        assert client.get(link(sent[1])).status_code == 200
    assert Invitation.objects.open().count() == 1


def test_the_page_keeps_its_address_secret(client: Client, sent: tuple[Invitation, str]) -> None:
    response = client.get(link(sent[1]))
    assert response["Referrer-Policy"] == "strict-origin"
    assert {"no-store", "private"} <= set(response["Cache-Control"].split(", "))
    assert "noindex" in response.content.decode()


def test_the_database_does_not_know_the_token(client: Client, sent: tuple[Invitation, str]) -> None:
    client.post(link(sent[1]), NEW)
    events = Invitation.pgh_event_model.objects.select_related("pgh_context")
    contexts = [event.pgh_context.metadata for event in events if event.pgh_context]
    assert contexts
    assert sent[1] not in str([list(Invitation.objects.values()), list(events.values()), contexts])


def test_a_link_works_once(client: Client, sent: tuple[Invitation, str]) -> None:
    client.post(link(sent[1]), NEW)
    again = Client().post(link(sent[1]), {"name": "Чужой", "password": PASSWORD})
    assert again.status_code == 410
    assert User.objects.count() == 1


def test_after_three_days_the_link_is_too_old(client: Client, sent: tuple[Invitation, str]) -> None:
    with clock.travel(clock.now() + dt.timedelta(hours=71)):
        assert client.get(link(sent[1])).status_code == 200
    with clock.travel(clock.now() + dt.timedelta(hours=72)):
        for answer in (client.get(link(sent[1])), client.post(link(sent[1]), NEW)):
            assert answer.status_code == 410
    assert not User.objects.exists()


def test_an_invitation_that_was_taken_back_lets_nobody_in(client: Client, sent: tuple[Invitation, str]) -> None:
    revoke_invitation(actor=None, invitation=sent[0])
    assert client.post(link(sent[1]), NEW).status_code == 410
    assert not User.objects.exists()


def test_a_second_letter_makes_the_first_one_useless(client: Client, sent: tuple[Invitation, str]) -> None:
    _, token = renew_invitation(actor=None, invitation=sent[0])
    assert client.post(link(sent[1]), NEW).status_code == 404
    assert client.post(link(token), NEW).status_code == 302


def test_an_invitation_of_a_suspended_organisation_sleeps(client: Client, sent: tuple[Invitation, str]) -> None:
    Organization.objects.update(member_status="suspended")
    assert client.post(link(sent[1]), NEW).status_code == 410


def test_a_token_that_never_was_is_not_found(client: Client, db: None) -> None:
    for token in ("nothing", "x" * 43, "<script>", "a" * 500):
        assert client.get(link(token)).status_code == 404


@pytest.mark.parametrize(
    "answers",
    [{"name": "", "password": PASSWORD}, {"name": "Нина", "password": "12345"}, {"name": "Нина", "password": ""}, {}],
)
def test_what_is_missing_is_said_at_the_field(
    client: Client, sent: tuple[Invitation, str], answers: dict[str, str]
) -> None:
    page = client.post(link(sent[1]), answers)
    assert page.status_code == 200
    assert page.context["form"].errors
    assert not User.objects.exists()


def test_a_password_made_of_the_address_is_refused(client: Client, sent: tuple[Invitation, str]) -> None:
    page = client.post(link(sent[1]), {"name": "Н", "password": "nina@example.org"})
    assert page.context["form"].errors["password"]


def test_somebody_with_an_account_signs_in_and_presses(
    client: Client, house: Organization, sent: tuple[Invitation, str]
) -> None:
    user = create_person(email="nina@example.org", name="Нина", password=PASSWORD)
    page = client.get(link(sent[1])).content.decode()
    assert f"/ru/accounts/login/?next={link(sent[1])}" in page
    client.post(link(sent[1]), {"name": "Чужой", "password": "совсем другие слова"})
    assert not user.memberships.exists()
    client.force_login(user)
    client.get(link(sent[1]))
    assert not user.memberships.exists()
    assert client.post(link(sent[1]))["Location"] == "/ru/workspace/"
    assert user.memberships.get().organization == house


def test_another_person_who_is_signed_in_cannot_take_it(client: Client, sent: tuple[Invitation, str]) -> None:
    other = create_person(email="oleg@example.org", name="Олег", password=PASSWORD)
    client.force_login(other)
    page = client.post(link(sent[1]), NEW)
    assert page.status_code == 200
    assert page.context["is_somebody_else"]
    assert not other.memberships.exists()
    assert not User.objects.filter(email="nina@example.org").exists()
    assert Invitation.objects.open().count() == 1


def test_accepting_never_lowers_a_role(client: Client, house: Organization, sent: tuple[Invitation, str]) -> None:
    user = create_person(email="nina@example.org", name="Нина")
    add_member(actor=None, organization=house, user=user, role="manager")
    client.force_login(user)
    client.post(link(sent[1]))
    assert user.memberships.get().role == "manager"


def test_a_closed_account_cannot_accept(client: Client, sent: tuple[Invitation, str]) -> None:
    user = create_person(email="nina@example.org", name="Нина", password=PASSWORD)
    User.objects.update(is_active=False)
    client.force_login(user)
    client.post(link(sent[1]), NEW)
    assert not user.memberships.exists()
