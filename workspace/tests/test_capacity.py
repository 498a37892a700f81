"""Whether there are places: said in the workspace, behind the letter's link and during a check, by one press."""

from __future__ import annotations

import datetime as dt
import html

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core import clock
from core.tests.shared import shared
from directory.shown.supplies import SUPPLY_TYPES
from directory.tables.listings import PublicListing
from facts.capacity import answers
from messaging.people import correspondents_for
from organizations.tests.makers import make_user
from services.models import ServiceType
from verification import answering
from verification import services as verification
from verification.letters.links import issue_link
from verification.models import CapacityReport, ListingState
from workspace.tests.world import make_world

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def published_world():
    made = make_world()
    made.publish()
    return made


_ground, world = shared(published_world)


def press(world, data, user=None):
    return world.post(f"listings/{world.listing.public_id}/capacity/", data, user)


def text_of(answer):
    return html.unescape(answer.content.decode())


def row(world):
    return PublicListing.objects.get(pk=world.listing.public_id)


def levels_of(types, chosen=""):
    return [answer["level"] for answer in answers(types, chosen=chosen)]


def test_only_what_is_given_out_runs_out():
    assert "out_of_stock" in levels_of(["art"]) and "out_of_stock" in levels_of(["psychologist", "condoms_lubricants"])
    assert levels_of(["psychologist"]) == ["free", "limited", "full", "unknown"]
    assert "out_of_stock" in levels_of(["psychologist"], "out_of_stock")  # said before the types were changed
    assert set(ServiceType.objects.values_list("code", flat=True)) >= SUPPLY_TYPES


class TestWorkspace:
    def test_one_press_stands_on_the_map_and_leads_back(self, world):
        answer = press(world, {"level": "limited", "note": "Две кровати", "note_en": "Two beds"})
        path = f"/ru/workspace/listings/{world.listing.public_id}/"
        assert (answer.status_code, answer["Location"]) == (302, f"{path}#capacity")
        assert (row(world).capacity_level, row(world).capacity_note) == (
            "limited",
            {"ru": "Две кровати", "en": "Two beds"},
        )
        page = text_of(world.client(world.editor).get(path))
        assert "Мест мало" in page and "сообщили сегодня, считается до" in page and "Две кровати" in page

    def test_another_press_changes_it_and_not_known_takes_it_back(self, world):
        for level in ("free", "out_of_stock", "unknown"):
            press(world, {"level": level})
        assert row(world).capacity_level == ""
        assert list(CapacityReport.objects.values_list("level", flat=True)) == ["unknown", "out_of_stock", "free"]

    def test_from_the_desk_it_leads_back_to_its_row_and_keeps_the_note(self, world):
        press(world, {"level": "limited", "note": "Две кровати"})
        with clock.travel(clock.now() + 3 * DAY):
            answer = press(world, {"level": "limited", "from": "desk"})
        organization, listing = world.organization.slug, world.listing.public_id
        assert answer["Location"] == f"/ru/workspace/?organization={organization}#listing-{listing}"
        assert row(world).capacity_note == {"ru": "Две кровати"}
        assert CapacityReport.objects.count() == 2

    @pytest.mark.parametrize("data", [{}, {"level": "plenty"}, {"level": "free", "note": "я" * 201}])
    def test_nonsense_changes_nothing_and_says_what_to_do(self, world, data):
        answer = press(world, data)
        assert answer.status_code == 422
        assert 'class="error' in text_of(answer) or "errors" in text_of(answer)
        assert not CapacityReport.objects.exists()

    def test_others_listings_are_not_there(self, world):
        for nobody in (
            world.verifier,
            make_user(world.other, role="manager"),
            make_user(world.organization, role="reader"),
        ):
            assert press(world, {"level": "free"}, nobody).status_code == 404
        assert not CapacityReport.objects.exists()

    def test_it_is_not_asked_of_a_draft_or_of_what_is_paused(self, world):
        draft = world.add_listing()
        assert "Есть ли места?" not in text_of(world.get(f"listings/{draft.public_id}/"))
        assert "Есть ли места?" in text_of(world.get(f"listings/{world.listing.public_id}/"))
        verification.set_operation(listing=world.listing, actor=world.editor, operation="paused")
        assert "Есть ли места?" not in text_of(world.get(f"listings/{world.listing.public_id}/"))
        answer = press(world, {"level": "free"})
        assert answer.status_code == 422 and "приостановлена" in text_of(answer)

    def test_the_desk_says_how_long_it_counts(self, world):
        assert "capacity-quick" not in text_of(world.get(""))
        press(world, {"level": "full"})
        assert "Обновить ответ" in text_of(world.get(""))
        assert "скоро станет неизвестно" not in text_of(world.get(""))
        with clock.travel(clock.now() + 28 * DAY):
            assert "скоро станет неизвестно" in text_of(world.get(""))
        with clock.travel(clock.now() + 31 * DAY):
            page = text_of(world.get(""))
            assert "Есть ли места – неизвестно" in page and "Мест нет ·" not in page
        with clock.travel(clock.now() + 121 * DAY):
            assert "capacity-quick" not in text_of(world.get(""))

    def test_twelve_words_cost_as_many_queries_as_three(self, world):
        def cost():
            client = world.client(world.editor)
            client.get("/ru/workspace/")
            with CaptureQueriesContext(connection) as queries:
                client.get("/ru/workspace/")
            return len(queries)

        def add(count):
            for _number in range(count):
                listing = world.publish(world.add_listing())
                verification.report_capacity(listing=listing, actor=world.editor, level="free")

        add(2)
        few = cost()
        add(9)
        assert cost() == few

    def test_the_history_tells_who_said_what(self, world):
        press(world, {"level": "full", "note": "До пятницы"})
        page = text_of(world.get(f"listings/{world.listing.public_id}/history/"))
        assert "Мест нет: в кабинете" in page and "До пятницы" in page


class TestLink:
    def token(self, world, *, only_capacity=False):
        person = correspondents_for(world.organization).get(user=world.editor)
        states = list(ListingState.objects.filter(listing=world.listing))
        about = {"states": [], "only_capacity": states} if only_capacity else {"states": states}
        token = issue_link(to=person, **about)[1]
        return token, answering.lines_of(answering.find_link(token))[0].item.public_id

    def page(self, token):
        answer = Client().get(f"/ru/confirm/{token}/")
        assert answer.status_code == 200
        return text_of(answer)

    def test_one_press_without_a_login(self, world, client):
        press(world, {"level": "full"})
        with clock.travel(clock.now() + 28 * DAY):
            token, item = self.token(world, only_capacity=True)
            assert "<h1>Есть ли места?</h1>" in self.page(token)
            answer = client.post(f"/ru/confirm/{token}/capacity/{item}/", {"level": "free"})
            assert (answer.status_code, answer["Location"]) == (302, f"/ru/confirm/{token}/#capacity-{item}")
            page = self.page(token)
        assert "Есть места" in page and "сообщили сегодня" in page and "Спасибо" in page
        report = CapacityReport.objects.newest().get()
        assert (report.method, report.correspondent.user) == ("link", world.editor)
        assert row(world).capacity_level == "free"

    def test_looking_says_nothing(self, world, client):
        press(world, {"level": "full"})
        token, item = self.token(world)
        for _scan in range(5):
            client.get(f"/ru/confirm/{token}/")
            assert client.get(f"/ru/confirm/{token}/capacity/{item}/").status_code == 405
        assert CapacityReport.objects.count() == 1

    def test_it_stands_on_the_card_and_stays_after_the_answer(self, world, client):
        assert "capacity-ask" not in self.page(self.token(world)[0])
        press(world, {"level": "full"})
        with clock.travel(clock.now() + DAY):
            token, item = self.token(world)
            assert self.page(token).count("capacity-ask") == 1
            client.post(f"/ru/confirm/{token}/answer/", {"item": [item]})
            page = self.page(token)
        assert page.count("capacity-ask") == 1 and "Спасибо" in page

    def test_a_word_that_lapsed_long_ago_is_not_asked_about(self, world):
        press(world, {"level": "full"})
        for days, asked in ((31, 1), (119, 1), (121, 0)):
            with clock.travel(clock.now() + days * DAY):
                token, _item = self.token(world)
                assert self.page(token).count("capacity-ask") == asked, days

    @pytest.mark.parametrize("data", [{}, {"level": "plenty"}])
    def test_nonsense_changes_nothing(self, world, client, data):
        token, item = self.token(world, only_capacity=True)
        assert client.post(f"/ru/confirm/{token}/capacity/{item}/", data).status_code == 422
        assert client.post(f"/ru/confirm/{token}/capacity/nothing/", {"level": "free"}).status_code == 422
        assert client.post(f"/ru/confirm/{'x' * 32}/capacity/{item}/", {"level": "free"}).status_code == 404
        assert not CapacityReport.objects.exists()

    def test_the_page_of_twenty_costs_as_much_as_that_of_two(self, world):
        def cost(count):
            rows = [world.publish(world.add_listing()) for _number in range(count)]
            for listing in rows:
                verification.report_capacity(listing=listing, actor=world.editor, level="free")
            person = correspondents_for(world.organization).get(user=world.editor)
            states = ListingState.objects.filter(listing__in=rows)
            token = issue_link(to=person, states=[], only_capacity=states)[1]
            self.page(token)
            with CaptureQueriesContext(connection) as queries:
                self.page(token)
            return len(queries)

        assert cost(2) == cost(8)


class TestCheck:
    def address(self, world):
        return f"/ru/workspace/coordination/checks/{world.listing.public_id}/"

    def coordinator(self, world):
        return world.client(make_user(world.other, network_role="coordinator"))

    def check(self, **more):
        return {"method": "call", "outcome": "correct", "fields_asked": "contacts", "action": "save", **more}

    def test_what_was_heard_stands_on_the_map_with_the_check(self, world):
        client = self.coordinator(world)
        assert "Есть ли места?" in text_of(client.get(self.address(world)))
        assert client.post(self.address(world), self.check(capacity="limited")).status_code == 302
        report = CapacityReport.objects.get()
        assert (report.level, report.method, report.organization) == ("limited", "call", world.other)
        assert row(world).capacity_level == "limited"

    def test_who_did_not_ask_says_nothing(self, world):
        assert self.coordinator(world).post(self.address(world), self.check(capacity="")).status_code == 302
        assert not CapacityReport.objects.exists()

    def test_the_owners_word_on_the_phone(self, world):
        data = self.check(action="owner", capacity="full")
        assert self.coordinator(world).post(self.address(world), data).status_code == 302
        report = CapacityReport.objects.get()
        assert (report.level, report.method, report.organization) == ("full", "coordinator_phone", world.organization)

    def test_a_level_that_nobody_knows_is_refused(self, world):
        before = world.listing.checks.count()
        assert self.coordinator(world).post(self.address(world), self.check(capacity="plenty")).status_code == 422
        assert world.listing.checks.count() == before

    def test_it_is_not_asked_where_nobody_is_taken(self, world):
        verification.set_operation(listing=world.listing, actor=world.editor, operation="paused")
        client = self.coordinator(world)
        assert "Есть ли места?" not in text_of(client.get(self.address(world)))
        assert client.post(self.address(world), self.check(capacity="limited")).status_code == 302
        assert not CapacityReport.objects.exists()
