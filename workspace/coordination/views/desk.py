"""The desk: piles with their sizes, one of them open, filtered by country."""

from __future__ import annotations

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.requests import SignedInRequest
from facts.discretion import reader_of
from messaging import silence
from messaging.models import Correspondent
from organizations.models import Organization
from verification.coordination.desk import Pile, letters_in_trouble, people_of, piles_for
from verification.letters.occasions.digest import PileCount, counts
from verification.models import ListingState
from workspace.coordination.doors import asked_country, countries_of, verifiers_page
from workspace.coordination.presenters.orders import asked_order, asked_said, in_order, orders, thresholds
from workspace.coordination.presenters.piles import rows_of

PER_PAGE = 50
#: In these piles several listings can be chosen and something done with all of them.
CHOOSABLE = {"rechecks", "due", "overdue", "unchecked", "reports"}


@verifiers_page
@require_GET
def show(request: SignedInRequest) -> HttpResponse:
    country = asked_country(request)
    sizes = counts(request.user, country)
    pile = chosen_pile(request, sizes)
    context = {
        "section": "coordination",
        "tab": "desk",
        "piles": sizes,
        "pile": pile,
        "country": country,
        "countries": countries_of(request.user),
        "silence": silence.minutes_of_silence() if request.user.is_coordinator else 0,
        "undo": request.session.pop("coordination_undo", None),
        "total": next(row["count"] for row in sizes if row["code"] == pile.code),
        "may_choose": pile.code in CHOOSABLE and request.user.is_coordinator,
    }
    context["letters_wait"] = silence.is_too_long(context["silence"])
    found = pile.rows(request.user, country)
    if found.model is ListingState:
        context |= {"orders": orders(), "thresholds": thresholds()}
        context |= {"order": asked_order(request), "said": asked_said(request)}
    page = Paginator(in_order(found, request), PER_PAGE).get_page(request.GET.get("page"))
    context["page"] = page
    if pile.code == "unreachable":
        context |= _unreachable(request, page)
    else:
        context["rows"] = rows_of(pile, page.object_list, country, reader_of(request.user))
    return render(request, "workspace/coordination/desk.html", context)


def chosen_pile(request: SignedInRequest, sizes: list[PileCount] | None = None) -> Pile:
    """`?pile=`; without it the first that is not empty."""
    piles = {pile.code: pile for pile in piles_for(request.user)}
    asked = request.GET.get("pile", "") or request.POST.get("pile", "")
    full = [str(row["code"]) for row in sizes or [] if row["count"]]
    return piles.get(asked) or piles[full[0] if full else next(iter(piles))]


def _unreachable(request: SignedInRequest, page: Page[Organization]) -> dict[str, object]:
    organizations = list(page.object_list)
    people: dict[int | None, list[Correspondent]] = {row.pk: [] for row in organizations}
    for person in people_of(organizations):
        people[person.organization_id].append(person)
    return {
        "organizations": [(row, people[row.pk]) for row in organizations],
        "letters": letters_in_trouble(request.user)[:PER_PAGE],
        "rows": [],
    }
