"""Who gets in: strangers see the login, and what is not theirs answers like what does not exist."""

import re
from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from organizations.tests.makers import make_user
from services.services import set_notice
from verification.models import Proposal
from workspace import access
from workspace.tests.world import World
from workspace.urls import urlpatterns

MISSING = "zzzzzzzzzz"
CHANCE = re.compile(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"')


def patterns() -> Iterator[URLPattern]:
    return (pattern for pattern in urlpatterns if isinstance(pattern, URLPattern))


def address(pattern: URLPattern, value: str = MISSING) -> str:
    names = pattern.pattern.converters
    return reverse(f"workspace:{pattern.name}", kwargs=dict.fromkeys(names, value))


def test_the_list_of_doors_is_not_empty():
    assert len(list(patterns())) > 30
    assert get_resolver().resolve("/ru/workspace/").url_name == "home"


@pytest.mark.parametrize("pattern", list(patterns()), ids=lambda pattern: pattern.name)
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.django_db
def test_strangers_are_asked_to_log_in(pattern, method):
    answer = getattr(Client(), method)(address(pattern))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/ru/accounts/login/?next=")


OWNED = {
    "organization": "organization",
    "profile-confirm": "organization",
    "contacts": "organization",
    "contact-new": "organization",
    "place-new": "organization",
    "service-new": "organization",
    "notices": "organization",
    "notice-new": "organization",
    "contact": "contact",
    "place": "place",
    "place-changes": "place",
    "place-unkept": "place",
    "service": "service",
    "listing-new": "service",
    "listing": "listing",
    "listing-edit": "listing",
    "listing-changes": "listing",
    "listing-history": "listing",
    "listing-operation": "listing",
    "listing-hide": "listing",
    "listing-interval": "listing",
    "notice": "notice",
    "review": "review",
}
POSTED = {
    "contact-restore": "organization",
    "contact-remove": "contact",
    "listing-withdraw": "listing",
    "listing-capacity": "listing",
    "listing-stop": "listing",
    "listing-restore": "listing",
    "listing-delete": "listing",
    "proposal-answer": "proposal",
    "notice-end": "notice",
    "review-take": "review",
    "review-release": "review",
    "review-decide": "review",
}
OPEN = {
    "home",
    "confirm",
    "lookup-cities",
    "lookup-address",
    "lookup-area",
    "lookup-point",
    "reviews",
    "reviews-decided",
}


def rows(world: World) -> dict[str, str]:
    notice = set_notice(actor=None, organization=world.organization, kind="closure", text="Ремонт")
    return {
        "organization": world.organization.slug,
        "contact": world.contact.public_id,
        "place": world.place.public_id,
        "service": world.service.public_id,
        "listing": world.listing.public_id,
        "notice": notice.public_id,
        "review": world.submit().public_id,
        "proposal": Proposal.objects.create(listing=world.listing, said="Теперь до восьми").public_id,
    }


def without_chance(answer: HttpResponse, value: str) -> str:
    """The page without the id that was asked for, and without form tokens and nonces."""
    return CHANCE.sub("", answer.content.decode().replace(value, ""))


def test_every_door_is_of_a_known_kind():
    assert {pattern.name for pattern in patterns()} == OWNED.keys() | POSTED.keys() | OPEN


@pytest.mark.parametrize("name", [*OWNED, *POSTED])
def test_the_rows_of_others_answer_like_missing_ones(world, name):
    pattern = next(pattern for pattern in patterns() if pattern.name == name)
    value = rows(world)[(OWNED | POSTED)[name]]
    before = world.listing.service.organization.contacts.count()
    # The editor never reviews their own organisation; others edit nothing of it.
    who = world.editor if name.startswith("review") else make_user(world.other, role="manager")
    client = world.client(who)
    ask = client.get if name in OWNED else client.post
    found, missing = ask(address(pattern, value)), ask(address(pattern))
    assert found.status_code == missing.status_code == 404
    assert without_chance(found, value) == without_chance(missing, MISSING)
    assert world.organization.contacts.count() == before


@pytest.mark.parametrize("name", OWNED)
def test_owners_and_verifiers_get_in(world, name):
    pattern = next(pattern for pattern in patterns() if pattern.name == name)
    who = world.verifier if name.startswith("review") else world.editor
    assert world.client(who).get(address(pattern, rows(world)[OWNED[name]])).status_code == 200


@pytest.mark.parametrize("name", ["reviews", "reviews-decided"])
def test_the_queue_exists_for_verifiers_only(world, name):
    path = reverse(f"workspace:{name}")
    assert world.client(world.editor).get(path).status_code == 404
    assert world.client(world.verifier).get(path).status_code == 200


def test_a_reader_is_led_to_the_members_map(world):
    reader = make_user(world.organization, role="reader")
    page = world.get("", reader)
    assert page.status_code == 200
    assert "/ru/members/" in page.content.decode()
    assert world.get(f"listings/{world.listing.public_id}/", reader).status_code == 404


def test_pages_are_kept_by_no_cache(world):
    assert "no-store" in world.get("")["Cache-Control"]


def test_the_members_map_is_for_people_of_the_network(world):
    assert access.may_read_members_map(world.editor)
    assert access.may_read_members_map(make_user(world.organization, role="reader"))
    assert not access.may_read_members_map(make_user())
