"""A place with its services as a phone keeps it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from core.phrasing.dates import short_day, time_range
from core.phrasing.sentences import in_a_row, joined
from directory.freshness import local_date
from directory.hours import holidays_of
from directory.hours.plan import Span, plan
from directory.shown import labels
from directory.shown.profiles import Profile
from directory.shown.rows import ListingRow
from directory.vocabulary import Vocabulary, as_read
from reading import hours, presenters
from reading.needs import needs
from reading.presenters import parts
from reading.presenters.coming import timetable
from reading.road.shapes import RoadContact, RoadHours, RoadNotice, RoadPlace, RoadService, RoadStay
from reading.shapes import ContactTold, PlaceTold, ServiceTold, StayTold


def place_told(
    rows: Sequence[ListingRow], organization: Profile | None, vocabulary: Vocabulary, at: dt.datetime
) -> RoadPlace:
    """The place of these listings, of the public's."""
    told, by_id = presenters.place(rows, organization, vocabulary, "public", at), {row.id: row for row in rows}
    usual = next((by_id[one["id"]] for one in told["listings"] if one["hours_note"] is None), rows[0])
    return {
        "id": told["id"],
        "title": told["title"],
        "organization": told["organization"]["name"],
        "city": told["city"],
        "address": told["address"],
        "where": _where(told),
        "directions": " ".join(part for part in (told["directions"], told["transit"]) if part),
        "lon": told["lon"],
        "lat": told["lat"],
        "precision": told["precision"],
        "family": told["family"],
        "timezone": told["timezone"],
        "holidays": holidays_of(usual.country, usual.timezone),
        "hours": _hours(usual, at),
        "contacts": _contacts(told["contacts"]),
        "services": [_service(one, by_id[one["id"]], vocabulary, at) for one in told["listings"]],
    }


def _where(told: PlaceTold) -> str:
    return "" if told["is_remote"] or told["address"] else told["precision_text"]


# long: one key of the row a line
def _service(told: ServiceTold, row: ListingRow, vocabulary: Vocabulary, at: dt.datetime) -> RoadService:
    return {
        "id": told["id"],
        "title": told["title"],
        "title_lang": told["title_lang"],
        "summary": told["summary"],
        "summary_lang": told["summary_lang"],
        "needs": _needs(row, vocabulary),
        "who": _sentences([*told["for_whom"], parts.text(row, "eligibility_note")]),
        "bring": _sentences([in_a_row(told["documents"]), parts.text(row, "documents_note")]),
        "no_documents": told["documents_none"],
        "cost": _sentences([told["cost"]["text"], parts.text(row, "cost_note")]),
        "languages": joined(told["languages"]),
        "state": "" if told["operation"]["code"] == "working" else told["operation"]["text"],
        "is_stopped": told["operation"]["code"] in ("closed", "paused"),
        "hours": None if told["hours_note"] is None else _hours(row, at),
        "contacts": _contacts(told["contacts"]),
        "notices": _notices(row, at),
        "stays": _stays(row, at),
        "checked": told["checked"]["text"],
        "due_on": row.due_on.isoformat() if row.due_on else None,
        "hides_on": row.hides_on.isoformat() if row.hides_on else None,
    }


def _needs(row: ListingRow, vocabulary: Vocabulary) -> list[str]:
    """Codes of the needs that it answers, by its kinds and by the groups that these belong to."""
    terms = vocabulary.scheme("service")
    codes = {*row.types, *(terms[code].parent for code in row.types if code in terms)}
    return [need["code"] for need in needs(vocabulary) if codes.intersection(need["service"])]


def _sentences(texts: Iterable[str]) -> str:
    return ". ".join(text.rstrip(".") for text in texts if text)


def _hours(row: ListingRow, at: dt.datetime) -> RoadHours:
    """The plan by which the product itself says what is open, in numbers, and its words for people."""
    planned, today = plan(row.hours), local_date(row.timezone, at)
    days = hours.week(row.hours, today)
    return {
        "week": None if planned.week is None else [_spans(day) for day in planned.week],
        "specials": [
            {"first": one.first.isoformat(), "last": one.last.isoformat(), "spans": _spans(one.spans)}
            for one in planned.specials
            if one.last >= today
        ],
        "rests": planned.rests_on_holidays,
        "is_silent": planned.is_silent_on_holidays,
        "appointment": bool(row.hours.get("by_appointment")),
        "days": [{"day": day["day"], "text": day["text"]} for day in days],
        "special_days": hours.special_days(presenters.coming.hours_beside(row, at), today),
        "note": hours.notes(row.hours, knows_holidays=hours.knows_holidays(row.country, row.timezone, today)),
    }


def _spans(spans: Iterable[Span]) -> list[list[int]]:
    return [list(span) for span in spans]


def _contacts(told: Iterable[ContactTold]) -> list[RoadContact]:
    return [
        {
            "label": one["label"],
            "text": one["text"],
            "href": one["href"],
            "is_call": one["channel"] == "phone",
            "note": one["hours_note"],
        }
        for one in told
        if one["audience"] != "colleagues"
    ]


def _notices(row: ListingRow, at: dt.datetime) -> list[RoadNotice]:
    """Those of today and those that begin later: the phone knows the day."""
    today = local_date(row.timezone, at).isoformat()
    return [
        {
            "kind": labels.label(labels.NOTICE, one["kind"]),
            "text": as_read(one["text"]),
            "closes": one["kind"] == "closure",
            "starts_on": one["starts_on"],
            "ends_on": one["ends_on"],
        }
        for one in row.notices
        if today <= (one["ends_on"] or "9999")
    ]


def _stays(row: ListingRow, at: dt.datetime) -> list[RoadStay]:
    return [
        {"text": stay_in_words(one, dt.datetime.fromisoformat(one["starts_at"])), "ends_at": one["ends_at"]}
        for one in timetable(row, at)
        if not one["is_off"]
    ]


def stay_in_words(told: StayTold, starts: dt.datetime) -> str:
    """With its date: tomorrow is another day on a phone without a network."""
    ends = dt.datetime.fromisoformat(told["ends_at"])
    return f"{short_day(starts.date())}, {time_range(f'{starts:%H:%M}', f'{ends:%H:%M}')}, {told['name']}"
