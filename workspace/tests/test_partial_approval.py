"""Accepting some fields of a submission and returning others, on the page."""

import pytest

from directory.tables.listings import PublicListing
from services import services
from services.models import Service
from verification import services as verification


@pytest.fixture
def review(world):
    """Title and cost changed, waiting for a verifier."""
    world.publish()
    service = Service.objects.get(pk=world.service.pk)
    services.update_service(
        actor=world.editor, service=service, expected_version=service.version, title="Тест за час", cost="paid"
    )
    return verification.submit(listing=world.listing, actor=world.editor)


def decide(world, review, **data):
    return world.post(
        f"reviews/{review.public_id}/decide/", {"action": "approve", "method": "read"} | data, world.verifier
    )


def in_one_line(page):
    """A tag of a page, however its lines are broken."""
    return " ".join(page.content.decode().split())


def shown():
    row = PublicListing.objects.get()
    return row.content["ru"]["title"], row.cost


def test_the_page_offers_every_changed_field(world, review):
    page = in_one_line(world.get(f"reviews/{review.public_id}/", world.verifier))
    for path in ("service.title", "service.cost"):
        assert f'form="decision" name="returned" value="{path}"' in page


def test_a_new_listing_is_accepted_as_a_whole(world):
    review = verification.submit(listing=world.listing, actor=world.editor)
    assert 'name="returned"' not in world.get(f"reviews/{review.public_id}/", world.verifier).content.decode()
    decide(world, review, returned="service.title", note="Не то")
    review.refresh_from_db()
    assert review.is_open and not PublicListing.objects.exists()


def test_what_is_ticked_stays_as_it_was_and_the_owner_reads_why(world, review):
    assert decide(world, review, returned="service.cost", note="Услуга бесплатная").status_code == 302
    assert shown() == ("Тест за час", "free")
    page = world.get(f"listings/{world.listing.public_id}/").content.decode()
    assert "Вернули вам: Стоимость" in page and "Услуга бесплатная" in page
    desk = world.get("", world.editor).content.decode()
    assert "Ответить и исправить" in desk


def test_returning_needs_a_note_and_keeps_the_ticks(world, review):
    page = decide(world, review, returned="service.cost")
    assert page.status_code == 422
    assert 'value="service.cost" checked' in in_one_line(page)
    assert "note" in page.context["form"].errors
    review.refresh_from_db()
    assert review.is_open and shown() == ("Тест на ВИЧ", "free")


def test_returning_everything_is_a_question_to_the_owner(world, review):
    page = decide(world, review, returned=["service.cost", "service.title"], note="Нет")
    assert page.status_code == 422 and "returned" in page.context["form"].errors
    assert shown() == ("Тест на ВИЧ", "free")


@pytest.mark.parametrize("path", ["service.text", "nonsense", "contacts.x"])
def test_a_field_that_did_not_change_cannot_be_returned(world, review, path):
    assert decide(world, review, returned=path, note="Нет").status_code == 422
    review.refresh_from_db()
    assert review.is_open


def test_a_corrected_field_is_sent_again(world, review):
    decide(world, review, returned="service.cost", note="Услуга бесплатная")
    service = Service.objects.get(pk=world.service.pk)
    services.update_service(actor=world.editor, service=service, expected_version=service.version, cost="partial")
    again = verification.submit(listing=world.listing, actor=world.editor)
    verification.approve(review=again, actor=world.verifier)
    assert shown() == ("Тест за час", "partial")
