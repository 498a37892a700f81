"""Where the reader's own few colours take the place of ours, nothing that a ground or a shadow told is lost."""

import pytest

from e2e.conftest import press
from e2e.reading.forced import lost
from e2e.reading.test_pages import open_whole

pytestmark = pytest.mark.e2e
PUBLIC = (
    "about/", "accessibility/", "booklets/?country=ge", "countries/kz/ge/", "countries/kz/", "join/", "light/ge/",
    "news/letters/", "road/", "suggest/", "organizations/dom-s-balkonom/", "embed/?country=GE&view=split",
)  # fmt: skip
PRIVATE = {
    "editor": ("workspace/", "workspace/referrals/", "workspace/countries/"),
    "verifier": ("workspace/reviews/",),
    "coordinator": ("workspace/coordination/", "workspace/coordination/monitoring/", "workspace/coordination/reports/"),
}


def faults(page, address):
    open_whole(page, f"/ru/{address}")
    return [f"{address} {what}" for what in lost(page)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_map_with_filters_and_an_open_pin(open_page, scheme):
    page = open_page(color_scheme=scheme)
    found = faults(page, "?country=GE")
    page.locator(".filter > summary").first.click()
    found += lost(page)
    open_whole(page, "/ru/?country=GE")
    press(page.locator(".card-show").first)
    page.locator(".popup h3").wait_for()
    found += lost(page)
    page.wait_for_load_state("networkidle")
    assert found == [], "\n".join(found)


def test_public_pages_on_a_phone(open_page):
    page = open_page(width=375, height=720)
    found = [line for address in PUBLIC for line in faults(page, address)]
    place = page.locator("main a[href*='/places/']").first
    open_whole(page, "/ru/organizations/dom-s-balkonom/")
    address = place.get_attribute("href").split("?")[0].removeprefix("/ru/")
    found += [line for one in (address, f"{address}?easy=1", f"{address}report/") for line in faults(page, one)]
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("role", PRIVATE)
def test_pages_of_members(open_page, log_in, role):
    page = log_in(open_page(), role)
    found = [line for address in PRIVATE[role] for line in faults(page, address)]
    if role == "editor":
        open_whole(page, "/ru/workspace/")
        listing = page.locator("main a[href*='/workspace/listings/']").first.get_attribute("href")
        identifier = listing.partition("/listings/")[2].partition("/")[0]
        found += faults(page, f"workspace/listings/{identifier}/hours/")
    assert found == [], "\n".join(found)
