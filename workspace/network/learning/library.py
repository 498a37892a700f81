"""The library: what there is, one material, offering and changing it, and every press on it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.base import File
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.requests import SignedInRequest
from core.files.downloads import download_of
from network.learning import rights
from network.learning import services as learning
from network.learning.models import Material
from network.learning.models.offers import LearningOffer
from workspace.coordination.doors import network_page
from workspace.network.joining.doors import Step, pressed
from workspace.network.learning.forms import MaterialForm, ReasonOfReturn
from workspace.network.learning.presenter import asked, base, fits, material_told, offer_told

SHOWN_AT_MOST = 200
_BESIDE = ("organization",)


@network_page
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    """The fresh ones first; `?show=waiting` what waits for a coordinator, `?show=ours` what one's own offer."""
    rows = Material.objects.visible_to(request.user).select_related(*_BESIDE)
    own = rights.organizations_of(request.user).values("pk")
    piles = {
        "all": rows.approved().sunk(),
        "waiting": rows.waiting().sunk(),
        "ours": rows.filter(organization__in=own).sunk(),
    }
    show = request.GET.get("show", "")
    show = show if show in piles else "all"
    wanted, choices = asked(request.GET, rows)
    found = [material_told(row) for row in piles[show] if fits(row, wanted)]
    context = base("library") | {
        "show": show,
        "piles": [("all", _("All")), ("ours", _("Ours")), ("waiting", _("Waiting for a coordinator"))],
        "waiting": piles["waiting"].count(),
        "wanted": wanted,
        "choices": choices,
        "materials": found[:SHOWN_AT_MOST],
        "may_offer": rights.organizations_of(request.user).exists(),
    }
    return render(request, "workspace/network/learning/library.html", context)


def writers_only(request: SignedInRequest) -> None:
    if not rights.organizations_of(request.user).exists():
        raise Http404


@network_page
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest) -> HttpResponse:
    writers_only(request)
    return _form(request, None)


@network_page
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, material: str) -> HttpResponse:
    row = row_of(request, material)
    if not rights.owns(request.user, row):
        raise Http404
    return _form(request, row)


def _form(request: SignedInRequest, row: Material | None) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    form = MaterialForm(sent, request.FILES or None, user=request.user, row=row)
    if form.is_bound and form.is_valid():
        with form.collecting():
            saved = _save(request, form, row)
            messages.success(request, _("Sent. A coordinator looks at it, then it stands in the library."))
            return redirect("workspace:network-material", saved.public_id)
    context = base("library") | {"form": form, "row": row}
    return render(
        request, "workspace/network/learning/material_form.html", context, status=422 if form.is_bound else 200
    )


def _save(request: SignedInRequest, form: MaterialForm, row: Material | None) -> Material:
    values = form.values()
    version = values.pop("expected_version", None)
    file = form.cleaned_data.get("file")
    return learning.offer_material(
        actor=request.user,
        organization=row.organization if row else form.chosen(),
        fields=values,
        file=File(file, name=file.name) if file else None,
        material=row,
        expected_version=version,
    )


@network_page
@require_GET
def show(request: SignedInRequest, material: str) -> HttpResponse:
    return _page(request, row_of(request, material))


def _page(request: SignedInRequest, row: Material) -> HttpResponse:
    context = base("library") | material_told(row) | offer_told(row, request.user)
    context |= {"material": row, "return_form": ReasonOfReturn(), "is_stale": row.is_open and row.is_stale}
    context["may_look"] = row.is_open and (context["owns"] or rights.coordinates(request.user, row.country))
    return render(request, "workspace/network/learning/material.html", context)


@network_page
@require_POST
def press(request: SignedInRequest, material: str) -> HttpResponse:
    row = row_of(request, material)
    steps = offer_steps(request, row) | {
        "look": (lambda: learning.look_through(actor=request.user, row=row), _("Written down: good for a year."))
    }
    return pressed(request, steps, "workspace:network-material", row.public_id)


def offer_steps(request: SignedInRequest, row: LearningOffer) -> dict[str, Step]:
    """Deciding about what is offered, and taking it off: the same of all three kinds."""
    told: dict[str, Any] = {"actor": request.user, "row": row}
    version = int(request.POST.get("version", "0") or "0") if request.POST.get("version", "").isdecimal() else 0
    return {
        "approve": (lambda: learning.approve(**told, expected_version=version), _("Approved.")),
        "give_back": (
            lambda: learning.give_back(**told, reason=request.POST.get("reason", ""), expected_version=version),
            _("Returned, with your words."),
        ),
        "end": (lambda: learning.end(**told), _("Taken off.")),
    }


@network_page
@require_GET
def download(request: SignedInRequest, material: str) -> HttpResponseBase:
    row = row_of(request, material)
    return download_of(row.file, row.file_name)


def row_of(request: SignedInRequest, public_id: str) -> Material:
    rows = Material.objects.visible_to(request.user).select_related(*_BESIDE)
    return get_object_or_404(rows, public_id=public_id)
