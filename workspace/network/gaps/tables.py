"""The matrix to save: as it was asked for, with the numbers beside its cells. What a page hides a file hides too."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.requests import SignedInRequest
from core.geo.countries import country_name
from facts.names import names
from network.gaps.counts import LEAST, CellNumbers
from workspace.coordination.doors import network_page
from workspace.coordination.sheets import SheetTable, book, sheet
from workspace.network.gaps.asked import MatrixAsked, asked, column_name
from workspace.network.gaps.presenter import cell_at
from workspace.network.gaps.views import home_of

_NAME = "gaps"


@network_page
@require_GET
def table(request: SignedInRequest) -> HttpResponse:
    found = _matrix(asked(request.GET, home_of(request.user)))
    return sheet(_NAME, found.head, found.rows)


@network_page
@require_GET
def workbook(request: SignedInRequest) -> HttpResponse:
    """The matrix on one sheet, the numbers on another."""
    return book(_NAME, [_matrix(asked(request.GET, home_of(request.user))), _numbers()])


def _matrix(wanted: MatrixAsked) -> SheetTable:
    rows = []
    for kind in wanted.cut.kinds:
        top = names().scheme("service")[kind].parent
        if wanted.section and wanted.section != top:
            continue
        cells = [str(cell_at(wanted, kind, one)[0].state.label) for one in wanted.shown]
        rows.append([names().name("service", top), names().name("service", kind), *cells])
    columns = [column_name(wanted.view, one) for one in wanted.shown]
    where = country_name(wanted.country) if wanted.view != "countries" else _("By country")
    return SheetTable(where, [_("Section"), _("Kind of help"), *columns], rows)


def _numbers() -> SheetTable:
    """One line a part; a number under five is «<5», and a sum that would give it away is not there."""
    numbers = CellNumbers()
    rows: list[list[object]] = []
    for kind, country, told in numbers.every():
        about = [country_name(country), names().name("service", kind), str(told.name)]
        for part in told.parts:
            rows.append([*about, str(part.words), f"<{LEAST}" if part.count is None else part.count])
    return SheetTable(
        _("Beside the cells"), [_("Country"), _("Kind of help"), _("Source"), _("What"), _("How many")], rows
    )
