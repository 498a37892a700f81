"""A row of the directory as screens read it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.geo.distance import kilometres
from directory.coming.areas import covering
from directory.coming.stops import whereabouts
from directory.crossing.content import AreaShown
from directory.crossing.records import ListingShape
from directory.geometry import Near


@dataclass(frozen=True)
class ListingRow(ListingShape):
    """What a record says, with the family of its types, and where its pin stands instead of a geometry.

    `distance_km` is measured from the place of the question, None where it names none or the row has no point; `reach`
    is a position in `ordering.REACHES`, None where it names none; `is_abroad` says that a border lies between.
    `comes_by` is the part of its area that holds the place.
    """

    family: str
    lon: float | None
    lat: float | None
    distance_km: float | None
    reach: int | None
    is_abroad: bool
    comes_by: AreaShown | None

    @classmethod
    def read(cls, values: Sequence[object], at: dt.datetime, near: Near | None = None) -> ListingRow:
        """The row with these values of COLUMNS, all set at once: one by one takes twice as long."""
        row = cls.__new__(cls)
        vars(row).update(zip(COLUMNS, values, strict=True))
        by = covering(row.areas, near.lat, near.lon, near.codes) if near and row.areas else None
        vars(row)["comes_by"] = by
        if row.stops:
            vars(row).update(row._spot(at, near))
        return row

    def _spot(self, at: dt.datetime, near: Near | None) -> Mapping[str, float | None]:
        """Where a mobile point stands, and how far away that is."""
        stop = whereabouts(self.stops, self.country, self.timezone, at) or self.stops[0]
        lon, lat = stop["lon"], stop["lat"]
        away = kilometres((near.lat, near.lon), (lat, lon)) if near else None
        return {"lon": lon, "lat": lat, "distance_km": away}


#: In the order of ListingRow. Never the geometry itself: parsing it costs more than the rest of the row.
COLUMNS = tuple(field.name for field in dataclasses.fields(ListingRow) if field.name != "comes_by")
