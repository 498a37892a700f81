"""How comparable directories fail, each as a test that would fail in theirs.

That a listing disappears with the worker stopped is proven in `servicemap/tests/test_without_worker.py`, that a
letter leaves once in `messaging/tests/test_dispatch.py`, that the interface is complete in Russian and free of words
that hurt in `servicemap/tests/test_language.py`.
"""

from __future__ import annotations

import ast
import datetime as dt
import inspect
import re
import sys
from collections import Counter
from collections.abc import Callable

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import translation
from procrastinate.contrib.django import app

from core import clock
from directory import freshness
from directory.asking import queries
from directory.asking.queries import current_listings, read_rows
from directory.filtering import conditions
from directory.models import MemberListing, PublicListing
from directory.stores import store
from directory.vocabulary import vocabulary
from messaging.budget import MONTHLY_LIMIT
from messaging.dispatch import dispatch
from organizations import services as organizations
from organizations.models import Membership
from reading.presenters.cards import card
from services import services
from services.models import ServiceAtLocation
from verification import clocks, publication
from verification import services as verification
from verification.models import Clock, ListingState, Reminder
from verification.tests import scenarios
from verification.upkeep import rounds

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
#: A Monday; what was checked then is due on 11 July.
CHECKED = dt.date(2027, 1, 11)


def states_of(*rows: ServiceAtLocation) -> list[str]:
    """How fresh the public is told that each of these is; "gone" when it is not there."""
    found = dict(current_listings("public").annotate(state=freshness.freshness_sql()).values_list("id", "state"))
    return [found.get(row.public_id, "gone") for row in rows]


# --- an expiry that is written but switched off -------------------------------------------------------------------


@pytest.mark.parametrize("module", [freshness, queries, conditions, store, clocks, publication])
def test_no_setting_decides_whether_a_listing_expires(module):
    """Where dates are made, written and compared, nothing reads a switch from the settings or the environment."""
    source = inspect.getsource(module)
    tree = ast.parse(source)
    read = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name) and node.value.id in ("settings", "os", "env")}  # fmt: skip
    assert read <= {"BASE_DIR", "NETWORK"}
    # Of a network's file the names of its families, and never its clocks.
    assert set(re.findall(r"settings\.NETWORK\.(\w+)", source)) <= {"vocabulary_file"}


@pytest.mark.parametrize(
    "fields",
    [{"recheck_months": 0}, {"recheck_months": 25}, {"hide_days": 400, "archive_days": 500}, {"archive_days": 500}],
)
def test_no_clock_can_be_set_so_that_nothing_ever_expires(fields):
    row = Clock.objects.get(pk="B")
    for name, value in fields.items():
        setattr(row, name, value)
    with pytest.raises(ValidationError):
        row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_the_public_table_takes_no_row_without_an_end():
    scenarios.published()
    for name in ("checked_on", "due_on", "hides_on"):
        with pytest.raises(IntegrityError), transaction.atomic():
            PublicListing.objects.update(**{name: None})
    with pytest.raises(IntegrityError), transaction.atomic():
        ListingState.objects.update(hides_on=None)


# --- an edit date posing as a check -------------------------------------------------------------------------------


def edit_text(row):
    scenarios.rename(row, text="Приходите без записи.")
    verification.submit(listing=row, actor=None)


def edit_title(row):
    scenarios.rename(row, title=f"Тест на ВИЧ рядом {clock.today()}")
    verification.approve(review=verification.submit(listing=row, actor=None), actor=scenarios.verifier())


def edit_phone(row):
    contact = row.service.organization.contacts.get()
    organizations.update_contact(
        actor=None, contact=contact, expected_version=contact.version, value="+995 32 212 00 00"
    )
    verification.approve(review=verification.submit(listing=row, actor=None), actor=scenarios.verifier())


def say_operation(row):
    verification.set_operation(listing=row, actor=None, operation="limited", operation_note="По вторникам")


def put_notice(row):
    services.set_notice(actor=None, service=row.service, kind="hours", text="В пятницу до обеда")
    verification.publish_again([row])


def narrow_place(row):
    place = row.location
    place.refresh_from_db()
    organizations.update_location(
        actor=None, location=place, expected_version=place.version, public_precision="settlement"
    )
    verification.let_narrow(listings=[row], actor=None)


def hide_and_restore(row):
    verification.hide(listing=row, actor=None, reason="Ремонт")
    verification.restore(listing=row, actor=None)


def take_down_and_lift(row):
    someone = scenarios.coordinator()
    takedown = verification.take_down(actor=someone, location=row.location, reason="Рейды")
    verification.lift(takedown=takedown, actor=someone, reason="Спокойно")


EDITS = [edit_text, edit_title, edit_phone, say_operation, put_notice, narrow_place, hide_and_restore]
EDITS.append(take_down_and_lift)


@pytest.mark.parametrize("edit", EDITS)
def test_no_edit_makes_a_grey_listing_look_checked(edit):
    row = scenarios.published(on=CHECKED)
    told = ["level", "check_method", "checked_on", "confirmed_on", "notice_on", "due_on", "hides_on", "archives_on"]
    before = PublicListing.objects.values(*told).get()
    with clock.travel(dt.date(2027, 7, 20)):
        assert states_of(row) == ["overdue"]
        edit(row)
        assert states_of(row) == ["overdue"]
    assert PublicListing.objects.values(*told).get() == before
    assert MemberListing.objects.values(*told).get() == before
    assert row.checks.count() == 1


# --- mail that drowns people --------------------------------------------------------------------------------------


def test_a_month_in_which_something_is_due_all_the_time_brings_a_handful_of_letters():
    """Two organisations, one person, twelve listings that fall due one after another."""
    houses = [scenarios.organization(), scenarios.organization()]
    owner = scenarios.person(houses[0])
    Membership.objects.create(organization=houses[1], user=owner, role="manager")
    places = [scenarios.place(house) for house in houses]
    rows = [scenarios.published(places[n % 2], on=CHECKED + 3 * n * DAY, title=f"Услуга {n}") for n in range(12)]
    letters: list[dt.date] = []
    moment = dt.datetime(2027, 6, 7, 8, tzinfo=dt.UTC)
    while moment.date() < dt.date(2027, 8, 2):
        with clock.travel(moment):
            rounds.run_often()
            dispatch()
            letters += [moment.date() for letter in mail.outbox if letter.to == [owner.email]]
            mail.outbox.clear()
        moment += DAY
    for first in letters:
        assert sum(first <= day < first + 30 * DAY for day in letters) <= MONTHLY_LIMIT == 6
    assert 0 < max(Counter(day.month for day in letters).values()) <= MONTHLY_LIMIT
    told = Reminder.objects.filter(correspondent__user=owner, message__state="sent")
    assert set(told.values_list("listing", flat=True)) == {row.pk for row in rows}  # of everything, in few letters


# --- editing that unpublishes -------------------------------------------------------------------------------------


def test_a_listing_stays_on_the_map_as_it_was_through_every_stage_of_an_edit():
    row, someone = scenarios.published(), scenarios.verifier()
    before = PublicListing.objects.values().get()

    def is_untouched(state: str) -> None:
        assert ListingState.objects.get(pk=row.pk).publication == "published"
        assert states_of(row) == ["fresh"] and PublicListing.objects.values().get() == before, state

    scenarios.rename(row, title="Другое", cost="paid")
    is_untouched("edited")
    review = verification.submit(listing=row, actor=None)
    is_untouched("submitted")
    verification.take(review=review, actor=someone)
    is_untouched("taken")
    verification.ask_for_changes(review=review, actor=someone, reason="Уточните цену")
    is_untouched("returned")
    review = verification.submit(listing=row, actor=None)
    is_untouched("submitted again")
    verification.reject(review=review, actor=someone, reason="Это другая услуга")
    is_untouched("rejected")
    verification.submit(listing=row, actor=None)
    verification.withdraw_submission(review=row.reviews.open().get(), actor=None)
    is_untouched("withdrawn")


# --- a stamp for a whole organisation -----------------------------------------------------------------------------


def test_one_confirmed_listing_leaves_its_neighbours_as_they_were():
    organization = scenarios.organization()
    place, elsewhere = scenarios.place(organization), scenarios.place(organization, name="Второй кабинет")
    first = scenarios.published(place, on=CHECKED)
    neighbour = scenarios.published(place, on=CHECKED, title="Психолог", types=["psychologist"])
    with clock.travel(CHECKED):
        twin = services.add_listing(actor=None, service=first.service, location=elsewhere, hours=scenarios.WEEK)
        verification.approve(
            review=verification.submit(listing=twin, actor=None, checked=True), actor=scenarios.verifier()
        )
    others = (neighbour, twin)
    with clock.travel(dt.date(2027, 7, 20)):
        assert states_of(first, *others) == ["overdue"] * 3
        verification.confirm_unchanged(listing=first, actor=None)
        assert states_of(first, *others) == ["fresh", "overdue", "overdue"]
        verification.record_check(listing=neighbour, actor=scenarios.verifier(), method="call")
        assert states_of(first, *others) == ["fresh", "fresh", "overdue"]
        edit_title(first)
        assert states_of(twin) == ["overdue"]
    assert [row.checks.count() for row in (first, *others)] == [2, 2, 1]
    with clock.travel(dt.date(2027, 8, 20)):
        assert states_of(first, *others) == ["fresh", "fresh", "gone"]


# --- a scheduler outside the code ---------------------------------------------------------------------------------


def calls_of(act: Callable[[], object], by: object = None) -> set[str]:
    """The house's functions that run while `act` does; with `by`, only those that this code calls itself."""
    found = set()

    def note(frame, event, _argument):
        if event == "call" and (by is None or (frame.f_back and frame.f_back.f_code is by)):
            found.add(f"{frame.f_globals.get('__name__')}.{frame.f_code.co_qualname}")

    sys.setprofile(note)
    try:
        act()
    finally:
        sys.setprofile(None)
    rooms = (
        *("verification.", "messaging.", "organizations.", "services.", "accounts.", "directory.", "servicemap."),
        *("referrals.", "network.", "personal.", "telegram.", "exchange.", "translations."),
    )
    return {name for name in found if name.startswith(rooms)}


#: The worker looks after its own queue; without a worker there is nothing in it.
OF_THE_QUEUE = {"servicemap.tasks.put_back", "servicemap.tasks.clear_away"}


def test_everything_that_goes_by_the_clock_is_in_the_code_and_in_the_command_for_cron():
    """A host without a worker runs one command; it leaves nothing out that the worker does."""
    tasks = [one.task for one in app.periodic_registry.periodic_tasks.values() if one.task.name not in OF_THE_QUEUE]
    periodic = {task.name: task.func for task in tasks}
    assert len(periodic) >= 4
    by_cron = calls_of(lambda: call_command("run_due", verbosity=0))
    for name, task in periodic.items():
        of_task = calls_of(lambda task=task: task(timestamp=0), by=task.__code__)
        assert of_task, name
        assert of_task <= by_cron, (name, of_task - by_cron)


# --- machine Russian without an editor ----------------------------------------------------------------------------


def test_russian_is_what_a_person_wrote():
    """A title is written in Russian or there is none to show; where English is missing, the Russian one says so."""
    with pytest.raises(ValidationError) as refused:
        scenarios.listing(title="", title_en="Legal advice for seasonal workers")
    assert list(refused.value.message_dict) == ["title"]
    scenarios.published(title="Юрист для сезонных работников")
    (row,) = read_rows(current_listings("public"))
    assert "title" not in row.content.get("en", {})  # nothing filled the gap
    with translation.override("en"):
        shown = card(row, vocabulary(), "public", clock.now())
    assert (shown["title"], shown["title_lang"]) == ("Юрист для сезонных работников", "ru")
