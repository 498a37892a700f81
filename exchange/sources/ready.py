"""Shaped rows of a source as rows of an import, and the mapping that reads them.

Rule: what lies in another country than the source is for, or has no kind of service of ours, is left out and told.
Every listing says in its note, in every language, from which directory it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from core.languages import columns
from core.spelling.folding import bare, folded
from exchange.foreign.targets import words_for
from exchange.importing.planning import short
from exchange.importing.translating.fields import known_codes
from exchange.importing.translating.mapping import MappingFile, mapping_of
from exchange.sources.foreign.shaping import Shaped, doorless
from exchange.sources.foreign.terms import Matching
from exchange.sources.models import ForeignSource
from organizations.models import Location

LONGEST_NOTE = 240
_MAPPING: dict[str, Any] = {
    "id": "id",
    "organization": {
        "id": "organization.id",
        "name": "organization.name",
        "description": "organization.description",
        "website": "organization.website",
        "registration_country": "country",
    },
    "location": {
        "id": "location.id",
        "name": "location.name",
        "address": "location.address",
        "city": "location.city",
        "region": "location.region",
        "country": "country",
        "directions": "location.directions",
        "transit": "location.transit",
        "point": {"lon": "location.lon", "lat": "location.lat"},
    },
    "service": {
        "title": "service.title",
        "text": "service.text",
        "types": "types",
        "groups": "groups",
        "languages": "languages",
        "delivery": "delivery",
        "cost": "service.cost",
        "cost_note": "service.fees",
        "eligibility_note": "service.eligibility",
        "age_from": "service.age_from",
        "age_to": "service.age_to",
    },
    "listing": {"hours": {"ready": "hours"}, "note": "note", "remote_country": "remote"},
    "contacts": [
        {"channel": {"value": "phone"}, "value": "phones", "may_be_none": True},
        {"channel": {"value": "email"}, "value": "emails", "may_be_none": True},
        {"channel": {"value": "form"}, "value": "url", "may_be_none": True},
    ],
}


def mapping_for(source: ForeignSource) -> MappingFile:
    return mapping_of({"source": source.code, **_MAPPING})


def without_doors(source: ForeignSource, rows: list[Shaped]) -> list[Shaped]:
    """What is said of places whose address is not kept here (ADR 0158) leaves before anything keeps it."""
    unkept = Location.objects.filter(source=source.code, is_address_kept=False).order_by()
    keys = {bare(key) for key in unkept.values_list("external_id", flat=True)}
    return [doorless(row) if keys and row["location"] and place_key(source, row) in keys else row for row in rows]


def place_key(source: ForeignSource, shaped: Shaped) -> str:
    """The identifier that the place of the row has here."""
    return bare(short(f"{bare(_owner_key(source, shaped))}|{bare(shaped['location']['id'])}"))


def _owner_key(source: ForeignSource, shaped: Shaped) -> str:
    given = shaped["organization"]
    name = given["name"] or {source.language: source.title}
    return str(given["id"] or f"{source.code}-{folded(next(iter(name.values())))}")


@dataclass
class Ready:
    """Makes rows ready; what is left out says why."""

    source: ForeignSource
    matching: Matching

    def row(self, shaped: Shaped) -> tuple[dict[str, Any], str]:
        """(the row, why it is left out or "")."""
        codes = self.matching.codes(shaped["terms"])
        country = shaped["country"] or self.source.country
        if self.source.country and country != self.source.country:
            return {}, _("It lies in another country.")
        if not codes["types"]:
            return {}, _("None of its terms is a kind of service here.")
        place = self._place(shaped)
        languages = [self._languages[known] for one in shaped["languages"] if (known := folded(one)) in self._languages]
        return {
            **{name: shaped[name] for name in ("id", "service", "hours", "phones", "emails", "url")},
            "organization": self._organization(shaped),
            "location": place,
            "country": country,
            "remote": "" if place else country,
            "types": codes["types"],
            "groups": codes["groups"],
            "languages": languages,
            "unread": [one for one in shaped["languages"] if folded(one) not in self._languages],
            "delivery": ["on_site"] if place else ["phone"] if shaped["phones"] else ["online"],
            "note": self._note(shaped["said"]),
        }, ""

    def _organization(self, shaped: Shaped) -> dict[str, Any]:
        """A service whose organisation is not told is the directory's own."""
        given = shaped["organization"]
        name = given["name"] or {self.source.language: self.source.title}
        return {**given, "name": name, "id": _owner_key(self.source, shaped)}

    def _place(self, shaped: Shaped) -> dict[str, Any] | None:
        """A place of which neither the city nor a point is known is none that anybody finds."""
        place = shaped["location"]
        if not place or not (place["city"] or place["lat"] is not None or place.get("is_doorless")):
            return None
        owner = next(iter(shaped["organization"]["name"].values()), "")
        return {**place, "name": place["name"] or owner or place["city"] or self.source.title}

    def _note(self, said: Mapping[str, str]) -> dict[str, str]:
        return {
            code: " ".join(text for text in (said.get(code, "")[: LONGEST_NOTE - len(own) - 1], own) if text)
            for code, own in self._sayings.items()
        }

    @cached_property
    def _sayings(self) -> dict[str, str]:
        found = {}
        for _column, code in columns("note"):
            with override(code):
                found[code] = _("From the directory “%(name)s”.") % {"name": self.source.title}
        return found

    @cached_property
    def _languages(self) -> dict[str, str]:
        """Folded names and codes of languages → ours."""
        known = known_codes("service", "languages") or {}
        return {word: codes[0] for word, codes in words_for("service.languages").items()} | {c: c for c in known}
