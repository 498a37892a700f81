"""Writing the read model: publish, touch, withdraw, rebuild. Called by `verification` and nobody else.

Every function works inside the caller's transaction and moves the directory's revision in it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, TypedDict

from django.db import connection, transaction
from django.db.models import F

from core import clock
from core.database.bulk import put
from directory.access import circles_open
from directory.crossing.content import Texts
from directory.crossing.records import AUDIENCES, TIERS, Audience, ListingRecord, OrganizationRecord, Tier
from directory.searching.documents import search_document
from directory.searching.vectors import VECTOR, vectors_of
from directory.tables.listings import (
    AbstractTerm,
    CircleListing,
    CountryListing,
    DirectoryRevision,
    DirectoryTerm,
    MemberListing,
    MemberOrganization,
    MemberTerm,
    Moved,
    PublicListing,
    PublicOrganization,
)
from directory.vocabulary import Vocabulary, vocabulary

LISTINGS: dict[Tier, Any] = {
    "public": PublicListing,
    "members": MemberListing,
    "country": CountryListing,
    "circle": CircleListing,
}
ORGANIZATIONS: dict[Audience, Any] = {"public": PublicOrganization, "members": MemberOrganization}


class Readers(TypedDict):
    """Who gets the rows of the smaller circles: members that work in a country, and organisations by public ids."""

    country: str
    circle: Sequence[str]


NOBODY: Final[Readers] = {"country": "", "circle": ()}


class Published(TypedDict):
    """What is known of one listing: a record for each audience that may see it; no record at all when it is gone."""

    listing_id: str
    records: Mapping[Tier, ListingRecord | None]
    readers: Readers
    published_at: dt.datetime | None


class TermRow(TypedDict):
    """A term of the vocabulary: the fields of DirectoryTerm."""

    scheme: str
    code: str
    parent: str
    family: str
    name: Texts
    synonyms: Mapping[str, Sequence[str]]
    data: Mapping[str, object]
    position: int
    is_retired: bool


@circles_open()
def publish(
    *,
    listing_id: str,
    records: Mapping[Tier, ListingRecord | None],
    readers: Readers,
    organizations: Mapping[Audience, OrganizationRecord],
    published_at: dt.datetime | None,
) -> None:
    """Write one row for each audience that has a record, and delete it for each that has none."""
    for tier in TIERS:
        record = records.get(tier)
        if record is None:
            LISTINGS[tier].objects.filter(pk=listing_id).delete()
            continue
        _put_listings(LISTINGS[tier], [row_values(record) | keys_of(tier, readers) | {"published_at": published_at}])
    _put_organizations({audience: [organization] for audience, organization in organizations.items()})
    _forget_organizations_without_listings()
    bump_revision()


@circles_open()
def publish_many(
    pieces: Iterable[Sequence[Published]], organizations: Mapping[Audience, Iterable[OrganizationRecord]]
) -> None:
    """`publish` for each row of each piece (its arguments), in a few statements for a piece; a row without records is
    withdrawn. The revision moves once.

    `organizations` are those of all these listings, once each.
    """
    terms = vocabulary("members")
    for rows in pieces:
        for tier in TIERS:
            hidden = [row["listing_id"] for row in rows if row["records"].get(tier) is None]
            LISTINGS[tier].objects.filter(pk__in=hidden).delete()
            shown = [
                row_values(record, terms) | keys_of(tier, row["readers"]) | {"published_at": row["published_at"]}
                for row in rows
                if (record := row["records"].get(tier))
            ]
            _put_listings(LISTINGS[tier], shown)
    _put_organizations(organizations)
    _forget_organizations_without_listings()
    bump_revision()


@circles_open()
def reword(tier: Tier, rows: Sequence[Mapping[str, Any]]) -> int:
    """Of these rows as they should be, write those that are there and whose words for the search are other ones; how
    many those are. The revision is moved by whoever calls this."""
    model = LISTINGS[tier]
    found = model.objects.filter(pk__in=[row["id"] for row in rows])
    there = {pk: rest for pk, *rest in found.values_list("pk", "search_text", "published_at")}
    changed = [
        {**row, "published_at": there[row["id"]][1]}
        for row in rows
        if row["id"] in there and there[row["id"]][0] != row["search_text"]
    ]
    _put_listings(model, changed)
    return len(changed)


@circles_open()
def touch(listing_id: str, values: Mapping[str, object]) -> None:
    """Write only these columns of the rows that are there: level and dates after a check that changed no content, or
    what was said about places."""
    if sum([LISTINGS[tier].objects.filter(pk=listing_id).update(**values) for tier in TIERS]):
        bump_revision()


@transaction.atomic
def touch_organization(organization_id: str, values: Mapping[str, object]) -> None:
    """Write the dates of a profile into the rows that are there; a confirmation changes no content."""
    if sum([ORGANIZATIONS[audience].objects.filter(pk=organization_id).update(**values) for audience in AUDIENCES]):
        bump_revision()


def _put_organizations(organizations: Mapping[Audience, Iterable[OrganizationRecord]]) -> None:
    """Write those that differ from their rows: what only members see moves nothing that the public can read."""
    for audience, records in organizations.items():
        model, wanted = ORGANIZATIONS[audience], list(records)
        rows = model.objects.in_bulk([record.id for record in wanted])
        changed = [r for r in wanted if r.id not in rows or organization_differs(rows[r.id], r)]
        put(model, [dataclasses.asdict(record) for record in changed], overwrite=True)


def organization_differs(row: Any, record: OrganizationRecord) -> list[str]:
    """The columns in which an organisation's row is not what its record says."""
    return [name for name, value in dataclasses.asdict(record).items() if getattr(row, name) != value]


def _put_listings(model: Any, rows: list[dict[str, Any]]) -> None:
    vectors = vectors_of([row["search_vector"] for row in rows])
    made = [{**row, "search_vector": None, **vector} for row, vector in zip(rows, vectors, strict=True)]
    put(model, made, computed={"search_vector": VECTOR}, overwrite=True)


@circles_open()
def withdraw(listing_id: str, organizations: Mapping[Audience, OrganizationRecord] | None = None) -> None:
    """Take a listing out of every table; `organizations` is how its organisation stands without it."""
    gone = [LISTINGS[tier].objects.filter(pk=listing_id).delete()[0] for tier in TIERS]
    if any(gone):
        _put_organizations({audience: [record] for audience, record in (organizations or {}).items()})
        _forget_organizations_without_listings()
        bump_revision()


@transaction.atomic
def lead_on(listing_id: str, place_id: str, kept_id: str, *, was_public: bool) -> None:
    """The old address of a listing leads to the one that it is one with."""
    end = Moved.objects.filter(pk=kept_id).values_list("leads_to", flat=True).first() or kept_id
    Moved.objects.filter(leads_to=listing_id).update(leads_to=end)
    Moved.objects.create(id=listing_id, place_id=place_id, kept_id=kept_id, leads_to=end, was_public=was_public)
    bump_revision()


@transaction.atomic
def lead_back(listing_id: str) -> None:
    """The listing has its address again, and so has what had become one with it before."""
    Moved.objects.filter(pk=listing_id).delete()
    waiting = [listing_id]
    while waiting:
        behind = Moved.objects.filter(kept_id__in=waiting)
        waiting = list(behind.values_list("pk", flat=True))
        behind.update(leads_to=listing_id)
    bump_revision()


@transaction.atomic
def replace_terms(terms: Iterable[TermRow], for_members: Iterable[TermRow] = ()) -> None:
    """Make the directory's vocabulary exactly `terms`, and beside it what members alone read.

    A term that changes becomes a new row: by the newest one readers see that there are others (`vocabulary`). So
    whoever replaces terms waits for the others first: a row with a lower key never appears after one with a higher.
    """
    list(DirectoryRevision.objects.select_for_update().filter(pk=1))
    if any([_replace(DirectoryTerm, terms), _replace(MemberTerm, for_members)]):
        bump_revision()


def _replace(model: type[AbstractTerm], terms: Iterable[TermRow]) -> bool:
    """Whether anything was another one before."""
    wanted = {(term["scheme"], term["code"]): dict(term) for term in terms}
    current = {(t.scheme, t.code): t for t in model._default_manager.all()}
    gone = current.keys() - wanted.keys()
    changed = [key for key, values in wanted.items() if _differs(current.get(key), values)]
    for key in {*gone, *changed} & current.keys():
        current[key].delete()
    for key in changed:
        model._default_manager.create(**wanted[key])
    return bool(gone or changed)


def _differs(row: AbstractTerm | None, values: Mapping[str, object]) -> bool:
    return row is None or any(getattr(row, name) != value for name, value in values.items())


def revision() -> int:
    """The directory's present revision, 0 for an empty one."""
    return DirectoryRevision.objects.values_list("number", flat=True).filter(pk=1).first() or 0


def bump_revision() -> None:
    """Move the revision by one. Concurrent publications queue on the row."""
    values = {"number": F("number") + 1, "changed_at": clock.now()}
    if not DirectoryRevision.objects.filter(pk=1).update(**values):
        DirectoryRevision.objects.create(pk=1, number=1, changed_at=clock.now())


def row_values(record: ListingRecord, terms: Vocabulary | None = None) -> dict[str, Any]:
    """The columns of a row: the record, and what follows from it and the vocabulary (asked for unless given)."""
    terms = terms or vocabulary("members")
    values = {field.name: getattr(record, field.name) for field in dataclasses.fields(record)}
    document = search_document(record, terms)
    return values | {
        "family": terms.family_of(record.types),
        "tops": terms.tops_of(record.types),
        "group_codes": sorted(record.groups),
        "search_text": document.text,
        "search_vector": document,  # what PostgreSQL makes it of
    }


def keys_of(tier: Tier, readers: Readers) -> dict[str, object]:
    """The columns by which the database knows who reads a row of a smaller circle."""
    if tier == "country":
        return {"reader_country": readers["country"]}
    return {"reader_organizations": list(readers["circle"])} if tier == "circle" else {}


def _forget_organizations_without_listings() -> None:
    with connection.cursor() as cursor:
        for audience in AUDIENCES:
            cursor.execute(
                f"DELETE FROM {ORGANIZATIONS[audience]._meta.db_table} o WHERE NOT EXISTS "  # noqa: S608
                f"(SELECT 1 FROM {LISTINGS[audience]._meta.db_table} l WHERE l.organization_id = o.id)"
            )
