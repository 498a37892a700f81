"""The circle of an organisation: to whom it shows what the network does not see. For its own people alone."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from core.errors import HouseError
from organizations.models import CircleMember, Organization
from verification.guarding import circles
from workspace.guarding.forms import CircleForm
from workspace.shared.pages import desk_page, reason_of


@desk_page
@require_http_methods(["GET", "POST"])
def show(request: SignedInRequest, slug: str) -> HttpResponse:
    organization = _own(request, slug)
    form = CircleForm(request.POST or None, organization=organization)
    if request.method == "POST" and form.is_valid():
        try:
            circles.propose(actor=request.user, organization=organization, **form.cleaned_data)
        except HouseError as error:
            form.add_error(None, reason_of(error))
        else:
            messages.success(request, _("A colleague of yours has to agree; until then nothing changes."))
            return redirect("workspace:circle", slug)
    rows = CircleMember.objects.filter(organization=organization).select_related("member", "added_by", "agreed_by")
    context = {
        "section": "guarding",
        "organization": organization,
        "rows": [(row, row.agreed_at is None and row.added_by_id != request.user.pk) for row in rows],
        "form": form,
    }
    return render(request, "workspace/guarding/circle.html", context, status=422 if form.errors else 200)


@desk_page
@require_POST
def agree(request: SignedInRequest, slug: str, circle_member: str) -> HttpResponse:
    return _press(request, slug, circle_member, circles.agree, _("Your circle has grown."))


@desk_page
@require_POST
def remove(request: SignedInRequest, slug: str, circle_member: str) -> HttpResponse:
    return _press(request, slug, circle_member, circles.remove, _("It sees no more than other members from now on."))


def _press(request: SignedInRequest, slug: str, key: str, step: Callable[..., object], done: str) -> HttpResponse:
    row = get_object_or_404(CircleMember.objects.filter(organization=_own(request, slug)), public_id=key)
    try:
        step(row=row, actor=request.user)
    except HouseError as error:
        messages.warning(request, reason_of(error))
    else:
        messages.success(request, done)
    return redirect("workspace:circle", slug)


def _own(request: SignedInRequest, slug: str) -> Organization:
    return get_object_or_404(Organization.objects.kept_by(request.user), slug=slug)
