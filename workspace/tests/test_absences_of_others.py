"""What managers and administrators do for people who are away, and what the desk says."""

from __future__ import annotations

import pytest

from accounts.models import NetworkRole
from core import clock
from messaging.models import Absence, Correspondent
from messaging.people import correspondents_for
from organizations.models import Membership
from organizations.people import remove_member
from organizations.tests.makers import make_organization, make_user
from workspace.tests.absences import DAY, NOW, PAGE, away, desk, filled, person_page, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_that_day():
    with clock.travel(NOW):
        yield


class TestForSomebodyElse:
    def test_the_team_page_shows_who_is_away_and_leads_to_the_form(self, house, anna, boris, manager):
        away(anna, boris)
        away(boris, manager, 10, 12)
        page = words(desk(manager).get("/ru/workspace/team/dom/"))
        assert "отсутствует до 9 июня 2026, заменяет Борис" in page
        assert "отсутствует 13–15 июня 2026, заменяет Марина" in page
        assert person_page(anna, house) in page

    def test_a_manager_writes_it_down_for_somebody_who_fell_ill(self, house, anna, boris, manager):
        client = desk(manager)
        answer = client.post(person_page(anna, house), filled(boris))
        assert answer["Location"] == "/ru/workspace/team/dom/"
        absence = Absence.objects.get()
        assert (absence.user, absence.delegate) == (anna, boris)
        page = words(client.post(f"{PAGE}{absence.public_id}/end/", follow=True))
        assert "Анна, 10–14 июня 2026: отсутствие снято" in page
        client.post(f"{PAGE}{absence.public_id}/put-back/")
        assert Absence.objects.get().user == anna

    def test_a_manager_learns_nothing_of_other_organisations(self, house, anna, manager):
        other = make_organization(name="Другой дом")
        Membership.objects.create(user=anna, organization=other, role="editor")
        vera = make_user(other, name="Вера")
        absence = away(anna, vera)
        client = desk(manager)
        for address in (person_page(anna, house), f"{PAGE}{absence.public_id}/", "/ru/workspace/team/dom/"):
            page = words(client.get(address))
            assert "Другой дом" not in page
        assert "никто не заменяет" in words(client.get("/ru/workspace/team/dom/"))
        assert client.post(person_page(anna, house), filled(vera, "2026-07-01", "2026-07-02")).status_code == 422

    @pytest.mark.parametrize("role", [NetworkRole.COORDINATOR, NetworkRole.ADMINISTRATOR])
    def test_not_for_people_of_the_network(self, house, boris, manager, role):
        person = make_user(house, name="Тимур", network_role=role)
        client = desk(manager)
        assert client.post(person_page(person, house), filled(boris)).status_code == 404
        page = words(client.get("/ru/workspace/team/dom/"))
        assert "Тимур" in page and person_page(person, house) not in page

    def test_an_administrator_does_it_for_a_coordinator(self):
        administrator = make_user(network_role=NetworkRole.ADMINISTRATOR, name="Ада")
        person = make_user(network_role=NetworkRole.COORDINATOR, name="Тимур", countries=["GE"])
        client = desk(administrator)
        address = person_page(person, None)
        assert address in words(client.get(PAGE))
        assert client.post(address, filled(administrator))["Location"] == PAGE
        assert Absence.objects.get().user == person
        assert "заменяет Ада" in words(client.get(PAGE))

    def test_a_coordinator_sees_no_others(self):
        person = make_user(network_role=NetworkRole.COORDINATOR)
        other = make_user(network_role=NetworkRole.COORDINATOR, name="Тимур", countries=["GE"])
        client = desk(person)
        assert not client.get(PAGE).context["network"]
        assert client.get(person_page(other, None)).status_code == 404

    def test_ones_own_address_leads_to_ones_own_page(self, house, anna, boris):
        assert desk(anna).get(person_page(anna, house))["Location"] == PAGE

    def test_nobody_who_left_and_nobody_unknown(self, house, anna, manager):
        address = person_page(anna, house)
        remove_member(actor=None, membership=anna.memberships.get())
        correspondents_for(house)
        client = desk(manager)
        assert client.get(address).status_code == client.get(f"{PAGE}people/zzzzzzzzzz/").status_code == 404
        assert Correspondent.objects.filter(left_at__isnull=False).exists()


class TestTheDesk:
    def test_it_says_that_one_is_away_and_takes_one_back(self, anna, boris):
        absence = away(anna, boris)
        client = desk(anna)
        page = words(client.get("/ru/workspace/"))
        assert "отмечено, что вас нет" in page and f"{PAGE}{absence.public_id}/end/" in page

    def test_it_says_for_whom_one_stands_in(self, anna, boris):
        away(anna, boris)
        assert "Вы заменяете: Анна отсутствует, 3–9 июня 2026" in words(desk(boris).get("/ru/workspace/"))

    def test_nothing_before_and_nothing_after(self, anna, boris):
        away(anna, boris, 3, 4)
        for user in (anna, boris):
            for days in (0, 5):
                with clock.travel(NOW + days * DAY):
                    page = words(desk(user).get("/ru/workspace/"))
                assert "отмечено" not in page and "Вы заменяете" not in page

    def test_a_coordinator_without_a_desk_sees_it_too(self):
        person = make_user(network_role=NetworkRole.COORDINATOR)
        away(person, make_user(network_role=NetworkRole.ADMINISTRATOR, name="Ада"))
        assert "Письма получает Ада" in words(desk(person).get("/ru/workspace/"))
