"""Pieces that cards and pages have in common."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Protocol
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from core.languages import active, by_code, preferred
from core.phrasing.dates import short_day
from core.phrasing.marks import mark
from core.phrasing.sentences import joined
from core.spelling.latin import NAMES, spelt
from directory.freshness import Dated, Freshness, freshness, local_date
from directory.shown import labels
from directory.shown.rows import ListingRow
from directory.vocabulary import KnownTerm, Vocabulary, as_read
from reading import hours
from reading.shapes import AttributeTold, CheckTold, CodeAndName, CodeInWords, NoticeTold

_NONE: Mapping[str, str] = {}
#: Shown in grey.
LATE: frozenset[Freshness] = frozenset({"overdue", "lapsed"})
_WORST_FIRST: tuple[Freshness, ...] = ("lapsed", "overdue", "due", "unchecked", "fresh")


def place_kind(row: ListingRow) -> CodeInWords | None:
    """A kind of place by which people search."""
    code = row.location_type
    return {"code": code, "text": str(labels.PLACE_KIND[code])} if code in labels.PLACE_KIND else None


class Worded(Protocol):
    """Whatever has texts in several languages: a listing, an organisation."""

    @property
    def content(self) -> Mapping[str, Mapping[str, str]]: ...


def text(row: Worded, name: str) -> str:
    """A text of the row in the active language, else in one of its fallbacks, which a preview's page marks as such; a
    name then in the page's own letters."""
    content = row.content
    here = active()
    if own := content.get(here, _NONE).get(name):
        return own
    for code in (*preferred(here), *content):
        if found := content.get(code, _NONE).get(name):
            return mark(spelt(found) if name in NAMES else found, code)
    return ""


def lang_of(row: Worded, name: str) -> str:
    """The language that `text` answers in, for `lang=` when it differs from the page's; "" otherwise."""
    order = [*preferred(active()), *row.content]
    found = next((code for code in order if row.content.get(code, {}).get(name)), active())
    return "" if found == active() else by_code(found).tag


def checked(row: ListingRow) -> CheckTold:
    """When, how and by whom the listing was last checked: {text, level, on, method}."""
    on = row.checked_on.isoformat() if row.checked_on else None
    text = _checked_text(row)
    if row.level > 1 and row.confirmed_on and row.checked_on and row.confirmed_on > row.checked_on:
        values = {"checked": text, "date": short_day(row.confirmed_on)}
        text = _("%(checked)s. Confirmed on %(date)s by the organisation itself") % values
    return {"text": text, "level": row.level, "on": on, "method": row.check_method}


def _checked_text(row: ListingRow) -> str:
    if row.level == 0 or row.checked_on is None:
        return _("Imported, not checked")
    values = {"date": short_day(row.checked_on), "how": labels.label(labels.CHECK_METHOD, row.check_method)}
    if row.level == 1:
        return _("Confirmed on %(date)s by the organisation itself") % values
    if not row.check_method:
        return _("Checked on %(date)s, another organisation of the network") % values
    return _("Checked on %(date)s, %(how)s, another organisation of the network") % values


def freshness_text(state: str) -> str:
    return {
        "overdue": _("Nobody has confirmed this in time. Call before you go."),
        "lapsed": _("Not confirmed for a long time; the public no longer sees it."),
        "unchecked": _("Imported, not checked"),
    }.get(state, "")


def opening(row: ListingRow, at: dt.datetime) -> hours.Opening:
    """Open now? What stops the service stands above its hours."""
    if row.operation == "closed":
        return {"state": "closed", "text": _("Closed for good")}
    if row.operation == "paused":
        return {"state": "closed", "text": labels.label(labels.OPERATION, "paused")}
    if any(notice["kind"] == "closure" for notice in notices(row, at)):
        return {"state": "closed", "text": labels.label(labels.NOTICE, "closure")}
    return hours.opening(row.hours, row.country, row.timezone, at)


def notices(row: ListingRow, at: dt.datetime) -> list[NoticeTold]:
    """Notices of today: {kind, kind_text, text, until}; `until` is a date in words or None."""
    today = local_date(row.timezone, at).isoformat()
    now = [n for n in row.notices if n["starts_on"] <= today <= (n["ends_on"] or "9999")]
    return [
        {
            "kind": notice["kind"],
            "kind_text": labels.label(labels.NOTICE, notice["kind"]),
            "text": as_read(notice["text"]),
            "until": short_day(dt.date.fromisoformat(notice["ends_on"])) if notice["ends_on"] else None,
        }
        for notice in now
    ]


def types(row: ListingRow, vocabulary: Vocabulary) -> list[CodeAndName]:
    return [{"code": code, "name": vocabulary.name("service", code)} for code in row.types]


def answered(codes: Collection[str], vocabulary: Vocabulary) -> list[AttributeTold]:
    """Each attribute with its answers, in the order of the vocabulary; what it does not know says nothing."""
    return [
        {
            "code": attribute.code,
            "name": attribute.name(),
            "answers": [{"code": answer.code, "name": _answer(answer)} for answer in answers],
            "text": joined(map(_answer, answers)),
        }
        for attribute, answers in vocabulary.answered(codes)
    ]


def _answer(answer: KnownTerm) -> str:
    """As it is said beside its attribute."""
    return answer.short() if "short" in answer.data else _("yes")


def place_line(row: ListingRow) -> str:
    """City and street, as much as the audience may know."""
    parts = [text(row, name) for name in ("city", "district", "address")]
    return joined(part for part in parts if part)


def web_address(address: object) -> str:
    """The address when a browser may follow it, else ""."""
    parts = urlsplit(address) if isinstance(address, str) else None
    return str(address) if parts and parts.scheme in ("http", "https") and parts.hostname else ""


def worst_of(states: Collection[Freshness]) -> Freshness:
    """The state that speaks for all of them; fresh for none."""
    return next((state for state in _WORST_FIRST if state in states), "fresh")


def of_place(states: Collection[Freshness]) -> Freshness:
    """The state of a place, as its pin has it: grey when nothing there was confirmed in time, never for one of many."""
    in_time = set(states) - LATE
    return worst_of(states) if not in_time else "due" if LATE & set(states) else worst_of(in_time)


def freshness_of(row: Dated, at: dt.datetime) -> Freshness:
    return freshness(row, at)
