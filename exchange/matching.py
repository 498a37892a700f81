"""A list of somebody else: sent, its columns and values matched with ours, looked at, and planned like a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.requests import SignedInRequest
from core.geo.countries import country_codes, country_name
from exchange.books.sheets.columns import words_of
from exchange.books.sheets.lines import BookFault
from exchange.foreign import keeping, rows
from exchange.foreign.choices import ListChoices
from exchange.foreign.guessing import MOST_VALUES, values_of
from exchange.foreign.reading import MOST_ROWS
from exchange.foreign.targets import BY_CODE, CODED, TARGETS, Target
from exchange.importing.errors import MappingFault
from exchange.models import ForeignList, ListMapping
from exchange.showing import IN_ORDER
from exchange.tasks import defer
from organizations.models import Organization
from workspace.shared.pages import desk_page, sent

_FORMATS = ".xlsx,.ods,.csv,.tsv,.txt,.kml,.kmz,.geojson,.json,text/csv"
#: Examples of a column, and signs of one.
EXAMPLES, LONGEST = 3, 80


class ListForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("The list"),
        widget=forms.ClearableFileInput(attrs={"accept": _FORMATS}),
        help_text=gettext_lazy(
            "A table as “.xlsx”, “.ods” or “.csv”, or a map as “.kml”, “.kmz” or “.geojson”. "
            "At most 5 MB and 5,000 rows."
        ),
    )
    organization = forms.ModelChoiceField(
        Organization.objects.none(),
        label=gettext_lazy("Whose services these are"),
        to_field_name="public_id",
        help_text=gettext_lazy("If a column of the list names organisations, you choose it on the next page."),
    )

    def __init__(self, user: User, *given: Any) -> None:
        super().__init__(*given)
        owners = Organization.objects.editable_by(user).order_by("name", "pk")
        field = self.fields["organization"]
        field.queryset = owners  # type: ignore[attr-defined]
        field.label_from_instance = lambda owner: owner.name_i18n  # type: ignore[attr-defined]
        only = owners[:2]
        if len(only) == 1:
            field.initial = only[0].public_id


@desk_page
@require_http_methods(["GET", "POST"])
def foreign(request: SignedInRequest) -> HttpResponse:
    if not Organization.objects.editable_by(request.user).exists():
        raise Http404
    form = ListForm(request.user, sent(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file, owner = form.cleaned_data["file"], form.cleaned_data["organization"]
        try:
            kept = keeping.take_in(request.user, owner, file.name, file, file.size)
        except BookFault as error:
            form.add_error("file", str(error))
        else:
            return redirect("exchange:match", kept.public_id)
    context = {"form": form, "lists": ForeignList.objects.of(request.user)[:5], "most": MOST_ROWS, "section": "home"}
    return render(request, "exchange/foreign.html", context, status=422 if form.errors else 200)


@desk_page
@require_http_methods(["GET", "POST"])
def match(request: SignedInRequest, book: str) -> HttpResponse:
    """Columns and values against ours; five rows as they would become."""
    kept = get_object_or_404(ForeignList.objects.of(request.user).select_related("organization"), public_id=book)
    if not Organization.objects.editable_by(request.user).filter(pk=kept.organization_id).exists():
        raise Http404
    fault = ""
    if request.method == "POST":
        choices = keeping.choose(kept, _chosen(request, kept))
        fault = _lacking(choices)
        if not fault and (name := request.POST.get("name", "").strip()[:60]):
            keeping.remember(kept, name)
        if not fault and "plan" in request.POST:
            return redirect("exchange:import", keeping.plan(kept, defer).public_id)
        if not fault:
            messages.success(request, _("This is how the first rows would become now."))
            return redirect("exchange:match", kept.public_id)
    context = _context(kept, rows.choices_of(kept), fault)
    return render(request, "exchange/match.html", context, status=422 if fault else 200)


def _context(kept: ForeignList, choices: ListChoices, fault: str) -> dict[str, object]:
    return {
        "list": kept,
        "columns": list(_columns(kept, choices)),
        "coded": list(_coded(kept, choices)),
        "kinds": _kinds(),
        "choices": choices,
        "countries": sorted((country_name(code), code) for code in country_codes()),
        "fault": fault or _lacking(choices),
        "rows": _preview(kept, choices),
        "count": len(kept.rows),
        "name": _name_of(kept),
        "section": "home",
    }


def _chosen(request: SignedInRequest, kept: ForeignList) -> ListChoices:
    """What the page was sent with; what it did not show stays as it was chosen before."""
    before, post = rows.choices_of(kept), request.POST
    columns: dict[str, str] = {}
    for place, column in enumerate(kept.columns):
        code = post.get(f"column-{place}", before.columns.get(column, ""))
        if code in BY_CODE and (BY_CODE[code].is_many or code not in columns.values()):
            columns[column] = code
    values = {code: dict(found) for code, found in before.values.items()}
    for code, _separator, found in _values(kept, before):
        for place, value in enumerate(found[:MOST_VALUES]):
            name = f"value-{code}-{place}"
            if name in post and (not post[name] or post[name] in _codes(code)):
                values.setdefault(code, {})[value] = post[name]
    kind, country = post.get("kind", before.kind), post.get("country", before.country)
    return ListChoices(
        columns,
        values,
        before.separators,
        kind if kind in _codes("service.types") else "",
        country if country in country_codes() else before.country,
        before.ticked,
    )


def _lacking(choices: ListChoices) -> str:
    """What has to be chosen before anything can become of the list."""
    if not choices.of("service.title"):
        return _("Choose the column with the name of the service.")
    if not choices.of("service.types") and not choices.kind:
        return _("Choose the column with the kind of service, or one kind for all rows.")
    if bool(choices.of("location.lat")) != bool(choices.of("location.lon")):
        return _("Choose both columns of the point: latitude and longitude.")
    return ""


@dataclass(frozen=True)
class ListColumn:
    place: int
    name: str
    examples: list[str]
    code: str
    targets: list[tuple[Target, bool]]
    answers: int


@dataclass(frozen=True)
class CodedColumn:
    code: str
    label: str
    column: str
    values: list[tuple[int, str, str]]
    words: list[tuple[str, str]]
    left: int


def _columns(kept: ForeignList, choices: ListChoices) -> Iterator[ListColumn]:
    for place, name in enumerate(kept.columns):
        values = [row[name] for _number, row, _faults in kept.rows[:200] if row.get(name)]
        examples = [value[:LONGEST] for value in list(dict.fromkeys(values))[:EXAMPLES]]
        code = choices.columns.get(name, "")
        targets = [(target, target.code == code) for target in TARGETS]
        yield ListColumn(place, name, examples, code, targets, choices.ticked.get(name, 0))


def _coded(kept: ForeignList, choices: ListChoices) -> Iterator[CodedColumn]:
    for code, _separator, found in _values(kept, choices):
        chosen = choices.values.get(code, {})
        words = [(word, known) for known, word in _codes(code).items()]
        shown = [(place, value, chosen.get(value, "")) for place, value in enumerate(found[:MOST_VALUES])]
        left = max(len(found) - MOST_VALUES, 0)
        yield CodedColumn(code, BY_CODE[code].said, choices.of(code)[0], shown, words, left)


def _values(kept: ForeignList, choices: ListChoices) -> Iterator[tuple[str, str, list[str]]]:
    texts = [row for _number, row, _faults in kept.rows]
    for code in CODED:
        if columns := choices.of(code):
            separator = choices.separators.get(code, "")
            yield code, separator, values_of(texts, columns[:1], separator)


def _codes(code: str) -> dict[str, str]:
    return dict(words_of(BY_CODE[code].part, BY_CODE[code].name))


def _kinds() -> list[tuple[str, str]]:
    return list(_codes("service.types").items())


def _preview(kept: ForeignList, choices: ListChoices) -> list[dict[str, Any]]:
    """The first rows as they would become."""
    if _lacking(choices):
        return []
    try:
        found = rows.becoming(kept, keeping.SHOWN)
    except MappingFault:
        return []
    lines: dict[int, dict[str, Any]] = {}
    for entry in sorted(found.entries, key=lambda each: IN_ORDER.index(each.sheet)):
        row = lines.setdefault(entry.line, {"line": entry.line, "name": "", "faults": [], "changes": []})
        row["name"] = entry.name if entry.sheet == "listing" or not row["name"] else row["name"]
        row["faults"] += entry.faults
        row["changes"] += entry.changes
    return [lines[line] for line in sorted(lines)]


def _name_of(kept: ForeignList) -> str:
    known = ListMapping.objects.filter(organization=kept.organization, columns=sorted(kept.columns)).first()
    return known.name if known else kept.title
