"""What is said about places: by whom, for how long, and that it moves nothing else."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core import clock
from core.errors import NotAllowed, WrongState
from directory.tables.listings import DirectoryRevision, MemberListing, PublicListing
from messaging.people import correspondents_for
from verification import answering
from verification import services as verification
from verification.letters.links import issue_link
from verification.models import CapacityClock, CapacityReport, ListingState
from verification.publication import Batch
from verification.services.told.away import SaidSince
from verification.tests import scenarios
from verification.upkeep.rebuild import compare, rebuild

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 3, 10, 9, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def spring():
    with clock.travel(NOON):
        yield


@pytest.fixture
def owner():
    """An editor of an organisation with one listing of class B that is on the map."""
    organization = scenarios.organization()
    person = scenarios.person(organization)
    person.row = scenarios.published(scenarios.place(organization), on=NOON - 5 * DAY)
    person.organization = organization
    return person


def say(owner, level="free", **options):
    return verification.report_capacity(listing=owner.row, actor=owner, level=level, **options)


def on_map(owner):
    """What both tables say; they must say the same."""
    names = ("capacity_level", "capacity_note", "capacity_reported_on", "capacity_expires_on")
    rows = [model.objects.values_list(*names).get(pk=owner.row.public_id) for model in (PublicListing, MemberListing)]
    assert rows[0] == rows[1]
    return rows[0]


def test_the_rows_of_the_clocks_are_the_table():
    rows = CapacityClock.objects.values_list("code", "valid_days", "notice_days")
    assert list(rows) == [("A", 14, 2), ("B", 30, 2), ("C", 30, 2)]


@pytest.mark.parametrize(("valid", "notice"), [(13, 2), (31, 2), (14, 14), (14, 0)])
def test_a_clock_keeps_between_14_and_30_days(valid, notice):
    row = CapacityClock(code="B", valid_days=valid, notice_days=notice)
    with pytest.raises(ValidationError):
        row.full_clean(exclude=["code"], validate_unique=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        CapacityClock.objects.filter(pk="B").update(valid_days=valid, notice_days=notice)


@pytest.mark.parametrize(("raised", "expires"), [("", dt.date(2026, 4, 9)), ("A", dt.date(2026, 3, 24))])
def test_a_word_stands_on_the_map_at_once_for_as_long_as_its_class_says(owner, raised, expires):
    if raised:
        ListingState.objects.filter(pk=owner.row.pk).update(verification_class=raised)
    report = say(owner, "limited", note="Две кровати", note_en="Two beds")
    assert (report.reported_on, report.notice_on, report.expires_on) == (NOON.date(), expires - 2 * DAY, expires)
    assert on_map(owner) == ("limited", {"ru": "Две кровати", "en": "Two beds"}, NOON.date(), expires)
    assert not compare()


def test_dates_are_those_of_the_place():
    place = scenarios.place(scenarios.organization(), timezone="Asia/Vladivostok")
    row = scenarios.published(place, on=NOON - 5 * DAY)
    with clock.travel(dt.datetime(2026, 3, 10, 20, tzinfo=dt.UTC)):  # six in the morning of the 11th there
        report = verification.report_capacity(listing=row, actor=None, level="free")
    assert (report.reported_on, report.expires_on) == (dt.date(2026, 3, 11), dt.date(2026, 4, 10))


def test_it_is_no_check_and_no_edit(owner):
    before = ListingState.objects.values().get(pk=owner.row.pk)
    say(owner)
    assert ListingState.objects.values().get(pk=owner.row.pk) == before
    assert owner.row.checks.count() == 1
    assert not owner.row.reviews.open().exists()
    owner.row.service.refresh_from_db()
    assert owner.row.service.version == 1


def test_a_changed_clock_touches_the_next_word_only(owner):
    first = say(owner)
    CapacityClock.objects.filter(pk="B").update(valid_days=20, notice_days=5)
    first.refresh_from_db()
    assert first.expires_on == dt.date(2026, 4, 9)
    second = say(owner, "full")
    assert (second.notice_on, second.expires_on) == (dt.date(2026, 3, 25), dt.date(2026, 3, 30))


def test_the_newest_word_counts_and_the_older_ones_stay(owner):
    for number, level in enumerate(("free", "full", "out_of_stock")):
        with clock.travel(NOON + number * DAY):
            say(owner, level)
    assert on_map(owner)[0] == "out_of_stock"
    assert list(CapacityReport.objects.values_list("level", flat=True)) == ["out_of_stock", "full", "free"]
    assert CapacityReport.pgh_event_model.objects.count() == 3


def test_saying_the_same_twice_on_one_day_is_said_once_and_anew_on_the_next(owner):
    say(owner)
    say(owner)
    assert CapacityReport.objects.count() == 1
    with clock.travel(NOON + DAY):
        say(owner)
    assert on_map(owner)[3] == dt.date(2026, 4, 10)
    assert CapacityReport.objects.count() == 2


@pytest.mark.parametrize("is_colleague", [True, False])
def test_what_a_phone_brings_from_before_a_repeat_does_not_stand_over_it(owner, is_colleague):
    """Said at 9, pressed without a connection at 10, said again at 11: what the phone brings at 12 came before that."""
    hour = dt.timedelta(hours=1)
    again = scenarios.person(owner.organization) if is_colleague else owner
    say(owner, "free")
    number = DirectoryRevision.objects.get().number
    with clock.travel(NOON + 2 * hour):
        repeat = verification.report_capacity(listing=owner.row, actor=again, level="free")
    assert DirectoryRevision.objects.get().number == number  # the map said it already
    with clock.travel(NOON + 3 * hour), pytest.raises(SaidSince):
        say(owner, "full", said_at=NOON + hour)
    assert CapacityReport.objects.newest().get() == repeat
    assert on_map(owner)[0] == "free"
    assert not compare()


def test_not_known_takes_the_word_back(owner):
    say(owner, "full", note="До пятницы")
    report = say(owner, "unknown")
    assert (report.notice_on, report.expires_on, report.note) == (None, None, "")
    assert on_map(owner) == ("", {}, None, None)
    assert not compare()


def test_a_note_stays_with_its_level_and_goes_with_another(owner):
    say(owner, "limited", note="Две кровати", note_en="Two beds")
    with clock.travel(NOON + DAY):
        say(owner, "limited")
        assert on_map(owner)[1] == {"ru": "Две кровати", "en": "Two beds"}
        say(owner, "limited", note="Одна кровать")
        assert on_map(owner)[1] == {"ru": "Одна кровать"}
        say(owner, "full")
        assert on_map(owner)[1] == {}


def test_who_may_say_it(owner):
    coordinator = scenarios.coordinator()
    report = verification.report_capacity(
        listing=owner.row, actor=coordinator, level="full", method="coordinator_phone"
    )
    assert (report.organization, report.reported_by) == (owner.organization, coordinator)
    reader = scenarios.person(owner.organization, "reader")
    for nobody in (scenarios.person(scenarios.organization()), reader, scenarios.verifier()):
        with pytest.raises(NotAllowed):
            verification.report_capacity(listing=owner.row, actor=nobody, level="free")
    with pytest.raises(NotAllowed):
        say(owner, method="coordinator_phone")
    for method in ("link", "call"):
        with pytest.raises(ValueError, match=method):
            say(owner, method=method)
    with pytest.raises(ValueError, match="plenty"):
        say(owner, "plenty")
    assert on_map(owner)[0] == "full"


@pytest.mark.parametrize("how", ["draft", "hidden", "paused", "closed"])
def test_only_of_what_is_on_the_map_and_takes_people(owner, how):
    if how == "draft":
        owner.row = scenarios.listing(owner.row.location, title="Черновик")
    elif how == "hidden":
        verification.hide(listing=owner.row, actor=owner, reason="Ремонт")
    else:
        verification.set_operation(listing=owner.row, actor=owner, operation=how)
    with pytest.raises(WrongState):
        say(owner)
    assert not CapacityReport.objects.exists()


def test_the_word_survives_edits_confirmations_hiding_and_a_rebuild(owner):
    say(owner, "limited", note="Две кровати")
    there = on_map(owner)
    verification.confirm_unchanged(listing=owner.row, actor=owner)
    verification.set_operation(listing=owner.row, actor=owner, operation="limited")
    scenarios.rename(owner.row, summary="Другое описание")
    verification.submit(listing=owner.row, actor=owner)
    assert on_map(owner) == there
    verification.hide(listing=owner.row, actor=owner, reason="Ремонт")
    verification.restore(listing=owner.row, actor=owner)
    assert on_map(owner) == there
    rebuild()
    assert on_map(owner) == there and not compare()


def test_the_comparison_sees_a_word_that_the_directory_missed(owner):
    say(owner)
    PublicListing.objects.update(capacity_level="full")
    assert compare().changed == [("public", owner.row.public_id, ["capacity_level"])]


def test_nothing_is_cleared_when_the_time_is_over(owner):
    say(owner)
    number = DirectoryRevision.objects.get().number
    with clock.travel(NOON + 100 * DAY):
        assert on_map(owner)[0] == "free" and not compare()
    assert DirectoryRevision.objects.get().number == number


def test_many_words_are_published_together(owner):
    with Batch() as batch:
        say(owner, "free", batch=batch)
        say(owner, "full", batch=batch)
        assert on_map(owner)[0] == ""
    assert on_map(owner)[0] == "full"


@pytest.mark.parametrize(
    "fields",
    [
        {"level": "free", "expires_on": None, "notice_on": None},
        {"level": "unknown"},
        {"expires_on": NOON.date() + 13 * DAY, "notice_on": NOON.date()},
        {"expires_on": NOON.date() + 31 * DAY},
        {"notice_on": NOON.date() + 30 * DAY},
        {"method": "workspace", "correspondent": True},
    ],
)
def test_the_database_refuses_what_makes_no_sense(owner, fields):
    values = {"level": "free", "method": "link", "listing": owner.row, "organization": owner.organization}
    values |= {"reported_on": NOON.date(), "notice_on": NOON.date() + 12 * DAY, "expires_on": NOON.date() + 14 * DAY}
    CapacityReport.objects.create(**values)
    if fields.get("correspondent"):
        fields = fields | {"correspondent": correspondents_for(owner.organization).get(user=owner)}
    with pytest.raises(IntegrityError), transaction.atomic():
        CapacityReport.objects.create(**values | fields)


# --- during a check of another organisation -----------------------------------------------------------------------


def test_a_verifier_tells_what_they_heard_and_takes_it_back_with_the_check(owner):
    say(owner, "full")
    verifier = scenarios.verifier()
    with clock.travel(NOON + DAY):
        check = verification.record_check(listing=owner.row, actor=verifier, method="call", capacity="free")
        report = CapacityReport.objects.newest().get()
        assert (report.method, report.reported_by, report.during) == ("call", verifier, check)
        assert report.organization != owner.organization
        assert on_map(owner)[0] == "free"
        verification.undo_check(check=check, actor=verifier)
        assert on_map(owner)[0] == "full" and not compare()


def test_a_wrong_listing_may_have_places_and_an_unreachable_one_says_nothing(owner):
    verifier = scenarios.verifier()
    check = verification.record_check(
        listing=owner.row, actor=verifier, method="call", outcome="wrong", note="Другие часы", capacity="limited"
    )
    assert on_map(owner)[0] == "limited"
    verification.undo_check(check=check, actor=verifier)
    assert on_map(owner)[0] == ""
    verification.record_check(
        listing=owner.row, actor=verifier, method="call", outcome="unreachable", capacity="limited"
    )
    assert on_map(owner)[0] == ""


# --- by the link in a letter --------------------------------------------------------------------------------------


def link_of(owner, *, only_capacity=False):
    person = correspondents_for(owner.organization).get(user=owner)
    states = list(ListingState.objects.filter(pk=owner.row.pk))
    about = {"states": [], "only_capacity": states} if only_capacity else {"states": states}
    token = issue_link(to=person, **about)[1]
    return token, answering.lines_of(answering.find_link(token))[0].item.public_id


@pytest.mark.parametrize("only_capacity", [True, False])
def test_by_the_link_it_is_said_as_often_as_it_changes(owner, only_capacity):
    token, item = link_of(owner, only_capacity=only_capacity)
    for level in ("free", "full", "unknown", "limited"):
        report = answering.report_capacity(token=token, item=item, level=level)
        assert on_map(owner)[0] == ("" if level == "unknown" else level)
    assert (report.method, report.correspondent.user, report.reported_by) == ("link", owner, owner)
    assert answering.find_link(token).first_used_at == NOON


def test_a_link_that_asks_about_places_confirms_nothing(owner):
    token, item = link_of(owner, only_capacity=True)
    assert answering.lines_of(answering.find_link(token))[0].standing == "capacity"
    assert answering.confirm(token=token, items=[item]) == []
    assert answering.report_closed(token=token, item=item, for_good=True) == []
    assert owner.row.checks.count() == 1


def test_a_word_does_not_stand_in_the_way_of_taking_an_answer_back(owner):
    token, item = link_of(owner)
    answering.confirm(token=token, items=[item])
    answering.report_capacity(token=token, item=item, level="free")
    assert answering.undo(token=token, items=[item])
    assert on_map(owner)[0] == "free"


def test_a_link_speaks_about_its_own_listings(owner):
    token, _item = link_of(owner)
    other = scenarios.person(scenarios.organization())
    other.organization = other.memberships.get().organization
    other.row = scenarios.published(scenarios.place(other.organization), on=NOON - 5 * DAY)
    _token, foreign = link_of(other)
    with pytest.raises(WrongState):
        answering.report_capacity(token=token, item=foreign, level="free")
    verification.hide(listing=owner.row, actor=owner, reason="Ремонт")
    with pytest.raises(WrongState):
        answering.report_capacity(token=token, item=_item, level="free")
    assert not CapacityReport.objects.exists()
