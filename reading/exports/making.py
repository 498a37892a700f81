"""Making a file: which forms there are, and whose rows go into which."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import IO

from directory.asking import queries
from directory.asking.filters import Filters
from directory.crossing.records import Audience
from directory.searching.search import search
from directory.shown.rows import ListingRow
from reading.asked import Asked
from reading.exports.about import About, about
from reading.exports.columns import Telling
from reading.exports.framing import FileFrame
from reading.exports.maps import frame_of_geojson, tell_geojson, write_gpx, write_kml
from reading.exports.tables import frame_of_csv, tell_csv
from reading.exports.workbooks import frame_of_xlsx, pack_xlsx, tell_xlsx

Writer = Callable[[IO[bytes], Iterable[ListingRow], Telling, About], None]


@dataclass(frozen=True)
class ToldLines:
    """A form whose rows are told one by one, and what stands around them. What a row says holds on any day.

    With `pack` the lines are a part of the file, which that function makes of them.
    """

    tell: Callable[[ListingRow, Telling], bytes]
    around: Callable[[About], FileFrame]
    pack: Callable[[IO[bytes], IO[bytes], About], None] | None = None

    def frame(self, asked: Asked, site: str) -> FileFrame:
        return self.around(about(asked.audience, asked.at, site))

    def write(self, file: IO[bytes], rows: Iterable[ListingRow], telling: Telling, about: About) -> None:
        lines = (self.tell(row, telling) for row in rows)
        if self.pack is None:
            self.around(about).write(file, lines)
            return
        with tempfile.TemporaryFile() as part:
            self.around(about).write(part, lines)
            part.seek(0)
            self.pack(file, part, about)


@dataclass(frozen=True)
class FileForm:
    """`leads_to_doors`: made of what everybody may know, whoever asks."""

    ending: str
    media_type: str
    write: Writer
    leads_to_doors: bool = False
    lines: ToldLines | None = None

    def audience(self, asking: Audience) -> Audience:
        return "public" if self.leads_to_doors else asking


_XLSX = ToldLines(tell_xlsx, frame_of_xlsx, pack_xlsx)
_CSV, _GEOJSON = ToldLines(tell_csv, frame_of_csv), ToldLines(tell_geojson, frame_of_geojson)
FORMS: Mapping[str, FileForm] = {
    one.ending: one
    for one in (
        FileForm("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _XLSX.write, lines=_XLSX),
        FileForm("csv", "text/csv; charset=utf-8", _CSV.write, lines=_CSV),
        FileForm("geojson", "application/geo+json", _GEOJSON.write, lines=_GEOJSON),
        FileForm("kml", "application/vnd.google-earth.kml+xml", write_kml, leads_to_doors=True),
        FileForm("gpx", "application/gpx+xml", write_gpx, leads_to_doors=True),
    )
}


@dataclass(frozen=True)
class WantedFile:
    """What somebody sees: their filters, their words, and conditions of the words that they took off."""

    filters: Filters
    query: str = ""
    off: Collection[str] = ()

    @property
    def is_everything(self) -> bool:
        return not self.query and self.filters == Filters()


def make(file: IO[bytes], form: FileForm, asked: Asked, wanted: WantedFile, site: str) -> None:
    """Write the file. However many rows there are, a thousand of them are held at once."""
    filters, hits = wanted.filters, None
    if wanted.query:
        found = search(asked.audience, wanted.query, filters, asked.at, asked.language, wanted.off)
        filters, hits = found.filters, found.hits
    rows = queries.everything(asked.audience, filters, asked.at, hits=hits)
    telling = Telling(asked.vocabulary, asked.audience, asked.at, site)
    form.write(file, rows, telling, about(asked.audience, asked.at, site))
