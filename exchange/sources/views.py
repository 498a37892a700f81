"""The pages of other directories: the list, one of them, and a press for each step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from core import clock
from core.errors import HouseError
from exchange.sources import keeping
from exchange.sources.forms import ForeignSourceForm, PackageForm, SourceRhythmForm
from exchange.sources.models import ForeignSource, SourceReading
from exchange.sources.showing import chosen_terms, source_context
from exchange.sources.undoing import take_off_gone
from exchange.tasks import defer_reading
from workspace.coordination.doors import coordinators_page
from workspace.shared.pages import reason_of, sent

_TAB = {"section": "coordination", "tab": "sources"}


@coordinators_page
@require_http_methods(["GET", "POST"])
def sources(request: SignedInRequest) -> HttpResponse:
    """All of them; and a new one, read at once."""
    form = ForeignSourceForm(request.user, sent(request), request.FILES or None)
    if request.method == "POST" and form.is_valid() and (made := _made(request, form)):
        return redirect("sources:source", made.public_id)
    rows = ForeignSource.objects.of(request.user).prefetch_related("readings", "gone")
    context = {**_TAB, "form": form, "rows": [(row, next(iter(row.readings.all()), None)) for row in rows]}
    return render(request, "exchange/sources/list.html", context, status=422 if form.errors else 200)


def _made(request: SignedInRequest, form: ForeignSourceForm) -> ForeignSource | None:
    """The new source with its first reading; None when the form now says why there is none."""
    fields, file = dict(form.cleaned_data), form.cleaned_data["file"]
    fields.pop("file")
    try:
        with transaction.atomic():
            made = ForeignSource.objects.create(kept_by=request.user, **fields)
            if file:
                keeping.read_file(made, file, file.size, defer_reading)
            else:
                keeping.read(made, defer_reading)
    except HouseError as error:
        form.add_error("file" if file else "address", reason_of(error))
        return None
    return made


@coordinators_page
@require_http_methods(["GET", "POST"])
def source(request: SignedInRequest, source: str) -> HttpResponse:
    found = _own(request, source)
    form = SourceRhythmForm(sent(request), initial={"title": found.title, "every": found.every})
    if request.method == "POST" and form.is_valid():
        found.title, found.every = form.cleaned_data["title"], form.cleaned_data["every"]
        found.next_at = clock.now() + dt.timedelta(days=found.every) if found.every else None
        found.save(update_fields=["title", "every", "next_at"])
        messages.success(request, _("Saved."))
        return redirect("sources:source", found.public_id)
    context = {**_TAB, "form": form, "package": PackageForm(), **source_context(found, request.GET)}
    return render(request, "exchange/sources/source.html", context, status=422 if form.errors else 200)


@coordinators_page
@require_POST
def read(request: SignedInRequest, source: str) -> HttpResponse:
    """By its address, or the package that was sent."""
    found = _own(request, source)
    file = request.FILES.get("file")
    return _press(request, found, lambda: _read(found, file))


def _read(found: ForeignSource, file: UploadedFile | None) -> None:
    if file is not None:
        keeping.read_file(found, file, file.size or 0, defer_reading)
    else:
        keeping.read(found, defer_reading)


@coordinators_page
@require_POST
def choose(request: SignedInRequest, source: str) -> HttpResponse:
    """What their terms are here; then it is compared anew."""
    reading = _reading(request, source)
    chosen = chosen_terms(reading, request.POST)
    return _press(request, reading.source, lambda: keeping.choose(reading, chosen, defer_reading))


@coordinators_page
@require_POST
def apply(request: SignedInRequest, source: str) -> HttpResponse:
    reading, also = _reading(request, source), "also" in request.POST
    return _press(request, reading.source, lambda: keeping.apply(reading, defer_reading, also_alike=also))


@coordinators_page
@require_POST
def undo(request: SignedInRequest, source: str) -> HttpResponse:
    reading = _reading(request, source)
    return _press(request, reading.source, lambda: keeping.undo(reading, defer_reading))


@coordinators_page
@require_POST
def go_on(request: SignedInRequest, source: str) -> HttpResponse:
    reading = _reading(request, source)
    return _press(request, reading.source, lambda: keeping.go_on(reading, defer_reading))


@coordinators_page
@require_POST
def gone(request: SignedInRequest, source: str) -> HttpResponse:
    """Take chosen services, which the source has no more, off the map."""
    found = _own(request, source)
    off, stay = take_off_gone(found, request.POST.getlist("service"), request.user)
    done = ngettext("%(count)d listing is off the map.", "%(count)d listings are off the map.", off)
    messages.success(request, done % {"count": off})
    if stay:
        messages.info(request, _("What people have checked stays: take it off on its own page."))
    return redirect("sources:source", found.public_id)


@coordinators_page
@require_POST
def remove(request: SignedInRequest, source: str) -> HttpResponse:
    """One that was added by mistake leaves the list."""
    found = _own(request, source)
    try:
        keeping.remove(found)
    except HouseError as error:
        messages.warning(request, reason_of(error))
        return redirect("sources:source", found.public_id)
    messages.success(request, _("The directory is out of the list."))
    return redirect("sources:list")


def _own(request: SignedInRequest, source: str) -> ForeignSource:
    return get_object_or_404(ForeignSource.objects.of(request.user), public_id=source)


def _reading(request: SignedInRequest, source: str) -> SourceReading:
    """The one that is named, or the last one."""
    rows = _own(request, source).readings.select_related("source")
    named = request.POST.get("reading", "")
    return get_object_or_404(rows, public_id=named) if named else get_object_or_404(rows[:1])


def _press(request: SignedInRequest, found: ForeignSource, do: Callable[[], object]) -> HttpResponse:
    try:
        do()
    except HouseError as error:
        messages.warning(request, reason_of(error))
    return redirect("sources:source", found.public_id)
