"""The country for members: what everybody reads, and beside it who coordinates, what waits, what is not for all."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.models import NetworkRole, User
from accounts.requests import SignedInRequest
from core import clock
from core.geo.countries import country_codes, country_name
from core.pages import links
from core.phrasing.dates import day_in_words
from directory.asking import queries
from directory.asking.filters import Filters
from directory.tables.lands import DUE_DAYS
from directory.tables.topics import LAW
from messaging.models import Absence
from network.countries.models import CountryDesk, CountryFact, FactState, organizations_of
from network.decisions.seats import SeatKind, holds
from reading.asked import Asked
from reading.lines import lines
from reading.presenters import lands
from referrals import desk
from services.models import Notice, NoticeLevel
from workspace.access import may_read_members_map
from workspace.shared.pages import desk_page


@desk_page
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    """What waits for the person's word, and every country."""
    asked = _asked(request)
    codes = lands.known_countries(asked)
    facts = lands.facts_of(asked, *codes)
    told = [
        {
            "name": country_name(code),
            "code": code.lower(),
            "facts": len(facts[code]),
            "stale": sum(fact["standing"] in ("stale", "asked") for fact in facts[code]),
        }
        for code in codes
    ]
    context = {
        "section": "countries",
        "countries": told,
        "to_check": _to_check(request.user),
        "to_confirm": _to_confirm(request.user),
        "drafts": _drafts(request.user),
        "to_second": _to_second(request.user),
        "may_write": organizations_of(request.user).exists(),
    }
    return render(request, "workspace/countries/index.html", context)


@desk_page
@require_GET
def country(request: SignedInRequest, country: str) -> HttpResponse:
    asked = _asked(request)
    code = code_of(country)
    filters = Filters(country=(code,))
    may = request.user.coordinates(code)
    codes = lands.known_countries(asked)
    facts = lands.facts_of(asked, *codes)
    context = {
        "section": "countries",
        "name": country_name(code),
        "code": code.lower(),
        "public_url": reverse("maps:country", args=[code.lower()]),
        "facts": facts.get(code, []),
        "banners": lands.banners(asked, [code]),
        "lines": lines(asked, filters),
        "others": [{"name": country_name(one), "code": one.lower()} for one in codes if facts[one] and one != code],
        "people": _people(code),
        **_desk(code),
        "overdue": _overdue(asked, code),
        "unanswered": desk.unanswered(request.user).filter(country=code).count() if may else None,
        "coordinates": may,
        "may_write": organizations_of(request.user).exists(),
        "notices": [(row, lands.about(row, asked.vocabulary)) for row in _notices(request.user, code)],
        "today": clock.today(),
    }
    return render(request, "workspace/countries/country.html", context)


@desk_page
@require_GET
def corridor(request: SignedInRequest, country: str, other: str) -> HttpResponse:
    asked = _asked(request)
    here, there = code_of(country), code_of(other)
    if here == there:
        raise Http404
    context = {
        "section": "countries",
        "here": {"name": country_name(here), "url": reverse("workspace:country", args=[here.lower()])},
        "there": {"name": country_name(there), "url": reverse("workspace:country", args=[there.lower()])},
        "back_url": reverse("workspace:corridor", args=[there.lower(), here.lower()]),
        "rows": lands.side_by_side(asked, here, there),
        "banners": lands.banners(asked, [here, there]),
    }
    return render(request, "workspace/countries/corridor.html", context)


def code_of(written: str) -> str:
    """The country of an address, where codes are small; 404 for none."""
    code = written.upper()
    if written != code.lower() or code not in country_codes():
        raise Http404
    return code


def _asked(request: SignedInRequest) -> Asked:
    if not may_read_members_map(request.user):
        raise Http404
    return Asked.now("members")


def _to_check(user: User) -> list[CountryFact]:
    """Sent by others; what a law says only for the lawyer's seat."""
    if not organizations_of(user).exists():
        return []
    rows = CountryFact.objects.visible_to(user).filter(state=FactState.SENT)
    return list(_others(user, rows).select_related("organization").order_by("sent_at", "pk")[:50])


def _to_confirm(user: User) -> list[CountryFact]:
    """In force, and due within a month, late or asked again; the latest first."""
    if not organizations_of(user).exists():
        return []
    soon = Q(valid_until__lte=clock.today() + dt.timedelta(days=DUE_DAYS)) | Q(asked_again_on__isnull=False)
    rows = CountryFact.objects.visible_to(user).published().filter(soon)
    return list(_others(user, rows).order_by("valid_until", "pk")[:50])


def _others(user: User, rows: QuerySet[CountryFact]) -> QuerySet[CountryFact]:
    rows = rows.exclude(organization__in=user.memberships.values("organization"))
    return rows if holds(user, SeatKind.LAWYER) else rows.exclude(topic__in=[str(one) for one in LAW])


def _drafts(user: User) -> list[CountryFact]:
    rows = CountryFact.objects.visible_to(user).filter(organization__in=organizations_of(user))
    return list(rows.filter(state__in=[FactState.DRAFT, FactState.SENT]).order_by("state", "-pk")[:50])


def _to_second(user: User) -> list[Notice]:
    """Dangers that one person alone has said so far."""
    if not user.is_verifier:
        return []
    today = clock.today()
    rows = Notice.objects.filter(level=NoticeLevel.DANGER, seconded_at=None).exclude(country="")
    rows = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today)).exclude(announced_by=user)
    return list(rows.order_by("announced_at", "pk")[:50])


def _people(code: str) -> list[dict[str, str]]:
    """Coordinators of the country by name, and whether they are there today."""
    people = User.objects.filter(is_active=True, network_role=NetworkRole.COORDINATOR)
    people = people.filter(Q(countries__contains=[code]) | Q(countries=[])).order_by("name", "pk")
    today = clock.today()
    away = {one.user_id: one for one in Absence.objects.touching(today, today).select_related("delegate")}
    return [{"name": str(person.name or _("A coordinator")), "duty": _duty(away.get(person.pk))} for person in people]


def _desk(code: str) -> dict[str, object]:
    """How colleagues are reached, with the address behind the number."""
    desk = CountryDesk.objects.filter(country=code).first()
    line = desk.line if desk else ""
    return {"desk": desk, "line_url": links.href("phone", line, code), "line_text": links.display(line, code)}


def _duty(absence: Absence | None) -> str:
    if absence is None:
        return _("on duty")
    values = {"date": day_in_words(absence.ends_on), "name": absence.delegate.name or _("a colleague")}
    return _("away until %(date)s; %(name)s stands in") % values


def _overdue(asked: Asked, code: str) -> int:
    """Listings that members see and that nobody has confirmed in time."""
    rows = queries.current_listings("members", asked.at).filter(country=code)
    return rows.filter(due_on__lte=asked.at.date()).count()


def _notices(user: User, code: str) -> list[Notice]:
    """What may be changed or seconded here."""
    if not user.is_verifier:
        return []
    today = clock.today()
    rows = Notice.objects.filter(country=code).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today))
    return list(rows.order_by("-starts_on", "-pk")[:50])
