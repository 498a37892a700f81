"""What is not public: who read very much of it, and to whom what an organisation hides is open.

For administrators, and for whoever keeps an organisation's listings. Asking and agreeing is for administrators alone.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.requests import SignedInRequest
from core.errors import HouseError
from organizations.models import Disclosure, Organization
from organizations.models.disclosure import OPEN
from verification.guarding import disclosing
from verification.guarding.reading import read_in_bulk
from workspace.guarding.forms import DisclosureForm
from workspace.shared.pages import desk_page, reason_of

OVER_SHOWN = 20


@desk_page
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    user = request.user
    _require(user.is_administrator or Organization.objects.editable_by(user).exists())
    rows = Disclosure.objects.visible_to(user).select_related("organization", "asked_by", "agreed_by", "ended_by")
    live = [row for row in rows.exclude(ended_at__isnull=False) if row.is_open or row.is_waiting]
    alive = [row.pk for row in live]
    context = {
        "section": "guarding",
        "open": [row for row in live if row.is_open],
        "waiting": [(row, user.is_administrator and row.asked_by_id != user.pk) for row in live if row.is_waiting],
        "over": rows.exclude(pk__in=alive)[:OVER_SHOWN],
        "bulk": read_in_bulk(user),
        "norm": settings.READING_NORM,
        "is_administrator": user.is_administrator,
        "circles": Organization.objects.in_network().kept_by(user),
    }
    return render(request, "workspace/guarding/index.html", context)


@desk_page
@require_http_methods(["GET", "POST"])
def ask(request: SignedInRequest) -> HttpResponse:
    _require(request.user.is_administrator)
    form = DisclosureForm(request.POST or None, actor=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            disclosing.ask(actor=request.user, **form.cleaned_data)
        except HouseError as error:
            form.add_error(None, reason_of(error))
        else:
            messages.success(request, _("The other administrators are asked. Nothing is open until one agrees."))
            return redirect("workspace:guarding")
    context = {"section": "guarding", "form": form, "hours": OPEN.seconds // 3600}
    return render(request, "workspace/guarding/ask.html", context, status=422 if form.errors else 200)


@desk_page
@require_POST
def agree(request: SignedInRequest, disclosure: str) -> HttpResponse:
    _require(request.user.is_administrator)
    done = _("It is open, and the organisation is told.")
    return _press(request, disclosure, disclosing.agree, done)


@desk_page
@require_POST
def end(request: SignedInRequest, disclosure: str) -> HttpResponse:
    return _press(request, disclosure, disclosing.end, _("It is closed."))


def _press(request: SignedInRequest, disclosure: str, step: Callable[..., Disclosure], done: str) -> HttpResponse:
    row = get_object_or_404(Disclosure.objects.visible_to(request.user), public_id=disclosure)
    try:
        step(disclosure=row, actor=request.user)
    except HouseError as error:
        messages.warning(request, reason_of(error))
    else:
        messages.success(request, done)
    return redirect("workspace:guarding")


def _require(may_open: bool) -> None:
    if not may_open:
        raise Http404
