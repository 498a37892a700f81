"""A place in plain words: what, phone, when, what to bring; and the same as sentences for whoever listens.

Rule: nothing is said here that the page of the place does not say. A pictogram stands beside its word, never for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from typing import TypedDict

from django.utils.translation import gettext as _

from core.phrasing.sentences import in_a_row, joined
from directory.vocabulary import Vocabulary, as_read
from reading.hours import DayTold
from reading.needs import NEEDS, PLAIN
from reading.shapes import ContactTold, PlaceTold, ServiceTold

#: Asks the page of a place for plain words.
EASY = "easy"
#: Kinds of a service that are named; the rest is on the full page.
_KINDS = 3


class EasyKind(TypedDict):
    """A kind of help: its sign, its name in everyday words, and what that is; "" where there is no more to say."""

    icon: str
    name: str
    hint: str


class EasyService(TypedDict):
    """`state` is "" where it works as usual; `when` and `days` are empty where the hours of the place are its own."""

    title: str
    title_lang: str
    state: str
    note: str
    note_lang: str
    kinds: list[EasyKind]
    bring: str
    when: str
    days: list[str]


class SaidAloud(TypedDict):
    """A sentence in its language (BCP 47)."""

    text: str
    lang: str


class EasyTold(TypedDict):
    services: list[EasyService]
    phones: list[ContactTold]
    others: list[ContactTold]
    when: str
    days: list[str]
    where: str
    aloud: list[SaidAloud]


def easy(place: PlaceTold, vocabulary: Vocabulary, tag: str) -> EasyTold:
    """`tag` is the language of the page."""
    reach = [one for one in _contacts(place) if one["audience"] != "colleagues"]
    phones = [one for one in reach if one["channel"] == "phone"]
    listings = [one for one in place["listings"] if one["operation"]["code"] != "closed"]
    is_alike = all(_works(one) and one["week"] is None for one in listings)
    told: EasyTold = {
        "services": [_service(one, vocabulary, None if is_alike else place) for one in listings],
        "phones": phones,
        "others": [] if phones else reach[:2],
        "when": place["open"]["text"] if is_alike else "",
        "days": list(_days(place["week"] or [])) if is_alike else [],
        "where": "" if place["is_remote"] else _where(place),
        "aloud": [],
    }
    told["aloud"] = [one for one in _aloud(place, told, tag) if one["text"]]
    return told


def _contacts(place: PlaceTold) -> list[ContactTold]:
    """Of the place, then of its services, each once."""
    found = [*place["contacts"], *(one for listing in place["listings"] for one in listing["contacts"])]
    return list({(one["channel"], one["value"]): one for one in found}.values())


def _works(told: ServiceTold) -> bool:
    return told["operation"]["code"] not in ("closed", "paused")


def _service(told: ServiceTold, vocabulary: Vocabulary, place: PlaceTold | None) -> EasyService:
    """With its own hours where `place` is given, whose services are not all open alike; what is paused has none."""
    has_hours = place is not None and _works(told)
    week = (told["week"] if told["week"] is not None else place["week"]) if has_hours and place else None
    is_usual = told["operation"]["code"] == "working"
    return {
        "title": told["title"],
        "title_lang": told["title_lang"],
        "state": "" if is_usual else told["operation"]["text"],
        "note": "" if is_usual else str(told.get("operation_note", "")),
        "note_lang": told["operation_note_lang"],
        "kinds": [_kind(one["code"], vocabulary, told["family"]) for one in told["types"][:_KINDS]],
        "bring": _("no documents needed") if told["documents_none"] else in_a_row(told["documents"]),
        "when": told["open"]["text"] if has_hours else "",
        "days": list(_days(week or [])),
    }


def _kind(code: str, vocabulary: Vocabulary, family: str) -> EasyKind:
    term = vocabulary.scheme("service").get(code)
    name = str(PLAIN[code]) if code in PLAIN else term.name() if term else code
    hint = as_read(term.data.get("hint")) if term else ""
    return {
        "icon": _icon(code, term.parent if term else "", family),
        "name": name,
        "hint": hint if hint != name else "",
    }


def _icon(code: str, group: str, family: str) -> str:
    """The sign of the need that the kind answers, else of its family."""
    return next((need.icon for need in NEEDS if {code, group} & set(need.types)), f"family-{family}")


def _where(place: PlaceTold) -> str:
    if place["address"]:
        return joined(part for part in (place["city"], place["address"]) if part)
    return _("They say on the phone where to come.")


def _days(week: Iterable[DayTold]) -> Iterable[str]:
    """“Monday – Friday: 09:00–18:00”: days that are alike and follow each other stand together."""
    for text, alike in groupby(week, key=lambda day: day["text"]):
        days = [day["day"] for day in alike]
        yield f"{days[0] if len(days) == 1 else f'{days[0]} – {days[-1]}'}: {text}"


def _aloud(place: PlaceTold, told: EasyTold, tag: str) -> Iterable[SaidAloud]:
    """What, phone, when, what to bring; a phone digit by digit."""
    yield {"text": place["title"], "lang": tag}
    for service in told["services"]:
        yield {"text": service["title"], "lang": service["title_lang"] or tag}
        yield {"text": service["state"], "lang": tag}
        yield {"text": service["note"], "lang": service["note_lang"] or tag}
        yield {"text": ". ".join(kind["name"] for kind in service["kinds"]), "lang": tag}
        yield {"text": _open(service["when"], service["days"]), "lang": tag}
    for phone in told["phones"][:2]:
        yield {"text": f"{_('Phone')}: {digit_by_digit(phone['display'])}", "lang": tag}
    yield {"text": _open(told["when"], told["days"]), "lang": tag}
    yield {"text": told["where"], "lang": tag}
    brings = list(dict.fromkeys(service["bring"] for service in told["services"] if service["bring"]))
    yield {"text": f"{_('What to bring')}: {'. '.join(brings)}" if brings else "", "lang": tag}


def _open(when: str, days: list[str]) -> str:
    return ". ".join(text for text in (when, *days) if text)


def digit_by_digit(phone: str) -> str:
    """“+995 32 200” → “+ 9 9 5, 3 2, 2 0 0”: nobody can write down a number that is read as one."""
    groups = re.findall(r"\+|\d+", phone)
    spelt = [" ".join(group) for group in groups]
    return ", ".join(spelt).replace("+, ", "+ ")
