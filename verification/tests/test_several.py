"""Many edits and many submissions in few statements are what the same would be one by one."""

from __future__ import annotations

import contextlib

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from core.tests.shared import shared
from directory.models import MemberListing, PublicListing
from organizations.models import Contact
from services.models import Service, ServiceAtLocation
from verification import services as verification
from verification.errors import Unfinished
from verification.models import ListingState, Review
from verification.publication import Batch
from verification.services import Together, submit_differing, withdraw_all
from verification.services.many.rows import Edit, Making, Rights, update_several
from verification.tests import scenarios
from verification.upkeep.rebuild import compare

pytestmark = pytest.mark.django_db


class House:
    """One listing for each way that a submission may go."""

    def __init__(self) -> None:
        self.organization = scenarios.organization()
        self.editor = scenarios.person(self.organization)
        self.place = scenarios.place(self.organization)
        by = scenarios.verifier()
        self.same, self.critical, self.harmless, self.sent, self.hidden, self.as_before = (
            scenarios.published(self.place, by=by, title=f"Услуга {number}") for number in range(6)
        )
        self.draft = scenarios.listing(self.place, title="Новая")
        self.unfinished = scenarios.listing(self.place, title="Без слов", summary="", languages=[])
        scenarios.rename(self.critical, types=["drop_in"])
        scenarios.rename(self.harmless, text="Приходите без записи.")
        scenarios.rename(self.sent, types=["drop_in"])
        verification.submit(listing=self.sent, actor=self.editor)
        scenarios.rename(self.sent, types=["asylum_protection"])
        scenarios.rename(self.as_before, cost="paid")
        verification.submit(listing=self.as_before, actor=self.editor)
        scenarios.rename(self.as_before, cost="free")
        verification.hide(listing=self.hidden, actor=self.editor, reason="Ремонт")
        scenarios.rename(self.hidden, types=["drop_in"])

    @property
    def keys(self) -> list[int]:
        return [row.pk for row in (self.same, *self.others)]

    @property
    def others(self) -> tuple[ServiceAtLocation, ...]:
        shown = self.critical, self.harmless, self.sent, self.hidden, self.as_before
        return (*shown, self.draft, self.unfinished)


_ground, house = shared(House, "house")


def what_became(house: House) -> dict[str, object]:
    """Everything that anybody reads of it afterwards, with its history; keys and times are left out."""
    reviews = Review.objects.order_by("listing", "pk")
    states = ListingState.objects.filter(pk__in=house.keys).order_by("pk")
    without = {"published", "published_at", "published_id"}
    columns = [field.name for field in ListingState._meta.concrete_fields if field.name not in without]
    events = ListingState.pgh_event_model.objects.filter(listing__in=house.keys).order_by("listing", "pgh_id")
    told = [list(model.objects.order_by("pk").values()) for model in (PublicListing, MemberListing)]
    return {
        "reviews": [
            (one.listing_id, one.state, one.snapshot.content_hash, one.base and one.base.content_hash, one.message)
            for one in reviews.select_related("snapshot", "base")
        ],
        "by": list(reviews.values_list("submitted_by", "owner_checked")),
        "states": list(states.values_list(*columns, "published__content_hash")),
        "history": [
            (one.listing_id, one.publication, one.version, one.pgh_context.metadata.get("step"))
            for one in events.select_related("pgh_context")
        ],
        "readers": [[{**row, "published_at": 0, "changed_at": 0, "updated_at": 0} for row in rows] for rows in told],
    }


def one_by_one(house: House) -> None:
    for row in house.others:
        with contextlib.suppress(Unfinished), transaction.atomic():
            verification.submit(listing=row, actor=house.editor)


def together(house: House) -> None:
    with Batch() as batch:
        submit_differing(listings=house.keys, actor=house.editor, bulk=batch)


def after(house: House, way) -> dict[str, object]:
    """What this way makes of it, taken back."""
    with transaction.atomic():
        way(house)
        found = what_became(house)
        assert not compare()
        transaction.set_rollback(True)
    return found


def test_many_are_sent_as_each_of_them_would_be(house):
    alone, many = after(house, one_by_one), after(house, together)
    assert many.keys() == alone.keys()
    for name in alone:
        assert many[name] == alone[name], name
    newest = {key: state for key, state, *_rest in many["reviews"]}
    assert newest[house.harmless.pk] == "approved" and newest[house.draft.pk] == "submitted"
    assert house.unfinished.pk not in newest and not ListingState.objects.filter(pk=house.unfinished.pk).exists()


def test_what_was_sent_is_taken_back_together_and_only_what_this_person_sent(house):
    other = scenarios.person(house.organization)
    with Batch() as batch:
        submit_differing(listings=[house.draft.pk], actor=other, bulk=batch)
        withdraw_all(listings=house.keys, actor=house.editor, bulk=batch)
    open_ones = Review.objects.open().filter(listing__in=house.keys)
    assert {review.listing_id for review in open_ones} == {house.draft.pk}
    assert ListingState.objects.get(pk=house.sent.pk).publication == "published" and not compare()


def edited(house: House, rows, batch: Together | None = None, by=None, **fields):
    editor = by or house.editor
    batch = batch or Together(editor)
    edits = [Edit(row, expected, dict(fields)) for row, expected in rows]
    return update_several(actor=editor, rights=Rights(editor), edits=edits, batch=batch), batch


def test_a_row_that_is_out_of_date_or_not_ones_own_is_left_and_the_others_are_written(house):
    theirs = scenarios.published(scenarios.place(scenarios.organization())).service
    mine, stale = Service.objects.get(pk=house.same.service_id), Service.objects.get(pk=house.critical.service_id)
    given = [(mine, mine.version), (stale, stale.version - 1), (theirs, theirs.version)]
    written, batch = edited(house, given, title="Иначе")
    assert written == [mine] and batch.touched == {house.same.pk, house.critical.pk}
    titles = dict(Service.objects.values_list("pk", "title"))
    assert titles[mine.pk] == "Иначе" and "Иначе" not in (titles[stale.pk], titles[theirs.pk])
    assert Service.objects.get(pk=mine.pk).version == mine.version == given[0][1] + 1


def test_a_value_that_the_database_refuses_leaves_every_row_as_it_was(house):
    rows = [Service.objects.get(pk=row.service_id) for row in (house.same, house.critical)]
    written, _batch = edited(house, [(row, row.version) for row in rows], age_from=40, age_to=20)
    assert not written and not Service.objects.filter(age_from=40).exists()


def test_only_the_own_people_show_more(house):
    keeper = scenarios.person(network_role="administrator")
    service = Service.objects.get(pk=house.same.service_id)
    Service.objects.filter(pk=service.pk).update(visibility="members")
    service.refresh_from_db()
    assert edited(house, [(service, service.version)], by=keeper, visibility="public")[0] == []
    assert edited(house, [(service, service.version)], visibility="public")[0] == [service]


def test_what_is_narrowed_together_is_narrow_when_the_batch_is_written(house):
    contact = Contact.objects.get(organization=house.organization)
    said = str(list(PublicListing.objects.values()))
    with Together(house.editor) as batch:
        written, _batch = edited(house, [(contact, contact.version)], batch, visibility="members")
        assert written == [contact] and house.harmless.pk in batch.touched
    assert contact.value in said and contact.value not in str(list(PublicListing.objects.values())) and not compare()


def test_a_contact_of_one_new_place_is_not_given_at_another(house):
    making = Making(house.editor, Rights(house.editor), Together(house.editor))
    first, second = (making.location(house.organization, name=f"Место {n}", country="GE") for n in range(2))
    way = making.contact(house.organization, channel="phone", value="+995 32 212 34 99", location=first)
    service = Service.objects.get(pk=house.same.service_id)
    with pytest.raises(Exception, match="contacts"):
        making.listing(service, second, [way])
    assert making.listing(service, first, [way]) and making.write()
    assert Contact.objects.get(value=way.value).location == first


def test_statements_do_not_grow_with_the_rows(house):
    counts, by = [], scenarios.verifier()
    for many in (1, 6):
        rows = [scenarios.published(house.place, by=by) for _number in range(many)]
        services = [Service.objects.get(pk=row.service_id) for row in rows]
        with CaptureQueriesContext(connection) as asked, Together(house.editor) as batch:
            edited(house, [(one, one.version) for one in services], batch, types=["asylum_protection"])
            batch.narrow()
            submit_differing(listings=[row.pk for row in rows], actor=house.editor, bulk=batch)
        counts.append(len(asked))
    assert counts[1] < counts[0] + 5, counts
