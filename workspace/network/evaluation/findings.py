"""Findings, recommendations, decisions, and values that are added with a note: each a form on the report."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from network.evaluation import rights
from network.evaluation import services as evaluation
from network.evaluation.models import EvaluationCycle, Finding, Recommendation
from workspace.coordination.doors import network_page
from workspace.network.decisions.doors import telling
from workspace.network.evaluation.cycles import page, row_of
from workspace.network.evaluation.forms import (
    AddedForm,
    CorrectionForm,
    FindingForm,
    RecommendationForm,
    TakeUpForm,
    WhyNotForm,
    WithdrawForm,
)

#: A form, what it does, and what is said when it was done.
Written = tuple[Any, Callable[[], object], str]


@network_page
@require_POST
def write(request: SignedInRequest, cycle: str) -> HttpResponse:
    """`step` says what, and of which row: "find", "correct:<id>", "recommend:<id>", "withdraw:<id>", "take_up:<id>",
    "decline:<id>", "adopt", "add".
    """
    row = row_of(request, cycle)
    step = request.POST.get("step", "")
    made = _written(request, row, *step.partition(":")[::2])
    if made is None or not rights.reads(request.user, row):
        messages.warning(request, _("Choose what to do."))
        return redirect("workspace:network-cycle", row.public_id)
    form, act, words = made
    if form.is_valid():
        with telling(form):
            act()
            messages.success(request, words)
            return redirect("workspace:network-cycle", row.public_id)
    return page(request, row, form, step)


# long: one step a line
def _written(request: SignedInRequest, cycle: EvaluationCycle, step: str, key: str) -> Written | None:
    actor, sent = request.user, request.POST
    form: Any
    told: dict[str, Any]
    if step == "find":
        form = FindingForm(sent, cycle=cycle)
        return form, lambda: evaluation.find(actor=actor, cycle=cycle, **form.cleaned_data), _("Written down.")
    if step == "correct":
        finding = get_object_or_404(Finding.objects.select_related("cycle", "indicator"), cycle=cycle, public_id=key)
        form = CorrectionForm(sent, row=finding)
        told = {"actor": actor, "finding": finding}
        return form, lambda: evaluation.correct(**told, **form.values()), _("Corrected. The history keeps what it was.")
    if step == "recommend":
        finding = get_object_or_404(Finding, cycle=cycle, public_id=key)
        form = RecommendationForm(sent)
        told = {"actor": actor, "finding": finding}
        return form, lambda: evaluation.recommend(**told, **form.cleaned_data), _("Recommended.")
    if step == "withdraw":
        finding = get_object_or_404(Finding.objects.select_related("cycle"), cycle=cycle, public_id=key)
        form = WithdrawForm(sent)
        told = {"actor": actor, "finding": finding}
        return form, lambda: evaluation.withdraw(**told, **form.cleaned_data), _("Withdrawn. It stays with its reason.")
    if step == "adopt":
        form = TakeUpForm(sent, cycle=cycle, user=actor)
        told = {"actor": actor, "cycle": cycle}
        return form, lambda: evaluation.adopt(**told, **form.cleaned_data), _("Adopted. Members were written to.")
    if step == "add":
        form = AddedForm(sent, cycle=cycle)
        told = {"actor": actor, "cycle": cycle}
        return form, lambda: evaluation.add_value(**told, **form.cleaned_data), _("Added beside the frozen value.")
    if step not in ("take_up", "decline"):
        return None
    row = get_object_or_404(Recommendation, finding__cycle=cycle, public_id=key)
    told = {"actor": actor, "recommendation": row}
    if step == "decline":
        form = WhyNotForm(sent)
        return form, lambda: evaluation.decline(**told, **form.cleaned_data), _("Written down.")
    form = TakeUpForm(sent, cycle=cycle, user=actor)
    return form, lambda: evaluation.take_up(**told, **form.cleaned_data), _("The decision stands beside it.")
