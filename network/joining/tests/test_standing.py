"""How organisations stand: one writer, suspensions that end by themselves, leaving, the word of a year."""

import ast
import datetime as dt
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from core import clock
from core.errors import HouseError, NotAllowed, WrongState
from directory.tables.listings import PublicListing
from messaging.models import Message
from network.decisions import services as decisions
from network.decisions.models import Decision, Seat
from network.decisions.tests.makers import NOW, network
from network.joining import kinds, rounds
from network.joining import services as joining
from network.joining.models import NamedMember, StandingChange
from organizations.models import Organization
from organizations.models.organization import is_network_person
from verification.tests import scenarios

DAY = dt.timedelta(days=1)
#: Where a standing may be given: its writer, the two functions that it writes by, and rows as they are made.
WRITERS = {
    "network/joining/services/standing.py",
    "verification/editing.py",
    "organizations/services.py",
}
#: Rows that are made outside the network or as they were in a story.
MADE = {"workspace/suggestions/drafting.py", "exchange/importing/planning.py", "simulation/world.py"}


@pytest.fixture
def made():
    with clock.travel(NOW):
        yield network()


def status(organization):
    return Organization.objects.get(pk=organization.pk).member_status


@pytest.mark.django_db
def test_whoever_is_suspended_is_out_until_the_minute_and_may_be_suspended_again_without_a_worker(made):
    house = made.houses[1]
    first = joining.suspend(actor=made.administrator, organization=house, note="Обыск")
    with clock.travel(first.lapses_at - dt.timedelta(minutes=1)):
        assert not is_network_person(made.managers[1])
        with pytest.raises(WrongState):
            joining.suspend(actor=made.administrator, organization=house, note="Снова")
    with clock.travel(first.lapses_at):  # its rights are back before any worker has run
        assert Seat.objects.current().filter(organization=house).exists()
        assert Organization.objects.in_network().filter(pk=house.pk).exists()
        assert is_network_person(made.managers[1])
        asked = decisions.ask_members(question="?", text="", about=made.houses[0], closes_at=clock.now() + 9 * DAY)
        decisions.cast(
            actor=made.managers[1], vote=asked, voice=asked.voters.get(organization=house), choice="for"
        )  # fmt: skip
        again = joining.suspend(actor=made.administrator, organization=house, note="Снова")
        assert (again.was, is_network_person(made.managers[1])) == ("member", False)
    reasons = house.standing_changes.order_by("pk").values_list("reason", flat=True)
    assert list(reasons) == ["safety", "lapsed", "safety"]


@pytest.mark.django_db
def test_a_suspension_hides_at_once_and_lapses_unless_the_members_confirm_it(made):
    house = made.houses[1]
    scenarios.published(scenarios.place(house), method="call")
    assert PublicListing.objects.count() == 1
    with pytest.raises(NotAllowed):
        joining.suspend(actor=made.chair, organization=house, note="Обыск")
    with pytest.raises(HouseError):
        joining.suspend(actor=made.administrator, organization=house, note=" ")
    first = joining.suspend(actor=made.administrator, organization=house, note="Обыск")
    assert (status(house), PublicListing.objects.count()) == ("suspended", 0)
    assert not Seat.objects.current().filter(organization=house).exists()
    with clock.travel(first.lapses_at - dt.timedelta(minutes=1)):
        assert joining.let_lapse() == 0
    with clock.travel(first.lapses_at):
        assert (joining.let_lapse(), joining.let_lapse()) == (1, 0)
        assert (status(house), PublicListing.objects.count()) == ("member", 1)
        assert StandingChange.objects.first().reason == "lapsed"
        assert Message.objects.filter(kind=kinds.STANDING_CHANGED).count() >= 2
        second = joining.suspend(actor=made.administrator, organization=house, note="Снова")
    vote = _adopted(made, house, second)
    with clock.travel(vote.closes_at):
        joining.confirm_suspension(actor=made.administrator, organization=house, vote=vote)
        with pytest.raises(WrongState):
            joining.restore(actor=made.administrator, organization=house, note="Передумали")
    with clock.travel(second.lapses_at + dt.timedelta(days=90)):
        assert (joining.let_lapse(), status(house)) == (0, "suspended")
    with pytest.raises(IntegrityError, match="as it was written"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE joining_standingchange SET becomes = 'member' WHERE id = %s", [second.pk])


def _adopted(made, house, change):
    with clock.travel(change.made_at + dt.timedelta(days=1)):
        vote = decisions.ask_members(
            question="Подтвердить?", text="", about=house, closes_at=clock.now() + dt.timedelta(days=10)
        )
        for number in (0, 2, 3):
            voice = vote.voters.get(organization=made.houses[number])
            decisions.cast(actor=made.managers[number], vote=vote, voice=voice, choice="for")
    return vote


@pytest.mark.django_db
def test_whoever_leaves_hands_over_what_is_open_and_what_was_stays(made):
    house, heir = made.houses[1], made.houses[2]
    meeting = decisions.call_meeting(
        actor=made.chair, body=made.assembly, held_on=clock.today(), place="", agenda=["Дела"]
    )
    meeting = decisions.write_minutes(actor=made.chair, meeting=meeting, said={}, present=[])
    decisions.decide(
        actor=made.chair, meeting=meeting, text="Перевести", organization=house, responsible=made.managers[1],
        due_on=clock.today() + dt.timedelta(days=9),
    )  # fmt: skip
    joining.be_named(actor=made.managers[1], organization=house, named=True)
    with pytest.raises(NotAllowed):
        joining.leave(actor=made.managers[3], organization=house, heir=heir)
    joining.leave(actor=made.managers[1], organization=house, heir=heir)
    assert (status(house), NamedMember.objects.count()) == ("left", 0)
    kept = Decision.objects.get()
    assert (kept.organization, kept.responsible, kept.state) == (heir, made.managers[2], "open")
    assert Seat.objects.get(organization=house).ends_on == clock.today()


@pytest.mark.django_db
def test_the_word_of_a_year_is_one_press_and_silence_ends_nothing(made):
    january = dt.datetime(2027, 1, 8, 9, tzinfo=dt.UTC)
    with clock.travel(january):
        joining.take_part(actor=made.managers[0], organization=made.houses[0])
        joining.take_part(actor=made.managers[0], organization=made.houses[0])
        rounds.run_daily()
        asked = Message.objects.filter(kind=kinds.PARTICIPATION_ASKED)
        assert {one.correspondent.organization for one in asked} == set(made.houses[1:])
        with pytest.raises(NotAllowed):
            joining.take_part(actor=made.managers[0], organization=made.houses[1])
    with clock.travel(january + dt.timedelta(days=60)):
        rounds.run_daily()
        rounds.run_daily()
        assert Message.objects.filter(kind=kinds.PARTICIPATION_SILENT).count() == 1
        assert {status(house) for house in made.houses} == {"member"}


def test_nothing_else_writes_a_standing():
    """Red when a file of the product calls the setter, assigns the attribute or updates the column."""
    root = Path(settings.BASE_DIR)
    found = set()
    for room in ("network", "workspace", "doors", "verification", "organizations", "referrals", "servicemap",
                 "demonstration", "simulation", "exchange", "telegram", "messaging", "facts"):  # fmt: skip
        for path in (root / room).rglob("*.py"):
            name = str(path.relative_to(root))
            if "/tests/" not in name and "/migrations/" not in name and _writes(path.read_text("utf-8")):
                found.add(name)
    assert found - MADE <= WRITERS, found - MADE - WRITERS


def _writes(text):
    if "member_status" not in text:
        return False
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            named = {keyword.arg for keyword in node.keywords}
            if called == "set_member_status" or (called in _MAKES and "member_status" in named):
                return True
        if isinstance(node, ast.Assign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(one, ast.Attribute) and one.attr == "member_status" for one in targets):
                return True
    return False


_MAKES = {"update", "create_organization", "update_organization", "create", "Organization"}
