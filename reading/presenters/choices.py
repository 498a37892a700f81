"""Filters as a person sees them: every value with its name and its count, and the names of those that are set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NotRequired, TypedDict

from django.utils.translation import gettext as _

from core.answers import NO, by_attribute, says
from core.geo import gazetteer
from core.geo.countries import country_name
from core.phrasing.sentences import upper_first
from core.spelling.collation import reading_key
from directory.asking import queries
from directory.asking.facets import Counts
from directory.asking.filters import Filters
from directory.crossing.records import Audience
from directory.filtering.declaration import Filter
from directory.filtering.declared import ANY_COUNTRY, FILTERS
from directory.filtering.known import Cities, Countries, Fixed, OfAttributes, Slugs, Terms, Tree
from directory.shown import labels
from directory.vocabulary import KnownTerm, Vocabulary, as_read
from reading.needs import PLAIN
from reading.presenters.parts import text

#: (code, country, names by language), as `facets.cities` gives them.
City = tuple[str, str, Mapping[str, str]]
#: So many cities are offered as boxes; who looks for another one writes its name.
MOST_CITIES = 200
#: Groups of service types that are meant for colleagues: the public has no use for them.
_MEMBERS_FAMILY = "network"


class Option(TypedDict):
    """One value of a filter; cities say their country, groups of services their family and what lies under them,
    kinds of service what they are called in everyday words where their name is a term, answers of what they are one."""

    code: str
    name: str
    count: int
    selected: bool
    country: NotRequired[str]
    family: NotRequired[str]
    plain: NotRequired[str]
    hint: NotRequired[str]
    of: NotRequired[str]
    children: NotRequired[list[Option]]


@dataclass(frozen=True)
class Choices:
    """Names of filter values in the active language. What each filter knows says where its words are."""

    vocabulary: Vocabulary
    audience: Audience
    cities: Sequence[City] = ()

    def name(self, param: str, code: str) -> str:
        """What a chip says about one value; a code that nobody knows speaks for itself."""
        match FILTERS[param].known:
            case Terms(scheme, is_short):
                term = self.vocabulary.scheme(scheme).get(code)
                return code if term is None else term.short() if is_short else term.name()
            case Fixed() as known:
                return labels.label(known.labels, code)
            case Countries(anywhere=anywhere):
                return _("Any country, remotely") if code == anywhere else country_name(code)
            case Cities():
                return self._city_names.get(code) or code
            case Slugs():
                row = queries.organization(self.audience, code)
                return text(row, "name") if row else code
        return code

    @cached_property
    def _city_names(self) -> dict[str, str]:
        return {code: as_read(names) for code, _country, names in self.cities}

    def near_name(self, filters: Filters) -> str:
        place = gazetteer.place(filters.near.place) if filters.near and filters.near.place else None
        return _("Near: %(place)s") % {"place": place.name()} if place else _("Near me")

    def facets(self, counts: Counts, filters: Filters) -> dict[str, list[Option]]:
        """Every filter with all its values; those that would find nothing stay, with a zero."""
        return {
            name: self._options(name, declared, counts, filters)
            for name, declared in FILTERS.items()
            if declared.offered != ()
        }

    def _options(self, param: str, declared: Filter, counts: Counts, filters: Filters) -> list[Option]:
        codes: Iterable[str]
        match declared.known:
            case Tree(scheme):
                return self._tree(param, scheme, counts, filters)
            case OfAttributes():
                return self._answers(param, declared.known, counts, filters)
            case Cities():
                return self._of_cities(param, counts, filters)
            case Terms(scheme):
                codes = [term.code for term in self.vocabulary.scheme(scheme).values() if not term.is_retired]
            case Countries():
                codes = self._countries(param, counts, filters)
            case known:
                codes = declared.offered or known.fixed
        return [self._option(param, code, counts, filters) for code in codes]

    def _of_cities(self, param: str, counts: Counts, filters: Filters) -> list[Option]:
        """Of very many those that are chosen, those of a chosen country, and those with the most listings."""
        found = self.cities
        if len(found) > MOST_CITIES:
            chosen, countries, n = filters.chosen(param), filters.chosen("country"), counts.by_value.get(param, {})

            def worth(city: City) -> tuple[bool, bool, int]:
                return city[0] in chosen, city[1] in countries, n.get(city[0], 0)

            kept = {city[0] for city in sorted(found, key=worth, reverse=True)[:MOST_CITIES]}
            found = [city for city in found if city[0] in kept]
        return [{**self._option(param, code, counts, filters), "country": country} for code, country, _names in found]

    def _option(self, param: str, code: str, counts: Counts, filters: Filters) -> Option:
        return {
            "code": code,
            "name": self._full_name(param, code),
            "count": counts.by_value.get(param, {}).get(code, 0),
            "selected": code in filters.chosen(param),
        }

    def _full_name(self, param: str, code: str) -> str:
        known = FILTERS[param].known
        return self.vocabulary.name(known.scheme, code) if isinstance(known, Terms) else self.name(param, code)

    def _tree(self, param: str, scheme: str, counts: Counts, filters: Filters) -> list[Option]:
        services = self.vocabulary.scheme(scheme)
        tree: list[Option] = []
        for top, leaves in self.vocabulary.tree.items():
            if services[top].is_retired or (self.audience == "public" and services[top].family == _MEMBERS_FAMILY):
                continue
            children: list[Option] = [
                {
                    **self._option(param, leaf, counts, filters),
                    "plain": str(PLAIN.get(leaf, "")),
                    "hint": as_read(services[leaf].data.get("hint")),
                }
                for leaf in leaves
                if not services[leaf].is_retired
            ]
            option = self._option(param, top, counts, filters)
            tree.append({**option, "family": services[top].family, "children": children})
        return tree

    def _answers(self, param: str, known: OfAttributes, counts: Counts, filters: Filters) -> list[Option]:
        """Groups of boxes: one for each attribute with answers of its own, and one for those that are so or not."""
        terms = self.vocabulary.scheme(known.scheme)
        offered = [code for code in known.values(self.vocabulary) if not (terms[code].is_retired or says(code, NO))]
        boxes = {code: self._answer(param, terms[code], counts, filters) for code in offered}
        groups = [
            _group(terms[attribute].name(), [boxes.pop(code) for code in codes])
            for attribute, codes in by_attribute(offered).items()
            if terms[codes[0]].data.get("short")
        ]
        return [*groups, _group(_("What else matters"), list(boxes.values()))] if boxes else groups

    def _answer(self, param: str, term: KnownTerm, counts: Counts, filters: Filters) -> Option:
        """Where its attribute stands above it, it is said by its own name; a chip says both."""
        option = self._option(param, term.code, counts, filters)
        if not term.data.get("short"):
            return option
        return {**option, "name": upper_first(term.short()), "of": self.vocabulary.name(term.scheme, term.parent)}

    def _countries(self, param: str, counts: Counts, filters: Filters) -> list[str]:
        """Countries that have listings or are chosen, by name; services for any country last."""
        codes = set(counts.by_value.get(param, {})) | set(filters.chosen(param))
        codes |= {country for _code, country, _names in self.cities}
        named = sorted(codes - {ANY_COUNTRY}, key=lambda code: reading_key(country_name(code)))
        return [*named, ANY_COUNTRY] if ANY_COUNTRY in codes else named


def _group(name: str, boxes: list[Option]) -> Option:
    return {"code": "", "name": name, "count": 0, "selected": False, "children": boxes}
