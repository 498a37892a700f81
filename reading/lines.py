"""Whom to call: for a need that nothing fits, and for a kind of service whose addresses are not shown.

Rule: what is said follows from the question, the vocabulary and what everybody of the audience may see. Whether there
is a place that hides itself changes no letter of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from core.geo.countries import country_name
from core.pages.links import display, href
from core.phrasing.sentences import joined
from directory.asking import queries
from directory.asking.filters import Filters
from directory.asking.nearness import countries_by_nearness
from directory.crossing.content import ContactShown
from directory.shown.rows import ListingRow
from reading.asked import Asked
from reading.presenters import parts
from reading.shapes import CodeAndName, Guide, Hotline

_MOST = 4
#: Services of one organisation share its phone.
_LOOKED_AT = 24


def guide(asked: Asked, filters: Filters) -> Guide | None:
    """For a question that names kinds whose addresses are not shown; None for any other."""
    codes = asked.vocabulary.unshown(filters.service)
    if not codes:
        return None
    kinds: list[CodeAndName] = [{"code": code, "name": asked.vocabulary.name("service", code)} for code in codes]
    return {
        "kinds": kinds,
        "title": _("We do not show these addresses"),
        "text": _("%(kinds)s: the way there begins with a call, so that nobody comes uninvited.")
        % {"kinds": joined(one["name"] for one in kinds)},
        "lines": lines(asked, filters),
    }


def lines(asked: Asked, filters: Filters) -> list[Hotline]:
    """Phones for the need of the question, then crisis lines; each number once."""
    return [_line(row, phone, asked) for row, phone in lines_with_rows(asked, filters)]


def lines_with_rows(asked: Asked, filters: Filters) -> list[tuple[ListingRow, str]]:
    """The services of these lines, each with the number that is meant."""
    ways = asked.vocabulary.ways_in(filters.service)
    kinds = [*asked.vocabulary.unshown(filters.service), *ways] if ways else list(filters.service)
    rows = queries.lines(asked.audience, kinds, countries_by_nearness(filters), _LOOKED_AT, asked.at)
    found: dict[str, tuple[ListingRow, str]] = {}
    for row in rows:
        if phone := _phone(row.contacts):
            found.setdefault(href("phone", phone, row.country), (row, phone))
    return list(found.values())[:_MOST]


def _line(row: ListingRow, phone: str, asked: Asked) -> Hotline:
    return {
        "name": parts.text(row, "title"),
        "organization": parts.text(row, "organization_short") or parts.text(row, "organization"),
        "country_name": country_name(row.country),
        "phone": display(phone, row.country),
        "phone_href": href("phone", phone, row.country),
        "text": parts.text(row, "summary"),
        "open": parts.opening(row, asked.at),
    }


def _phone(contacts: Sequence[ContactShown]) -> str:
    """Crisis lines first; never a colleague's own number."""
    return next((str(one["value"]) for one in _by_urgency(contacts) if one["channel"] == "phone"), "")


def _by_urgency(contacts: Iterable[ContactShown]) -> list[ContactShown]:
    return sorted((c for c in contacts if c.get("audience") != "colleagues"), key=lambda c: not c.get("is_crisis"))
