"""What nginx keeps: `cache` and `takedown`. Each gives its numbers, and what of them is too much."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from core.pages.http import BROKEN, FRESH, MEANWHILE, PUBLIC_CACHING
from deploy.drills.stand import PLACE, Stand, standing

MINUTE = 60
#: A browser behind nginx may keep as long as nginx: its share of the minute comes on top of what is measured.
BROWSER = FRESH + max(MEANWHILE, BROKEN)

CASES = ("asked all the time", "nobody asked", "application broken")


@dataclass
class DrillReport:
    numbers: dict[str, object] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    def note(self, name: str, value: object, good: bool) -> None:
        self.numbers[name] = value
        if not good:
            self.broken.append(f"{name}: {value}")


async def _one(port: int) -> bool:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {PLACE} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
    answer = await reader.read()
    writer.close()
    return answer.startswith(b"HTTP/1.1 200")


async def _crowd(port: int, many: int) -> int:
    answers = await asyncio.gather(*(_one(port) for _ in range(many)), return_exceptions=True)
    return sum(answer is not True for answer in answers)


def cache(folder: Path, fault: str = "", many: int = 5000) -> DrillReport:
    """One request of a cold crowd reaches the application; packed once; who has a cookie is answered by it."""
    report = DrillReport()
    with standing(folder, PUBLIC_CACHING, fault) as stand:
        cold = min(many, 500)
        errors = asyncio.run(_crowd(stand.port, cold))
        report.note(f"errors of {cold} cold at once", errors, not errors)
        report.note("of these reached the application", len(stand.application.asked), len(stand.application.asked) == 1)
        began, errors = time.monotonic(), asyncio.run(_crowd(stand.port, many))
        report.note(f"errors of {many} connections", errors, not errors)
        report.numbers["requests a second"] = round(many / (time.monotonic() - began))
        _packing(stand, report)
        _people(stand, report)
        time.sleep(0.1)
        log = (folder / "servicemap.log").read_text()
        found = len(re.findall(r"127\.0\.0\.1|canary|Probe", log))
        report.note("lines of the log with an address, a path or an agent", found, bool(log) and not found)
    return report


def _packing(stand: Stand, report: DrillReport) -> None:
    stand.application.asked.clear()
    sizes = [
        stand.get(**{"Accept-Encoding": way})[1] for way in ("br", "gzip, br;q=1", "br, gzip", "gzip, deflate, br")
    ]
    plain, asked = stand.get()[1], len(stand.application.asked)
    report.note("bytes plain and packed", (plain, sizes[0]), plain > sizes[0] and len(set(sizes)) == 1)
    report.note("asked for four spellings of one packing", asked, asked == 1)


def _people(stand: Stand, report: DrillReport) -> None:
    stand.application.asked.clear()
    for _ in range(3):
        stand.get(Cookie="sessionid=x", **{"User-Agent": "Probe"})
    report.note(
        "of 3 with a cookie reached the application", len(stand.application.asked), len(stand.application.asked) == 3
    )


def takedown(
    folder: Path,
    fault: str = "",
    caching: str = PUBLIC_CACHING,
    within: float = MINUTE - BROWSER,
    cases: Sequence[str] = CASES,
) -> DrillReport:
    """Gone: while somebody asks all the time; when nobody asked for a while; while the application answers 503."""
    report = DrillReport()
    for name in cases:
        room = folder / name.replace(" ", "-")
        room.mkdir()
        with standing(room, caching, fault) as stand:
            report.note(f"{name}: shown first", stand.get()[0], stand.get()[0] == 200)
            time.sleep(0.2)
            stand.application.hidden = name != "application broken"
            stand.application.broken = not stand.application.hidden
            seconds = _until_gone(stand, within, quiet=name == "nobody asked")
            report.note(f"{name}: seconds until gone", seconds, seconds is not None)
            back = seconds is not None and any(stand.get()[0] == 200 for _ in range(20))
            report.note(f"{name}: shown again", back, not back)
    return report


def _until_gone(stand: Stand, within: float, quiet: bool) -> float | None:
    began = time.monotonic()
    if quiet:
        time.sleep(within * 25 / (MINUTE - BROWSER))
        return round(time.monotonic() - began, 1) if stand.get()[0] != 200 else None
    while time.monotonic() - began < within:
        if stand.get()[0] != 200:
            return round(time.monotonic() - began, 1)
        time.sleep(0.3)
    return None
