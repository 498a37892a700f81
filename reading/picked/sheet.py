"""A selection in words: rows of a page, lines of a message, a sheet of paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypedDict

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _

from core.phrasing.dates import time_range
from core.phrasing.sentences import in_a_row, joined
from directory.asking import queries
from directory.asking.filters import Filters
from directory.crossing.content import HoursJson
from directory.shown import labels
from directory.shown.rows import ListingRow
from reading.asked import Asked
from reading.picked.ids import Ids
from reading.presenters import parts, place
from reading.shapes import CheckTold, ContactTold, PlaceTold, ServiceTold

#: Ways of reaching somebody that a sheet names.
CONTACTS_SHOWN = 3


class LineTold(TypedDict):
    """What stands on the sheet; texts are "" where there is nothing to say."""

    title: str
    title_lang: str
    organization: str
    place: str
    address: str
    is_vague: bool
    directions: str
    phones: list[str]
    contacts: list[str]
    hours: str
    hours_note: str
    intake: str
    languages: str
    documents: str
    cost: str
    note: str
    checked: str
    check: CheckTold
    is_late: bool
    url: str


class PickedTold(TypedDict):
    """One id; `line` is None where there is nothing for this audience, whatever the reason. `door` is longitude and
    latitude."""

    id: str
    line: LineTold | None
    facts: list[tuple[str, str]]
    family: str
    freshness: str
    url: str
    door: tuple[float, float] | None


def picked(asked: Asked, ids: Ids, site: str = "") -> list[PickedTold]:
    """The rows of these ids in their order, read as every list is. `site` begins the addresses of pages."""
    rows = queries.matching(asked.audience, Filters(), asked.at).filter(id__in=ids).order_by("id")
    found = {row.id: row for row in queries.read_rows(rows, asked.at)}
    return [_told(one, found.get(one), asked, site) for one in ids]


def _told(one: str, row: ListingRow | None, asked: Asked, site: str) -> PickedTold:
    if row is None:
        return {"id": one, "line": None, "facts": [], "family": "", "freshness": "", "url": "", "door": None}
    told = place([row], None, asked.vocabulary, asked.audience, asked.at)
    url = told["listings"][0]["url"]
    line = line_told(row, told, site + url)
    return {
        "id": one,
        "line": line,
        "facts": _facts(line),
        "family": row.family,
        "freshness": told["freshness"],
        "url": url,
        "door": _door(row),
    }


def _door(row: ListingRow) -> tuple[float, float] | None:
    """Longitude and latitude of a door that this reader may know."""
    is_known = row.location_type and row.precision == "exact" and row.lon is not None and row.lat is not None
    return (float(row.lon or 0), float(row.lat or 0)) if is_known else None


# long: one key of the line a line
def line_told(row: ListingRow, told: PlaceTold, url: str) -> LineTold:
    service = told["listings"][0]
    contacts = [one for one in told["contacts"] if one["audience"] != "colleagues"]
    address = joined(part for part in (told["city"], told["district"], told["address"]) if part)
    return {
        "title": service["title"],
        "title_lang": service["title_lang"],
        "organization": told["organization"]["name"],
        "place": told["title"] if told["title"] != service["title"] and not told["is_remote"] else "",
        "address": "" if told["is_remote"] else address or told["country_name"],
        "is_vague": not told["is_remote"] and told["precision"] != "exact",
        "directions": told["directions"],
        "phones": [one["display"] for one in contacts if one["channel"] == "phone"][:CONTACTS_SHOWN],
        "contacts": [_contact(one) for one in contacts if one["channel"] != "phone"][:CONTACTS_SHOWN],
        "hours": _hours(row, told),
        "hours_note": told["hours_note"] or "",
        "intake": in_a_row(service["intake"]),
        "languages": joined(service["languages"]),
        "documents": _documents(row, service),
        "cost": service["cost"]["text"],
        "note": _note(row, told),
        "checked": service["checked"]["text"],
        "check": service["checked"],
        "is_late": told["freshness"] in parts.LATE,
        "url": url,
    }


def _facts(line: LineTold) -> list[tuple[str, str]]:
    """What is said of a service on paper of either kind, by its name; what nobody knows is left out."""
    vague = _("The exact address is given on the phone.") if line["is_vague"] else ""
    told = (
        (_("Where"), ". ".join(part for part in (line["address"], vague) if part)),
        (_("How to find it"), line["directions"]),
        (_("Hours"), ". ".join(part for part in (line["hours"], line["hours_note"]) if part)),
        (_("How to start"), line["intake"]),
        (_("What to bring"), line["documents"]),
        (_("Languages"), line["languages"]),
        (_("Price"), line["cost"]),
    )
    return [(name, text) for name, text in told if text]


def _contact(one: ContactTold) -> str:
    if one["channel"] == "email":
        return one["display"]
    return f"{labels.label(labels.CHANNEL, one['channel'])}: {one['display']}"


def _documents(row: ListingRow, service: ServiceTold) -> str:
    named = _("no documents needed") if service["documents_none"] else in_a_row(service["documents"])
    return ". ".join(part for part in (named, parts.text(row, "documents_note")) if part)


def _hours(row: ListingRow, told: PlaceTold) -> str:
    """The week on one line; what stops the service stands in its place. Paper says nothing of this hour."""
    if row.operation == "paused" or any(one["kind"] == "closure" for one in told["notices"]):
        return told["open"]["text"]
    if row.hours.get("always"):
        return _("around the clock")
    known = "" if told["open"]["state"] not in ("appointment", "unknown") else told["open"]["text"]
    return "; ".join(week_in_short(row.hours)) or known


def _note(row: ListingRow, told: PlaceTold) -> str:
    """What somebody should know before they go."""
    how = "" if row.operation in ("working", "paused") else labels.label(labels.OPERATION, row.operation)
    notice = next((one["text"] for one in told["notices"]), "")
    return ". ".join(part.rstrip(".") for part in (how, told["freshness_text"], notice) if part)


def week_in_short(told: HoursJson) -> Iterator[str]:
    """“Mo–Fr 09:00–18:00”, “Sa 10:00–14:00”: days that are alike and follow each other stand together."""
    slots = told.get("slots", [])
    days = [sorted(time_range(one["opens"], one["closes"]) for one in slots if day in one["days"]) for day in range(7)]
    first = 0
    for day in range(1, 8):
        if day < 7 and days[day] == days[first]:
            continue
        if spans := days[first]:
            names = [str(WEEKDAYS_ABBR[one]) for one in sorted({first, day - 1})]
            yield f"{('–' if day - first > 2 else ', ').join(names)} {', '.join(spans)}"
        first = day


def message(told: Sequence[PickedTold], link: str) -> str:
    """For a messenger: of each service its name, hours, phone, how to enter, when it was checked; the link last."""
    told_lines = [one["line"] for one in told if one["line"]]
    return "\n\n".join([*("\n".join(_short(number, line)) for number, line in enumerate(told_lines, 1)), link])


def _short(number: int, line: LineTold) -> Iterator[str]:
    yield f"{number}. {line['title']}"
    yield line["organization"]
    facts = [
        line["address"],
        line["hours"],
        *line["phones"][:2],
        *(line["contacts"][:1] if not line["phones"] else []),
        line["intake"],
        line["directions"],
        f"{_('What to bring')}: {line['documents']}" if line["documents"] else "",
        line["checked"],
    ]
    yield from (fact for fact in facts if fact)
