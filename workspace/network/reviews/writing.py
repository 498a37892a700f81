"""The grid of services and the criteria: one page each, for the organisation, the reviewer, and the third."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from core.errors import HouseError
from network.decisions.models import Document
from network.reviews import services as reviews
from network.reviews.models import YearlyReview
from network.reviews.models.words import Barrier, CriterionAnswer, SpectrumAnswer
from services.models import ServiceType
from workspace.coordination.doors import network_page
from workspace.network.reviews.pages import row_of
from workspace.network.reviews.presenter import criteria_of, grid_of, hand_of
from workspace.shared.pages import reason_of
from workspace.shared.texts import worded


@network_page
@require_http_methods(["GET", "POST"])
def spectrum(request: SignedInRequest, yearly: str) -> HttpResponse:
    row, hand = _writer(request, yearly)
    said = request.POST.dict() if request.method == "POST" else {}
    if said and _taken(request, lambda: _keep_lines(request, row, hand, said)):
        return redirect("workspace:network-review-criteria", row.public_id)
    context = {
        "groups": grid_of(row, said),
        "answers": SpectrumAnswer.choices,
        "barriers": Barrier.choices,
        "numbers": (1, 2, 3),
    }
    return _shown(request, "spectrum", row, hand, said, context)


@network_page
@require_http_methods(["GET", "POST"])
def criteria(request: SignedInRequest, yearly: str) -> HttpResponse:
    row, hand = _writer(request, yearly)
    said = request.POST.dict() if request.method == "POST" else {}
    if said and _taken(request, lambda: _keep_marks(request, row, hand, said)):
        return redirect("workspace:network-review", row.public_id)
    papers = Document.objects.visible_to(request.user).order_by("title", "pk")
    context = {
        "groups": criteria_of(row, said),
        "marks": CriterionAnswer.choices,
        "papers": [(one.public_id, worded(one, "title")) for one in papers],
    }
    return _shown(request, "criteria", row, hand, said, context)


def _writer(request: SignedInRequest, yearly: str) -> tuple[YearlyReview, str]:
    """The review and the hand of whoever writes in it now; nobody else has this page."""
    row = row_of(request, yearly)
    hand = hand_of(request.user, row)
    if hand not in ("own", "peer"):
        raise Http404
    return row, hand


def _shown(
    request: SignedInRequest, name: str, row: YearlyReview, hand: str, said: Mapping[str, str], context: dict[str, Any]
) -> HttpResponse:
    told = {"section": "network", "tab": "reviews", "review": row, "hand": hand, **context}
    told["name"] = worded(row.organization, "name")
    told["remark"] = said.get("remark", row.remark)
    return render(request, f"workspace/network/reviews/{name}.html", told, status=422 if said else 200)


def _taken(request: SignedInRequest, save: Callable[[], object]) -> bool:
    """What is refused is told above the page, which keeps all that was typed."""
    try:
        save()
    except HouseError as error:
        messages.warning(request, reason_of(error))
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        messages.success(request, _("Saved."))
        return True
    return False


def _keep_lines(request: SignedInRequest, row: YearlyReview, hand: str, said: dict[str, str]) -> None:
    answers = {key[2:]: value for key, value in said.items() if key.startswith("a-") and value}
    if hand == "peer":
        marks = {one.criterion: one.peer_mark for one in row.marks.all()}
        reviews.look(actor=request.user, review=row, lines=answers, marks=marks, remark=said.get("remark", row.remark))
        return
    if said.get("rest"):
        leaves = ServiceType.objects.filter(parent__isnull=False, is_retired=False).values_list("code", flat=True)
        own = reviews.own_leaves(row)
        answers = {leaf: SpectrumAnswer.NOT_PLANNED.value for leaf in leaves if leaf not in own} | answers
    lines = {
        leaf: reviews.LineSaid(answer, [code for n in (1, 2, 3) if (code := said.get(f"b{n}-{leaf}", ""))])
        for leaf, answer in answers.items()
    }
    reviews.write_lines(actor=request.user, review=row, said=lines)


def _keep_marks(request: SignedInRequest, row: YearlyReview, hand: str, said: dict[str, str]) -> None:
    marks = {key[2:]: value for key, value in said.items() if key.startswith("m-") and value}
    if hand == "peer":
        lines = {one.leaf: one.peer_answer for one in row.lines.all()}
        reviews.look(actor=request.user, review=row, lines=lines, marks=marks, remark=said.get("remark", row.remark))
        return
    papers = {one.public_id: one for one in Document.objects.visible_to(request.user)}
    asked = set(reviews.asked(row))
    known = {key: mark for key, mark in marks.items() if key in asked}
    rows = {
        key: reviews.MarkSaid(
            mark, said.get(f"e-{key}", ""), said.get(f"l-{key}", "").strip(), papers.get(said.get(f"d-{key}", ""))
        )
        for key, mark in known.items()
    }
    reviews.write_marks(actor=request.user, review=row, said=rows)
