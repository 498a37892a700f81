"""The survey of members: take the code of your organisation, answer with a code. Two presses that know nothing of each
other."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from core.errors import HouseError
from core.phrasing.dates import day_in_words
from network.evaluation import rights
from network.evaluation import services as evaluation
from network.evaluation.models import EvaluationCycle
from workspace.coordination.doors import network_page
from workspace.network.decisions.doors import telling
from workspace.network.evaluation.cycles import base, row_of
from workspace.network.evaluation.forms import SurveyForm
from workspace.shared.pages import reason_of
from workspace.shared.texts import worded


@network_page
@require_http_methods(["GET", "POST"])
def show(request: SignedInRequest, cycle: str) -> HttpResponse:
    """`step=take` gives the code of `organization`; `step=answer` takes the answers. The code is in no address."""
    row = row_of(request, cycle)
    if row.survey_until is None:
        raise Http404
    step = request.POST.get("step", "") if request.method == "POST" else ""
    if step == "take":
        return _taken(request, row)
    form = SurveyForm(request.POST if step == "answer" else None, cycle=row)
    if form.is_bound and form.is_valid() and _answered(row, form):
        messages.success(request, _("Thank you. Your answers are counted, without your name and your organisation."))
        return redirect("workspace:network-evaluation")
    return _page(request, row, form)


def _answered(row: EvaluationCycle, form: SurveyForm) -> bool:
    try:
        with telling(form):
            evaluation.answer(cycle=row, code=form.cleaned_data["code"], said=form.said())
            return True
    except ValidationError as error:
        form.take(error)
    return False


def _taken(request: SignedInRequest, row: EvaluationCycle) -> HttpResponse:
    houses = rights.answers_for(request.user)
    house = houses.filter(slug=request.POST.get("organization", "")).first()
    try:
        if house is None:
            raise HouseError(_("Choose your organisation."))
        code = evaluation.hand_out(actor=request.user, cycle=row, organization=house)
    except HouseError as error:
        messages.warning(request, reason_of(error))
        return redirect("workspace:network-survey", row.public_id)
    return _page(request, row, SurveyForm(cycle=row, code=code), code)


def _page(request: SignedInRequest, row: EvaluationCycle, form: SurveyForm, code: str = "") -> HttpResponse:
    taken = set(row.handed.values_list("organization", flat=True))
    houses = [(one, worded(one, "name"), one.pk in taken) for one in rights.answers_for(request.user)]
    context = base() | {
        "cycle": row,
        "form": form,
        "code": code,
        "until": day_in_words(row.survey_until) if row.survey_until else "",
        "houses": houses,
        "is_taken": bool(houses) and all(taken for _one, _name, taken in houses),
        "shows_form": bool(code) or form.is_bound,
    }
    status = 422 if form.is_bound else 200
    return render(request, "workspace/network/evaluation/survey.html", context, status=status)
