"""Refused cells, mended on the page of a plan: the plan is made anew of the same rows, with these cells in their place.

Rule: only a cell that was refused can be written there; whatever else stood in the file stays as it came.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import override

from exchange.books.entries import BookEntry
from exchange.books.sheets.columns import sheets
from exchange.books.sheets.lines import BookLine, Read
from exchange.books.sheets.refused import refused_language

#: Signs of one mended cell.
LONGEST = 10_000


def refused_cells(entry: BookEntry) -> list[tuple[str, str]]:
    """(code of the column, what stands there) of the cells that a refused row can be mended in, each once."""
    at = {letter: code for code, letter in entry.cells.items() if letter}
    codes = dict.fromkeys(at[fault["cell"]] for fault in entry.faults if fault["cell"] in at)
    return [(code, entry.texts.get(code, "")) for code in codes] if entry.texts else []


def name_of(entry: BookEntry, code: str) -> str:
    """How a cell is called in the form."""
    return f"cell-{entry.sheet}-{entry.line}-{code}"


def mended(entries: list[BookEntry], cells: Mapping[str, str]) -> Read:
    """The rows of a plan as they were read, with the mended cells."""
    language = refused_language(entries) or next((entry.language for entry in entries), "")
    with override(language):
        found = sheets()
    lines: dict[str, list[BookLine]] = {}
    for entry in sorted(entries, key=lambda each: each.line):
        texts = dict(entry.texts)
        for code, now in refused_cells(entry) if entry.verdict == "refused" else ():
            texts[code] = cells.get(name_of(entry, code), now).replace("\r\n", "\n").strip()[:LONGEST]
        columns = {code: cell.rstrip("0123456789") for code, cell in entry.cells.items()}
        lines.setdefault(entry.sheet, []).append(BookLine(entry.line, texts, columns, _formulas(entry, texts)))
    return Read(language, found, lines, is_part=True)


def _formulas(entry: BookEntry, texts: Mapping[str, str]) -> frozenset[str]:
    """A formula stays one until somebody has written something else in its place, and what is written may be none."""
    kept = {code for code in entry.formulas if texts.get(code) == entry.texts.get(code)}
    return frozenset(kept | {code for code, text in texts.items() if text.startswith("=")})


def keep_answers(before: list[BookEntry], now: list[BookEntry]) -> None:
    """What somebody has said of a row holds for it still."""
    said = {(entry.sheet, entry.line): entry.answer for entry in before if entry.answer == "other"}
    for entry in now:
        entry.answer = said.get((entry.sheet, entry.line), "")
