"""What a reading never does: stand still, keep the worker, stumble over an answer, write over what people wrote."""

from __future__ import annotations

import io
import zipfile

import pytest
from procrastinate.testing import InMemoryConnector

from exchange import tasks
from exchange.sources import keeping, trying, working
from exchange.sources.foreign import asking, packages
from exchange.sources.foreign.faults import SourceFault
from exchange.sources.models import SourceReading
from exchange.tests.directories import OLD, at_once, taken, told, zipped
from organizations.models import Organization
from services.models import Service, ServiceAtLocation
from verification import services as verification
from verification.editing import update_listing, update_location, update_organization, update_service
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
STREET = "Rustaveli 1"


class TestTheWorker:
    def test_lays_a_long_reading_aside_after_each_page_and_piece(self, directory, source, read, monkeypatch):
        monkeypatch.setattr(working, "ONE_SHIFT", 0)
        monkeypatch.setattr(trying, "TOGETHER", 2)
        reading = keeping.read(source, lambda *_given: None)
        turns = turns_of(reading)
        assert [state for state, _done, _pause in turns] == ["fetching"] * 2 + ["planning"] * 3 + ["planned"]
        reading.refresh_from_db()
        assert reading.counts == {"created": 5} and [one["number"] for one in reading.results] == [1, 2, 3, 4, 5]
        assert not Service.objects.exists()
        keeping.apply(reading, lambda *_given: None)
        assert [done for _state, done, _pause in turns_of(reading)] == [2, 4, 5, 0]
        reading.refresh_from_db()
        assert (reading.state, len(reading.made), reading.counts["written"]) == ("applied", 5, 5)
        monkeypatch.setattr(working, "TAKEN_OFF_TOGETHER", 2)
        keeping.undo(reading, lambda *_given: None)
        assert [done for _state, done, _pause in turns_of(reading)] == [2, 4, 5, 0]
        reading.refresh_from_db()
        assert (reading.state, reading.counts["off"], reading.counts["stay"]) == ("undone", 5, 0)

    def test_does_not_sleep_while_a_directory_wants_to_wait(self, directory, source, monkeypatch):
        monkeypatch.setattr(asking.time, "sleep", lambda seconds: pytest.fail("slept") if seconds > 5 else None)
        later = b"HTTP/1.1 503 X\r\nRetry-After: 40\r\nContent-Length: 0\r\n\r\n"
        directory.pages["/hsds/services"] = later
        reading = keeping.read(source, lambda *_given: None)
        asked = [working.work(reading.pk, waited) for waited in (0, 1, 2, 3)]
        assert asked == [(40, 1), (40, 2), (40, 3), None]
        reading.refresh_from_db()
        assert reading.state == "broken" and reading.fault

    def test_goes_on_in_the_middle_of_a_page_that_is_asked_for_one_by_one(self, directory, source, read, monkeypatch):
        monkeypatch.setattr(working, "ONE_SHIFT", 0)
        directory.knows_full, directory.size = False, 5
        turns = turns_of(keeping.read(source, lambda *_given: None))
        assert [state for state, _done, _pause in turns] == ["fetching"] * 4 + ["planning", "planned"]
        assert len([one for one in directory.asked if "/services/" in one]) == 5, "none of them twice"

    def test_has_it_done_later_in_the_same_words(self, directory, source, monkeypatch):
        directory.pages["/hsds/services"] = b"HTTP/1.1 503 X\r\nRetry-After: 40\r\nContent-Length: 0\r\n\r\n"
        reading = keeping.read(source, lambda *_given: None)
        with tasks.app.replace_connector(InMemoryConnector()) as app:
            tasks.read_on(reading.pk, "ka", 1)
            (job,) = app.connector.jobs.values()
        assert job["args"] == {"reading": reading.pk, "language": "ka", "waited": 2}
        assert job["scheduled_at"] is not None

    @pytest.mark.parametrize(("where", "left"), [("Directory", "broken"), ("take", "broken"), ("put_back", "applied")])
    def test_leaves_nothing_standing_when_something_goes_wrong(
        self, directory, source, read, monkeypatch, caplog, where, left
    ):
        def wrong(*_given, **_more):
            raise ZeroDivisionError(STREET)

        reading = taken(source, read) if left == "applied" else None
        monkeypatch.setattr(working, where, wrong)
        found = read(keeping.undo, reading) if reading else read(keeping.read, source)
        assert found.state == left and found.fault
        assert "ZeroDivisionError" in caplog.text and STREET not in caplog.text


def turns_of(reading) -> list[tuple[str, int, working.Pause | None]]:
    """State and progress after each turn of the worker, to the last."""
    turns = []
    while len(turns) < 20 and (not turns or turns[-1][2] is not None):
        pause = working.work(reading.pk)
        turns.append((*SourceReading.objects.values_list("state", "done").get(pk=reading.pk), pause))
    return turns


class TestPeople:
    def test_keep_what_they_wrote_of_a_place_that_another_service_shares(self, directory, source, read):
        place = directory.services[0]["service_at_locations"][0]["location"]
        directory.services[1]["service_at_locations"][0]["location"] = place
        taken(source, read)
        first = ServiceAtLocation.objects.select_related("location", "service__organization").get(
            service__external_id="at1"
        )
        owner = scenarios.person(first.service.organization, "manager")
        review = verification.submit(listing=first, actor=owner, checked=True)
        verification.approve(review=review, actor=scenarios.verifier())
        kept = first.location
        update_location(actor=owner, location=kept, expected_version=kept.version, address="Chavchavadze 2")
        update_organization(actor=owner, organization=first.service.organization, expected_version=1, name="Ours")
        place["addresses"][0]["address_1"], place["name"] = "Elsewhere 9", "Moved"
        for one in directory.services:
            one["organization"]["name"] = "Theirs again"
        directory.services[1]["name"] = "Testing at night"
        counts = taken(source, read).counts
        kept.refresh_from_db()
        owned = Organization.objects.get(source=source.code)
        assert (kept.address, kept.name, owned.name) == ("Chavchavadze 2", "Centre", "Ours")
        assert (counts["kept"], counts["updated"]) == (1, 1)
        assert Service.objects.get(external_id="at2").title == "Testing at night", "the other one follows its source"

    @pytest.mark.parametrize("what", ["service", "listing", "review"])
    def test_write_in_a_listing_that_nobody_has_published_yet(self, directory, source, read, what):
        taken(source, read)
        listing = ServiceAtLocation.objects.select_related("location", "service__organization").get(
            service__external_id="at1"
        )
        owner = scenarios.person(listing.service.organization, "manager")
        if what == "service":
            update_service(actor=owner, service=listing.service, expected_version=1, text="Ring twice")
        elif what == "listing":
            update_listing(actor=owner, listing=listing, expected_version=listing.version, note="Ring twice")
        else:
            verification.submit(listing=listing, actor=owner)
        directory.services[0]["name"] = "Something else"
        assert taken(source, read).counts["kept"] == 1
        assert Service.objects.get(external_id="at1").title == "Testing 1"


class TestPackages:
    def test_that_are_broken_inside_are_refused_in_words(self, source):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("service.csv", "id,name\n" + "".join(f"{number},Testing\n" for number in range(999)))
        broken = bytearray(file.getvalue())
        broken[60:90] = b"\xff" * 30
        with pytest.raises(SourceFault):
            keeping.read_file(source, io.BytesIO(broken), len(broken), at_once)

    def test_that_have_too_many_rows_in_all_their_parts_are_refused(self, source, monkeypatch):
        monkeypatch.setattr(packages, "MOST_ROWS", 3)
        file = zipped({"service.csv": "id,name\n1,A\n2,B", "a/service.csv": "id,name\n3,C\n4,D"})
        with pytest.raises(SourceFault, match="3"):
            keeping.read_file(source, file, 300, at_once)

    def test_with_signs_that_the_database_does_not_take_are_read(self, source, read):
        file = zipped(OLD | {"taxonomy.csv": "id,name,vocabulary\nt1,HIV\0 testing,Theirs\0"})
        reading = read(lambda defer: keeping.read_file(source, file, 5000, defer))
        assert reading.terms[0]["key"] == "Theirs|t1"


def test_an_answer_with_signs_that_the_database_does_not_take_is_read(directory, source, read):
    directory.services = [told(1, id="a\0b", name="Test\ud800ing"), told(2)]
    reading = read(keeping.read, source)
    assert (reading.state, reading.counts) == ("planned", {"created": 2}), reading.fault
    assert reading.results[0]["title"] == "Testing"
