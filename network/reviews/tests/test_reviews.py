"""A review from its plan to the words beside a service; whom the database refuses; what the public never reads."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from core import clock
from core.errors import HouseError, NotAllowed
from directory.tables.listings import PublicListing
from directory.tables.spectrum import Barrier, MemberReviewed, PublicReviewed
from messaging.models import Message
from network.gaps.counts import CellNumbers
from network.reviews import rounds
from network.reviews import services as reviews
from network.reviews.models import ReviewAction, YearlyReview
from network.reviews.tests.makers import Country
from organizations.models import Organization
from verification.models import Recheck
from verification.tests import scenarios

pytestmark = pytest.mark.django_db


@pytest.fixture
def land() -> Country:
    return Country()


def test_from_the_plan_to_the_words_beside_a_service(land):
    newcomer = land.houses[2]
    type(newcomer).objects.filter(pk=newcomer.pk).update(joined_on=clock.today())
    row = land.filled()
    assert row.reviewer in land.houses[3:], "another country, when there is one, and no newcomer"
    reviewer = land.person_of(row.reviewer)
    with pytest.raises(NotAllowed):
        reviews.close_look(actor=land.people[0], review=row)
    row = reviews.close_look(actor=reviewer, review=row)
    assert (row.state, row.due_on, row.good_until) == ("agreed", None, row.agreed_on.replace(year=row.year + 1))
    key = land.listing.public_id
    public, members = PublicReviewed.objects.get(pk=key), MemberReviewed.objects.get(pk=key)
    assert (public.not_always, public.reviewed_on) == (True, clock.today().replace(day=1))
    assert members.lines[0] == {"type": land.leaf, "answer": "partial", "barriers": ["supplies", "money"]}
    assert not Recheck.objects.open().filter(listing=land.listing).exists()
    with clock.travel(clock.now() + dt.timedelta(days=370)):
        assert list(YearlyReview.objects.overdue()) == [row]
        assert MemberReviewed.objects.with_standing().get().is_overdue, "no worker has run"
    PublicListing.objects.filter(pk=key).delete()
    assert not PublicReviewed.objects.exists() and MemberReviewed.objects.exists()


def test_a_newcomer_looks_when_nobody_else_is_left(land):
    """Three that are no newcomers: the one that is reviewed, and two that only take part."""
    Organization.objects.in_network().exclude(pk=land.houses[0].pk).update(joined_on=clock.today())
    for number in range(2):
        scenarios.organization(f"Рядом {number}", slug=f"beside-{number}", member_status="associate")
    reviewer = land.filled().reviewer
    assert reviewer in land.houses[2:] and reviewer.is_newcomer


def test_a_third_decides_what_two_see_differently_and_a_no_opens_a_recheck(land):
    row = land.filled("full")
    reviewer = land.person_of(row.reviewer)
    reviews.look(actor=reviewer, review=row, lines={land.leaf: "none"}, marks={}, remark="")
    with pytest.raises(HouseError):
        reviews.close_look(actor=reviewer, review=row)
    reviews.look(actor=reviewer, review=row, lines={land.leaf: "none"}, marks={"consent": "partly"}, remark="Нет.")
    row = reviews.close_look(actor=reviewer, review=row)
    assert row.state == "disputed" and row.third not in (row.reviewer, row.organization, None)
    third = land.person_of(row.third)
    with pytest.raises(HouseError):
        reviews.decide(actor=third, review=row, sides={land.leaf: "peer"}, verdict="")
    row = reviews.decide(actor=third, review=row, sides={land.leaf: "peer", "consent": "own"}, verdict="Были там.")
    assert row.state == "agreed"
    assert (row.lines.get().agreed, row.marks.get(criterion="consent").agreed) == ("none", "met")
    assert Recheck.objects.open().get(listing=land.listing).reason == "changed"
    assert not PublicReviewed.objects.get().not_always, "the public reads no «no»"


def test_a_round_is_asked_again_for_whoever_has_no_review_and_another_reviewer_begins_anew(land):
    row = land.filled()
    first = land.person_of(row.reviewer)
    reviews.look(actor=first, review=row, lines={land.leaf: "none"}, marks={"consent": "partly"}, remark="Нет.")
    row = reviews.ask_another(actor=land.boss, review=row)
    second = land.person_of(row.reviewer)
    assert second != first and (row.remark, row.peer_by, reviews.differences(row)) == ("", None, 0)
    assert reviews.close_look(actor=second, review=row).state == "agreed"
    other = YearlyReview.objects.get(organization=land.houses[1])
    reviews.drop(actor=land.boss, review=other)
    again = reviews.plan_round(actor=land.boss, country="GE", starts_on=clock.today())
    assert again == row.round and again.reviews.filter(organization=land.houses[1]).count() == 2
    with pytest.raises(HouseError, match="уже"):
        reviews.plan_round(actor=land.boss, country="GE", starts_on=clock.today())


def test_late_ones_by_the_clock_and_letters_once(land):
    row = land.plan()
    person = land.people[0]
    action = reviews.add_action(
        actor=person, review=row, text="Докупить", due_on=clock.today(), support="grant", responsible=person
    )
    with pytest.raises(HouseError):
        reviews.add_action(
            actor=person, review=row, text="x", due_on=clock.today(), support="none", responsible=land.people[1]
        )
    with clock.travel(clock.now() + dt.timedelta(days=22)):
        assert row in YearlyReview.objects.late() and list(ReviewAction.objects.late()) == [action]
        rounds.run_daily()
        count = Message.objects.count()
        assert count and rounds.run_daily() and Message.objects.count() == count
        reviews.end_action(actor=person, action=action, state="done")
        assert not ReviewAction.objects.late().exists()


def test_the_database_refuses_whoever_judges_their_own(land):
    row = land.filled()
    other = YearlyReview.objects.get(organization=land.houses[1])

    def refuses(sql: str, *values: object) -> bool:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql, values)
        except IntegrityError:
            return True
        return False

    assert refuses("UPDATE reviews_review SET reviewer_id = organization_id WHERE id = %s", row.pk)
    assert refuses("UPDATE reviews_review SET third_id = organization_id WHERE id = %s", row.pk)
    assert refuses("UPDATE reviews_review SET third_id = reviewer_id WHERE id = %s", row.pk)
    assert refuses("UPDATE reviews_review SET peer_by_id = %s WHERE id = %s", land.people[0].pk, row.pk)
    assert refuses("UPDATE reviews_review SET third_by_id = %s WHERE id = %s", land.people[0].pk, row.pk)
    YearlyReview.objects.filter(pk=other.pk).update(reviewer=land.houses[0])
    assert refuses("UPDATE reviews_review SET reviewer_id = %s WHERE id = %s", land.houses[1].pk, row.pk)
    assert refuses("UPDATE reviews_spectrumline SET barriers = '{staff,money,law,rooms}' WHERE review_id = %s", row.pk)
    assert YearlyReview.objects.by_own().count() == 0
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE reviews_review DROP CONSTRAINT review_never_by_own")
    YearlyReview.objects.filter(pk=row.pk).update(third=row.reviewer)
    assert YearlyReview.objects.by_own().count() == 1, "what counts violations sees one"


def test_what_clients_say_is_sums_from_five_on(land, client):
    desk = reviews.make_desk(actor=land.people[0], location=land.listing.location)
    with pytest.raises(NotAllowed):
        reviews.make_desk(actor=land.people[1], location=land.listing.location)
    quarter = clock.today().replace(month=clock.today().month - (clock.today().month - 1) % 3, day=1)
    for number in range(5):
        assert reviews.heard([desk]).get(desk.pk, {}).get(quarter, {}).get("respect") is None
        reviews.hear(desk=desk, said={"respect": "yes" if number else "no", "again": "nonsense"})
    assert reviews.heard([desk])[desk.pk][quarter] == {"respect": {"yes": 4, "no": 1}}
    page = client.get(f"/ru/voice/{desk.code}/")
    assert page.status_code == 200 and land.houses[0].name not in page.content.decode()
    assert client.get("/ru/voice/nothing/").status_code == 404


def test_what_is_in_the_way_stands_beside_the_gap(land):
    """Four say so: fewer than five. Five: the number. A kind that is given in full has nothing in its way."""
    row = land.agreed()
    assert row.state == "agreed"
    with clock.travel(clock.now() + dt.timedelta(days=14)):
        (told,) = [one for one in CellNumbers().of(land.leaf, "GE") if one.code == "barriers"]
        assert {(str(part.words), part.count) for part in told.parts} == {
            (str(Barrier.SUPPLIES.label), None),
            (str(Barrier.MONEY.label), None),
        }
        assert told.total is None
    assert not CellNumbers(clock.today() - dt.timedelta(days=30)).of(land.leaf, "GE")
    YearlyReview.objects.get(pk=row.pk).lines.update(final_answer="full")
    with clock.travel(clock.now() + dt.timedelta(days=14)):
        assert not CellNumbers().of(land.leaf, "GE")
