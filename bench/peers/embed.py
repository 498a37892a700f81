"""The first view of our embed beside a page with Leaflet.markercluster: how long until pins stand there, and bytes.

Real Chromium as a phone of 375 px, four times slower than this machine, on slow 4G; a browser that has seen nothing yet
for each visit, by turns. Both are served by granian with answers packed before, and neither draws a ground before its
pins; ours fetches one after them, which is told apart.
"""

from __future__ import annotations

import json
import math
import os
import statistics
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from bench.peers import scratch, servers
from bench.peers.installing import Missing, bring_node_modules
from bench.peers.rounds import PeerFigures, at, significant
from bench.stopwatch import CPU, SLOW_4G

SIZE = 5_000
_PATIENCE_MS = 60_000
_PAGE = "/ru/embed/"
#: The moment at which the pins have been painted, by the clock of the page.
_WATCH = """
new MutationObserver((changes, watcher) => {
  if (!document.querySelector(".leaflet-marker-icon")) return;
  watcher.disconnect();
  requestAnimationFrame(() => requestAnimationFrame(() => { window.pinsAt = performance.now(); }));
}).observe(document, { childList: true, subtree: true });
"""
#: Our pages let nobody evaluate texts, as Playwright's own waiting does.
_WHEN = """() => new Promise((told) => {
  const look = () => (window.pinsAt ? told(window.pinsAt) : requestAnimationFrame(look));
  look();
})"""


@dataclass(frozen=True)
class PeerVisit:
    """Milliseconds until the pins, KB until then and in all, requests until then."""

    milliseconds: float
    kilobytes: float
    kilobytes_in_all: float
    requests: int
    pins: int
    shown: int | None


class _Heard:
    """What the browser's protocol tells of a visit: when how many bytes came, headers included."""

    def __init__(self, session: Any) -> None:
        self.asked: dict[str, float] = {}
        #: By request: what came of it so far, and what it was in all once it had come.
        self._pieces: dict[str, list[tuple[float, float]]] = {}
        self._whole: dict[str, tuple[float, float]] = {}
        session.on("Network.requestWillBeSent", self._ask)
        session.on("Network.dataReceived", self._come)
        session.on("Network.loadingFinished", self._end)

    def _ask(self, told: dict[str, Any]) -> None:
        if told["request"]["url"].startswith("http"):
            self.asked.setdefault(told["requestId"], told["timestamp"])

    def _come(self, told: dict[str, Any]) -> None:
        self._pieces.setdefault(told["requestId"], []).append((told["timestamp"], told["encodedDataLength"]))

    def _end(self, told: dict[str, Any]) -> None:
        self._whole[told["requestId"]] = (told["timestamp"], told["encodedDataLength"])

    def until(self, milliseconds: float) -> tuple[float, int]:
        """KB and requests."""
        end = min(self.asked.values(), default=0) + milliseconds / 1000
        begun = [name for name, when in self.asked.items() if when <= end]
        return sum(self._of(name, end) for name in begun) / 1000, len(begun)

    def _of(self, name: str, end: float) -> float:
        """The whole is what counts; pieces leave out headers, and tell of packed bytes only some of the time."""
        when, length = self._whole.get(name, (math.inf, 0.0))
        return length if when <= end else sum(piece for came, piece in self._pieces.get(name, []) if came <= end)


def visit(browser: Browser, address: str) -> PeerVisit:
    context = browser.new_context(
        viewport={"width": 375, "height": 720}, has_touch=True, is_mobile=True, locale="ru-RU"
    )
    try:
        page = context.new_page()
        page.set_default_timeout(_PATIENCE_MS)
        page.add_init_script(_WATCH)
        session = context.new_cdp_session(page)
        heard = _Heard(session)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", SLOW_4G)
        session.send("Emulation.setCPUThrottlingRate", {"rate": CPU})
        page.goto(address, wait_until="commit")
        page.wait_for_selector(".leaflet-marker-icon", state="attached")
        pins_at = float(page.evaluate(_WHEN))
        page.wait_for_load_state("networkidle")
        pins = int(page.evaluate("document.querySelectorAll('.leaflet-marker-icon').length"))
        kilobytes, requests = heard.until(pins_at)
        in_all, _requests = heard.until(math.inf)
        return PeerVisit(pins_at, kilobytes, in_all, requests, pins, page.evaluate("window.shown ?? null"))
    finally:
        context.close()


def measured(where: Mapping[str, str], rounds: int, address: str = "") -> PeerFigures:
    """Ours on the scratch database, filled with as many listings as the other page has markers; or a server that runs
    at the address, with as many as it happens to have."""
    scratch.refill(SIZE, in_region=True)
    if address:
        figures = beside(address, where, rounds)
        return {**figures, "ours": f"{_PAGE} of {address}", "checked": "markers held by the other, pins in each"}
    servers.collect()
    with servers.product(kept=True) as port:
        told = json.loads(servers.Client(port).get("/api/v1/map/?zoom=2"))
        figures = beside(f"http://127.0.0.1:{port}", where, rounds)
        ours = int(told["total"])
    figures["equal"] = figures.get("equal", False) and ours == SIZE
    figures["ours"] = f"{_PAGE} of a server with {ours} listings"
    return figures


def beside(address: str, where: Mapping[str, str], rounds: int) -> PeerFigures:
    with _page(where) as port, _chromium() as browser:
        pages = (address + _PAGE, f"http://127.0.0.1:{port}/markercluster.html")
        pairs: list[tuple[PeerVisit, PeerVisit]] = []
        for number in range(rounds + 1):
            if number % 2:
                pairs.append((visit(browser, pages[0]), visit(browser, pages[1])))
            else:
                pairs.append((visit(browser, pages[1]), visit(browser, pages[0]))[::-1])
    return _figures(pairs[1:])  # the first one warms the servers


def _figures(pairs: list[tuple[PeerVisit, PeerVisit]]) -> PeerFigures:
    ours, peers = [one for one, _other in pairs], [other for _one, other in pairs]
    ratios = [other.milliseconds / one.milliseconds for one, other in pairs]
    sizes = [one.kilobytes / other.kilobytes for one, other in pairs]
    return {
        "ours": _PAGE,
        "peer": f"Leaflet.markercluster, {SIZE} markers",
        "ours_p50_ms": at([one.milliseconds for one in ours], 0.5),
        "ours_p99_ms": at([one.milliseconds for one in ours], 0.99),
        "peer_p50_ms": at([one.milliseconds for one in peers], 0.5),
        "peer_p99_ms": at([one.milliseconds for one in peers], 0.99),
        "ratio": significant(statistics.median(ratios)),
        "spread": [significant(min(ratios)), significant(max(ratios))],
        "equal": all(one.pins for one in [*ours, *peers]) and {one.shown for one in peers} == {SIZE},
        "checked": "listings told by ours, markers held by the other, pins in each",
        "more": {
            "bytes_share": significant(statistics.median(sizes)),
            **{f"ours_{name}": value for name, value in _middle(ours).items()},
            **{f"peer_{name}": value for name, value in _middle(peers).items()},
        },
    }


def _middle(visits: list[PeerVisit]) -> dict[str, float]:
    names = ("kilobytes", "kilobytes_in_all", "requests", "pins")
    return {name: round(statistics.median(getattr(one, name) for one in visits), 1) for name in names}


@contextmanager
def _page(where: Mapping[str, str]) -> Iterator[int]:
    folder = bring_node_modules()
    (folder / "listings.geojson").write_text(scratch.geojson(where, SIZE), encoding="utf-8")
    here, first = Path(__file__).parent, "/markercluster.html"
    with servers.granian("alone:packed", here, first, BENCH_FOLDER=str(folder)) as port:
        servers.Client(port).get("/listings.geojson")  # packed once, before anybody waits for it
        yield port


@contextmanager
def _chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM"), args=["--no-sandbox"])
        except Exception as error:
            raise Missing(f"Chromium: {str(error).splitlines()[0]} (CHROMIUM names its program)") from error
        yield browser
        browser.close()
