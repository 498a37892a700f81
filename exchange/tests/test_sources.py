"""Reading other directories: from a server at the other end of a line, from packages, and our own words read back."""

from __future__ import annotations

import io
import json
import random
import zipfile

import pytest
from django.utils import timezone

from core import clock
from directory.tables.listings import MemberListing, MemberOrganization, PublicListing, PublicOrganization
from directory.tests.factories import TBILISI, publish
from exchange.sources import keeping
from exchange.sources.foreign.faults import SourceFault
from exchange.sources.models import ForeignSource, GoneAtSource, ReadingState, SourcePage, SourceReading
from exchange.sources.undoing import take_off_gone
from exchange.tests.directories import BASE, OLD, PHONE, answered, at_once, page, taken, told, zipped
from organizations.models import MemberStatus, Organization
from reading.tests.test_hsds import invented
from services.models import Service, ServiceAtLocation
from verification import services as verification
from verification.models import ListingState, Publication
from verification.tests import scenarios
from verification.websites import asking as line
from verification.websites.addresses import AddressRefused

pytestmark = pytest.mark.django_db


class TestADirectory:
    def test_is_read_by_pages_and_nothing_is_written_before_somebody_presses(self, directory, source, read):
        reading = read(keeping.read, source)
        assert (reading.state, reading.version, reading.counts) == ("planned", "3.1.1", {"created": 5})
        assert [one for one in directory.asked if "page=" in one] == [
            f"/hsds/services?page={number}&per_page=50&full=true" for number in (1, 2, 3)
        ]
        assert not Service.objects.exists() and not Organization.objects.exists()
        first = reading.results[0]
        assert (first["title"], first["owner"], first["verdict"]) == ("Testing 1", "Partner", "created")
        assert any("Klingon" in said for said in first["say"])

    def test_becomes_external_unchecked_and_for_members_alone(self, directory, source, read):
        taken(source, read)
        listing = ServiceAtLocation.objects.select_related("service", "location").get(service__external_id="at1")
        owner = listing.service.organization
        assert (owner.member_status, owner.name, owner.source) == (MemberStatus.EXTERNAL, "Partner", source.code)
        assert (listing.service.types, listing.service.cost) == (["hiv_rapid_test"], "free")
        assert (listing.location.city, listing.location.timezone) == ("Tbilisi", "Asia/Tbilisi")
        assert listing.hours["slots"] == [{"days": [0, 1], "opens": "09:00", "closes": "17:00"}]
        assert "10:00–12:00" in listing.hours["note"]["en"]
        assert listing.note == "Из каталога «Theirs»." and "Theirs" in listing.i18n["note_en"]
        assert {one.value for one in listing.contacts.all()} >= {"+995 32 212 34 56", "info@directory.example"}
        assert ListingState.objects.get(pk=listing.pk).publication == Publication.IMPORTED
        assert MemberListing.objects.count() == 5 and not PublicListing.objects.exists()
        everything = json.dumps(list(SourcePage.objects.values_list("rows", flat=True))) + listing.service.text
        assert "Secret" not in everything and "<p>" not in everything

    def test_read_again_changes_nothing(self, directory, source, read):
        taken(source, read)
        before = list(Service.objects.order_by("pk").values_list("pk", "version"))
        assert taken(source, read).counts["unchanged"] == 5
        assert list(Service.objects.order_by("pk").values_list("pk", "version")) == before

    def test_says_what_changed_field_by_field(self, directory, source, read):
        taken(source, read)
        directory.services[0]["name"] = "Testing at night"
        (row,) = read(keeping.read, source).results
        assert row["verdict"] == "updated"
        assert [(one["old"], one["new"]) for one in row["changes"]] == [("Testing 1", "Testing at night")]

    def test_that_breaks_off_goes_on_where_it_stopped(self, directory, source, read):
        directory.breaks = 1
        reading = read(keeping.read, source)
        assert (reading.state, reading.pages.count()) == ("broken", 1) and reading.fault
        directory.breaks, directory.asked = 0, []
        again = read(keeping.read, source)
        assert (again.pk, again.state, again.counts) == (reading.pk, "planned", {"created": 5})
        assert not [one for one in directory.asked if "page=1&" in one]

    def test_that_tells_only_lists_is_asked_for_each_service(self, directory, source, read):
        directory.knows_full = False
        assert read(keeping.read, source).counts == {"created": 5}
        assert len([one for one in directory.asked if "/services/" in one]) == 5

    def test_that_asks_to_come_later_is_left_alone(self, directory, source, read):
        directory.pages["/hsds/services"] = b"HTTP/1.1 429 X\r\nRetry-After: 3600\r\nContent-Length: 0\r\n\r\n"
        reading = read(keeping.read, source)
        assert reading.state == "broken" and len([one for one in directory.asked if "page=" in one]) == 1

    @pytest.mark.parametrize("answer", [b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n<htm>",
        b"HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nx",
        b"HTTP/1.1 302 X\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n", b"nonsense"])  # fmt: skip
    def test_that_answers_nonsense_is_told_so(self, directory, source, read, answer, monkeypatch):
        if b"169.254" in answer:
            monkeypatch.setattr(line, "public_addresses", inside_refused)
        directory.pages["/hsds/services"] = answer
        reading = read(keeping.read, source)
        assert reading.state == "broken" and reading.fault and not Service.objects.exists()

    def test_without_the_operators_word_nobody_is_asked(self, directory, source, settings):
        settings.READS_DIRECTORIES = False
        with pytest.raises(SourceFault):
            keeping.read(source, at_once)
        assert directory.asked == []


def inside_refused(host, port, seconds):
    if host != "directory.example":
        raise AddressRefused("not a public address")
    return ["127.0.0.1"]


@pytest.mark.parametrize("host", ["127.0.0.1", "10.0.0.7", "169.254.169.254", "[::1]", "localhost"])
def test_an_inside_address_is_never_connected_to(source, read, settings, monkeypatch, host):
    settings.READS_DIRECTORIES = True
    monkeypatch.setattr("urllib3.connection.HTTPConnection.connect", lambda self: pytest.fail("connected"))
    monkeypatch.setattr("socket.getaddrinfo", lambda name, port, type: [(0, 0, 0, "", (name.strip("[]"), port))])
    ForeignSource.objects.filter(pk=source.pk).update(address=f"http://{host}/")
    source.refresh_from_db()
    assert read(keeping.read, source).state == "broken"


class TestTerms:
    def test_what_nobody_chose_is_left_out_and_told(self, directory, source, read):
        source.choices = {}
        source.save()
        for one in directory.services:
            one["attributes"] = [{"taxonomy_term": {"code": "HT", "name": "Thing", "taxonomy": "Theirs"}}]
        directory.services[0]["attributes"] = [{"taxonomy_term": {"code": "hiv_rapid_test", "name": "x"}}]
        reading = read(keeping.read, source)
        assert reading.counts == {"created": 1, "left": 4}, "a code of ours is guessed"
        term = next(one for one in reading.terms if one["key"] == "Theirs|HT")
        assert (term["name"], term["count"], term["ours"]) == ("Thing", 4, "")
        reading = read(keeping.choose, reading, {"Theirs|HT": "types.hiv_rapid_test", "other|x": "types.art"})
        assert reading.counts == {"created": 5}
        source.refresh_from_db()
        assert source.choices == {"Theirs|HT": "types.hiv_rapid_test"}

    def test_what_was_chosen_elsewhere_is_the_first_guess(self, directory, source, read):
        other = ForeignSource.objects.create(title="Other", address=f"{BASE}v2/", language="en")
        services = [told(1)]
        directory.pages["/hsds/v2/services"] = page(services)
        with_guess = read_by(other, read)
        assert with_guess.terms[0]["ours"] == "types.hiv_rapid_test" and with_guess.terms[0]["is_guessed"]

    def test_nonsense_is_not_remembered(self, directory, source, read):
        reading = read(keeping.read, source)
        read(keeping.choose, reading, {"Theirs|HT": "types.nothing"})
        source.refresh_from_db()
        assert source.choices == {"Theirs|HT": "types.hiv_rapid_test"}


def read_by(source, read) -> SourceReading:
    read(keeping.read, source)
    return source.readings.first()


class TestPeople:
    def test_overrule_the_source(self, directory, source, read):
        taken(source, read)
        listing = ServiceAtLocation.objects.get(service__external_id="at1")
        verification.archive(listing=listing, actor=scenarios.coordinator(), reason="Closed, says the phone")
        directory.services[0]["name"] = "Open again, they say"
        assert taken(source, read).counts["kept"] == 1
        assert Service.objects.get(external_id="at1").title == "Testing 1"

    def test_hear_what_is_gone_and_decide(self, directory, source, read):
        taken(source, read)
        gone = directory.services.pop()
        directory.services[0]["status"] = "defunct"
        reading = taken(source, read)
        assert len(reading.gone) == 2 and GoneAtSource.objects.count() == 2
        assert MemberListing.objects.count() == 5, "nothing leaves the map by itself"
        directory.services.append(gone)
        taken(source, read)
        (left,) = GoneAtSource.objects.select_related("service")
        assert left.service.external_id == "at1" and left.since == clock.today()
        assert take_off_gone(source, [left.service.public_id], scenarios.coordinator()) == (1, 0)
        assert MemberListing.objects.count() == 4 and not GoneAtSource.objects.exists()

    def test_undo_a_reading_but_for_what_they_have_looked_at(self, directory, source, read):
        reading = taken(source, read)
        listing = ServiceAtLocation.objects.get(service__external_id="at2")
        verification.hide(listing=listing, actor=scenarios.coordinator(), reason="A dog")
        reading = read(keeping.undo, reading)
        assert (reading.state, reading.counts["off"], reading.counts["stay"]) == ("undone", 4, 0)
        assert not MemberListing.objects.exists()
        assert taken(source, read).counts["kept"] == 5


class TestByTheClock:
    def test_a_source_is_written_again_when_its_day_has_come(self, directory, source, read):
        taken(source, read)
        ForeignSource.objects.update(every=7, next_at=timezone.now())
        directory.services[0]["name"] = "Testing at night"
        read(lambda defer: keeping.refresh(defer))
        assert Service.objects.get(external_id="at1").title == "Testing at night"
        source.refresh_from_db()
        assert source.next_at > timezone.now() and keeping.refresh(at_once) == 0

    def test_one_that_lost_half_of_its_services_waits_for_somebody(self, directory, source, read):
        directory.services = [told(number) for number in range(1, 13)]
        taken(source, read)
        ForeignSource.objects.update(every=1, next_at=timezone.now())
        del directory.services[3:]
        read(lambda defer: keeping.refresh(defer))
        assert source.readings.first().state == ReadingState.PLANNED and not GoneAtSource.objects.exists()
        source.refresh_from_db()
        assert "9" in source.fault

    def test_one_that_nobody_has_written_is_not_read(self, directory, source):
        ForeignSource.objects.update(every=1, next_at=timezone.now())
        assert keeping.refresh(at_once) == 0


class TestPackages:
    def test_of_1_1_become_listings(self, source, read):
        source.choices = {"Theirs|t1": "types.hiv_rapid_test"}
        source.save()
        file = zipped(OLD)
        reading = read(lambda defer: keeping.read_file(source, file, 5000, defer))
        assert (reading.state, reading.counts) == ("planned", {"created": 1})
        read(keeping.apply, reading)
        listing = ServiceAtLocation.objects.select_related("location").get()
        assert listing.hours["slots"] == [{"days": [0, 1], "opens": "09:00", "closes": "18:00"}]
        assert (listing.location.address_en, listing.service.cost) == ("Rustaveli 1", "free")
        assert [one.value for one in listing.contacts.all()] == ["+995 32 212 34 56"]

    @pytest.mark.parametrize("file", [io.BytesIO(b"no zip"), zipped({"readme.txt": "x"}),
        zipped({"service.csv": b"id\n\xff"}), zipped({f"{n}.csv": "x" for n in range(200)})])  # fmt: skip
    def test_that_are_none_are_refused_in_words(self, source, file):
        with pytest.raises(SourceFault):
            keeping.read_file(source, file, 100, at_once)
        assert not SourceReading.objects.exists()

    def test_that_grow_are_refused_before_they_are_unpacked(self, source):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("service.csv", b"\0" * 41_000_000)
        with pytest.raises(SourceFault, match="40"):
            keeping.read_file(source, file, len(file.getvalue()), at_once)


@pytest.mark.parametrize("old", [
    {"content": [{"id": "1", "name": "Testing", "service_taxonomys": [{"taxonomy": {"id": "t", "name": "HIV testing",
      "vocabulary": "Theirs"}}], "regular_schedules": [{"byday": "MO", "opens_at": "9:00", "closes_at": "17:00"}],
      "service_at_locations": [{"id": "at1", "location": {"id": "l", "name": "C", "physical_addresses":
      [{"address_1": "Rustaveli 1", "city": "Tbilisi", "country": "GE"}]}}],
      "organization": {"id": "o", "name": "Partner"}}], "totalPages": 1, "number": 1},
    [{"id": "1", "name": "Testing", "taxonomies": [{"id": "t", "name": "HIV testing", "vocabulary": "Theirs"}],
      "schedules": [{"weekday": "Monday", "opens_at": "09:00:00", "closes_at": "17:00:00"}],
      "locations": [{"id": "l", "name": "C", "address": {"address_1": "Rustaveli 1", "city": "Tbilisi",
      "country": "ge"}}], "organization": {"id": "o", "name": "Partner"}}],
])  # fmt: skip
def test_answers_of_1_and_2_are_read_too(directory, source, read, old):
    source.choices = {"Theirs|t": "types.hiv_rapid_test"}
    source.save()
    directory.pages["/hsds/services"] = page(old)
    reading = taken(source, read)
    assert reading.counts.get("created") == 1, (reading.fault, reading.counts, reading.results)
    listing = ServiceAtLocation.objects.select_related("location").get()
    assert (listing.location.city, listing.hours["slots"]) == (
        "Tbilisi",
        [{"days": [0], "opens": "09:00", "closes": "17:00"}],
    )


class TestOurOwn:
    """What `/api/hsds/` says of a network is read back: by its pages, and as its package."""

    def test_words_come_back(self, client, directory, source, read):
        dice = random.Random(8)
        for number in range(30):
            fields = invented(dice)
            texts = {**fields["texts"], "title": f"Услуга {number}", "city": "Тбилиси"}
            point = TBILISI if fields["point"] else None
            publish(**fields | {"texts": texts, "country": "GE", "point": point})
        publish(service_id="known22222", types=["art"], point=TBILISI, contacts=[PHONE], groups={"msm": "all"},
                hours={"slots": [{"days": [0, 4], "opens": "09:00", "closes": "24:00"}]}, languages=["ka"],
                texts={"title": "Лечение", "city": "Тбилиси", "address": "Руставели, 1"})  # fmt: skip
        asked = [f"page={number}&per_page=50&full=true" for number in (1, 2)]
        ours = {f"/hsds/services?{one}": client.get(f"/api/hsds/services?{one}").content for one in asked}
        directory.answer = lambda parts: answered(ours.get(f"{parts.path}?{parts.query}", b'{"version": "3.1"}'))
        reading = read(keeping.read, source)
        assert reading.counts == {"created": 31}, reading.results
        package = client.get("/api/hsds/datapackage.zip").content
        other = ForeignSource.objects.create(title="As tables", language="ru", country="GE")
        with_tables = read(lambda defer: keeping.read_file(other, io.BytesIO(package), len(package), defer))
        assert other.readings.get().counts == reading.counts and with_tables == reading
        for model in (PublicListing, MemberListing, PublicOrganization, MemberOrganization):
            model.objects.all().delete()  # both networks lie in one database here
        read(keeping.apply, reading)
        assert ServiceAtLocation.objects.count() == 31
        back = ServiceAtLocation.objects.select_related("service", "location").get(service__title="Лечение")
        assert (back.service.types, back.service.groups, back.service.languages) == (["art"], {"msm": "all"}, ["ka"])
        assert back.hours["slots"] == [{"days": [0, 4], "opens": "09:00", "closes": "24:00"}]
        assert back.location.point.coords == pytest.approx(tuple(TBILISI), abs=1e-5)
        assert (back.location.city, [one.value for one in back.contacts.all()]) == ("Тбилиси", ["+995 32 212 34 56"])
