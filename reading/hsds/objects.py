"""Services, places and organisations as HSDS has them, made of the rows that an audience may read and nothing else.

Rule: the standard knows no pin that only means a town. A place whose door is not public has its town and country here,
and neither a point nor a street: whoever reads a point without our words would go there.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings

from core.pages.links import display
from directory.crossing.content import ContactShown
from directory.crossing.records import Audience
from directory.shown import labels
from directory.shown.profiles import Profile
from directory.shown.rows import ListingRow
from directory.tables.learning import PublicCentre
from directory.vocabulary import Vocabulary, localised
from reading.hsds.ids import derived, uuid_of
from reading.hsds.terms import attributes
from reading.hsds.words import Told, email, full, instant, schedules, web
from reading.presenters import parts
from reading.presenters.cards import place_url
from reading.presenters.coming import service_area

_STATUS = {"paused": "temporarily closed", "closed": "defunct"}


@dataclass(frozen=True)
class Phrasing:
    """For whom, in which words, when; `site` is what stands before the path of a page."""

    audience: Audience
    vocabulary: Vocabulary
    at: dt.datetime
    site: str

    @cached_property
    def centres(self) -> Mapping[str, PublicCentre]:
        """What resource centres offer, by place: they are few, and one question brings them all."""
        return {row.pk: row for row in PublicCentre.objects.order_by("id")}


def service(
    rows: Sequence[ListingRow], changed: dt.datetime, telling: Phrasing, organization: Told | None = None
) -> Told:
    """What is given at all places alike; with its organisation and everything below when that is handed over."""
    row, own = rows[0], uuid_of("service", rows[0].service_id)
    checked = [one.checked_on for one in rows if one.checked_on]
    told = full(
        id=own,
        organization_id=uuid_of("organization", row.organization_id),
        name=parts.text(row, "title"),
        description="\n\n".join(text for name in ("summary", "text") if (text := parts.text(row, name))),
        url=web(telling.site + place_url(row.place_id, telling.audience)),
        email=_email(row.contacts),
        status=next(("active" for one in rows if one.operation not in _STATUS), _STATUS.get(row.operation)),
        application_process=", ".join(labels.label(labels.INTAKE, code) for code in row.intake),
        fees_description=parts.text(row, "cost_note") or labels.label(labels.COST, row.cost),
        wait_time=labels.label(labels.WAITING, row.waiting) if row.waiting else "",
        interpretation_services=", ".join(telling.vocabulary.names("language", row.interpreter_languages)),
        eligibility_description=parts.text(row, "eligibility_note"),
        minimum_age=row.age_from,
        maximum_age=row.age_to,
        assured_date=min(checked).isoformat() if checked else "",
        assurer_email=email(settings.NETWORK_EMAIL),
        alert="; ".join(notice["text"] or notice["kind_text"] for notice in parts.notices(row, telling.at)),
        last_modified=instant(changed),
        x_verification=_verification(rows, telling),
        x_anonymous=row.anonymous,
        x_texts={language: _texts(row, language) for language in row.content},
    )
    return told if organization is None else told | _below(rows, own, telling, organization)


def service_at_location(row: ListingRow, telling: Phrasing, *, is_full: bool) -> Told:
    own = uuid_of("service_at_location", row.id)
    told = full(
        id=own,
        service_id=uuid_of("service", row.service_id),
        location_id=uuid_of("location", row.place_id),
        description=parts.text(row, "note"),
    )
    if not is_full:
        return told
    areas = [_area(row, number, own) for number in range(len(row.areas))]
    return told | full(
        phones=_phones(row.contacts, own, row.country, service_at_location_id=own),
        schedules=schedules(row, own, telling.at),
        service_areas=areas,
        location=location(row, telling),
    )


def location(row: ListingRow, telling: Phrasing) -> Told:
    own, is_exact = uuid_of("location", row.place_id), row.precision == "exact"
    is_door = is_exact and row.lat is not None and row.lon is not None
    kind = row.location_type if row.location_type in labels.PLACE_KIND else ""
    return full(
        id=own,
        location_type="physical" if row.location_type else "virtual",
        url=web(telling.site + place_url(row.place_id, telling.audience)),
        organization_id=uuid_of("organization", row.organization_id),
        name=parts.text(row, "place") or parts.text(row, "organization"),
        description=parts.text(row, "directions"),
        transportation=parts.text(row, "transit"),
        latitude=round(row.lat, 6) if is_door and row.lat is not None else None,
        longitude=round(row.lon, 6) if is_door and row.lon is not None else None,
        addresses=[_address(row, own)] if row.location_type and row.country else [],
        accessibility=_accessibility(row, own),
        x_precision=row.precision if row.location_type else "",
        x_kind=kind,
        x_centre=_centre(telling.centres[row.place_id]) if kind and row.place_id in telling.centres else None,
    )


def _centre(row: PublicCentre) -> Told:
    """What a resource centre offers as a whole."""
    return full(
        rooms=localised(row.rooms),
        seats=row.seats,
        topics=list(row.topics),
        trained=row.trained,
        looked_through_on=row.looked_on.isoformat(),
    )


def organization(profile: Profile, telling: Phrasing, *, is_full: bool, services: Sequence[Told] = ()) -> Told:
    own, name = uuid_of("organization", profile.id), parts.text(profile, "name")
    told = full(
        id=own,
        name=name,
        alternate_name=parts.text(profile, "short_name"),
        description=parts.text(profile, "description") or name,
        email=_email(profile.contacts),
        website=web(profile.website),
        additional_websites=_websites(profile, own),
        x_countries=list(profile.countries),
        x_member=profile.is_member,
    )
    if not is_full:
        return told
    return told | full(phones=_phones(profile.contacts, own, "", organization_id=own), services=list(services))


def _below(rows: Sequence[ListingRow], own: str, telling: Phrasing, of: Told) -> Told:
    row = rows[0]
    free = {"option": labels.label(labels.COST, row.cost)}
    papers = [code for code in row.documents if code != "none"]
    return full(
        organization=of,
        languages=[
            full(id=derived("language", own, code), service_id=own, code=code,
                 name=telling.vocabulary.name("language", code))
            for code in row.languages
        ],
        cost_options=[full(id=derived("cost", own), service_id=own, amount=0 if row.cost == "free" else None, **free)],
        required_documents=[
            full(id=derived("document", own, code), service_id=own,
                 document=telling.vocabulary.name("document", code))
            for code in papers
        ],
        attributes=attributes(row, telling.vocabulary, own),
        service_at_locations=[service_at_location(one, telling, is_full=True) for one in rows],
    )  # fmt: skip


def _verification(rows: Sequence[ListingRow], telling: Phrasing) -> Told:
    """The weakest of its places speaks for the service."""
    row = min(rows, key=lambda one: one.level)
    states = [parts.freshness_of(one, telling.at) for one in rows]
    return full(level=row.level, method=row.check_method, status=parts.worst_of(states))


def _texts(row: ListingRow, language: str) -> Mapping[str, str]:
    wanted = ("title", "summary", "text", "eligibility_note", "documents_note", "cost_note")
    return {name: text for name in wanted if (text := row.content[language].get(name))}


def _email(contacts: Sequence[ContactShown]) -> str:
    found = (email(one["value"]) for one in contacts if one["channel"] == "email" and one["audience"] == "clients")
    return next((value for value in found if value), "")


def _phones(contacts: Sequence[ContactShown], own: str, country: str, **owner: str) -> list[Told]:
    return [
        full(
            id=derived("phone", own, number, one["value"]),
            number=display(one["value"], country),
            type="voice",
            description=localised(one.get("label")) or localised(one.get("hours_note")),
            languages=[
                full(id=derived("phone language", own, number, code), code=code) for code in one.get("languages") or ()
            ],
            **owner,
        )
        for number, one in enumerate(contacts)
        if one["channel"] == "phone"
    ]


def _address(row: ListingRow, own: str) -> Told:
    """The keys that the standard asks for are there, empty where nothing may be said."""
    return {
        "id": derived("address", own),
        "location_id": own,
        "address_1": parts.text(row, "address") if row.precision == "exact" else "",
        "city": parts.text(row, "city"),
        "state_province": parts.text(row, "region"),
        "postal_code": "",
        "country": row.country,
        "address_type": "physical",
    }


def _accessibility(row: ListingRow, own: str) -> list[Told]:
    known = {name: value for name, value in row.accessibility.items() if value is not None}
    words = {True: labels.ACCESSIBILITY, False: labels.NO_ACCESSIBILITY}
    said = ", ".join(labels.label(words[is_so], name) for name, is_so in known.items())
    note = parts.text(row, "accessibility_note")
    if not (said or note):
        return []
    return [full(id=derived("accessibility", own), location_id=own, description=said, details=note)]


def _websites(profile: Profile, own: str) -> list[Told]:
    links = [one for one in profile.links if isinstance(one, dict)]
    return [
        full(id=derived("url", own, address), url=address, label=str(one.get("name") or ""), organization_id=own)
        for one in links
        if (address := web(one.get("url")))
    ]


def _area(row: ListingRow, number: int, own: str) -> Told:
    told = service_area(row.areas[number])
    extent = told["extent"]
    return full(
        id=derived("area", own, number),
        service_at_location_id=own,
        name=told["name"],
        extent=json.dumps(extent) if extent else "",
        extent_type="geojson" if extent else "",
    )
