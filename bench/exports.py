"""Files of everything beside a raw COPY of the same rows: the very first one, the first one after some rows changed,
and one that is kept for its revision."""

from __future__ import annotations

import statistics
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from functools import partial
from typing import IO, Any

from django.db import connection
from django.test.utils import override_settings

from directory.asking.filters import Filters
from directory.index.making.copying import TABLES
from directory.stores.store import bump_revision
from directory.tables.listings import PublicListing
from reading.asked import Asked
from reading.exports.files import exported
from reading.exports.making import FORMS, FileForm, WantedFile, make

SITE = "https://map.example"
_MEASURED = ("csv", "geojson", "kml", "xlsx")


def measured(rounds: int, say: Callable[[str], None]) -> dict[str, Any]:
    """Seconds, the share of COPY's speed, and what was held at once at most."""
    asked, told = Asked.now("public"), {}
    for ending in _MEASURED:
        form, pairs = FORMS[ending], []
        for _round in range(rounds):
            pairs.append((_seconds(_copy), _seconds(partial(_make, form=form, asked=asked))))
        copied, made = (statistics.median(side) for side in zip(*pairs, strict=True))
        told[ending] = {
            "ours_s": round(made, 2),
            "copy_s": round(copied, 2),
            "of_copy": round(statistics.median(one / other for one, other in pairs), 3),
            "held_mb": round(_held(form, asked), 1),
        }
    for ending, later in _later(asked, rounds).items():
        told[ending] |= later
        say(f"export {ending}: {told[ending]}")
    return told


def _seconds(write: Callable[[IO[bytes]], object]) -> float:
    with tempfile.TemporaryFile() as file:
        began = time.perf_counter()
        write(file)
        return time.perf_counter() - began


def _make(file: IO[bytes], form: FileForm, asked: Asked) -> None:
    make(file, form, asked, WantedFile(Filters()), SITE)


def _copy(file: IO[bytes]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {TABLES['public']} TO STDOUT (FORMAT csv)") as pieces:
        for piece in pieces:
            file.write(piece)


def _later(asked: Asked, rounds: int) -> dict[str, dict[str, float]]:
    """COPY's seconds in those of the file of the next revision, by turns, and of one that lies there: every form in one
    folder, as people ask for them."""
    forms = [FORMS[ending] for ending in _MEASURED]
    pairs: dict[str, list[tuple[float, float]]] = {form.ending: [] for form in forms}
    with tempfile.TemporaryDirectory() as folder, override_settings(EXPORTS_DIR=folder):
        for form in forms:
            _read(form, asked)
        for _round in range(rounds):
            _change()
            for form in forms:
                copied, began = _seconds(_copy), time.perf_counter()
                exported(form, asked, WantedFile(Filters()), SITE).close()
                pairs[form.ending].append((copied, time.perf_counter() - began))
        copied = _seconds(_copy)
        return {
            form.ending: {
                "kept_of_copy": round(copied / _read(form, asked), 2),
                "changed_s": round(statistics.median(own for _copied, own in pairs[form.ending]), 3),
                "changed_of_copy": round(statistics.median(copied / own for copied, own in pairs[form.ending]), 3),
            }
            for form in forms
        }


def _read(form: FileForm, asked: Asked) -> float:
    """Seconds of opening and reading it."""
    began = time.perf_counter()
    with exported(form, asked, WantedFile(Filters()), SITE) as file:
        while file.read(65536):
            pass
    return time.perf_counter() - began


def _change() -> None:
    """Ten rows are published anew, and the revision moves as it does then."""
    some = PublicListing.objects.order_by("?").values("pk")[:10]
    PublicListing.objects.filter(pk__in=list(some.values_list("pk", flat=True))).update(waiting="days")
    bump_revision()


def _held(form: FileForm, asked: Asked) -> float:
    """Megabytes of Python's own."""
    tracemalloc.start()
    try:
        with tempfile.TemporaryFile() as file:
            _make(file, form, asked)
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()
