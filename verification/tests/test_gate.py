"""What a new listing has to say before it is sent to be checked."""

import pytest

from services import services
from verification import services as verification
from verification.editing import update_listing, update_service
from verification.errors import NothingToSubmit, Unfinished
from verification.models import Review
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
BARE = {"summary": "Коротко", "languages": [], "cost": "unknown", "hours": {}}


def names(row):
    with pytest.raises(Unfinished) as refused:
        verification.submit(listing=row, actor=None)
    return str(refused.value.message).split(": ")[1].rstrip(".")


def test_everything_that_is_missing_is_said_at_once_and_the_draft_is_kept():
    at = scenarios.place(scenarios.organization())
    scenarios.phone(at.organization)
    row = scenarios.listing(at, **BARE)
    at.organization.contacts.all().delete()
    assert names(row) == "часы работы, контакт, описание одной фразой, языки, сколько это стоит"
    row.service.refresh_from_db()
    assert row.service.summary == "Коротко" and not Review.objects.exists()


@pytest.mark.parametrize(
    "hours", [{"by_appointment": True}, {"always": True}, {"note": {"ru": "Часы меняются, звоните"}}, scenarios.WEEK]
)
def test_hours_are_a_week_an_appointment_or_why_there_are_none(hours):
    row = scenarios.listing(scenarios.place(scenarios.organization()), hours=hours)
    assert verification.submit(listing=row, actor=None).is_open


def test_what_is_on_the_map_already_is_not_held_up():
    row = scenarios.published(scenarios.place(scenarios.organization()))
    update_service(actor=None, service=row.service, expected_version=row.service.version, summary="", languages=[])
    update_listing(actor=None, listing=row, expected_version=row.version, hours={})
    assert verification.submit(listing=row, actor=None).is_open


def test_of_a_place_the_finished_ones_are_sent():
    at = scenarios.place(scenarios.organization())
    whole, bare = scenarios.listing(at), scenarios.listing(at, **BARE)
    assert verification.unfinished_under(at) == [bare]
    assert [review.listing for review in verification.submit_under(subject=at, actor=None)] == [whole]
    with pytest.raises(Unfinished):
        verification.submit_under(subject=bare, actor=None)
    services.remove_listing(actor=None, listing=bare)
    with pytest.raises(NothingToSubmit):
        verification.submit_under(subject=scenarios.place(at.organization), actor=None)
