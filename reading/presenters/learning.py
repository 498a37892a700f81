"""Learning, for everybody: the library, the calendar, what a resource centre offers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final, TypedDict

from django.utils.translation import gettext as _

from core import clock
from core.files.icalendar import CalendarEvent
from core.geo.countries import country_name
from core.pages.addresses import Page, path_to
from core.phrasing.dates import day_in_words, moment_in_words, time_range, zone_in_words
from core.phrasing.sentences import joined
from core.spelling.collation import reading_key
from directory.asking import queries
from directory.asking.learnt import LearningAsked
from directory.shown.profiles import profiles
from directory.tables.learning import LearningTopic, MaterialKind, PublicCentre, PublicMaterial, PublicTraining
from directory.tables.wording import in_further_languages
from directory.vocabulary import Vocabulary, as_read
from reading.asked import Asked
from reading.presenters.cards import place_url
from reading.presenters.parts import text
from reading.shapes import CentreTold, OwnerTold, TrainingTold

Choice = tuple[str, str]
#: The kind of place that is a resource centre, as filters name it.
RESOURCE: Final = "resource"


class MaterialTold(TypedDict):
    id: str
    title: str
    summary: str
    kind: str
    language: str
    topics: list[str]
    country: str
    link: str
    file_url: str
    owner: OwnerTold | None
    looked: str
    until: str
    has_sunk: bool


def languages_there() -> set[str]:
    return {*PublicMaterial.objects.values_list("language", flat=True)} | {
        *PublicTraining.objects.values_list("language", flat=True)
    }


def countries_there() -> set[str]:
    codes = {*PublicMaterial.objects.values_list("country", flat=True)} | {
        *PublicTraining.objects.values_list("country", flat=True)
    }
    return codes - {""}


def choices_of(words: Vocabulary, languages: Iterable[str], countries: Iterable[str]) -> dict[str, list[Choice]]:
    """What the filters offer."""
    told = [(code, words.name("language", code)) for code in languages]
    lands = [(code, country_name(code)) for code in countries]
    return {
        "topics": [(str(code), str(label)) for code, label in LearningTopic.choices],
        "kinds": [(str(code), str(label)) for code, label in MaterialKind.choices],
        "languages": sorted(told, key=lambda pair: reading_key(pair[1])),
        "countries": sorted(lands, key=lambda pair: reading_key(pair[1])),
    }


def materials(asked: Asked, wanted: LearningAsked) -> list[MaterialTold]:
    """The fresh ones first; those that nobody has looked through for a year sink and say so."""
    rows = [
        row
        for row in in_further_languages("material", PublicMaterial.objects.sunk(asked.at.date()))
        if wanted.fits(
            topics=row.topics,
            kind=row.kind,
            language=row.language,
            country=row.country,
            texts=[*row.title.values(), *row.summary.values()],
        )
    ]
    owners = owners_of(asked, [row.owner for row in rows])
    return [_material(asked, row, owners) for row in rows]


def trainings(asked: Asked, wanted: LearningAsked, *, owner: str = "") -> list[TrainingTold]:
    """Those to come, the next one first."""
    rows = PublicTraining.objects.coming(asked.at)
    rows = rows.filter(owner=owner) if owner else rows
    found = [
        row
        for row in in_further_languages("training", rows)
        if not wanted.kind
        and wanted.fits(
            topics=row.topics,
            language=row.language,
            country=row.country,
            texts=[*row.title.values(), *row.summary.values(), *row.audience.values(), *row.city.values()],
        )
    ]
    owners = owners_of(asked, [row.owner for row in found])
    return [_training(asked, row, owners) for row in found]


def centre_of(asked: Asked, place: str) -> CentreTold | None:
    """What a resource centre offers as a whole; None of a place that says nothing of it."""
    row = next(iter(in_further_languages("centre", PublicCentre.objects.filter(pk=place))), None)
    if row is None:
        return None
    return {
        "rooms": as_read(row.rooms),
        "seats": row.seats,
        "topics": topic_names(row.topics),
        "trained": row.trained,
        "looked": day_in_words(row.looked_on),
        "trainings": trainings(asked, LearningAsked(), owner=row.owner),
    }


class CentrePlace(TypedDict):
    name: str
    where: str
    url: str


def centres(asked: Asked) -> list[CentrePlace]:
    """Places of the map that are resource centres, by name, whether or not they say what they offer."""
    rows = queries.current_listings(asked.audience, asked.at).filter(location_type=RESOURCE)
    places = {row.place_id: row for row in queries.read_rows(rows.order_by("place_id", "pk"), asked.at)}
    found = [
        CentrePlace(
            name=text(row, "place") or text(row, "title"),
            where=where(False, text(row, "city"), row.country),
            url=place_url(key, asked.audience),
        )
        for key, row in places.items()
    ]
    return sorted(found, key=lambda one: reading_key(one["name"]))


def events(asked: Asked, wanted: LearningAsked, site: str) -> list[CalendarEvent]:
    """The same calendar, for a file."""
    shown = {one["id"] for one in trainings(asked, wanted)}
    stamp = dt.datetime.combine(asked.at.date(), dt.time.min, tzinfo=dt.UTC)
    return [
        CalendarEvent(
            uid=row.pk,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            stamped_at=stamp,
            title=as_read(row.title),
            text=as_read(row.summary),
            where=where(row.is_online, as_read(row.city), row.country),
            url=f"{site}{path_to(Page.LEARNING)}#t-{row.pk}",
            sequence=row.sequence,
            is_cancelled=row.is_cancelled,
        )
        for row in in_further_languages("training", PublicTraining.objects.coming(asked.at))
        if row.pk in shown
    ]


def topic_names(codes: Iterable[str]) -> list[str]:
    return [str(LearningTopic(code).label) for code in codes if code in LearningTopic.values]


def owners_of(asked: Asked, ids: Iterable[str]) -> dict[str, OwnerTold]:
    """Those of whom everybody may read today; of others no name is told."""
    wanted = {one for one in ids if one}
    if not wanted:
        return {}
    return {
        one.id: {"name": _name(one.content), "url": path_to(Page.ORGANIZATION, one.slug)}
        for one in profiles(asked.audience, asked.at, id__in=wanted)
        if one.is_told
    }


def _name(content: object) -> str:
    texts = {language: words.get("name", "") for language, words in dict(content).items()}  # type: ignore[call-overload]
    return as_read(texts)


def _material(asked: Asked, row: PublicMaterial, owners: dict[str, OwnerTold]) -> MaterialTold:
    return {
        "id": row.pk,
        "title": as_read(row.title),
        "summary": as_read(row.summary),
        "kind": str(MaterialKind(row.kind).label),
        "language": asked.vocabulary.name("language", row.language),
        "topics": topic_names(row.topics),
        "country": country_name(row.country) if row.country else "",
        "link": row.link,
        "file_url": path_to(Page.LEARNING_FILE, row.pk) if row.has_file else "",
        "owner": owners.get(row.owner),
        "looked": day_in_words(row.looked_on),
        "until": day_in_words(row.valid_until) if row.valid_until else "",
        "has_sunk": bool(getattr(row, "has_sunk", False)),
    }


def _training(asked: Asked, row: PublicTraining, owners: dict[str, OwnerTold]) -> TrainingTold:
    return {
        "id": row.pk,
        "title": as_read(row.title),
        "summary": as_read(row.summary),
        "audience": as_read(row.audience),
        "when": when(
            row.starts_at.astimezone(clock.zone(row.timezone)), row.ends_at.astimezone(clock.zone(row.timezone))
        ),
        "zone": zone_in_words(row.timezone),
        "where": where(row.is_online, as_read(row.city), row.country),
        "language": asked.vocabulary.name("language", row.language),
        "topics": topic_names(row.topics),
        "places": row.places,
        "owner": owners.get(row.owner),
        "is_cancelled": row.is_cancelled,
    }


def when(starts: dt.datetime, ends: dt.datetime) -> str:
    """«2 November 2026, 10:00–13:00», or from one moment to another."""
    if starts.date() == ends.date():
        return f"{day_in_words(starts.date())}, {time_range(f'{starts:%H:%M}', f'{ends:%H:%M}')}"
    return _("%(first)s – %(last)s") % {"first": moment_in_words(starts), "last": moment_in_words(ends)}


def where(is_online: bool, city: str, country: str) -> str:
    parts = [city, country_name(country)] if country else [city]
    told = joined(part for part in parts if part)
    if is_online:
        return _("%(place)s and online") % {"place": told} if told else _("online")
    return told
