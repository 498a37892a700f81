"""The matrix as rows of a table, and what stands beside one cell, in words."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from core.geo.countries import country_name
from core.phrasing.sentences import one_to_another
from directory.tables.topics import Topic
from facts.names import names
from network.gaps.cells import LEFT_OUT, GapCell
from network.gaps.models import SIGNS, Gap, GapState
from network.gaps.models.words import CellState
from workspace.network.gaps.asked import MatrixAsked, column_name

Place = tuple[str, str, str, str, str]
TONES = {
    CellState.YES: "ok",
    CellState.THIN: "warn",
    CellState.NONE: "danger",
    CellState.UNKNOWN: "stale",
    CellState.IMPOSSIBLE: "accent",
}
GAP_TONES = {GapState.OPEN: "warn", GapState.IN_WORK: "accent", GapState.CLOSED: "ok", GapState.PROPOSED: "warn"}


def legend() -> list[dict[str, str]]:
    """The five states with their signs, from the best."""
    means = {
        CellState.YES: _("two services or more, one of them checked in time, open to everybody and not full"),
        CellState.THIN: _("one alone, or unchecked, overdue, full, limited or for members only"),
        CellState.NONE: _("somebody has looked and found none"),
        CellState.UNKNOWN: _("nobody has looked: that is not “none”"),
        CellState.IMPOSSIBLE: _("the law does not allow it: the fact is linked"),
    }
    return [{**stated(state), "means": words} for state, words in means.items()]


def stated(state: CellState) -> dict[str, str]:
    return {"code": state.value, "sign": SIGNS[state], "word": str(state.label), "tone": TONES[state]}


def table(asked: MatrixAsked) -> list[dict[str, object]]:
    """Sections with their kinds; each kind has a cell for each column."""
    live = {_place_of(gap): gap for gap in Gap.objects.live()}
    base = reverse("workspace:network-gap-cell")
    found: list[dict[str, object]] = []
    for top, kinds in names().tree.items():
        inside = [kind for kind in kinds if kind in asked.cut.kinds]
        if top == LEFT_OUT or not inside or (asked.section and asked.section != top):
            continue
        rows = [
            {
                "name": names().name("service", kind),
                "cells": [_shown(asked, kind, one, live, base) for one in asked.shown],
            }
            for kind in inside
        ]
        found.append({"code": top, "name": names().name("service", top), "rows": rows})
    return found


def head(asked: MatrixAsked) -> list[dict[str, object]]:
    return [{"name": column_name(asked.view, one), "is_main": one == asked.main} for one in asked.shown]


def cell_at(asked: MatrixAsked, kind: str, one: str) -> tuple[GapCell, Place]:
    """The cell of a kind in a column, with what it is of: kind, country, group, other country, language."""
    cut = asked.cut
    if asked.view == "countries":
        return cut.cell(kind, one, asked.group), (kind, one, asked.group, "", "")
    if asked.view == "ways":
        return cut.way(kind, asked.country, one), (kind, asked.country, "", one, "")
    cell = cut.cell(kind, asked.country, one)
    return cell, (kind, asked.country, "", "", one) if asked.view == "languages" else (kind, asked.country, one, "", "")


def _shown(asked: MatrixAsked, kind: str, one: str, live: dict[Place, Gap], base: str) -> dict[str, object]:
    cell, place = cell_at(asked, kind, one)
    gap = live.get(place)
    return {
        **stated(cell.state),
        "url": f"{base}?{address(place)}",
        "is_main": one == asked.main,
        "column": column_name(asked.view, one),
        "gap": gap.stage.label if gap else "",
    }


def address(place: Place) -> str:
    named = zip(("kind", "country", "group", "to", "language"), place, strict=True)
    return urlencode({name: value for name, value in named if value})


def _place_of(gap: Gap) -> Place:
    return (gap.service_type, gap.country, gap.group, gap.to_country, gap.language)


def title_of(place: Place) -> str:
    """The kind of help, and of whom and where the cell speaks."""
    return names().name("service", place[0])


def about(place: Place) -> str:
    _kind, country, group, to_country, language = place
    if to_country:
        return one_to_another(country_name(country), country_name(to_country))
    parts = [country_name(country)]
    if group:
        parts.append(names().scheme("group")[group].short())
    if language:
        parts.append(names().name("language", language))
    return " · ".join(parts)


def gap_line(gap: Gap) -> dict[str, object]:
    place = _place_of(gap)
    return {
        "gap": gap,
        "title": title_of(place),
        "about": about(place),
        "stage": gap.stage.label,
        "tone": "danger" if gap.is_late else GAP_TONES.get(gap.stage, ""),
    }


def gap_lines(rows: Iterable[Gap]) -> list[dict[str, object]]:
    return [gap_line(gap) for gap in rows]


def place_of(gap: Gap) -> Place:
    return _place_of(gap)


def fact_of(cell: GapCell) -> str:
    return str(Topic(cell.fact).label) if cell.fact else ""
