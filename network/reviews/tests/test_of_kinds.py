"""Criteria of a kind of help: asked where it is given, gone where it is not after all, kept once they are agreed."""

from __future__ import annotations

import pytest

from core.errors import HouseError
from network.reviews import services as reviews
from network.reviews.models.of_kinds import KINDS, OF_KINDS, KindCriterion, KindGroup
from network.reviews.models.words import Criterion
from network.reviews.tests.makers import Country
from services.models import ServiceType
from verification.tests import scenarios

pytestmark = pytest.mark.django_db
NEEDLES, SHELTER = "needle_syringe_programme", "shelter"


def test_there_are_six_at_most_for_each_and_every_kind_is_one_of_the_vocabulary():
    assert all(1 <= len(criteria) <= 6 for criteria in OF_KINDS.values())
    assert sum(len(criteria) for criteria in OF_KINDS.values()) == len(KindCriterion)
    scenarios.organization()
    codes = {code for kinds in KINDS.values() for code in kinds}
    assert set(ServiceType.objects.filter(code__in=codes).values_list("code", flat=True)) == codes


def test_they_are_asked_where_the_help_is_given():
    land = Country()
    scenarios.published(scenarios.place(land.houses[0]), types=[NEEDLES], method="call")
    row, person = land.plan(), land.people[0]
    assert KindGroup.NEEDLES in reviews.asked_groups(row), "a listing names it, and the grid is silent"
    assert KindGroup.SHELTER not in reviews.asked_groups(row)
    said = {leaf: reviews.LineSaid("full") for leaf in reviews.own_leaves(row)}
    reviews.write_lines(actor=person, review=row, said=said | {SHELTER: reviews.LineSaid("partial", ["rooms"])})
    assert KindGroup.SHELTER in reviews.asked_groups(row), "the grid says so"
    common = {code: reviews.MarkSaid("met") for code in Criterion.values}
    reviews.write_marks(actor=person, review=row, said=common)
    with pytest.raises(HouseError, match=r"осталось|left"):
        reviews.send(actor=person, review=row)
    with pytest.raises(HouseError):
        reviews.write_marks(actor=person, review=row, said=common | {"ost_start": reviews.MarkSaid("met")})
    whole = {code: reviews.MarkSaid("partly") for code in reviews.asked(row)}
    reviews.write_marks(actor=person, review=row, said=whole)
    said |= {SHELTER: reviews.LineSaid("none")}
    reviews.write_lines(actor=person, review=row, said=said)
    row = reviews.send(actor=person, review=row)
    kept = set(row.marks.values_list("criterion", flat=True))
    assert "needles_enough" in kept and "shelter_door" not in kept, "it gives no beds after all"
