"""The people of an organisation, and who sees and edits which organisation."""

import pytest

from core.errors import HouseError, NotAllowed, WrongState
from organizations.models import Location, Membership, Organization
from organizations.models.organization import is_network_person
from organizations.people import add_member, change_role, remove_member
from organizations.tests.makers import make_location, make_organization, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def organization():
    return make_organization()


@pytest.fixture
def manager(organization):
    return make_user(organization, role="manager")


class TestTeam:
    def test_somebody_who_is_there_keeps_their_role(self, organization, manager):
        user = make_user()
        assert add_member(actor=manager, organization=organization, user=user, role="editor").role == "editor"
        assert add_member(actor=manager, organization=organization, user=user, role="reader").role == "editor"
        assert organization.memberships.filter(user=user).count() == 1

    @pytest.mark.parametrize("role", ["reader", "editor"])
    def test_only_managers_change_the_team(self, organization, manager, role):
        member = make_user(organization, role=role)
        theirs = manager.memberships.get()
        for act in (
            lambda: add_member(actor=member, organization=organization, user=make_user(), role="reader"),
            lambda: change_role(actor=member, membership=member.memberships.get(), role="manager"),
            lambda: remove_member(actor=member, membership=theirs),
        ):
            with pytest.raises(NotAllowed):
                act()
        assert member.memberships.get().role == role and Membership.objects.filter(pk=theirs.pk).exists()

    def test_a_manager_of_another_organization_changes_nothing(self, organization, manager):
        stranger = make_user(make_organization(), role="manager")
        with pytest.raises(NotAllowed):
            remove_member(actor=stranger, membership=manager.memberships.get())

    @pytest.mark.parametrize("act", ["change", "remove"])
    def test_the_last_manager_stays(self, organization, manager, act):
        mine = manager.memberships.get()
        with pytest.raises(WrongState):
            if act == "change":
                change_role(actor=manager, membership=mine, role="editor")
            else:
                remove_member(actor=manager, membership=mine)
        assert manager.memberships.get().role == "manager"

    def test_a_manager_whose_account_is_closed_does_not_count(self, organization, manager):
        make_user(organization, role="manager", is_active=False)
        with pytest.raises(WrongState):
            remove_member(actor=manager, membership=manager.memberships.get())

    def test_a_manager_of_another_organization_does_not_count(self, organization, manager):
        make_user(make_organization(), role="manager")
        with pytest.raises(WrongState):
            change_role(actor=manager, membership=manager.memberships.get(), role="reader")

    def test_with_a_second_manager_the_first_may_go(self, organization, manager):
        second = make_user(organization, role="manager")
        remove_member(actor=second, membership=manager.memberships.get())
        assert list(organization.memberships.values_list("user", flat=True)) == [second.pk]
        manager.refresh_from_db()
        assert manager.is_active, "the account stays"

    def test_a_manager_who_stays_a_manager_needs_nobody_beside_them(self, organization, manager):
        assert change_role(actor=manager, membership=manager.memberships.get(), role="manager").role == "manager"

    @pytest.mark.parametrize("role", ["", "owner", "MANAGER"])
    def test_there_are_no_other_roles(self, organization, manager, role):
        member = make_user(organization).memberships.get()
        with pytest.raises(HouseError) as caught:
            change_role(actor=manager, membership=member, role=role)
        assert caught.value.field == "role"
        with pytest.raises(HouseError):
            add_member(actor=manager, organization=organization, user=make_user(), role=role)


def found(queryset):
    return set(queryset.values_list("slug", flat=True))


class TestWhoSeesAndEdits:
    @pytest.fixture
    def world(self):
        """Organisations by their standing, and one that works elsewhere."""
        standings = ("member", "associate", "applicant", "external", "suspended", "left")
        made = {status: make_organization(slug=status, member_status=status) for status in standings}
        made["far"] = make_organization(slug="far", registration_country="KZ", countries=["KZ", "KG"])
        return made

    @pytest.mark.parametrize(
        ("role", "edits", "manages"),
        [("reader", set(), set()), ("editor", {"member"}, set()), ("manager", {"member"}, {"member"})],
    )
    def test_people_edit_and_manage_their_own(self, world, role, edits, manages):
        user = make_user(world["member"], role=role)
        assert found(Organization.objects.editable_by(user)) == edits
        assert found(Organization.objects.managed_by(user)) == manages

    def test_an_administrator_edits_and_manages_all_until_the_account_is_closed(self, world):
        administrator = make_user(network_role="administrator")
        assert found(Organization.objects.editable_by(administrator)) == world.keys()
        assert found(Organization.objects.managed_by(administrator)) == world.keys()
        administrator.is_active = False
        assert not Organization.objects.editable_by(administrator).exists()
        assert not Organization.objects.managed_by(administrator).exists()

    @pytest.mark.parametrize("role", ["coordinator", "verifier", "evaluator"])
    def test_a_role_in_the_network_edits_nothing(self, world, role):
        user = make_user(network_role=role)
        assert not Organization.objects.editable_by(user).exists()
        assert not Organization.objects.managed_by(user).exists()

    def test_people_with_two_memberships_find_each_organization_once(self, world):
        user = make_user(world["member"])
        Membership.objects.create(user=user, organization=world["far"], role="manager")
        assert sorted(Organization.objects.editable_by(user).values_list("slug", flat=True)) == ["far", "member"]

    def test_places_follow_their_organization(self, world):
        place, _other = make_location(world["member"]), make_location(world["far"])
        assert list(Location.objects.editable_by(make_user(world["member"]))) == [place]

    def test_the_network_is_members_and_associates(self, world):
        assert found(Organization.objects.in_network()) == {"member", "associate", "far"}

    @pytest.mark.parametrize("role", ["", "verifier", "coordinator", "evaluator"])
    def test_people_of_the_network_see_all_but_those_that_left(self, world, role):
        user = make_user(None if role else world["associate"], network_role=role)
        assert found(Organization.objects.visible_to(user)) == world.keys() - {"left"}

    def test_an_administrator_sees_those_that_left_too(self, world):
        assert found(Organization.objects.visible_to(make_user(network_role="administrator"))) == world.keys()

    @pytest.mark.parametrize("status", ["applicant", "external", "suspended", "left", None])
    def test_others_see_none(self, world, status):
        user = make_user(world[status] if status else None)
        assert not is_network_person(user)
        assert not Organization.objects.visible_to(user).exists()

    def test_a_closed_account_is_nobody(self, world):
        user = make_user(world["member"], is_active=False)
        assert not is_network_person(user)

    def test_a_country_is_where_it_works_or_is_registered(self, world):
        make_organization(slug="seat", registration_country="PL", countries=["KG"])
        assert found(Organization.objects.in_countries(["KG"])) == {"far", "seat"}
        assert found(Organization.objects.in_countries(["PL"])) == {"seat"}
        assert found(Organization.objects.in_countries([])) == set()

    @pytest.mark.parametrize(
        ("role", "countries", "sees"),
        [
            ("coordinator", ["KZ"], {"far"}),
            ("coordinator", ["PL"], set()),
            ("administrator", ["PL"], "all"),
            ("coordinator", [], "all"),
            ("verifier", ["KZ"], set()),
            ("", [], set()),
        ],
    )
    def test_the_circle_of_a_coordinator(self, world, role, countries, sees):
        user = make_user(network_role=role, countries=countries)
        assert found(Organization.objects.in_circle_of(user)) == (world.keys() if sees == "all" else sees)

    def test_the_predicate_and_the_query_agree(self, world):
        for organization in Organization.objects.all():
            for code in ("GE", "KZ", "KG", "PL"):
                asked = Organization.objects.in_countries([code]).filter(pk=organization.pk).exists()
                assert asked == (code in organization.countries_at_all)
