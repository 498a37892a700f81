"""A country on a phone: saved at one press, read without a network, taken down, expired and wiped, in real Chromium."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import violations

pytestmark = pytest.mark.e2e
DAY = dt.timedelta(days=1)
#: All that a browser may keep of a site, by name.
KEPT = """async () => ({
    stores: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    databases: (await indexedDB.databases()).length,
    local: localStorage.length,
    tab: Object.keys(sessionStorage),
    cookies: document.cookie,
})"""
NOTHING = {"stores": [], "workers": 0, "databases": 0, "local": 0, "tab": [], "cookies": ""}
FILES = "async () => (await (await caches.open('page')).keys()).map(({ url }) => new URL(url).pathname)"
SAID = "[data-road-said]"


def kept(page: Page) -> Any:
    return page.evaluate(KEPT)


def save(page: Page, country: str = "ge", *, with_map: bool = True) -> None:
    page.goto(f"/ru/road/#{country}")
    if not with_map:
        page.uncheck("input[name=map]")
    page.click("button[name=press]")
    expect(page.locator(".road-place").first).to_be_visible()
    expect(page.locator(SAID)).to_have_text("")
    page.wait_for_function("navigator.serviceWorker.controller")


def without_a_network(page: Page) -> None:
    """The worker hears of it a moment after the page: it is waited for."""
    page.context.set_offline(True)
    page.wait_for_function("fetch('/healthz', { cache: 'no-store' }).then(() => false, () => true)")


def again(page: Page) -> None:
    page.goto("/ru/road/")


def move_clock(page: Page, by: dt.timedelta) -> None:
    """What the device believes; the worker's own clock cannot be moved, its rule is tried in node."""
    page.clock.set_fixed_time(dt.datetime.now(dt.UTC) + by)


def test_nothing_is_kept_before_the_press_and_all_of_it_is_named(open_page):
    page = open_page(width=375, height=720)
    for path in ("/ru/", "/ru/about/", "/ru/light/", "/ru/embed/", "/ru/road/"):
        page.goto(path)
        # How the map was left, for “back”: it goes with the tab (docs/privacy.md).
        assert kept(page) | {"tab": []} == NOTHING, path
        assert all(name.startswith("kept:map-") for name in kept(page)["tab"])
    save(page)
    assert kept(page) | {"tab": []} == NOTHING | {"stores": ["page"], "workers": 1}
    files = set(page.evaluate(FILES))
    own = {path for path in files if not path.startswith("/static/")}
    rows = {"/ru/road/", "/ru/road/app.webmanifest", "/ru/road/map/ge.pmtiles"}
    assert own == rows | {"/ru/road/kept/meta", "/ru/road/kept/pack"}
    assert {path.split("/")[2] for path in files - own} <= {"js", "css", "vendor", "fonts", "img", "basemap"}


def test_a_country_is_read_called_and_filtered_without_a_network(open_page):
    page = open_page(width=375, height=720)
    save(page)
    without_a_network(page)
    again(page)
    expect(page.locator(".road-place").first).to_be_visible()
    expect(page.locator("[data-road-name]")).to_have_text("Грузия")
    assert page.locator("[data-road-lines] a[href^='tel:']").count() >= 1
    everything = page.locator(".road-place").count()

    page.select_option("#road-need", "test")
    assert 0 < page.locator(".road-place").count() < everything
    page.select_option("#road-need", "")
    page.fill("#road-words", "тбилиси")
    assert 0 < page.locator(".road-place").count() < everything
    page.fill("#road-words", "")
    card = page.locator(".road-place", has=page.locator("a[href^='tel:']")).first
    card.locator("summary").click()
    expect(card.locator(".road-hours").first).to_be_visible()

    expect(page.locator("[data-road-map] canvas.leaflet-tile").first).to_be_attached()
    page.locator("[data-road-map] .spot").first.press("Enter")
    expect(page.locator(".road-place details[open]").first).to_be_visible()
    assert violations(page) == []
    assert "?" not in page.url and "#" not in page.url
    page.context.close()
    open_page.complaints.clear()  # the console tells that there was no network, to the end


def test_a_page_in_another_language_leads_to_the_copy_that_is_there(open_page):
    page = open_page(width=375, height=720)
    page.goto("/en/road/")
    expect(page.locator("button[name=press]")).to_be_enabled()
    expect(page.locator("[data-road-other]")).to_be_hidden()
    save(page, with_map=False)
    page.goto("/en/road/")
    page.click("[data-road-other] a")
    page.wait_for_url("**/ru/road/")
    expect(page.locator(".road-place").first).to_be_visible()


def test_open_or_not_is_what_the_product_says_at_every_hour_of_two_weeks(open_page, site):
    page = open_page()
    start = dt.datetime.now(dt.UTC).replace(minute=0, second=0, microsecond=0)
    instants = [(start + dt.timedelta(hours=7 * step, minutes=step % 60)).isoformat() for step in range(48)]
    page.goto("/ru/road/")
    compared = 0
    for country in ("GE", "KZ", "DE"):
        told = site.ask("road", "states", country, instants)
        found = page.evaluate(
            """async ([country, instants]) => {
                const { stateOf } = await import("#road/filters.js");
                const pack = await (await fetch(`/api/v1/pack/${country.toLowerCase()}/?lang=ru`)).json();
                const state = (place, service, at) => {
                    const { state, isSure } = stateOf(pack, place, service, new Date(at));
                    return (state === "open" || state === "always") && !isSure ? "unsure" : state;
                };
                return Object.fromEntries(pack.changed.flatMap((place) => place.services.map((service) =>
                    [service.id, instants.map((at) => state(place, service, at))])));
            }""",
            [country, instants],
        )
        for listing, states in told.items():
            assert found[listing] == states, listing
            compared += len(states)
    assert compared > 1000


def test_what_is_hidden_goes_at_the_first_contact_and_not_before(open_page, site):
    page = open_page()
    save(page, "am", with_map=False)
    listing = page.evaluate(ROWS)[0]  # not every listing of a country is for the road
    without_a_network(page)
    site.ask("road", "hide_one", listing)
    try:
        again(page)
        expect(page.locator(".road-place").first).to_be_visible()
        assert listing in page.evaluate(ROWS)
        page.context.set_offline(False)
        again(page)
        page.wait_for_function(f"async () => !(await ({ROWS})()).includes({listing!r})")
    finally:
        site.ask("road", "show_again", [listing], site.logins["administrator"]["email"])
    open_page.complaints.clear()


ROWS = """async () => {
    const found = await (await caches.open("page")).match("/ru/road/kept/pack");
    return found ? (await found.json()).places.flatMap(({ services }) => services.map(({ id }) => id)) : [];
}"""


def test_rows_end_with_their_day_and_the_copy_with_its_time(open_page):
    page = open_page()
    save(page, with_map=False)
    without_a_network(page)
    page.evaluate("""async () => {
        const store = await caches.open("page");
        const pack = await (await store.match("/ru/road/kept/pack")).json();
        const soon = new Date(Date.now() + 20 * 60 * 60 * 1000).toISOString().slice(0, 10);
        const ends = { timezone: "UTC", services: pack.places[0].services.map((one) => ({ ...one, hides_on: soon })) };
        Object.assign(pack.places[0], ends);
        await store.put("/ru/road/kept/pack", new Response(JSON.stringify(pack)));
    }""")
    before = page.evaluate(ROWS)
    # Within a day: the worker, whose clock stays, would take more for a clock that goes back.
    move_clock(page, dt.timedelta(hours=21))
    again(page)
    expect(page.locator(".road-place").first).to_be_visible()
    assert 0 < len(page.evaluate(ROWS)) < len(before)

    move_clock(page, 15 * DAY)
    again(page)
    expect(page.locator(SAID)).to_contain_text("Срок копии вышел")
    assert kept(page) | {"tab": []} == NOTHING
    open_page.complaints.clear()


def test_a_clock_that_goes_back_wipes(open_page):
    page = open_page()
    save(page, with_map=False)
    without_a_network(page)
    move_clock(page, -2 * DAY)
    again(page)
    expect(page.locator(SAID)).to_contain_text("перевели часы")
    assert kept(page) | {"tab": []} == NOTHING
    open_page.complaints.clear()


@pytest.mark.parametrize("way", ["page", "footer", "exit", "exit of another page", "escape", "forget"])
def test_every_way_of_wiping_leaves_nothing(open_page, way):
    page = open_page(width=375, height=720)
    save(page, with_map=False)
    if way == "page":
        page.click("[data-road-wipe]")
        expect(page.locator(SAID)).to_contain_text("С телефона стёрто")
    elif way == "footer":
        page.goto("/ru/about/")
        page.click("[data-wipe]")
        expect(page.get_by_text("С телефона стёрто.")).to_be_visible()
    elif way == "forget":
        page.goto("/forget/")
        expect(page.locator("[data-forgotten]")).to_be_visible()
        page.wait_for_function(f"async () => (await ({KEPT})()).stores.length === 0")
    else:
        if way == "exit of another page":
            page.goto("/ru/")
        page.wait_for_load_state("load")
        if way == "escape":
            for _press in range(3):
                page.keyboard.press("Escape")
        else:
            page.locator("[data-exit]").first.click()
        page.wait_for_url("about:blank")
    page.goto("/ru/about/")
    assert kept(page) | {"tab": []} == NOTHING


def test_an_answer_that_takes_it_back_wipes(open_page):
    page = open_page()
    save(page, with_map=False)
    page.context.route("**/api/v1/pack/**", lambda route: route.fulfill(status=410, body="{}"))
    again(page)
    expect(page.locator(SAID)).to_contain_text("отозвала")
    assert kept(page) | {"tab": []} == NOTHING
    open_page.complaints.clear()


def test_the_worker_is_asked_for_no_page_outside_its_folder(open_page):
    page = open_page()
    save(page, with_map=False)
    for path in ("/ru/", "/ru/embed/", "/ru/members/", "/ru/accounts/login/", "/ru/workspace/", "/en/road/"):
        page.goto(path)
        assert page.evaluate("navigator.serviceWorker.controller") is None, path


@pytest.mark.long
def test_a_hundred_takedowns_are_gone_at_the_first_contact(open_page, site, record_testsuite_property):
    page, hidden, gone = open_page(), [], 0
    for country in ("GE", "KZ", "PL", "UA", "AM"):
        save(page, country.lower(), with_map=False)
        for listing in page.evaluate(ROWS)[:-1]:
            if len(hidden) == 100:
                break
            site.ask("road", "hide_one", listing)
            hidden.append(listing)
            gone += listing in page.evaluate(ROWS)
            again(page)
            page.wait_for_function(f"async () => !(await ({ROWS})()).includes({listing!r})", timeout=5000)
        page.click("[data-road-wipe]")
        expect(page.locator(SAID)).to_contain_text("стёрто")
    site.ask("road", "show_again", hidden, site.logins["administrator"]["email"])
    record_testsuite_property("road: takedowns gone at the first contact", f"{gone} of {len(hidden)}")
    assert gone == len(hidden) == 100


@pytest.mark.long
def test_a_hundred_rows_end_with_their_day(open_page, record_testsuite_property):
    page = open_page()
    page.goto("/ru/road/")
    found = page.evaluate(EXPIRIES)
    record_testsuite_property("road: expiries by the device's clock", f"{found} of 100")
    assert found == 100


@pytest.mark.long
def test_a_hundred_wipes_leave_nothing(open_page, record_testsuite_property):
    page, left, slowest = open_page(), 0, 0.0
    for _turn in range(100):
        page.goto("/ru/about/")  # the next one is a page of its own
        save(page, "am", with_map=False)
        slowest = max(slowest, page.evaluate(WIPE))
        left += kept(page)["stores"] == [] and kept(page)["workers"] == 0
    record_testsuite_property("road: wiped", f"{left} of 100, the slowest in {slowest:.0f} ms")
    assert left == 100 and slowest < 500


WIPE = """async () => {
    const { wipeInHaste } = await import("#lib/stored.js");
    const start = performance.now();
    await wipeInHaste();
    return performance.now() - start;
}"""
EXPIRIES = """async () => {
    const { current } = await import("#road/life.js");
    const pack = await (await fetch("/api/v1/pack/ge/?lang=ru")).json();
    const [place] = pack.changed;
    let right = 0;
    for (let turn = 0; turn < 100; turn += 1) {
        const day = new Date(Date.now() + turn * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
        const zone = ["Asia/Tbilisi", "Europe/Berlin", "Asia/Almaty", "UTC"][turn % 4];
        const hours = { "Asia/Tbilisi": 4, "Europe/Berlin": 1, "Asia/Almaty": 5, UTC: 0 }[zone];
        const midnight = Date.parse(`${day}T00:00:00Z`) - hours * 60 * 60 * 1000;
        const named = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "shortOffset" }).format(midnight);
        const summer = zone === "Europe/Berlin" && named.includes("+2");
        const begins = midnight - (summer ? 60 * 60 * 1000 : 0);
        const mortal = { ...place, timezone: zone, services: [{ ...place.services[0], hides_on: day }] };
        right += current([mortal], begins - 1000).length === 1 && current([mortal], begins).length === 0;
    }
    return right;
}"""
