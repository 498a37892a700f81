"""GeoJSON for programs and map software; KML and GPX for what leads people to doors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import IO
from xml.sax.saxutils import escape, quoteattr

import orjson
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE as NOT_IN_XML

from directory.shown.rows import ListingRow
from reading.exports.about import About
from reading.exports.columns import COLUMNS, Telling, Value, definitions, position, told
from reading.exports.framing import FileFrame

_CODES = tuple(column.code for column in COLUMNS)
#: What a navigator shows of a service, in this order.
_SAID = ("address", "hours", "phones", "contacts", "for_whom", "checked", "freshness")


def frame_of_geojson(about: About) -> FileFrame:
    """RFC 7946. What the file says of itself are foreign members of the collection (section 6.1)."""
    head = {
        "type": "FeatureCollection",
        "title": about.title,
        "attribution": about.network,
        "licence": about.licence,
        "as_of": about.as_of,
        "source": about.site,
        "notes": about.notes,
        "definitions": {code: f"{name}. {said}" for code, name, said in definitions()},
    }
    return FileFrame(orjson.dumps(head)[:-1] + b',"features":[\n', b"", b"", b",\n", b"\n]}\n")


def tell_geojson(row: ListingRow, telling: Telling) -> bytes:
    at = position(row)
    return orjson.dumps({
        "type": "Feature",
        "id": row.id,
        "geometry": {"type": "Point", "coordinates": at} if at else None,
        "properties": dict(zip(_CODES, told(row, telling), strict=True)),
    })  # fmt: skip


def write_kml(file: IO[bytes], rows: Iterable[ListingRow], telling: Telling, about: About) -> None:
    """KML 2.2, a placemark for each place."""
    file.write(
        '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
        f"<name>{_xml(about.title)}</name><description>{_xml(_explained(about))}</description>\n".encode()
    )
    for place in _doors(rows, telling):
        lon, lat = place.at
        file.write(
            f"<Placemark id={quoteattr('p' + place.id)}><name>{_xml(place.name)}</name>"
            f"<description>{_xml(place.said)}</description>"
            f'<ExtendedData><Data name="url"><value>{_xml(place.url)}</value></Data>'
            f'<Data name="kinds"><value>{_xml(place.kinds)}</value></Data></ExtendedData>'
            f"<Point><coordinates>{lon},{lat}</coordinates></Point></Placemark>\n".encode()
        )
    file.write(b"</Document></kml>\n")


def write_gpx(file: IO[bytes], rows: Iterable[ListingRow], telling: Telling, about: About) -> None:
    """GPX 1.1, a waypoint for each place."""
    file.write(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<gpx version="1.1" creator={quoteattr(_clean(about.network))} xmlns="http://www.topografix.com/GPX/1/1"><metadata>'
        f"<name>{_xml(about.title)}</name><desc>{_xml(_explained(about))}</desc>"
        f"<copyright author={quoteattr(_clean(about.network))}><year>{about.as_of[:4]}</year></copyright>"
        f"<link href={quoteattr(about.site)}/><time>{about.as_of}T00:00:00Z</time></metadata>\n".encode()
    )
    for place in _doors(rows, telling):
        lon, lat = place.at
        file.write(
            f'<wpt lat="{lat}" lon="{lon}"><name>{_xml(place.name)}</name><desc>{_xml(place.said)}</desc>'
            f"<link href={quoteattr(place.url)}/><type>{_xml(place.kinds)}</type></wpt>\n".encode()
        )
    file.write(b"</gpx>\n")


class Door:
    """A place whose door everybody may know, with what is offered there."""

    def __init__(
        self, rows: list[ListingRow], telling: Telling, at: tuple[float, float], heads: Mapping[str, str]
    ) -> None:
        each = [dict(zip(_CODES, told(row, telling), strict=True)) for row in rows]
        first = each[0]
        self.id, self.at = rows[0].place_id, at
        self.name = str(first["place"] or first["organization"] or first["title"])
        self.url = str(first["url"])
        self.kinds = "; ".join(dict.fromkeys(str(one["kinds"]) for one in each if one["kinds"]))
        self.said = "\n\n".join(_lines(one, heads) for one in each)


def _lines(values: dict[str, Value], heads: Mapping[str, str]) -> str:
    said = (f"{heads[code]}: {values[code]}" for code in _SAID if values[code])
    return "\n".join([str(values["title"]), *said])


def _doors(rows: Iterable[ListingRow], telling: Telling) -> Iterator[Door]:
    """Rows come place by place. What is told less exactly, or drives about, is no door."""
    heads = {code: head for code, head, _about in definitions()}
    exact = ((row, at) for row in rows if row.precision == "exact" and (at := position(row)))
    for _place_id, some in groupby(exact, key=lambda pair: pair[0].place_id):
        there = list(some)
        yield Door([row for row, _at in there], telling, there[0][1], heads)


def _explained(about: About) -> str:
    return "\n".join([f"{about.network}, {about.as_of}", about.licence, *about.notes])


def _clean(text: str) -> str:
    return NOT_IN_XML.sub("", text).replace("\ufffe", "").replace("\uffff", "")


def _xml(text: str) -> str:
    return escape(_clean(text))
