"""In bulk or one by one: the same rows, the same traces, the same words for readers. And a timeline that never lies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from pghistory.models import Context

from accounts.models import User
from core import clock
from core.errors import NotAllowed, WrongState
from demonstration.making.bulk import Approval, Bulk, Sending
from demonstration.timeline import Timeline
from directory.tables.listings import MemberListing, MemberOrganization, PublicListing, PublicOrganization
from organizations.services import update_location
from services.models import ServiceAtLocation
from verification import services as verification
from verification.errors import OwnOrganization
from verification.models import ListingState, Snapshot
from verification.publication import Batch
from verification.services.weighing import weigh_all
from verification.tests import scenarios
from verification.upkeep.rebuild import compare

START = dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
TRACKED = ("ListingState", "Review", "Check", "ProfileState", "ProfileCheck")
#: Random or counted: different in every run.
NAMES = {"id", "public_id", "batch", "pgh_id", "pgh_obj_id", "pgh_created_at"}


@dataclass
class Draft:
    """A listing that waits to be sent, and what will be said of it."""

    listing: ServiceAtLocation
    owner: User
    judge: User
    method: str = ""
    note: str = ""

    def sending(self, at: dt.datetime) -> Sending:
        return Sending(at, self.listing, self.owner, " Проверьте, пожалуйста. ")

    def approval(self, at: dt.datetime) -> Approval:
        return Approval(at, self.listing, self.judge, self.method, self.note)


@pytest.fixture
def drafts(db: None) -> list[Draft]:
    """Two organisations with three listings each, of two classes, two of them in one place, in two time zones."""
    judges = [scenarios.verifier(), scenarios.verifier()]
    made = []
    for zone, country in (("Asia/Tbilisi", "GE"), ("Europe/Minsk", "BY")):
        house = scenarios.organization(registration_country=country, countries=[country], website="https://a.example/")
        owner = scenarios.person(house)
        place = scenarios.place(house, country=country, timezone=zone)
        rows = [
            scenarios.listing(place),
            scenarios.listing(place, types=["crisis_line"]),
            scenarios.listing(scenarios.place(house, name="Второй кабинет", country=country, timezone=zone)),
        ]
        methods = [("", ""), ("call", " Дозвонились сразу. "), ("visit", "")]
        for row, judge, (method, note) in zip(rows, judges * 2, methods, strict=False):
            made.append(Draft(row, owner, judge, method, note))
    return made


def one_by_one(drafts: list[Draft]) -> None:
    for number, draft in enumerate(drafts):
        with clock.travel(START + number * DAY / 7):
            message = draft.sending(START).message
            verification.submit(listing=draft.listing, actor=draft.owner, message=message, checked=True)
    for number, draft in enumerate(drafts):
        review = draft.listing.reviews.get()
        with clock.travel(START + DAY + number * DAY / 7):
            verification.approve(review=review, actor=draft.judge, method=draft.method, note=draft.note)


def in_bulk(drafts: list[Draft]) -> None:
    with Batch() as batch:
        bulk = Bulk(batch)
        bulk.submit_all([draft.sending(START + number * DAY / 7) for number, draft in enumerate(drafts)])
        bulk.approve_all([draft.approval(START + DAY + number * DAY / 7) for number, draft in enumerate(drafts)])


def told(model: Any, columns: dict[str, Any]) -> dict[str, Any]:
    """A row without its random names; what it points at by its content, the context by its words."""
    for name in ("snapshot_id", "published_id", "base_id"):
        if key := columns.get(name):
            columns[name] = Snapshot.objects.get(pk=key).content_hash
    if key := columns.pop("pgh_context_id", None):
        columns["context"] = Context.objects.get(pk=key).metadata
    return {"model": model.__name__} | {name: str(value) for name, value in columns.items() if name not in NAMES}


def everything() -> list[str]:
    """Every row of the verification with its traces, and what readers see."""
    names = [*TRACKED, *(f"{name}Event" for name in TRACKED), "Snapshot"]
    models: list[Any] = [apps.get_model("verification", name) for name in names]
    models += [PublicListing, MemberListing, PublicOrganization, MemberOrganization]
    return sorted(
        repr(sorted(told(model, columns).items(), key=lambda pair: pair[0]))
        for model in models
        for columns in model.objects.values()
    )


def undone(make: Callable[[], None]) -> list[str]:
    with transaction.atomic():
        make()
        weigh_all()  # as the demonstration does at the end of its months
        found = everything()
        assert not compare()
        transaction.set_rollback(True)
    return found


def test_both_ways_leave_the_same_rows_and_traces(drafts):
    singly, together = undone(lambda: one_by_one(drafts)), undone(lambda: in_bulk(drafts))
    assert len(singly) > 60
    assert together == singly


def test_each_further_listing_costs_few_questions(drafts):
    def asked(some: list[Draft]) -> int:
        with CaptureQueriesContext(connection) as queries, transaction.atomic():
            in_bulk(some)
            transaction.set_rollback(True)
        return len(queries)

    same_house = drafts[:3]
    assert (asked(same_house) - asked(same_house[:1])) / 2 <= 8
    assert asked(drafts) < asked(same_house) * 2


def test_rights_are_asked(drafts):
    stranger, mine = scenarios.person(scenarios.organization()), drafts[0]
    with Batch() as batch:
        bulk = Bulk(batch)
        with pytest.raises(NotAllowed), transaction.atomic():
            bulk.submit_all([Sending(START, mine.listing, stranger)])
        bulk.submit_all([mine.sending(START)])
        of_the_house = scenarios.verifier(mine.listing.service.organization)
        with pytest.raises(OwnOrganization), transaction.atomic():
            bulk.approve_all([Approval(START, mine.listing, of_the_house)])
        with pytest.raises(NotAllowed), transaction.atomic():
            bulk.approve_all([Approval(START, mine.listing, stranger)])


def test_nothing_is_approved_wider_than_it_is_wanted(drafts):
    mine = drafts[0]
    with Batch() as batch:
        bulk = Bulk(batch)
        bulk.submit_all([mine.sending(START)])
        place = mine.listing.location
        place.refresh_from_db()
        update_location(actor=None, location=place, expected_version=place.version, public_precision="settlement")
        with pytest.raises(WrongState):
            bulk.approve_all([mine.approval(START + DAY)])
    assert ListingState.objects.get(pk=mine.listing.pk).publication == "submitted"


# --- the timeline -------------------------------------------------------------------------------------------------


@pytest.fixture
def heard() -> list[str]:
    return []


def line(heard: list[str]) -> tuple[Timeline, Callable[..., None], Callable[..., None]]:
    """A timeline of two kinds, and how to put a step on it: alone, or to be joined."""

    def send(waiting: list[str]) -> None:
        heard.append(f"send {' '.join(waiting)}")

    def approve(waiting: list[str]) -> None:
        heard.append(f"approve {' '.join(waiting)}")

    made = Timeline([send, approve])
    today = START.date()

    def alone(minute: int, word: str, about: str = "") -> None:
        made.at(today, lambda: heard.append(word), minute=minute, about=about)

    def join(minute: int, kind: str, about: str) -> None:
        step = {"send": send, "approve": approve}[kind]
        made.join(step, today, lambda: f"{about}{clock.now():%M}", minute=minute, about=about)

    return made, alone, join


def test_steps_wait_for_others_of_their_kind(heard):
    made, alone, join = line(heard)
    join(1, "send", "a")
    join(3, "approve", "a")
    join(2, "send", "b")
    alone(4, "look at c", about="c")
    assert len(list(made.run())) == 4
    assert heard == ["look at c", "send a01 b02", "approve a03"]


def test_who_sees_everything_finds_everything_done(heard):
    made, alone, join = line(heard)
    join(1, "send", "a")
    alone(2, "month")
    join(3, "send", "b")
    list(made.run())
    assert heard == ["send a01", "month", "send b03"]


def test_who_sees_a_listing_finds_it_as_it_is(heard):
    made, alone, join = line(heard)
    join(1, "send", "a")
    alone(2, "check a", about="a")
    join(3, "approve", "a")
    join(4, "send", "a")
    list(made.run())
    assert heard == ["send a01", "check a", "approve a03", "send a04"]
