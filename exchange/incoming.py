"""A workbook that comes back: sent, looked at row by row, applied in one press, undone in another."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from core.errors import HouseError
from exchange.books import keeping
from exchange.books.applying import covered_by
from exchange.books.columns import sheets
from exchange.books.entries import BookEntry
from exchange.books.lines import BookFault
from exchange.books.refused import refused_language, refused_rows
from exchange.models import BookImport, ImportState
from exchange.views import xlsx
from organizations.models import Organization
from services.models import ServiceAtLocation
from verification.models import Review
from workspace.listings.sending import words_of
from workspace.shared.pages import desk_page, reason_of, sent


class BookForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Your workbook"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.ods,.csv,.tsv,.txt,text/csv"}),
        help_text=gettext_lazy(
            "The one that you took here, as “.xlsx” or “.ods”, or one sheet of it as “.csv”. At most 5 MB."
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
            kept = keeping.plan(request.user, file, file.size)
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
    """The plan, or what became of it."""
    kept = _own(request, book)
    entries = keeping.entries_of(kept)
    names = {code: sheet.label for code, sheet in sheets().items()}
    shown = {
        verdict: [(names[entry.sheet], entry, _address(entry, kept)) for entry in entries if entry.verdict == verdict]
        for verdict in ("refused", "new", "changed")
    }
    context = {
        "book": kept,
        "shown": shown,
        "has_texts": bool(refused_language(entries)),
        "missing": [_lost(row) for row in kept.missing],
        "count": len(shown["new"]) + len(shown["changed"]),
        "waiting": _waiting(kept, request) if kept.state == ImportState.APPLIED else [],
        "section": "home",
    }
    return render(request, "exchange/import.html", context)


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
    try:
        reviews = keeping.apply(kept, request.user)
    except HouseError as error:
        messages.info(request, reason_of(error))
    else:
        messages.success(request, _("It is written.") if not reviews else words_of(reviews))
    return redirect("exchange:import", kept.public_id)


@desk_page
@require_POST
def undo(request: SignedInRequest, book: str) -> HttpResponse:
    kept = _own(request, book)
    try:
        keeping.undo(kept, request.user)
    except HouseError as error:
        messages.info(request, reason_of(error))
    else:
        messages.success(request, _("The import is undone. What stays is said in its row."))
    return redirect("exchange:import", kept.public_id)


def _own(request: SignedInRequest, book: str) -> BookImport:
    return get_object_or_404(BookImport.objects.of(request.user), public_id=book)


def _address(entry: BookEntry, kept: BookImport) -> str:
    """Where the row is looked at; a new one is nowhere before it is made."""
    if not entry.public_id or (entry.verdict == "new" and kept.state == ImportState.UNDONE):
        return ""
    return _page(entry.sheet, entry.public_id)


def _lost(row: dict[str, str]) -> dict[str, str]:
    """A row of ours that the file has not, with the page on which it is taken off the map."""
    return row | {"url": _page(row["code"], row["public_id"]) if "public_id" in row else ""}


def _page(sheet: str, public_id: str) -> str:
    names = {"location": "place", "service": "service", "listing": "listing", "contact": "contact"}
    return reverse(f"workspace:{names[sheet]}", args=[public_id])


def _waiting(kept: BookImport, request: SignedInRequest) -> list[ServiceAtLocation]:
    """Listings of the import that somebody of another organisation looks at now."""
    written = [entry for entry in keeping.entries_of(kept) if entry.after]
    open_ones = Review.objects.open().filter(listing__in=covered_by(request.user, written)).values("listing")
    rows = ServiceAtLocation.objects.filter(pk__in=open_ones).select_related("service", "location")
    return list(rows.order_by("service__title", "pk"))
