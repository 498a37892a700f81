"""Anybody merges, takes apart, reports and edits in any order: nothing is lost, and all apart is all as it was."""

import datetime as dt
import os

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from core import clock
from core.errors import HouseError
from directory import queries
from directory.listings import Moved
from verification import services as verification
from verification.models import Check, ListingState, Merge, Report
from verification.services.merging import steps
from verification.tests import scenarios
from verification.upkeep.rebuild import compare

pytestmark = pytest.mark.django_db
WHICH = st.integers(0, 2)
NOW = dt.datetime(2027, 1, 11, 9, tzinfo=dt.UTC)


class Merging(RuleBasedStateMachine):
    """Three listings of one organisation at three places; the world is made once, and every run is taken back."""

    rows: list = []

    @initialize()
    def begin(self) -> None:
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.travelled = clock.travel(NOW)
        self.travelled.__enter__()
        self.owner_of = {}
        self.summaries = [row.service.summary for row in self.rows]

    def teardown(self) -> None:
        if hasattr(self, "atomic"):
            self.travelled.__exit__(None, None, None)
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    def step(self, act) -> object:
        try:
            with transaction.atomic():
                return act()
        except HouseError:
            return None

    @rule(kept=WHICH, gone=WHICH, takes=st.booleans())
    def merge(self, kept, gone, takes) -> None:
        chosen = ["service.summary"] if takes else []
        self.step(lambda: steps.propose(kept=self.rows[kept], gone=self.rows[gone], chosen=chosen, actor=None))

    @rule(which=WHICH)
    def undo(self, which) -> None:
        for merge in Merge.objects.standing().filter(gone=self.rows[which]):
            self.step(lambda merge=merge: steps.undo(merge=merge, actor=None))

    @rule(which=WHICH)
    def report(self, which) -> None:
        if not Merge.objects.standing().filter(gone=self.rows[which]).exists():
            found = self.step(lambda: verification.receive_report(listing=self.rows[which], kind="phone"))
            self.owner_of[found[0].pk] = which

    @rule(which=WHICH)
    def confirm(self, which) -> None:
        self.step(lambda: verification.confirm_unchanged(listing=self.rows[which], actor=None))

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
        for report, which in self.owner_of.items():
            assert Report.objects.get(pk=report).listing_id == self.end_of(which)
        assert Check.objects.filter(listing__in=[row.pk for row in self.rows]).count() >= len(self.rows)

    @rule()
    def all_apart_is_all_as_it_was(self) -> None:
        for merge in Merge.objects.standing().order_by("-done_at", "-pk"):
            steps.undo(merge=merge, actor=None)
        assert not Moved.objects.exists() and not compare()
        for row, summary in zip(self.rows, self.summaries, strict=True):
            row.service.refresh_from_db()
            assert row.service.summary == summary


def test_nothing_is_lost_by_any_order_of_merging_and_taking_apart() -> None:
    with clock.travel(NOW - dt.timedelta(days=5)):
        owner = scenarios.organization()
        places = [scenarios.place(owner, name=f"Кабинет {n}", address=f"ул. Речная, {n}") for n in range(3)]
        Merging.rows = [scenarios.published(place, summary=f"{scenarios.SUMMARY} {place.name}") for place in places]
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
