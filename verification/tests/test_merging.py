"""Two listings that are one: what is found, what was said of a pair, merging, and the way back."""

import datetime as dt
from types import SimpleNamespace

import pytest

from core import clock
from core.errors import HouseError
from core.tests.shared import shared
from directory.asking import queries
from directory.tables.listings import Moved, PublicListing, PublicMoved
from messaging.people import correspondents_for
from organizations.models import MembershipRole
from services.models import Attribute, Service, ServiceAtLocation
from services.tests.makers import make_attribute
from verification import editing
from verification import services as verification
from verification.answering.lines import lines_of
from verification.answering.links import find_link
from verification.coordination import desk
from verification.coordination.alike import pairs
from verification.coordination.alike.finding import look
from verification.letters.links import issue_link
from verification.models import LikelyPair, ListingState, Merge, Report
from verification.services.merging import steps as merging
from verification.tests import scenarios
from verification.upkeep.rebuild import compare
from verification.upkeep.triggers import after_bounce

pytestmark = pytest.mark.django_db
WITHOUT = "Без записи и без документов, в любой рабочий день недели"


def _world():
    """A service that two organisations list, and one that a third lists twice."""
    one, other, third = (scenarios.organization(name) for name in ("Танадгома", "Сеть помощи", "Шаги"))
    rows = [scenarios.published(scenarios.place(of), title="Экспресс-тест на ВИЧ") for of in (one, other)]
    place = scenarios.place(third, address="ул. Мира, 7")
    again = scenarios.place(third, address="Мира 7", name="Второй вход")
    third.contacts.all().delete()
    scenarios.phone(third, value="+995 32 277 77 77")
    twice = [
        scenarios.published(place, title="Психолог", types=["psychologist"]),
        scenarios.published(again, title="Приём психолога", types=["psychologist"], summary=WITHOUT),
    ]
    look()
    return SimpleNamespace(
        rows=rows,
        twice=twice,
        coordinator=scenarios.coordinator(),
        people=[scenarios.person(of) for of in (one, other, third)],
    )


_ground, world = shared(_world)


def state(row):
    return ListingState.objects.get(pk=row.pk)


def test_pairs_are_found_across_organisations_and_inside_one(world):
    found = {(pair.first, pair.second) for pair in desk.duplicates(world.coordinator)}
    assert found == {tuple(world.rows), tuple(world.twice)}
    assert desk.duplicates(world.coordinator, "GE").count() == 2 and not desk.duplicates(world.coordinator, "AM")
    assert not desk.duplicates(world.people[0]) and not pairs.pairs_for(world.people[0])
    assert pairs.pairs_for(world.people[2]).get().first == world.twice[0]  # both are theirs
    inside = scenarios.coordinator(of=world.rows[0].service.organization)
    assert [pair.first for pair in desk.duplicates(inside)] == [world.twice[0]]


@pytest.mark.parametrize("field", ["visibility", "place"])
def test_a_hidden_side_hides_the_pair(world, field):
    row = world.rows[1]
    if field == "visibility":
        editing.update_service(
            actor=None, service=row.service, expected_version=row.service.version, visibility="administrators"
        )
    else:
        editing.update_location(
            actor=None, location=row.location, expected_version=row.location.version, visibility="administrators"
        )
    assert [pair.first for pair in desk.duplicates(world.coordinator)] == [world.twice[0]]
    look()
    assert [pair.first for pair in desk.duplicates(world.coordinator)] == [world.twice[0]]


def test_a_hidden_door_is_compared_with_nothing(world):
    """Without a street and a pin that members may know, "at the same place" would give the door away."""
    pair = LikelyPair.objects.get(first=world.rows[0])
    assert "spot" in pair.reasons
    place = world.rows[1].location
    precision = {"public_precision": "settlement", "member_precision": "settlement", "place_code": "611717"}
    editing.update_location(actor=None, location=place, expected_version=place.version, **precision)
    look()
    assert not any("spot" in pair.reasons for pair in LikelyPair.objects.filter(first=world.rows[0]))


def test_different_is_remembered_until_something_changes(world):
    pair = LikelyPair.objects.get(first=world.rows[0])
    pairs.say_different(pair=pair, actor=world.coordinator)
    row = world.rows[0]
    editing.update_service(actor=None, service=row.service, expected_version=row.service.version, summary="Иначе")
    look()
    assert desk.duplicates(world.coordinator).count() == 1
    service = Service.objects.get(pk=row.service_id)
    editing.update_service(actor=None, service=service, expected_version=service.version, title="Тест на ВИЧ экспресс")
    look()
    assert desk.duplicates(world.coordinator).count() == 2
    pairs.say_different(pair=pair, actor=world.coordinator)
    assert pairs.take_back(pair=pair, actor=world.coordinator) and desk.duplicates(world.coordinator).count() == 2
    assert not pairs.take_back(pair=pair, actor=world.people[0])


def test_inside_one_organisation_it_is_done_at_once_and_everything_goes_along(world, settings):
    kept, gone = world.twice
    report, _code = verification.receive_report(listing=gone, kind="phone")
    verification.report_capacity(listing=gone, actor=None, level="free")
    after_bounce(gone.service.organization, "a@example.org")
    old = gone.location.public_id
    merge = merging.propose(kept=kept, gone=gone, chosen=["service.summary"], actor=world.people[2])
    assert merge.state == "done" and state(gone).publication == "archived"
    assert Report.objects.get(pk=report.pk).listing == kept and kept.capacity_reports.exists()
    assert not gone.rechecks.open().exists()
    kept.service.refresh_from_db()
    assert kept.service.summary == WITHOUT
    assert queries.moved_to("public", old) == kept.location.public_id == queries.moved_to("members", old)
    assert not PublicListing.objects.filter(pk=gone.public_id).exists() and not compare()
    assert not desk.duplicates(world.coordinator).filter(first=kept)
    with pytest.raises(HouseError):
        verification.restore(listing=gone, actor=None)
    merging.undo(merge=merge, actor=world.people[2])
    kept.service.refresh_from_db()
    assert kept.service.summary == scenarios.SUMMARY and state(gone).publication == "published"
    assert Report.objects.get(pk=report.pk).listing == gone and not kept.capacity_reports.exists()
    assert gone.rechecks.open().exists()
    assert not Moved.objects.exists() and queries.place("public", old) and not compare()


def test_answers_that_nobody_is_asked_any_more_are_not_taken_over_and_come_back(world):
    kept, gone = world.twice
    for code in ("dogs", "stairs", "night"):
        make_attribute(code)
    scenarios.rename(kept, attributes=["dogs-yes"])
    scenarios.rename(gone, attributes=["stairs-no", "night-yes"])
    Attribute.objects.filter(code="night").update(is_retired=True)
    kept, gone = (ServiceAtLocation.objects.get(pk=row.pk) for row in (kept, gone))
    merge = merging.propose(kept=kept, gone=gone, chosen=["service.attributes"], actor=world.people[2])
    assert Service.objects.get(pk=kept.service_id).attributes == ["stairs-no"]
    Attribute.objects.update(is_retired=True)
    merging.undo(merge=merge, actor=world.people[2])
    assert Service.objects.get(pk=kept.service_id).attributes == ["dogs-yes"]


def test_two_organisations_both_have_to_agree(world):
    kept, gone = world.rows
    merge = merging.propose(kept=kept, gone=gone, chosen=[], actor=world.coordinator)
    assert merge.state == "proposed" and state(gone).publication == "published"
    with pytest.raises(HouseError):
        merging.agree(merge=merge, actor=world.people[2])
    with pytest.raises(HouseError):
        merging.insist(merge=merge, actor=world.coordinator)
    assert merging.agree(merge=merge, actor=world.people[0]).state == "proposed"
    assert merging.agree(merge=merge, actor=world.people[1]).state == "done"
    assert state(gone).publication == "archived" and state(kept).publication == "published"


def test_after_fourteen_days_the_coordinator_is_enough(world):
    kept, gone = world.rows
    merge = merging.propose(kept=kept, gone=gone, chosen=[], actor=world.people[0])
    assert merge.kept_agreed_by == world.people[0] and merge.gone_agreed_at is None
    with clock.travel(clock.now() + dt.timedelta(days=14)):
        assert merging.insist(merge=merge, actor=world.coordinator).state == "done"
    with clock.travel(clock.now() + dt.timedelta(days=45)), pytest.raises(HouseError):
        merging.undo(merge=merge, actor=world.coordinator)


def test_one_word_against_it_ends_it(world):
    kept, gone = world.rows
    merge = merging.propose(kept=kept, gone=gone, chosen=[], actor=world.coordinator)
    assert merging.decline(merge=merge, actor=world.people[1]).state == "declined"
    assert merging.propose(kept=gone, gone=kept, chosen=[], actor=world.coordinator).state == "proposed"


def test_nobody_loses_what_they_could_see(world):
    kept, gone = world.twice
    verification.hide(listing=kept, actor=None, reason="на ремонте")
    with pytest.raises(HouseError):
        merging.propose(kept=kept, gone=gone, chosen=[], actor=world.people[2])
    assert state(gone).publication == "published" and not Merge.objects.exists()
    assert merging.propose(kept=gone, gone=kept, chosen=[], actor=world.people[2]).state == "done"


def test_a_chain_leads_to_its_end_and_comes_apart_from_the_end(world):
    first, second = world.twice
    third = scenarios.published(scenarios.place(first.service.organization), title="Психолог, третий раз")
    boss = scenarios.person(first.service.organization, role=MembershipRole.MANAGER)
    inner = merging.propose(kept=second, gone=first, chosen=[], actor=boss)
    outer = merging.propose(kept=third, gone=second, chosen=[], actor=boss)
    assert queries.moved_to("public", first.location.public_id) == third.location.public_id
    with pytest.raises(HouseError):
        merging.undo(merge=inner, actor=boss)
    merging.undo(merge=outer, actor=boss)
    assert queries.moved_to("public", first.location.public_id) == second.location.public_id
    verification.hide(listing=second, actor=boss, reason="на ремонте")  # what leads nowhere for the public says nothing
    assert not PublicMoved.objects.exists() and not queries.moved_to("public", first.location.public_id)
    verification.restore(listing=second, actor=boss)
    assert queries.moved_to("public", first.location.public_id) == second.location.public_id


def test_the_link_in_a_letter_asks_about_the_one_that_stays(world):
    kept, gone = world.twice
    person = correspondents_for(gone.service.organization)[0]
    _link, token = issue_link(to=person, states=[state(gone)])
    merge = merging.propose(kept=kept, gone=gone, chosen=[], actor=world.people[2])
    line = lines_of(find_link(token))[0]
    assert line.item.listing == kept and line.standing == "open"
    merging.undo(merge=merge, actor=world.people[2])
    line = lines_of(find_link(token))[0]
    assert line.item.listing == gone and line.standing == "open"


def test_where_it_comes_to_and_its_stops_are_taken_over_and_given_back(world):
    kept, gone = world.twice
    stop = {"name": {"ru": "у вокзала"}, "lon": 44.8, "lat": 41.7, "hours": scenarios.WEEK}
    said = {"area": [{"kind": "country", "code": "GE"}], "stops": [stop]}
    gone = editing.update_listing(actor=None, listing=gone, expected_version=gone.version, **said)
    merge = merging.propose(kept=kept, gone=gone, chosen=["listing.area", "listing.stops"], actor=world.people[2])
    kept.refresh_from_db()
    assert (kept.area, kept.stops) == (gone.area, gone.stops) and len(kept.stops) == 1
    merging.undo(merge=merge, actor=world.people[2])
    kept.refresh_from_db()
    assert (kept.area, kept.stops) == ([], [])


def test_an_edit_of_the_owner_that_is_not_finished_is_not_sent_for_them(world):
    kept, gone = world.twice
    scenarios.rename(kept, title="Недописано")
    merging.propose(kept=kept, gone=gone, chosen=["service.summary"], actor=world.people[2])
    assert not kept.reviews.filter(state__in=["submitted", "in_review"]).exists()
    assert "Недописано" not in str(state(kept).published.content)


def test_what_somebody_missed_leads_to_the_one_that_stays(world):
    kept, gone = world.twice
    said = {"what": "Психолог", "country": "GE", "reach": "+995 32 277 77 77", "known_from": "told"}
    suggestion, code = verification.receive_suggestion(**said)
    verification.take_suggestion_in(suggestion=suggestion, actor=world.coordinator, listing=gone)
    merge = merging.propose(kept=kept, gone=gone, chosen=[], actor=world.people[2])
    assert verification.find_suggestion(code).listing == kept
    merging.undo(merge=merge, actor=world.people[2])
    assert verification.find_suggestion(code).listing == gone


def test_a_check_that_came_along_takes_no_level_away(world):
    """It looked at the other one: what others found of the one that stays is still true."""
    kept, gone = world.twice
    verifier = scenarios.verifier()
    for days, row in enumerate((kept, gone)):
        with clock.travel(clock.now() + dt.timedelta(days=days)):
            verification.record_check(listing=row, actor=verifier, method="call")
    with clock.travel(clock.now() + dt.timedelta(days=2)):
        merging.propose(kept=kept, gone=gone, chosen=[], actor=world.people[2])
        verification.confirm_unchanged(listing=kept, actor=None)
    assert state(kept).level == 2 and state(kept).confirmed_on is not None


def test_a_word_about_risks_is_told_to_nobody_new():
    """Whichever of the two tells fewer of its risks decides, and nobody chooses that."""
    from verification.services.merging.fields import CHOOSABLE, give_back, take_over

    assert "service.risk_visibility" not in CHOOSABLE
    kept = scenarios.published()
    gone = scenarios.published(legal_risk_note="Тайна", risk_visibility="administrators")
    replaced = take_over(kept, gone, ["service.legal_risk_note"])
    kept.service.refresh_from_db()
    assert (kept.service.legal_risk_note, kept.service.risk_visibility) == ("Тайна", "administrators")
    give_back(kept, replaced)
    kept.service.refresh_from_db()
    assert (kept.service.legal_risk_note, kept.service.risk_visibility) == ("", "members")
