"""From the working copy to the map: the difference, sending, checking, deciding."""

import datetime as dt

import pytest

from core import clock
from directory.tables.listings import PublicListing
from organizations import services as organizations
from organizations.tests.makers import make_organization, make_user
from services import services
from services.models import Service
from verification import services as verification
from verification.models import Check, Review
from workspace.tests.world import World


def rename(world: World, title: str) -> None:
    service = Service.objects.get(pk=world.service.pk)
    services.update_service(actor=world.editor, service=service, expected_version=service.version, title=title)


def decide(world: World, review: Review, action: str, user=None, **data):
    chosen = {"action": action, "method": "read"} | data
    return world.post(f"reviews/{review.public_id}/decide/", chosen, user or world.verifier)


def state_of(review: Review) -> str:
    review.refresh_from_db()
    return review.state


class TestSending:
    def test_the_summary_shows_what_changes_word_by_word(self, world):
        world.publish()
        rename(world, "Быстрый тест на ВИЧ")
        page = world.get(f"listings/{world.listing.public_id}/changes/")
        rows = page.context["changes"]
        assert [row.path for row in rows] == ["service.title"]
        assert rows[0].critical
        assert "<ins>" in page.content.decode()

    def test_sending_leaves_the_map_as_it_was(self, world):
        world.publish()
        rename(world, "Иначе")
        path = f"listings/{world.listing.public_id}/changes/"
        assert world.post(path, {"checked": "on", "message": "Новое название"}).status_code == 302
        review = Review.objects.open().get()
        assert (review.owner_checked, review.message, review.submitted_by) == (True, "Новое название", world.editor)
        assert PublicListing.objects.get().content["ru"]["title"] == "Тест на ВИЧ"

    def test_nothing_new_is_not_sent(self, world):
        world.publish()
        path = f"listings/{world.listing.public_id}/changes/"
        assert world.post(path).status_code == 422
        assert not Review.objects.open().exists()

    def test_a_place_sends_all_that_changed_there_and_shows_shared_changes_once(self, world):
        second = world.add_listing(title="Налоксон")
        for listing in (world.listing, second):
            world.publish(listing)
        contact = world.contact
        organizations.update_contact(actor=None, contact=contact, expected_version=1, value="+995 32 200 00 00")
        rename(world, "Иначе")
        page = world.get(f"places/{world.place.public_id}/changes/")
        assert [row.path for row in page.context["shared"]] == [f"contacts.{contact.public_id}"]
        own = {item["row"].listing.pk: [row.path for row in item["changes"]] for item in page.context["listings"]}
        assert own == {world.listing.pk: ["service.title"], second.pk: []}
        world.post(f"places/{world.place.public_id}/changes/", {"checked": "on"})
        reviews = Review.objects.open()
        assert reviews.count() == 2 and len({review.batch for review in reviews}) == 1

    def test_what_was_sent_can_be_taken_back(self, world):
        review = world.submit()
        world.post(f"listings/{world.listing.public_id}/withdraw/")
        assert state_of(review) == "withdrawn"
        world.post(f"listings/{world.listing.public_id}/withdraw/")
        assert state_of(review) == "withdrawn"

    def test_the_owner_reads_the_question(self, world):
        verification.ask_for_changes(review=world.submit(), actor=world.verifier, reason="Уточните субботу")
        assert "Уточните субботу" in world.get(f"listings/{world.listing.public_id}/").content.decode()

    def test_history_tells_who_did_what(self, world):
        world.publish()
        rename(world, "Иначе")
        text = world.get(f"listings/{world.listing.public_id}/history/").content.decode()
        assert str(world.editor) in text and str(world.verifier) in text


class TestQueue:
    def test_the_oldest_comes_first_and_own_ones_never(self, world):
        with clock.travel(clock.now() - dt.timedelta(days=2)):
            old = world.submit(world.add_listing())
        new = world.submit()
        page = world.get("reviews/", world.verifier)
        assert [line.review for line in page.context["lines"]] == [old, new]
        assert [line.is_late for line in page.context["lines"]] == [True, False]
        insider = make_user(world.organization, network_role="verifier")
        assert world.get("reviews/", insider).context["total"] == 0

    @pytest.mark.parametrize(
        ("query", "count"),
        [
            ("country=GE", 1),
            ("country=PL", 0),
            ("kind=new", 1),
            ("kind=edit", 0),
            ("kind=mine", 0),
            ("kind=x&page=x", 1),
        ],
    )
    def test_filters(self, world, query, count):
        world.submit()
        assert len(world.get(f"reviews/?{query}", world.verifier).context["lines"]) == count

    def test_two_verifiers_do_not_call_the_same_desk(self, world):
        review = world.submit()
        world.post(f"reviews/{review.public_id}/take/", user=world.verifier)
        other = make_user(make_organization(), network_role="verifier")
        page = world.get(f"reviews/{review.public_id}/", other)
        assert page.context["taken_by_other"]
        assert str(world.verifier) in page.content.decode()
        decide(world, review, "approve", other)
        assert state_of(review) == "in_review"
        world.post(f"reviews/{review.public_id}/release/", user=other)
        assert state_of(review) == "in_review"
        world.post(f"reviews/{review.public_id}/release/", user=world.verifier)
        assert state_of(review) == "submitted"


class TestDeciding:
    def test_approval_publishes_what_was_seen(self, world):
        review = world.submit()
        rename(world, "После отправки")
        decide(world, review, "approve", method="call", note="Ответили сразу")
        assert state_of(review) == "approved"
        row = PublicListing.objects.get()
        assert (row.content["ru"]["title"], row.level, row.check_method) == ("Тест на ВИЧ", 2, "call")
        assert Check.objects.filter(method="call", organization=world.other).exists()

    @pytest.mark.parametrize("action", ["ask", "reject"])
    def test_returning_needs_a_reason(self, world, action):
        review = world.submit()
        page = decide(world, review, action, reason="  ")
        assert page.status_code == 422
        assert page.context["form"].errors["reason"]
        assert state_of(review) == "submitted"
        decide(world, review, action, reason="Позвоните мне")
        assert state_of(review) == {"ask": "needs_changes", "reject": "rejected"}[action]
        assert not PublicListing.objects.exists()

    def test_nothing_is_chosen_for_the_verifier_and_without_a_choice_nothing_is_approved(self, world):
        review = world.submit()
        page = world.get(f"reviews/{review.public_id}/", world.verifier).content.decode()
        assert " checked" not in page[page.index('id="decision"') :]
        assert "method" in decide(world, review, "approve", method="").context["form"].errors
        assert state_of(review) == "submitted"
        decide(world, review, "approve")
        assert (state_of(review), PublicListing.objects.get().level) == ("approved", 1)

    def test_phrases_say_the_reason_and_own_words_follow(self, world):
        review = world.submit()
        page = decide(world, review, "ask", phrases=["closed"], reason="Позвоните")
        assert "phrases" in page.context["form"].errors, "a phrase of refusing is none of asking"
        decide(world, review, "ask", phrases=["call_us", "cost_unclear"], reason="Звонил во вторник.")
        review.refresh_from_db()
        assert review.reason.startswith("Не смогли дозвониться")
        assert "Уточните стоимость" in review.reason and review.reason.endswith("Звонил во вторник.")

    @pytest.mark.parametrize("data", [{"action": "destroy"}, {"action": "approve", "method": "magic"}])
    def test_nonsense_decides_nothing(self, world, data):
        review = world.submit()
        assert world.post(f"reviews/{review.public_id}/decide/", data, world.verifier).status_code == 422
        assert state_of(review) == "submitted"

    def test_who_comes_too_late_is_told_so(self, world):
        review = world.submit()
        verification.reject(review=review, actor=world.verifier, reason="Нет такого места")
        late = make_user(make_organization(), network_role="verifier")
        client = world.client(late)
        page = client.post(
            f"/ru/workspace/reviews/{review.public_id}/decide/", {"action": "approve", "method": "read"}, follow=True
        )
        assert page.status_code == 200
        assert [message.level_tag for message in page.context["messages"]] == ["warning"]
        assert state_of(review) == "rejected"
        assert not PublicListing.objects.exists()

    def test_the_same_change_of_a_place_is_approved_together(self, world):
        second, third = world.add_listing(title="Налоксон"), world.add_listing(title="Презервативы")
        for listing in (world.listing, second, third):
            world.publish(listing)
        organizations.update_contact(actor=None, contact=world.contact, expected_version=1, value="+995 32 200 00 00")
        service = third.service
        services.update_service(actor=None, service=service, expected_version=1, title="Иначе")
        reviews = {r.listing_id: r for r in verification.submit_under(subject=world.place, actor=world.editor)}
        first = reviews[world.listing.pk]
        mates = {
            m["review"].listing_id: m for m in world.get(f"reviews/{first.public_id}/", world.verifier).context["mates"]
        }
        assert mates[second.pk]["same"] and not mates[third.pk]["same"]
        assert "service.title" in [row.path for row in mates[third.pk]["rows"]]
        page = world.get(f"reviews/{first.public_id}/", world.verifier).content.decode()
        assert page.count(f'name="also" value="{reviews[third.pk].public_id}"') == 3, "whatever is decided"
        assert "Иначе" in page and 'name="returned"' not in page
        assert 'name="also"' not in world.get(f"reviews/{first.public_id}/?apart=1", world.verifier).content.decode()
        decide(world, first, "approve", also=[reviews[second.pk].public_id, reviews[third.pk].public_id])
        assert {state_of(review) for review in reviews.values()} == {"approved"}

    @pytest.mark.parametrize(("action", "state"), [("ask", "needs_changes"), ("reject", "rejected")])
    def test_a_batch_goes_back_together_or_one_by_one(self, world, action, state):
        second, third = world.add_listing(title="Налоксон"), world.add_listing(title="Презервативы")
        first, *mates = verification.submit_under(subject=world.place, actor=world.editor)
        assert {mate.listing for mate in mates} == {second, third}
        decide(world, mates[1], action, reason="Одна")
        decide(world, first, action, reason="Обе", also=[mates[0].public_id])
        assert [state_of(review) for review in (first, *mates)] == [state] * 3
        assert [review.reason for review in (first, *mates)] == ["Обе", "Обе", "Одна"]

    def test_a_part_of_a_batch_is_returned_one_by_one(self, world):
        second = world.add_listing(title="Налоксон")
        for listing in (world.listing, second):
            world.publish(listing)
        rename(world, "Иначе")
        organizations.update_contact(actor=None, contact=world.contact, expected_version=1, value="+995 32 200 00 00")
        reviews = {r.listing_id: r for r in verification.submit_under(subject=world.place, actor=world.editor)}
        first, mate = reviews[world.listing.pk], reviews[second.pk]
        back = {"returned": "service.title", "note": "Не то"}
        assert "returned" in decide(world, first, "approve", also=[mate.public_id], **back).context["form"].errors
        assert decide(world, first, "approve", **back).status_code == 302
        assert (state_of(first), state_of(mate)) == ("approved", "submitted")

    def test_a_review_of_another_batch_is_not_smuggled_in(self, world):
        other = world.submit(world.add_listing())
        review = world.submit()
        decide(world, review, "approve", also=[other.public_id])
        assert (state_of(review), state_of(other)) == ("approved", "submitted")

    def test_a_verifier_without_an_organization_is_told_so(self, world):
        review = world.submit()
        lonely = make_user(network_role="verifier")
        page = decide(world, review, "approve", lonely)
        assert page.status_code == 422
        assert state_of(review) == "submitted"
