"""The pages with their modules in one file, as they are collected for readers."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from e2e.thin import broken
from servicemap.statics.storage import joined_scripts

pytestmark = pytest.mark.e2e
STATIC = Path(__file__).resolve().parents[2] / "static"
#: What an uncollected page announces ahead is fetched and not run.
OURS = {"js/site.js", "js/map/element.js", "js/map/basemap.js", "js/map/mini.js"}


@pytest.fixture(scope="module")
def scripts():
    paths = [path.relative_to(STATIC).as_posix() for path in (STATIC / "js").rglob("*.js")]
    return joined_scripts(paths, lambda path: (STATIC / path).read_text(encoding="utf-8"))


def join(page: Page, scripts: dict[str, str]) -> None:
    """The page is given joined files, and nothing else of ours to run."""

    def give(route: Route) -> None:
        path = route.request.url.split("/static/")[1].split("?")[0]
        text = scripts.get(path, "throw new Error('not joined');") if path in OURS else "export {};"
        route.fulfill(content_type="text/javascript", body=text)

    page.route("**/static/**/*.js", give)


def test_the_map_is_whole_with_one_script_and_its_ground_with_another(open_page, scripts):
    page = open_page(width=1280, height=800)
    join(page, scripts)
    page.goto("/ru/?country=GE", wait_until="load")
    expect(page.locator(".spot").first).to_be_visible()
    expect(page.locator("canvas.leaflet-tile").first).to_be_attached()
    page.locator(".card [data-show-on-map]").first.click()
    expect(page.locator(".leaflet-popup h3").first).to_be_visible()


def test_a_place_has_its_small_map_with_one_script(open_page, scripts):
    page = open_page(width=375, height=720)
    join(page, scripts)
    page.goto("/ru/?country=GE", wait_until="load")
    page.goto(page.locator(".card a[href*='/places/']").first.get_attribute("href"))
    expect(page.locator("[data-mini-map] .spot, [data-mini-map] path.area").first).to_be_attached()
    expect(page.locator("[data-mini-map] canvas.leaflet-tile").first).to_be_attached()


@pytest.mark.parametrize("way", broken.WAYS)
def test_with_its_one_script_broken_the_page_is_what_it_is_without_scripts(open_page, way):
    broken.journey(open_page(width=375, height=720), "map/element.js", way)
    open_page.complaints.clear()  # the console tells of the script that this test has broken
