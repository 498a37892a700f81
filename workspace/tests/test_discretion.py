"""A verifier of another organisation reads what members may know, and never more."""

import pytest

from organizations import services as organizations
from organizations.tests.makers import make_contact, make_user
from services.tests.makers import make_listing, make_service
from verification import services as verification
from verification.guarding.disclosing import agree, ask
from workspace.tests.world import WEEK, World

STREET, DOOR, NUMBER = "Тайная улица, 13", "Звонок у зелёной двери", "+995 32 277 77 77"


@pytest.fixture
def review(world: World):
    """A shelter whose members see its city, with a number for its own people, sent to be checked."""
    shelter = organizations.create_location(
        actor=None, organization=world.organization, name="Тихий дом", type="shelter", country="GE",
        place_code=world.place.place_code, address=STREET, directions=DOOR, point=world.place.point,
    )  # fmt: skip
    make_contact(world.organization, value=NUMBER, audience="colleagues", visibility="administrators")
    make_contact(world.organization)
    return world.submit(make_listing(make_service(world.organization, title="Приют"), shelter, hours=WEEK))


def pages(world: World, review, user) -> str:
    paths = ["reviews/", f"reviews/{review.public_id}/", "reviews/decided/"]
    return "".join(world.get(path, user).content.decode() for path in paths)


def test_the_address_of_a_shelter_and_private_numbers_stay_at_home(world, review):
    text = pages(world, review, world.verifier)
    assert "Приют" in text and "Тбилиси" in text
    point = world.place.point
    for secret in (STREET, DOOR, NUMBER, f"{point.y:.5f}"):
        assert secret not in text


def test_an_administrator_reads_no_more_until_another_one_agrees(world, review):
    one, two = (make_user(world.other, network_role="administrator") for _number in range(2))
    text = pages(world, review, one)
    assert STREET not in text and NUMBER not in text
    agree(disclosure=ask(actor=one, organization=world.organization, reason="Проверка"), actor=two)
    text = pages(world, review, one)
    assert STREET in text and NUMBER in text


def test_a_hidden_change_is_said_without_its_content(world, review):
    verification.approve(review=review, actor=world.verifier)
    shelter = review.listing.location
    organizations.update_location(actor=None, location=shelter, expected_version=1, address="Другая тайная, 14")
    again = world.submit(review.listing)
    page = world.get(f"reviews/{again.public_id}/", world.verifier)
    assert [row.path for row in page.context["rows"]] == ["location.address"]
    text = page.content.decode()
    assert "Другая тайная" not in text and STREET not in text
    assert "Другая тайная" not in pages(world, again, world.verifier)


def test_what_members_may_know_is_shown(world):
    review = world.submit()
    assert world.place.address in world.get(f"reviews/{review.public_id}/", world.verifier).content.decode()


def test_both_languages_of_a_new_listing_share_a_row(world):
    listing = world.add_listing(title="Налоксон", title_en="Naloxone")
    rows = world.get(f"reviews/{world.submit(listing).public_id}/", world.verifier).context["rows"]
    titles = [row for row in rows if row.path == "service.title"]
    assert [["".join(text for _kind, text in line) for line in row.new] for row in titles] == [["Налоксон", "Naloxone"]]
