"""Anybody does anything in any order: three promises hold after every single step.

1. Nothing is "checked by another organisation" unless somebody of another organisation really found it right.
2. No step is skipped: publication moves along the edges of a graph that is written down here once more.
3. No approved version is lost: what is on the map is word for word what was approved, or a narrower version of it.
"""

from __future__ import annotations

import datetime as dt
import os
import random

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from core import clock
from core.errors import HouseError
from directory.tables.listings import MemberListing, PublicListing
from messaging.people import correspondents_for
from organizations.models import Membership
from services.models import Service
from verification import answering
from verification import services as verification
from verification.letters.links import issue_link
from verification.models import (
    CapacityLevel,
    CapacityReport,
    Check,
    CheckMethod,
    ConfirmationLink,
    ListingState,
    Recheck,
    Review,
    Snapshot,
    Takedown,
)
from verification.narrowing import narrower
from verification.tests import scenarios
from verification.upkeep.rebuild import compare

pytestmark = pytest.mark.django_db

#: From → to, by any single step. Written from docs/verification.md, not from the product's own table.
EDGES = {
    "draft": {"submitted"},
    "submitted": {"in_review", "needs_changes", "rejected", "published", "draft"},
    "in_review": {"submitted", "needs_changes", "rejected", "published", "draft"},
    "needs_changes": {"submitted"},
    "rejected": {"submitted"},
    "published": {"hidden", "archived"},
    "hidden": {"published", "archived"},
    "archived": {"published", "hidden"},
    "imported": {"published", "hidden", "archived"},
}
PEOPLE = st.sampled_from(["owner", "manager", "reader", "verifier", "other", "insider", "coordinator", "administrator"])
METHODS = st.sampled_from([method.value for method in CheckMethod])
LEVELS = st.sampled_from([level.value for level in CapacityLevel])
REFUSALS = (HouseError, ValidationError, ValueError)


class Network(RuleBasedStateMachine):
    """One listing of one organisation, and everybody who might touch it."""

    @initialize()
    def make(self) -> None:
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.now = dt.datetime(2027, 1, 11, 9, tzinfo=dt.UTC)
        self.travelled = clock.travel(self.now)
        self.travelled.__enter__()
        mine, theirs, third = (scenarios.organization() for _n in range(3))
        self.home = mine
        self.people = {
            "owner": scenarios.person(mine),
            "manager": scenarios.person(mine, role="manager"),
            "reader": scenarios.person(theirs, role="reader"),
            "verifier": scenarios.verifier(theirs),
            "other": scenarios.verifier(third),
            "insider": scenarios.verifier(mine),
            "coordinator": scenarios.coordinator(third),
            "administrator": scenarios.person(mine, network_role="administrator"),
        }
        self.row = scenarios.listing(scenarios.place(mine))
        self.was, self.link, self.checks = "draft", "", []
        self.approved: list[dict] = []
        self.titles = 0
        verification.submit(listing=self.row, actor=None)

    def teardown(self) -> None:
        if hasattr(self, "atomic"):
            self.travelled.__exit__(None, None, None)
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    def step(self, act) -> object:
        """Try it; a refusal leaves nothing behind."""
        try:
            with transaction.atomic():
                return act()
        except REFUSALS:
            return None

    @property
    def state(self) -> ListingState:
        return ListingState.objects.select_related("published").get(pk=self.row.pk)

    def review(self) -> Review | None:
        return Review.objects.order_by("-pk").first()

    # --- what people do

    @rule(days=st.integers(1, 130))
    def time_passes(self, days: int) -> None:
        self.travelled.__exit__(None, None, None)
        self.now += dt.timedelta(days=days)
        self.travelled = clock.travel(self.now)
        self.travelled.__enter__()

    @rule(critical=st.booleans())
    def edit(self, critical: bool) -> None:
        self.titles += 1
        name = "title" if critical else "text"
        scenarios.rename(self.row, **{name: f"Слово {self.titles}"})

    @rule(visibility=st.sampled_from(["public", "members", "administrators"]), who=PEOPLE)
    def change_visibility(self, visibility: str, who: str) -> None:
        def act() -> None:
            scenarios.rename(self.row, visibility=visibility)
            verification.let_narrow(listings=[self.row], actor=self.people[who])

        self.step(act)

    @rule(who=PEOPLE, checked=st.booleans())
    def submit(self, who: str, checked: bool) -> None:
        self.step(lambda: verification.submit(listing=self.row, actor=self.people[who], checked=checked))

    @rule(who=PEOPLE, what=st.sampled_from(["take", "release", "withdraw_submission"]))
    def move_review(self, who: str, what: str) -> None:
        review = self.review()
        self.step(lambda: getattr(verification, what)(review=review, actor=self.people[who]))

    @rule(who=PEOPLE, method=st.one_of(st.just(""), METHODS))
    def approve(self, who: str, method: str) -> None:
        review = self.review()
        self.step(lambda: verification.approve(review=review, actor=self.people[who], method=method))

    @rule(who=PEOPLE, returned=st.sampled_from(["service.title", "service.text", "listing.hours"]))
    def approve_a_part(self, who: str, returned: str) -> None:
        review = self.review()
        self.step(
            lambda: verification.approve(review=review, actor=self.people[who], note="Не то", returned=[returned])
        )

    @rule(who=PEOPLE, what=st.sampled_from(["ask_for_changes", "reject"]), reason=st.sampled_from(["", "Не то"]))
    def send_back(self, who: str, what: str, reason: str) -> None:
        review = self.review()
        self.step(lambda: getattr(verification, what)(review=review, actor=self.people[who], reason=reason))

    @rule(who=PEOPLE, method=METHODS)
    def confirm(self, who: str, method: str) -> None:
        self.step(lambda: verification.confirm_unchanged(listing=self.row, actor=self.people[who], method=method))

    @rule(
        who=PEOPLE,
        method=METHODS,
        outcome=st.sampled_from(["correct", "wrong", "unreachable", "withdrawn"]),
        capacity=st.one_of(st.just(""), LEVELS),
    )
    def check(self, who: str, method: str, outcome: str, capacity: str) -> None:
        actor, about = self.people[who], {"method": method, "outcome": outcome, "capacity": capacity}
        found = self.step(lambda: verification.record_check(listing=self.row, actor=actor, **about))
        self.checks += [(found, actor)] if found else []

    @rule(who=PEOPLE, level=LEVELS, method=METHODS)
    def say_whether_there_are_places(self, who: str, level: str, method: str) -> None:
        before = self.state
        said = {"actor": self.people[who], "level": level, "method": method}
        if self.step(lambda: verification.report_capacity(listing=self.row, **said)):
            assert (self.state.version, self.state.due_on) == (before.version, before.due_on)

    @rule(who=PEOPLE)
    def undo_check(self, who: str) -> None:
        for check, _actor in self.checks[-1:]:
            self.step(lambda check=check: verification.undo_check(check=check, actor=self.people[who]))

    @rule(who=PEOPLE, what=st.sampled_from(["hide", "archive", "restore"]))
    def move_listing(self, who: str, what: str) -> None:
        self.step(lambda: getattr(verification, what)(listing=self.row, actor=self.people[who], reason="Так надо"))

    @rule(who=PEOPLE, operation=st.sampled_from(["working", "paused", "closed"]))
    def operation(self, who: str, operation: str) -> None:
        self.step(lambda: verification.set_operation(listing=self.row, actor=self.people[who], operation=operation))

    @rule(who=PEOPLE)
    def go_back_to_an_earlier_version(self, who: str) -> None:
        snapshot = Snapshot.objects.filter(listing=self.row).order_by("pk").first()
        self.step(
            lambda: verification.republish(
                listing=self.row, snapshot=snapshot, actor=self.people[who], reason="Так было верно"
            )
        )

    @rule(who=PEOPLE)
    def take_down_or_lift(self, who: str) -> None:
        actor, order = self.people[who], Takedown.objects.in_force().first()
        if order:
            self.step(lambda: verification.lift(takedown=order, actor=actor, reason="Прошло"))
        else:
            self.step(lambda: verification.take_down(actor=actor, organization=self.home, reason="Опасно"))

    # --- letters

    @rule()
    def a_letter_comes(self) -> None:
        state = self.state
        if state.published_id:
            person = correspondents_for(self.home).order_by("pk").first()
            self.link = issue_link(to=person, states=[state])[1]

    @rule(answer=st.sampled_from(["confirm", "changed", "closed", "paused", "undo", "capacity"]))
    def answer_the_letter(self, answer: str) -> None:
        if not self.link:
            return
        items = list(ConfirmationLink.objects.latest("pk").items.values_list("public_id", flat=True))
        one = {"token": self.link, "item": items[0]}
        acts = {
            "confirm": lambda: answering.confirm(token=self.link, items=items),
            "changed": lambda: answering.report_changed(**one, note="Иначе"),
            "closed": lambda: answering.report_closed(**one, for_good=True),
            "paused": lambda: answering.report_closed(**one, for_good=False),
            "capacity": lambda: answering.report_capacity(**one, level="limited"),
            "undo": lambda: answering.undo(token=self.link, items=items),
        }
        self.step(acts[answer])

    # --- what holds

    @invariant()
    def checked_by_another_organisation_means_two_organisations(self) -> None:
        if not hasattr(self, "row"):
            return
        owner = self.home.pk
        insiders = set(Membership.objects.filter(organization=owner).values_list("user", flat=True))
        for check in Check.objects.filter(level__gte=2):
            assert check.organization_id != owner and check.checked_by_id not in insiders
        for review in Review.objects.filter(decided_by__isnull=False):
            assert review.decided_by_id not in insiders and review.decided_for_id != owner
        state = self.state
        shown = [*PublicListing.objects.values_list("level", "check_method")]
        shown += MemberListing.objects.values_list("level", "check_method")
        for level, method in [*shown, (state.level, state.check_method)]:
            if level >= 2:
                found = Check.objects.filter(listing=self.row, level=level, method=method, outcome="correct")
                assert found.exclude(organization=owner).exists()
                local = {check.checked_at.astimezone(clock.zone("Asia/Tbilisi")).date() for check in found}
                assert state.checked_on in local  # the date is that of the check it speaks of

    @invariant()
    def no_step_is_skipped(self) -> None:
        if not hasattr(self, "row"):
            return
        now = self.state.publication
        assert now == self.was or now in EDGES[self.was], f"{self.was} → {now}"
        self.was = now
        assert Review.objects.open().count() <= 1
        assert Recheck.objects.open().count() == len(set(Recheck.objects.open().values_list("reason", flat=True)))

    @invariant()
    def no_approved_version_is_lost(self) -> None:
        if not hasattr(self, "row"):
            return
        state = self.state
        if state.published is None:
            assert not self.approved
            return
        content = state.published.content
        if content not in self.approved:
            accepted = Review.objects.filter(state="approved").select_related("snapshot", "base")
            assert any(_is_from(content, review) for review in accepted) or any(
                narrower(earlier, content) == content for earlier in self.approved
            )
            self.approved.append(content)
        for earlier in self.approved:
            assert Snapshot.objects.filter(listing=self.row, content=earlier).exists()

    @invariant()
    def the_map_says_what_was_approved(self) -> None:
        if not hasattr(self, "row"):
            return
        state = self.state
        rows = [*PublicListing.objects.all(), *MemberListing.objects.all()]
        if state.publication not in ("published", "imported"):
            assert rows == []
        if Service.objects.get(pk=self.row.service_id).visibility != "public":
            assert not PublicListing.objects.exists()  # narrowed, by whichever way and whenever
        for row in rows:
            assert row.content["ru"]["title"] == state.published.content["service"]["title"]["ru"]
            assert (row.due_on, row.level) == (state.due_on, state.level)
            word = CapacityReport.objects.exclude(during__outcome="withdrawn").order_by("reported_at", "pk").last()
            assert row.capacity_level == ("" if word is None or word.level == "unknown" else word.level)
        assert not compare()


def _is_from(content: dict, review: Review) -> bool:
    """Every part of the content is the submission's or what was on the map before it; seen by as many, or by fewer."""
    base = review.base.content if review.base else review.snapshot.content
    sent = narrower(review.snapshot.content, content)
    before = narrower(base, content)
    return all(
        value in (sent[part].get(name), before[part].get(name))
        for part in ("service", "location", "listing")
        for name, value in content[part].items()
    )


def test_anybody_does_anything_in_any_order():
    """LONG=1 lives through 4,000 steps and more instead of some hundreds."""
    examples = 80 if os.environ.get("LONG") else 8
    random.seed(0)
    run_state_machine_as_test(
        Network,
        settings=settings(
            max_examples=examples,
            stateful_step_count=50,
            deadline=None,
            database=None,
            derandomize=not os.environ.get("LONG"),
            suppress_health_check=list(HealthCheck),
        ),
    )
