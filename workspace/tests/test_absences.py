"""One's own page of absences: declaring, what is left without a stand-in, ending, changing, undoing."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.messages import get_messages
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from messaging.dispatch import dispatch
from messaging.models import Absence
from messaging.services import record_bounce
from organizations.models import Membership
from organizations.people import change_role, remove_member
from organizations.tests.makers import make_organization, make_user
from verification.letters.reminders import remind
from verification.tests import scenarios
from workspace.tests.absences import DAY, NOW, PAGE, away, desk, filled, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_that_day():
    with clock.travel(NOW):
        yield


class TestMyPage:
    def test_an_absence_is_declared_with_three_fields(self, anna, boris):
        client = desk(anna)
        answer = client.post(PAGE, filled(boris), follow=True)
        assert "Борис получает письма, 10–14 июня 2026" in words(answer)
        absence = Absence.objects.get()
        assert (absence.user, absence.delegate) == (anna, boris)
        assert "заменяет Борис" in words(client.get(PAGE))

    def test_the_worker_then_writes_to_the_delegate(self):
        organization = scenarios.organization()
        owner = scenarios.person(organization)
        manager = scenarios.person(organization, role="manager")
        with clock.travel(dt.date(2026, 1, 5)):
            scenarios.published(scenarios.place(organization))
        desk(owner).post(PAGE, filled(manager, "2026-06-05", "2026-06-06"))
        with clock.travel(NOW + 2 * DAY):  # thirty days before the date
            remind()
            dispatch()
        assert [letter.to for letter in mail.outbox] == [[manager.email]]

    def test_in_english_too(self, anna, boris):
        away(anna, boris)
        assert "Борис stands in" in words(desk(anna).get("/en/workspace/absences/"))

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"starts_on": ""}, "starts_on"),
            ({"starts_on": "soon"}, "starts_on"),
            ({"starts_on": "2026-06-02"}, "starts_on"),
            ({"ends_on": "2026-06-09"}, "ends_on"),
            ({"ends_on": "9999-12-31"}, "ends_on"),
            ({"ends_on": "0001-01-01"}, "ends_on"),
            ({"delegate": ""}, "delegate"),
            ({"delegate": "999999999999999999999"}, "delegate"),
            ({"delegate": "\x00"}, "delegate"),
        ],
    )
    def test_bad_input_is_explained_at_the_field(self, anna, boris, change, field):
        answer = desk(anna).post(PAGE, filled(boris) | change)
        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == [field]
        assert not Absence.objects.exists()

    def test_only_colleagues_who_may_do_the_work_are_offered(self, house, anna, boris):
        make_user(house, role="reader", name="Читает")
        page = words(desk(anna).get(PAGE))
        assert "Борис" in page and "Читает" not in page
        stranger = make_user(make_organization())
        assert desk(anna).post(PAGE, filled(stranger)).context["form"].errors["delegate"]

    def test_a_colleague_who_is_away_says_so_before_being_chosen(self, anna, boris, manager):
        away(boris, manager, 7, 9)
        assert "Борис · отсутствует 10–12 июня 2026" in words(desk(anna).get(PAGE))

    def test_many_colleagues_make_a_list(self, house, anna):
        for number in range(7):
            make_user(house, name=f"Человек {number}")
        assert '<select name="delegate"' in words(desk(anna).get(PAGE))

    def test_without_a_colleague_the_page_says_what_to_do(self, anna):
        assert "руководитель может пригласить коллегу" in words(desk(anna).get(PAGE))
        assert desk(anna).post(PAGE, filled(anna)).status_code == 422

    def test_for_whom_one_stands_in_and_until_when(self, anna, boris, manager):
        away(anna, boris, 0, 6)
        away(boris, manager, 2, 3)
        page = words(desk(boris).get(PAGE))
        assert "Анна" in page and "3–9 июня 2026 · Дом" in page
        assert "5–6 июня 2026: письма получает Марина, потому что вас тоже нет." in page

    def test_the_last_five_that_are_over(self, anna, boris):
        for number in range(6):
            away(anna, boris, number, number)
        with clock.travel(NOW + 30 * DAY):
            answer = desk(anna).get(PAGE)
        assert [shown.days for shown in answer.context["past"]] == [f"{day} июня 2026" for day in (8, 7, 6, 5, 4)]
        assert answer.context["absences"] == []

    @pytest.mark.parametrize("role", ["reader", None])
    def test_whoever_gets_no_letters_finds_nothing(self, house, role):
        user = make_user(house, role=role) if role else make_user()
        client = desk(user)
        assert client.get(PAGE).status_code == 404
        assert PAGE not in words(client.get("/ru/workspace/"))

    def test_the_way_there(self, anna, boris):
        assert f'href="{PAGE}"' in words(desk(anna).get("/ru/workspace/"))

    def test_queries_do_not_grow_with_colleagues_and_absences(self, house, anna, boris, manager):
        def queries(people: range) -> int:
            for number in people:
                away(make_user(house, name=f"Человек {number}"), boris, number, number + 3)
                away(anna, boris, number, number)
            client = desk(boris)
            client.get(PAGE)
            with CaptureQueriesContext(connection) as seen:
                assert client.get(PAGE).status_code == 200
            return len(seen)

        assert queries(range(3)) == queries(range(3, 12))


class TestNobodyStandsIn:
    """The page says plainly where and when nobody does, and who gets the letters then."""

    THEN = "Тогда письма получают коллеги, которые на месте, а если их нет, координатор страны."

    def test_the_delegate_left(self, anna, boris):
        away(anna, boris)
        remove_member(actor=None, membership=boris.memberships.get())
        page = words(desk(anna).get(PAGE))
        assert "никто не заменяет" in page and "заменяет Борис" not in page
        assert "Борис не ведёт услуги этой организации." in page and self.THEN in page

    def test_the_delegate_lost_the_role(self, anna, boris):
        away(anna, boris)
        change_role(actor=None, membership=boris.memberships.get(), role="reader")
        assert "Борис не ведёт услуги этой организации" in words(desk(anna).get(PAGE))
        assert desk(boris).get(PAGE).status_code == 404

    def test_no_letters_reach_the_delegate(self, anna, boris):
        away(anna, boris)
        record_bounce(address=boris.email, reason="550")
        assert "Борис сейчас не получает писем." in words(desk(anna).get(PAGE))

    def test_a_circle_of_two(self, anna, boris):
        away(anna, boris, 0, 6)
        away(boris, anna, 4, 9)
        page = words(desk(anna).get(PAGE))
        assert "7–9 июня 2026: никто не заменяет, потому что Борис тоже отсутствует." in page and self.THEN in page

    def test_in_one_of_several_organisations(self, anna, boris):
        other = make_organization(name="Другой дом")
        Membership.objects.create(user=anna, organization=other, role="editor")
        make_user(other, name="Вера")
        client = desk(anna)
        assert "Борис · Дом" in words(client.get(PAGE)) and "Вера · Другой дом" in words(client.get(PAGE))
        client.post(PAGE, filled(boris))
        page = words(client.get(PAGE))
        assert "Дом: заменяет Борис" in page
        assert 'Другой дом: <span class="tag warn">никто не заменяет</span>' in page
        assert "Борис не ведёт услуги этой организации." in page


class TestEndingAndChanging:
    def test_one_press_when_back_and_one_to_undo(self, anna, boris):
        absence = away(anna, boris)
        with clock.travel(NOW + 2 * DAY):
            client = desk(anna)
            page = words(client.post(f"{PAGE}{absence.public_id}/end/", follow=True))
            assert "С возвращением" in page
            assert Absence.objects.get().ends_on == dt.date(2026, 6, 4)
            client.post(f"{PAGE}{absence.public_id}/put-back/")
        assert Absence.objects.get().ends_on == dt.date(2026, 6, 9)

    def test_a_coming_one_is_called_off_and_brought_back(self, anna, boris):
        absence = away(anna, boris, 3, 6)
        client = desk(anna)
        assert "отменено" in words(client.post(f"{PAGE}{absence.public_id}/end/", follow=True))
        assert not Absence.objects.exists()
        client.post(f"{PAGE}{absence.public_id}/put-back/")
        assert Absence.objects.get().public_id == absence.public_id

    def test_undoing_too_late_says_why(self, anna, boris):
        absence = away(anna, boris, 3, 6)
        client = desk(anna)
        client.post(f"{PAGE}{absence.public_id}/end/")
        away(anna, boris, 4, 5)
        answer = client.post(f"{PAGE}{absence.public_id}/put-back/", follow=True)
        assert [message.level_tag for message in get_messages(answer.wsgi_request)] == ["error"]
        assert Absence.objects.count() == 1

    def test_nothing_is_offered_to_undo_what_others_ended(self, anna, boris):
        absence = away(anna, boris)
        desk(anna).post(f"{PAGE}{absence.public_id}/end/")
        for address in (f"{PAGE}?undo={absence.public_id}", f"{PAGE}?undo=zzzzzzzzzz", f"{PAGE}?undo=%00"):
            assert desk(boris).get(address).context["undo"] is None

    def test_days_and_delegate_change(self, anna, boris, manager):
        absence = away(anna, boris, 3, 6)
        client = desk(anna)
        address = f"{PAGE}{absence.public_id}/"
        assert 'value="2026-06-06"' in words(client.get(address))
        client.post(address, filled(manager) | {"version": "1"})
        absence.refresh_from_db()
        assert (absence.delegate, absence.starts_on) == (manager, dt.date(2026, 6, 10))

    def test_the_first_day_of_what_has_begun_stays(self, anna, boris):
        absence = away(anna, boris)
        with clock.travel(NOW + 2 * DAY):
            client = desk(anna)
            answer = client.post(
                f"{PAGE}{absence.public_id}/", filled(boris, "2026-06-07", "2026-06-20") | {"version": "1"}
            )
        assert answer.status_code == 302
        absence.refresh_from_db()
        assert (absence.starts_on, absence.ends_on) == (dt.date(2026, 6, 3), dt.date(2026, 6, 20))

    def test_whoever_saves_second_sees_what_the_first_changed(self, anna, boris, manager):
        absence = away(anna, boris, 3, 6)
        address = f"{PAGE}{absence.public_id}/"
        desk(manager).post(address, filled(manager, "2026-06-06", "2026-06-09") | {"version": "1"})
        answer = desk(anna).post(address, filled(boris, "2026-06-06", "2026-06-11") | {"version": "1"})
        assert answer.status_code == 422 and answer.context["form"].rival_news
        absence.refresh_from_db()
        assert (absence.delegate, absence.ends_on) == (manager, dt.date(2026, 6, 9))

    def test_what_is_over_cannot_be_opened(self, anna, boris):
        absence = away(anna, boris)
        with clock.travel(NOW + 9 * DAY):
            client = desk(anna)
            assert client.get(f"{PAGE}{absence.public_id}/")["Location"] == PAGE
            assert client.post(f"{PAGE}{absence.public_id}/end/")["Location"] == PAGE
        assert Absence.objects.get().ends_on == absence.ends_on

    def test_an_absence_of_others_is_a_missing_page(self, anna, boris):
        absence = away(anna, boris)
        for user in (boris, make_user(make_organization(), role="manager"), make_user(network_role="coordinator")):
            client = desk(user)
            for name in ("", "end/", "put-back/"):
                assert client.post(f"{PAGE}{absence.public_id}/{name}").status_code == 404
            assert client.get(f"{PAGE}{absence.public_id}/").status_code == 404
        assert Absence.objects.get() == absence
