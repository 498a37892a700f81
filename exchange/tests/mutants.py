"""Files spoiled as people and programs spoil them, the same ones for the same seed, and what must be told of each."""

from __future__ import annotations

import copy
import csv
import io
import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from openpyxl import Workbook, load_workbook

FILES = Path(__file__).parent / "files"
SAMPLE = settings.BASE_DIR / "fixtures" / "samples" / "services-advisor"
SAMPLE_MAPPING = settings.BASE_DIR / "fixtures" / "mappings" / "services-advisor.yml"
SIGNS = (
    '"', "'", ";", ",", "\t", "\r", "\n", "\u2028", "\u2029", "\u00a0", "\u00ad", "\u200b", "\x00", "\ufeff", "=", "@",
    "\u0301", "\u0306", "{", "[", "]", "}", "\\", "|", "–", "24:00", "9.30", "%s", "\x85", "\U0001f600",
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 5.5, 1e308, 10**30, "", " ", "нечто", "=2+2", "9:00", "20:00", "нет данных",
    "Железногорск", "7" * 40, "длинное " * 900, ["первое", "второе"], {"en": "wording", "ru": "словами"},
    {"любой": {"ключ": "внутри"}}, {"выбрано": True, "остальное": False}, [], {}, [["глубже"]], "2026-13-45",
    "01.02.2026", "+995 32 212 99 88; +995 599 77 66 55",
)  # fmt: skip


@dataclass
class Mutant:
    """`values` are the texts of each row by its number; a row that is refused has told all of its own. `kinds` say
    what was done to the file."""

    path: Path
    mapping: Path
    values: dict[int, list[str]] = field(default_factory=dict)
    kinds: set[str] = field(default_factory=set)
    seed: int = 0


def mutant(seed: int, folder: Path) -> Mutant:
    rng = random.Random(seed)
    make = rng.choice((_clinics, _partners, _points, _visits, _sample))
    made = make(rng, folder)
    made.seed = seed
    made.kinds = {f"{made.path.name} {kind}" for kind in made.kinds}
    return made


@cache
def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig")


# --- tables -----------------------------------------------------------------------------------------------------


def _clinics(rng: random.Random, folder: Path) -> Mutant:
    text, kinds = _read(FILES / "clinics.csv"), set()
    for _time in range(rng.randint(1, 3)):
        change = rng.choice((_insert, _cut, _double, _swap_lines, _halve, _requote))
        text = change(text, rng)
        kinds.add(change.__name__)
    path = folder / "clinics.csv"
    data = text.encode("utf-8", "replace")
    data = _flip(data, rng) if rng.random() < 0.1 else data
    path.write_bytes(data)
    text = data.decode("utf-8", "replace")
    lines = list(io.StringIO(text, newline=""))
    values = {number: re.split("[;\t]", line) for number, line in enumerate(lines, start=1) if number > 1}
    return Mutant(path, FILES / "clinics.yml", values, kinds)


def _insert(text: str, rng: random.Random) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + rng.choice(SIGNS) + text[at:]


def _cut(text: str, rng: random.Random) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + text[at + rng.randint(1, 12) :]


def _double(text: str, rng: random.Random) -> str:
    lines = text.split("\n")
    lines.insert(rng.randrange(len(lines)), rng.choice(lines))
    return "\n".join(lines)


def _swap_lines(text: str, rng: random.Random) -> str:
    lines = text.split("\n")
    one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


def _halve(text: str, rng: random.Random) -> str:
    return text[: rng.randrange(len(text) // 2, len(text) + 1)]


def _requote(text: str, rng: random.Random) -> str:
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    if len(rows) > 1 and (row := rng.choice(rows[1:])):
        value = rng.choice([value for value in VALUES if isinstance(value, str)])
        row[rng.randrange(len(row))] = value
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(rows)
    return out.getvalue()


def _flip(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data)) if data else 0
    return data[:at] + bytes([rng.randrange(256)]) + data[at + 1 :]


# --- objects ----------------------------------------------------------------------------------------------------


def _objects(
    rng: random.Random, path: Path, data: Any, entries: Callable[[Any], list[Any]]
) -> tuple[dict[int, list[str]], set[str]]:
    """Spoil the entries, write the file, and give the texts of each entry, and how it was spoiled."""
    kinds = {_spoil(entries(data), rng) for _time in range(rng.randint(1, 3))}
    text = json.dumps(data, ensure_ascii=rng.random() < 0.5)
    if rng.random() < 0.15:
        change = rng.choice((_insert, _cut, _halve))
        path.write_text(change(text, rng), encoding="utf-8", errors="replace")
        return {}, kinds | {change.__name__}  # whether it can be read at all is the question here
    path.write_text(text, encoding="utf-8", errors="replace")
    return {number: list(texts(entry)) for number, entry in enumerate(entries(data), start=1)}, kinds


def _spoil(entries: list[Any], rng: random.Random) -> str:
    """Spoil one of the entries; says how."""
    kind = rng.randrange(5)
    at = rng.randrange(len(entries)) if entries else 0
    if not entries or kind == 0:
        entries.insert(at, copy.deepcopy(rng.choice(VALUES)))
    elif kind == 1:
        entries.insert(at, copy.deepcopy(entries[at]))
    else:
        holder, key = rng.choice(list(_places(entries, at)))
        old = holder[key]
        if kind == 2 and isinstance(old, str):
            holder[key] = _insert(old, rng)
        elif kind == 3 and isinstance(holder, dict):
            holder[rng.choice(("new", "name", "ru", "en", key + "x"))] = copy.deepcopy(rng.choice(VALUES))
        else:
            holder[key] = copy.deepcopy(rng.choice(VALUES))
    return str(kind)


def _places(holder: Any, key: Any) -> Iterator[tuple[Any, Any]]:
    yield holder, key
    inside = holder[key]
    for inner in inside if isinstance(inside, dict) else range(len(inside)) if isinstance(inside, list) else ():
        yield from _places(inside, inner)


def texts(data: Any) -> Iterator[str]:
    """Every text that a reader may not lose: values, and names of what is chosen in an object of names."""
    if isinstance(data, dict):
        for name, value in data.items():
            if value is True:
                yield name
            yield from texts(value)
    elif isinstance(data, list):
        for item in data:
            yield from texts(item)
    elif data is not None and not isinstance(data, bool):
        yield str(data)


def _partners(rng: random.Random, folder: Path) -> Mutant:
    data = json.loads(_read(FILES / "partners.json"))
    path = folder / "partners.json"
    return Mutant(path, FILES / "partners.yml", *_objects(rng, path, data, lambda data: data["data"]["items"]))


def _points(rng: random.Random, folder: Path) -> Mutant:
    data = json.loads(_read(FILES / "points.geojson"))
    path = folder / "points.geojson"
    return Mutant(path, FILES / "points.yml", *_objects(rng, path, data, lambda data: data["features"]))


def _sample(rng: random.Random, folder: Path) -> Mutant:
    """Rows of the real file whose texts name no staff: those the mapping takes out on purpose."""
    for name in ("compiled_en.json", "compiled_ar.json"):
        (folder / name).write_text(_nameless(name), encoding="utf-8")
    path = folder / "compiled_en.json"
    return Mutant(path, SAMPLE_MAPPING, *_objects(rng, path, json.loads(_nameless(path.name)), lambda data: data))


@cache
def _nameless(name: str) -> str:
    data = json.loads(_read(SAMPLE / name))
    return json.dumps([row for row in data if not re.search(r"@|Mob|Muna", json.dumps(row))][:6])


# --- workbooks --------------------------------------------------------------------------------------------------


def _visits(rng: random.Random, folder: Path) -> Mutant:
    path = folder / "visits.xlsx"
    if rng.random() < 0.2:
        data = (FILES / "visits.xlsx").read_bytes()
        for _time in range(rng.randint(1, 8)):
            data = _flip(data, rng)
        path.write_bytes(data)
        return Mutant(path, FILES / "visits.yml", kinds={"bytes"})
    rows = [list(row) for row in _cells()]
    for _time in range(rng.randint(1, 3)):
        row = rng.choice(rows[1:])
        at = rng.randrange(len(row))
        value = rng.choice((*VALUES, *SIGNS))
        row[at] = value if isinstance(value, str | int | float | None) and value not in ("\x00", 10**30) else "иное"
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    # A box that is ticked is read as yes or no, words that are too short to be compared.
    shown = [[str(value) for value in row if not isinstance(value, bool | None)] for row in rows]
    values = dict(enumerate(shown[1:], start=2))
    return Mutant(path, FILES / "visits.yml", values, {"cells"})


@cache
def _cells() -> list[tuple[Any, ...]]:
    return list(load_workbook(FILES / "visits.xlsx")["Пункты"].iter_rows(values_only=True))
