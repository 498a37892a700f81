"""What becomes of a row of a source, in words: new, changed (old → new), unchanged, kept, refused, left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from core.languages import split_column
from exchange.foreign.becoming import told as in_words
from exchange.importing.notes import shown
from exchange.importing.planning import short
from exchange.importing.report import ImportReport, RowOutcome
from exchange.importing.translating.fields import PARTS, model_field
from exchange.importing.translating.mapping import Wanted
from exchange.sources.models import ForeignSource
from services.models import ServiceAtLocation

#: Not for this map: another country, or no kind of service of ours.
LEFT = "left"
VERDICTS = (*(str(one.value) for one in RowOutcome), LEFT)
LONGEST, MOST_NOTES = 200, 8
Change = dict[str, str]
_TOLD_OF_NEW = ("types", "groups", "languages", "cost")


@dataclass
class SourceRowTold:
    """`say` are reasons and remarks, `changes` fields with old and new."""

    number: int
    key: str
    title: str
    owner: str
    verdict: str
    say: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    def kept(self) -> dict[str, Any]:
        return asdict(self)


def told_of(
    report: ImportReport,
    rows: Mapping[int, Any],
    changes: Mapping[str, list[Change]],
    fresh: Mapping[str, list[Change]],
) -> list[SourceRowTold]:
    """One for each row that the engine has seen; `fresh` is what a new one would be."""
    notes: dict[int, list[str]] = {}
    for number, note in report.remarks.notes:
        notes.setdefault(number, []).append(_sentence("", note.message, note.value))
    found: dict[int, SourceRowTold] = {}
    for result in report.results:
        row = rows[result.number]
        owner = _first(row["organization"]["name"])
        title = result.title or _first(row["service"]["title"])
        told = found.setdefault(
            result.number, SourceRowTold(result.number, result.key, title, owner, result.outcome.value)
        )
        if result.message:
            told.say.append(_sentence(_where(result.field), result.message, result.note.value))
    for number, told in found.items():
        unknown = [_("No language of ours is called “%(name)s”.") % {"name": one} for one in rows[number]["unread"]]
        told.say = [*told.say, *notes.get(number, []), *unknown][:MOST_NOTES]
        if told.verdict == RowOutcome.UPDATED.value:
            told.changes = changes.get(short(told.key), [])
        elif told.verdict == RowOutcome.CREATED.value:
            told.changes = fresh.get(short(told.key), [])
    return list(found.values())


def _sentence(where: str, message: str, value: str) -> str:
    """“Place: no city is called so: Tiflis”."""
    said = message.rstrip(".") if value else message
    return ": ".join(part for part in (where, said, value[:LONGEST]) if part)


def _where(field: str) -> str:
    """A field of ours in words."""
    part, _dot, name = field.rpartition(".")
    found = [known for at in ([part] if part in PARTS else PARTS) if (known := model_field(at, split_column(name)[0]))]
    return str(getattr(found[0], "verbose_name", "")) if found else ""


def changes_of(source: ForeignSource, wanted: Iterable[Wanted]) -> dict[str, list[Change]]:
    """By the key of a service that is there: what the source says otherwise now."""
    asked = {short(one.key): one for one in wanted}
    listings = ServiceAtLocation.objects.filter(service__source=source.code, service__external_id__in=[*asked])
    found: dict[str, list[Change]] = {}
    for listing in listings.select_related("service__organization", "location").order_by("pk"):
        one = asked[listing.service.external_id]
        parts = (
            ("service", listing.service, one.service),
            ("location", listing.location, one.location or {}),
            ("organization", listing.service.organization, one.organization),
            ("listing", listing, one.listing),
        )
        found[listing.service.external_id] = [
            change for part, row, values in parts if row is not None for change in _changes(part, row, values)
        ]
    return found


def facts_of(wanted: Wanted) -> list[Change]:
    """What a new service would be, in our words. Its street and its point are not kept beside the row (ADR 0158)."""
    service = {name: value for name in _TOLD_OF_NEW if (value := wanted.service.get(name))}
    place = {"city": city} if wanted.location and (city := wanted.location.get("city")) else {}
    found = [*in_words("service", service), *in_words("location", place)]
    for contact in wanted.contacts:
        found += in_words("contact", {name: contact[name] for name in ("channel", "value")})
    return found


def _changes(part: str, row: Any, values: Mapping[str, object]) -> Iterable[Change]:
    told: list[Change] = []
    for name, new in values.items():
        known = model_field(part, split_column(name)[0])
        old = getattr(row, name, None)
        change = {"label": str(getattr(known, "verbose_name", name)), "old": _said(old), "new": _said(new)}
        if known is not None and (old or "") != (new or "") and change not in told:
            told.append(change)  # a text that stands for several languages is told once
    return told


def _said(value: object) -> str:
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))[:LONGEST]
    return shown(value)[:LONGEST]


def _first(texts: Mapping[str, str]) -> str:
    return str(next(iter(texts.values()), ""))
