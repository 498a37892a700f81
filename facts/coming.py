"""Where a service comes to, and where it stops, in words for those who keep and check it."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from core.geo.shapes import drawn, size_of
from directory.coming.areas import told
from directory.crossing.content import AreaJson, StopJson
from directory.vocabulary import localised
from facts.hours import open_lines
from reading.presenters.coming import name_of


def area_lines(parts: Iterable[AreaJson]) -> list[str]:
    """One line a part."""
    return [_part(part) for part in parts]


def stop_lines(stops: Iterable[StopJson]) -> list[str]:
    """One line a stop, with its point and its times."""
    return [
        _("%(stop)s (%(point)s): %(times)s")
        % {
            "stop": localised(stop["name"]),
            "point": f"{stop['lat']:.5f}, {stop['lon']:.5f}",
            "times": "; ".join(open_lines(stop["hours"])),
        }
        for stop in stops
    ]


def _part(part: AreaJson) -> str:
    shown = told(part)
    name = name_of(shown) if shown else part.get("code", "")
    if part["kind"] == "polygon":
        return _("%(area)s: %(size)d km²") % {"area": name, "size": round(size_of(drawn(part["ring"])))}
    if part["kind"] == "circle" and not part.get("code"):
        return _("%(circle)s around the place") % {"circle": name}
    return name
