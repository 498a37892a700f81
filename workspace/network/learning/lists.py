"""Every press on a training: deciding about it, who comes, who came, certificates."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.requests import SignedInRequest
from network.learning import services as learning
from network.learning.models import Enrolment, Training
from workspace.coordination.doors import network_page
from workspace.network.decisions.doors import telling
from workspace.network.joining.doors import Step, pressed
from workspace.network.learning.library import offer_steps
from workspace.network.learning.people import AskForm, PlaceInviteForm
from workspace.network.learning.trainings import page, row_of


@network_page
@require_POST
def press(request: SignedInRequest, training: str) -> HttpResponse:
    row = row_of(request, training)
    step = request.POST.get("step", "")
    if step in ("ask", "invite_other"):
        return _form_step(request, row, step)
    return pressed(request, _steps(request, row), "workspace:network-training", row.public_id)


def _form_step(request: SignedInRequest, row: Training, step: str) -> HttpResponse:
    form: AskForm | PlaceInviteForm
    form = AskForm(request.POST, user=request.user, training=row) if step == "ask" else PlaceInviteForm(request.POST)
    if form.is_valid():
        with telling(form):
            told: dict[str, Any] = {"actor": request.user, "training": row}
            if isinstance(form, AskForm):
                learning.ask(**told, **form.values())
                messages.success(request, _("Written down. Whoever holds the training invites you."))
            else:
                learning.invite(**told, **form.cleaned_data)
                messages.success(request, _("Invited. They say whether they come."))
            return redirect("workspace:network-training", row.public_id)
    return page(request, row, **{"ask_form" if step == "ask" else "invite_form": form})


# long: one step a line
def _steps(request: SignedInRequest, row: Training) -> dict[str, Step]:
    post = request.POST

    def of() -> dict[str, Any]:
        found = Enrolment.objects.visible_to(request.user).select_related("training", "organization")
        return {"actor": request.user, "enrolment": found.get(training=row, public_id=post.get("enrolment", ""))}

    def came(many: str) -> Enrolment:
        return learning.mark(**of(), came=int(many))

    def colleague() -> object:
        rows = User.objects.filter(memberships__organization=row.organization)
        return learning.add_trainer(actor=request.user, training=row, person=rows.get(pk=int(post.get("person", ""))))

    return {
        **offer_steps(request, row),
        "invite": (
            lambda: learning.invite(training=row, **of()), _("Invited. They say whether they come."),
        ),
        "accept": (lambda: learning.accept(**of()), _("Written down: you come.")),
        "withdraw": (lambda: learning.withdraw(**of()), _("Off the list.")),
        "came": (lambda: came(post.get("came", "1")), _("Written down.")),
        "no_show": (lambda: came("0"), _("Written down.")),
        "complete": (
            lambda: learning.complete(actor=request.user, training=row), _("Certificates are given."),
        ),
        "call_off": (
            lambda: learning.call_off(actor=request.user, training=row), _("Cancelled. People are told."),
        ),
        "add_trainer": (colleague, _("Written down.")),
        "remove_trainer": (
            lambda: learning.remove_trainer(
                actor=request.user, training=row, person_id=int(post.get("person", ""))
            ),
            _("Written down."),
        ),
    }  # fmt: skip
