"""The pages about listings that may be one: who may open what, what each press does, what never shows itself."""

from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import NetworkRole
from services.services import update_service
from verification import editing
from verification import services as verification
from verification.coordination.alike.finding import look
from verification.coordination.alike.hints import entered, hints_for
from verification.models import LikelyPair, ListingState, Merge
from verification.tests import scenarios
from workspace.duplicates.presenter import undecided

pytestmark = pytest.mark.django_db
TWENTY = "Двадцать минут, без имени и без документов, говорим по-русски"
QUICK = "Быстро: результат узнаете сразу, приходите в любой рабочий день"


def enter(user):
    client = Client()
    client.force_login(user)
    return client


def url(name, *args):
    return reverse(f"workspace:{name}", args=args)


@pytest.fixture
def world():
    one, other = scenarios.organization("Танадгома"), scenarios.organization("Сеть помощи")
    first = scenarios.published(scenarios.place(one), title="Тест на ВИЧ экспресс", summary=TWENTY)
    second = scenarios.published(scenarios.place(other, name="Клуб"), title="Тест на ВИЧ", summary=QUICK)
    look()
    coordinator = scenarios.coordinator(of=scenarios.organization())
    return SimpleNamespace(
        first=first,
        second=second,
        pair=LikelyPair.objects.get(),
        coordinator=enter(coordinator),
        owners=[enter(scenarios.person(of)) for of in (one, other)],
        verifier=enter(scenarios.verifier()),
    )


def test_the_pile_leads_to_the_pair_and_to_a_press(world):
    page = world.coordinator.get(url("coordination") + "?pile=duplicates").content.decode()
    there = url("pair", world.pair.public_id)
    assert there in page and "Сеть помощи" in page
    page = world.coordinator.get(there).content.decode()
    assert TWENTY[:20] in page and QUICK[:20] in page and 'name="field-service.summary"' in page
    page = world.coordinator.post(url("pair-different", world.pair.public_id)).content.decode()
    assert url("pair-again", world.pair.public_id) in page
    assert world.coordinator.get(there).status_code == 404
    world.coordinator.post(url("pair-again", world.pair.public_id))
    assert world.coordinator.get(there).status_code == 200


def test_two_organisations_agree_and_take_it_apart(world):
    sent = {"keep": world.first.public_id, "field-service.summary": world.second.public_id}
    answer = world.coordinator.post(url("pair", world.pair.public_id), sent)
    merge = Merge.objects.get()
    assert answer.url == url("merge", merge.public_id) and merge.chosen == ["service.summary"]
    for owner in world.owners:
        assert url("merge", merge.public_id) in owner.get(url("duplicates")).content.decode()
        assert url("duplicates") in owner.get(url("home")).content.decode()
        owner.post(url("merge-step", merge.public_id, "agree"))
    old = world.second.location.public_id
    here = Client().get(reverse("maps:place", args=[old]))
    assert here.status_code == 301 and here.url == reverse("maps:place", args=[world.first.location.public_id])
    told = Client().get(reverse("api:place", args=[old]))
    assert told.status_code == 410 and told.json()["merged_into"] == world.first.location.public_id
    assert Client().get(reverse("maps:place_qr", args=[old])).status_code == 200
    page = world.owners[0].get(url("merge", merge.public_id)).content.decode()
    assert url("merge-step", merge.public_id, "undo") in page
    world.owners[1].post(url("merge-step", merge.public_id, "undo"))
    assert ListingState.objects.get(pk=world.second.pk).publication == "published"
    assert Client().get(reverse("maps:place", args=[old])).status_code == 200


def test_what_somebody_may_not_see_is_not_there(world):
    there = url("pair", world.pair.public_id)
    for client in (*world.owners, world.verifier, enter(scenarios.person(network_role=NetworkRole.COORDINATOR))):
        answer = client.get(there)
        may = client not in (*world.owners, world.verifier)
        assert answer.status_code == (200 if may else 404)
    merge = Merge.objects.create(kept=world.first, gone=world.second)
    assert world.owners[0].get(url("merge", merge.public_id)).status_code == 200
    assert world.verifier.get(url("merge", merge.public_id)).status_code == 404
    row = world.second
    editing.update_service(
        actor=None, service=row.service, expected_version=row.service.version, visibility="administrators"
    )
    for client in (world.coordinator, world.owners[0]):
        assert client.get(there).status_code == 404
        assert client.get(url("merge", merge.public_id)).status_code == 404
        assert "Тест на ВИЧ" not in client.get(url("duplicates")).content.decode()
    page = world.coordinator.get(url("coordination") + "?pile=duplicates").content.decode()
    assert there not in page


def test_a_step_that_is_not_possible_says_why(world):
    assert world.coordinator.post(url("pair", world.pair.public_id), {"keep": "nobody"}).status_code == 422
    world.coordinator.post(url("pair", world.pair.public_id), {"keep": world.first.public_id})
    merge = Merge.objects.get()
    page = world.coordinator.post(url("merge-step", merge.public_id, "insist"), follow=True).content.decode()
    assert "14" in page or "четырнадцать" in page
    assert world.coordinator.post(url("merge-step", merge.public_id, "agree")).status_code == 404
    assert world.coordinator.post(url("merge-step", merge.public_id, "nothing")).status_code == 404
    assert ListingState.objects.get(pk=world.second.pk).publication == "published"


def test_an_edit_that_stands_in_the_way_is_named_before_the_press_with_the_way_to_it(world):
    service = world.second.service
    owner = scenarios.person(service.organization)
    update_service(service=service, actor=owner, expected_version=service.version, title="Тест на ВИЧ и гепатит")
    review = verification.submit(listing=world.second, actor=owner)
    there = url("pair", world.pair.public_id)
    page = world.coordinator.get(there).content.decode()
    assert "Сначала нужно решить по правке" in page and url("review", review.public_id) in page
    assert "disabled" in page
    mine = undecided(world.pair, owner, own={service.organization_id})
    assert [edit["url"] for edit in mine] == [url("listing", world.second.public_id)]
    assert [edit["url"] for edit in undecided(world.pair, owner, own=set())] == [""]
    assert world.coordinator.post(there, {"keep": world.first.public_id}).status_code == 422
    verification.withdraw_submission(review=review, actor=owner)
    assert "Сначала нужно решить" not in world.coordinator.get(there).content.decode()


def test_while_entering_the_form_tells_what_this_person_may_see(world):
    """Others' listings as members read them, one's own as they are; what is hidden, or waits for a review, never."""
    asker = scenarios.person(scenarios.organization("Новая"))
    place = scenarios.place(asker.memberships.get().organization)
    scenarios.phone(place.organization)
    there = url("lookup-alike", place.organization.slug)
    sent = {"title": "Тест на ВИЧ", "types": ["hiv_rapid_test"], "places": [place.public_id]}

    def told(**more):
        return [row["id"] for row in enter(asker).post(there, sent | more).json()["results"]]

    both = {world.first.public_id, world.second.public_id}
    assert set(told()) == both
    assert told(types=["psychologist"]) == [] and told(places=[]) == [] and told(title="") == []
    scenarios.rename(world.first, title="Совсем другое имя")  # not approved: readers have the old one
    assert set(told()) == both
    service = world.second.service
    editing.update_service(actor=None, service=service, expected_version=service.version, visibility="administrators")
    assert told() == [world.first.public_id]
    own = scenarios.listing(place, title="Тест на ВИЧ")
    assert set(told()) == {own.public_id, world.first.public_id}
    assert told(service=own.service.public_id) == [world.first.public_id]
    assert enter(scenarios.person(scenarios.organization())).post(there, sent).status_code == 404


def test_a_hidden_listing_costs_the_hint_no_query_and_no_row(world):
    """Two worlds that differ in a hidden listing alone ask the database the same and get the same."""
    asker = scenarios.person(scenarios.organization("Новая"))
    organization = asker.memberships.get().organization
    place = scenarios.place(organization)
    sketches = entered(organization, names=["Тест на ВИЧ"], types=["hiv_rapid_test"], places=[place])

    def looked():
        with CaptureQueriesContext(connection) as queries:
            found = hints_for(asker, organization, sketches)
        return found, [query["sql"].split(" ")[0] for query in queries]

    before = looked()
    for number in range(3):
        hidden = scenarios.published(scenarios.place(scenarios.organization()), title=f"Тест на ВИЧ {number}")
        service = hidden.service
        editing.update_service(
            actor=None, service=service, expected_version=service.version, visibility="administrators"
        )
    assert looked() == before
