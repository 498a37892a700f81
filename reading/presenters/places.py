"""PLACE: everything that a case worker needs about one place, on one screen."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import cast

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from core.geo.countries import country_name
from core.languages import by_tag
from core.phrasing.dates import short_day
from core.phrasing.sentences import joined
from directory.crossing.records import SERVICE_TEXTS, Audience
from directory.freshness import Freshness, local_date
from directory.shown import labels
from directory.shown.eligibility import age, for_whom, in_order
from directory.shown.profiles import Profile
from directory.shown.rows import ListingRow
from directory.vocabulary import Vocabulary
from reading import hours
from reading.presenters import parts
from reading.presenters.cards import card, organization_url, place_url
from reading.presenters.coming import hours_beside, rests_told, timetable
from reading.presenters.contacts import contacts
from reading.presenters.reviews import reviews_of
from reading.shapes import (
    ContactTold,
    Eligibility,
    HoursTold,
    LanguageTold,
    NoticeTold,
    PlaceCheckTold,
    PlaceTold,
    ReviewTold,
    ServiceTold,
    TermsTold,
    WhereTold,
)
from reading.ways import coordinates, is_exact, ways

#: Beside the card: every text of the service that crosses, and what is said of this place and this moment.
_TEXTS = (*(name for name in SERVICE_TEXTS if name not in ("title", "summary")), "note", "operation_note")


# long: one key of the answer a line
def place(
    rows: Sequence[ListingRow],
    organization: Profile | None,
    vocabulary: Vocabulary,
    audience: Audience,
    at: dt.datetime,
    reviews: Mapping[str, ReviewTold] | None = None,
) -> PlaceTold:
    """The place of these listings (at least one). The first row speaks for the place. Whoever tells many places gives
    the `reviews` of all of them.

    A listing repeats neither hours nor contacts that are those of the whole place: its `week`, `special_days` and
    `hours_note` are None and its `contacts` empty then.
    """
    first, usual = rows[0], _usual(rows)
    reviews = reviews_of(rows, vocabulary, audience) if reviews is None else reviews
    reach = _contacts(rows, vocabulary)
    freshness = parts.of_place({parts.freshness_of(row, at) for row in _working(rows)})
    return {
        "id": first.place_id,
        "url": place_url(first.place_id, audience),
        "title": parts.text(first, "place") or parts.text(first, "title"),
        "organization": _organization(first, organization, audience),
        "family": usual.family,
        "is_remote": not first.location_type,
        "is_closed": all(row.operation == "closed" for row in rows),
        **_where(first, vocabulary, at),
        "open": parts.opening(usual, at),
        **_hours(usual, at),
        "freshness": freshness,
        "freshness_text": parts.freshness_text(freshness),
        "checked": _checked(rows, at),
        "notices": _notices(rows, at),
        "contacts": reach,
        "listings": [_listing(row, usual, reach, vocabulary, audience, at, reviews.get(row.id)) for row in rows],
    }


def _listing(
    row: ListingRow,
    usual: ListingRow,
    reach: list[ContactTold],
    vocabulary: Vocabulary,
    audience: Audience,
    at: dt.datetime,
    review: ReviewTold | None,
) -> ServiceTold:
    """A CARD with everything else that the audience may know."""
    names = (*_TEXTS, "legal_risk_note") if audience == "members" else _TEXTS
    as_usual: HoursTold = {"week": None, "special_days": None, "hours_note": None}
    own_contacts = contacts(row.contacts, vocabulary, row.country)
    shown = {
        **card(row, vocabulary, audience, at, review),
        **{name: parts.text(row, name) for name in names},
        **_who(row, vocabulary),
        **_terms(row, vocabulary),
        **(as_usual if row.hours == usual.hours else _hours(row, at)),
        "hours_osm": row.hours_osm,
        "notices": parts.notices(row, at),
        "contacts": [contact for contact in own_contacts if contact not in reach],
        "freshness_text": parts.freshness_text(parts.freshness_of(row, at)),
        "timetable": timetable(row, at),
        "rests": rests_told(row, at),
        **_language(row),
    }
    return cast("ServiceTold", shown)  # its texts derive from the record, so no list of them stands here


def _language(row: ListingRow) -> LanguageTold:
    """The language of the summary and of the description where it is not the page's."""
    tags = {name: parts.lang_of(row, name) if parts.text(row, name) else "" for name in ("summary", "text")}
    foreign = tags["text"] or tags["summary"]
    return {
        "summary_lang": tags["summary"],
        "text_lang": tags["text"],
        "text_lang_name": by_tag(foreign).name if foreign else "",
        "operation_note_lang": parts.lang_of(row, "operation_note") if parts.text(row, "operation_note") else "",
    }


def _working(rows: Sequence[ListingRow]) -> Sequence[ListingRow]:
    """Those that are not closed for good; all where all are."""
    return [row for row in rows if row.operation != "closed"] or rows


def _usual(rows: Sequence[ListingRow]) -> ListingRow:
    """The row whose hours most services of the place keep; one that works, if any does."""
    working = [row for row in rows if row.operation not in ("closed", "paused")] or list(rows)
    keys = [json.dumps(row.hours, sort_keys=True) for row in working]
    known = Counter(key for key, row in zip(keys, working, strict=True) if row.hours)
    wanted = known.most_common(1)[0][0] if known else keys[0]
    return working[keys.index(wanted)]


def _organization(row: ListingRow, organization: Profile | None, audience: Audience) -> dict[str, str]:
    return {
        "slug": row.organization_slug,
        "name": parts.text(row, "organization"),
        "url": organization_url(row.organization_slug, audience),
        "website": parts.web_address(organization.website) if organization else "",
    }


def _where(row: ListingRow, vocabulary: Vocabulary, at: dt.datetime) -> WhereTold:
    access = [
        labels.label(labels.ACCESSIBILITY if value else labels.NO_ACCESSIBILITY, name)
        for name, value in row.accessibility.items()
        if value is not None
    ]
    return {
        "city": parts.text(row, "city"),
        "district": parts.text(row, "district"),
        "address": parts.text(row, "address"),
        "region": parts.text(row, "region"),
        "directions": parts.text(row, "directions"),
        "transit": parts.text(row, "transit"),
        "accessibility_note": parts.text(row, "accessibility_note"),
        "accessibility": access,
        "country": row.country,
        "country_name": country_name(row.country),
        "precision": row.precision,
        "precision_text": labels.label(labels.PRECISION, row.precision),
        "lon": None if row.lon is None else round(row.lon, 6),
        "lat": None if row.lat is None else round(row.lat, 6),
        "map_link": f"geo:{row.lat:.6f},{row.lon:.6f}" if is_exact(row) else None,
        "coordinates": coordinates(row),
        "ways": ways(row, vocabulary),
        "timezone": row.timezone,
        "timezone_text": _timezone(row, at) if row.location_type else "",
    }


def _timezone(row: ListingRow, at: dt.datetime) -> str:
    """“Local time, UTC+4”, so that somebody abroad can reckon."""
    offset = f"{at.astimezone(clock.zone(row.timezone)):%z}"
    minutes = "" if offset.endswith("00") else f":{offset[3:]}"
    return _("Local time, UTC%(offset)s") % {"offset": f"{offset[0]}{int(offset[1:3])}{minutes}"}


def _checked(rows: Sequence[ListingRow], at: dt.datetime) -> PlaceCheckTold:
    """The last check there. Its words are those of the services where all have the same, else how many were confirmed:
    a seal belongs to a service.
    """
    rows = _working(rows)
    latest = max(rows, key=lambda row: (row.checked_on or dt.date.min, row.level))
    due = [row.due_on for row in rows if row.due_on and parts.freshness_of(row, at) not in parts.LATE]
    next_text = _("Next check by %(date)s") % {"date": short_day(min(due))} if due else ""
    told = parts.checked(latest)
    if any(parts.checked(row)["text"] != told["text"] for row in rows):
        told = {**told, "text": _counted(Counter(parts.freshness_of(row, at) for row in rows))}
    return {**told, "next_text": next_text}


def _counted(states: Counter[Freshness]) -> str:
    """“4 services confirmed in time, 1 not for a long time”."""
    late = sum(states[state] for state in parts.LATE)
    unchecked, in_time = states["unchecked"], states.total() - late - states["unchecked"]
    told = [
        (in_time, ngettext("%(n)s service confirmed in time", "%(n)s services confirmed in time", in_time)),
        (late, ngettext("%(n)s not confirmed in time", "%(n)s not confirmed in time", late)),
        (unchecked, ngettext("%(n)s not checked yet", "%(n)s not checked yet", unchecked)),
    ]
    return joined(words % {"n": number} for number, words in told if number)


def _notices(rows: Sequence[ListingRow], at: dt.datetime) -> list[NoticeTold]:
    """Notices that every listing of the place has speak about the place."""
    each = [parts.notices(row, at) for row in rows]
    return [notice for notice in each[0] if all(notice in others for others in each[1:])]


def _contacts(rows: Sequence[ListingRow], vocabulary: Vocabulary) -> list[ContactTold]:
    """Contacts that all services of the place share; every contact once when clients would see none of those."""
    each = [contacts(row.contacts, vocabulary, row.country) for row in rows]
    shared = [contact for contact in each[0] if all(contact in others for others in each[1:])]
    if any(contact["audience"] == "clients" for contact in shared):
        return shared
    once = {(c["channel"], c["value"], c["label"]): c for found in each for c in found}
    return sorted(once.values(), key=lambda contact: not contact["is_crisis"])


def _who(row: ListingRow, vocabulary: Vocabulary) -> Eligibility:
    about = [age(row.age_from, row.age_to), "" if row.gender == "any" else labels.label(labels.GENDER, row.gender)]
    return {
        "groups": [
            {
                "code": code,
                "name": vocabulary.name("group", code),
                "welcome": row.groups[code],
                "welcome_text": labels.label(labels.WELCOME, row.groups[code]),
            }
            for code in in_order(vocabulary, row.groups)
        ],
        "statuses": vocabulary.names("status", row.statuses),
        "age_gender_text": joined(part for part in about if part),
        "for_whom": for_whom(
            vocabulary,
            groups=row.groups,
            statuses=row.statuses,
            age_from=row.age_from,
            age_to=row.age_to,
            gender=row.gender,
        ),
        "insurance": row.insurance,
        "insurance_text": labels.label(labels.INSURANCE, row.insurance),
    }


def _terms(row: ListingRow, vocabulary: Vocabulary) -> TermsTold:
    return {
        "documents": vocabulary.names("document", row.documents),
        "intake": [labels.label(labels.INTAKE, code) for code in row.intake],
        "waiting": row.waiting,
        "waiting_text": "" if row.waiting == "unknown" else labels.label(labels.WAITING, row.waiting),
    }


def _hours(row: ListingRow, at: dt.datetime) -> HoursTold:
    today = local_date(row.timezone, at)
    return {
        "week": hours.week(row.hours, today),
        "special_days": hours.special_days(hours_beside(row, at), today),
        "hours_note": hours.notes(row.hours, knows_holidays=hours.knows_holidays(row.country, row.timezone, today)),
    }
