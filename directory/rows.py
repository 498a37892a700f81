"""A row of the directory as screens read it."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from directory.records import ListingShape


@dataclass(frozen=True)
class ListingRow(ListingShape):
    """What a record says, with the family of its types, and where its pin stands instead of a geometry.

    `distance_km` is measured from the place of the question, None where it names none or the row has no point; `reach`
    is a position in `ordering.REACHES`, None where it names none; `is_abroad` says that a border lies between.
    """

    family: str
    lon: float | None
    lat: float | None
    distance_km: float | None
    reach: int | None
    is_abroad: bool

    @classmethod
    def read(cls, values: Sequence[object]) -> ListingRow:
        """The row with these values of COLUMNS, all set at once: one by one takes twice as long."""
        row = cls.__new__(cls)
        vars(row).update(zip(COLUMNS, values, strict=True))
        return row


#: In the order of ListingRow. Never the geometry itself: parsing it costs more than the rest of the row.
COLUMNS = tuple(field.name for field in dataclasses.fields(ListingRow))
