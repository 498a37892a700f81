"""Temporary notices: closed for repairs, other hours, a warning. On the map at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.requests import SignedInRequest
from core import clock
from core.spelling.collation import in_reading_order
from organizations.models import Organization, Visibility
from services.models import Notice, NoticeKind
from verification.editing import end_notice, set_notice
from workspace.notices.forms import NoticeForm
from workspace.shared.forms import chooser
from workspace.shared.pages import desk_page, editable, sent, show_form
from workspace.shared.texts import worded


@desk_page
@require_GET
def index(request: SignedInRequest, slug: str) -> HttpResponse:
    organization = editable(Organization, request, slug=slug)
    today = clock.today()
    notices = list(_notices_of(organization).order_by("-starts_on", "-pk")[:200])
    context = {
        "organization": organization,
        "section": "notices",
        "current": [n for n in notices if not n.ends_on or n.ends_on >= today],
        "past": [n for n in notices if n.ends_on and n.ends_on < today],
        "today": today,
    }
    return render(request, "workspace/notices/notices.html", context)


@desk_page
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest, slug: str) -> HttpResponse:
    organization = editable(Organization, request, slug=slug)
    subjects = _subjects(organization)
    initial = {
        "about": request.GET.get("about", ""),
        "kind": NoticeKind.CLOSURE,
        "starts_on": clock.today(),
        "visibility": Visibility.PUBLIC,
    }
    form = NoticeForm(sent(request), initial=initial)
    chooser(form, "about").choices = [(key, label) for key, (label, _subject) in subjects.items()]
    if request.method == "POST" and form.is_valid():
        subject = subjects[form.cleaned_data["about"]][1]
        if notice := _save(request, form, subject):
            is_on = notice.starts_on <= clock.today()
            messages.success(request, _("The notice stands on the map.") if is_on else _("The notice is saved."))
            return redirect("workspace:notices", slug)
    context = {"organization": organization, "section": "notices", "notice": None}
    return show_form(request, "workspace/notices/notice.html", form, context)


@desk_page
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, notice: str) -> HttpResponse:
    row, organization = _mine(request, notice)
    form = NoticeForm(sent(request), row=row)
    del form.fields["about"]
    if request.method == "POST" and form.is_valid() and _save(request, form, {"notice": row}):
        messages.success(request, _("The notice is changed."))
        return redirect("workspace:notices", organization.slug)
    context = {"organization": organization, "section": "notices", "notice": row}
    return show_form(request, "workspace/notices/notice.html", form, context)


@desk_page
@require_POST
def end(request: SignedInRequest, notice: str) -> HttpResponse:
    row, organization = _mine(request, notice)
    end_notice(actor=request.user, notice=row)
    messages.success(request, _("The notice is taken down."))
    return redirect("workspace:notices", organization.slug)


def _save(request: SignedInRequest, form: NoticeForm, subject: dict[str, Any]) -> Notice | None:
    with form.collecting():
        return set_notice(actor=request.user, **subject, **form.values())
    return None


def _notices_of(organization: Organization) -> QuerySet[Notice]:
    return Notice.objects.filter(
        Q(organization=organization) | Q(location__organization=organization) | Q(service__organization=organization)
    ).select_related("location", "service", "organization")


def _mine(request: SignedInRequest, public_id: str) -> tuple[Notice, Organization]:
    notices = Notice.objects.select_related("organization", "location__organization", "service__organization")
    notice = get_object_or_404(notices, public_id=public_id, country="")
    target = notice.location or notice.service
    organization = target.organization if target else notice.organization
    return notice, editable(Organization, request, pk=organization.pk if organization else None)


def _subjects(organization: Organization) -> dict[str, tuple[str, dict[str, Any]]]:
    """What a notice may be about: key → (words, argument of the service)."""
    found: dict[str, tuple[str, dict[str, Any]]] = {
        "organization": (_("On everything of the organisation"), {"organization": organization})
    }
    for place in organization.locations.order_by(in_reading_order("city"), in_reading_order("name"), "pk"):
        found[f"place-{place.public_id}"] = (
            _("Place: %(name)s") % {"name": worded(place, "name")},
            {"location": place},
        )
    for service in organization.services.order_by(in_reading_order("title"), "pk"):
        label = _("Service: %(name)s") % {"name": worded(service, "title")}
        found[f"service-{service.public_id}"] = (label, {"service": service})
    return found
