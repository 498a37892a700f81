"""What an administrator has some kinds of service asked: from their screen to the filter of the map, and away again."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.services import create_person
from directory.tables.listings import DirectoryTerm, MemberListing, MemberTerm, PublicListing
from facts.discretion import HIDDEN, LINK, MEMBER, changes_for, content_for, may_read
from services.models import Attribute, AttributeAnswer, Service
from services.tests.makers import make_attribute
from verification import services as verification
from verification.models import ListingState, Snapshot
from verification.publication import publish_vocabulary
from verification.services.edits import publish_again
from verification.snapshots import FieldChange
from verification.upkeep.rebuild import compare
from workspace.tests.world import World, form_data

ADD = "/admin/services/attribute/add/"
#: An inline without rows.
NOTHING = {"own_answers-TOTAL_FORMS": "0", "own_answers-INITIAL_FORMS": "0"}


@pytest.fixture
def desk(db) -> Client:
    client = Client()
    client.force_login(create_person(email="a@example.org", name="", network_role="administrator", is_staff=True))
    return client


@pytest.fixture
def shelter(world: World) -> Any:
    return world.publish(world.add_listing(title="Приют", types=["shelter"]))


def published_of(listing: Any) -> Any:
    snapshot = ListingState.objects.select_related("published").get(pk=listing.pk).published
    return snapshot.content if snapshot else None


def words(page: Any) -> str:
    """What a person reads there, without what is hidden from them."""
    text = re.sub(r"<(script|style)\b.*?</\1>", " ", page.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def answer(world: World, service: Service, **chosen: object) -> Any:
    path = f"services/{service.public_id}/"
    return world.post(path, form_data(world.get(path)) | chosen)


def send_and_approve(world: World, listing: Any) -> Any:
    review = world.submit(listing, checked=True)
    page = world.get(f"reviews/{review.public_id}/", world.verifier)
    verification.approve(review=review, actor=world.verifier)
    return page


def asked_in_form(world: World, service: Service) -> list[str]:
    form = world.get(f"services/{service.public_id}/").context["form"]
    return [shown.field.label for shown in form.attribute_fields() if not shown.hidden]


def found(query: str, client: Client | None = None, audience: str = "") -> list[str]:
    answer = (client or Client()).get(f"/api/v1/{audience}listings/?{query}")
    assert answer.status_code == 200, answer.content
    return [card["title"] for card in answer.json()["results"]]


# long: one walk, from the administrator's screen to the day when nobody is asked any more
def test_from_the_administrators_screen_to_the_filter_and_away_again(world, shelter, desk):
    filled = {
        "name": "Можно прийти с собакой", "name_en": "Dogs are welcome", "answers": "yes_no", "types": ["shelter"],
        "is_filter": "on", "synonyms": "ru: с собакой, с псом\nen: with a dog", "position": "0", **NOTHING,
    }  # fmt: skip
    assert desk.post(ADD, filled).status_code == 302
    attribute = Attribute.objects.get()
    assert (attribute.code, attribute.synonyms) == (
        "dogs_are_welcome", {"ru": ["с собакой", "с псом"], "en": ["with a dog"]},
    )  # fmt: skip

    # It is asked of the shelter and of nothing else; its owner is told what is missed, and may go on without.
    service = shelter.service
    assert asked_in_form(world, service) == ["Можно прийти с собакой"]
    assert asked_in_form(world, world.service) == []
    assert f"/services/{service.public_id}/#attributes" in world.get(f"listings/{shelter.public_id}/").content.decode()
    assert answer(world, service, attribute_dogs_are_welcome="dogs_are_welcome-yes").status_code == 302

    # Whoever decides reads it in words, and the map has it after that alone.
    assert PublicListing.objects.get(pk=shelter.public_id).attributes == []
    told = words(send_and_approve(world, shelter))
    assert "Можно прийти с собакой: да" in told and re.search(r"Можно прийти с собакой\s+да", told), "as it will be"
    place = shelter.location.public_id
    assert re.search(r"Можно прийти с собакой\s+да", words(Client().get(f"/ru/places/{place}/")))
    assert re.search(r"Dogs are welcome\s+yes", words(Client().get(f"/en/places/{place}/")))

    # It is a filter: on the map, in the API, by words.
    front = Client().get("/ru/").content.decode()
    assert 'value="dogs_are_welcome-yes"' in front and 'value="dogs_are_welcome-no"' not in front
    assert found("attribute=dogs_are_welcome-yes") == ["Приют"]
    assert found("attribute=dogs_are_welcome-no") == []
    assert Client().get("/api/v1/listings/?attribute=dogs_are_welcome-perhaps").status_code == 400
    (card,) = [one for one in Client().get("/api/v1/listings/?lang=en").json()["results"] if one["attributes"]]
    assert card["attributes"] == [
        {"code": "dogs_are_welcome", "name": "Dogs are welcome", "text": "yes",
         "answers": [{"code": "dogs_are_welcome-yes", "name": "yes"}]}
    ]  # fmt: skip
    features = Client().get("/api/v1/listings.geojson").json()["features"]
    assert card["attributes"][0]["code"] in json.dumps(features)
    meant = Client().post("/api/v1/search/", {"q": "приют с псом"}, content_type="application/json").json()
    assert [one["title"] for one in meant["results"]] == ["Приют"]
    assert ("attribute", "dogs_are_welcome-yes") in {(m["param"], m["code"]) for m in meant["understood"]["filters"]}

    # Retired: it stays where it is said, until that is edited; it is offered no more.
    change = f"/admin/services/attribute/{attribute.pk}/change/"
    kept = {name: value for name, value in filled.items() if name not in ("answers",)}
    assert desk.post(change, kept | {"is_retired": "on"}).status_code == 302
    assert 'value="dogs_are_welcome-yes"' not in Client().get("/ru/").content.decode()
    assert "Можно прийти с собакой" in words(Client().get(f"/ru/places/{place}/"))
    assert found("attribute=dogs_are_welcome-yes") == ["Приют"], "a link that somebody keeps still leads there"
    assert asked_in_form(world, service) == ["Можно прийти с собакой"]
    assert asked_in_form(world, world.add_listing(title="Другой приют", types=["shelter"]).service) == []
    answer(world, service, attribute_dogs_are_welcome="")
    assert asked_in_form(world, service) == []
    send_and_approve(world, shelter)
    assert "Можно прийти с собакой" not in words(Client().get(f"/ru/places/{place}/"))
    assert not compare()


class TestForMembersOnly:
    """The public sees neither the question nor an answer: no row, no word, no count."""

    @pytest.fixture
    def attribute(self, db) -> Attribute:
        row = make_attribute("quiet", name="Тайный признак", name_en="Quiet attribute", members_only=True,
                             synonyms={"ru": ["тайное слово"]})  # fmt: skip
        publish_vocabulary()
        return row

    def test_its_answers_stay_with_members(self, world, attribute):
        listing = world.publish(world.add_listing(title="Приют", types=["shelter"], attributes=["quiet-yes"]))
        member = world.client(world.verifier)
        row = PublicListing.objects.get(pk=listing.public_id)
        assert row.attributes == [] and "тайн" not in row.search_text
        assert MemberListing.objects.get(pk=listing.public_id).attributes == ["quiet-yes"]
        assert not DirectoryTerm.objects.filter(scheme="attribute").exists()
        assert set(MemberTerm.objects.values_list("code", flat=True)) == {"quiet", "quiet-yes", "quiet-no"}

        place = listing.location.public_id
        for public, members in (("/ru/", "/ru/members/"), (f"/ru/places/{place}/", f"/ru/members/places/{place}/"),
                                ("/api/v1/listings/", "/api/v1/members/listings/")):  # fmt: skip
            assert "айный признак" not in Client().get(public).content.decode()
            assert "айный признак" in member.get(members).content.decode()
        # The question itself is nothing that the public could ask, whether there is such an attribute or not.
        known, unknown = (Client().get(f"/api/v1/listings/?attribute={code}") for code in ("quiet-yes", "noise-yes"))
        assert (known.status_code, known.json()["error"]["message"]) == (
            400, unknown.json()["error"]["message"].replace("noise-yes", "quiet-yes"),
        )  # fmt: skip
        assert found("attribute=quiet-yes", member, "members/") == ["Приют"]
        asked = {"q": "тайное слово"}
        words = Client().post("/api/v1/search/", asked, content_type="application/json").json()["understood"]
        assert not words["filters"]

    def test_what_was_for_all_becomes_so_at_once(self, world, desk):
        attribute = make_attribute("dogs")
        publish_vocabulary()
        listing = world.publish(world.add_listing(title="Приют", types=["shelter"], attributes=["dogs-yes"]))
        assert PublicListing.objects.get(pk=listing.public_id).attributes == ["dogs-yes"]
        change = f"/admin/services/attribute/{attribute.pk}/change/"
        filled = {
            "name": attribute.name,
            "name_en": attribute.name_en,
            "position": "1",
            "members_only": "on",
            **NOTHING,
        }
        assert desk.post(change, filled).status_code == 302
        row = PublicListing.objects.get(pk=listing.public_id)
        assert row.attributes == [] and "dogs" not in row.search_text
        assert MemberListing.objects.get(pk=listing.public_id).attributes == ["dogs-yes"]
        assert not compare()

    def test_whoever_narrows_it_past_the_screen_takes_it_from_the_public_too(self, world):
        make_attribute("dogs")
        publish_vocabulary()
        listing = world.publish(world.add_listing(title="Приют", types=["shelter"], attributes=["dogs-yes"]))
        Attribute.objects.update(members_only=True)
        assert not PublicListing.objects.filter(pk=listing.public_id).exists()
        assert not DirectoryTerm.objects.filter(scheme="attribute").exists()

    def test_it_is_never_widened(self, attribute, desk):
        with pytest.raises(IntegrityError), transaction.atomic():
            Attribute.objects.update(members_only=False)
        change = f"/admin/services/attribute/{attribute.pk}/change/"
        page = desk.post(change, {"name": "Т", "name_en": "T", "position": "1", **NOTHING})
        assert page.status_code == 200 and "members_only" in page.context["adminform"].form.errors
        attribute.refresh_from_db()
        assert attribute.members_only

    def test_who_holds_a_link_reads_nothing_of_it(self, world, attribute):
        make_attribute("dogs")
        publish_vocabulary()
        service = {"attributes": ["dogs-yes", "quiet-yes"]}
        listing = world.publish(world.add_listing(title="Приют", types=["shelter"], **service))
        content = published_of(listing)
        assert content_for(LINK, content)["service"]["attributes"] == ["dogs-yes"]
        assert content_for(MEMBER, content)["service"]["attributes"] == ["dogs-yes", "quiet-yes"]
        assert not may_read(LINK, "service.attributes", content)
        assert may_read(MEMBER, "service.attributes", content)
        (change,) = changes_for(LINK, [FieldChange("service.attributes", "service", "attributes", [], ["quiet-no"],
                                                   critical=True)], content, content)  # fmt: skip
        assert change.new == HIDDEN


class TestAnswers:
    def test_a_choice_may_have_several_and_is_told_by_its_name(self, world):
        make_attribute("queue", "live", "booked", name="Очередь", name_en="Queue")
        publish_vocabulary()
        service = world.service
        assert answer(world, service, attribute_queue=["queue-live", "queue-booked"]).status_code == 302
        service.refresh_from_db()
        assert service.attributes == ["queue-live", "queue-booked"]
        world.publish()
        told = words(Client().get(f"/ru/places/{world.place.public_id}/"))
        assert re.search("Очередь +Ответ live, Ответ booked", told)
        assert found("attribute=queue-live") == [service.title]
        assert "Очередь: Ответ live" in words(Client().get("/ru/?attribute=queue-live"))

    def test_somebody_elses_answer_is_shown_beside_ones_own(self, world):
        make_attribute("dogs")
        path = f"services/{world.service.public_id}/"
        mine = form_data(world.get(path)) | {"attribute_dogs": "dogs-yes"}
        assert answer(world, world.service, attribute_dogs="dogs-no").status_code == 302
        page = world.post(path, mine)
        assert page.status_code == 409 or page.status_code == 422
        assert page.context["form"].conflicts == {"attribute_dogs": "Нет"}

    def test_what_is_not_asked_of_a_kind_is_not_taken(self, world):
        make_attribute("dogs", types=["safety"])
        with pytest.raises(ValidationError, match="dogs"):
            world.add_listing(types=["hiv_rapid_test"], attributes=["dogs-yes"])
        with pytest.raises(ValidationError, match="dogs"):
            world.add_listing(types=["shelter"], attributes=["dogs-yes", "dogs-no"])
        assert world.add_listing(types=["shelter"], attributes=["dogs-yes"]).service.attributes == ["dogs-yes"]
        answer(world, world.service, attribute_dogs="dogs-yes")
        world.service.refresh_from_db()
        assert world.service.attributes == []

    def test_the_database_knows_the_codes(self, world):
        for code in ("dogs-yes", "dogs", "queue-none"):
            with pytest.raises(IntegrityError), transaction.atomic():
                Service.objects.filter(pk=world.service.pk).update(attributes=[code])

    def test_what_nobody_knows_any_more_breaks_nothing(self, world):
        listing = world.publish(world.add_listing(title="Приют", types=["shelter"]))
        content = published_of(listing)
        content["service"]["attributes"] = ["gone-yes", "also_gone-maybe", "?"]
        Snapshot.objects.filter(listing=listing).update(content=content)
        publish_again([listing])
        assert PublicListing.objects.get(pk=listing.public_id).attributes == []
        member = world.client(world.verifier)
        place = listing.location.public_id
        for page in (Client().get(f"/ru/places/{place}/"), member.get(f"/ru/members/places/{place}/"),
                     world.get(f"listings/{listing.public_id}/"), world.get("")):  # fmt: skip
            assert page.status_code == 200

    def test_a_choice_has_two_answers_at_least(self, desk):
        filled = {"name": "Очередь", "name_en": "Queue", "answers": "choice", "is_filter": "on", "position": "0"}
        assert desk.post(ADD, filled | NOTHING).status_code == 200
        rows = {"own_answers-TOTAL_FORMS": "2", "own_answers-INITIAL_FORMS": "0"}
        for number, name in enumerate(("Живая", "По записи")):
            rows |= {f"own_answers-{number}-name": name, f"own_answers-{number}-position": "0"}
        assert desk.post(ADD, filled | rows).status_code == 302
        assert list(AttributeAnswer.objects.values_list("code", "position")) == [
            ("queue-zhivaya", 1), ("queue-po_zapisi", 2),
        ]  # fmt: skip
        assert desk.post(ADD, filled | rows).status_code == 302
        assert set(Attribute.objects.values_list("code", flat=True)) == {"queue", "queue_2"}
        assert desk.post(ADD, filled | rows | {"answers": "yes_no"}).status_code == 200

    def test_words_that_begin_with_no_language_are_told(self, desk):
        page = desk.post(ADD, {"name": "С", "answers": "yes_no", "position": "0", "synonyms": "с собакой", **NOTHING})
        assert page.status_code == 200 and "synonyms" in page.context["adminform"].form.errors
