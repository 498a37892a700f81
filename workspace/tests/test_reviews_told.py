"""What a review says beside a service is told by names, of what its listing names."""

import re

import pytest
from django.test import Client

from accounts.models import NetworkRole
from directory.asking.queries import current_listings, read_rows
from directory.tables.spectrum import MemberReviewed
from directory.vocabulary import vocabulary
from network.reviews import services as reviews
from network.reviews.models import CriterionMark
from network.reviews.tests.makers import CANARY, Country
from organizations.models import MembershipRole
from reading.presenters.reviews import reviews_of
from verification.tests import scenarios

pytestmark = pytest.mark.django_db


def test_kinds_are_told_by_their_names_and_only_those_that_a_listing_names():
    land = Country()
    both = scenarios.published(scenarios.place(land.houses[0]), types=["pep", "naloxone"], method="call")
    land.agreed()
    MemberReviewed.objects.filter(pk=both.public_id).update(
        lines=[{"type": kind, "answer": "partial", "barriers": ["supplies"]} for kind in ("pep", "naloxone", "prep")]
    )
    rows = read_rows(current_listings("members"))
    told = reviews_of(rows, vocabulary("members"), "members")[both.public_id]["words"]
    names = [vocabulary("members").name("service", kind) for kind in ("pep", "naloxone")]
    assert told == " · ".join(f"{name} – частично: нет препаратов" for name in names)
    assert "pep" not in told


def entered(user):
    made = Client()
    made.force_login(user)
    return made


def test_a_listing_says_it_at_once_when_the_review_is_agreed():
    """Each page was opened and kept before; nothing runs in between."""
    land = Country()
    place = land.listing.location.public_id
    member, anybody = entered(land.people[1]), Client()
    row = land.filled()
    pages = ((anybody, f"/ru/places/{place}/"), (member, f"/ru/members/places/{place}/"))
    for client, path in pages:
        for _time in range(2):
            assert "бзор пройден" not in client.get(path).content.decode(), path
    reviews.close_look(actor=land.person_of(row.reviewer), review=row)
    told = [client.get(path).content.decode() for client, path in pages]
    assert all("бзор пройден" in page for page in told)
    assert "оступно не всегда" in told[0] and "препарат" not in told[0].split("бзор пройден")[1][:200]
    assert re.search(r"астично: нет [^<]*препарат", told[1]), "members read what is in the way"


def test_whoever_sees_it_differently_says_why_where_the_third_is_asked():
    """The button that needs words stands beside their field: a refusal that names no field leads nowhere."""
    land = Country()
    row = land.filled()
    peer = land.person_of(row.reviewer)
    reviews.look(actor=peer, review=row, lines={land.leaf: "none"}, marks={}, remark="")
    client, path = entered(peer), f"/ru/workspace/network/reviews/{row.public_id}/"
    page = client.get(path).content.decode()
    form = page[: page.index('value="close"')].rpartition("<form")[2]
    assert 'name="remark"' in form
    client.post(f"{path}press/", {"step": "close", "remark": "Были в среду: закрыто."})
    row.refresh_from_db()
    assert (row.state, row.remark) == ("disputed", "Были в среду: закрыто.")


def test_marks_are_a_table_by_name_without_sums_for_those_who_may():
    land = Country()
    row = land.agreed()
    CriterionMark.objects.filter(review=row, criterion="consent").update(final_mark="partly")
    boss = entered(land.boss)
    page = boss.get("/ru/workspace/network/reviews/marks/?group=dignity&country=zz").content.decode()
    assert land.houses[0].name in page
    assert page.count("✓") == 3 and page.count("◐") == 1
    assert CANARY not in page, "evidence stands in the review"
    other = boss.get("/ru/workspace/network/reviews/marks/?group=shelter").content.decode()
    assert "не спрашивали" in other
    text = boss.get("/ru/workspace/network/reviews/marks.csv").content.decode()
    assert land.houses[0].name in text and CANARY not in text and "не спрашивали" in text
    evaluator = entered(scenarios.person(network_role=NetworkRole.EVALUATOR))
    assert evaluator.get("/ru/workspace/network/reviews/marks/").status_code == 200
    reader = entered(scenarios.person(land.houses[0], MembershipRole.MANAGER))
    for path in ("marks/", "marks.csv"):
        assert reader.get(f"/ru/workspace/network/reviews/{path}").status_code == 404
    assert "по организациям" not in reader.get("/ru/workspace/network/reviews/").content.decode()


def test_the_picture_of_the_sheet_fits_whatever_its_size_on_the_page():
    """Squares that are drawn to one size and shown in a smaller one are cut off at their edge: no camera reads them."""
    land = Country()
    desk = reviews.make_desk(actor=land.people[0], location=land.listing.location)
    page = entered(land.people[0]).get(f"/ru/workspace/network/reviews/voices/{desk.public_id}/").content.decode()
    picture = re.search(r"<svg[^>]*>", page.split("sheet-qr")[1])
    assert picture and "viewBox" in picture[0] and "width" not in picture[0]
    assert "data-print" in page
