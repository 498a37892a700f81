"""Places become one and are taken apart, doors are shared and not shared any more, in any order: nothing is lost."""

import os
from typing import Any

import pytest
from django.contrib.gis.geos import Point
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from core import clock
from core.errors import HouseError
from organizations.models import Contact, Location
from services.models import Notice, ServiceAtLocation
from verification.coordination.alike import across
from verification.models import PlaceMerge, Review, SharedDoor
from verification.services import approve
from verification.services.merging import doors, places
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
WHICH = st.integers(0, 2)


class Places(RuleBasedStateMachine):
    """Three places of one organisation, each with a listing, a phone and a notice; a neighbour in the first house."""

    rows: list = []
    neighbour: Any = None
    owner: Any = None
    guest: Any = None
    verifier: Any = None

    @initialize()
    def begin(self) -> None:
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.before = self.everything()

    def teardown(self) -> None:
        if hasattr(self, "atomic"):
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    @staticmethod
    def everything() -> dict:
        """At which place everything is, and how the neighbour's door is said."""
        found = {
            (model, pk): place
            for model in (ServiceAtLocation, Contact, Notice)
            for pk, place in model.objects.filter(location__isnull=False).values_list("pk", "location")
        }
        doors_said = Location.objects.values_list("pk", "address", "point", "place_code", "i18n")
        return found | {("door", pk): (address, point.wkt, *rest) for pk, address, point, *rest in doors_said}

    def step(self, act) -> None:
        try:
            with transaction.atomic():
                act()
        except HouseError:
            return

    @rule(kept=WHICH, gone=WHICH, is_decided=st.booleans())
    def merge(self, kept, gone, is_decided) -> None:
        if is_decided:  # what waits for a decision stands in the way of the next merge
            self.decide()
        self.step(lambda: places.merge_places(kept=self.rows[kept], gone=self.rows[gone], actor=self.owner))

    @rule(which=WHICH)
    def undo(self, which) -> None:
        for merge in PlaceMerge.objects.filter(undone_at=None, gone=self.rows[which]):
            self.step(lambda merge=merge: places.undo_places(merge=merge, actor=self.owner))

    @rule(is_kept=st.booleans())
    def share(self, is_kept) -> None:
        both = (self.rows[0], self.neighbour) if is_kept else (self.neighbour, self.rows[0])
        self.step(lambda: doors.propose_door(kept=both[0], gone=both[1], actor=self.owner))

    @rule(says_yes=st.booleans())
    def answer(self, says_yes) -> None:
        for door in SharedDoor.objects.filter(state="proposed"):
            act = doors.agree_to_door if says_yes else doors.decline_door
            self.step(lambda door=door, act=act: act(door=door, actor=self.guest))

    @rule()
    def unshare(self) -> None:
        for door in SharedDoor.objects.filter(state="done"):
            self.step(lambda door=door: doors.undo_door(door=door, actor=self.guest))

    @rule()
    def decide(self) -> None:
        """What waits is looked at by somebody else."""
        for review in Review.objects.open():
            self.step(lambda review=review: approve(review=review, actor=self.verifier))

    @invariant()
    def everything_is_at_the_end_of_its_way(self) -> None:
        if not hasattr(self, "atomic"):
            return
        leads = dict(PlaceMerge.objects.filter(undone_at=None).values_list("gone", "kept"))
        for key, place in self.everything().items():
            end = self.before[key]
            while key[0] != "door" and end in leads:
                end = leads[end]
            assert key[0] == "door" or place == end, key

    @rule()
    def all_apart_is_all_as_it_was(self) -> None:
        for merge in PlaceMerge.objects.filter(undone_at=None).order_by("-done_at", "-pk"):
            self.decide()
            places.undo_places(merge=merge, actor=self.owner)
        self.decide()
        for door in SharedDoor.objects.filter(state="done"):
            doors.undo_door(door=door, actor=self.guest)
        assert self.everything() == self.before


def test_nothing_is_lost_by_any_order_of_merging_sharing_and_taking_back() -> None:
    owner, other = scenarios.organization("Танадгома"), scenarios.organization("Равные")
    Places.rows = [scenarios.place(owner, name=f"Кабинет доверия {n}", address=f"ул. Речная, {n}") for n in range(1, 4)]
    for number, place in enumerate(Places.rows):
        scenarios.phone(owner, place, value=f"+995 32 255 00 0{number}")
        scenarios.published(place, title=f"Тест {number}")
        Notice.objects.create(kind="warning", location=place, text="Лифт не работает", starts_on=clock.today())
    door = Places.rows[0].point
    Places.neighbour = scenarios.place(
        other, name="Кабинет доверия", address="Речная 1", point=Point(door.x + 0.0005, door.y, srid=4326)
    )
    scenarios.published(Places.neighbour, title="Юрист", types=["paralegal"])
    Places.owner, Places.guest, Places.verifier = scenarios.person(owner), scenarios.person(other), scenarios.verifier()
    across.look_across()
    run_state_machine_as_test(
        Places,
        settings=settings(
            max_examples=60 if os.environ.get("LONG") else 6,
            stateful_step_count=12,
            deadline=None,
            database=None,
            derandomize=not os.environ.get("LONG"),
            suppress_health_check=list(HealthCheck),
        ),
    )
