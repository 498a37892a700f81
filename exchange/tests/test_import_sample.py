"""A sample of a real file (English and Arabic, joined by id) from the first import to a changed file."""

import json
import shutil
from collections import Counter

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.stores.store import revision
from directory.tables.listings import MemberListing, PublicListing
from exchange.importing.report import RowOutcome
from exchange.importing.run import import_listings
from organizations.models import Location, Organization
from services.models import Service, ServiceAtLocation
from verification.models import ListingState
from verification.services import confirm_unchanged

pytestmark = pytest.mark.django_db
SAMPLE = settings.BASE_DIR / "fixtures" / "samples" / "services-advisor"
MAPPING = settings.BASE_DIR / "fixtures" / "mappings" / "services-advisor.yml"
FEATURES = json.loads((SAMPLE / "compiled_en.json").read_text(encoding="utf-8"))


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(SAMPLE, tmp_path / "sample")


def load(folder=SAMPLE, **options):
    return import_listings(folder / "compiled_en.json", MAPPING, **options)


def rewrite(folder, edit):
    features = json.loads((folder / "compiled_en.json").read_text(encoding="utf-8"))
    edit(features)
    (folder / "compiled_en.json").write_text(json.dumps(features), encoding="utf-8")


def of_kind(activity):
    number = next(n for n, f in enumerate(FEATURES) if f["properties"]["activityName"] == activity)
    feature = FEATURES[number]
    return Service.objects.get(external_id=f"{feature['id']}|{feature['properties']['activity']}")


def test_every_row_becomes_a_listing_that_only_members_see():
    report = load()
    assert report.counts() == {RowOutcome.CREATED: len(FEATURES)}
    rows = MemberListing.objects.filter(country="JO")
    assert rows.count() == len(FEATURES)
    assert set(rows.values_list("level", flat=True)) == {0}
    assert not PublicListing.objects.filter(country="JO").exists()
    partners = {feature["properties"]["partnerName"].strip() for feature in FEATURES}
    assert set(Organization.objects.values_list("name", flat=True)) == partners
    assert set(Organization.objects.values_list("member_status", flat=True)) == {"external"}


def test_what_the_file_says_arrives():
    load()
    service = of_kind("Financial assistance")
    listing = service.listings.select_related("location").get()
    assert (service.title, service.title_en) == ("Денежная помощь", "Financial assistance")
    assert service.types == ["cash_transport"]
    assert service.languages == ["ar"]
    assert "المساعدة المالية" in service.text_en
    assert service.text == ""  # an English text is no Russian one
    assert " · " in listing.location.name
    assert listing.location.public_precision == "settlement"
    assert listing.location.settlement_point != listing.location.point  # the file's point is for its owner


def test_places_are_one_for_each_partner_and_point():
    load()
    expected = {
        (f["properties"]["partnerName"].strip(), f["properties"]["locationName"].strip(), *f["geometry"]["coordinates"])
        for f in FEATURES
    }
    assert Location.objects.count() == len(expected)


def test_names_and_numbers_of_staff_do_not_arrive():
    load()
    texts = " ".join(filter(None, (service.text_en for service in Service.objects.all())))
    assert "Mob:" not in texts
    assert "@" not in texts


def test_the_same_file_again_changes_nothing():
    load()
    before = revision(), list(Service.objects.values_list("pk", "version", "updated_at").order_by("pk"))
    report = load()
    assert report.counts() == {RowOutcome.UNCHANGED: len(FEATURES)}
    assert (revision(), list(Service.objects.values_list("pk", "version", "updated_at").order_by("pk"))) == before


def test_an_unchanged_row_costs_no_query(folder):
    load(folder)
    with CaptureQueriesContext(connection) as all_rows:
        load(folder)
    rewrite(folder, lambda features: features.__delitem__(slice(5, None)))
    with CaptureQueriesContext(connection) as five_rows:
        load(folder)
    assert len(all_rows) == len(five_rows)


def test_a_dry_run_writes_nothing():
    report = load(dry_run=True)
    assert report.counts() == {RowOutcome.CREATED: len(FEATURES)}
    assert not Organization.objects.exists()
    assert not MemberListing.objects.exists()


def test_a_changed_row_updates_its_listing_alone(folder):
    load(folder)
    rewrite(folder, lambda features: features[0]["properties"].update(comments="Ground floor."))
    before = revision()
    report = load(folder)
    assert report.counts() == {RowOutcome.UPDATED: 1, RowOutcome.UNCHANGED: len(FEATURES) - 1}
    assert revision() == before + 1
    assert MemberListing.objects.filter(content__en__text__startswith="Ground floor.").count() == 1


def test_a_row_that_moves_gets_a_new_place(folder):
    load(folder)
    feature = FEATURES[0]
    service = Service.objects.get(external_id=f"{feature['id']}|{feature['properties']['activity']}")
    old = service.listings.get()
    rewrite(folder, lambda features: features[0].update(geometry={"type": "Point", "coordinates": [36.0, 31.5]}))
    assert load(folder).counts()[RowOutcome.UPDATED] == 1
    assert MemberListing.objects.filter(service_id=service.public_id).count() == 1
    assert ListingState.objects.get(listing=old).publication == "archived"
    assert load(folder).counts() == {RowOutcome.UNCHANGED: len(FEATURES)}


def test_what_somebody_confirmed_is_left_alone(folder):
    load(folder)
    feature = FEATURES[0]
    listing = ServiceAtLocation.objects.get(service__external_id=f"{feature['id']}|{feature['properties']['activity']}")
    confirm_unchanged(listing=listing, actor=None)
    rewrite(folder, lambda features: features[0]["properties"].update(comments="Somewhere else."))
    assert load(folder).counts() == {RowOutcome.KEPT: 1, RowOutcome.UNCHANGED: len(FEATURES) - 1}
    listing.service.refresh_from_db()
    assert "Somewhere else." not in (listing.service.text_en or "")


def test_rows_that_left_the_file_are_told_and_stay(folder):
    load(folder)
    rewrite(folder, lambda features: features.pop(0))
    report = load(folder)
    assert len(report.missing) == 1
    assert Service.objects.count() == len(FEATURES)


def test_the_report_says_what_the_mapping_left_out():
    report = load(dry_run=True)
    told = "\n".join(report.lines())
    assert ("service.types", "Drainage") in report.remarks.nearest
    assert "properties / Referral required" in report.unread
    assert "Drainage" in told
    assert "Referral required" in told


def test_one_bad_row_refuses_the_whole_file(folder):
    rewrite(folder, lambda features: features[2]["geometry"].update(coordinates=[35.7, 132]))
    report = load(folder)
    refused = [result for result in report.results if result.outcome == RowOutcome.REFUSED]
    assert [(result.number, result.field) for result in refused] == [(3, "location.point")]
    assert not Organization.objects.exists()


def test_twins_are_refused(folder):
    rewrite(folder, lambda features: features.append(features[4]))
    report = load(folder)
    assert Counter(r.outcome for r in report.results)[RowOutcome.REFUSED] == 1
    assert [(r.number, r.field) for r in report.results if r.outcome == RowOutcome.REFUSED] == [
        (len(FEATURES) + 1, "id")
    ]
    assert "5" in next(r.message for r in report.results if r.outcome == RowOutcome.REFUSED)
