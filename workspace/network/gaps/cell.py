"""One cell: how it stands and why, what stands beside it, and what a person may do: open a gap, say what they found."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from core.errors import HouseError
from core.geo.countries import country_name
from core.phrasing.dates import day_in_words
from facts.names import names
from network.gaps import rights
from network.gaps import services as gaps
from network.gaps.cells import GapCell, Matrix, matrix
from network.gaps.counts import LEAST, WEEKS, CellNumbers
from network.gaps.matrix import GROUP, LANGUAGE
from network.gaps.models import AbsenceCheck, Gap
from organizations.models import Organization
from workspace.coordination.doors import network_page
from workspace.network.decisions.doors import saved
from workspace.network.gaps.forms import AbsentForm, GapForm
from workspace.network.gaps.presenter import Place, about, address, fact_of, gap_lines, stated, title_of
from workspace.shared.pages import reason_of
from workspace.shared.texts import worded


@network_page
@require_http_methods(["GET", "POST"])
def show(request: SignedInRequest) -> HttpResponse:
    """A POST opens a gap, says that nobody offers it, or takes such a word back."""
    place, cell = _asked(request.GET)
    step = request.POST.get("step", "") if request.method == "POST" else ""
    opening = GapForm(request.POST if step == "open" else None)
    absent = AbsentForm(request.POST if step == "absent" else None, user=request.user)
    back = redirect(f"{reverse('workspace:network-gap-cell')}?{address(place)}")
    if step == "open":
        row = saved(opening, lambda **said: _open(request, place, cell, **said))
        if isinstance(row, Gap):
            messages.success(request, _("Written down. Next: who does what, and until when."))
            return redirect("workspace:network-gap", row.public_id)
    elif step == "absent":
        if saved(absent, lambda **said: _absent(request, place, **said)):
            messages.success(request, _("Written down: it counts for a year."))
            return back
    elif request.method == "POST":
        _take_back(request)
        return back
    context = _context(request, place, cell) | {"opening": opening, "absent": absent}
    return render(request, "workspace/network/gaps/cell.html", context, status=422 if step else 200)


def _asked(query: QueryDict) -> tuple[Place, GapCell]:
    """The cell of the address; 404 for one that there is not, or of two cuts at once."""
    kind, country, group, to_country, language = (
        query.get(name, "") for name in ("kind", "country", "group", "to", "language")
    )
    cut = matrix(names(), LANGUAGE if language else GROUP)
    known = kind in cut.kinds and country in cut.countries and to_country in ("", *cut.countries)
    one = group or language
    if not known or (one and one not in cut.ones) or sum(map(bool, (group, to_country, language))) > 1:
        raise Http404
    if to_country == country:
        raise Http404
    return (kind, country, group, to_country, language), _cell(cut, kind, country, one, to_country)


def _cell(cut: Matrix, kind: str, country: str, one: str, to_country: str) -> GapCell:
    return cut.way(kind, country, to_country) if to_country else cut.cell(kind, country, one)


def _open(request: SignedInRequest, place: Place, cell: GapCell, **said: str) -> Gap:
    kind, country, group, to_country, language = place
    return gaps.open_gap(
        actor=request.user, service_type=kind, country=country, group=group, to_country=to_country,
        language=language, was=cell.state.value, **said,
    )  # fmt: skip


def _absent(request: SignedInRequest, place: Place, organization: Organization, how: str) -> AbsenceCheck:
    kind, country, group, _to, _language = place
    return gaps.say_absent(
        actor=request.user, organization=organization, service_type=kind, country=country, group=group, how=how
    )


def _take_back(request: SignedInRequest) -> None:
    rows = AbsenceCheck.objects.visible_to(request.user).filter(ended_at=None)
    word = rows.filter(public_id=request.POST.get("word", "")).first()
    if word is None:
        messages.warning(request, _("It has changed meanwhile. Please look at the page once more."))
        return
    try:
        gaps.take_back(actor=request.user, word=word)
    except HouseError as error:
        messages.warning(request, reason_of(error))
    else:
        messages.success(request, _("Taken back."))


def _context(request: SignedInRequest, place: Place, cell: GapCell) -> dict[str, object]:
    kind, country, group, to_country, language = place
    numbers, section = CellNumbers(), names().scheme("service")[kind].parent
    here = {"service_type": kind, "country": country, "group": group, "to_country": to_country, "language": language}
    rows = Gap.objects.visible_to(request.user).filter(**here).select_related("organization")
    words = AbsenceCheck.objects.visible_to(request.user).standing().filter(service_type=kind, country=country)
    words = words.filter(group__in=["", group]).select_related("organization")
    own = set(rights.organizations_of(request.user).values_list("pk", flat=True))
    leads = rights.leads(request.user, country, to_country)
    ends = [country, to_country] if to_country else [country]
    return {
        "section": "network",
        "tab": "gaps",
        "title": title_of(place),
        "about": about(place),
        "state": stated(cell.state),
        "cell": cell,
        "fact": fact_of(cell),
        "country": country.lower(),
        "words": [_said(row, may=row.organization_id in own or leads) for row in words],
        "evidence": [{"country": country_name(one), "told": numbers.of(kind, one, section)} for one in ends],
        "least": LEAST,
        "weeks": WEEKS,
        "gaps": gap_lines(rows.order_by("-opened_at")[:10]),
        "has_live": rows.live().exists(),
        "may_propose": rights.proposes(request.user),
        "leads": leads,
        "may_say": bool(own) and not (to_country or language) and not cell.listed.all,
        "map_query": f"service={kind}&country={country}" + (f"&group={group}" if group else ""),
    }


def _said(row: AbsenceCheck, *, may: bool) -> dict[str, object]:
    """A word that it is not there, with its days."""
    return {
        "row": row,
        "may": may,
        "name": worded(row.organization, "name"),
        "day": day_in_words(row.checked_on),
        "until": day_in_words(row.valid_until),
    }
