"""What a verifier approves is what each audience gets: the same records, presenters and templates."""

import re

import pytest
from django.test import Client

from directory.records import AUDIENCES
from organizations import services as organizations
from organizations.tests.makers import make_contact
from services import services
from services.models import Service
from verification import services as verification
from workspace.tests.world import World

ABOUT = {
    "text": "Тест делают в кабинете.", "groups": {"msm": "priority"}, "statuses": ["asylum_seeker"],
    "documents": ["none"], "cost": "free", "intake": ["walk_in"], "languages": ["ru"], "anonymous": True,
    "legal_risk_note": "Спросите коллег из соседней страны.",
}  # fmt: skip


@pytest.fixture
def review(world: World):
    service = Service.objects.get(pk=world.service.pk)
    services.update_service(actor=None, service=service, expected_version=service.version, **ABOUT)
    make_contact(world.organization, value="+995 32 277 77 77", audience="colleagues", visibility="members")
    return world.submit(checked=True)


def lines(html: str) -> list[str]:
    """The words of the facts of a listing, as they are read."""
    facts = html[html.index('<dl class="facts">') :]
    facts = facts[: facts.index("</dl>")]
    return re.sub(r"<[^>]+>", " ", facts).split()


def parts(page) -> dict[str, str]:
    html = page.content.decode()
    html = html[html.index('aria-labelledby="shown"') :]
    return dict(zip(AUDIENCES, html.split('<details class="more boxed"')[1:], strict=True))


def test_before_the_approval_the_verifier_reads_what_readers_get_after_it(world, review):
    shown = parts(world.get(f"reviews/{review.public_id}/", world.verifier))
    verification.approve(review=review, actor=world.verifier)
    place = world.place.public_id
    pages = {
        "public": Client().get(f"/ru/places/{place}/"),
        "members": world.client(world.verifier).get(f"/ru/members/places/{place}/"),
    }
    for audience in AUDIENCES:
        assert lines(shown[audience]) == lines(pages[audience].content.decode())
    for secret in ("Спросите коллег", "277 77 77"):
        assert secret not in shown["public"] and secret in shown["members"]


def test_who_will_not_see_it_is_said(world, review):
    organizations.update_location(actor=None, location=world.place, expected_version=1, visibility="members")
    page = world.get(f"reviews/{review.public_id}/", world.verifier)
    assert [one.place is None for one in page.context["shown"]] == [True, False]
    assert "не увидят" in parts(page)["public"]


def test_what_members_get_alike_is_shown_once(world):
    page = world.get(f"reviews/{world.submit().public_id}/", world.verifier)
    assert [one.as_before for one in page.context["shown"]] == [False, True]
