"""Pages in two languages made of English: half as long again, and from right to left."""

import re

import pytest

from e2e.conftest import rest
from e2e.reading.directions import numbers, overlaps, wrong_way
from e2e.reading.test_pages import PUBLIC, SIZES, at_each_size, open_whole, overflow, resize

pytestmark = pytest.mark.e2e

MORE = ["/{}/light/", "/{}/light/ge/", "/{}/?country=GE", "/{}/news/", "/{}/documents/", "/{}/press/", "/{}/list/"]
#: Kinds of private pages that are looked at for a role.
MOST = 20
#: What stands over the map.
ON_THE_MAP = (".legend", ".leaflet-control-scale", ".tools", ".leaflet-control-attribution")


def public_addresses(page, language):
    open_whole(page, f"/{language}/")
    place = page.locator("a[href*='/places/']").first.get_attribute("href").split("?")[0]
    open_whole(page, place)
    organization = page.locator("a[href*='/organizations/']").first.get_attribute("href")
    addresses = [address.format(language) for address in [*PUBLIC, *MORE]]
    # Pages for members and their doors speak previews to whoever signed in.
    return [*addresses, place, f"{place}report/", organization]


@pytest.mark.parametrize("language", ["en-xa", "ar-xb"])
def test_public_pages_hold_a_language_of_another_shape(open_page, site, language):
    """Nothing is wider than the window, and every figure of a phone stands right of the one before."""
    page = open_page(language="en")
    found, seen = [], 0
    for address in public_addresses(page, language):
        for size in at_each_size(page, address, SIZES):
            said = f"{address} {size[0]}"
            found += [f"{said}: {wider} px wider"] if (wider := overflow(page)) > 0 else []
            found += [f"{said}: {text}" for text in wrong_way(page)]
            seen += len(numbers(page))
    assert found == []
    assert seen > 100


def test_on_the_map_nothing_lies_over_anything(open_page, site):
    page = open_page(language="en")
    for language in ("ru", "ar-xb"):
        page.goto("about:blank")
        resize(page, SIZES[0])
        open_whole(page, f"/{language}/?country=GE")
        assert overlaps(page, *ON_THE_MAP) == [], language


def test_a_place_on_the_map_from_right_to_left(open_page, site):
    """Its popup is clear of the tools, its words begin on the right, its phone reads from left to right."""
    page = open_page(language="en")
    open_whole(page, "/ar-xb/?country=GE")
    page.locator("[data-show-on-map]").first.click()
    page.wait_for_selector(".leaflet-popup .popup-actions")
    page.wait_for_timeout(600)
    rest(page.locator(".leaflet-popup"))
    assert page.locator(".leaflet-popup-content").evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert overlaps(page, ".leaflet-popup", ".tools") == []
    assert wrong_way(page) == []


GOLOS = {"golos-text-cyrillic.woff2", "golos-text-latin.woff2"}


@pytest.mark.parametrize(("language", "more"), [("ru", set()), ("ar-xb", {"noto-sans-arabic.woff2"})])
def test_a_page_fetches_the_letters_that_it_shows(open_page, site, language, more):
    """A Russian reader two files, as before; whoever reads Arabic script one more, for the names of months."""
    page = open_page(language="en")
    fetched = set()
    page.on("request", lambda request: fetched.add(request.url.rpartition("/")[2]))
    open_whole(page, f"/{language}/?country=GE")
    assert {name for name in fetched if name.endswith(".woff2")} == GOLOS | more


def test_the_measure_sees_a_phone_that_is_turned_round(open_page, site):
    page = open_page(language="en")
    page.goto("/ar-xb/about/")
    page.set_content('<p dir="rtl">\u0627\u062a\u0635\u0644 +33 1 99 00 10 14</p>')
    assert wrong_way(page) == ["+33 1 99 00 10 14"]
    page.set_content('<p dir="rtl">\u0627\u062a\u0635\u0644 <bdi dir="ltr">+33 1 99 00 10 14</bdi></p>')
    assert wrong_way(page) == []


@pytest.mark.parametrize("language", ["en-xa", "ar-xb"])
@pytest.mark.parametrize("role", ["editor", "coordinator"])
def test_private_pages_hold_a_language_of_another_shape(open_page, log_in, role, language):
    """Of each role's pages the first kinds that its desk leads to, on a phone."""
    page = log_in(open_page(width=375, height=720, language="en"), role)
    found, seen, waiting = [], set(), [f"/{language}/workspace/", f"/{language}/members/"]
    while waiting:
        address = waiting.pop(0)
        open_whole(page, address)
        found += [f"{address}: {wider} px wider"] if (wider := overflow(page)) > 0 else []
        found += [f"{address}: {text}" for text in wrong_way(page)]
        for link in page.eval_on_selector_all("main a[href]:not([download])", "all => all.map(a => a.pathname)"):
            kind = re.sub(r"/[a-z0-9]{10}(?=/)|(?<=/organizations)/[-\w]+", "/*", link)
            is_new = link.startswith(f"/{language}/workspace/") and link.endswith("/") and kind not in seen
            if is_new and len(seen) < MOST:
                seen.add(kind)
                waiting.append(link)
        page.goto("about:blank")
    assert found == [] and len(seen) > 5
