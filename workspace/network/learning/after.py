"""Three questions, two weeks later: closed answers, counted without whoever gave them."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from core.errors import HouseError
from network.learning import rights
from network.learning import services as learning
from network.learning.models import ANSWERS, AfterQuestion, Enrolment
from network.learning.rounds import may_answer
from workspace.coordination.doors import network_page
from workspace.network.learning.presenter import base, training_told
from workspace.shared.pages import reason_of


@network_page
@require_http_methods(["GET", "POST"])
def show(request: SignedInRequest, enrolment: str) -> HttpResponse:
    rows = Enrolment.objects.visible_to(request.user).select_related("training__organization", "organization")
    row = get_object_or_404(rows, public_id=enrolment)
    said = {str(question): request.POST.get(question, "") for question in ANSWERS}
    faults: dict[str, list[str]] = {}
    if request.method == "POST":
        try:
            learning.answer(actor=request.user, enrolment=row, said=said)
        except ValidationError as error:
            faults = error.message_dict
        except HouseError as error:
            messages.warning(request, reason_of(error))
            return redirect("workspace:network-training", row.training.public_id)
        else:
            messages.success(request, _("Thank you. The answers are counted without your name."))
            return redirect("workspace:network-training", row.training.public_id)
    context = base("trainings") | training_told(row.training) | {
        "training": row.training,
        "may_answer": rights.answers_for(request.user, row) and may_answer(row),
        "questions": [
            (question, AfterQuestion(question).label, answers, said[question], faults.get(question, []))
            for question, answers in ANSWERS.items()
        ],
    }  # fmt: skip
    return render(request, "workspace/network/learning/after.html", context, status=422 if faults else 200)
