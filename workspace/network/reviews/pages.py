"""Reviews: all that a person reads, one of them, and every press on it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import NetworkRole
from accounts.requests import SignedInRequest
from network.reviews import services as reviews
from network.reviews.models import ReviewAction, YearlyReview
from network.reviews.models.words import YearlyState
from workspace.coordination.doors import coordinators_page, network_page
from workspace.network.decisions.doors import telling
from workspace.network.joining.doors import Step, pressed
from workspace.network.reviews.forms import ActionForm, RoundForm
from workspace.network.reviews.presenter import BESIDE, criteria_of, lines_of, page_of

SHOWN_AT_MOST = 200


@network_page
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    """`?show=agreed` or `overdue`; as it opens, those under way, the nearest day first."""
    show = request.GET.get("show", "")
    rows = YearlyReview.objects.visible_to(request.user)
    piles = {
        "open": rows.under_way().order_by("due_on", "pk"),
        "agreed": rows.latest_agreed().filter(pk__in=rows.values("pk")).order_by("-agreed_on", "pk"),
        "overdue": rows.overdue().filter(pk__in=rows.values("pk")).order_by("good_until", "pk"),
    }
    show = show if show in piles else "open"
    names = {
        "open": pgettext("reviews", "Under way"),
        "agreed": pgettext("reviews", "Agreed"),
        "overdue": pgettext("reviews", "Overdue"),
    }
    context = {
        "section": "network",
        "tab": "reviews",
        "show": show,
        "tabs": [(code, names[code], pile.count()) for code, pile in piles.items()],
        "lines": lines_of(piles[show].select_related(*BESIDE)[:SHOWN_AT_MOST]),
        "writes": request.user.is_coordinator,
        "compares": request.user.is_coordinator or request.user.network_role == NetworkRole.EVALUATOR,
    }
    return render(request, "workspace/network/reviews/index.html", context)


@coordinators_page
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest) -> HttpResponse:
    form = RoundForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_bound and form.is_valid():
        with telling(form):
            made = reviews.plan_round(actor=request.user, **form.cleaned_data)
            count = made.reviews.count()
            messages.success(request, _("Planned. Organisations that were written to: %(n)d.") % {"n": count})
            return redirect("workspace:network-reviews")
    context = {"section": "network", "tab": "reviews", "form": form}
    return render(request, "workspace/network/reviews/new.html", context, status=422 if form.is_bound else 200)


@network_page
@require_GET
def show(request: SignedInRequest, yearly: str) -> HttpResponse:
    return _page(request, row_of(request, yearly), None)


def _page(request: SignedInRequest, row: YearlyReview, form: ActionForm | None) -> HttpResponse:
    context = {"section": "network", "tab": "reviews", **page_of(row, request.user)}
    context["form"] = form or ActionForm(review=row)
    is_agreed = row.state == YearlyState.AGREED
    context["criteria"] = criteria_of(row, {}) if is_agreed or context["sees"] else []
    return render(request, "workspace/network/reviews/review.html", context, status=422 if form else 200)


@network_page
@require_POST
def press(request: SignedInRequest, yearly: str) -> HttpResponse:
    row = row_of(request, yearly)
    if request.POST.get("step") == "act":
        return _act(request, row)
    return pressed(request, _steps(request, row), "workspace:network-review", row.public_id)


def _act(request: SignedInRequest, row: YearlyReview) -> HttpResponse:
    form = ActionForm(request.POST, review=row)
    if form.is_valid():
        with telling(form):
            reviews.add_action(actor=request.user, review=row, **form.cleaned_data)
            messages.success(request, _("Written down."))
            return redirect("workspace:network-review", row.public_id)
    return _page(request, row, form)


def row_of(request: SignedInRequest, public_id: str) -> YearlyReview:
    rows = YearlyReview.objects.visible_to(request.user).select_related(*BESIDE)
    return get_object_or_404(rows, public_id=public_id)


# long: one step a line
def _steps(request: SignedInRequest, row: YearlyReview) -> dict[str, Step]:
    post = request.POST
    told: dict[str, Any] = {"actor": request.user, "review": row}

    def end() -> ReviewAction:
        action = ReviewAction.objects.visible_to(request.user).get(review=row, public_id=post.get("action", ""))
        return reviews.end_action(
            actor=request.user, action=action, state=post.get("state", ""), ending=post.get("ending", "")
        )

    return {
        "send": (lambda: reviews.send(**told), _("Sent. Another organisation was asked to look.")),
        "close": (
            lambda: reviews.close_look(**told, remark=post.get("remark")),
            _("Done, thank you. The organisation was written to."),
        ),
        "accept": (lambda: reviews.accept(**told), _("Agreed.")),
        "object": (lambda: reviews.object_to(**told, text=post.get("text", "")), _("Written down.")),
        "drop": (lambda: reviews.drop(**told), _("Called off.")),
        "another": (lambda: reviews.ask_another(**told), _("Another organisation was asked.")),
        "end": (end, _("Written down.")),
        "decide": (
            lambda: reviews.decide(
                **told,
                sides={key[2:]: str(value) for key, value in post.items() if key.startswith("s-")},
                verdict=post.get("verdict", ""),
            ),
            _("Decided, thank you. The review is agreed."),
        ),
    }
