"""From an edit to the map: what a reader sees follows only what another organisation approved."""

import datetime as dt

import pytest

from core import clock
from core.errors import NotAllowed
from directory.models import DirectoryRevision, MemberListing, PublicListing
from organizations import services as organizations
from services import services
from services.models import Service
from verification import services as verification
from verification.errors import AlreadyDecided, NothingToSubmit, OwnOrganization, ReasonMissing, TakenByAnother
from verification.models import Check, ListingState, Review
from verification.snapshots import content_hash
from verification.tests import scenarios
from verification.upkeep.rebuild import compare, rebuild

pytestmark = pytest.mark.django_db


def test_a_draft_is_nowhere():
    row = scenarios.listing()
    assert not PublicListing.objects.exists() and not MemberListing.objects.exists()
    assert verification.working_copy_differs(row)


def test_an_approved_listing_reaches_both_audiences_with_its_dates():
    row = scenarios.published(on=dt.date(2026, 8, 31))
    public = PublicListing.objects.get(pk=row.public_id)
    assert public.content["ru"]["title"] == "Тест на ВИЧ"
    assert public.level == 1 and public.checked_on == dt.date(2026, 8, 31)
    assert public.due_on == dt.date(2027, 2, 28)  # six months after the last day of a longer month
    assert public.hides_on == dt.date(2027, 3, 30)
    assert MemberListing.objects.filter(pk=row.public_id).exists()


def test_the_last_approved_version_stays_while_an_edit_waits():
    row = scenarios.published()
    scenarios.rename(row, title="Тест и консультация")
    review = verification.submit(listing=row, actor=None)
    assert PublicListing.objects.get(pk=row.public_id).content["ru"]["title"] == "Тест на ВИЧ"
    verification.approve(review=review, actor=scenarios.verifier())
    assert PublicListing.objects.get(pk=row.public_id).content["ru"]["title"] == "Тест и консультация"


def test_the_verifier_approves_what_they_saw_not_the_live_rows():
    row = scenarios.published()
    scenarios.rename(row, title="Показано проверяющей")
    review = verification.submit(listing=row, actor=None)
    scenarios.rename(row, title="Изменено после отправки")
    verification.approve(review=review, actor=scenarios.verifier())
    assert PublicListing.objects.get(pk=row.public_id).content["ru"]["title"] == "Показано проверяющей"
    assert verification.working_copy_differs(row)


def test_hours_that_an_older_release_told_otherwise_are_no_change():
    """The OSM string follows from the hours; what was approved is the hours."""
    row = scenarios.published()
    snapshot = ListingState.objects.get(pk=row.pk).published
    snapshot.content["listing"]["hours_osm"] = "Fr 20:00-04:00; PH off"
    snapshot.content_hash = content_hash(snapshot.content)
    snapshot.save()
    assert not verification.working_copy_differs(row)
    with pytest.raises(NothingToSubmit):
        verification.submit(listing=row, actor=None)
    scenarios.rename(row, title="Другое название")
    assert verification.working_copy_differs(row)


def test_an_approval_alone_is_not_a_check():
    row = scenarios.published(on=dt.date(2026, 1, 10))
    before = ListingState.objects.get(pk=row.pk)
    scenarios.rename(row, title="Другое название")
    review = verification.submit(listing=row, actor=None, checked=False)
    verification.approve(review=review, actor=scenarios.verifier())
    after = ListingState.objects.get(pk=row.pk)
    assert (after.checked_on, after.due_on, after.level) == (before.checked_on, before.due_on, before.level)


def test_nobody_decides_on_their_own_organisation_whatever_their_role():
    row = scenarios.listing()
    review = verification.submit(listing=row, actor=None)
    for role in ("verifier", "coordinator", "administrator"):
        own = scenarios.person(row.service.organization, network_role=role)
        with pytest.raises(OwnOrganization):
            verification.approve(review=review, actor=own)
    with pytest.raises(NotAllowed):
        verification.approve(review=review, actor=scenarios.person(scenarios.organization()))
    with pytest.raises(NotAllowed):  # a verifier without an organisation cannot be "another organisation"
        verification.approve(review=review, actor=scenarios.person(network_role="verifier"))


def test_nobody_approves_what_they_sent_themselves_for_another_organisation():
    administrator = scenarios.person(scenarios.organization(), network_role="administrator")
    review = verification.submit(listing=scenarios.listing(), actor=administrator)
    with pytest.raises(NotAllowed, match="сами"):
        verification.approve(review=review, actor=administrator, method="call")
    assert verification.approve(review=review, actor=scenarios.verifier(), method="call").state == "approved"


def test_a_method_makes_the_approval_a_check_by_another_organisation():
    row = scenarios.published(method="call")
    state = ListingState.objects.get(pk=row.pk)
    check = Check.objects.get(listing=row)
    assert state.level == 2 and check.level == 2 and check.organization_id != check.owner_id


def test_a_decision_is_made_once():
    review = verification.submit(listing=scenarios.listing(), actor=None)
    verification.approve(review=review, actor=scenarios.verifier())
    with pytest.raises(AlreadyDecided):
        verification.reject(review=review, actor=scenarios.verifier(), reason="Поздно")


def test_what_is_returned_says_why():
    review = verification.submit(listing=scenarios.listing(), actor=None)
    with pytest.raises(ReasonMissing):
        verification.ask_for_changes(review=review, actor=scenarios.verifier(), reason="  ")
    verification.ask_for_changes(review=review, actor=scenarios.verifier(), reason="Телефон не отвечает")
    assert ListingState.objects.get(pk=review.listing_id).publication == "needs_changes"


def test_a_taken_review_is_decided_by_the_one_who_took_it():
    review = verification.submit(listing=scenarios.listing(), actor=None)
    first = scenarios.verifier()
    verification.take(review=review, actor=first)
    with pytest.raises(TakenByAnother):
        verification.approve(review=review, actor=scenarios.verifier())
    verification.approve(review=review, actor=first)


def test_nothing_is_sent_twice():
    row = scenarios.published()
    with pytest.raises(NothingToSubmit):
        verification.submit(listing=row, actor=None)


def test_a_newer_submission_replaces_the_open_one():
    row = scenarios.published()
    scenarios.rename(row, title="Первое")
    first = verification.submit(listing=row, actor=None)
    scenarios.rename(row, title="Второе")
    second = verification.submit(listing=row, actor=None)
    first.refresh_from_db()
    assert first.state == "withdrawn" and second.is_open
    assert Review.objects.open().filter(listing=row).count() == 1


def test_what_is_as_on_the_map_again_waits_for_nobody():
    """Somebody sends a mistake and puts it right: nobody may approve the mistake afterwards."""
    row = scenarios.published()
    scenarios.rename(row, cost="paid")
    mistake = verification.submit(listing=row, actor=None)
    scenarios.rename(row, cost="free")
    back = verification.submit(listing=row, actor=None)
    assert (back.pk, back.state) == (mistake.pk, "withdrawn")
    with pytest.raises(AlreadyDecided):
        verification.approve(review=mistake, actor=scenarios.verifier())
    with pytest.raises(NothingToSubmit):
        verification.submit(listing=row, actor=None)
    assert PublicListing.objects.get(pk=row.public_id).cost == "free"


def test_of_a_place_what_is_as_on_the_map_again_waits_for_nobody():
    row = scenarios.published()
    scenarios.rename(row, cost="paid")
    verification.submit(listing=row, actor=None)
    scenarios.rename(row, cost="free")
    assert [review.state for review in verification.submit_under(subject=row.location, actor=None)] == ["withdrawn"]
    with pytest.raises(NothingToSubmit):
        verification.submit_under(subject=row.location, actor=None)


def test_harmless_edits_go_out_at_once_and_critical_ones_wait():
    row = scenarios.published()
    scenarios.rename(row, text="Приходите без записи.")
    assert verification.submit(listing=row, actor=None).state == "approved"
    assert PublicListing.objects.get(pk=row.public_id).content["ru"]["text"] == "Приходите без записи."
    scenarios.rename(row, cost="paid")
    assert verification.submit(listing=row, actor=None).is_open
    assert PublicListing.objects.get(pk=row.public_id).cost == "free"


def test_some_fields_are_accepted_and_others_returned():
    row = scenarios.published()
    scenarios.rename(row, title="Новое название", cost="paid")
    review = verification.submit(listing=row, actor=None)
    with pytest.raises(ReasonMissing):
        verification.approve(review=review, actor=scenarios.verifier(), returned=["service.cost"])
    verification.approve(
        review=review, actor=scenarios.verifier(), returned=["service.cost"], note="Цену подтвердите письмом"
    )
    public = PublicListing.objects.get(pk=row.public_id)
    assert public.content["ru"]["title"] == "Новое название" and public.cost == "free"
    assert verification.working_copy_differs(row)


def test_a_place_is_sent_as_one_batch_and_approved_together():
    at = scenarios.place(scenarios.organization())
    scenarios.listing(at)
    scenarios.listing(at, title="Психолог", types=["psychologist"])
    reviews = verification.submit_under(subject=at, actor=None, checked=True)
    assert len({review.batch for review in reviews}) == 1
    verification.approve(review=reviews[0], actor=scenarios.verifier(), also=reviews[1:])
    assert PublicListing.objects.count() == 2


def test_confirming_moves_the_dates_and_no_content():
    row = scenarios.published(on=clock.today() - dt.timedelta(days=170))
    before = PublicListing.objects.get(pk=row.public_id)
    verification.confirm_unchanged(listing=row, actor=None)
    after = PublicListing.objects.get(pk=row.public_id)
    assert after.checked_on > before.checked_on and after.due_on > before.due_on
    assert after.content == before.content and after.contacts == before.contacts


def test_an_owners_word_does_not_take_the_place_of_an_outside_check_while_it_is_valid():
    row = scenarios.published(on=clock.today() - dt.timedelta(days=30), method="visit")
    verification.confirm_unchanged(listing=row, actor=None)
    assert PublicListing.objects.get(pk=row.public_id).level == 3


def test_narrowing_reaches_the_public_at_once_and_widening_waits():
    row = scenarios.published()
    service = row.service
    service.refresh_from_db()
    scenarios.rename(row, visibility="members")
    assert not PublicListing.objects.filter(pk=row.public_id).exists()  # the trigger, before any service is asked
    verification.let_narrow(listings=[row], actor=None)
    assert MemberListing.objects.filter(pk=row.public_id).exists()
    scenarios.rename(row, visibility="public")
    verification.let_narrow(listings=[row], actor=None)
    assert not PublicListing.objects.filter(pk=row.public_id).exists()


def test_a_precision_that_was_narrowed_hides_address_and_point():
    row = scenarios.published()
    at = row.location
    organizations.update_location(actor=None, location=at, expected_version=at.version, public_precision="settlement")
    verification.let_narrow(listings=[row], actor=None)
    public = PublicListing.objects.get(pk=row.public_id)
    assert public.precision == "settlement" and public.point == at.settlement_point != at.point
    assert "address" not in public.content["ru"]
    assert MemberListing.objects.get(pk=row.public_id).content["ru"]["address"]


def test_raw_sql_cannot_keep_a_narrowed_listing_public():
    row = scenarios.published()
    Service.objects.filter(pk=row.service_id).update(visibility="administrators")
    assert not PublicListing.objects.exists() and not MemberListing.objects.exists()


def test_suspending_an_organisation_empties_its_rows():
    row = scenarios.published()
    revision = DirectoryRevision.objects.get().number
    organizations.set_member_status(actor=None, organization=row.service.organization, status="suspended")
    assert not PublicListing.objects.exists() and not MemberListing.objects.exists()
    assert DirectoryRevision.objects.get().number > revision


def test_hidden_stays_hidden_when_an_edit_is_approved():
    row = scenarios.published()
    scenarios.rename(row, title="Правка")
    review = verification.submit(listing=row, actor=None)
    verification.hide(listing=row, actor=None, reason="Небезопасно")
    verification.approve(review=review, actor=scenarios.verifier())
    assert not PublicListing.objects.exists()
    verification.restore(listing=row, actor=None)
    assert PublicListing.objects.get().content["ru"]["title"] == "Правка"


def test_an_import_is_for_members_and_unchecked():
    row = scenarios.listing(visibility="public")
    assert verification.publish_import(listing=row)
    assert not verification.publish_import(listing=row)
    assert MemberListing.objects.get().level == 0 and not PublicListing.objects.exists()
    verification.confirm_unchanged(listing=row, actor=None)
    assert PublicListing.objects.get().level == 1
    scenarios.rename(row, title="Из файла")
    assert not verification.publish_import(listing=row)  # the file does not overrule people


def test_a_takedown_hides_at_once_and_has_a_way_back():
    row = scenarios.published()
    someone = scenarios.coordinator()
    takedown = verification.take_down(actor=someone, country="GE", reason="Рейды")
    assert not PublicListing.objects.exists() and MemberListing.objects.filter(pk=row.public_id).exists()
    verification.lift(takedown=takedown, actor=someone, reason="Спокойно")
    assert PublicListing.objects.exists()


def test_the_directory_is_disposable():
    for title in ("Один", "Два", "Три"):
        scenarios.published(title=title)
    assert not compare()
    PublicListing.objects.filter(content__ru__title="Два").update(cost="paid")
    PublicListing.objects.filter(content__ru__title="Один").delete()
    found = compare()
    assert len(found.missing) == 1 and found.changed[0][2] == ["cost"]
    rebuild()
    assert not compare()


def test_hours_of_a_remote_service_count_in_the_zone_of_its_country():
    row = scenarios.listing()
    remote = services.add_listing(actor=None, service=row.service, location=None, remote_country="KZ")
    assert remote.timezone == "Asia/Almaty" and row.timezone == "Asia/Tbilisi"


def test_an_approval_does_not_widen_what_was_narrowed_after_it_was_sent():
    row = scenarios.published()
    scenarios.rename(row, title="Тест на ВИЧ и сифилис")
    review = verification.submit(listing=row, actor=None)
    scenarios.rename(row, visibility="members")
    verification.let_narrow(listings=[row], actor=None)
    assert not PublicListing.objects.filter(pk=row.public_id).exists()
    verification.approve(review=review, actor=scenarios.verifier())
    assert not PublicListing.objects.filter(pk=row.public_id).exists()
    assert MemberListing.objects.get(pk=row.public_id).content["ru"]["title"] == "Тест на ВИЧ и сифилис"


def test_bringing_back_does_not_widen_what_was_narrowed_meanwhile():
    row = scenarios.published()
    verification.hide(listing=row, actor=None, reason="Ремонт")
    scenarios.rename(row, visibility="members")
    verification.let_narrow(listings=[row], actor=None)
    verification.restore(listing=row, actor=None)
    assert not PublicListing.objects.filter(pk=row.public_id).exists()
    assert MemberListing.objects.filter(pk=row.public_id).exists()
