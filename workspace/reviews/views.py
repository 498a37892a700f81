"""The verifier's queue and the page of one submission. Never of an organisation that the verifier belongs to."""

from __future__ import annotations

from collections import Counter

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.requests import SignedInRequest
from core.geo.countries import country_name
from core.spelling.collation import reading_key
from facts.discretion import reader_of
from facts.names import names
from verification.coordination.queues import decided_for, queue_for, reviews_for
from verification.models import Review
from workspace.reviews.forms import DecisionForm
from workspace.reviews.presenter import QueueLine, line_of, page_of
from workspace.reviews.reasons import ACTIONS, offered
from workspace.shared.pages import desk_page

PER_PAGE = 50
QUEUE_AT_MOST = 500


@desk_page
@require_GET
def queue(request: SignedInRequest) -> HttpResponse:
    _verifiers_only(request)
    reader = reader_of(request.user)
    lines = [line_of(review, reader) for review in queue_for(request.user)[:QUEUE_AT_MOST]]
    country, kind, family = (request.GET.get(name, "") for name in ("country", "kind", "family"))
    shown = [line for line in lines if _is_of(line, country, kind, request) and family in ("", line.family)]
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "reviews",
        "lines": page.object_list,
        "page": page,
        "total": len(lines),
        "late": sum(line.is_late for line in lines),
        "countries": _countries(lines),
        "country": country,
        "narrowed": [*_names(_countries(lines), country), *_names(_families(lines), family)],
        "families": _families(lines),
        "family": family,
        "kinds": [(n, label, sum(_is_of(line, "", n, request) for line in lines)) for n, label in _kinds()],
        "kind": kind,
    }
    return render(request, "workspace/reviews/reviews.html", context)


@desk_page
@require_GET
def decided(request: SignedInRequest) -> HttpResponse:
    _verifiers_only(request)
    page, reader = (
        Paginator(decided_for(request.user), PER_PAGE).get_page(request.GET.get("page")),
        reader_of(request.user),
    )
    context = {
        "section": "reviews-decided",
        "lines": [line_of(review, reader) for review in page.object_list],
        "page": page,
    }
    return render(request, "workspace/reviews/reviews_decided.html", context)


@desk_page
@require_GET
def show(request: SignedInRequest, review: str) -> HttpResponse:
    row = find(request, review)
    return render(request, "workspace/reviews/review.html", review_context(request, row, DecisionForm()))


def find(request: SignedInRequest, public_id: str) -> Review:
    return get_object_or_404(reviews_for(request.user), public_id=public_id)


def review_context(request: SignedInRequest, review: Review, form: DecisionForm) -> dict[str, object]:
    waiting = list(queue_for(request.user).values_list("public_id", flat=True)[:QUEUE_AT_MOST])
    here = waiting.index(review.public_id) if review.public_id in waiting else None
    following = waiting[here + 1] if here is not None and here + 1 < len(waiting) else None
    page = page_of(review, request.user)
    is_apart = not request.POST.getlist("also") if form.is_bound else "apart" in request.GET
    is_together = bool(page["mates"]) and not is_apart
    return page | {
        "is_together": is_together,
        "may_return": page["may_return"] and not is_together,
        "reasons": {action: offered(action) for action in ACTIONS},
        "chosen": set(request.POST.getlist("phrases")),
        "form": form,
        "ticked": set(request.POST.getlist("returned")) if form.is_bound else set(),
        "asked": {name: request.POST.get("action") == name for name in ACTIONS},
        "section": "reviews",
        "next_review": following,
        "left": len(waiting),
    }


def _verifiers_only(request: SignedInRequest) -> None:
    if not request.user.is_verifier:
        raise Http404


def _is_of(line: QueueLine, country: str, kind: str, request: SignedInRequest) -> bool:
    if country and line.country != country:
        return False
    return {
        "new": line.is_new,
        "edit": not line.is_new,
        "late": line.is_late,
        "mine": line.review.taken_by_id == request.user.pk,
    }.get(kind, True)


def _kinds() -> list[tuple[str, str]]:
    return [
        ("new", _("New ones")),
        ("edit", _("Changes")),
        ("late", _("Waiting too long")),
        ("mine", _("Taken by me")),
    ]


def _names(choices: list[tuple[str, str, int]], chosen: str) -> list[str]:
    """The name of what is chosen, if it is one of the choices."""
    return [name for code, name, _count in choices if code == chosen]


def _families(lines: list[QueueLine]) -> list[tuple[str, str, int]]:
    """Families of services in the queue, when there is more than one to choose from."""
    counts = Counter(line.family for line in lines if line.family)
    order = [code for code in names().families if code in counts]
    return [(code, names().name("family", code), counts[code]) for code in order] if len(order) > 1 else []


def _countries(lines: list[QueueLine]) -> list[tuple[str, str, int]]:
    counts = Counter(line.country for line in lines if line.country)
    named = ((code, country_name(code), count) for code, count in counts.items())
    return sorted(named, key=lambda item: reading_key(item[1]))
