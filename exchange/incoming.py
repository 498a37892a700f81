"""A workbook that comes back: sent, looked at row by row, applied in one press, undone in another."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from core.errors import HouseError
from exchange.books import keeping
from exchange.books.sheets.lines import BookFault
from exchange.books.sheets.refused import refused_language, refused_rows
from exchange.models import BUSY, BookImport
from exchange.showing import plan_context
from exchange.tasks import defer
from exchange.views import xlsx
from organizations.models import Organization
from workspace.listings.sending import words_of
from workspace.shared.pages import desk_page, reason_of, sent


class BookForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Your workbook"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.ods,.csv,.tsv,.txt,text/csv"}),
        help_text=gettext_lazy(
            "The one that you took here, as “.xlsx” or “.ods”, or one sheet of it as “.csv”. At most 9 MB."
        ),
    )


@desk_page
@require_http_methods(["GET", "POST"])
def upload(request: SignedInRequest) -> HttpResponse:
    if not Organization.objects.editable_by(request.user).exists():
        raise Http404
    form = BookForm(sent(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            kept = keeping.plan(request.user, file, file.size, defer)
        except BookFault as error:
            form.add_error("file", str(error))
        else:
            return redirect("exchange:import", kept.public_id)
    kept_before = BookImport.objects.of(request.user)[:10]
    context = {"form": form, "imports": kept_before, "section": "home"}
    return render(request, "exchange/upload.html", context, status=422 if form.errors else 200)


@desk_page
@require_GET
def show(request: SignedInRequest, book: str) -> HttpResponse:
    """The plan, or what became of it; how far it is while the worker is busy with it."""
    kept = _own(request, book)
    if kept.state in BUSY:
        return render(request, "exchange/busy.html", {"book": kept, "section": "home"})
    context = plan_context(kept, request.user, request.GET)
    return render(request, "exchange/import.html", context | {"section": "home"})


@desk_page
@require_safe
def refused(request: SignedInRequest, book: str) -> HttpResponse:
    """The refused rows as a workbook that says what to write, to be mended and sent again."""
    kept = _own(request, book)
    entries = keeping.entries_of(kept)
    if not (language := refused_language(entries)):
        raise Http404
    with override(language):
        pages, rows = refused_rows(entries)
        return xlsx(_("refused-%(book)s") % {"book": kept.public_id}, pages, rows)


@desk_page
@require_POST
def apply(request: SignedInRequest, book: str) -> HttpResponse:
    kept = _own(request, book)
    if kept.state in BUSY:  # it stands still, says whoever pressed
        defer(kept.pk, get_language() or "")
        return redirect("exchange:import", kept.public_id)
    try:
        reviews = keeping.apply(kept, request.user, defer)
    except HouseError as error:
        messages.info(request, reason_of(error))
    else:
        kept.refresh_from_db()
        if kept.state not in BUSY:
            messages.success(request, _("It is written.") if not reviews else words_of(reviews))
    return redirect("exchange:import", kept.public_id)


@desk_page
@require_POST
def answer(request: SignedInRequest, book: str) -> HttpResponse:
    """Whether a new row is one that is there already."""
    kept = _own(request, book)
    try:
        keeping.answer(kept, request.user, request.POST.get("row", ""), request.POST.get("same", ""))
    except HouseError as error:
        messages.info(request, reason_of(error))
    return redirect("exchange:import", kept.public_id)


@desk_page
@require_POST
def mend(request: SignedInRequest, book: str) -> HttpResponse:
    """Refused cells as somebody has put them right; the plan is made anew."""
    kept = _own(request, book)
    try:
        keeping.mend(kept, request.user, request.POST, defer)
    except HouseError as error:
        messages.info(request, reason_of(error))
    return redirect("exchange:import", kept.public_id)


@desk_page
@require_POST
def undo(request: SignedInRequest, book: str) -> HttpResponse:
    kept = _own(request, book)
    try:
        keeping.undo(kept, request.user, defer)
    except HouseError as error:
        messages.info(request, reason_of(error))
    else:
        kept.refresh_from_db()
        if kept.state not in BUSY:
            messages.success(request, _("The import is undone. What stays is said in its row."))
    return redirect("exchange:import", kept.public_id)


def _own(request: SignedInRequest, book: str) -> BookImport:
    return get_object_or_404(BookImport.objects.of(request.user), public_id=book)
