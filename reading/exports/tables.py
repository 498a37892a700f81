"""CSV for programs. No cell of it is run by a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from django.utils.translation import gettext as _

from core.files.sheets import cell
from directory.shown.rows import ListingRow
from reading.exports.about import About
from reading.exports.columns import COLUMNS, Telling, definitions, told
from reading.exports.framing import FileFrame


def frame_of_csv(about: About) -> FileFrame:
    """Every line but the first is a listing. Licence and day stand in each, the definitions in the first one."""
    explained = "\n".join(
        [*about.notes, _apostrophe(), *(f"{code}: {head}. {said}" for code, head, said in definitions())]
    )
    return FileFrame(
        b"\xef\xbb\xbf" + _line([*(column.code for column in COLUMNS), "licence", "as_of", "about"]),
        b"," + _line([about.licence, about.as_of, explained]),
        b"," + _line([about.licence, about.as_of, ""]),
        b"",
        b"",
    )


def tell_csv(row: ListingRow, telling: Telling) -> bytes:
    return _line(map(cell, told(row, telling)))[:-2]


def _line(values: Iterable[object]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerow(values)
    return text.getvalue().encode()


def _apostrophe() -> str:
    return _("An apostrophe before +, =, - or @ keeps a spreadsheet from taking a text for a formula.")
