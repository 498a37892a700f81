"""An address that is not kept leaves the texts in other languages, too: also what they were translated from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from core.spelling.scrubbing import without_words
from directory.stores import wordstore
from directory.tables.wording import COLUMNS, PAPER
from organizations.models import Contact, Location
from services.models import Notice, Service, ServiceAtLocation
from translations.models import Translation


def forget_door(location: Location, words: Sequence[str]) -> None:
    """All that was said of the place, and those texts that may speak of it that hold one of the words, or ever did."""
    history: QuerySet[Any] = Translation.pgh_event_model.objects.all()  # type: ignore[attr-defined]  # by pghistory
    told, rows = history.filter(_theirs(location)), Translation.objects.filter(_theirs(location))
    of_place = Q(kind__in=["place", "centre"], key=location.public_id)
    of_place |= Q(kind="contact", key__in=Contact.objects.filter(location=location).values("public_id"))
    listings = ServiceAtLocation.objects.filter(location=location).values("public_id")
    of_place |= Q(kind="capacity", key__in=listings)
    of_place |= Q(kind="notice", key__in=Notice.objects.filter(location=location).values("public_id"))
    units = _holding([*rows.exclude(of_place), *told.exclude(of_place)], words)
    gone = of_place | Q(unit__in=units)
    ids = set(rows.filter(gone).values_list("unit", "language")) | set(
        told.filter(gone).values_list("unit", "language")
    )
    rows.filter(gone).delete()
    told.filter(gone).delete()
    wordstore.drop([f"{unit}:{language}" for unit, language in ids])


def _theirs(location: Location) -> Q:
    """Texts of the place, of the services, listings and profile of its organisation, and what is said of countries, in
    digests, of learning and in papers, which may speak of it too."""
    organization = location.organization
    services = Service.objects.filter(organization=organization).values("public_id")
    listings = ServiceAtLocation.objects.filter(Q(service__organization=organization) | Q(location=location))
    return (
        Q(kind="place", key=location.public_id)
        | Q(kind="service", key__in=services)
        | Q(kind__in=["listing", "capacity"], key__in=listings.values("public_id"))
        | Q(kind="organization", key=organization.public_id)
        | Q(kind="centre", key=location.public_id)
        | Q(kind="contact", key__in=Contact.objects.filter(organization=organization).values("public_id"))
        | Q(kind__in=[*(COLUMNS.keys() - {"centre"}), PAPER])
    )


def _holding(rows: Iterable[Any], words: Sequence[str]) -> set[str]:
    """Units of which one of these says a word: in its source or in its text."""
    return {row.unit for row in rows if without_words(told := [row.source, row.forms], words) != told}
