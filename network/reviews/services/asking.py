"""Which kinds of help and which criteria a review asks its organisation for."""

from __future__ import annotations

from network.reviews.models import YearlyReview
from network.reviews.models.of_kinds import KINDS, OF_KINDS, KindGroup
from network.reviews.models.words import Criterion, SpectrumAnswer
from services.models import ServiceAtLocation

_GIVEN = (SpectrumAnswer.FULL, SpectrumAnswer.PARTIAL)


def own_leaves(review: YearlyReview) -> set[str]:
    """Kinds of service that its listings name."""
    rows = ServiceAtLocation.objects.filter(service__organization=review.organization)
    return {code for types in rows.values_list("service__types", flat=True) for code in types}


def asked_groups(review: YearlyReview) -> list[KindGroup]:
    """Groups of criteria of the kinds that it gives: as its grid says; as its listings say where the grid is silent."""
    said = dict(review.lines.values_list("leaf", "answer"))
    given = {leaf for leaf, answer in said.items() if answer in _GIVEN} | (own_leaves(review) - said.keys())
    return [group for group in KindGroup if KINDS[group] & given]


def asked(review: YearlyReview) -> list[str]:
    """Codes of all criteria that need a mark: the common ones, and those of the kinds that it gives."""
    return [*Criterion.values, *(one.value for group in asked_groups(review) for one in OF_KINDS[group])]
