"""What was agreed, organisation by criterion: for coordinators and the evaluator.

Rule: in the order of the names. Nothing is added up, counted or put in an order by how it is done: points would move
money to whoever writes well. What shows a mark stands in the review, not here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from accounts.models import NetworkRole, User
from accounts.requests import SignedInRequest
from core.geo.countries import country_name
from core.phrasing.dates import day_in_words
from core.spelling.collation import reading_key
from network.reviews.models import YearlyReview
from network.reviews.models.of_kinds import OF_KINDS, KindCriterion, KindGroup
from network.reviews.models.words import CRITERIA, Criterion, CriterionAnswer, CriterionGroup
from organizations.models import Organization
from workspace.coordination.doors import network_page
from workspace.coordination.sheets import sheet
from workspace.shared.texts import worded

Group = CriterionGroup | KindGroup
OneCriterion = Criterion | KindCriterion
GROUPS: dict[Group, Sequence[OneCriterion]] = dict([*CRITERIA.items(), *OF_KINDS.items()])
#: A sign for each answer, with the ground of the matrix of gaps: colour is never alone.
_SIGNS = {
    CriterionAnswer.MET: ("✓", "yes"),
    CriterionAnswer.PARTLY: ("◐", "thin"),
    CriterionAnswer.NOT_MET: ("○", "none"),
    CriterionAnswer.NOT_APPLICABLE: ("–", "unknown"),
}


@dataclass(frozen=True)
class MarksRow:
    """One organisation; `marks` by the code of a criterion, none where it was not asked."""

    review: YearlyReview
    name: str
    country: str
    marks: dict[str, CriterionAnswer]


@network_page
@require_GET
def show(request: SignedInRequest) -> HttpResponse:
    """`?group=` of criteria, `?country=`; what is not known is as if it were not asked."""
    found = rows_for(request.user)
    countries = sorted({one.country for one in found}, key=lambda code: reading_key(country_name(code)))
    country = request.GET.get("country", "")
    country = country if country in countries else ""
    asked = request.GET.get("group", "")
    group = next((one for one in GROUPS if one.value == asked), CriterionGroup.DIGNITY)
    context = {
        "section": "network",
        "tab": "reviews",
        "groups": [(one.value, one.label) for one in GROUPS],
        "group": group,
        "countries": [(code, country_name(code)) for code in countries],
        "country": country,
        "head": [one.label for one in GROUPS[group]],
        "rows": [_line(one, group) for one in found if not country or one.country == country],
    }
    return render(request, "workspace/network/reviews/marks.html", context)


@network_page
@require_GET
def table(request: SignedInRequest) -> HttpResponse:
    """Every criterion of everybody, in words."""
    criteria = [one for group in GROUPS.values() for one in group]
    head = [_("Organisation"), _("Country"), _("Agreed on"), _("Good until"), *(str(one.label) for one in criteria)]
    rows = [
        [
            row.name,
            country_name(row.country),
            row.review.agreed_on,
            row.review.good_until,
            *(str(row.marks[one.value].label) if one.value in row.marks else _not_asked() for one in criteria),
        ]
        for row in rows_for(request.user)
    ]
    return sheet("criteria", head, rows)


def rows_for(user: User) -> list[MarksRow]:
    """The last agreed review of each organisation of the network, by name."""
    if not (user.is_coordinator or user.network_role == NetworkRole.EVALUATOR):
        raise Http404
    found = (
        YearlyReview.objects.visible_to(user).latest_agreed().filter(organization__in=Organization.objects.in_network())
    )
    rows = [
        MarksRow(
            review=review,
            name=worded(review.organization, "name"),
            country=review.round.country,
            marks={mark.criterion: CriterionAnswer(mark.agreed) for mark in review.marks.all()},
        )
        for review in found.select_related("organization", "round").prefetch_related("marks")
    ]
    return sorted(rows, key=lambda row: reading_key(row.name))


def _line(row: MarksRow, group: Group) -> dict[str, Any]:
    return {
        "row": row,
        "country": country_name(row.country),
        "agreed": day_in_words(row.review.agreed_on) if row.review.agreed_on else "",
        "cells": [{"column": one.label, **_told(row.marks.get(one.value))} for one in GROUPS[group]],
    }


def _told(mark: CriterionAnswer | None) -> dict[str, str]:
    if mark is None:
        return {"sign": "", "code": "", "word": _not_asked()}
    sign, code = _SIGNS[mark]
    return {"sign": sign, "code": code, "word": str(mark.label)}


def _not_asked() -> str:
    return pgettext("criterion", "not asked")
