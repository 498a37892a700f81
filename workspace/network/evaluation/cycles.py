"""Cycles of evaluation: the list, a plan, the report with every press on it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.requests import SignedInRequest
from core.phrasing.dates import day_in_words, moment_in_words
from network.decisions.models import kept_bodies
from network.evaluation import rights
from network.evaluation import services as evaluation
from network.evaluation.models import FINDING, CycleState, EvaluationCycle
from network.evaluation.models.words import RecommendationState
from workspace.coordination.doors import network_page
from workspace.network.evaluation import presenter
from workspace.network.evaluation.forms import (
    AddedForm,
    CorrectionForm,
    CycleForm,
    FindingForm,
    RecommendationForm,
    TakeUpForm,
    WithdrawForm,
)
from workspace.network.joining.doors import Step, pressed

SHOWN_AT_MOST = 50
#: In which whoever runs it has a step to press.
_RUN = (CycleState.PLANNED, CycleState.COLLECTING, CycleState.FROZEN)


def base() -> dict[str, object]:
    return {"section": "network", "tab": "evaluation"}


def row_of(request: SignedInRequest, public_id: str) -> EvaluationCycle:
    rows = EvaluationCycle.objects.visible_to(request.user).select_related("adopted_by__body")
    return get_object_or_404(rows, public_id=public_id)


@network_page
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    """A plan that has not begun is for those who run it."""
    rows = EvaluationCycle.objects.visible_to(request.user).order_by("-ends_on", "-pk")
    runs = rights.runs(request.user)
    rows = rows if runs else rows.exclude(state=CycleState.PLANNED)
    lines = [presenter.line_of(row) for row in rows[:SHOWN_AT_MOST]]
    answers = rights.answers_for(request.user).exists()
    context = base() | {
        "lines": lines,
        "runs": runs,
        "to_answer": [line for line in lines if answers and line["row"].is_asking],
    }
    return render(request, "workspace/network/evaluation/index.html", context)


@network_page
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest) -> HttpResponse:
    return _written(request, None)


@network_page
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, cycle: str) -> HttpResponse:
    row = row_of(request, cycle)
    if row.state != CycleState.PLANNED:
        raise Http404
    return _written(request, row)


def _written(request: SignedInRequest, row: EvaluationCycle | None) -> HttpResponse:
    if not rights.runs(request.user):
        raise Http404
    form = CycleForm(request.POST if request.method == "POST" else None, row=row)
    if form.is_bound and form.is_valid():
        with form.collecting():
            made = evaluation.plan(actor=request.user, cycle=row, **form.values())
            messages.success(request, _("The plan is kept. When it begins, members are asked."))
            return redirect("workspace:network-cycle", made.public_id)
    context = base() | {"form": form, "row": row}
    status = 422 if form.is_bound else 200
    return render(request, "workspace/network/evaluation/edit.html", context, status=status)


@network_page
@require_GET
def show(request: SignedInRequest, cycle: str) -> HttpResponse:
    row = row_of(request, cycle)
    if row.state == CycleState.PLANNED and not rights.runs(request.user):
        raise Http404
    return page(request, row)


# long: what is on the page, one a line
def page(request: SignedInRequest, row: EvaluationCycle, form: Any = None, step: str = "") -> HttpResponse:
    """The report. `form` is one that was refused, in the place of its own on the page."""
    user = request.user
    runs, reads = rights.runs(user), rights.reads(user, row)
    adopted = row.adopted_by
    publishes = adopted is not None and kept_bodies(user).filter(pk=adopted.body_id).exists()
    answered, asked = evaluation.turnout(row) if row.survey_until else (0, 0)
    context = base() | {
        "cycle": row,
        "line": presenter.line_of(row),
        "runs": runs,
        "reads": reads,
        "finding": row.state in FINDING,
        "withdraws": runs and row.is_frozen and row.state != CycleState.PUBLISHED,
        "decides": rights.decides(user) and row.is_frozen,
        "publishes": publishes,
        "has_step": (runs and row.state in _RUN) or (publishes and row.state == CycleState.ADOPTED),
        "tasks": presenter.by_task(row) if reads else [],
        "survey": presenter.survey_told(row) if reads else [],
        "findings": _findings(row, form, step, mends=runs and row.state in FINDING) if reads and row.is_frozen else [],
        "gaps": presenter.gaps_told(row) if reads and row.is_frozen else None,
        "answered": answered,
        "asked": asked,
        "frozen": moment_in_words(row.frozen_at) if row.frozen_at else "",
        "published": day_in_words(row.published_on) if row.published_on else "",
        "may_answer": row.is_asking and rights.answers_for(user).exists(),
        "forms": _forms(request, row, form, step),
        "refused": step,
    }
    return render(request, "workspace/network/evaluation/cycle.html", context, status=422 if form else 200)


def _findings(row: EvaluationCycle, refused: Any, step: str, *, mends: bool) -> list[dict[str, Any]]:
    """Those that may still be corrected have their form."""
    told = presenter.findings_told(row)
    for one in told:
        finding, is_open = one["row"], all(r["row"].state == RecommendationState.OPEN for r in one["recommendations"])
        if step == f"correct:{finding.public_id}":
            one["correction"] = refused
        elif mends and is_open and not one["withdrawn"]:
            one["correction"] = CorrectionForm(row=finding)
    return told


def _forms(request: SignedInRequest, row: EvaluationCycle, refused: Any, step: str) -> dict[str, Any]:
    """By what they do; the one that was refused as it was filled in."""
    user = request.user
    forms: dict[str, Any] = {}
    if rights.runs(user) and row.is_frozen:
        forms |= {"find": FindingForm(cycle=row), "recommend": RecommendationForm(), "add": AddedForm(cycle=row)}
    if rights.decides(user) and row.is_frozen:
        forms |= {"take_up": TakeUpForm(cycle=row, user=user), "adopt": TakeUpForm(cycle=row, user=user)}
    if rights.runs(user) and row.is_frozen:
        forms["withdraw"] = WithdrawForm()
    return forms | ({step.partition(":")[0]: refused} if refused is not None else {})


@network_page
@require_GET
def compare(request: SignedInRequest, cycle: str) -> HttpResponse:
    """Every frozen value against the same function today."""
    row = row_of(request, cycle)
    if not (rights.reads(request.user, row) and row.is_frozen):
        raise Http404
    changed = list(evaluation.changed(row))
    is_untouched = evaluation.frozen_hash(row) == row.frozen_hash
    told = presenter.by_task(row)
    codes = {one.code for one in changed}
    context = base() | {
        "cycle": row,
        "line": presenter.line_of(row),
        "is_untouched": is_untouched,
        "is_same": not changed,
        "changed": [one for task in told for one in task["rows"] if one["code"] in codes],
        "frozen": moment_in_words(row.frozen_at) if row.frozen_at else "",
    }
    return render(request, "workspace/network/evaluation/compare.html", context)


@network_page
@require_POST
def press(request: SignedInRequest, cycle: str) -> HttpResponse:
    row = row_of(request, cycle)
    told: dict[str, Any] = {"actor": request.user, "cycle": row}
    steps: dict[str, Step] = {
        "open": (lambda: evaluation.open_cycle(**told), _("It has begun. Members were written to.")),
        "call_off": (lambda: evaluation.call_off(**told), _("The plan is gone.")),
        "freeze": (lambda: evaluation.freeze(**told), _("Frozen. Every figure keeps its number, day and hash.")),
        "discuss": (lambda: evaluation.discuss(**told), _("Laid before the network.")),
        "publish": (
            lambda: evaluation.publish(**told),
            _("Everybody can read it now, under the papers of the network."),
        ),
    }
    answer = pressed(request, steps, "workspace:network-cycle", row.public_id)
    return answer if EvaluationCycle.objects.filter(pk=row.pk).exists() else redirect("workspace:network-evaluation")
