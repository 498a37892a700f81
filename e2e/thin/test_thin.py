"""Thin lines: what a first visit costs, and what a reader has of it when the line is slow, loses, or is cut."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from e2e.conftest import ROOT, _free_port, _wait_for
from e2e.thin.line import line

pytestmark = pytest.mark.e2e
#: languages.md, section 5: before the map.
REQUESTS, BYTES = 15, 120_000
#: What the map is: its script, its painter, names and ground.
OF_THE_MAP = ("js/map/", "basemap/")
SAVES = "Object.defineProperty(Navigator.prototype, 'connection', { get: () => ({ saveData: true }) })"


def port_of(address: str) -> int:
    return int(address.rpartition(":")[2])


def test_a_send_that_is_cut_says_so_and_keeps_what_was_typed(chromium, site):
    with line(port_of(site.address)) as road:
        context = chromium.new_context(viewport={"width": 375, "height": 720}, locale="ru")
        page = context.new_page()
        page.goto(f"{road.address}/ru/light/ge/all/")
        place = page.locator("a[href*='/light/places/']").first.get_attribute("href").replace("/light/", "/")
        page.goto(f"{road.address}{place}report/")
        page.wait_for_load_state("load")
        fill(page)
        road.is_down = True
        page.locator("main form button[type=submit]").click()
        expect(page.get_by_role("alert")).to_contain_text("Связь прервалась")
        assert page.input_value("textarea[name=text]") == "Дверь закрыта уже неделю"
        road.is_down = False
        page.wait_for_timeout(4000)  # a form that is sent sooner was filled in by a program
        page.locator("main form button[type=submit]").click()
        expect(page.locator("main")).to_contain_text("Спасибо")
        context.close()


def fill(page: Page) -> None:
    page.fill("textarea[name=text]", "Дверь закрыта уже неделю")
    for name in ("listing", "kind"):
        choice = page.locator(f"main [name={name}]").first
        if choice.evaluate("one => one.tagName") == "SELECT":
            choice.select_option(index=1)
        else:
            choice.check()


@pytest.fixture(scope="module")
# long: one served network, made and taken down in one place
def collected(site: Any) -> Iterator[str]:
    """The same network with its files as readers get them."""
    folder, port = site.folder / "collected", _free_port()
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    variables = os.environ | {
        "DJANGO_SETTINGS_MODULE": "servicemap.settings.e2e",
        "SERVICEMAP_DB": f"{os.environ.get('SERVICEMAP_TEST_DB', 'test_servicemap')}_e2e_{worker}",
        "E2E_DIR": str(folder),
        "E2E_COLLECTED": "on",
        "SITE_ADDRESS": f"http://127.0.0.1:{port}",
        "DEBUG": "off",
    }
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--no-input", "-v0"], cwd=ROOT, env=variables, check=True
    )
    granian = Path(sys.executable).parent / "granian"
    how = [
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--workers",
        "1",
        "--blocking-threads",
        "4",
        "--no-ws",
        "--http",
        "1",
    ]
    server = subprocess.Popen(
        [str(granian), "--interface", "wsgi", "--log-level", "warning", *how, "servicemap.wsgi:application"],
        cwd=ROOT,
        env=variables,
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/healthz", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


def visit(browser: Browser, address: str, *, saves: bool = False) -> dict[str, int]:
    """Addresses and bytes as sent, of a first visit on a phone."""
    context = browser.new_context(viewport={"width": 375, "height": 720}, locale="ru")
    if saves:
        context.add_init_script(SAVES)
    page = context.new_page()
    protocol, sent, names = context.new_cdp_session(page), {}, {}
    protocol.on("Network.requestWillBeSent", lambda event: names.update({event["requestId"]: event["request"]["url"]}))
    protocol.on("Network.loadingFinished", lambda event: sent.update({event["requestId"]: event["encodedDataLength"]}))
    protocol.send("Network.enable")
    page.goto(address, wait_until="networkidle")
    page.wait_for_timeout(2000)
    context.close()
    return {f"{number} {names[number].removeprefix(address)}": sent.get(number, 0) for number in names}


@pytest.mark.long
def test_a_first_visit_is_light(chromium, collected, record_testsuite_property):
    for name, saves in (("all", False), ("saving data", True)):
        found = visit(chromium, f"{collected}/ru/", saves=saves)
        of_the_map = {url for url in found if any(part in url for part in OF_THE_MAP)}
        before = {url: size for url, size in found.items() if url not in of_the_map}
        told = f"{len(before)} requests, {sum(before.values())} bytes; with the map {len(found)}, {sum(found.values())}"
        record_testsuite_property(f"first visit, {name}", told)
        assert len(before) <= REQUESTS and sum(before.values()) <= BYTES, found
        assert bool(of_the_map) != saves


@pytest.mark.long
def test_a_line_that_loses_a_fifth_and_takes_a_second_brings_the_list_and_the_map(
    chromium, collected, record_testsuite_property
):
    with line(port_of(collected)) as road:
        road.latency, road.loss = 1.0, 0.2
        context = chromium.new_context(viewport={"width": 375, "height": 720}, locale="ru")
        page, start = context.new_page(), time.monotonic()
        page.goto(f"{road.address}/ru/?country=GE", wait_until="commit", timeout=60_000)
        expect(page.locator(".card").first).to_be_attached(timeout=60_000)
        listed = time.monotonic() - start
        expect(page.locator(".spot").first).to_be_visible(timeout=120_000)
        pins = time.monotonic() - start
        context.close()
    record_testsuite_property("1 s and a fifth lost", f"list after {listed:.1f} s, pins after {pins:.1f} s")
    assert listed < 20 and pins < 60


@pytest.mark.long
def test_a_line_that_breaks_off_leaves_no_dead_button(chromium, collected, record_testsuite_property):
    """Each visit ends with the whole page or with what it is without scripts; what did not come is asked again."""
    ways, again = {"whole": 0, "plain": 0}, 0
    with line(port_of(collected)) as road:
        road.cut = 0.2
        for _visit in range(20):
            context = chromium.new_context(viewport={"width": 375, "height": 720}, locale="ru")
            page = context.new_page()
            while not came(page, f"{road.address}/ru/?country=GE"):
                again += 1
            how = page.evaluate("document.documentElement.classList.contains('is-plain') ? 'plain' : 'whole'")
            if how == "whole":
                expect(page.locator(".spot").first).to_be_visible(timeout=20_000)
            expect(page.locator(".card").first).to_be_visible(timeout=20_000)
            ways[how] += 1
            context.close()
    record_testsuite_property("cut at each fifth part of an answer", f"{ways}, asked again {again} times")
    assert sum(ways.values()) == 20


def came(page: Page, address: str) -> bool:
    try:
        page.goto(address, wait_until="load", timeout=20_000)
    except Error:
        return False
    return bool(page.locator("footer, .foot").count()) or bool(page.locator(".card").count())
