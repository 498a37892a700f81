"""How listings stood in a month that is over: by kind of help and by organisation, each number with its rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.spelling.collation import reading_key
from facts.names import names
from verification.coordination.listings import Which
from verification.coordination.months import count_then, is_told_whole, organizations_then, parts_then
from verification.models import MonthlyPart
from workspace.coordination.presenters.figures import SMALL
from workspace.coordination.presenters.truth import STANDING, Figure, figure, without_single_small
from workspace.shared.texts import worded

if TYPE_CHECKING:
    import datetime as dt

    from organizations.models import Organization


def standing_then(
    month: dt.date, country: str, group: str, organization: Organization | None, *, sees_small: bool
) -> dict[str, object]:
    """Two tables. `kinds_unknown` and `organizations_unknown`: the month was not written down so finely."""
    is_whole = is_told_whole(month)
    return {
        "kinds": _kinds(month, country, group, organization, sees_small=sees_small),
        "kinds_unknown": not is_whole and bool(group or organization),
        "organizations": _organizations(month, country) if sees_small else [],
        "organizations_unknown": not is_whole and bool(country),
    }


def _kinds(
    month: dt.date, country: str, group: str, organization: Organization | None, *, sees_small: bool
) -> list[dict[str, object]]:
    """The groups in the order of the vocabulary, or the kinds of one group."""
    asked = Which(country=country, organization=organization.pk if organization else None)
    found = {part.kind: part for part in parts_then(month, asked)}
    about = {"country": country, "organization": organization.slug if organization else ""}
    tree = names().tree
    rows = [
        _line(names().name("service", kind), found[kind], about | {"kind": kind}, sees_small=sees_small)
        | {"code": kind, "drills": not group and bool(tree.get(kind))}
        for kind in (tree.get(group, []) if group else tree)
        if kind in found and found[kind].listings
    ]
    return rows if sees_small else without_single_small(rows)


def _organizations(month: dt.date, country: str) -> list[dict[str, object]]:
    """In the order of the alphabet: nobody is ranked."""
    rows = []
    for part in organizations_then(month, country):
        if part.organization and part.listings:
            about = {"country": country, "organization": part.organization.slug}
            name = worded(part.organization, "name")
            rows.append(_line(name, part, about, sees_small=True) | {"organization": part.organization.slug})
    return sorted(rows, key=lambda row: reading_key(str(row["name"])))


def _line(name: str, part: MonthlyPart, about: Mapping[str, str], *, sees_small: bool) -> dict[str, object]:
    where = {**about, "month": f"{part.month:%Y-%m}"}
    told = {of: _figure(count_then(part, of), of, where, sees_small=sees_small) for of in STANDING}
    small = part.listings < SMALL and not sees_small
    return {"name": name, **told, "said": None if small else part.completeness}


def _figure(count: int | None, of: str, about: Mapping[str, str], *, sees_small: bool) -> Figure:
    if count is None:
        return Figure(_("unknown"))
    return figure(count, of, about, opens=sees_small, sees_small=sees_small)
