"""How often one person is written to: the days between letters, the month, patience. Mostly without a database."""

from __future__ import annotations

import datetime as dt

import pytest

from core import clock
from messaging.models import Correspondent, Message, Rhythm
from messaging.people import correspondents_for
from messaging.tests.makers import make_correspondent, make_message
from verification import services as verification
from verification.letters.kinds import DIGEST
from verification.letters.pace import Pace, Written, load_pace
from verification.tests import scenarios

#: A Wednesday, noon in Tbilisi.
NOON = dt.datetime(2026, 6, 3, 8, tzinfo=dt.UTC)
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
DUE = "due"


def person(**fields) -> Correspondent:
    return Correspondent(**({"email": "anna@example.org", "timezone": "Asia/Tbilisi", "organization_id": 1} | fields))


def allows(*days_ago: float, kind: str = DUE, of: str = DUE, answered: float | None = None, **asked) -> bool:
    """Whether a letter may leave now, after letters so many days ago."""
    who = asked.pop("who", person())
    written = [Written(NOON - days * DAY, of) for days in days_ago]
    said = {} if answered is None else {1: NOON - answered * DAY}
    return Pace({"anna@example.org": written}, said).allows(who, kind, NOON, **({"urgent": False} | asked))


def test_a_first_letter_may_always_leave():
    assert allows() and allows(urgent=True) and allows(can_wait=True)
    assert Pace({"boris@example.org": [Written(NOON, DUE)] * 9}, {}).allows(person(), DUE, NOON, urgent=False)


@pytest.mark.parametrize(("urgent", "gap"), [(True, 5), (False, 7)])
def test_days_between_two_letters(urgent, gap):
    assert not allows(gap - 1, urgent=urgent) and allows(gap, urgent=urgent)
    assert not allows(40, gap - 1, 20, urgent=urgent)  # the newest counts, in whatever order they come
    assert allows(40, gap, 20, urgent=urgent)


def test_whoever_wants_one_letter_a_week_waits_a_week_for_what_is_urgent_too():
    weekly = person(rhythm=Rhythm.WEEKLY)
    assert not allows(6, urgent=True, who=weekly) and allows(7, urgent=True, who=weekly)
    assert allows(5, urgent=True, who=person(rhythm=Rhythm.EACH_NOTICE))


@pytest.mark.parametrize(
    ("zone", "enough"), [("Asia/Tbilisi", True), ("Asia/Vladivostok", False), ("America/New_York", False)]
)
def test_days_are_those_of_the_person(zone, enough):
    """Two instants: seven midnights lie between them in Tbilisi, six where it was Thursday or is still Tuesday."""
    late, early = NOON.replace(hour=15), NOON.replace(hour=2) + 7 * DAY
    pace = Pace({"anna@example.org": [Written(late, DUE)]}, {})
    assert pace.allows(person(timezone=zone), DUE, early, urgent=False) is enough


def test_six_within_a_month_are_all():
    days = (30.9, 25, 20, 15, 10, 8)
    assert not allows(*days)


def test_what_can_wait_is_never_the_third_of_a_month():
    assert allows(20, can_wait=True)
    assert not allows(20, 10, can_wait=True) and allows(20, 10)
    assert allows(31, 10, can_wait=True)


def test_the_digest_counts_for_the_month_and_pushes_nothing_away():
    assert allows(0, of=DIGEST) and allows(1, of=DIGEST, urgent=True)
    assert not allows(1, 2, 3, 4, 5, 6, of=DIGEST)
    assert not allows(1, 8, of=DIGEST, can_wait=True)


class TestUnanswered:
    def test_four_without_an_answer_make_the_next_ones_rarer(self):
        four = (62, 55, 48)
        assert not allows(*four, 13) and allows(*four, 14)
        assert not allows(*four, 13, urgent=True)
        assert allows(*four[1:], 7)  # three: patience is not over
        assert allows(70, *four, 14) and not allows(70, *four, 13)

    def test_an_answer_begins_anew(self):
        four = (62, 55, 48, 7)
        assert not allows(*four)
        assert allows(*four, answered=50) and allows(*four, answered=62)
        assert not allows(*four, answered=63)

    def test_only_letters_of_the_same_kind_count(self):
        assert not allows(62, 55, 48, 7, kind=DUE, of=DUE)
        assert allows(62, 55, 48, 7, kind="escalation", of=DUE)

    def test_the_networks_own_people_are_not_counted(self):
        assert allows(62, 55, 48, 7, who=person(organization_id=None))

    def test_another_organisations_answer_is_not_ours(self):
        assert not allows(62, 55, 48, 7, answered=1, who=person(organization_id=2))


# --- what is loaded -----------------------------------------------------------------------------------------------


@pytest.fixture
def at_noon():
    with clock.travel(NOON):
        yield


def letter(to: Correspondent, days_ago: float, state: str = "sent", kind: str = "test", **fields) -> Message:
    message = make_message(to, kind=kind, urgent=True, requested=True)
    at = NOON - days_ago * DAY
    values = {"state": state, "not_before": at, "attempts": 1}
    values |= {"claimed_at": at + HOUR} if state in ("sending", "sent", "unknown") else {}
    values |= {"sent_at": at + HOUR} if state == "sent" else {}
    Message.objects.filter(pk=message.pk).update(**(values | fields))
    return message


@pytest.mark.django_db
class TestLoading:
    def test_what_left_counts_from_then_and_what_waits_from_when_it_will_leave(self, at_noon):
        anna, stranger = make_correspondent(), make_correspondent()
        for days, state in ((60, "sent"), (50, "unknown"), (40, "sending"), (-1, "queued"), (2, "failed")):
            letter(anna, days, state)
        letter(anna, 30, "cancelled")
        letter(anna, 20, "dead")
        letter(stranger, 10)
        found = load_pace([anna], NOON)
        assert found.written == {
            anna.email: [
                *(Written(NOON - days * DAY + HOUR, "test") for days in (60, 50, 40)),
                *(Written(NOON - days * DAY, "test") for days in (-1, 2)),
            ]
        }

    def test_letters_are_remembered_for_ninety_days(self, at_noon):
        anna = make_correspondent()
        letter(anna, 91)
        letter(anna, 90)
        letter(anna, 89)
        assert [NOON - one.at for one in load_pace([anna], NOON).written[anna.email]] == [89 * DAY - HOUR]

    def test_one_address_of_two_organisations_is_one_reader(self, at_noon):
        anna = make_correspondent()
        twin = make_correspondent(email=anna.email)
        letter(twin, 3, kind="due")
        assert [one.kind for one in load_pace([anna], NOON).written[anna.email]] == ["due"]

    def test_an_answer_is_the_owners_last_check_or_word(self):
        organization = scenarios.organization()
        scenarios.person(organization)
        row = scenarios.published(scenarios.place(organization), on=NOON - 100 * DAY)
        anna = correspondents_for(organization).get()

        def answered() -> dt.datetime | None:
            return load_pace(iter([anna]), NOON).answered.get(organization.pk)

        assert answered() == NOON - 100 * DAY  # sent with "phone, address and hours checked"
        others = scenarios.organization()
        with clock.travel(NOON - 50 * DAY):
            verification.record_check(listing=row, actor=scenarios.verifier(others), method="call", capacity="free")
        assert answered() == NOON - 100 * DAY  # others looked, and heard of places: no answer of ours
        assert load_pace([make_correspondent(organization=others)], NOON).answered == {}  # nor one of theirs
        with clock.travel(NOON - 40 * DAY):
            verification.report_capacity(listing=row, actor=None, level="full")
        assert answered() == NOON - 40 * DAY
        with clock.travel(NOON - 30 * DAY):
            verification.confirm_unchanged(listing=row, actor=None)
        assert answered() == NOON - 30 * DAY
        with clock.travel(NOON - 20 * DAY):
            verification.report_capacity(listing=row, actor=None, level="free")
        assert answered() == NOON - 20 * DAY

    def test_a_word_is_an_answer_where_others_did_all_checks(self):
        organization = scenarios.organization()
        row = scenarios.listing(scenarios.place(organization))
        review = verification.submit(listing=row, actor=None, checked=False)
        verification.approve(review=review, actor=scenarios.verifier(), method="call")
        anna = make_correspondent(organization=organization)
        assert load_pace([anna], NOON).answered == {}
        with clock.travel(NOON):
            verification.report_capacity(listing=row, actor=None, level="free")
        assert load_pace([anna], NOON).answered == {organization.pk: NOON}

    def test_others_answers_and_the_network_cost_nothing(self, django_assert_max_num_queries):
        row = scenarios.published(on=NOON - 10 * DAY)
        verification.report_capacity(listing=row, actor=None, level="free")
        coordinator = make_correspondent(organization=None)
        with django_assert_max_num_queries(3):
            assert load_pace([coordinator], NOON) == Pace({}, {})
