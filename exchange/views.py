"""Tables that people take to their own tools: their services as a workbook, and an empty one to fill in."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from core import clock
from core.phrasing.marks import marking
from exchange.books.rows import BookRows
from exchange.books.sheets.columns import BookSheet, sheets
from exchange.books.sheets.examples import example_rows, examples
from exchange.books.sheets.writing import write_book
from exchange.importing.translating.fields import known_codes
from organizations.models import Organization
from workspace.shared.pages import desk_page, editable

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@desk_page
@require_safe
@marking(on=False)
def services(request: SignedInRequest) -> HttpResponse:
    """What the person edits, of one organisation or (without a name) of all; 404 for somebody who edits nothing."""
    slug = request.GET.get("organization", "")
    organization = editable(Organization, request, slug=slug) if slug else None
    if not Organization.objects.editable_by(request.user).exists():
        raise Http404
    rows = BookRows(request.user, organization)
    found = sheets()
    name = _("services-%(day)s") % {"day": clock.today().isoformat()}
    return xlsx(name, list(found.values()), {code: rows.of(sheet) for code, sheet in found.items()})


@desk_page
@require_safe
@marking(on=False)
def template(request: SignedInRequest) -> HttpResponse:
    """An empty table with three worked examples."""
    if not Organization.objects.editable_by(request.user).exists():
        raise Http404
    found, cells = sheets(), examples()
    names = {"types": _names("service", "types"), "type": _names("location", "type")}
    names["channel"] = _names("contact", "channel")
    rows = {code: example_rows(found[code], cells[code], names) for code in found}
    return xlsx(_("services-empty"), list(found.values()), rows)


def _names(part: str, name: str) -> dict[str, str]:
    return {code: str(words) for code, words in (known_codes(part, name) or {}).items()}


def xlsx(name: str, pages: Sequence[BookSheet], rows: Mapping[str, Iterable[Sequence[object]]]) -> HttpResponse:
    """A workbook of these sheets to download."""
    file = io.BytesIO()
    write_book(file, pages, rows)
    response = HttpResponse(file.getvalue(), content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response
