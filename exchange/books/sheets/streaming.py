"""Rows of an xlsx as they come, by expat: no tree is built of what somebody sends.

Rule: held at once are the row that is read and the texts that cells share, each cut to what a cell of a spreadsheet
holds, and all of them to what they take of memory. A file that is heavy in another way (a row of a million cells, a tag
of megabytes, one sheet that is named often) is refused while it is read.
"""

from __future__ import annotations

import posixpath
import re
import sys
import zipfile
from collections.abc import Callable, Iterator
from typing import Any, NoReturn
from xml.parsers import expat

from django.utils.translation import gettext as _
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from exchange.books.sheets.lines import LAST_LINE, MOST_COLUMNS, BookFault, TableCell, TableRow
from exchange.books.sheets.writing import CODES, LONGEST_CELL

#: Elements of the whole workbook, and cells of one row, as many as a spreadsheet has columns.
MOST_ELEMENTS, MOST_CELLS = 12_000_000, 16_384
#: Bytes of memory of the texts that cells share; sheets, parts, formats and styles (Excel has 65,490).
MOST_TEXTS, MOST_NAMED = 100_000_000, 100_000
_PLACE_IN_LIST = 8
#: Elements of a part that is none of rows or texts: Excel's 65,490 styles have a few each.
MOST_BESIDE = 500_000
#: A tag is no longer than this; expat holds it whole.
MOST_TAG = 1_000_000
_PIECE = 1 << 16
_PLACE = re.compile(r"([A-Z]{1,3})[0-9]+\Z")
_Attributes = dict[str, str]


def refuse() -> NoReturn:
    raise BookFault(_("This workbook is broken. Open it in Excel or LibreOffice and save it anew."))


class Xlsx:
    """What an xlsx says of its sheets; each of them is read when its rows are asked for."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive, self._left = archive, _Left()
        book = _Outline(archive, "xl/workbook.xml", self._left)
        targets = _Outline(archive, "xl/_rels/workbook.xml.rels", self._left).targets
        self._epoch = CALENDAR_MAC_1904 if book.counts_from_1904 else CALENDAR_WINDOWS_1900
        self.parts = {name: targets[key][1] for name, key in book.sheets if key in targets}
        if len(set(self.parts.values())) < len(self.parts):
            refuse()
        beside = {kind.rpartition("/")[2]: path for kind, path in targets.values()}
        self._texts = _Texts(archive, beside.get("sharedStrings", ""), self._left).found
        self._days = _Outline(archive, beside.get("styles", ""), self._left).days

    def rows(self, name: str) -> Iterator[TableRow]:
        """Rows with anything in them, and every one of the head. Raises BookFault."""
        reader, last = _Rows(self._texts, self._days, self._epoch, self._left), 0
        for _piece in reader.read(self._archive, self.parts[name]):
            for row in reader.taken():
                for empty in range(last + 1, min(row.number, CODES + 1)):
                    yield TableRow(empty, [])
                if row.number > LAST_LINE:
                    return
                last = row.number
                yield row
            if reader.is_past_the_end:
                return


class _Left:
    """How many elements of the workbook may still come."""

    def __init__(self) -> None:
        self._elements = MOST_ELEMENTS

    def count(self) -> None:
        self._elements -= 1
        if self._elements < 0:
            refuse()


class _XmlReader:
    """Elements by their names without a prefix; `opened` and `closed` hear of them, `said` of texts."""

    def __init__(self, left: _Left) -> None:
        self._left = left
        self._parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._count
        parser.EndElementHandler = lambda name: self.closed(_bare(name))
        parser.CharacterDataHandler = self.said
        parser.StartDoctypeDeclHandler = lambda *_told: refuse()

    def read(self, archive: zipfile.ZipFile, part: str) -> Iterator[None]:
        """Piece by piece. What is not there has nothing in it."""
        if not part or part not in archive.namelist():
            return
        fed = 0
        with archive.open(part) as content:
            while piece := content.read(_PIECE):
                self._parser.Parse(piece)
                fed += len(piece)
                if fed - self._parser.CurrentByteIndex > MOST_TAG:
                    refuse()
                yield
            self._parser.Parse(b"", True)
        yield

    def _count(self, name: str, attributes: _Attributes) -> None:
        self._left.count()
        self.opened(_bare(name), attributes)

    def opened(self, name: str, attributes: _Attributes) -> None: ...

    def closed(self, name: str) -> None: ...

    def said(self, text: str) -> None: ...


class _Outline(_XmlReader):
    """What is small: names of sheets, where parts lie, and the formats that mean a day or a time."""

    def __init__(self, archive: zipfile.ZipFile, part: str, left: _Left) -> None:
        super().__init__(left)
        self.sheets: list[tuple[str, str]] = []
        self.targets: dict[str, tuple[str, str]] = {}
        self.counts_from_1904 = False
        #: Whether the style of a cell means a length of time and not a day; other styles are not here.
        self.days: dict[int, bool] = {}
        self._formats: dict[str, str] = {}
        self._styles, self._is_of_cells, self._named, self._beside = 0, False, 0, 0
        for _piece in self.read(archive, part):
            pass

    def opened(self, name: str, attributes: _Attributes) -> None:
        self._named += name in ("sheet", "Relationship", "numFmt") or (name == "xf" and self._is_of_cells)
        self._beside += 1
        if self._named > MOST_NAMED or self._beside > MOST_BESIDE:
            refuse()
        if name == "sheet":
            key = next((value for key, value in attributes.items() if _bare(key) == "id"), "")
            self.sheets.append((attributes.get("name", ""), key))
        elif name == "workbookPr":
            self.counts_from_1904 = attributes.get("date1904") in ("1", "true")
        elif name == "Relationship":
            path = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", ""))).lstrip("/")
            self.targets[attributes.get("Id", "")] = (attributes.get("Type", ""), path)
        elif name == "numFmt":
            self._formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._is_of_cells = True
        elif name == "xf" and self._is_of_cells:
            self._style(attributes.get("numFmtId", "0"))

    def _style(self, number: str) -> None:
        told = self._formats.get(number) or BUILTIN_FORMATS.get(int(number) if number.isdecimal() else 0, "General")
        if is_date_format(told):
            self.days[self._styles] = bool(is_timedelta_format(told))
        self._styles += 1

    def closed(self, name: str) -> None:
        if name == "cellXfs":
            self._is_of_cells = False


class _Spoken(_XmlReader):
    """Text that stands in elements `t`; how it is to be read aloud (`rPh`) is none of it."""

    _TAKES: tuple[str, ...] = ("t",)

    def __init__(self, left: _Left) -> None:
        super().__init__(left)
        self._is_taking = self._is_aloud = False
        self._pieces: list[str] = []
        self._room = LONGEST_CELL

    def opened(self, name: str, attributes: _Attributes) -> None:
        if name in self._TAKES:
            self._is_taking = not self._is_aloud
        elif name == "rPh":
            self._is_aloud = True

    def closed(self, name: str) -> None:
        if name in self._TAKES:
            self._is_taking = False
        elif name == "rPh":
            self._is_aloud = False

    def said(self, text: str) -> None:
        if self._is_taking and self._room > 0:
            self._pieces.append(text[: self._room])
            self._room -= len(text)

    def take(self) -> str:
        found = "".join(self._pieces)
        self._pieces.clear()
        self._room = LONGEST_CELL
        return found


class _Texts(_Spoken):
    """The texts that cells share."""

    def __init__(self, archive: zipfile.ZipFile, part: str, left: _Left) -> None:
        super().__init__(left)
        self.found: list[str] = []
        self._room_of_all = MOST_TEXTS
        for _piece in self.read(archive, part):
            pass

    def closed(self, name: str) -> None:
        super().closed(name)
        if name == "si":
            text = self.take()
            self._room_of_all -= sys.getsizeof(text) + _PLACE_IN_LIST
            if self._room_of_all < 0:
                refuse()
            self.found.append(text)


class _Rows(_Spoken):
    """Rows of one sheet, as many as the last piece has ended."""

    _TAKES = ("t", "v", "f")

    def __init__(self, texts: list[str], days: dict[int, bool], epoch: Any, left: _Left) -> None:
        super().__init__(left)
        self._texts, self._days, self._epoch = texts, days, epoch
        self._done: list[TableRow] = []
        self._cells: list[TableCell] = []
        self._number = self._place = self._in_row = 0
        #: Whether rows have begun that nobody reads: spreadsheets write a million empty ones behind the last.
        self.is_past_the_end = False
        self._kind = self._style = self._formula = ""
        self._is_formula = False

    def taken(self) -> list[TableRow]:
        done, self._done = self._done, []
        return done

    def opened(self, name: str, attributes: _Attributes) -> None:
        if name == "c":
            self._begin(attributes)
        elif name == "row":
            told = attributes.get("r", "")
            self._number = int(told) if told.isdecimal() and len(told) < 9 else self._number + 1
            self._cells, self._place, self._in_row = [], 0, 0
            self.is_past_the_end = self.is_past_the_end or self._number > LAST_LINE
        else:
            super().opened(name, attributes)

    def _begin(self, attributes: _Attributes) -> None:
        found = _PLACE.match(attributes.get("r", ""))
        self._place = _column(found[1]) if found else self._place + 1
        self._in_row += 1
        if self._place > MOST_CELLS or self._in_row > MOST_CELLS:
            refuse()
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
        self._formula, self._is_formula = "", False
        self.take()

    def closed(self, name: str) -> None:
        super().closed(name)
        if name == "c":
            if self._place <= MOST_COLUMNS:
                self._keep(f"={self._formula}" if self._is_formula else self._value(self.take()))
        elif name == "f":
            self._formula, self._is_formula = self.take(), True
        elif name == "row" and (self._number <= CODES or any(cell.text for cell in self._cells)):
            self._done.append(TableRow(self._number, self._cells))

    def _keep(self, text: str) -> None:
        cells = self._cells
        while len(cells) < self._place:
            cells.append(_EMPTY)
        cells[self._place - 1] = TableCell(text, self._is_formula)

    def _value(self, told: str) -> str:
        """As people see it: a number without the dot that a spreadsheet adds, a day without its midnight."""
        if self._kind == "s":
            return _clean(self._texts[int(told)]) if told.isdecimal() and int(told) < len(self._texts) else ""
        if self._kind == "b":
            return str(told == "1")
        if self._kind != "n":
            return _clean(told).removesuffix("T00:00:00") if self._kind == "d" else _clean(told)
        return self._number_of(told.strip())

    def _number_of(self, told: str) -> str:
        if not told:
            return ""
        value = float(told)
        style = int(self._style) if self._style.isdecimal() else 0
        if style in self._days:
            return _day(value, self._epoch, is_length=self._days[style])
        if abs(value) < 10**15 and value.is_integer():
            return str(int(value))
        return told if told.lstrip("-").isdecimal() else str(value)


_EMPTY = TableCell("")


def _day(value: float, epoch: Any, *, is_length: bool) -> str:
    try:
        found = from_excel(value, epoch, timedelta=is_length)
    except (OverflowError, ValueError):
        return "#VALUE!"
    iso: Callable[[], str] | None = getattr(found, "isoformat", None)
    return iso().removesuffix("T00:00:00") if iso else str(found)


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _bare(name: str) -> str:
    return name.rpartition(":")[2] if ":" in name else name


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
