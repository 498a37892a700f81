"""Before an import makes a listing that is probably there already, it asks: the row waits until somebody has looked.

Rows of one source are told apart by their own identifiers, so they are not compared with each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from django.contrib.gis.geos import Point
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.languages import column_names
from exchange.importing.translating.mapping import Wanted
from services.models import ServiceAtLocation
from verification.coordination.alike.finding import AT_ONCE, Finder, look
from verification.coordination.alike.rule.likeness import Sketch
from verification.coordination.alike.sketches import handles_in, phones_in, sites_in

Values = Mapping[str, object]


class Asker:
    """Asks about every row that would make something new; with `is_sure` somebody has looked, and nothing is asked."""

    def __init__(self, source: str, *, is_sure: bool) -> None:
        self._source, self._is_sure = source, is_sure
        self._has_looked = is_sure
        self._finder, self._twins = Finder(), dict[str, int]()

    def look_up(self, several: Sequence[Wanted]) -> None:
        """Look for what these new rows are like, all of them together, and forget the rows before."""
        self._twins = {}
        if self._is_sure or not several:
            return
        while not self._has_looked:  # what is new of ours is known first
            self._has_looked = look() < AT_ONCE
        found = self._finder.like_each([_sketch(wanted) for wanted in several], not_of=self._source)
        for wanted, alike in zip(several, found, strict=True):
            if alike:
                self._twins[wanted.key] = alike[0].listing

    def ask(self, wanted: Wanted) -> None:
        """A ValidationError that names the likeliest one, when the row is probably there already."""
        if key := self._twins.get(wanted.key):
            twin = ServiceAtLocation.objects.select_related("service__organization").get(pk=key)
            words = {"title": twin.service.title, "organization": twin.service.organization.name}
            question = _("This is probably there already: “%(title)s”, %(organization)s. Import it as another one?")
            raise ValidationError(question % words)


def _sketch(wanted: Wanted) -> Sketch:
    place: Values = wanted.location or {}
    point = cast("Point | None", place.get("point"))
    ways = [(str(way.get("channel", "")), str(way.get("value", ""))) for way in wanted.contacts]
    return Sketch(
        kind="listing",
        names=_texts(wanted.service, "title"),
        owners=_texts(wanted.organization, "name"),
        types=frozenset(cast("list[str]", wanted.service.get("types") or [])),
        groups=frozenset(cast("dict[str, str]", wanted.service.get("groups") or {})),
        country=str(place.get("country") or wanted.listing.get("remote_country") or ""),
        cities=_texts(place, "city"),
        addresses=_texts(place, "address"),
        point=(point.x, point.y) if point else None,
        is_remote=wanted.location is None,
        phones=phones_in(ways),
        handles=handles_in(ways),
        mails=frozenset(value.lower() for channel, value in ways if channel == "email"),
        sites=sites_in([str(wanted.organization.get("website") or "")]),
    )


def _texts(values: Values, name: str) -> tuple[str, ...]:
    return tuple(str(values[column]) for column in column_names(name) if values.get(column))
