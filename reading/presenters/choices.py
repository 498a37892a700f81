"""Filters as a person sees them: every value with its name and its count, and the names of those that are set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core import gazetteer
from core.countries import country_name
from directory import labels
from directory.facets import Counts
from directory.filters import ANY_COUNTRY, Filters
from directory.records import Audience
from directory.vocabulary import Term, Vocabulary, localised

#: (code, country, names by language), as `facets.cities` gives them.
City = tuple[str, str, Mapping[str, str]]
Option = dict[str, Any]

_FIXED: Mapping[str, labels.Labels] = {
    "cost": labels.COST,
    "insurance": labels.INSURANCE,
    "intake": labels.INTAKE,
    "delivery": labels.DELIVERY,
}
_SCHEMES = {"service": "service", "group": "group", "status": "status", "language": "language",
            "documents": "document", "family": "family"}  # fmt: skip
#: Groups of service types that are meant for colleagues: the public has no use for them.
_MEMBERS_FAMILY = "network"


@dataclass(frozen=True)
class Choices:
    """Names of filter values in the active language."""

    vocabulary: Vocabulary
    audience: Audience
    cities: Sequence[City] = ()

    def name(self, param: str, code: str) -> str:
        """What a chip says about one value; a code that nobody knows speaks for itself."""
        if param in _SCHEMES:
            term = self.vocabulary.scheme(_SCHEMES[param]).get(code)
            return _chip_name(param, term) if term else code
        if param in _FIXED:
            return labels.label(_FIXED[param], code)
        if param == "country":
            return _("Any country, remotely") if code == ANY_COUNTRY else country_name(code)
        if param == "city":
            return next((localised(names) or code for known, _country, names in self.cities if known == code), code)
        return {
            "anonymous": _("Anonymous") if code == "yes" else _("Not anonymous"),
            "open": _("Open now"),
            "checked": _("Checked by another organisation"),
            "capacity": _("There are places or medicine"),
        }.get(param, code)

    def near_name(self, filters: Filters) -> str:
        place = gazetteer.place(filters.near.place) if filters.near and filters.near.place else None
        return _("Near: %(place)s") % {"place": place.name()} if place else _("Near me")

    def facets(self, counts: Counts, filters: Filters) -> dict[str, list[Option]]:
        """Every filter with all its values; those that would find nothing stay, with a zero."""

        def options(param: str, codes: Iterable[str]) -> list[Option]:
            return [self._option(param, code, counts, filters) for code in codes]

        current = {scheme: self._current(scheme) for scheme in ("group", "status", "language", "document")}
        return {
            "service": self._tree(counts, filters),
            "group": options("group", current["group"]),
            "status": options("status", current["status"]),
            "language": options("language", current["language"]),
            "country": options("country", self._countries(counts, filters)),
            "city": [
                self._option("city", code, counts, filters) | {"country": country}
                for code, country, _names in self.cities
            ],
            "documents": options("documents", current["document"]),
            "anonymous": options("anonymous", ["yes"]),
            "open": options("open", ["now"]),
            "checked": options("checked", ["other"]),
            "capacity": options("capacity", ["available"]),
            **{param: options(param, table) for param, table in _FIXED.items()},
        }

    def _option(self, param: str, code: str, counts: Counts, filters: Filters) -> Option:
        return {
            "code": code,
            "name": self._full_name(param, code),
            "count": counts.by_value.get(param, {}).get(code, 0),
            "selected": code in getattr(filters, param),
        }

    def _full_name(self, param: str, code: str) -> str:
        return self.vocabulary.name(_SCHEMES[param], code) if param in _SCHEMES else self.name(param, code)

    def _current(self, scheme: str) -> list[str]:
        return [term.code for term in self.vocabulary.scheme(scheme).values() if not term.is_retired]

    def _tree(self, counts: Counts, filters: Filters) -> list[Option]:
        services = self.vocabulary.scheme("service")
        tree = []
        for top, leaves in self.vocabulary.tree.items():
            if services[top].is_retired or (self.audience == "public" and services[top].family == _MEMBERS_FAMILY):
                continue
            children = [
                self._option("service", leaf, counts, filters) | _hint(services[leaf])
                for leaf in leaves
                if not services[leaf].is_retired
            ]
            option = self._option("service", top, counts, filters)
            tree.append(option | {"family": services[top].family, "children": children})
        return tree

    def _countries(self, counts: Counts, filters: Filters) -> list[str]:
        """Countries that have listings or are chosen, by name; services for any country last."""
        codes = set(counts.by_value.get("country", {})) | set(filters.country)
        codes |= {country for _code, country, _names in self.cities}
        named = sorted(codes - {ANY_COUNTRY}, key=country_name)
        return [*named, ANY_COUNTRY] if ANY_COUNTRY in codes else named


def _chip_name(param: str, term: Term) -> str:
    return term.short() if param in ("group", "status") else term.name()


def _hint(term: Term) -> dict[str, str]:
    return {"hint": localised(term.data.get("hint"))}
