"""Placemarks of a KML file, or of a KMZ archive with one inside: what maps of other companies are saved as.

Rule: a placemark is a row with flat names: `name`, `description`, `address`, `phone`, `folder`, `lon`, `lat` and
whatever the map's owner called their own columns. Nothing is followed: a map that only points at another one is refused
in words, as is a file that declares entities.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from xml.etree import ElementTree

from django.utils.translation import gettext as _

from core.writing import clean_text
from exchange.importing.errors import FileFault
from exchange.importing.notes import Note
from exchange.importing.reading.rows import MAIN, Row, Source

KML = (".kml", ".kmz")
#: What an archive may become, and the placemarks that are read.
MOST_BYTES, MOST_PARTS, MOST_ROWS = 20_000_000, 500, 200_000
#: Elements in one another, and elements at all: no map has more, and each of them takes memory.
DEEPEST, MOST_ELEMENTS = 40, 1_000_000
#: Names of KML itself, in the order in which a table shows them.
OWN = ("name", "description", "address", "phone", "folder", "lon", "lat")
_TEXTS = {"name": "name", "address": "address", "phoneNumber": "phone"}
_BREAK = re.compile(r"<\s*(?:br|/p|/div|/li|/tr)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]{0,2000}>")
_LINES = re.compile(r"\s*\n\s*")


def read_kml(name: str, data: bytes) -> Source:
    """Every placemark; one without a point is a row without `lon` and `lat`. Raises FileFault."""
    text = _unpacked(name, data) if data[:2] == b"PK" else data
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text or b"\x00" in text:
        raise FileFault(_broken(name))
    try:
        reader = _Reader(name)
        for event, element in ElementTree.iterparse(io.BytesIO(text), ("start", "end")):  # noqa: S314  (no entities: see above)
            reader.take(event, element)
    except (ElementTree.ParseError, ValueError, LookupError, RecursionError) as error:
        raise FileFault(_broken(name)) from error
    if not reader.rows:
        raise FileFault(_only_a_link(name) if reader.links else _("%(file)s: the file is empty.") % {"file": name})
    notes = [_("The file points at other maps; they were not read.")] if reader.links else []
    columns = [*(one for one in OWN if one in reader.columns), *(one for one in reader.columns if one not in OWN)]
    return Source(reader.rows, notes=tuple(notes), columns=tuple(columns))


class _Reader:
    """Placemarks as their ends are met; whatever was read is forgotten."""

    def __init__(self, name: str) -> None:
        self.name, self.rows, self.links = name, list[Row](), 0
        self.columns: dict[str, None] = {}
        self._folders: list[str] = []
        self._way: list[str] = []
        self._count = 0

    def take(self, event: str, element: ElementTree.Element) -> None:
        tag = _tag(element)
        if event == "start":
            self._way.append(tag)
            self._count += 1
            if len(self._way) > DEEPEST or self._count > MOST_ELEMENTS:
                raise FileFault(_broken(self.name))
            self._folders += [""] if tag == "Folder" else []
            return
        self._way.pop()
        if tag == "Placemark":
            self._add(element)
        elif tag == "name" and self._way[-1:] == ["Folder"]:
            self._folders[-1] = _text(element)
        elif tag == "Folder":
            self._folders.pop()
        elif tag == "NetworkLink":
            self.links += 1
        if "Placemark" not in self._way:
            element.clear()

    def _add(self, element: ElementTree.Element) -> None:
        if len(self.rows) >= MOST_ROWS:
            message = _("%(file)s: more than %(most)d places are not read.")
            raise FileFault(message % {"file": self.name, "most": MOST_ROWS})
        data, faults = placemark(element)
        folder = " / ".join(filter(None, self._folders))
        data |= {"folder": folder} if folder else {}
        self.columns |= dict.fromkeys(data)
        self.rows.append(Row(len(self.rows) + 1, {MAIN: data}, tuple(faults)))


def placemark(element: ElementTree.Element) -> tuple[dict[str, str], list[Note]]:
    """The texts of a placemark by name, and what is wrong with its point."""
    data, faults = dict[str, str](), list[Note]()
    for child in element:
        if (own := _TEXTS.get(_tag(child))) and (text := _text(child)):
            data[own] = text
    own_columns = dict(_extended(element))
    for name, value in own_columns.items():
        data[f"{name} (2)" if name in OWN else name] = value
    if description := _described(element, own_columns):
        data["description"] = description
    found = _coordinates(element)
    if len(found) >= 2:
        data |= {"lon": found[0], "lat": found[1]}
    elif found:
        faults.append(Note("", _("A point was expected."), "Point", ",".join(found)))
    return data, faults


def _coordinates(element: ElementTree.Element) -> list[str]:
    """Of a point; a line or an area has none."""
    point = next((child for child in element.iter() if _tag(child) == "Point"), None)
    if point is None:
        return []
    text = next((child.text or "" for child in point if _tag(child) == "coordinates"), "")
    return [part.strip() for part in text.strip().split(",") if part.strip()]


def _extended(element: ElementTree.Element) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for child in element.iter():
        if _tag(child) == "Data":
            value = next((_text(one) for one in child if _tag(one) == "value"), "")
            found.append((" ".join(child.get("name", "").split()), value))
        elif _tag(child) == "SimpleData":
            found.append((" ".join(child.get("name", "").split()), _text(child)))
    return [(name, value) for name, value in found if name and value]


def _described(element: ElementTree.Element, own_columns: dict[str, str]) -> str:
    """The description without its markup, and without the lines that only repeat the owner's columns."""
    text = next((_raw(child) for child in element if _tag(child) == "description"), "")
    plain = clean_text(html.unescape(_TAG.sub("", _BREAK.sub("\n", text))), lines=True)
    repeated = {f"{name}: {' '.join(value.split())}" for name, value in own_columns.items()}
    lines = [line for line in _LINES.split(plain) if " ".join(line.split()) not in repeated]
    return "\n".join(lines).strip()


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _raw(element: ElementTree.Element) -> str:
    return "".join(element.itertext())


def _text(element: ElementTree.Element) -> str:
    return clean_text(_raw(element), lines=True)


def _unpacked(name: str, data: bytes) -> bytes:
    """The first KML of the archive, never more of it than may be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            inside = sorted(part.filename for part in parts if part.filename.lower().endswith(".kml"))
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
                message = _("%(file)s: unpacked it has more than %(most)d MB.")
                raise FileFault(message % {"file": name, "most": MOST_BYTES // 1_000_000})
            if not inside:
                raise FileFault(_("%(file)s: there is no KML in this archive.") % {"file": name})
            chosen = "doc.kml" if "doc.kml" in inside else inside[0]
            with archive.open(chosen) as part:
                return part.read(MOST_BYTES + 1)
    except FileFault:
        raise
    except Exception as error:
        # zipfile and zlib have many errors for what is broken inside, and no common one.
        raise FileFault(_broken(name)) from error


def _broken(name: str) -> str:
    return _("%(file)s: this KML is broken or declares what no map needs. Export the map anew.") % {"file": name}


def _only_a_link(name: str) -> str:
    message = _("%(file)s: this file only points at a map elsewhere. Export the map with all its data, as KML or KMZ.")
    return message % {"file": name}
