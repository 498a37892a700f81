"""The endpoints of HSDS 3.1: lists by pages or by lines, single objects by their ids, terms, what this API is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast
from urllib.parse import urlencode

import orjson
from django.http import HttpResponse
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from drf_spectacular.utils import extend_schema, extend_schema_view

from directory.asking import queries
from directory.asking.filters import Source
from directory.shown.profiles import Profile, profiles
from reading.api.base import DirectoryView, Question, not_found
from reading.api.schemas import names_of
from reading.asked import Asked
from reading.hsds import described, objects, terms
from reading.hsds.asking import Paged, changes, id_of, of_services, rows_asked, searched_words, truth
from reading.hsds.ids import public_id_of, uuid_of
from reading.hsds.objects import Phrasing
from reading.hsds.words import Told, instant

VERSION = "3.1"
#: What an organisation says of its services where it does not tell them whole.
_BRIEF = ("id", "name", "status", "organization_id", "last_modified")
#: So many services are read at once where all are told.
_PIECE = 500


class HsdsQuestion(DirectoryView):
    """One question in the words of the standard."""

    schema = described.ByPath()

    def telling(self, asked: Asked) -> Phrasing:
        return Phrasing(asked.audience, asked.vocabulary, asked.at, self.request.build_absolute_uri("/").rstrip("/"))

    def respond(self, answer: object, status: int = 200) -> HttpResponse:
        if isinstance(answer, list):
            lines = b"".join(orjson.dumps(one, option=orjson.OPT_APPEND_NEWLINE) for one in answer)
            return HttpResponse(lines, content_type="application/x-ndjson", status=status)
        return super().respond(answer, status)

    def canonical(self, source: Source) -> str:
        given = cast("MultiValueDict[str, str]", source)
        return urlencode(sorted((name, value) for name, values in given.lists() for value in values))


@extend_schema_view(get=extend_schema(**described.ABOUT))
class AboutQuestion(HsdsQuestion):
    """Version, profile and description of this API."""

    known = names_of(described.ABOUT)

    def ask(self, asked: Asked, source: Source, **kwargs: str) -> Question:
        return "", lambda: {
            "version": VERSION,
            "profile": self.request.build_absolute_uri(reverse("hsds:profile")),
            "openapi_url": self.request.build_absolute_uri(f"{reverse('api:schema')}?format=json"),
        }


@extend_schema_view(get=extend_schema(**described.SERVICES))
class ServicesQuestion(HsdsQuestion):
    """Services; `full` brings all that belongs to them, `minimal` only ids and when they changed."""

    known = names_of(described.SERVICES)

    def ask(self, asked: Asked, source: Source, **kwargs: str) -> Question:
        paged, rows = Paged.read(source), rows_asked(asked, source)
        is_full, is_minimal = truth(source, "full"), truth(source, "minimal")
        telling = self.telling(asked)

        def build() -> object:
            ids = list(rows.order_by("service_id").values_list("service_id", flat=True).distinct())

            def part(start: int, stop: int) -> list[Told]:
                if is_minimal:
                    return minimal(asked, ids[start:stop])
                return services_told(telling, asked, ids[start:stop], is_full=is_full)

            return paged.envelope(len(ids), part)

        return self.canonical(source), build


def minimal(asked: Asked, ids: Sequence[str]) -> list[Told]:
    found = changes(asked, ids)
    return [{"id": uuid_of("service", one), "last_modified": instant(found[one])} for one in ids if one in found]


def services_told(telling: Phrasing, asked: Asked, ids: Sequence[str], *, is_full: bool) -> list[Told]:
    """In pieces: a table of many thousands is never held as rows and as words at once."""
    told: list[Told] = []
    organizations = {one.id: one for one in profiles(asked.audience, asked.at)} if is_full else {}
    for start in range(0, len(ids), _PIECE):
        piece = ids[start : start + _PIECE]
        changed = changes(asked, piece)
        for one, rows in of_services(asked, piece).items():
            of = _organization_of(organizations, rows[0].organization_id, telling) if is_full else None
            told.append(objects.service(rows, changed[one], telling, of))
    return told


def _organization_of(known: dict[str, Profile], one: str, telling: Phrasing) -> Told:
    return objects.organization(known[one], telling, is_full=False) if one in known else {}


@extend_schema_view(get=extend_schema(**described.SERVICE))
class ServiceQuestion(HsdsQuestion):
    """One service with all that belongs to it."""

    known = names_of(described.SERVICE)

    def ask(self, asked: Asked, source: Source, **kwargs: str) -> Question:
        wanted = public_id_of("service", kwargs["hsds_service"])
        return wanted, lambda: _only(
            services_told(self.telling(asked), asked, [wanted] if wanted else [], is_full=True)
        )


def _only(found: Sequence[Told]) -> Told:
    if not found:
        not_found()
    return found[0]


@extend_schema_view(get=extend_schema(**described.LISTINGS))
class ServiceAtLocationsQuestion(HsdsQuestion):
    """Services at their places."""

    known = names_of(described.LISTINGS)

    def ask(self, asked: Asked, source: Source, **kwargs: str) -> Question:
        paged, rows, is_full = Paged.read(source), rows_asked(asked, source), truth(source, "full")
        telling = self.telling(asked)

        def part(start: int, stop: int) -> list[Told]:
            found = queries.read_rows(rows.order_by("id"), asked.at, part=slice(start, stop))
            return [objects.service_at_location(row, telling, is_full=is_full) for row in found]

        return self.canonical(source), lambda: paged.envelope(rows.count(), part)


@extend_schema_view(get=extend_schema(**described.LISTING))
class ServiceAtLocationQuestion(HsdsQuestion):
    """One service at one place."""

    known = names_of(described.LISTING)

    def ask(self, asked: Asked, source: Source, **kwargs: str) -> Question:
        wanted = public_id_of("service_at_location", kwargs["hsds_listing"])
        return wanted, lambda: objects.service_at_location(_row(asked, id=wanted), self.telling(asked), is_full=True)


def _row(asked: Asked, **which: str) -> Any:
    rows = queries.current_listings(asked.audience, asked.at).exclude(operation="closed").filter(**which)
    found = queries.read_rows(rows.order_by("id"), asked.at, part=slice(1))
    return found[0] if found else not_found()


@extend_schema_view(get=extend_schema(**described.LOCATIONS))
class LocationsQuestion(HsdsQuestion):
    """Places."""

    known = names_of(described.LOCATIONS)

    def ask(self, asked: Asked, source: Source, **kwargs: str) -> Question:
        paged, rows, telling = Paged.read(source), rows_asked(asked, source), self.telling(asked)

        def build() -> object:
            first = rows.order_by("place_id", "id").distinct("place_id")
            ids = list(first.values_list("id", flat=True))

            def part(start: int, stop: int) -> list[Told]:
                current = queries.current_listings(asked.audience, asked.at).filter(id__in=ids[start:stop])
                return [
                    objects.location(row, telling) for row in queries.read_rows(current.order_by("place_id"), asked.at)
                ]

            return paged.envelope(len(ids), part)

        return self.canonical(source), build


@extend_schema_view(get=extend_schema(**described.LOCATION))
class LocationQuestion(HsdsQuestion):
    """One place."""

    known = names_of(described.LOCATION)

    def ask(self, asked: Asked, source: Source, **kwargs: str) -> Question:
        wanted = public_id_of("location", kwargs["hsds_location"])
        return wanted, lambda: objects.location(_row(asked, place_id=wanted or "-"), self.telling(asked))


@extend_schema_view(get=extend_schema(**described.ORGANIZATIONS))
class OrganizationsQuestion(HsdsQuestion):
    """Organisations that have something to show; `full` brings phones and services, `full_service` whole ones."""

    known = names_of(described.ORGANIZATIONS)

    def ask(self, asked: Asked, source: Source, **kwargs: str) -> Question:
        paged, rows, telling = Paged.read(source), rows_asked(asked, source), self.telling(asked)
        is_full, is_whole = truth(source, "full"), truth(source, "full_service")

        def build() -> object:
            wanted = set(rows.order_by().values_list("organization_id", flat=True).distinct())
            found = [one for one in profiles(asked.audience, asked.at) if one.id in wanted]

            def part(start: int, stop: int) -> list[Told]:
                return _organizations(asked, telling, found[start:stop], is_full=is_full or is_whole, is_whole=is_whole)

            return paged.envelope(len(found), part)

        return self.canonical(source), build


@extend_schema_view(get=extend_schema(**described.ORGANIZATION))
class OrganizationQuestion(HsdsQuestion):
    """One organisation with its services."""

    known = names_of(described.ORGANIZATION)

    def ask(self, asked: Asked, source: Source, **kwargs: str) -> Question:
        wanted, is_whole = public_id_of("organization", kwargs["hsds_organization"]), truth(source, "full_service")

        def build() -> Told:
            found = profiles(asked.audience, asked.at, id=wanted) if wanted else []
            return _only(_organizations(asked, self.telling(asked), found, is_full=True, is_whole=is_whole))

        return self.canonical(source) + wanted, build


def _organizations(
    asked: Asked, telling: Phrasing, found: Sequence[Profile], *, is_full: bool, is_whole: bool
) -> list[Told]:
    if not is_full:
        return [objects.organization(one, telling, is_full=False) for one in found]
    rows = queries.current_listings(asked.audience, asked.at).exclude(operation="closed")
    pairs = rows.filter(organization_id__in=[one.id for one in found]).order_by("service_id")
    by_owner: dict[str, list[str]] = {}
    for owner, service in pairs.values_list("organization_id", "service_id").distinct():
        by_owner.setdefault(owner, []).append(service)
    told = services_told(telling, asked, [one for ids in by_owner.values() for one in ids], is_full=is_whole)
    by_id = {one["id"]: one if is_whole else {key: one[key] for key in _BRIEF} for one in told}
    given = {
        owner: [by_id[known] for one in ids if (known := uuid_of("service", one)) in by_id]
        for owner, ids in by_owner.items()
    }
    return [objects.organization(one, telling, is_full=True, services=given.get(one.id, ())) for one in found]


@extend_schema_view(get=extend_schema(**described.TAXONOMIES))
class TaxonomiesQuestion(HsdsQuestion):
    """The schemes of our vocabulary."""

    known = names_of(described.TAXONOMIES)

    def ask(self, asked: Asked, source: Source, **kwargs: str) -> Question:
        paged = Paged.read(source)
        found = _fitting([terms.taxonomy(one) for one in terms.TAXONOMIES], source)
        return self.canonical(source), lambda: paged.envelope(len(found), lambda start, stop: found[start:stop])


def _fitting(found: list[Told], source: Source) -> list[Told]:
    wanted = searched_words(source).casefold()
    return [one for one in found if wanted in str(one["name"]).casefold()]


@extend_schema_view(get=extend_schema(**described.TAXONOMY))
class TaxonomyQuestion(HsdsQuestion):
    """One scheme."""

    known = names_of(described.TAXONOMY)

    def ask(self, asked: Asked, source: Source, **kwargs: str) -> Question:
        found = terms.taxonomy_of(kwargs["hsds_taxonomy"])
        return kwargs["hsds_taxonomy"], lambda: terms.taxonomy(found) if found else not_found()


@extend_schema_view(get=extend_schema(**described.TERMS))
class TaxonomyTermsQuestion(HsdsQuestion):
    """The words of our vocabulary."""

    known = names_of(described.TERMS)

    def ask(self, asked: Asked, source: Source, **kwargs: str) -> Question:
        paged, of, parent = Paged.read(source), id_of(source, "taxonomy_id"), id_of(source, "parent_id")
        is_top = truth(source, "top_only")
        every: list[Told] = [
            terms.term(one, term, with_taxonomy=True)
            for one in terms.TAXONOMIES
            for term in terms.terms(asked.vocabulary, one)
            if not term.is_retired and not (is_top and term.parent)
        ]
        keeps: Callable[[Told], bool] = lambda one: (  # noqa: E731
            of in ("", one["taxonomy_id"]) and parent in ("", one.get("parent_id"))
        )
        found = _fitting([one for one in every if keeps(one)], source)
        return self.canonical(source), lambda: paged.envelope(len(found), lambda start, stop: found[start:stop])


@extend_schema_view(get=extend_schema(**described.TERM))
class TaxonomyTermQuestion(HsdsQuestion):
    """One word."""

    known = names_of(described.TERM)

    def ask(self, asked: Asked, source: Source, **kwargs: str) -> Question:
        found = terms.term_of(asked.vocabulary, kwargs["hsds_term"])
        return kwargs["hsds_term"], lambda: terms.term(*found, with_taxonomy=True) if found else not_found()
