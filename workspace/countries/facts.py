"""Writing a fact, and checking the one of another organisation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.requests import SignedInRequest
from core.errors import NotAllowed, WrongState
from directory.tables.topics import LAW, MEMBERS_ONLY
from network.countries import facts
from network.countries.models import CountryFact, FactState, organizations_of
from workspace.countries.forms import FactForm, RemarkForm, SourceForm
from workspace.shared.pages import desk_page, editable, reason_of, sent, show_form


@desk_page
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest) -> HttpResponse:
    """An empty form, or one filled with a fact in force that it would replace."""
    own = list(organizations_of(request.user))
    if not own:
        raise Http404
    old = _old(request)
    asked = {name: request.GET.get(name, "") for name in ("country", "topic")}
    initial: dict[str, Any] = {"risk": "none", "visibility": "public", "source_language": "ru", **asked}
    if asked["topic"] in MEMBERS_ONLY:
        initial["visibility"] = "members"
    choices = [(one.public_id, one.name) for one in own]
    form = FactForm(sent(request), initial=initial | _filled(old), choices=choices)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data.get("organization") or own[0].public_id
        house = next(one for one in own if one.public_id == chosen)
        with form.collecting():
            fact = facts.write_fact(actor=request.user, organization=house, replaces=old, **form.values())
            return _saved(request, fact)
    return show_form(request, "workspace/countries/fact_edit.html", form, {"section": "countries", "fact": None})


@desk_page
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, fact: str) -> HttpResponse:
    row = editable(CountryFact, request, public_id=fact)
    form = FactForm(sent(request), row=row)
    if request.method == "POST" and form.is_valid():
        with form.collecting():
            return _saved(request, facts.write_fact(actor=request.user, fact=row, **form.values()))
    return show_form(request, "workspace/countries/fact_edit.html", form, {"section": "countries", "fact": row})


@desk_page
@require_GET
def show(request: SignedInRequest, fact: str) -> HttpResponse:
    row = _visible(request, fact)
    return _page(request, row, SourceForm(), RemarkForm())


@desk_page
@require_POST
def press(request: SignedInRequest, fact: str) -> HttpResponse:
    """One step of a fact; what it says comes back beside what was typed when it is refused."""
    row = _visible(request, fact)
    step = request.POST.get("step", "")
    check, remark = SourceForm(request.POST), RemarkForm(request.POST)
    if step not in _STEPS or not check.is_valid() or not remark.is_valid():
        return _page(request, row, check, remark, status=422)
    try:
        _STEPS[step](request, row, check.cleaned_data | remark.cleaned_data)
    except ValidationError as error:
        for name, faults in error.message_dict.items():
            form = remark if name == "remark" else check
            form.add_error(name if name in form.fields else None, faults)
        return _page(request, _visible(request, fact), check, remark, status=422)
    except (WrongState, NotAllowed) as error:
        messages.error(request, reason_of(error))
    return redirect("workspace:fact", row.public_id)


def _send(request: SignedInRequest, row: CountryFact, said: dict[str, Any]) -> None:
    facts.send(actor=request.user, fact=row)
    messages.success(request, _("Sent. Somebody of another organisation reads the source and approves."))


def _approve(request: SignedInRequest, row: CountryFact, said: dict[str, Any]) -> None:
    facts.approve(actor=request.user, fact=row, **_word(said))
    messages.success(request, _("In force: it stands on the country's page now."))


def _confirm(request: SignedInRequest, row: CountryFact, said: dict[str, Any]) -> None:
    facts.confirm(actor=request.user, fact=row, **_word(said))
    messages.success(request, _("Confirmed, with new dates."))


def _give_back(request: SignedInRequest, row: CountryFact, said: dict[str, Any]) -> None:
    facts.give_back(actor=request.user, fact=row, remark=said["remark"])
    messages.success(request, _("Given back with your remark."))


def _withdraw(request: SignedInRequest, row: CountryFact, said: dict[str, Any]) -> None:
    facts.withdraw(actor=request.user, fact=row)
    messages.success(request, _("Withdrawn."))


_STEPS: dict[str, Callable[[SignedInRequest, CountryFact, dict[str, Any]], None]] = {
    "send": _send, "approve": _approve, "confirm": _confirm, "give_back": _give_back, "withdraw": _withdraw,
}  # fmt: skip


def _word(said: dict[str, Any]) -> dict[str, Any]:
    return {"has_read_source": said["has_read_source"], "valid_until": said["valid_until"]}


def _visible(request: SignedInRequest, public_id: str) -> CountryFact:
    rows = CountryFact.objects.visible_to(request.user).select_related("organization", "checked_by", "replaces")
    return get_object_or_404(rows, public_id=public_id)


def _old(request: SignedInRequest) -> CountryFact | None:
    rows = CountryFact.objects.visible_to(request.user).published()
    return rows.filter(public_id=request.GET.get("instead", "")).first()


def _filled(old: CountryFact | None) -> dict[str, object]:
    return FactForm(row=old).initial_of(old) if old else {}


def _saved(request: SignedInRequest, fact: CountryFact) -> HttpResponse:
    messages.success(request, _("The draft is saved. Read it once more and send it."))
    return redirect("workspace:fact", fact.public_id)


def _page(
    request: SignedInRequest, row: CountryFact, check: SourceForm, remark: RemarkForm, status: int = 200
) -> HttpResponse:
    own = set(organizations_of(request.user).values_list("pk", flat=True))
    is_own = row.organization_id in own
    context = {
        "section": "countries",
        "fact": row,
        "check": check,
        "remark": remark,
        "is_own": is_own,
        "may_write": bool(own),
        "is_law": row.topic in LAW,
        "is_draft": row.state == FactState.DRAFT and is_own,
        "is_waiting": row.state in (FactState.SENT, FactState.PUBLISHED),
        "why_not": facts.why_not(request.user, row),
        "may_withdraw": row.state not in (FactState.REPLACED, FactState.WITHDRAWN)
        and (is_own or (row.state == FactState.PUBLISHED and request.user.coordinates(row.country))),
        "checks": row.checks.select_related("organization"),
    }
    return render(request, "workspace/countries/fact.html", context, status=status)
