"""Which listings something covers, and which country a listing counts for: in SQL and in Python, with one meaning.

Rule: an organisation covers all its listings, a place and a service those that are given there or under it, a
contact those of its place (of its whole organisation when it has no place), a country the listings at places in it
and the remote ones that are meant for it. A notice and a takedown cover what their one subject covers. A listing
without a place that names no country counts for no country, written "".
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Protocol, cast

from django.db.models import CharField, F, Model, Q
from django.db.models.functions import Coalesce

from organizations.models import Contact, Location, Organization
from organizations.models.organization import FOR_MEMBERS
from services.models.service import Service


class Listing(Protocol):
    """What is asked of a `ServiceAtLocation` here."""

    pk: int
    service: Service
    service_id: int
    location_id: int | None

    @property
    def country(self) -> str: ...


#: What covers listings; a text is the ISO code of a country.
Subject = Organization | Location | Service | Contact | Listing | str


class Scoped(Protocol):
    """A row that speaks about one thing: `Notice`, `Takedown`. `service` may be missing."""

    organization_id: int | None
    location_id: int | None
    country: str


def under(subject: Subject, prefix: str = "") -> Q:
    """Rows whose listing (at `prefix`, as in "listing__") is covered by the subject."""
    if isinstance(subject, str):
        return in_countries([subject], prefix)
    if isinstance(subject, Contact):
        place = subject.location_id
        return Q(**({f"{prefix}location": place} if place else _organization(subject.organization_id, prefix)))
    if isinstance(subject, Organization):
        return Q(**_organization(subject.pk, prefix))
    if isinstance(subject, Location):
        return Q(**{f"{prefix}location": subject.pk})
    if isinstance(subject, Service):
        return Q(**{f"{prefix}service": subject.pk})
    return Q(**{prefix.removesuffix("__") or "pk": subject.pk})


def under_any(subjects: Iterable[Subject]) -> Q:
    """Rows that are covered by any of these, which are no countries: a condition for each way of being covered,
    however many they are."""
    keys: dict[str, set[int]] = {}
    for subject in subjects:
        for name, key in cast("list[tuple[str, int]]", under(subject).children):
            keys.setdefault(name, set()).add(key)
    return reduce(or_, (Q(**{f"{name}__in": found}) for name, found in keys.items()), Q(pk__in=[]))


def in_countries(codes: Iterable[str], prefix: str = "") -> Q:
    """Rows whose listing (at `prefix`) counts for one of these countries."""
    wanted = list(codes)
    remote = {f"{prefix}location__isnull": True, f"{prefix}remote_country__in": wanted}
    return Q(**{f"{prefix}location__country__in": wanted}) | Q(**remote)


def for_members(prefix: str = "") -> Q:
    """Rows whose listing (at `prefix`) everybody of the network may know of."""
    everywhere = Q(**{f"{prefix}location__isnull": True})
    shown = Q(**{f"{prefix}location__visibility__in": FOR_MEMBERS})
    return Q(**{f"{prefix}service__visibility__in": FOR_MEMBERS}) & (everywhere | shown)


def country_of(prefix: str = "") -> Coalesce:
    """The same as an expression: the code of the country that the listing at `prefix` counts for."""
    return Coalesce(F(f"{prefix}location__country"), F(f"{prefix}remote_country"), output_field=CharField())


def covers(subject: Subject, listing: Listing) -> bool:
    """The predicate beside `under`. The listing carries its service and its place."""
    if isinstance(subject, str):
        return listing.country == subject
    if isinstance(subject, Contact) and subject.location_id is None:
        return subject.organization_id == listing.service.organization_id
    if isinstance(subject, Contact):
        return subject.location_id == listing.location_id
    if isinstance(subject, Organization):
        return subject.pk == listing.service.organization_id
    if isinstance(subject, Location):
        return subject.pk == listing.location_id
    return subject.pk == (listing.service_id if isinstance(subject, Service) else listing.pk)


def subject_of(scoped: Scoped) -> Subject:
    """The one thing that a notice or a takedown speaks about."""
    found = (getattr(scoped, name, None) for name in ("organization", "location", "service"))
    return cast(Subject, next((row for row in found if isinstance(row, Model)), scoped.country))


def scopes_over(listing: Listing, *, services: bool) -> Q:
    """Notices or takedowns that cover this listing. `services`: whether such rows can speak about a service."""
    found = Q(organization=listing.service.organization_id)
    if services:
        found |= Q(service=listing.service_id)
    if listing.location_id:
        found |= Q(location=listing.location_id)
    return found | Q(country=listing.country) if listing.country else found


def is_over(scoped: Scoped, listing: Listing) -> bool:
    """The predicate beside `scopes_over`: it compares keys, and follows none."""
    keys = (
        (scoped.organization_id, listing.service.organization_id),
        (scoped.location_id, listing.location_id),
        (getattr(scoped, "service_id", None), listing.service_id),
        (scoped.country or None, listing.country),
    )
    return any(mine is not None and mine == theirs for mine, theirs in keys)


def _organization(pk: int, prefix: str) -> dict[str, int]:
    return {f"{prefix}service__organization": pk}
