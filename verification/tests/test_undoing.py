"""Evidence, taking a check back, putting an earlier version back, takedowns by count."""

import datetime as dt
import io
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image

from accounts.models import NetworkRole
from core import clock
from core.errors import NotAllowed, WrongState
from directory.asking.queries import current_listings
from directory.tables.listings import PublicListing
from organizations import services as organizations
from verification import services as verification
from verification.models import Check, Recheck, Takedown
from verification.services.takedowns import would_vanish
from verification.services.told import evidence
from verification.services.undoing import earlier_versions
from verification.tests import scenarios

pytestmark = pytest.mark.django_db


def picture(kind):
    out = io.BytesIO()
    Image.new("RGB", (4, 4), "teal").save(out, kind)
    return out.getvalue()


PNG, JPEG = picture("PNG"), picture("JPEG")


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def administrator():
    return scenarios.person(scenarios.organization(), network_role=NetworkRole.ADMINISTRATOR)


def second_version(row, by, **fields):
    """Another version of the listing goes on the map; returns the one that it replaced."""
    row.state.refresh_from_db()
    before = row.state.published
    scenarios.rename(row, **fields)
    review = verification.submit(listing=row, actor=None)
    if review.is_open:
        verification.approve(review=review, actor=by)
    row.state.refresh_from_db()
    return before


@pytest.mark.parametrize(("content", "name"), [(PNG, "png"), (b"%PDF-1.7 x\n%%EOF", "pdf"), (JPEG, "jpg")])
def test_evidence_is_known_by_its_content_and_keeps_no_name(content, name, media):
    row = scenarios.published()
    file = ContentFile(content, "паспорт Иванова.exe")
    check = verification.record_check(listing=row, actor=scenarios.verifier(), method="call", evidence=file)
    assert check.evidence.name.endswith(f".{name}") and "Иванова" not in check.evidence.name


@pytest.mark.parametrize(
    "content", [b"<html><script>", b"GIF89a", b"", b"PK\x03\x04", PNG[:20], b"%PDF-1.7 /JavaScript\n%%EOF"]
)
def test_other_files_are_refused_and_nothing_is_recorded(content):
    row = scenarios.published()
    before = Check.objects.count()
    with pytest.raises(ValidationError):
        verification.record_check(
            listing=row, actor=scenarios.verifier(), method="call", evidence=ContentFile(content, "a.png")
        )
    assert Check.objects.count() == before


def test_evidence_goes_after_a_year_and_the_check_stays():
    row = scenarios.published()
    file = ContentFile(PNG, "a.png")
    check = verification.record_check(listing=row, actor=scenarios.verifier(), method="call", evidence=file)
    path = check.evidence.path
    with clock.travel(clock.now() + dt.timedelta(days=364)):
        assert evidence.purge() == 0
    with clock.travel(clock.now() + dt.timedelta(days=366)):
        assert evidence.purge() == 1
    check.refresh_from_db()
    assert not check.evidence and check.level == 2
    assert not Path(path).exists()


def test_a_check_by_others_is_valid_for_a_year():
    row = scenarios.published()
    check = verification.record_check(listing=row, actor=scenarios.verifier(), method="call")
    assert check.valid_until == clock.today("Asia/Tbilisi") + dt.timedelta(days=365)
    assert verification.confirm_unchanged(listing=row, actor=None).valid_until is None


def test_a_check_taken_back_leaves_everything_as_it_was():
    row = scenarios.published(on=clock.today() - dt.timedelta(days=190))
    verification.receive_report(listing=row, kind="phone")
    actor = scenarios.verifier()
    before = {name: getattr(row.state, name) for name in ("level", "checked_on", "due_on", "check_method")}
    check = verification.record_check(listing=row, actor=actor, method="call")
    assert not Recheck.objects.open().exists()
    verification.undo_check(check=check, actor=actor)
    row.state.refresh_from_db()
    check.refresh_from_db()
    assert {name: getattr(row.state, name) for name in before} == before
    assert check.outcome == "withdrawn" and check.level == 0
    assert Recheck.objects.open().get().reason == "report"
    assert PublicListing.objects.get().level == 1


def test_a_finding_taken_back_asks_for_nothing():
    row, actor = scenarios.published(), scenarios.verifier()
    check = verification.record_check(listing=row, actor=actor, method="call", outcome="wrong")
    assert Recheck.objects.open().exists()
    verification.undo_check(check=check, actor=actor)
    assert not Recheck.objects.open().exists()


def test_nobody_takes_back_a_check_of_others_or_after_others_or_too_late():
    row, actor = scenarios.published(), scenarios.verifier()
    check = verification.record_check(listing=row, actor=actor, method="call")
    with pytest.raises(NotAllowed):
        verification.undo_check(check=check, actor=scenarios.verifier())
    with clock.travel(clock.now() + dt.timedelta(minutes=16)), pytest.raises(WrongState):
        verification.undo_check(check=check, actor=actor)
    verification.confirm_unchanged(listing=row, actor=None)
    with pytest.raises(WrongState):
        verification.undo_check(check=check, actor=actor)


def test_an_edit_that_was_published_meanwhile_is_not_undone_with_the_check():
    row, actor = scenarios.published(), scenarios.verifier()
    check = verification.record_check(listing=row, actor=actor, method="call")
    second_version(row, scenarios.verifier(), cost="paid")
    with pytest.raises(WrongState):
        verification.undo_check(check=check, actor=actor)


def test_an_administrator_puts_an_earlier_version_back_and_others_look():
    row = scenarios.published()
    before = second_version(row, scenarios.verifier(), cost="paid")
    assert PublicListing.objects.get().cost == "paid"
    dates = row.state.due_on, row.state.level
    verification.republish(listing=row, snapshot=before, actor=administrator(), reason="Правка была ошибкой")
    row.state.refresh_from_db()
    assert PublicListing.objects.get().cost == "free" and row.state.published == before
    assert (row.state.due_on, row.state.level) == dates
    assert Recheck.objects.open().get().reason == "outside"
    assert [s.content["service"]["cost"] for s in earlier_versions(row)] == ["paid"]


def test_an_earlier_version_does_not_widen_what_was_narrowed():
    row = scenarios.published()
    before = second_version(row, scenarios.verifier(), cost="paid")
    place = row.location
    place.refresh_from_db()
    organizations.update_location(
        actor=None, location=place, expected_version=place.version, public_precision="settlement"
    )
    verification.let_narrow(listings=[row], actor=None)
    verification.republish(listing=row, snapshot=before, actor=administrator(), reason="Обратно")
    assert PublicListing.objects.get().precision == "settlement"


def test_only_administrators_and_only_versions_that_were_on_the_map():
    row = scenarios.published()
    before = second_version(row, scenarios.verifier(), cost="paid")
    with pytest.raises(NotAllowed):
        verification.republish(listing=row, snapshot=before, actor=scenarios.coordinator(), reason="x")
    stranger = scenarios.published().state.published
    current = row.state.published
    for snapshot in (stranger, current):
        with pytest.raises(WrongState):
            verification.republish(listing=row, snapshot=snapshot, actor=administrator(), reason="x")
    scenarios.rename(row, documents=["passport"])
    refused = verification.submit(listing=row, actor=None)
    verification.reject(review=refused, actor=scenarios.verifier(), reason="Нет")
    with pytest.raises(WrongState):
        verification.republish(listing=row, snapshot=refused.snapshot, actor=administrator(), reason="x")


@pytest.mark.parametrize("scope", ["organization", "location", "country"])
def test_the_preview_of_a_takedown_is_its_effect(scope):
    owner = scenarios.organization()
    here, there = scenarios.place(owner), scenarios.place(owner, city="Батуми")
    for at in (here, here, there):
        scenarios.published(at)
    scenarios.published(scenarios.place(scenarios.organization(), country="PL", timezone="Europe/Warsaw"))
    scenarios.published(here, on=clock.today() - dt.timedelta(days=400))
    what = {"organization": owner, "location": here, "country": "GE"}
    told = would_vanish(Takedown(**{scope: what[scope]}))
    before = current_listings("public").count()
    takedown = verification.take_down(actor=administrator(), reason="Опасно", **{scope: what[scope]})
    assert (
        told == before - current_listings("public").count() == {"organization": 3, "location": 2, "country": 3}[scope]
    )
    verification.lift(takedown=takedown, actor=administrator(), reason="Прошло")
    assert current_listings("public").count() == before
