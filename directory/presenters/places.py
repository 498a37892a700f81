"""PLACE: everything that a case worker needs about one place, on one screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from core.countries import country_name
from directory import hours, labels
from directory.freshness import local_date
from directory.presenters import parts
from directory.presenters.cards import card, place_url
from directory.presenters.contacts import contacts
from directory.records import Audience
from directory.vocabulary import Vocabulary

_TEXTS = ("text", "eligibility_note", "documents_note", "cost_note", "confidentiality_note", "note", "operation_note")
_WORST = ("lapsed", "overdue", "due", "unchecked", "fresh")


def place(rows: Sequence[Any], vocabulary: Vocabulary, audience: Audience, at: dt.datetime) -> dict[str, Any]:
    """The place of these listings (at least one), as a plain dict. The first row speaks for the place."""
    first = rows[0]
    listings = [listing(row, vocabulary, audience, at) for row in rows]
    states = {item["freshness"] for item in listings if item["operation"]["code"] != "closed"}
    freshness = next((state for state in _WORST if state in states), "fresh")
    return {
        "id": first.place_id,
        "url": place_url(first.place_id, audience),
        "title": parts.text(first, "place") or parts.text(first, "title"),
        "organization": {"slug": first.organization_slug, "name": parts.text(first, "organization")},
        "family": first.family,
        "is_remote": first.precision == "none" and not first.location_type,
        "is_closed": all(item["operation"]["code"] == "closed" for item in listings),
        "freshness": freshness,
        "freshness_text": parts.freshness_text(freshness),
        "checked": parts.checked(max(rows, key=lambda row: (row.checked_on or dt.date.min, row.level))),
        **_address(first),
        **_way(first),
        "notices": _notices(rows, at),
        "contacts": _contacts(rows, vocabulary),
        "listings": listings,
    }


def listing(row: Any, vocabulary: Vocabulary, audience: Audience, at: dt.datetime) -> dict[str, Any]:
    """A CARD with everything else that the audience may know."""
    shown = card(row, vocabulary, audience, at)
    shown |= {name: parts.text(row, name) for name in _TEXTS}
    shown |= _who(row, vocabulary) | _terms(row, vocabulary) | _hours(row, at)
    shown["freshness_text"] = parts.freshness_text(shown["freshness"])
    shown["notices"] = parts.notices(row, at)
    shown["contacts"] = contacts(row.contacts, vocabulary, row.country)
    if audience == "members":
        shown["legal_risk_note"] = parts.text(row, "legal_risk_note")
    return shown


def _address(row: Any) -> dict[str, Any]:
    lines = [parts.text(row, "address"), parts.text(row, "district"), parts.text(row, "city"), parts.text(row, "region")]
    lines = list(dict.fromkeys(line for line in lines if line))
    return {
        "address": lines,
        "city": parts.text(row, "city"),
        "country": row.country,
        "country_name": country_name(row.country),
        "precision": row.precision,
        "precision_text": labels.label(labels.PRECISION, row.precision),
        "lon": None if row.lon is None else round(row.lon, 6),
        "lat": None if row.lat is None else round(row.lat, 6),
        "map_link": None if row.lon is None else f"geo:{row.lat:.6f},{row.lon:.6f}",
        "timezone": row.timezone,
    }


def _way(row: Any) -> dict[str, Any]:
    access = [
        labels.label(labels.ACCESSIBILITY if value else labels.NO_ACCESSIBILITY, name)
        for name, value in row.accessibility.items()
        if value is not None
    ]
    note = parts.text(row, "accessibility_note")
    return {
        "directions": parts.text(row, "directions"),
        "transit": parts.text(row, "transit"),
        "accessibility": access + ([note] if note else []),
    }


def _notices(rows: Sequence[Any], at: dt.datetime) -> list[dict[str, Any]]:
    """Notices that every listing of the place has speak about the place."""
    each = [parts.notices(row, at) for row in rows]
    return [notice for notice in each[0] if all(notice in others for others in each[1:])]


def _contacts(rows: Sequence[Any], vocabulary: Vocabulary) -> list[dict[str, Any]]:
    """Every contact of the place once."""
    once = {(c["channel"], c["value"], str(c.get("label"))): c for row in rows for c in row.contacts}
    return contacts(once.values(), vocabulary, rows[0].country)


def _who(row: Any, vocabulary: Vocabulary) -> dict[str, Any]:
    order = list(vocabulary.scheme("group"))
    chosen = sorted(row.groups.items(), key=lambda pair: order.index(pair[0]) if pair[0] in order else len(order))
    return {
        "groups": [
            {
                "code": code,
                "name": vocabulary.name("group", code),
                "welcome": welcome,
                "welcome_text": labels.label(labels.WELCOME, welcome),
            }
            for code, welcome in chosen
        ],
        "statuses": vocabulary.names("status", row.statuses),
        "age_text": parts.age(row),
        "gender_text": "" if row.gender == "any" else labels.label(labels.GENDER, row.gender),
        "insurance": row.insurance,
        "insurance_text": labels.label(labels.INSURANCE, row.insurance),
    }


def _terms(row: Any, vocabulary: Vocabulary) -> dict[str, Any]:
    return {
        "documents": [{"code": code, "name": vocabulary.name("document", code)} for code in row.documents],
        "intake": parts.coded(labels.INTAKE, row.intake),
        "waiting": {"code": row.waiting, "text": labels.label(labels.WAITING, row.waiting)},
    }


def _hours(row: Any, at: dt.datetime) -> dict[str, Any]:
    today = local_date(row.timezone, at)
    return {
        "hours_week": hours.week(row.hours, today),
        "hours_exceptions": hours.special_days(row.hours, today),
        "hours_note": hours.notes(row.hours),
        "hours_osm": row.hours_osm,
    }
