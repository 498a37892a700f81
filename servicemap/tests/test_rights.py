"""Who asks gets all that is kept about them; who wants to be forgotten is, and what they did was done by somebody."""

from __future__ import annotations

import io
import json

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import Session, User
from accounts.services import enable_totp
from messaging.models import Message
from messaging.people import correspondents_for
from network.volunteering import services as volunteering
from network.volunteering.tests.makers import Help
from organizations import services as organizations
from organizations import volunteers
from organizations.invitations import accept_invitation, invite
from organizations.models import MembershipRole, Volunteering
from servicemap.processing.record import history_of
from servicemap.rights.erasing import erase_person
from servicemap.rights.exporting import of_organization, of_person
from servicemap.tests.test_retention import everything
from verification import services as verification
from verification.models import Recheck, Review
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
ADDRESS, NAME = "kanareika@example.org", "Канарейка Степановна"
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def own():
    return scenarios.organization("Мост", slug="most")


@pytest.fixture
def person(own):
    """Somebody who did everything once."""
    user = User.objects.create_user(ADDRESS, "сорок тысяч обезьян", name=NAME)
    user.confirm_address()
    _invitation, token = invite(actor=None, organization=own, email=ADDRESS, role=MembershipRole.MANAGER)
    accept_invitation(token=token, user=user)
    enable_totp(user=user, secret=SECRET)
    Client().force_login(user)
    place = scenarios.place(own)
    listing = scenarios.published(place, method="call")
    organizations.create_contact(
        actor=user, organization=own, channel="phone", value="+375291111111", audience="colleagues",
        visibility="members", person=NAME,
    )  # fmt: skip
    scenarios.rename(listing, title="Другое имя")
    verification.submit(listing=listing, actor=user)
    verification.open_recheck(listing=listing, reason="bounced", note=f"Mail to {ADDRESS.upper()} came back, {NAME}")
    letter = correspondents_for(own).get(user=user)
    Message.objects.create(
        dedupe_key="x", kind="reminder", correspondent=letter, address=ADDRESS, subject=NAME, state="dead",
        last_error=f"<{ADDRESS}> unknown", not_before=user.joined_at,
    )  # fmt: skip
    LogEntry.objects.create(
        user=scenarios.coordinator(), content_type=ContentType.objects.get_for_model(User), object_id=str(user.pk),
        object_repr=NAME, action_flag=2,
    )  # fmt: skip
    return user


def test_the_canary_is_there_before(person):
    text = everything().lower()
    assert ADDRESS in text and NAME.lower() in text
    assert Session.objects.filter(user=person).exists()


def test_nothing_of_an_erased_person_is_left_and_what_they_did_stays(person, own):
    done = erase_person(person)
    found = [line for line in everything().lower().splitlines() if "kanareika" in line or "канарейка" in line]
    assert not found
    assert done.without_manager == ["most"] and done.contacts == []
    review = Review.objects.get(submitted_by=None, state="open") if _has_open() else Review.objects.latest("pk")
    assert review.submitted_by is None
    assert review.__class__.pgh_event_model.objects.filter(submitted_by_id=person.pk).exists()
    assert "somebody" in Recheck.objects.get(reason="bounced").note
    assert Message.objects.filter(dedupe_key="x", address="").exists()
    assert not Session.objects.filter(user_id=person.pk).exists()


def _has_open():
    return Review.objects.filter(submitted_by=None, state="open").exists()


def test_a_contact_that_the_organisation_publishes_is_told_of_and_stays(person, own):
    contact = organizations.create_contact(actor=None, organization=own, channel="email", value=ADDRESS)
    assert erase_person(person).contacts == [contact.public_id]


def test_of_a_volunteer_no_history_is_left():
    help = Help()
    volunteering.propose_edit(actor=help.user, listing=help.service.public_id, path="", said="Снегирь сказал")
    volunteers.invite_volunteer(
        actor=help.manager, organization=help.house, email=ADDRESS, language="ru", colleague=help.boss,
        starts_on=help.row.starts_on, ends_on=help.row.ends_on,
    )  # fmt: skip
    assert "Снегирь" in everything()
    erase_person(help.user)
    assert "Снегирь" not in everything()
    assert not history_of(Volunteering).filter(user_id__isnull=False).exists()
    erase_person(User.objects.create_user(ADDRESS, "сорок тысяч обезьян"))
    assert not Volunteering.objects.exists()


def test_the_command_erases_only_when_it_is_meant(person):
    with pytest.raises(CommandError):
        call_command("erase_person", ADDRESS)
    assert User.objects.filter(pk=person.pk).exists()
    out = io.StringIO()
    call_command("erase_person", ADDRESS, "--yes", stdout=out)
    assert "most has no manager" in out.getvalue() and not User.objects.filter(pk=person.pk).exists()


def test_a_person_gets_all_that_is_kept_about_them_and_no_secret(person):
    client = Client()
    client.force_login(person)
    answer = client.get("/ru/accounts/data/")
    told = json.loads(answer.content)
    assert "no-store" in answer["Cache-Control"] and "attachment" in answer["Content-Disposition"]
    assert told["own"]["accounts.User"][0]["email"] == ADDRESS
    assert told["own"]["organizations.Membership"][0]["role"] == "manager"
    assert {"row", "as"} == set(told["named"]["verification.Review"][0])
    text = answer.content.decode()
    assert person.password not in text and SECRET not in text and client.session.session_key not in text
    assert Client().get("/ru/accounts/data/").status_code == 302


def test_the_data_of_one_organisation_and_of_no_other(person, own):
    other = scenarios.organization("Чужие", slug="others")
    scenarios.published(scenarios.place(other, name="Чужое место"), method="call")
    out = io.StringIO()
    call_command("export_data", "--organization", "most", stdout=out)
    rows = json.loads(out.getvalue())["own"]
    assert {"organizations.Location", "services.Service", "verification.Snapshot"} <= set(rows)
    assert "Чужое место" not in out.getvalue() and "password" not in out.getvalue()
    assert "accounts.User" not in rows and set(of_organization(own)["own"]) == set(rows)
    assert of_person(person)["own"]["accounts.User"][0]["name"] == NAME
