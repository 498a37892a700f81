"""What a verifier approves, and an editor sends, is what each audience gets: the same records and templates."""

import re

import pytest
from django.test import Client

from directory.crossing.records import AUDIENCES, TIERS
from organizations import services as organizations
from organizations.models import Visibility
from organizations.tests.makers import make_contact, make_user
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


def test_whoever_edits_reads_side_by_side_what_each_circle_would_get(world):
    street, page = "ул. Тайная, 5", f"listings/{world.listing.public_id}/changes/"
    organizations.update_location(
        actor=None, location=world.place, expected_version=1, address=street, public_precision="settlement",
        member_precision="district", country_precision="district", circle_precision="exact",
    )  # fmt: skip
    shown = world.get(page, world.editor).context["shown"]
    assert [one.name for one in shown] == [str(Visibility(tier).label) for tier in TIERS]
    assert [one.as_before for one in shown] == [False, False, True, False]
    assert [street in str(one.place) for one in shown] == [False, False, False, True]
    nobody = make_user(world.other, network_role="administrator")
    assert street not in world.get(page, nobody).content.decode()


def test_a_circle_alone_gets_what_is_for_it_alone(world):
    organizations.update_location(actor=None, location=world.place, expected_version=1, visibility="circle")
    shown = world.get(f"listings/{world.listing.public_id}/changes/", world.editor).context["shown"]
    assert [one.place is None for one in shown] == [True, True, True, False]
