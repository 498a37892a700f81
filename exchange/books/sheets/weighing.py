"""What a tree of somebody's XML would weigh, told before a library builds it.

Rule: a reader throws a row away when it ends, so what counts is the heaviest row, and everything that is in none. What
is called a row elsewhere than where rows are read would stay, so there is an end to elements at all, too.
"""

from __future__ import annotations

import zipfile
from xml.parsers import expat

from django.utils.translation import gettext as _

from exchange.books.sheets.lines import LAST_LINE, BookFault

#: Elements of one row (a spreadsheet has 16,384 columns), outside of rows, rows of one part, and signs of a tag.
MOST_IN_ROW, MOST_BESIDE, MOST_ROWS, MOST_TAG = 100_000, 300_000, LAST_LINE, 1_000_000
#: Elements of one part: 5,000 rows of 120 columns have 1.8 million of them. Rows of an ods are thrown away for sure.
MOST_ELEMENTS, MOST_OF_ODS = 2_500_000, 12_000_000
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#: What is thrown away as soon as it ends: rows of xlsx and ods, and texts that cells share.
_ROWS = {f"{_SHEET} row", f"{_SHEET} si", "urn:oasis:names:tc:opendocument:xmlns:table:1.0 table-row"}
ODS_ROWS = "content.xml"
_PIECE = 1 << 16


def weigh(archive: zipfile.ZipFile, part: str) -> None:
    """Raises BookFault. A part that cannot be read is its reader's to refuse; pictures are none at their first byte."""
    weight, parser, fed = _Weight(MOST_OF_ODS if part == ODS_ROWS else MOST_ELEMENTS), expat.ParserCreate(None, " "), 0
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler, parser.EndElementHandler = weight.opened, weight.closed
    try:
        with archive.open(part) as content:
            while piece := content.read(_PIECE):
                parser.Parse(piece)
                fed += len(piece)
                if fed - parser.CurrentByteIndex > MOST_TAG:
                    raise _fault()
    except expat.ExpatError:
        return


class _Weight:
    def __init__(self, most: int) -> None:
        self._left = most
        self._in_row = self._beside = self._rows = self._depth = 0

    def opened(self, name: str, _attributes: object) -> None:
        self._left -= 1
        if name in _ROWS:
            self._depth += 1
            self._rows += 1
        if self._depth:
            self._in_row += 1
        else:
            self._beside += 1
        if self._left < 0 or self._in_row > MOST_IN_ROW or self._beside > MOST_BESIDE or self._rows > MOST_ROWS:
            raise _fault()

    def closed(self, name: str) -> None:
        if name in _ROWS:
            self._depth -= 1
            if not self._depth:
                self._in_row = 0


def _refuse(*_told: object) -> None:
    raise _fault()


def _fault() -> BookFault:
    return BookFault(_("This workbook is broken. Open it in Excel or LibreOffice and save it anew."))
