"""The watch of upkeep: where the rules hold it counts nothing, and it sees each of them broken."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction
from django.db.models import Q

from core import clock
from core.tests.shared import shared
from messaging.dispatch import dispatch
from messaging.people import correspondents_for
from organizations.models import Location, MembershipRole
from simulation import watch as module
from simulation.ledger import Ledger, after_merge, both_say
from simulation.oracle import Findings
from simulation.watch import Lookout
from verification import editing
from verification import services as verification
from verification.campaigns import running
from verification.campaigns.tasks import CampaignAsk
from verification.coordination import desk
from verification.coordination.alike import hints, sketches
from verification.coordination.alike.finding import look
from verification.coordination.alike.pairs import pairs_for
from verification.giveaways.offered import hides
from verification.letters import reminders
from verification.letters.links import issue_link
from verification.letters.occasions import campaigns as letters_of_campaigns
from verification.models import LikelyPair, ListingState, MonthlyListing
from verification.services.asked import stops, suggestions
from verification.services.merging import fields, moving, steps
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
#: A Tuesday, noon in Tbilisi.
NOW = dt.datetime(2026, 3, 3, 8, tzinfo=dt.UTC)
ALONG = ["service.summary", "contacts"]


def make_network():
    """A service twice at one organisation, its editor, and a coordinator and a verifier of others."""
    owner = scenarios.organization("Мост")
    owner.editor = scenarios.person(owner, role=MembershipRole.MANAGER)
    owner.coordinator, owner.verifier = scenarios.coordinator(), scenarios.verifier()
    doors = [scenarios.place(owner, name=name) for name in ("Кабинет", "Второй вход")]
    said = {"title": "Психолог", "types": ["psychologist"]}
    summaries = (scenarios.SUMMARY, "Без записи и без документов, в любой рабочий день недели")
    owner.rows = [
        scenarios.published(door, on=NOW - 7 * DAY, summary=summary, **said)
        for door, summary in zip(doors, summaries, strict=True)
    ]
    return owner


_ground, owner = shared(make_network, "owner")


@pytest.fixture(autouse=True)
def tuesday():
    with clock.travel(NOW):
        yield


@pytest.fixture
def watch():
    return Lookout(Findings())


class _Undo(Exception):
    pass


def undone(act):
    """What `act` says; what it did to the database is taken back."""
    found = []
    try:
        with transaction.atomic():
            found.append(act())
            raise _Undo
    except _Undo:
        return found[0]


# --- asked_twice


def start(watch, owner, at, days):
    with clock.travel(at):
        campaign = running.start_campaign(
            actor=owner.coordinator, name="Зима", starts_on=clock.today(), ends_on=clock.today() + days * DAY
        )
        watch.asked[campaign.pk].append(clock.now())
    return campaign


def round_of_letters(at):
    with clock.travel(at):
        reminders.remind()
        dispatch()


def two_campaigns(owner):
    """How often somebody was asked twice by two campaigns that overlap."""
    watch = Lookout(Findings())
    start(watch, owner, NOW, 60)
    round_of_letters(NOW)
    start(watch, owner, NOW + 9 * DAY, 30)
    round_of_letters(NOW + 9 * DAY)
    with clock.travel(NOW + 10 * DAY):
        watch.letters({})
        watch.tasks([owner])
    return watch.findings.asked_twice


def test_two_campaigns_ask_once_and_who_would_be_asked_twice_is_counted(owner, monkeypatch):
    assert undone(lambda: two_campaigns(owner)) == 0
    monkeypatch.setattr(letters_of_campaigns, "_told_since", lambda found: {})
    assert undone(lambda: two_campaigns(owner)) == len(owner.rows)


def test_a_listing_that_stands_twice_on_a_page_is_counted(owner, watch, monkeypatch):
    ask = CampaignAsk(start(watch, owner, NOW, 60), frozenset({owner.rows[0].pk}))
    watch.tasks([owner])
    assert watch.findings.asked_twice == 0
    monkeypatch.setattr(module, "asks_of", lambda organization: [ask, ask])
    watch.tasks([owner])
    assert watch.findings.asked_twice == 1


def due_soon(owner):
    """A campaign asks two weeks before the clock would begin to."""
    watch, soon = Lookout(Findings()), dt.date(2026, 8, 24) - 45 * DAY
    at = dt.datetime.combine(soon, dt.time(8), tzinfo=dt.UTC)
    start(watch, owner, at, 60)
    for days in (0, 16, 17, 18):
        round_of_letters(at + days * DAY)
    with clock.travel(at + 20 * DAY):
        watch.letters({})
    return watch.findings.asked_twice


def test_what_is_due_anyway_is_told_along_and_a_letter_of_its_own_is_counted(owner, monkeypatch):
    assert ListingState.objects.get(pk=owner.rows[0].pk).due_on == dt.date(2026, 8, 24)
    assert undone(lambda: due_soon(owner)) == 0
    monkeypatch.setitem(reminders.HORIZON, "B", 0)
    assert undone(lambda: due_soon(owner)) == len(owner.rows)


# --- lost_by_merge


def attach(owner):
    """To the second listing everything that a listing can have."""
    kept, gone = owner.rows
    verification.receive_report(listing=gone, kind="phone")
    verification.report_capacity(listing=gone, actor=owner.editor, level="free")
    verification.hear_changed(listing=gone, actor=owner.verifier, said={"service.cost": "Платно"})
    verification.tell_visit(listing=gone, actor=owner.verifier, visited_on=clock.today(), was_served=True)
    said = {"what": "Психолог", "country": "GE", "reach": "+995 32 277 77 77", "known_from": "told"}
    suggestion, _code = verification.receive_suggestion(**said)
    verification.take_suggestion_in(suggestion=suggestion, actor=owner.coordinator, listing=gone)
    way = scenarios.phone(owner, value="+995 32 244 44 44")
    editing.update_listing(
        actor=None, listing=gone, expected_version=gone.version, hours=gone.hours, contacts=[*gone.contacts.all(), way]
    )
    running.start_campaign(
        actor=owner.coordinator, name="Зима", starts_on=clock.today(), ends_on=clock.today() + 9 * DAY,
        scope=running.CampaignScope(types=["psychologist"]),
    ).tasks.filter(listing=kept).delete()  # fmt: skip
    issue_link(to=correspondents_for(owner)[0], states=[ListingState.objects.get(pk=gone.pk)])


def merge_and_undo(owner):
    """(lost by merging, lost by taking apart)."""
    for row in owner.rows:  # what was done to them before was taken back
        row.refresh_from_db()
        row.service.refresh_from_db()
    attach(owner)
    kept, gone = owner.rows
    watch, before = Lookout(Findings()), Ledger.of(kept, gone)
    merge = steps.propose(kept=kept, gone=gone, chosen=ALONG, actor=owner.editor)
    watch.merged(merge, before)
    lost, parted = watch.findings.lost_by_merge, both_say(kept.pk, gone.pk)
    steps.undo(merge=merge, actor=owner.editor)
    watch.undone(merge, parted)
    return lost, watch.findings.lost_by_merge - lost


def test_nothing_is_lost_and_whatever_would_be_is_counted(owner, monkeypatch):
    assert undone(lambda: merge_and_undo(owner)) == (0, 0)
    nothing = lambda gone, kept: gone.checks.none()  # noqa: E731
    breaks = {
        **{f"moving {name}": lambda m, name=name: m.setitem(moving._ATTACHED, name, nothing) for name in _moved()},
        "letters": lambda m: m.setattr(moving, "_move_letters", lambda gone, kept: []),
        "contacts": lambda m: m.setattr(fields, "_contacts", lambda kept, gone: []),
        "address": lambda m: m.setattr(steps, "lead_on", lambda *args, **named: None),
        "a field": lambda m: m.setattr(fields, "SERVICE", ()),
    }
    for name, breaking in breaks.items():
        with monkeypatch.context() as patch:
            breaking(patch)
            assert undone(lambda: merge_and_undo(owner))[0] > 0, name


def test_what_is_not_back_is_counted(owner, monkeypatch):
    breaks = {
        "move_back": lambda gone, kept, moved: None,
        "give_back": lambda kept, replaced: None,
        "lead_back": lambda listing: None,
    }
    for name, instead in breaks.items():
        with monkeypatch.context() as patch:
            patch.setattr(steps, name, instead)
            lost, kept = undone(lambda: merge_and_undo(owner))
            assert lost == 0 < kept, name


def _moved():
    return sorted(set(moving._ATTACHED) - {"rechecks"})


def test_a_question_that_is_open_and_a_row_of_the_history_are_missed(owner, watch, monkeypatch):
    kept, gone = owner.rows
    verification.open_recheck(listing=gone, reason="reported")
    monkeypatch.setitem(moving._ATTACHED, "rechecks", lambda gone, kept: gone.rechecks.none())
    before = Ledger.of(kept, gone)
    merge = steps.propose(kept=kept, gone=gone, chosen=[], actor=owner.editor)
    gone.reviews.all().delete()
    watch.merged(merge, before)
    told = " ".join(watch.findings.examples)
    assert "Recheck" in told and "Review" in told


def test_the_running_month_is_worked_out_anew_every_night_and_a_past_one_is_missed(owner):
    kept, gone = owner.rows
    running_month = clock.today().replace(day=1)
    for month in (running_month, (running_month - DAY).replace(day=1)):
        MonthlyListing.objects.create(month=month, listing=gone, level=2, is_fresh=True, is_lost=False)
    before = Ledger.of(kept, gone)

    def missed():
        return [told for told in after_merge(before, []) if "MonthlyListing" in told]

    MonthlyListing.objects.filter(month=running_month).delete()
    assert missed() == []
    MonthlyListing.objects.all().delete()
    assert len(missed()) == 1


# --- hidden_shown_as_duplicate


@pytest.fixture
def secret(owner):
    """The same service of another organisation, for that one and administrators alone, and a place without a door."""
    other = scenarios.organization("Тень")
    place = scenarios.place(other, name="Кабинет")
    scenarios.published(place, title="Психолог", types=["psychologist"], visibility="administrators")
    look()
    return other


def test_a_pair_with_a_hidden_side_is_counted_where_it_is_shown(owner, watch, secret, monkeypatch):
    administrator = scenarios.person(scenarios.organization(), network_role="administrator")
    assert any(secret in _owners(pair) for pair in desk.duplicates(administrator))
    for person in (owner.coordinator, owner.editor, administrator, scenarios.person(secret)):
        watch.pairs(person, desk.duplicates(person))
        watch.pairs(person, pairs_for(person))
    assert watch.findings.hidden_shown_as_duplicate == 0
    monkeypatch.setattr(desk, "for_members", lambda prefix="": Q())
    watch.pairs(owner.coordinator, desk.duplicates(owner.coordinator))
    assert watch.findings.hidden_shown_as_duplicate > 0


def _owners(pair):
    return {one.service.organization for one in (pair.first, pair.second)}


def told(owner):
    sketch = hints.entered(owner, names=["Психолог"], types=["psychologist"], places=[owner.rows[0].location])
    return hints.hints_for(owner.editor, owner, sketch)


def test_a_hint_of_what_somebody_may_not_see_is_counted(owner, watch, secret, monkeypatch):
    watch.hints(owner.editor, told(owner))
    assert watch.findings.hidden_shown_as_duplicate == 0
    monkeypatch.setattr(hints, "_of_others", lambda user, organization, asked: list(hints._own(secret, asked)))
    watch.hints(owner.editor, told(owner))
    assert watch.findings.hidden_shown_as_duplicate == 1


def test_a_pair_that_betrays_a_door_is_counted(owner, watch, monkeypatch):
    other = scenarios.organization("Тень")
    hidden = {"public_precision": "settlement", "member_precision": "settlement", "place_code": "611717"}
    scenarios.published(scenarios.place(other, **hidden), title="Психолог", types=["psychologist"])
    look()
    watch.pairs(owner.coordinator, desk.duplicates(owner.coordinator))
    assert watch.findings.hidden_shown_as_duplicate == 0
    monkeypatch.setattr(sketches, "_tells", lambda place, precision: True)
    LikelyPair.objects.all().delete()
    for row in owner.rows:
        row.fingerprint.delete()
    look()
    watch.pairs(owner.coordinator, desk.duplicates(owner.coordinator))
    assert watch.findings.hidden_shown_as_duplicate > 0


# --- doors and stops


def test_the_door_of_a_shelter_that_was_kept_is_counted(watch, monkeypatch):
    said = {"what": "Шелтер", "kind": "safety", "country": "GE", "reach": "ул. Абашидзе, 12", "known_from": "told"}
    assert hides(said["kind"], said["what"])
    with pytest.raises(suggestions.TellsADoor):
        verification.receive_suggestion(**said)
    watch.suggestions()
    assert watch.findings.door_kept == 0
    monkeypatch.setattr(suggestions, "hides", lambda *texts: False)
    verification.receive_suggestion(**said)
    watch.suggestions()
    assert watch.findings.door_kept == 1


def test_a_stop_that_the_map_does_not_call_off_is_counted(owner, watch, monkeypatch):
    stop = {"name": {"ru": "у вокзала"}, "lon": 44.8, "lat": 41.7, "hours": scenarios.WEEK}
    place = scenarios.place(owner, name="Автобус")
    row = scenarios.published(place, title="Автобус", delivery=["mobile"])
    row = editing.update_listing(actor=None, listing=row, expected_version=row.version, hours=row.hours, stops=[stop])
    review = verification.submit(listing=row, actor=None, checked=True)
    if review.is_open:
        verification.approve(review=review, actor=owner.verifier)
    (known,), on = stops.stops_of(row), clock.today() + DAY

    def call_off():
        verification.call_off(listing=row, actor=owner.editor, stop=known["id"], on=on)
        watch.stop(row, known["id"], on, is_off=True)
        found, watch.findings.stop_wrong = watch.findings.stop_wrong, 0
        return found

    door = Location.objects.filter(pk=place.pk)
    assert undone(call_off) == 0
    hidden = {"public_precision": "settlement", "member_precision": "settlement"}
    assert undone(lambda: (door.update(**hidden), call_off())[1]) == 0  # a place that hides tells no stop
    monkeypatch.setattr(stops, "publish_again", lambda listings: None)
    assert undone(call_off) == 2  # for both audiences
    assert undone(lambda: (door.update(**hidden), call_off())[1]) == 2  # told though the place hides
