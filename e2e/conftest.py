"""The product as it runs: a served demonstration network, real Chromium, and nothing that leaves the origin."""

from __future__ import annotations

import itertools
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect, sync_playwright

from core.tests import databases
from demonstration.management.commands.demo_code import code_now
from demonstration.tests import ready
from e2e.beside.process import Beside

ROOT = Path(__file__).resolve().parent.parent
AXE = (ROOT / "e2e" / "vendor" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage"]
START_SECONDS = 120
#: What a page is to say comes when the machine comes to it: as patient as presses are.
expect.set_options(timeout=90_000)
AHEAD = itertools.cycle(range(-10, 11))  # MFA_TOTP_TOLERANCE of servicemap/settings/e2e.py


@dataclass
class Site:
    """A served network: where it is, who may log in, and a way to have a function of this package run in it."""

    address: str
    logins: dict[str, dict[str, str]]
    folder: Path
    ask: Callable[..., Any]
    variables: dict[str, str]


@pytest.fixture(scope="package")
# long: one served network, made and taken down in one place
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("e2e")
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    database = f"{os.environ.get('SERVICEMAP_TEST_DB', 'test_servicemap')}_e2e_{worker}"
    ready.copy(database, folder / "demo-logins.json")
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    variables = os.environ | {
        "DJANGO_SETTINGS_MODULE": "servicemap.settings.e2e",
        "SERVICEMAP_DB": database,
        "E2E_DIR": str(folder),
        "SITE_ADDRESS": address,
        "DEBUG": "off",
    }

    beside = Beside(ROOT, variables)
    server = serve(port, variables)
    try:
        yield Site(address, json.loads((folder / "demo-logins.json").read_text()), folder, beside.ask, variables)
    finally:
        server.terminate()
        server.wait(20)
        beside.end()
        databases.drop(database)


def serve(port: int, variables: dict[str, str]) -> subprocess.Popen[bytes]:
    """The product at this port, from its first answer on."""
    granian = Path(sys.executable).parent / "granian"
    where = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    how = ["--workers", "1", "--blocking-threads", "4", "--log-level", "warning", "--no-ws", "--http", "1"]
    server = subprocess.Popen([str(granian), *where, *how, "servicemap.wsgi:application"], cwd=ROOT, env=variables)
    _wait_for(f"http://127.0.0.1:{port}/healthz", server)
    return server


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Ends with the journeys: while Playwright's loop lives, Django refuses the database to every later test."""
    path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """Make pages that fail the test when a script fails, the console complains, or a request leaves the origin."""
    contexts: list[Any] = []
    complaints: list[str] = []

    def make(*, width: int = 1280, height: int = 800, language: str = "ru", **options: Any) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": height}, locale=language, base_url=site.address,
            reduced_motion="reduce", **options,
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(90_000)
        page.on("request", lambda request: _same_origin(request.url, site.address, complaints))
        page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
        page.on("console", lambda message: _no_error(message, complaints))
        return page

    make.complaints = complaints  # type: ignore[attr-defined]
    yield make
    for context in contexts:
        context.close()
    assert not complaints


@pytest.fixture(scope="package")
def doors() -> dict[str, list[Any]]:
    """What the browser of each role was given at its first way in."""
    return {}


@pytest.fixture
def log_in(site: Site, doors: dict[str, list[Any]]) -> Callable[[Page, str], Page]:
    """Log a page in as one of the demonstration's roles: the first time through the login page and the second step.

    Later pages of that role bring along what it was given then, as another tab would.
    """

    def run(page: Page, role: str) -> Page:
        if role in doors:
            page.context.add_cookies(doors[role])
            page.goto("/ru/workspace/")
            if "/accounts/" not in page.url:
                return page
        _through_the_door(page, site.logins[role])
        doors[role] = page.context.cookies()
        return page

    return run


def _through_the_door(page: Page, login: dict[str, str]) -> None:
    page.goto("/ru/accounts/login/")
    page.fill("input[name=login]", login["email"])
    page.fill("input[name=password]", login["password"])
    page.click("main form button[type=submit]")
    if "totp_secret" in login:
        page.wait_for_url("**/2fa/authenticate/**")
        # A code is taken once: each sign-in of the journeys uses one of its own, near enough to now.
        page.fill("input[name=code]", code_now(login["totp_secret"], next(AHEAD)))
        page.click("main form button[type=submit]")
    page.wait_for_url("**/workspace/**")


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it is now, one line each with the first element."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    # Without preload: axe would put style elements into the page, which our policy refuses aloud. The lines are made in
    # the page: all that axe found is megabytes on their way here.
    how = """tags => axe.run(document, {
        preload: false, resultTypes: ["violations"], runOnly: {type: "tag", values: tags},
    }).then(({violations}) => violations.map(({id, nodes}) => {
        const target = nodes[0].target.join(" ");
        return `${id}: ${target} ${nodes[0].html.slice(0, 160)}`;
    }))"""
    return list(page.evaluate(how, RULES))


def _same_origin(url: str, address: str, complaints: list[str]) -> None:
    if not url.startswith((address, "data:", "blob:", "about:")):
        complaints.append(f"left the origin: {url}")


def rest(control: Locator) -> None:
    """Until it has stood in one place for some pictures of the screen, however long the machine takes for them."""
    control.evaluate(
        """async (one) => {
            const place = () => JSON.stringify(one.getBoundingClientRect());
            for (let still = 0, last = "", tries = 0; still < 6 && tries < 600; tries += 1) {
                await new Promise(requestAnimationFrame);
                still = place() === last ? still + 1 : 0;
                last = place();
            }
        }"""
    )


def press(control: Locator) -> None:
    """As a person does: bring it into view, let the page come to rest under it (cards are drawn when they are seen, a
    header comes back at the top), and press."""
    control.scroll_into_view_if_needed()
    control.page.wait_for_timeout(400)
    rest(control)
    control.click()


def _no_error(message: ConsoleMessage, complaints: list[str]) -> None:
    if message.type == "error":
        complaints.append(f"console: {message.text} ({message.location.get('url', '')})")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        assert server.poll() is None, "the server stopped"
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise AssertionError(f"{url} did not answer within {START_SECONDS} s")
