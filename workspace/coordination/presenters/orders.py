"""In which order a coordinator reads listings, and below which completeness: never shown to anybody outside."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from verification.models import ListingState

#: "Says less than": in percent of what people look for.
_THRESHOLDS = (50, 75, 100)


def orders() -> list[tuple[str, str]]:
    return [("", _("By date")), ("said", _("Who says least first"))]


def thresholds() -> list[tuple[int, str]]:
    """0 asks for nothing."""
    named = [(0, _("However much they say"))]
    return named + [(value, _("Say less than %(percent)s %%") % {"percent": value}) for value in _THRESHOLDS]


def asked_order(request: HttpRequest) -> str:
    return "said" if request.GET.get("order") == "said" else ""


def asked_said(request: HttpRequest) -> int:
    return next((value for value in _THRESHOLDS if request.GET.get("said") == str(value)), 0)


def in_order(rows: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
    """Listings of a pile as the address asks; other piles as they are."""
    if rows.model is not ListingState:
        return rows
    if said := asked_said(request):
        rows = rows.filter(completeness__lt=said)
    if asked_order(request):
        rows = rows.order_by(F("completeness").asc(nulls_last=True), "due_on", "pk")
    return rows
