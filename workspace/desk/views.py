"""The desk: my listings by place, how each stands, and what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from core.languages import column_names
from core.pages.addresses import Page, path_to
from core.spelling.collation import reading_key
from core.spelling.folding import alike
from core.spelling.text import asked_words, searched
from facts.profile import standing_on_map
from network.volunteering.rights import standing_of as standing_of_volunteer
from organizations.models import Location, Organization
from services.models import ServiceAtLocation
from verification.campaigns.tasks import asks_of
from verification.coordination.alike.across import doors_waiting
from verification.coordination.alike.pairs import waits_for
from verification.coordination.queues import my_listings, queue_for
from verification.snapshots import parts
from workspace.access import desks_of, may_read_members_map
from workspace.desk.heard import listings_heard_of
from workspace.desk.standing import BUCKETS, Standing, standing_of
from workspace.shared.pages import desk_page

SEARCH_AT_MOST = 100


@desk_page
@require_http_methods(["GET", "POST"])
def home(request: SignedInRequest) -> HttpResponse:
    """GET shows the desk; POST is the search among one's own listings: its words do not belong in an address."""
    desks = list(desks_of(request.user)[:500])
    organization = _chosen(desks, request.GET.get("organization", ""))
    context = {
        "desks": desks if len(desks) > 1 else [],
        "organization": organization,
        "section": "home",
        "waiting_reviews": queue_for(request.user).count() if request.user.is_verifier else 0,
        "may_read_members_map": may_read_members_map(request.user),
    }
    if organization is None:
        context["volunteers"] = standing_of_volunteer(request.user) is not None
        return render(request, "workspace/desk/no_desk.html", context)
    context["book_url"] = path_to(Page.BOOK, organization=organization.slug)
    context["book_back_url"] = path_to(Page.BOOK_BACK)
    words = request.POST.get("q", "")[:SEARCH_AT_MOST].strip() if request.method == "POST" else ""
    return render(request, "workspace/desk/home.html", context | _listings(request, organization, words))


def _chosen(desks: list[Organization], slug: str) -> Organization | None:
    return next((desk for desk in desks if desk.slug == slug), desks[0] if desks else None)


def _listings(request: SignedInRequest, organization: Organization, words: str) -> dict[str, object]:
    rows = [standing_of(listing) for listing in parts(my_listings(request.user)).under(organization)]
    counts = Counter(bucket for row in rows for bucket in row.buckets)
    shown = request.GET.get("show", "")
    shown = shown if shown in BUCKETS else ""
    chosen = [row for row in rows if (not shown or shown in row.buckets) and _speaks_of(row, words)]
    if shown == "gaps":
        chosen.sort(key=lambda row: -row.completeness.lacks)
    places = list(organization.locations.order_by("country", "city", "name", "pk"))
    return {
        "groups": _by_place(chosen, places if not shown and not words else []),
        "total": len(rows),
        "found": len(chosen),
        "places": places,
        "shown": shown,
        "words": words,
        "filters": [(name, _bucket_name(name), counts[name]) for name in BUCKETS if counts[name] or name == shown],
        "due_count": counts["due"],
        "profile": standing_on_map(organization),
        "asks": asks_of(organization),
        "heard": listings_heard_of(organization),
        "merges": waits_for(organization).count(),
        "doors": doors_waiting(organization).count(),
    }


def _by_place(rows: list[Standing], places: Iterable[Location]) -> list[dict[str, object]]:
    """Rows under their places; places without a service too, remote services last."""
    groups: dict[Location, list[Standing]] = {place: [] for place in places}
    for row in rows:
        if row.listing.location is not None:
            groups.setdefault(row.listing.location, []).append(row)
    remote = [row for row in rows if row.listing.location is None]
    ordered = sorted(groups.items(), key=lambda pair: _order(pair[0]))
    found: list[dict[str, object]] = [_group(place, members) for place, members in ordered]
    return [*found, _group(None, remote)] if remote else found


def _order(place: Location) -> tuple[object, ...]:
    return place.country, reading_key(place.city), reading_key(place.name), place.pk


def _group(place: Location | None, rows: list[Standing]) -> dict[str, object]:
    return {
        "place": place,
        "rows": rows,
        "to_send": sum(row.step.name == "submit" for row in rows),
        "to_confirm": sum(row.step.name == "confirm" for row in rows),
    }


def _speaks_of(row: Standing, words: str) -> bool:
    asked = asked_words(words)
    return asked is not None and all(alike(word) in _text_of(row.listing) for word in asked)


def _text_of(listing: ServiceAtLocation) -> str:
    service, place = listing.service, listing.location
    texts = [*_in_every_language(service, "title"), service.summary]
    if place:
        texts += [*_in_every_language(place, "name"), *_in_every_language(place, "city"), place.address]
    return searched(" ".join(texts))


def _in_every_language(row: Model, name: str) -> list[str]:
    return [getattr(row, column) or "" for column in column_names(name)]


def _bucket_name(name: str) -> str:
    return {
        "todo": _("To do"),
        "due": _("To be checked"),
        "waiting": _("With a verifier"),
        "published": _("On the map"),
        "draft": _("Not on the map yet"),
        "gaps": _("Say more"),
        "off": _("Taken off"),
    }[name]
