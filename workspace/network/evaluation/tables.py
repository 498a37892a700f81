"""A cycle to save: CSV and XLSX for people, JSON with definitions for machines. A file hides what the page hides."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.requests import SignedInRequest
from core.languages import active
from network.evaluation import reporting, rights
from network.evaluation.models import EvaluationCycle
from network.evaluation.reporting import IndicatorTold, ValueTold
from workspace.coordination.doors import network_page
from workspace.coordination.sheets import SheetTable, book, sheet
from workspace.network.evaluation import presenter
from workspace.network.evaluation.cycles import row_of


def _row(request: SignedInRequest, cycle: str) -> EvaluationCycle:
    row = row_of(request, cycle)
    if not rights.reads(request.user, row):
        raise Http404
    return row


def _name(row: EvaluationCycle) -> str:
    return f"evaluation-{row.starts_on}-{row.ends_on}"


@network_page
@require_GET
def table(request: SignedInRequest, cycle: str) -> HttpResponse:
    row = _row(request, cycle)
    found = _values(row)
    return sheet(_name(row), found.head, found.rows)


@network_page
@require_GET
def workbook(request: SignedInRequest, cycle: str) -> HttpResponse:
    """Values, definitions, the survey, what was found."""
    row = _row(request, cycle)
    return book(_name(row), [_values(row), _definitions(row), _survey(row), _findings(row)])


@network_page
@require_GET
def machine(request: SignedInRequest, cycle: str) -> HttpResponse:
    row = _row(request, cycle)
    response = JsonResponse(_as_json(row), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="{_name(row)}.json"'
    return response


def _values(row: EvaluationCycle) -> SheetTable:
    """One line a value: for the network, a country or a way; what was added has its note."""
    rows: list[list[object]] = []
    for one in reporting.told(row):
        for value in (one.whole, *one.parts, *one.added):
            rows.append([*_about(one), *_value(value)])
    head = [
        *(_("Code"), _("Indicator"), _("At the beginning"), _("Wanted"), _("Unit"), _("Where"), _("Value")),
        *(_("Of how many"), _("Computed"), _("Hash of the source"), _("Note")),
    ]
    return SheetTable(_("Figures"), head, rows)


def _about(one: IndicatorTold) -> list[object]:
    aims = [None if aim is None else float(aim) for aim in (one.row.baseline, one.row.target)]
    return [one.row.code, str(one.spec.name), *aims, one.spec.unit]


def _value(value: ValueTold) -> list[object]:
    number: object = None if value.value is None else float(value.value)
    if value.is_hidden:
        number = presenter.value_told(value, "")["value"]
    n: object = presenter.n_told(value) if value.n is None else value.n
    when = value.computed_at.isoformat(timespec="seconds")
    return [presenter.scope_name(value.scope), number, n, when, value.source, value.note]


def _definitions(row: EvaluationCycle) -> SheetTable:
    head = [_("Code"), _("Promise of the declaration"), _("Indicator"), _("What it means"), _("Of what"),
            _("Function"), _("How"), _("Direction")]  # fmt: skip
    rows = [
        [
            *(one.row.code, one.spec.task.label, str(one.spec.name), str(one.spec.means), str(one.spec.n)),
            *(one.row.formula, one.spec.how.value, one.row.get_direction_display()),
        ]
        for one in reporting.told(row)
    ]
    return SheetTable(_("Definitions"), head, rows)


def _survey(row: EvaluationCycle) -> SheetTable:
    rows: list[list[object]] = []
    for question in presenter.survey_told(row):
        if not question["answers"]:
            rows.append([question["text"], "", f"<{reporting.LEAST}"])
        rows += [[question["text"], answer, n] for answer, n in question["answers"]]
    return SheetTable(_("Survey of members"), [_("Question"), _("Answer"), _("How many")], rows)


def _findings(row: EvaluationCycle) -> SheetTable:
    rows: list[list[object]] = []
    for finding in presenter.findings_told(row) if row.is_frozen else []:
        told = finding["recommendations"] or [None]
        for one in told:
            rest = (
                [one["text"], one["stage"], one["decision"].text if one["decision"] else one["reason"]] if one else []
            )
            rows.append([finding["text"], *rest, *[""] * (3 - len(rest)), finding["because"]])
    head = [
        _("What was found"),
        _("What is recommended"),
        _("State"),
        _("Decision, or why not"),
        _("Withdrawn, because"),
    ]
    return SheetTable(_("Findings"), head, rows)


def _as_json(row: EvaluationCycle) -> dict[str, Any]:
    findings = presenter.findings_told(row) if row.is_frozen else []
    return {
        "cycle": {
            "id": row.public_id, "kind": row.kind, "from": row.starts_on, "to": row.ends_on, "state": row.state,
            "frozen_at": row.frozen_at, "hash": row.frozen_hash, "language": active(), "hidden_below": reporting.LEAST,
        },
        "indicators": [_indicator(one) for one in reporting.told(row)],
        "survey": [{"question": one["text"], "answers": one["sums"]} for one in presenter.survey_told(row)],
        "findings": [
            {
                "text": one["text"],
                "withdrawn": one["because"] or None,
                "recommendations": [
                    {"text": told["text"], "state": told["row"].state,
                     "decision": told["decision"].text if told["decision"] else ""}
                    for told in one["recommendations"]
                ],
            }
            for one in findings
        ],
    }  # fmt: skip


def _indicator(one: IndicatorTold) -> dict[str, Any]:
    return {
        "code": one.row.code, "task": one.spec.task.value, "name": str(one.spec.name), "means": str(one.spec.means),
        "of": str(one.spec.n), "function": one.row.formula, "how": one.spec.how.value, "unit": one.spec.unit,
        "direction": one.row.direction, "baseline": one.row.baseline, "target": one.row.target,
        "values": [
            {"scope": value.scope, "value": value.value, "n": value.n, "hidden": value.is_hidden,
             "after_freezing": value.is_later, "computed_at": value.computed_at, "source": value.source,
             "note": value.note}
            for value in (one.whole, *one.parts, *one.added)
        ],
    }  # fmt: skip
