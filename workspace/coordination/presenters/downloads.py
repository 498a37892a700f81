"""The kept months as tables to save: by country, kind and organisation, by both, and where there is which help."""

from __future__ import annotations

from itertools import groupby
from typing import cast

from django.utils.translation import gettext as _

from core.geo.countries import country_name
from core.spelling.collation import reading_key
from facts.names import names
from organizations.models import Organization
from verification.coordination.months import count_then
from verification.models import Coverage, MonthlyFigure, MonthlyPart
from workspace.coordination.presenters.figures import (
    COUNTS,
    SMALL,
    WITHHELD,
    measures,
    not_to_be_subtracted,
    number,
    table_row,
)
from workspace.coordination.sheets import SheetTable
from workspace.shared.texts import worded

_PART_COUNTS = ("listings", "fresh", "late", "level1", "level2", "level3")


def tables(*, sees_small: bool) -> dict[str, SheetTable]:
    """By code. Outsiders get no table by organisation, and none of single kinds: most of their numbers are small."""
    parts = list(MonthlyPart.objects.select_related("organization"))
    found = {"months": _months(sees_small=sees_small), "kinds": _kinds(parts, sees_small=sees_small)}
    if sees_small:
        found |= {"organizations": _organizations(parts), "parts": _parts(parts)}
    return found | {"coverage": _coverage(parts, sees_small=sees_small)}


def _months(*, sees_small: bool) -> SheetTable:
    """Every recorded month and country."""
    nines = [measure for measure in measures() if measure.nine]
    head = [_("Month"), _("Country"), _("Listings"), _("Confirmations"), _("Reports")]
    head += [_("Corrections"), _("Answered suggestions"), _("Decisions")]
    days, services = _("days"), _("services")
    head += [f"{m.title}, {m.unit or (services if m.counts else days)}" for m in measures()]
    nine = _("nine of ten, days")
    head += [f"{measure.title}, {nine}" for measure in nines]
    columns = ["name", *COUNTS, *(measure.code for measure in measures()), *(f"{m.code}_nine" for m in nines)]
    rows: list[list[object]] = []
    for month, figures in groupby(MonthlyFigure.objects.order_by("month", "country"), key=lambda row: row.month):
        told = [table_row(figure, sees_small=sees_small) for figure in figures]
        if not sees_small:
            not_to_be_subtracted(told)
        rows += [[f"{month:%Y-%m}", *(row[name] for name in columns)] for row in told]
    return SheetTable(_("Months"), head, rows)


def _part_head() -> list[str]:
    head = [_("Services"), _("Confirmed in time"), _("Date has passed"), _("Confirmed by the organisation itself")]
    return [*head, _("Checked by another organisation"), _("Visited, or documents seen"), _("How much they say, %")]


def _kinds(parts: list[MonthlyPart], *, sees_small: bool) -> SheetTable:
    groups = names().tree
    mine = [part for part in parts if part.kind in groups and not part.country and not part.organization_id]
    rows: list[list[object]] = []
    for month, found in groupby(mine, key=lambda part: part.month):
        told = [_told(part, sees_small=sees_small) for part in found]
        if not sees_small:
            not_to_be_subtracted(told, _PART_COUNTS)
        rows += [[f"{month:%Y-%m}", *row.values()] for row in told]
    return SheetTable(_("Kinds of help"), [_("Month"), _("Kind of help"), *_part_head()], rows)


def _told(part: MonthlyPart, *, sees_small: bool) -> dict[str, object]:
    counts = {name: _count(part, name, sees_small=sees_small) for name in _PART_COUNTS}
    said = part.completeness if sees_small or part.listings >= SMALL else None
    return {"country": names().name("service", part.kind), **counts, "said": said}


def _count(part: MonthlyPart, name: str, *, sees_small: bool) -> int | str:
    count = count_then(part, name)
    return _("unknown") if count is None else number(count, sees_small)


def _organizations(parts: list[MonthlyPart]) -> SheetTable:
    """By month, then in the order of the alphabet: nobody is ranked."""
    mine = [part for part in parts if not part.kind and not part.country]
    told = [(part.month, worded(part.organization, "name"), part) for part in mine if part.organization]
    told.sort(key=lambda row: (row[0], reading_key(row[1])))
    rows: list[list[object]] = []
    for month, name, part in told:
        counts = [_count(part, code, sees_small=True) for code in _PART_COUNTS]
        rows.append([f"{month:%Y-%m}", name, *counts, part.completeness])
    return SheetTable(_("Organisations"), [_("Month"), _("Organisation"), *_part_head()], rows)


def _parts(parts: list[MonthlyPart]) -> SheetTable:
    """Each kind of help of each organisation in each country."""
    mine = [part for part in parts if part.kind and part.country and part.organization]
    told = [(part.month, worded(cast(Organization, part.organization), "name"), part) for part in mine]
    order = [kind for group, kinds in names().tree.items() for kind in (group, *kinds)]
    place = {kind: number for number, kind in reversed(list(enumerate(order)))}
    told.sort(key=lambda row: (row[0], reading_key(row[1]), row[2].country, place.get(row[2].kind, len(place))))
    rows: list[list[object]] = []
    for month, name, part in told:
        counts = [_count(part, code, sees_small=True) for code in _PART_COUNTS]
        kind = names().name("service", part.kind)
        rows.append([f"{month:%Y-%m}", name, country_name(part.country), kind, *counts, part.completeness])
    head = [_("Month"), _("Organisation"), _("Country"), _("Kind of help"), *_part_head()]
    return SheetTable(_("Kinds by organisation"), head, rows)


def _coverage(parts: list[MonthlyPart], *, sees_small: bool) -> SheetTable:
    rows = []
    for part in (part for part in parts if part.coverage):
        is_small = not sees_small and 0 < part.listings < SMALL
        value = WITHHELD if is_small or (part.listings == 0 and part.coverage == "unchecked" and not sees_small) else ""
        about = [f"{part.month:%Y-%m}", names().name("service", part.kind), country_name(part.country)]
        rows.append([*about, value or Coverage(part.coverage).label, number(part.listings, sees_small)])
    return SheetTable(_("Coverage"), [_("Month"), _("Kind of help"), _("Country"), _("Coverage"), _("Services")], rows)
