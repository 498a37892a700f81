"""Where there is help of which kind, as far as the network can say. What nobody can know is unknown, never none.

An empty cell is "none" where somebody could have told: the network has an organisation with at least one listing there
whose date has not passed. Where nobody's word is current, it is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from organizations.models import Organization
from verification.coordination.listings import MonitoredListing, by_kind
from verification.models import Coverage


@dataclass(frozen=True)
class Cell:
    """One kind at one place: `shown` listings there, of which `checked` are fresh and checked by others."""

    kind: str
    place: str
    coverage: Coverage
    shown: int
    checked: int


def coverage(
    rows: Sequence[MonitoredListing], country: str = "", group: str = ""
) -> tuple[list[str], dict[str, list[Cell]]]:
    """The places, and for each kind its cells in their order: countries, or the cities of one country ("": remote).

    Kinds are groups of the vocabulary, or the kinds of one `group`.
    """
    shown = [row for row in rows if not row.is_gone]
    here = [row for row in shown if not country or row.country == country]
    places = places_of(here, country)
    heard = {_place(row, country) for row in here if row.is_fresh}
    table = {}
    for code, found in by_kind(here, group).items():
        at: dict[str, list[MonitoredListing]] = {place: [] for place in places}
        for row in found:
            at.setdefault(_place(row, country), []).append(row)
        table[code] = [_cell(code, place, at[place], place in heard) for place in places]
    return places, table


def places_of(rows: Iterable[MonitoredListing], country: str) -> list[str]:
    """Cities of the country by its listings; else every country where the network has a listing or an organisation.

    By code: the page orders them by name. "" stands for listings that are of no country, or of no city.
    """
    found = {_place(row, country) for row in rows}
    if not country:
        for registered, works in Organization.objects.in_network().values_list("registration_country", "countries"):
            found |= {code for code in (registered, *works) if code}
    return sorted(found)


def _place(row: MonitoredListing, country: str) -> str:
    return row.city if country else row.country


def _cell(kind: str, place: str, rows: Sequence[MonitoredListing], could_know: bool) -> Cell:
    checked = sum(row.is_checked for row in rows)
    if checked:
        value = Coverage.CHECKED
    elif rows:
        value = Coverage.UNCHECKED
    else:
        value = Coverage.NONE if could_know else Coverage.UNKNOWN
    return Cell(kind, place, value, len(rows), checked)
