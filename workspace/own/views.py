"""What a person keeps of the map: selections, searches that they follow. Nobody sees somebody else's."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypedDict

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from core.errors import HouseError
from core.geo.countries import country_name
from directory.access import may_read_members
from directory.asking.filters import Filters, parse_leniently
from directory.vocabulary import Vocabulary, vocabulary
from personal import letters, services
from personal.models import Follow, Selection
from reading.picked.ids import read_ids, written
from reading.presenters.choices import Choices
from workspace.shared.pages import desk_page


class FollowTold(TypedDict):
    follow: Follow
    names: list[str]
    map_url: str
    new: int
    new_url: str


@desk_page
@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    _need_standing(request)
    words = vocabulary("members")
    page = reverse("maps:members_picked")
    context = {
        "selections": [
            {"row": row, "url": f"{page}#{written(row.listings)}", "country": country_name(row.country)}
            for row in Selection.objects.filter(owner=request.user)
        ],
        "follows": [_told(row, words, page) for row in Follow.objects.filter(owner=request.user)],
        "has_letters": letters.post_of(request.user) is not None,
        "map_url": reverse("maps:members"),
    }
    return render(request, "workspace/own/index.html", context)


@desk_page
@require_POST
def keep(request: SignedInRequest) -> HttpResponse:
    _need_standing(request)
    ids = read_ids(request.POST.get("ids", ""))
    return _done(
        request,
        lambda: services.keep(owner=request.user, ids=ids, country=request.POST.get("country", "")),
        _("Kept. You find it here for half a year."),
    )


@desk_page
@require_POST
def follow(request: SignedInRequest) -> HttpResponse:
    """What cannot be understood is named: half of a question would follow something else."""
    _need_standing(request)
    filters, errors = parse_leniently(request.POST, vocabulary("members"))
    if errors:
        messages.error(request, str(errors[0].message))
        return redirect("workspace:own")
    return _done(
        request,
        lambda: services.follow(owner=request.user, filters=filters),
        _("You follow this search for a year. When something changes, one letter a week says so."),
    )


@desk_page
@require_POST
def forget(request: SignedInRequest, selection: str) -> HttpResponse:
    if not services.forget(owner=request.user, selection=selection):
        raise Http404
    messages.success(request, _("Deleted."))
    return redirect("workspace:own")


@desk_page
@require_POST
def unfollow(request: SignedInRequest, follow: str) -> HttpResponse:
    if not services.unfollow(owner=request.user, follow=follow):
        raise Http404
    messages.success(request, _("Ended. No more letters about this search."))
    return redirect("workspace:own")


def _done(request: SignedInRequest, act: Callable[[], object], words: str) -> HttpResponse:
    try:
        act()
    except HouseError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, words)
    return redirect("workspace:own")


def _told(row: Follow, words: Vocabulary, page: str) -> FollowTold:
    filters = letters.filters_of(row)
    new = row.new[: services.MOST_SERVICES]
    return {
        "follow": row,
        "names": _names(filters, words),
        "map_url": f"{reverse('maps:members')}?{filters.to_query()}",
        "new": len(row.new),
        "new_url": f"{page}#{written(new)}" if new else "",
    }


def _names(filters: Filters, words: Vocabulary) -> list[str]:
    """The conditions as chips say them."""
    choices = Choices(words, "members")
    names = [choices.name(param, code) for param, codes in filters.active().items() for code in codes]
    return [*names, _("a part of the map")] if filters.bbox else names


def _need_standing(request: SignedInRequest) -> None:
    """It is kept of the members' map, so only for whoever may read that."""
    if not may_read_members(request.user):
        raise Http404
