"""Texts of a place that hides its door: marked for the verifier, let out on the page of a check."""

import pytest

from directory.tables.listings import PublicListing
from organizations.models import Location
from organizations.tests.makers import make_user
from services import services
from verification import services as verification
from verification.editing import update_location

pytestmark = pytest.mark.django_db
LEAK = "Ждём на ул. Кленовой, домофон 38"


@pytest.fixture
def hidden(world):
    """The world's listing on the map, its place known to the public by the city."""
    at = Location.objects.get(pk=world.place.pk)
    update_location(actor=None, location=at, expected_version=at.version, batch=None, public_precision="settlement")
    world.listing = world.publish()
    return world


def test_the_verifier_is_shown_the_words_and_an_exact_place_has_none(hidden):
    service = hidden.service
    service.refresh_from_db()
    services.update_service(actor=None, service=service, expected_version=service.version, text=LEAK)
    review = hidden.submit()
    page = hidden.get(f"reviews/{review.public_id}/", hidden.verifier)
    (line,) = page.context["doubtful"]
    assert line.text == LEAK and "ул. Кленовой" in line.found
    assert "Не выдают ли" in page.content.decode()


def test_what_was_said_without_a_review_goes_out_when_somebody_ticks_it(hidden):
    verification.set_operation(listing=hidden.listing, actor=None, operation="limited", operation_note=LEAK)
    coordinator = make_user(hidden.other, network_role="coordinator")
    path = f"coordination/checks/{hidden.listing.public_id}/"
    page = hidden.get(path, coordinator)
    (line,) = page.context["held"]
    assert LEAK in page.content.decode()
    own = hidden.get(f"listings/{hidden.listing.public_id}/")
    assert own.context["held"] == [line] and "Сначала их прочтёт" in own.content.decode()
    hidden.post(f"{path}texts/", {}, coordinator)
    assert LEAK not in str(PublicListing.objects.get().content)
    hidden.post(f"{path}texts/", {"mark": line.mark}, coordinator)
    assert LEAK in str(PublicListing.objects.get().content)
    assert not hidden.get(path, coordinator).context["held"]
