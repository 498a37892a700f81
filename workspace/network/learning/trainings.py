"""Trainings: the calendar as a list and as a file, one of them, offering and changing it."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import SignedInRequest
from core.files.icalendar import CONTENT_TYPE, CalendarEvent, calendar
from core.geo.countries import country_name
from facts.names import names
from network.learning import rights
from network.learning import services as learning
from network.learning.models import Training
from workspace.coordination.doors import network_page
from workspace.network.learning.forms import ReasonOfReturn, TrainingForm
from workspace.network.learning.library import writers_only
from workspace.network.learning.people import comes_to, list_context
from workspace.network.learning.presenter import asked, base, event_of, fits, offer_told, training_told

SHOWN_AT_MOST = 200
_BESIDE = ("organization",)


@network_page
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    """Those to come, the next one first; `?show=past`, `?show=ours`, `?show=waiting`."""
    rows = Training.objects.visible_to(request.user).select_related(*_BESIDE)
    own = rights.organizations_of(request.user).values("pk")
    piles = {
        "coming": rows.approved().coming(),
        "past": rows.approved().over(),
        "ours": rows.filter(organization__in=own).order_by("-starts_at", "pk"),
        "waiting": rows.waiting().order_by("starts_at", "pk"),
    }
    show = request.GET.get("show", "")
    show = show if show in piles else "coming"
    wanted, choices = asked(request.GET, rows)
    context = base("trainings") | {
        "show": show,
        "piles": [
            ("coming", _("To come")), ("past", _("Past")), ("ours", _("Ours")),
            ("waiting", _("Waiting for a coordinator")),
        ],
        "waiting": piles["waiting"].count(),
        "wanted": wanted,
        "choices": choices | {"kinds": []},
        "trainings": [training_told(row) for row in piles[show] if fits(row, wanted)][:SHOWN_AT_MOST],
        "may_offer": rights.organizations_of(request.user).exists(),
    }  # fmt: skip
    return render(request, "workspace/network/learning/trainings.html", context)


@network_page
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest) -> HttpResponse:
    writers_only(request)
    return _form(request, None)


@network_page
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, training: str) -> HttpResponse:
    row = row_of(request, training)
    if not rights.owns(request.user, row):
        raise Http404
    return _form(request, row)


def _form(request: SignedInRequest, row: Training | None) -> HttpResponse:
    sent, gap = request.POST if request.method == "POST" else None, request.GET.get("gap", "")
    form = TrainingForm(sent, user=request.user, row=row, gap=gap)
    if form.is_bound and form.is_valid():
        with form.collecting():
            saved = _save(request, form, row)
            told = _("Saved.") if saved.is_open else _("Sent. A coordinator looks at it, then it is in the calendar.")
            messages.success(request, told)
            return redirect("workspace:network-training", saved.public_id)
    context = base("trainings") | {"form": form, "row": row}
    return render(
        request, "workspace/network/learning/training_form.html", context, status=422 if form.is_bound else 200
    )


def _save(request: SignedInRequest, form: TrainingForm, row: Training | None) -> Training:
    values = form.values()
    version = values.pop("expected_version", None)
    return learning.offer_training(
        actor=request.user,
        organization=row.organization if row else form.chosen(),
        fields=values,
        gaps=form.chosen_gaps(),
        training=row,
        expected_version=version,
    )


@network_page
@require_GET
def show(request: SignedInRequest, training: str) -> HttpResponse:
    return page(request, row_of(request, training))


def page(request: SignedInRequest, row: Training, **forms: object) -> HttpResponse:
    """`forms` are those that somebody has sent and that now say what is wrong."""
    told = training_told(row)
    offered = offer_told(row, request.user) | {"stage": told["stage"] or None, "tone": told["tone"]}
    context = base("trainings") | told | offered | list_context(request.user, row)
    context |= {
        "training": row,
        "return_form": ReasonOfReturn(),
        "gaps": [_gap(one.gap) for one in row.gaps.select_related("gap")],
        "can_change": offered["owns"] and not row.has_begun and row.cancelled_at is None,
        "can_cancel": row.takes_people and (offered["owns"] or context["holds"]),
        "may_end": offered["may_end"] and not row.is_open,
        **forms,
    }
    return render(request, "workspace/network/learning/training.html", context, status=422 if forms else 200)


def _gap(gap: object) -> dict[str, object]:
    kind, country = getattr(gap, "service_type", ""), getattr(gap, "country", "")
    return {"id": getattr(gap, "public_id", ""), "name": f"{names().name('service', kind)} · {country_name(country)}"}


@network_page
@require_GET
def calendar_file(request: SignedInRequest) -> HttpResponse:
    """What is to come, narrowed as the page is; addresses are in the file of one training, for whoever comes."""
    rows = Training.objects.visible_to(request.user).approved().coming().select_related(*_BESIDE)
    wanted, _choices = asked(request.GET, rows)
    return _file(request, [event_of(row, request, comes=False) for row in rows if fits(row, wanted)], "trainings")


@network_page
@require_GET
def training_file(request: SignedInRequest, training: str) -> HttpResponse:
    row = row_of(request, training)
    return _file(request, [event_of(row, request, comes=comes_to(request.user, row))], f"training-{row.public_id}")


def _file(request: SignedInRequest, events: list[CalendarEvent], name: str) -> HttpResponse:
    title = _("%(network)s: trainings") % {"network": settings.NETWORK_NAME}
    response = HttpResponse(calendar(title, events, host=request.get_host().split(":")[0]), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


def row_of(request: SignedInRequest, public_id: str) -> Training:
    rows = Training.objects.visible_to(request.user).select_related(*_BESIDE)
    return get_object_or_404(rows, public_id=public_id)
