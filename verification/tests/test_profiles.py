"""The life of a profile: when it begins, what moves it, what does not, and what the directory makes of it."""

import datetime as dt

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from core import clock
from core.errors import NotAllowed, WrongState
from directory.asking import queries
from directory.models import DirectoryRevision, MemberOrganization, PublicOrganization
from messaging.models import Correspondent
from organizations import services as organizations
from organizations.models import Organization
from verification import services as verification
from verification.errors import OwnOrganization
from verification.models import ListingState, ProfileCheck, ProfileMethod, ProfileState
from verification.profiles import PROFILE_FIELDS, profiles_in_round, shown_profile
from verification.services.around.profiles import write_profile_confirmation
from verification.tests import scenarios
from verification.upkeep.rebuild import compare

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def day(text):
    return dt.date.fromisoformat(text)


def on_map(on=None, **fields):
    """An organisation with one listing on the map, approved on that day."""
    values = {"description": "Помогаем в пути.", "website": "https://bridge.example/"} | fields
    return scenarios.published(scenarios.place(scenarios.organization("Мост", **values)), on=on).service.organization


def dates(organization):
    state = ProfileState.objects.get(pk=organization.pk)
    return {name: getattr(state, name) for name in PROFILE_FIELDS}


def describe(organization, text, **fields):
    """Change the profile's working copy."""
    organization.refresh_from_db()
    return organizations.update_organization(
        actor=None, organization=organization, expected_version=organization.version, description=text, **fields
    )


def another_listing(organization, title, **options):
    return scenarios.published(scenarios.place(organization), title=title, **options)


# --- when it begins ----------------------------------------------------------------------------------------------


def test_it_begins_with_the_first_approval_on_the_day_of_sending():
    row = scenarios.listing()
    with clock.travel(day("2028-02-29")):
        review = verification.submit(listing=row, actor=None)
    assert not ProfileState.objects.exists()
    with clock.travel(day("2028-03-10")):
        verification.approve(review=review, actor=scenarios.verifier())
    state = ProfileState.objects.get()
    assert (state.checked_on, state.notice_on, state.due_on, state.hides_on, state.archives_on) == tuple(
        map(day, ("2028-02-29", "2029-01-29", "2029-02-28", "2029-04-29", "2029-08-27"))
    )
    assert (state.level, state.method, state.timezone) == (1, "first_listing", "Asia/Tbilisi")
    word = ProfileCheck.objects.get()
    assert (word.checked_at, word.snapshot) == (review.submitted_at, review.snapshot)
    for model in (PublicOrganization, MemberOrganization):
        assert {name: getattr(model.objects.get(), name) for name in PROFILE_FIELDS} == dates(state.organization)


def test_later_approvals_and_edits_do_not_move_it():
    organization = on_map(on=day("2026-01-10"))
    before = dates(organization)
    with clock.travel(day("2026-06-01")):
        another_listing(organization, "Психолог")
        describe(organization, "Теперь и в Батуми.")
        row = ListingState.objects.get(listing__service__title="Психолог").listing
        assert verification.submit(listing=row, actor=None, checked=True).state == "approved"
        scenarios.rename(row, cost="paid")
        review = verification.submit(listing=row, actor=None, checked=True)
        verification.approve(review=review, actor=scenarios.verifier(), method="call")
        verification.confirm_unchanged(listing=row, actor=None)
    assert dates(organization) == before and ProfileCheck.objects.count() == 1
    assert PublicOrganization.objects.get().content["ru"]["description"] == "Теперь и в Батуми."


def test_an_import_confirmed_by_its_owner_begins_no_profile():
    row = scenarios.listing()
    verification.publish_import(listing=row)
    verification.confirm_unchanged(listing=row, actor=None)
    assert not ProfileState.objects.exists()
    slug = row.service.organization.slug
    assert not queries.organization("public", slug).is_told
    assert queries.organization("members", slug).is_told
    verification.confirm_profile(organization=row.service.organization, actor=None)
    assert queries.organization("public", slug).is_told and not compare()


# --- the word ----------------------------------------------------------------------------------------------------


def test_a_word_moves_the_dates_and_no_content():
    organization = on_map(on=day("2026-01-10"))
    row, revision = PublicOrganization.objects.get(), DirectoryRevision.objects.get()
    describe(organization, "Этого на карте ещё нет.")
    with clock.travel(day("2026-12-30")):
        check = verification.confirm_profile(organization=organization, actor=None)
    after = PublicOrganization.objects.get()
    assert (after.checked_on, after.due_on) == (day("2026-12-30"), day("2027-12-30"))
    assert (after.content, after.website, after.contacts) == (row.content, row.website, row.contacts)
    assert check.snapshot == shown_profile(organization)
    assert DirectoryRevision.objects.get().public_number > revision.public_number
    assert Organization.objects.get(pk=organization.pk).version == 2
    assert ProfileState.objects.get().version == 2 and not compare()


@pytest.mark.parametrize(
    ("country", "zone", "checked_on"),
    [("KZ", "Asia/Almaty", "2026-11-23"), ("GE", "Asia/Tbilisi", "2026-11-23"), ("FR", "Europe/Paris", "2026-11-22")],
)
def test_a_day_is_a_day_where_the_organisation_is_registered(country, zone, checked_on):
    organization = on_map(registration_country=country)
    with clock.travel(dt.datetime(2026, 11, 22, 21, 0, tzinfo=dt.UTC)):
        verification.confirm_profile(organization=organization, actor=None)
    assert (dates(organization)["timezone"], dates(organization)["checked_on"]) == (zone, day(checked_on))


def test_its_own_people_and_nobody_else_say_it_in_the_workspace():
    organization = on_map()
    for role in ("editor", "manager"):
        person = scenarios.person(organization, role)
        assert verification.confirm_profile(organization=organization, actor=person).checked_by == person
    for other in (
        scenarios.person(organization, "reader"),
        scenarios.person(scenarios.organization(), "manager"),
        scenarios.coordinator(),
        scenarios.verifier(),
    ):
        with pytest.raises(NotAllowed):
            verification.confirm_profile(organization=organization, actor=other)


def test_on_the_phone_the_coordinator_of_the_country_writes_it_down_and_never_for_their_own():
    organization = on_map()
    by_phone = {"organization": organization, "method": ProfileMethod.COORDINATOR_PHONE, "note": " Ответила Нино "}
    someone = scenarios.coordinator()
    check = verification.confirm_profile(actor=someone, **by_phone)
    assert check.recorded_for == someone.memberships.get().organization and check.note == "Ответила Нино"
    assert dates(organization)["level"] == 1
    with pytest.raises(OwnOrganization):
        verification.confirm_profile(actor=scenarios.coordinator(organization), **by_phone)
    elsewhere = scenarios.coordinator()
    elsewhere.countries = ["PL"]
    elsewhere.save()
    for other in (elsewhere, scenarios.verifier(), scenarios.person(organization, "manager")):
        with pytest.raises(NotAllowed):
            verification.confirm_profile(actor=other, **by_phone)
    with pytest.raises(ValueError, match="link"):
        verification.confirm_profile(organization=organization, actor=someone, method=ProfileMethod.LINK)
    assert ProfileCheck.objects.filter(method="coordinator_phone").count() == 1


def test_a_word_by_a_link_names_whose_link_it_was():
    organization = on_map(on=day("2026-01-10"))
    person = Correspondent.objects.create(organization=organization, email="nino@example.org")
    with clock.travel(day("2026-12-30")):
        check = write_profile_confirmation(organization, None, ProfileMethod.LINK, correspondent=person)
    assert (check.correspondent, check.checked_by) == (person, None)
    assert dates(organization)["checked_on"] == day("2026-12-30")
    with pytest.raises(IntegrityError), transaction.atomic():
        write_profile_confirmation(organization, None, ProfileMethod.WORKSPACE, correspondent=person)


def test_only_what_is_on_the_map_can_be_confirmed():
    draft = scenarios.listing()
    with pytest.raises(WrongState):
        verification.confirm_profile(organization=draft.service.organization, actor=None)
    organization = on_map()
    organizations.set_member_status(actor=None, organization=organization, status="suspended")
    before = dates(organization)
    with pytest.raises(WrongState):
        verification.confirm_profile(organization=organization, actor=None)
    assert dates(organization) == before and ProfileCheck.objects.count() == 1


def test_a_word_is_never_changed_and_every_move_is_audited():
    organization = on_map()
    person = scenarios.person(organization)
    check = verification.confirm_profile(organization=organization, actor=person)
    for change in ({"method": "link"}, {"note": "иначе"}, {"checked_at": clock.now() - DAY}):
        with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
            ProfileCheck.objects.filter(pk=check.pk).update(**change)
    person.delete()  # who it was may be forgotten; what was said stays
    check.refresh_from_db()
    assert check.checked_by is None and check.method == "workspace"
    event = ProfileState.pgh_event_model.objects.order_by("-pgh_id").first()
    assert event.pgh_context.metadata["step"] == "confirm_profile"


@pytest.mark.parametrize(
    "wrong",
    [
        {"level": 2},
        {"level": 0},
        {"notice_on": day("2026-01-09")},
        {"due_on": day("2026-12-10")},
        {"hides_on": day("2027-01-09")},
        {"archives_on": day("2027-03-10")},
    ],
)
def test_the_database_refuses_an_incoherent_profile(wrong):
    on_map(on=day("2026-01-10"))
    with pytest.raises(IntegrityError), transaction.atomic():
        ProfileState.objects.update(**wrong)


def test_the_database_refuses_a_coordinators_word_for_their_own_organisation():
    organization = on_map()
    with pytest.raises(IntegrityError), transaction.atomic():
        ProfileCheck.objects.create(
            organization=organization, recorded_for=organization, method=ProfileMethod.COORDINATOR_PHONE
        )


# --- on the map, with the worker dead ----------------------------------------------------------------------------


@pytest.mark.parametrize("checked", ["2026-11-30", "2028-02-29", "2027-02-28"])
def test_the_profile_turns_on_its_days_though_nothing_runs(checked):
    organization = on_map(on=day(checked))
    state = ProfileState.objects.get()
    noon = dt.time(8)  # in Tbilisi

    def seen(date):
        at = dt.datetime.combine(date, noon, tzinfo=dt.UTC)
        found = [queries.organization(audience, organization.slug, at) for audience in ("public", "members")]
        return found[0].freshness, *(bool(one.website) for one in found)

    assert [seen(state.due_on + n * DAY)[0] for n in (-1, 0, 1)] == ["due", "overdue", "overdue"]
    assert [seen(state.hides_on + n * DAY)[1:] for n in (-1, 0, 1)] == [(True, True), (False, True), (False, True)]
    assert [seen(state.archives_on + n * DAY)[1:] for n in (-1, 0)] == [(False, True), (False, False)]
    assert ProfileState.objects.get().version == 1


# --- for letters --------------------------------------------------------------------------------------------------


def test_a_profile_is_in_the_round_from_its_first_reminder_until_it_is_archived():
    organization = on_map(on=day("2026-01-10"))
    state = ProfileState.objects.get()

    def asked(date, ahead=0):
        with clock.travel(date):
            return list(profiles_in_round(ahead=ahead))

    # A day early and late: zones differ, and whoever writes looks at the day in the profile's own.
    assert not asked(state.notice_on - 2 * DAY) and asked(state.notice_on - DAY) == [state]
    assert not asked(state.notice_on - 12 * DAY, ahead=10) and asked(state.notice_on - 11 * DAY, ahead=10) == [state]
    assert asked(state.archives_on) == [state] and not asked(state.archives_on + DAY)
    with clock.travel(state.due_on):
        assert list(profiles_in_round(organization)) == [state]
        assert not profiles_in_round(scenarios.organization()).exists()
        organizations.set_member_status(actor=None, organization=organization, status="left")
        assert not profiles_in_round().exists()
