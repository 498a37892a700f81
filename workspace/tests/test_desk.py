"""The desk: what I see of my listings, and «Всё верно»."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from directory.tables.listings import PublicListing
from organizations.tests.makers import make_organization, make_user
from services.tests.makers import make_attribute, make_listing, make_service
from verification import services as verification
from verification.completeness.parts import PARTS
from verification.models import Check
from verification.tests import scenarios
from workspace.desk.gaps import missed_part
from workspace.tests.world import World


def steps(page) -> dict[str, str]:
    rows = [row for group in page.context["groups"] for row in group["rows"]]
    return {row.listing.service.title: row.step.name for row in rows}


class TestDesk:
    def test_a_new_member_is_led_to_the_first_place(self, db):
        organization = make_organization()
        page = World(organization, organization, make_user(organization), *[None] * 4).get("")
        assert f"/organizations/{organization.slug}/places/new/" in page.content.decode()

    def test_each_listing_has_one_next_step(self, world):
        world.publish(world.add_listing(title="На карте"))
        changed = world.publish(world.add_listing(title="С правками"))
        changed.service.__class__.objects.filter(pk=changed.service_id).update(summary="Иначе")
        sent = world.add_listing(title="Отправлена")
        world.submit(sent)
        returned = world.add_listing(title="Возвращена")
        review = world.submit(returned)
        verification.ask_for_changes(review=review, actor=world.verifier, reason="Уточните часы")
        assert steps(world.get("")) == {
            "Тест на ВИЧ": "submit",
            "На карте": "none",
            "С правками": "submit",
            "Отправлена": "wait",
            "Возвращена": "returned",
        }

    def test_an_edit_after_sending_can_be_sent_again(self, world):
        world.submit()
        assert steps(world.get("")) == {"Тест на ВИЧ": "wait"}
        world.service.__class__.objects.filter(pk=world.service.pk).update(title="Иначе")
        assert steps(world.get("")) == {"Иначе": "submit"}

    def test_what_is_due_asks_to_be_confirmed(self, world):
        world.publish()
        with clock.travel(clock.now() + dt.timedelta(days=200)):
            page = world.get("?show=due")
            assert steps(page) == {"Тест на ВИЧ": "confirm"}

    def test_filters_and_search_narrow_the_list(self, world):
        world.publish(world.add_listing(title="Налоксон"))
        assert set(steps(world.get("?show=published"))) == {"Налоксон"}
        assert set(steps(world.post("", {"q": "налок"}))) == {"Налоксон"}
        assert steps(world.post("", {"q": "такого нет"})) == {}
        assert set(steps(world.get("?show=nonsense"))) == {"Налоксон", "Тест на ВИЧ"}

    def test_others_listings_are_not_there(self, world):
        make_listing(make_service(world.other, title="Чужая"))
        assert "Чужая" not in world.get("").content.decode()
        assert "Чужая" not in world.get(f"?organization={world.other.slug}").content.decode()

    def test_an_administrator_chooses_the_organization(self, world):
        administrator = make_user(network_role="administrator")
        page = world.get(f"?organization={world.organization.slug}", administrator)
        assert page.context["organization"] == world.organization
        assert steps(page) == {"Тест на ВИЧ": "submit"}

    def test_twelve_listings_cost_as_many_queries_as_three(self, world):
        def cost() -> int:
            client = world.client(world.editor)
            client.get("/ru/workspace/")
            with CaptureQueriesContext(connection) as queries:
                client.get("/ru/workspace/")
            return len(queries)

        for _number in range(2):
            world.publish(world.add_listing())
        few = cost()
        for _number in range(9):
            world.publish(world.add_listing())
        assert cost() == few


class TestConfirm:
    def test_one_press_moves_the_dates_and_changes_nothing_else(self, world):
        listing = world.publish()
        later = clock.now() + dt.timedelta(days=200)
        with clock.travel(later):
            page = world.get(f"confirm/?organization={world.organization.slug}")
            assert "+995 32 212 34 56" in page.content.decode()
            answer = world.post("confirm/", {"listing": listing.public_id})
            day = clock.today(listing.timezone)
        assert answer.status_code == 302
        listing.state.refresh_from_db()
        assert listing.state.checked_on == day
        assert Check.objects.filter(listing=listing, method="workspace", checked_by=world.editor).exists()
        assert listing.service.version == 1

    def test_drafts_and_others_cannot_be_confirmed(self, world):
        foreign = make_listing(make_service(world.other))
        world.post("confirm/", {"listing": [world.listing.public_id, foreign.public_id]})
        assert not Check.objects.exists()

    def test_nothing_chosen_confirms_nothing(self, world):
        world.publish()
        before = Check.objects.count()
        page = world.client(world.editor).post("/ru/workspace/confirm/", {}, follow=True)
        assert Check.objects.count() == before
        assert list(page.context["messages"])

    def test_what_is_fresh_is_not_asked_about(self, world):
        world.publish()
        assert world.get("confirm/").context["cards"] == []


class TestAtOnce:
    def test_operation_stands_on_the_map_at_once(self, world):
        listing = world.publish()
        path = f"listings/{listing.public_id}/operation/"
        world.post(path, {"operation": "paused", "operation_note": "До понедельника"})
        row = PublicListing.objects.get(pk=listing.public_id)
        assert (row.operation, row.content["ru"]["operation_note"]) == ("paused", "До понедельника")

    def test_hiding_needs_a_reason_and_can_be_undone(self, world):
        listing = world.publish()
        assert world.post(f"listings/{listing.public_id}/hide/", {"reason": " "}).status_code == 422
        assert PublicListing.objects.exists()
        world.post(f"listings/{listing.public_id}/hide/", {"reason": "Ремонт"})
        assert not PublicListing.objects.exists()
        world.post(f"listings/{listing.public_id}/restore/")
        assert PublicListing.objects.exists()

    def test_only_a_draft_without_history_is_deleted(self, world):
        draft = world.add_listing()
        world.post(f"listings/{draft.public_id}/delete/")
        assert not draft.__class__.objects.filter(pk=draft.pk).exists()
        listing = world.publish()
        world.post(f"listings/{listing.public_id}/delete/")
        assert listing.__class__.objects.filter(pk=listing.pk).exists()


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_desk_speaks_both_languages(world, language):
    page = world.client(world.editor).get(f"/{language}/workspace/")
    assert page.status_code == 200
    assert re.search(rf'<html\s+lang="{language}"', page.content.decode())


def test_how_often_to_check_is_chosen_by_the_owner_and_asked_by_the_coordinator(world):
    row = world.publish()
    assert (
        "как положено для этого вида услуг: раз в 6 месяцев"
        in world.get(f"listings/{row.public_id}/interval/").content.decode()
    )
    shown = world.post(f"listings/{row.public_id}/interval/", {"days": "30"})
    assert shown.status_code == 302
    assert "(раз в месяц)" in world.get(f"listings/{row.public_id}/").content.decode()
    coordinator = scenarios.coordinator()
    path = f"coordination/listings/{row.public_id}/interval/"
    assert world.post(path, {"days": "14", "reason": ""}, user=coordinator).status_code == 422
    assert world.post(path, {"days": "14", "reason": "Часы меняются."}, user=coordinator).status_code == 302
    refused = world.post(f"listings/{row.public_id}/interval/", {"days": "class"})
    assert refused.status_code == 422 and "Часы меняются." in refused.content.decode()


class TestWhatWouldHelp:
    def test_the_page_of_a_listing_says_what_each_missing_part_would_bring(self, world):
        page = world.get(f"listings/{world.listing.public_id}/")
        gaps = page.context["row"].gaps
        assert gaps and all(f'<a href="{gap.url}">{gap.gain}</a>' in page.content.decode() for gap in gaps)

    def test_every_part_leads_to_a_field_that_is_there(self, world):
        make_attribute()
        moving = world.add_listing(delivery=["mobile", "outreach"])
        for part in PARTS:
            row = moving if part.weight.only else world.listing
            address, anchor = missed_part(part, row).url.split("#")
            assert f'id="{anchor}"' in world.client(world.editor).get(address).content.decode(), part.code

    def test_the_desk_shows_what_can_say_more_the_poorest_first(self, world):
        poor = world.add_listing(title="Почти пусто")
        poor.service.__class__.objects.filter(pk=poor.service_id).update(languages=[], documents=[], cost="unknown")
        page = world.get("?show=gaps")
        rows = [row for group in page.context["groups"] for row in group["rows"]]
        assert next(row.listing.service.title for row in rows) == "Почти пусто"
        assert "языки" in page.content.decode()

    def test_nobody_is_asked_for_more_of_what_is_off_the_map(self, world):
        world.publish()
        verification.hide(listing=world.listing, actor=world.editor, reason="Закрылись")
        assert world.get("?show=gaps").context["groups"] == []
