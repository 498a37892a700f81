"""What is missing, as the members' map lays it over the countries: how each cell stands, and no number at all.

Rule: the cells are those of the matrix for everybody. An address is the cell's page, where small numbers are hidden;
the answer says of no cell how many listings are behind it, so there is no small number in it to hide.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.requests import SignedInRequest
from core.geo import outlines
from core.geo.countries import country_name
from core.spelling.collation import reading_key
from facts.names import names
from network.gaps.cells import LEFT_OUT, Matrix, matrix
from workspace.coordination.doors import network_page
from workspace.network.gaps.presenter import address, legend

#: Latitude and longitude.
Spot = tuple[float, float]


@network_page
@require_GET
def layer(request: SignedInRequest) -> HttpResponse:
    """Kinds of help by section, each with its state in each country; countries with the point where a sign stands."""
    cut = matrix(names())
    told = {
        "states": legend(),
        "countries": _countries(cut.countries),
        "sections": _sections(cut),
        "cell": f"{reverse('workspace:network-gap-cell')}?{address(('KIND', 'COUNTRY', '', '', ''))}",
    }
    return JsonResponse(told)


def _countries(codes: Iterable[str]) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = [{"code": code, "name": country_name(code), "at": middle(code)} for code in codes]
    return sorted(rows, key=lambda row: reading_key(str(row["name"])))


def _sections(cut: Matrix) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for top, kinds in names().tree.items():
        inside = [kind for kind in kinds if kind in cut.kinds]
        if top == LEFT_OUT or not inside:
            continue
        rows = [
            {
                "code": kind,
                "name": names().name("service", kind),
                "cells": {code: cut.cell(kind, code).state.value for code in cut.countries},
            }
            for kind in inside
        ]
        found.append({"name": names().name("service", top), "kinds": rows})
    return found


def middle(country: str) -> Spot | None:
    """Where the map writes the country's name; the middle of its largest part where it writes none."""
    if country in _written():
        return _written()[country]
    parts = outlines.boxes(country)
    if not parts:
        return None
    west, south, east, north = max(parts, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]))
    return (south + north) / 2, (west + east) / 2


@cache
def _written() -> dict[str, Spot]:
    rows = json.loads(Path(str(finders.find("basemap/labels.json"))).read_text(encoding="utf-8"))["countries"]
    return {row["code"]: (row["lat"], row["lon"]) for row in rows}
