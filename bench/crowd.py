"""More readers than there is room for: what each of them is told, and how soon.

    python -m bench.crowd http://127.0.0.1:8000 [--connections 300] [--seconds 20] [--processes PID …]

wrk asks for map views that nobody asked for before, as fast as it is answered. Meanwhile somebody asks for one thing
after another: such a view, a page that is kept, the login, a letter's link. Said is, for each and by what was
answered, the number, the median, the 95th of a hundred and the slowest; and what the named processes take of the
memory before, at the end and a minute after.
"""

from __future__ import annotations

import argparse
import itertools
import random
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from bench.readers import NEW_VIEWS

VIEW = "/api/v1/map/?bbox=%.4f,%.4f,%.4f,%.4f&zoom=7"
OTHERS = {"a kept page": "/ru/", "the login": "/ru/accounts/login/", "a letter's link": "/ru/confirm/nobody/"}
PATIENCE = 30
PAUSE = 0.02
MINUTE = 60

Told = dict[tuple[str, int], list[float]]


def main() -> None:
    parser = argparse.ArgumentParser("bench.crowd", description=__doc__)
    parser.add_argument("address")
    parser.add_argument("--connections", type=int, default=300)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--processes", type=int, nargs="*", default=[])
    asked = parser.parse_args()
    memory = [taken(asked.processes)]
    told = crowded(asked)
    memory.append(taken(asked.processes))
    time.sleep(MINUTE if asked.processes else 0)
    memory.append(taken(asked.processes))
    sys.stdout.write(table(told) + f"\nmemory, MB: {', '.join(f'{one:.0f}' for one in memory)}\n")


def crowded(asked: argparse.Namespace) -> Told:
    told: Told = defaultdict(list)
    over = threading.Event()
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "views.lua"
        script.write_text(NEW_VIEWS % (random.randrange(10**6), "/api/v1/map/?bbox=%f,%f,%f,%f&zoom=7"))  # noqa: S311
        size = ["-t2", f"-c{asked.connections}", f"-d{asked.seconds}", "--timeout", f"{PATIENCE}s"]
        crowd = subprocess.Popen(["wrk", *size, "-s", str(script), asked.address], stdout=subprocess.PIPE, text=True)
        time.sleep(1)
        askers = [
            threading.Thread(target=ask, args=(asked.address, kind, told, over)) for kind in ("a new view", *OTHERS)
        ]
        for asker in askers:
            asker.start()
        said, _error = crowd.communicate()
        over.set()
        for asker in askers:
            asker.join()
    sys.stdout.write(said + "\n")
    return told


def ask(site: str, kind: str, told: Told, over: threading.Event) -> None:
    for path in paths(kind):
        if over.is_set():
            return
        began = time.monotonic()
        status = answered(site + path)
        told[kind, status].append(time.monotonic() - began)
        time.sleep(PAUSE)


def paths(kind: str) -> Iterator[str]:
    if kind in OTHERS:
        yield from itertools.repeat(OTHERS[kind])
    while True:
        west, south = random.uniform(20, 60), random.uniform(38, 58)  # noqa: S311
        yield VIEW % (west, south, west + 4, south + 3)


def answered(address: str) -> int:
    """The status; 0 where nothing came, and a refusal that says no time to come again counts as 1."""
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310  (our own address)
            answer.read()
            return int(answer.status)
    except urllib.error.HTTPError as error:
        error.read()
        return error.code if error.code != 503 or error.headers["Retry-After"] else 1
    except OSError:
        return 0


def table(told: Told) -> str:
    lines = ["| asked | answered | times | median, ms | 95 of 100 | slowest |", "|---|---|---|---|---|---|"]
    for (kind, status), seconds in sorted(told.items()):
        ordered = sorted(one * 1000 for one in seconds)
        middle, late = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
        lines.append(f"| {kind} | {status} | {len(ordered)} | {middle:.0f} | {late:.0f} | {ordered[-1]:.0f} |")
    return "\n".join(lines)


def taken(processes: list[int]) -> float:
    """MB of their own, what they share counted once for each of those who share it."""
    total = 0
    for process in processes:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
        total += int(next(line for line in text.splitlines() if line.startswith("Pss:")).split()[1])
    return total / 1024


if __name__ == "__main__":
    main()
