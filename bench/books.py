"""A workbook of many rows up and down: `python -m bench.books [--rows 15000]`.

The table of `bench.imports` is imported; then an administrator takes everything as a workbook, brings it back as it is,
and brings it back with rows changed, which the worker writes and puts back. Every step is a process of its own and says
its time and the most memory that it had.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bench.imports import FOLDER, MAPPING, generate
from tools.local import environment
from tools.local.paths import ROOT
from tools.local.suite import database, manage_now

BOOK, CHANGED, NEW = (FOLDER / f"{name}.xlsx" for name in ("book", "changed", "new"))
#: Services whose title another hand has changed, as far as there are so many.
CHANGED_ROWS = "BENCH_CHANGED"


def out() -> str:
    """Everything as a workbook."""
    from exchange.books.rows import BookRows
    from exchange.books.sheets.columns import sheets
    from exchange.books.sheets.writing import write_book

    found = sheets()
    rows = BookRows(_administrator(), None)
    with BOOK.open("wb") as file:
        write_book(file, list(found.values()), {code: rows.of(sheet) for code, sheet in found.items()})
    return f"{BOOK.stat().st_size / 1e6:.1f} MB"


def back() -> str:
    """The same workbook, untouched."""
    return _planned(BOOK)


def change() -> str:
    """As somebody with a spreadsheet does it; not ours to measure."""
    from openpyxl import load_workbook

    book = load_workbook(BOOK)
    page = book.worksheets[0]
    column = next(cell.column for cell in page[2] if cell.value == "title")
    for row in range(3, min(page.max_row, int(os.environ[CHANGED_ROWS]) + 2) + 1):
        cell = page.cell(row, column)
        cell.value = f"{cell.value}, новое"
    book.save(CHANGED)
    return ""


def plan() -> str:
    return _planned(CHANGED)


def anew() -> str:
    """A workbook of as many new rows: services, their places, phones and where each is given."""
    from openpyxl import load_workbook

    book, most = load_workbook(BOOK), int(os.environ[CHANGED_ROWS]) // 4
    pages = [(page, [str(cell.value) for cell in page[2] if cell.value]) for page in book.worksheets[:4]]
    given = [
        [dict(zip(codes, row, strict=False)) for row in page.iter_rows(3, values_only=True)] for page, codes in pages
    ]
    listings = next(rows for rows in given if "service" in rows[0])[:most]
    wanted = {row[name] for row in listings for name in ("id", "service", "location")}
    for (page, codes), rows in zip(pages, given, strict=True):
        page.delete_rows(3, page.max_row)
        chosen = rows[:most] if "channel" in codes else [row for row in rows if row["id"] in wanted]
        for number, row in enumerate(chosen):
            page.append([_as_new(row, number).get(code) for code in codes])
    book.save(NEW)
    return ""


def _as_new(row: dict[str, object], number: int) -> dict[str, object]:
    new = {name: f"new-{row[name]}" for name in ("id", "service", "location") if row.get(name)}
    words = {"title": "Иное", "name": "Иной дом", "address": "пер. Иной", "value": "+995 32 3"}
    told = {name: f"{word}{number:06d}" for name, word in words.items() if name in row}
    return {**row, **new, **told, **({"location": None} if "channel" in row else {})}


def plan_new() -> str:
    return _planned(NEW)


def apply() -> str:
    from exchange.books import keeping, working
    from exchange.models import BookImport

    kept = BookImport.objects.latest("pk")
    keeping.apply(kept, kept.user, lambda key, language: None)
    working.work(kept.pk)
    return _state(kept.pk)


def undo() -> str:
    from exchange.books import keeping, working
    from exchange.models import BookImport

    kept = BookImport.objects.latest("pk")
    keeping.undo(kept, kept.user, lambda key, language: None)
    working.work(kept.pk)
    return _state(kept.pk)


def _planned(path: Path) -> str:
    from exchange.books import keeping

    with path.open("rb") as file:
        kept = keeping.plan(_administrator(), file, path.stat().st_size)
    return _state(kept.pk)


def _state(key: int) -> str:
    from exchange.books.working import entries_of
    from exchange.models import BookImport

    kept = BookImport.objects.get(pk=key)
    refused = sum(entry.verdict == "refused" for entry in entries_of(kept))
    return f"{kept.state}, {len(kept.rows)} rows, {kept.same} as they were, {refused} refused"


def _administrator():  # type: ignore[no-untyped-def]  # a person who signs in
    from accounts.models import NetworkRole, User

    found = User.objects.filter(network_role=NetworkRole.ADMINISTRATOR).first()
    return found or User.objects.create(email="bench@example.org", network_role=NetworkRole.ADMINISTRATOR)


STEPS: dict[str, Callable[[], str]] = {
    "out": out, "back": back, "change": change, "plan": plan, "apply": apply, "undo": undo,
    "anew": anew, "plan_new": plan_new, "apply_new": apply,
}  # fmt: skip


def step(name: str) -> None:
    import django

    django.setup()
    began = time.monotonic()
    said = STEPS[name]()
    busy = resource.getrusage(resource.RUSAGE_SELF)
    print(  # noqa: T201
        f"{name:<9} {time.monotonic() - began:6.1f} s  processor {busy.ru_utime + busy.ru_stime:6.1f} s  "
        f"most memory {busy.ru_maxrss // 1024} MB  {said}",
        flush=True,
    )


def measure(rows: int, changed: int) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "mapping.yml").write_text(MAPPING, encoding="utf-8")
    generate(FOLDER / "table.csv", rows)
    with database() as cluster:
        if cluster is None:
            raise SystemExit("This measures in the private cluster; DATABASE_URL names another.")
        cluster.drop_database("bench")
        cluster.create_database("bench")
        try:
            for words in (
                ("migrate", "--no-input", "--verbosity=0"),
                ("load_vocabulary",),
                ("import_listings", str(FOLDER / "table.csv"), "--mapping", str(FOLDER / "mapping.yml")),
            ):
                manage_now(*words, SERVICEMAP_DB="bench")
            given = {"DJANGO_SETTINGS_MODULE": "servicemap.settings.test", CHANGED_ROWS: str(changed)}
            where = environment.variables(SERVICEMAP_DB="bench", **given)
            for name in STEPS:
                subprocess.run([sys.executable, "-m", "bench.books", "--step", name], env=where, cwd=ROOT, check=True)
        finally:
            cluster.drop_database("bench")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=15_000)
    parser.add_argument("--changed", type=int, default=2_000, help="services whose title is changed")
    parser.add_argument("--step", choices=[*STEPS], help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        os.chdir(ROOT)
        step(given.step)
    else:
        measure(given.rows, given.changed)


if __name__ == "__main__":
    main()
