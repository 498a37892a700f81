"""What there is to translate: strings of pages, words of the vocabulary, texts of records that everybody may read.

Rule: whatever is listed here stands in a table or a page of the public. Drafts, contacts and what members alone read
are not among it, so nobody who translates can come across them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.db import models

from core import clock
from core.languages import MESSAGES, SOURCE
from directory.asking.digests import lines_shown
from directory.asking.queries import current_listings
from directory.freshness import capacity
from directory.shown.profiles import profiles
from directory.tables import wording
from directory.tables.lands import PublicCountryFact, PublicCountryNotice
from directory.tables.learning import PublicCentre, PublicMaterial, PublicTraining
from directory.tables.listings import DirectoryTerm, PublicListing
from directory.tables.news import NewsAbout, PublicDigest, PublicPaper
from directory.tables.wording import (
    CAPACITY,
    COLUMNS,
    ORGANIZATIONS,
    PAPER,
    PARTS,
    RECORDS,
    paragraph_key,
    paragraphs,
)  # fmt: skip
from translations.texts.catalogues import CatalogueMessage, messages
from translations.texts.tiers import FIRST, LAST, RECORDS_TIER, VOCABULARY, tier_of

#: Schemes of the vocabulary that people translate; languages and countries come from CLDR, maps are names.
_SCHEMES = ("family", "service", "group", "status", "document", "attribute")
_FIELDS = ("name", "short", "hint")
#: Lines of digests that name a service, or repeat a fact or a notice.
_WAITING = frozenset({NewsAbout.LISTING, NewsAbout.FACT, NewsAbout.NOTICE})


@dataclass(frozen=True)
class Unit:
    """One text. `source` are its forms in Russian, `english` in English; `tier` 1 comes first.

    What `waits` is of a place that hides its door, or repeats what can hurt: nobody reads another text of it before a
    second person has.
    """

    kind: str
    key: str
    field: str
    source: tuple[str, ...]
    english: tuple[str, ...]
    source_hash: str
    tier: int
    is_harmful: bool
    is_counted: bool = False
    note: str = ""
    where: tuple[str, ...] = ()
    waits: bool = False

    @cached_property
    def id(self) -> str:
        return unit_id(self.kind, self.key, self.field)

    @property
    def texts(self) -> tuple[str, ...]:
        """What the translator reads: Russian where there is any."""
        return self.source or self.english


def unit_id(kind: str, key: str, field: str) -> str:
    return hashlib.sha256("\n".join((kind, key, field)).encode()).hexdigest()[:32]


def every() -> list[Unit]:
    """All of them, what matters first."""
    found = [*of_messages(), *of_terms(), *of_records()]
    return sorted(found, key=lambda unit: (unit.tier, not unit.is_harmful))


def find(identifier: str) -> Unit | None:
    return next((unit for unit in every() if unit.id == identifier), None)


def of_records() -> Iterator[Unit]:
    yield from of_listings()
    yield from of_organizations()
    yield from of_columns()
    yield from of_parts()
    yield from of_capacity()
    yield from of_papers()


def of_messages() -> Sequence[Unit]:
    """Made once for a catalogue: there are thousands, and they change with a release."""
    return _of_messages(messages())


#: The catalogue by its identity: hashing it costs as much as the units do.
_made: tuple[Sequence[CatalogueMessage], Sequence[Unit]] = ((), ())


def _of_messages(every_message: Sequence[CatalogueMessage]) -> Sequence[Unit]:
    global _made
    if _made[0] is not every_message:
        _made = (every_message, tuple(_make_messages(every_message)))
    return _made[1]


def _make_messages(every_message: Sequence[CatalogueMessage]) -> Iterator[Unit]:
    for one in every_message:
        tier = tier_of(one.files)
        yield Unit(
            wording.MESSAGE, one.key, "", one.russian, one.english, wording.message_hash(one.key, one.russian), tier,
            tier == FIRST, len(one.english) > 1, _note(one), one.files,
        )  # fmt: skip


def _note(one: CatalogueMessage) -> str:
    return " · ".join(part for part in (one.context, one.comment) if part)


def of_terms() -> Iterator[Unit]:
    rows = DirectoryTerm.objects.filter(scheme__in=_SCHEMES, is_retired=False)
    for term in rows:
        for field in _FIELDS:
            texts = term.name if field == "name" else term.data.get(field)
            if isinstance(texts, Mapping) and texts.get(SOURCE):
                yield _unit(wording.TERM, f"{term.scheme}:{term.code}", field, texts, VOCABULARY, term.scheme)


def of_listings() -> Iterator[Unit]:
    """Each text once, however many listings say it."""
    seen: set[tuple[str, str, str]] = set()
    hidden = _hidden()
    columns = [column for column, _fields in RECORDS.values()]
    for row in current_listings("public").order_by("id").values("content", "place_id", *columns):
        for kind, (column, fields) in RECORDS.items():
            for field in fields:
                if (kind, row[column], field) not in seen and (texts := _in_languages(row["content"], field)):
                    seen.add((kind, row[column], field))
                    unit = _unit(kind, row[column], field, texts, RECORDS_TIER, row["place_id"])
                    yield replace(unit, waits=row[column] in hidden[kind])


def of_organizations() -> Iterator[Unit]:
    """Of a profile that has aged its name is left, which nobody translates."""
    hidden = _hidden()["organization"]
    for told in profiles("public"):
        for field in ORGANIZATIONS["organization"][1]:
            if texts := _in_languages(told.content, field):
                unit = _unit("organization", told.id, field, texts, LAST, told.slug)
                yield replace(unit, waits=told.id in hidden)


def of_columns() -> Iterator[Unit]:
    """What is said of countries, in digests and of learning, while the public reads it.

    What a place offers as a centre waits as texts of a place that hides its door. Of a digest its opening waits, which
    is free words, and what it says of a place, of the law or of a danger.
    """
    hidden = _hidden()["place"]
    for kind, (rows, tier, where) in _columns().items():
        for row in rows:
            for field in COLUMNS[kind]:
                if (texts := getattr(row, field)).get(SOURCE):
                    unit = _unit(kind, row.pk, field, texts, tier, getattr(row, where))
                    waits = kind == "digest" or row.pk in hidden or getattr(row, "about", "") in _WAITING
                    yield replace(unit, waits=waits)


def of_parts() -> Iterator[Unit]:
    """Notices over listings, labels and hours of contacts: each once, however many rows hold it. A notice of a country
    is one of its own (`of_columns`)."""
    seen = {("notice", pk) for pk in PublicCountryNotice.objects.values_list("pk", flat=True)}
    today = clock.today().isoformat()
    for row, page in _holders():
        for kind, (column, fields) in PARTS.items():
            for part in row.get(column, ()):
                key = part.get("id", "")
                if not key or (kind, key) in seen or (part.get("ends_on") or today) < today:
                    continue
                seen.add((kind, key))
                for field in fields:
                    if (texts := part.get(field) or {}).get(SOURCE):
                        yield replace(_unit(kind, key, field, texts, RECORDS_TIER, ""), where=page)


def of_capacity() -> Iterator[Unit]:
    """Words about free places that count today, each under the id of its listing; of an older one nobody is asked."""
    now = clock.now()
    for row in current_listings("public").exclude(capacity_note={}).order_by("id"):
        if row.capacity_note.get(SOURCE) and capacity(row, now) not in ("", "unknown"):
            unit = _unit(CAPACITY, row.id, "note", row.capacity_note, RECORDS_TIER, "")
            yield replace(unit, where=_page_of(row.place_id, row.organization_slug))


def _holders() -> Iterator[tuple[Mapping[str, Any], tuple[str, str]]]:
    """(what holds parts, the page on which they are read: of a place or of an organisation, and which one)."""
    rows = current_listings("public").order_by("id")
    for row in rows.values("place_id", "organization_slug", *(column for column, _fields in PARTS.values())):
        yield row, _page_of(row["place_id"], row["organization_slug"])
    for told in profiles("public"):
        yield {"contacts": told.contacts}, ("organization", told.slug)


def _page_of(place: str, organization: str) -> tuple[str, str]:
    return ("place", place) if place else ("organization", organization)


def of_papers() -> Iterator[Unit]:
    """Titles of papers in force, and their Russian text paragraph by paragraph. A paragraph waits for a second person:
    whoever signs a paper holds to what it says."""
    seen: set[str] = set()
    for row in PublicPaper.objects.in_force().filter(language=SOURCE).order_by("pk"):
        if row.paper not in seen and row.title.get(SOURCE):
            seen.add(row.paper)
            yield _unit(PAPER, row.paper, "title", row.title, LAST, row.paper)
        for part in paragraphs(row.text):
            if (key := paragraph_key(row.paper, part)) not in seen:
                seen.add(key)
                yield replace(_unit(PAPER, key, "text", {SOURCE: part}, LAST, row.paper), waits=True)


def _columns() -> Mapping[str, tuple[Iterable[models.Model], int, str]]:
    """kind → rows that the public reads or will, their tier, and the column that says where they are seen."""
    now = clock.now()
    notices = PublicCountryNotice.objects.exclude(ends_on__lt=now.date()).order_by("pk")
    digests = PublicDigest.objects.order_by("-month")
    lines = lines_shown([row.pk for row in digests], now)
    return {
        "fact": (PublicCountryFact.objects.order_by("pk"), RECORDS_TIER, "country"),
        "notice": (notices, RECORDS_TIER, "country"),
        "digest": (digests, LAST, "id"),
        "digestline": ([line for line, _place in lines], LAST, "digest"),
        "material": (PublicMaterial.objects.order_by("pk"), LAST, "id"),
        "training": (PublicTraining.objects.coming(now), LAST, "id"),
        "centre": (PublicCentre.objects.order_by("pk"), LAST, "id"),
    }


def _hidden() -> Mapping[str, set[str]]:
    """kind → those of which some listing has a place that hides its door; also one that is not current now."""
    rows = PublicListing.objects.exclude(precision="exact").exclude(place_id="").order_by()
    told = {kind: column for kind, (column, _fields) in RECORDS.items()} | {"organization": "organization_id"}
    return {kind: set(rows.values_list(column, flat=True)) for kind, column in told.items()}


def _in_languages(content: Mapping[str, Mapping[str, str]], field: str) -> dict[str, str]:
    texts = {code: said[field] for code, said in content.items() if said.get(field)}
    return texts if SOURCE in texts else {}


def _unit(kind: str, key: str, field: str, texts: Mapping[str, str], tier: int, where: str) -> Unit:
    source, english = texts[SOURCE], texts.get(MESSAGES, "")
    return Unit(
        kind, key, field, (source,), (english,) if english else (), wording.source_hash(source), tier,
        wording.can_hurt(kind, field), where=(where,) if where else (),
    )  # fmt: skip
