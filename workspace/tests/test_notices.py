"""Notices stand on the map at once and are taken down at once."""

import pytest

from core import clock
from directory.tables.listings import PublicListing
from services.models import Notice
from workspace.tests.world import World, form_data


def put_up(world: World, about: str, **fields):
    path = f"organizations/{world.organization.slug}/notices/new/"
    return world.post(path, form_data(world.get(path)) | {"about": about, "text": "Ремонт"} | fields)


@pytest.mark.parametrize("about", ["organization", "place", "service"])
def test_it_reaches_the_map_and_leaves_it_without_a_check(world, about):
    listing = world.publish()
    key = {
        "organization": "organization",
        "place": f"place-{world.place.public_id}",
        "service": f"service-{listing.service.public_id}",
    }[about]
    assert put_up(world, key).status_code == 302
    assert [n["text"]["ru"] for n in PublicListing.objects.get().notices] == ["Ремонт"]
    notice = Notice.objects.get()
    path = f"notices/{notice.public_id}/"
    assert world.post(path, form_data(world.get(path)) | {"text": "Ремонт до мая"}).status_code == 302
    assert PublicListing.objects.get().notices[0]["text"]["ru"] == "Ремонт до мая"
    world.post(f"notices/{notice.public_id}/end/")
    assert PublicListing.objects.get().notices == []


def test_members_notices_are_not_public(world):
    world.publish()
    put_up(world, "organization", visibility="members")
    assert PublicListing.objects.get().notices == []


@pytest.mark.parametrize(
    ("field", "value"),
    [("about", "place-zzzzzzzzzz"), ("text", ""), ("kind", "party"), ("starts_on", ""), ("ends_on", "2000-01-01")],
)
def test_faults_write_nothing(world, field, value):
    assert put_up(world, **({"about": "organization"} | {field: value})).status_code == 422
    assert not Notice.objects.exists()


def test_past_ones_are_kept_apart(world):
    put_up(world, "organization", starts_on="2026-01-01", ends_on="2026-01-05")
    page = world.get(f"organizations/{world.organization.slug}/notices/")
    assert [n.text for n in page.context["past"]] == ["Ремонт"]
    assert page.context["current"] == []
    assert page.context["today"] == clock.today()
