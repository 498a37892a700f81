"""How many readers at once: requests a second of public pages, as shares of a bare "hello" under the same server.

    python -m bench.readers --hello http://127.0.0.1:8001 --before http://127.0.0.1:8002 --after http://127.0.0.1:8003

The three are served beside each other (docs/performance.md says how); wrk asks each path of each in turn, so that what
else the machine does falls on all of them alike. Said is the median of the rounds.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import subprocess
import tempfile
import urllib.request
from pathlib import Path

NEW_VIEWS = """
math.randomseed(os.time() + %d)
request = function()
  local x, y = math.random() * 40 + 20, math.random() * 20 + 38
  return wrk.format("GET", string.format("%s", x, y, x + 4, y + 3))
end
"""
ASKED = {"Accept-Encoding": "br, gzip"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("hello", "before", "after"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=16)
    options = parser.parse_args()
    paths = addresses(options.after)
    found: dict[tuple[str, str], list[float]] = {}
    for _round in range(options.rounds):
        rate = asked(options, options.hello, "/", {})
        found.setdefault(("hello", ""), []).append(rate)
        for name, (path, headers) in paths.items():
            for arm in ("before", "after"):
                found.setdefault((name, arm), []).append(asked(options, getattr(options, arm), path, headers))
    hello = statistics.median(found["hello", ""])
    print(f"| path | before | after | share of hello ({hello:,.0f}/s) |\n|---|---|---|---|")  # noqa: T201
    for name in paths:
        before, after = (statistics.median(found[name, arm]) for arm in ("before", "after"))
        print(f"| {name} | {before:,.1f} | {after:,.1f} | {after / hello:.3f} |")  # noqa: T201


def addresses(site: str) -> dict[str, tuple[str, dict[str, str]]]:
    """Pages that are there, by name; `*` stands for views that nobody asked for before."""
    with urllib.request.urlopen(f"{site}/api/v1/listings/?page_size=1") as answer:  # noqa: S310
        place = re.search(r'"place_id": ?"(\w+)"', answer.read().decode())
    with urllib.request.urlopen(f"{site}/sitemap.xml") as answer:  # noqa: S310
        text = answer.read().decode()
    organization = re.search(r"/ru/organizations/[^/]+/", text)
    page = re.search(r"/ru/places/[^/]+/", text)
    assert organization and (place or page)  # noqa: S101
    return {
        "/healthz": ("/healthz", {}),
        "/ru/": ("/ru/", ASKED),
        "/ru/, unpacked": ("/ru/", {}),
        "/ru/embed/": ("/ru/embed/", ASKED),
        "place": (page[0] if page else "", ASKED),
        "organisation": (organization[0], ASKED),
        "/ru/about/": ("/ru/about/", ASKED),
        "map, one view": ("/api/v1/map/?bbox=40,40,46,44&zoom=6", ASKED),
        "map, new views": ("*/api/v1/map/?bbox=%f,%f,%f,%f&zoom=7", ASKED),
        "list, new views": ("*/api/v1/listings/?bbox=%f,%f,%f,%f", ASKED),
    }


def asked(options: argparse.Namespace, site: str, path: str, headers: dict[str, str]) -> float:
    """Requests a second that were answered with 200."""
    command = ["wrk", "-t1", f"-c{options.connections}", f"-d{options.seconds}", "--timeout", "20s"]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    with tempfile.TemporaryDirectory() as folder:
        if path.startswith("*"):
            script = Path(folder) / "views.lua"
            script.write_text(NEW_VIEWS % (random.randrange(10**6), path[1:]))  # noqa: S311
            command += ["-s", str(script)]
        said = subprocess.run([*command, site + path.lstrip("*")], capture_output=True, text=True, check=True).stdout
    total = float(re.search(r"([\d.]+) requests in", said)[1])  # type: ignore[index]
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])  # type: ignore[index]
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    return rate * (1 - int(refused[1]) / total) if refused and total else rate


if __name__ == "__main__":
    main()
