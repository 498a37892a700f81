"""Every page of each role is free of axe violations, in both languages and at both widths."""

import re

import pytest

from e2e.conftest import violations

pytestmark = pytest.mark.e2e

PUBLIC = ["/{}/", "/{}/about/", "/{}/embed/?country=GE&view=split", "/{}/accounts/login/", "/{}/report-answer/",
          "/{}/accounts/signup/", "/{}/accounts/password/reset/", "/{}/data/", "/{}/data/api/",
          "/{}/embed/build/?country=GE", "/{}/data/use/", "/{}/countries/", "/{}/countries/kz/ge/",
          "/{}/booklets/?country=ge", "/{}/booklets/?country=ge&form=fold-a7", "/{}/accessibility/",
          "/{}/suggest/access/", "/{}/press/", "/{}/light/", "/{}/light/ge/"]  # fmt: skip
SIZES = [(1280, 800), (375, 720)]
#: By what the server writes: the script that makes the map of it may come late.
MAPS = "service-map, [data-mini-map], .pin-map"


def check(page, address, sizes):
    """Opens the page and looks at it at every size."""
    return [f"{address} {size[0]}: {what}" for size in at_each_size(page, address, sizes) for what in faults(page)]


def at_each_size(page, address, sizes):
    """The page at one size after the other; a map, which chooses its part of the world by its size, anew.

    A map is left before the size changes: it would ask for other tiles, and tell on the console that they never came.
    """
    for size in sizes:
        with_map = page.locator(MAPS).count() > 0
        if with_map:
            page.goto("about:blank")
        resize(page, size)
        if size == sizes[0] or with_map:
            open_whole(page, address)
        yield size


def resize(page, size):
    """Another size, drawn: until the next frame the rules of the former one may still hold."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.evaluate("new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))")


def open_whole(page, address):
    """Open the page and wait for what a map asks for later: leaving in the middle of it is told on the console."""
    page.goto(address)
    if page.locator(MAPS).count():
        page.wait_for_load_state("networkidle")


def faults(page):
    wider = overflow(page)
    return violations(page) + ([f"{wider} px wider than the window"] if wider > 0 else [])


def overflow(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize("language", ["ru", "en"])
def test_public_pages(open_page, site, language):
    page = open_page(language=language)
    addresses = [address.format(language) for address in PUBLIC]
    open_whole(page, f"/{language}/")
    place = page.locator("a[href*='/places/']").first.get_attribute("href")
    addresses += [place, place.split("?")[0] + "?easy=1", place.split("?")[0] + "report/"]
    open_whole(page, place)
    addresses.append(page.locator("a[href*='/organizations/']").first.get_attribute("href"))
    assert [line for address in addresses for line in check(page, address, SIZES)] == []


@pytest.mark.parametrize("language", ["ru", "en"])
def test_pages_fit_before_their_fonts_have_come(open_page, log_in, language):
    page = open_page(width=375, language=language)
    page.route("**/*.woff2", lambda route: route.fulfill(status=200, body=b"", content_type="font/woff2"))
    found = {}
    for address in [*PUBLIC[3:], "/{}/about/"]:
        page.goto(address.format(language))
        found[address] = overflow(page)
    log_in(page, "editor")
    page.goto(f"/{language}/workspace/")
    assert found | {"workspace": overflow(page)} == dict.fromkeys([*found, "workspace"], 0)


@pytest.mark.parametrize(("role", "sizes"), [("editor", SIZES), ("verifier", SIZES[1:]), ("coordinator", SIZES)])
def test_private_pages(open_page, log_in, role, sizes):
    """Every page that the role's desk links to, one of each kind."""
    page = log_in(open_page(), role)
    seen, found, waiting = set(), [], ["/ru/workspace/", "/ru/members/"]
    while waiting:
        address = waiting.pop(0)
        found += check(page, address, sizes)
        for link in page.eval_on_selector_all(
            "main a[href]:not([download]), nav a[href]", "all => all.map(a => a.getAttribute('href'))"
        ):
            kind = re.sub(r"/[a-z0-9]{10}(?=/)", "/*", link.split("?")[0].split("#")[0])
            kind = re.sub(r"(organizations|team)/[-\w]+", r"\1/*", kind)
            private = kind.startswith(("/ru/workspace/", "/ru/members/")) and "logout" not in kind
            if (
                private
                and not kind.endswith((".csv", ".xlsx", ".json", ".svg"))
                and kind not in seen
                and len(seen) < 30
            ):
                seen.add(kind)
                waiting.append(link.split("#")[0])
    assert found == []
    assert len(seen) > 5
