"""Missing services that wait for a coordinator, and what there is already that looks like one of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Greatest

from organizations.models import AddressPrecision, Contact
from organizations.models.organization import FOR_MEMBERS
from services.models import ServiceAtLocation, ServiceType
from services.models.coverage import for_members, in_countries
from verification.models import Suggestion

if TYPE_CHECKING:
    from accounts.models import User

#: A title that holds the words of a suggestion this well may be the same service.
ALIKE = 0.5
SHOWN = 5
#: Fewer digits than that are no number of a phone.
_PHONE_DIGITS = 7
#: A city is compared where members may know it.
_TELLS_CITY = (AddressPrecision.EXACT, AddressPrecision.DISTRICT, AddressPrecision.SETTLEMENT)
_DIGITS = re.compile(r"\d")
_HANDLE = re.compile(r"(?:@|t\.me/)([A-Za-z]\w{3,31})")
_SITE = re.compile(r"(?:https?://)?(?:www\.)?((?:[\w-]+\.)+[a-z]{2,})", re.IGNORECASE)


def suggestions_for(user: User, country: str = "") -> QuerySet[Suggestion]:
    """All that this person may read and answer: those of the countries that they coordinate."""
    rows = Suggestion.objects.select_related("answered_by", "listing__service__organization")
    if not user.is_coordinator:
        return rows.none()
    if not user.coordinates_everywhere:
        rows = rows.filter(country__in=user.countries)
    return rows.filter(country=country) if country else rows


def waiting(user: User, country: str = "") -> QuerySet[Suggestion]:
    """Those without an answer, the most urgent first. What came in a flood wakes nobody."""
    return suggestions_for(user, country).filter(state="new").order_by("due_at", "pk")


def likely_the_same(suggestion: Suggestion, user: User) -> list[ServiceAtLocation]:
    """Listings that this person may know of and that may be what somebody misses, the likest first.

    The same way to reach it, anywhere in the country, or words of the title in the same city.
    """
    rows = ServiceAtLocation.objects.filter(in_countries([suggestion.country, ""]))
    if not user.is_administrator:
        rows = rows.filter(for_members() | Q(service__organization__memberships__user=user))
    words: tuple[F, Value] = (F("service__title"), Value(suggestion.what))
    alike = Greatest(
        TrigramWordSimilarity(suggestion.what, "service__title"),
        TrigramWordSimilarity(*words),  # type: ignore[arg-type]  # an expression is taken too
    )
    same = Q(alike__gte=ALIKE)
    if suggestion.city:
        named = Q(location__city__iexact=suggestion.city) | Q(location__i18n__city_en__iexact=suggestion.city)
        same &= Q(location=None) | (named & Q(location__member_precision__in=_TELLS_CITY))
    if suggestion.kind:
        types = ServiceType.objects.filter(parent=suggestion.kind).values_list("code", flat=True)
        same &= Q(service__types__overlap=list(types))
    found = rows.annotate(alike=alike).filter(same | Q(pk__in=_reached_by(suggestion.reach, rows)))
    found = found.select_related("service__organization", "location", "state")
    return list(found.order_by("-alike", "pk").distinct()[:SHOWN])


def asked_twice(suggestion: Suggestion, user: User) -> list[Suggestion]:
    """Other suggestions of the country with alike words, the newest first."""
    rows = suggestions_for(user, suggestion.country).filter(about=suggestion.about).exclude(pk=suggestion.pk)
    alike = TrigramWordSimilarity(suggestion.what, "what")
    return list(rows.annotate(alike=alike).filter(alike__gte=ALIKE).order_by("-received_at", "-pk")[:SHOWN])


def _reached_by(reach: str, rows: QuerySet[ServiceAtLocation]) -> list[int]:
    """Those with the same phone, handle or website, as far as members may know it: their own, their place's or their

    organisation's.
    """
    said, site = Q(pk__in=[]), _SITE.search(reach)
    digits = "".join(_DIGITS.findall(reach))
    if len(digits) >= _PHONE_DIGITS:
        said |= Q(value__regex=r"\D*".join(digits[-_PHONE_DIGITS:]) + r"\D*$")
    if handle := _HANDLE.search(reach):
        said |= Q(value__icontains=handle[1])
    elif site:
        said |= Q(value__icontains=site[1])
    contacts = Contact.objects.filter(said, visibility__in=FOR_MEMBERS)
    same = Q(contacts__in=contacts) | Q(location__contacts__in=contacts)
    same |= Q(service__organization__contacts__in=contacts.filter(location=None))
    if site and not handle:
        same |= Q(service__organization__website__icontains=site[1])
    return list(rows.filter(same).order_by().values_list("pk", flat=True))
