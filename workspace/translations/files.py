"""Texts out as a file and in again."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import SignedInRequest
from core.errors import HouseError
from core.languages import by_code
from translations.files.incoming import MOST_BYTES, TakenIn, take_in
from translations.files.outgoing import as_po, as_xliff
from translations.rows import by_unit, rows_of
from translations.texts.units import every
from workspace.shared.pages import desk_page
from workspace.translations.asked import language_asked

_KINDS = {"po": (as_po, "text/x-gettext-translation"), "xlf": (as_xliff, "application/xliff+xml")}


class UploadForm(forms.Form):
    file = forms.FileField(label=_("File"), help_text=_("PO or XLIFF 1.2, at most 5 MB."))
    by_machine = forms.BooleanField(
        label=_("A machine has translated it"),
        required=False,
        help_text=_("Readers see such a text when a person has checked it, and not before."),
    )


@desk_page
@require_GET
def download(request: SignedInRequest, tongue: str) -> HttpResponse:
    """`?kind=po`: strings of pages; `?kind=xlf`: everything else."""
    language = language_asked(request, tongue)
    kind = request.GET.get("kind", "po")
    if kind not in _KINDS:
        raise Http404
    make, media_type = _KINDS[kind]
    content = make(language, by_unit(every(), rows_of(language)))
    response = HttpResponse(content, content_type=f"{media_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="servicemap-{language}.{kind}"'
    return response


@desk_page
@require_http_methods(["GET", "POST"])
def upload(request: SignedInRequest, tongue: str) -> HttpResponse:
    """What was taken and what was refused stands on the page that answers; nothing of the file is kept."""
    language = language_asked(request, tongue)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    taken: TakenIn | None = None
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            if file.size > MOST_BYTES:
                form.add_error("file", _("This file is larger than 5 MB."))
            else:
                taken = take_in(
                    actor=request.user,
                    language=language,
                    content=file.read(),
                    by_machine=form.cleaned_data["by_machine"],
                )
        except HouseError as error:
            form.add_error("file", str(error.message))
    context = {"section": "translations", "language": by_code(language), "form": form, "taken": taken}
    status = 422 if form.errors or (taken and taken.refused) else 200
    return render(request, "workspace/translations/upload.html", context, status=status)
