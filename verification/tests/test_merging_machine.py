"""Anybody merges, takes apart, reports and edits in any order: nothing is lost, and all apart is all as it was."""

import datetime as dt
import os
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from core import clock
from core.errors import HouseError
from directory.asking import queries
from directory.tables.listings import Moved
from messaging.people import correspondents_for
from verification import services as verification
from verification.letters.links import issue_link
from verification.models import (
    CapacityReport,
    Check,
    LinkItem,
    ListingState,
    Merge,
    Recheck,
    Report,
    Review,
    Snapshot,
    Suggestion,
)
from verification.services.merging import steps
from verification.tests import scenarios
from verification.upkeep.rebuild import compare

pytestmark = pytest.mark.django_db
WHICH = st.integers(0, 2)
#: What goes with a listing that becomes one with another one, letters in flight included; and its history, which stays.
GOES = (Check, Report, CapacityReport, LinkItem, Suggestion, Recheck)
STAYS = (Snapshot, Review, ListingState.pgh_event_model)
NOW = dt.datetime(2027, 1, 11, 9, tzinfo=dt.UTC)


class Merging(RuleBasedStateMachine):
    """Three listings of one organisation at three places; the world is made once, and every run is taken back."""

    rows: list = []
    verifier: Any = None
    coordinator: Any = None
    reader: Any = None

    @initialize()
    def begin(self) -> None:
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.travelled = clock.travel(NOW)
        self.travelled.__enter__()
        self.belongs: dict = {}
        self.summaries = [row.service.summary for row in self.rows]
        self.ways = [self.ways_of(row) for row in self.rows]
        self.note()
        for which in range(len(self.rows)):  # so that each merge has everything to lose
            for attach in (self.report, self.call, self.write_a_letter, self.take_a_suggestion_in):
                attach(which)
            self.say_places(which, "full")

    def teardown(self) -> None:
        if hasattr(self, "atomic"):
            self.travelled.__exit__(None, None, None)
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    def step(self, act) -> object:
        try:
            with transaction.atomic():
                found = act()
        except HouseError:
            return None
        self.note()
        return found

    def note(self) -> None:
        """Whatever is new belongs to the listing at which it came up."""
        which = {row.pk: number for number, row in enumerate(self.rows)}
        for model in (*GOES, *STAYS):
            for key, listing in model.objects.filter(listing__in=which).values_list("pk", "listing"):
                self.belongs.setdefault((model, key), which[listing])

    @staticmethod
    def ways_of(row) -> list:
        return sorted(row.contacts.values_list("channel", "value"))

    def is_there(self, which: int) -> bool:
        return not Merge.objects.standing().filter(gone=self.rows[which]).exists()

    @rule(kept=WHICH, gone=WHICH, chosen=st.sets(st.sampled_from(["service.summary", "listing.hours", "contacts"])))
    def merge(self, kept, gone, chosen) -> None:
        chosen = sorted(chosen)
        self.step(lambda: steps.propose(kept=self.rows[kept], gone=self.rows[gone], chosen=chosen, actor=None))

    @rule(which=WHICH)
    def undo(self, which) -> None:
        for merge in Merge.objects.standing().filter(gone=self.rows[which]):
            self.step(lambda merge=merge: steps.undo(merge=merge, actor=None))

    @rule(which=WHICH)
    def report(self, which) -> None:
        if self.is_there(which):
            self.step(lambda: verification.receive_report(listing=self.rows[which], kind="phone"))

    @rule(which=WHICH)
    def confirm(self, which) -> None:
        self.step(lambda: verification.confirm_unchanged(listing=self.rows[which], actor=None))

    @rule(which=WHICH)
    def call(self, which) -> None:
        """Somebody of another organisation looks, and hears whether there are places."""
        said = {"actor": self.verifier, "method": "call", "capacity": "free"}
        self.step(lambda: verification.record_check(listing=self.rows[which], **said))

    @rule(which=WHICH, level=st.sampled_from(["free", "full"]))
    def say_places(self, which, level) -> None:
        self.step(lambda: verification.report_capacity(listing=self.rows[which], actor=None, level=level))

    @rule(which=WHICH)
    def write_a_letter(self, which) -> None:
        if self.is_there(which):
            states = [ListingState.objects.get(pk=self.rows[which].pk)]
            self.step(lambda: issue_link(to=self.reader, states=states))

    @rule(which=WHICH)
    def take_a_suggestion_in(self, which) -> None:
        said = {"what": "Тест", "country": "GE", "reach": "+995 32 277 77 77", "known_from": "told"}
        if self.is_there(which):
            self.step(
                lambda: verification.take_suggestion_in(
                    suggestion=verification.receive_suggestion(**said)[0],
                    actor=self.coordinator,
                    listing=self.rows[which],
                )
            )

    def end_of(self, which: int) -> int:
        there = dict(Merge.objects.standing().values_list("gone", "kept"))
        key = self.rows[which].pk
        while key in there:
            key = there[key]
        return key

    @invariant()
    def nothing_is_lost(self) -> None:
        if not hasattr(self, "atomic"):
            return
        for which, row in enumerate(self.rows):
            end = self.end_of(which)
            is_gone = end != row.pk
            assert ListingState.objects.get(pk=row.pk).publication == ("archived" if is_gone else "published")
            place = next(one for one in self.rows if one.pk == end).location.public_id
            assert queries.moved_to("public", row.location.public_id) == (place if is_gone else "")
        ends = [self.end_of(which) for which in range(len(self.rows))]
        for model in (*GOES, *STAYS):
            now = dict(model.objects.filter(listing__in=[row.pk for row in self.rows]).values_list("pk", "listing"))
            for (of, key), which in self.belongs.items():
                if of is model:
                    own = self.rows[which].pk
                    may_stay = (own, ends[which]) if model is Recheck else (own,) if model in STAYS else (ends[which],)
                    assert now[key] in may_stay, (model, key)
        letters = LinkItem.objects.filter(answer="", listing__in=ends).select_related("snapshot")
        assert all(item.snapshot.listing_id == item.listing_id for item in letters)

    @rule()
    def all_apart_is_all_as_it_was(self) -> None:
        for merge in Merge.objects.standing().order_by("-done_at", "-pk"):
            steps.undo(merge=merge, actor=None)
        assert not Moved.objects.exists() and not compare()
        for row, summary in zip(self.rows, self.summaries, strict=True):
            row.service.refresh_from_db()
            assert row.service.summary == summary
        assert [self.ways_of(row) for row in self.rows] == self.ways


def test_nothing_is_lost_by_any_order_of_merging_and_taking_apart() -> None:
    with clock.travel(NOW - dt.timedelta(days=5)):
        owner = scenarios.organization()
        places = [scenarios.place(owner, name=f"Кабинет {n}", address=f"ул. Речная, {n}") for n in range(3)]
        Merging.verifier, Merging.coordinator = scenarios.verifier(), scenarios.coordinator()
        Merging.rows = [scenarios.published(place, summary=f"{scenarios.SUMMARY} {place.name}") for place in places]
        for number, row in enumerate(Merging.rows):
            row.contacts.add(scenarios.phone(owner, value=f"+995 32 255 00 0{number}"))
        scenarios.person(owner)
        Merging.reader = correspondents_for(owner)[0]
    run_state_machine_as_test(
        Merging,
        settings=settings(
            max_examples=60 if os.environ.get("LONG") else 5,
            stateful_step_count=10,
            deadline=None,
            database=None,
            derandomize=not os.environ.get("LONG"),
            suppress_health_check=list(HealthCheck),
        ),
    )
