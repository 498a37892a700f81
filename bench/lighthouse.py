"""Lighthouse on its slow phone, page by page: the marks, and what they are made of.

    CHROMIUM=… python -m bench.lighthouse http://127.0.0.1:8000 [--logins var/demo-logins.json] [--runs 3] [--only /ru/]

Needs a served demonstration and Chromium. Lighthouse is pinned beside this file and brought by npm into
`var/lighthouse`, outside what the product and its tests run on. Said is the median of the runs, by the mark for speed.
"Machine" is Lighthouse's own measure of this processor in that run. Its four times slower phone is meant for one of
1,500 or so; on a machine that is slow or busy, `--slowdown` makes the phone what it is meant to be (400: 1).
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tools.local.environment import install_node_modules, node
from tools.local.paths import ROOT

HOME = ROOT / "var" / "lighthouse"
PROFILE = HOME / "profile"
PINNED = Path(__file__).with_suffix("")
CATEGORIES = ("performance", "accessibility", "best-practices")
#: Seconds or shares, by the name of Lighthouse's audit.
FIGURES = {
    "first-contentful-paint": "first paint, s",
    "largest-contentful-paint": "largest paint, s",
    "speed-index": "speed index, s",
    "total-blocking-time": "blocked, ms",
    "cumulative-layout-shift": "shift",
}
BROWSER = "--headless=new --no-sandbox --disable-dev-shm-usage"


def main() -> int:
    parser = argparse.ArgumentParser("bench.lighthouse", description=__doc__)
    parser.add_argument("address")
    parser.add_argument("--logins", type=Path, default=ROOT / "var" / "demo-logins.json")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--slowdown", type=float, default=4, help="how much slower the phone is than this machine")
    parser.add_argument("--only", help="pages whose name holds this")
    parser.add_argument("--reports", type=Path, help="a folder for Lighthouse's own reports")
    asked = parser.parse_args()
    bring()
    rows = []
    sign_in(asked.address, json.loads(asked.logins.read_text())["member"])
    for name, (path, is_own) in pages(asked.address).items():
        if not asked.only or asked.only in name:
            reports = [report(asked.address + path, asked.slowdown, is_signed_in=is_own) for _run in range(asked.runs)]
            rows.append(row(name, reports))
            sys.stderr.write(rows[-1] + "\n")
            if asked.reports:
                text = json.dumps(middle(reports))
                (asked.reports / f"{re.sub('[^a-z]+', '-', name.lower()).strip('-')}.json").write_text(text)
    shutil.rmtree(PROFILE, ignore_errors=True)
    head = ["page", "speed", "access", "practice", *FIGURES.values(), "requests", "KB", "elements", "machine"]
    sys.stdout.write("\n".join([f"| {' | '.join(head)} |", "|---" * len(head) + "|", *rows]) + "\n")
    return 0


def bring() -> None:
    HOME.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(PINNED / name, HOME / name)
    install_node_modules(HOME)


def pages(address: str) -> dict[str, tuple[str, bool]]:
    """By name: its path, and whether one has to be signed in."""
    with urllib.request.urlopen(f"{address}/sitemap.xml") as answer:  # noqa: S310  (our own address)
        text = answer.read().decode()
    place, organization = (re.search(rf"/ru/{kind}/[^/<]+/", text) for kind in ("places", "organizations"))
    if not place or not organization:
        raise SystemExit(f"{address}: the sitemap names no place or no organisation")
    public = {"/ru/": "/ru/", "embed": "/ru/embed/", "place": place[0], "organisation": organization[0]}
    own = {"members' map": "/ru/members/", "workspace": "/ru/workspace/"}
    return {name: (path, False) for name, path in public.items()} | {name: (path, True) for name, path in own.items()}


def sign_in(address: str, login: dict[str, str]) -> None:
    """In a browser whose folder Lighthouse uses afterwards."""
    shutil.rmtree(PROFILE, ignore_errors=True)
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            PROFILE, executable_path=os.environ.get("CHROMIUM"), args=["--no-sandbox"], locale="ru"
        )
        page = context.new_page()
        page.goto(f"{address}/ru/accounts/login/")
        page.fill("input[name=login]", login["email"])
        page.fill("input[name=password]", login["password"])
        page.click("main form button[type=submit]")
        page.wait_for_url("**/workspace/**")
        for one in context.cookies():  # those of a session would end with this browser
            kept: Any = {**one, "expires": time.time() + 3600}
            context.add_cookies([kept])
        context.close()


def report(address: str, slowdown: float, *, is_signed_in: bool) -> dict[str, Any]:
    """One run: a mobile with Lighthouse's own slow 4G and a processor so much slower than this machine's."""
    command = [str(node()), str(HOME / "node_modules/lighthouse/cli/index.js"), address, "--quiet", "--output=json"]
    command.append(f"--only-categories={','.join(CATEGORIES)}")
    command.append(f"--throttling.cpuSlowdownMultiplier={slowdown}")
    if is_signed_in:
        command.append(f"--chrome-flags={BROWSER} --user-data-dir={PROFILE}")
    else:
        command.append(f"--chrome-flags={BROWSER}")
    environment = {**os.environ, "CHROME_PATH": os.environ.get("CHROMIUM", "")}
    said = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if said.returncode:
        raise SystemExit(said.stderr[-2000:])
    return dict(json.loads(said.stdout))


def middle(reports: list[dict[str, Any]]) -> dict[str, Any]:
    return sorted(reports, key=lambda one: one["categories"]["performance"]["score"])[len(reports) // 2]


def row(name: str, reports: list[dict[str, Any]]) -> str:
    audits = middle(reports)["audits"]
    marks = [round(100 * statistics.median(one["categories"][kind]["score"] for one in reports)) for kind in CATEGORIES]
    figures = [shown(audit, audits[audit]["numericValue"]) for audit in FIGURES]
    requests = [one for one in audits["network-requests"]["details"]["items"] if one["url"].startswith("http")]
    machine = round(middle(reports)["environment"]["benchmarkIndex"])
    sent = round(sum(one["transferSize"] for one in requests) / 1024)
    elements = audits.get("dom-size-insight", {}).get("details", {}).get("debugData", {}).get("totalElements", "")
    return f"| {' | '.join(str(cell) for cell in [name, *marks, *figures, len(requests), sent, elements, machine])} |"


def shown(audit: str, value: float) -> str:
    if audit == "cumulative-layout-shift":
        return f"{value:.3f}"
    return f"{value:.0f}" if audit == "total-blocking-time" else f"{value / 1000:.2f}"


if __name__ == "__main__":
    raise SystemExit(main())
