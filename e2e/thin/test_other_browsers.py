"""The first journeys in Firefox and WebKitGTK, and the embed in a sandbox of another site in all three browsers."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error

from e2e.conftest import serve
from e2e.thin.line import line
from e2e.thin.other_browsers import Tab, firefox, free_port, wait_until, webkit

pytestmark = [pytest.mark.e2e, pytest.mark.long]
BROWSERS = {"firefox": firefox, "webkit": webkit}
PINS = "document.querySelectorAll('.leaflet-marker-icon').length"
NUMBER = "Number(document.querySelector('[data-summary]').innerText.match(/\\d+/)[0])"
TYPE = """(() => {
    const box = document.querySelector("#q");
    box.value = "психолог";
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.form.requestSubmit();
})()"""


class Chromium:
    """The browser of all other journeys, asked as the two here are."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def go(self, address: str) -> None:
        self._page.goto(address)

    def ask(self, expression: str, *, in_frame: bool = False) -> Any:
        """A page that leaves while it is asked answers nothing: whoever waits asks the next one."""
        try:
            return (self._page.frames[1] if in_frame else self._page).evaluate(expression)
        except Error as error:
            if "context was destroyed" not in error.message:
                raise
            self._page.wait_for_load_state()
            return None


@pytest.fixture(params=BROWSERS)
def page(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Tab]:
    with BROWSERS[request.param](tmp_path) as found:
        yield found
        assert found.complaints == []


@pytest.fixture(params=["chromium", *BROWSERS])
def any_page(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Tab]:
    if request.param == "chromium":
        context = request.getfixturevalue("chromium").new_context()
        yield Chromium(context.new_page())
        context.close()
    else:
        with BROWSERS[request.param](tmp_path) as found:
            yield found


@pytest.fixture
def partner(site: Any) -> Iterator[str]:
    """A partner's site: a dark page with a narrow frame in a sandbox, where nothing can be stored."""
    frame = f'<iframe sandbox="allow-scripts" width=320 height=600 src="{site.address}/ru/embed/?theme=dark"></iframe>'
    words = f"<!doctype html><title>Партнёр</title><body style='background:#111'>{frame}".encode()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(words)

        def log_message(self, *_words: Any) -> None:
            """Nothing is told of it."""

    with HTTPServer(("127.0.0.1", free_port()), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_words_find_a_place_and_the_way_back_brings_them_again(page, site):
    page.go(site.address + "/ru/")
    wait_until(page, PINS)
    everything = page.ask(NUMBER)
    page.ask(TYPE)
    wait_until(page, f"{NUMBER} < {everything} && {NUMBER}")
    assert page.ask("location.href").split("#")[0] == site.address + "/ru/"  # the words are in no address
    wait_until(page, "!!document.querySelector('.results a[href*=\"/places/\"]')")
    found = page.ask(NUMBER)  # of the list as it stands
    page.ask("document.querySelector('.results a[href*=\"/places/\"]').click()")
    wait_until(page, "location.pathname.includes('/places/') && document.querySelector('h1')?.innerText")
    assert page.ask("document.querySelectorAll('a[href^=\"tel:\"]').length") > 0
    page.ask("history.back()")
    wait_until(page, f"document.querySelector('#q')?.value === 'психолог' && {NUMBER} === {found}")


def test_a_condition_narrows_the_list_and_its_chip_takes_it_off(page, site):
    page.go(site.address + "/ru/")
    wait_until(page, PINS)
    everything = page.ask(NUMBER)
    page.ask("document.querySelector('[data-panel=where] summary').click()")
    country = "document.querySelector('[data-filters] input[name=country][value=GE]')"
    assert wait_until(page, f"!!{country}")
    page.ask(f"{country}.click()")
    fewer = wait_until(page, f"{NUMBER} < {everything} && {NUMBER}")
    assert 0 < fewer < everything and "country=GE" in page.ask("location.href")
    page.ask("document.querySelector('[data-drop=\"country:GE\"]').click()")
    wait_until(page, f"{NUMBER} === {everything}")


def test_an_embed_works_in_a_sandbox_of_another_site(any_page, partner):
    any_page.go(partner)
    assert wait_until(any_page, f"document.readyState === 'complete' && {PINS}", in_frame=True)
    assert any_page.ask("document.documentElement.scrollWidth - innerWidth", in_frame=True) <= 0
    everything = any_page.ask(NUMBER, in_frame=True)
    country = "document.querySelector('[data-filters] input[name=country][value=GE]')"
    any_page.ask("document.querySelector('[data-panel=where] summary').click()", in_frame=True)
    assert wait_until(any_page, f"!!{country}", in_frame=True)
    any_page.ask(f"{country}.click()", in_frame=True)
    assert wait_until(any_page, f"{NUMBER} < {everything} && {NUMBER}", in_frame=True)


HELD = """(async () => [
    (await caches.keys()).length,
    (await navigator.serviceWorker.getRegistrations()).length,
    indexedDB.databases ? (await indexedDB.databases()).length : 0,
])()"""
ROWS = "document.querySelectorAll('.road-place').length"


def test_a_country_is_read_without_a_network_and_wiped(any_page, site, record_testsuite_property, request):
    """The line to home is taken down, which a browser cannot tell from a road without a signal."""
    with line(int(site.address.rpartition(":")[2])) as road:
        any_page.go(f"{road.address}/ru/road/#ge")
        wait_until(any_page, "!document.querySelector('[data-road-form]').hidden")
        any_page.ask("document.querySelector('[name=press]').click()")
        there = wait_until(any_page, ROWS)
        wait_until(any_page, "navigator.serviceWorker.controller !== null")
        any_page.go(f"{road.address}/ru/about/")
        road.is_down = True
        any_page.go(f"{road.address}/ru/road/")
        assert wait_until(any_page, ROWS) == there
        wait_until(any_page, "document.querySelectorAll('[data-road-map] canvas.leaflet-tile').length")
        any_page.ask("document.querySelector('[data-road-wipe]').click()")
        wait_until(any_page, "document.querySelector('[data-road-said]').textContent.includes('стёрто')")
        assert any_page.ask(HELD) == [0, 0, 0]
    record_testsuite_property(f"road: {request.node.callspec.id}", f"{there} places without a network, then nothing")
    any_page.complaints.clear()


CODE = "271828"
NIGHT = "/ru/workspace/outreach/"
STATE = "document.querySelector('[data-out-state]').textContent"


def enter(page: Tab, address: str, login: dict[str, str]) -> None:
    page.go(f"{address}/ru/accounts/login/")
    words = {"login": login["email"], "password": login["password"]}
    page.ask(f"""(() => {{
        for (const [name, value] of Object.entries({json.dumps(words)}))
            document.querySelector(`input[name=${{name}}]`).value = value;
        document.querySelector("main form button[type=submit]").click();
    }})()""")
    wait_until(page, "location.pathname.includes('/workspace/') && document.readyState === 'complete'")


def type_code(page: Tab, box: str) -> None:
    press = f"box.value = '{CODE}'; box.form.querySelector('button:not([type=button])').click()"
    page.ask(f"(() => {{ const box = document.querySelector('{box}'); {press} }})()")
    wait_until(page, "!document.querySelector('[data-out-open]').hidden")


# long: one journey from its beginning to its end
def test_outreach_without_a_signal_is_sent_once_and_the_switch_wipes_both_workers(
    any_page, site, record_testsuite_property, request
):
    """A shift: switched on, the line goes, a visit is pressed, the line comes back; then the network takes it back."""
    email, before = site.logins["editor"]["email"], None
    with line(int(site.address.rpartition(":")[2])) as road:
        enter(any_page, road.address, site.logins["editor"])
        any_page.go(f"{road.address}/ru/road/#am")
        wait_until(any_page, "!document.querySelector('[data-road-form]').hidden")
        any_page.ask("document.querySelector('[name=press]').click()")
        wait_until(any_page, ROWS)
        any_page.go(road.address + NIGHT)
        wait_until(any_page, "!document.querySelector('[data-out-on]').hidden")
        type_code(any_page, "#out-new-pin")
        wait_until(any_page, "navigator.serviceWorker.controller !== null")
        before = site.ask("outreach", "written", email)

        road.is_down = True
        any_page.go(road.address + NIGHT)
        wait_until(any_page, "!document.querySelector('[data-out-locked]').hidden")
        type_code(any_page, "#out-pin")
        near = "document.querySelector('[data-out-near] .out-row summary')"
        wait_until(any_page, f"!!{near}")
        any_page.ask(f"{near}.click()")
        served = (
            "[...document.querySelectorAll('[data-out-near] .out-row button')].find(b => b.textContent === 'Помогли')"
        )
        wait_until(any_page, f"!!{served}")
        any_page.ask(f"{served}.click()")
        wait_until(any_page, f"{STATE}.includes('ждёт') && !{STATE}.includes('Ничего не ждёт')")

        road.is_down = False
        any_page.ask("document.querySelector('[data-out-send]').click()")
        wait_until(any_page, f"{STATE}.includes('Ничего не ждёт')")
        after = site.ask("outreach", "written", email)
        assert after["visits"] - before["visits"] == 1

        off = serve(port := free_port(), site.variables | {"ROAD": "off", "OUTREACH": "off"})
        try:
            road.lead(port)
            for path, store in (("/ru/road/", "page"), (NIGHT, "leaf")):  # each asks home as it opens
                any_page.go(road.address + path)
                wait_until(any_page, f"caches.has('{store}').then((is_there) => !is_there)")
            any_page.go(road.address + "/ru/about/")
            wait_until(any_page, f"(async () => JSON.stringify(await {HELD}) === '[0,0,0]')()")
        finally:
            off.terminate()
            off.wait(20)
    record_testsuite_property(f"outreach: {request.node.callspec.id}", "a visit sent once; the switch left nothing")
    any_page.complaints.clear()
