"""A person's own pages, the way in by invitation, and the operators' screens, in a real browser under our policy."""

import re

import pytest

from e2e.conftest import violations

pytestmark = pytest.mark.e2e

OWN = ["accounts/", "accounts/email/", "accounts/password/change/", "accounts/2fa/", "accounts/2fa/webauthn/"]
OPERATORS = ["", "organizations/location/", "services/servicetype/", "services/service/", "accounts/user/add/",
             "organizations/organization/add/", "verification/listingstate/"]  # fmt: skip


def faults(page, address):
    page.goto(address)
    if page.locator(".leaflet-container").count():
        page.wait_for_load_state("networkidle")
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    found = violations(page) + ([f"{overflow} px too wide"] if overflow > 0 else [])
    return [f"{address}: {what}" for what in found]


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("width", [1280, 375])
def test_the_pages_of_an_account(open_page, log_in, language, width):
    page = log_in(open_page(width=width, language=language), "member")
    assert [fault for path in OWN for fault in faults(page, f"/{language}/{path}")] == []


def test_a_colleague_is_invited_and_comes_in(open_page, log_in, site):
    desk = log_in(open_page(), "administrator")
    desk.goto("/ru/workspace/team/")
    desk.locator(".door").first.click()
    desk.fill("input[name=email]", "newcomer@example.org")
    desk.locator("form:has(input[name=email]) button[type=submit]").click()
    desk.get_by_text("newcomer@example.org").first.wait_for()
    letter = max((site.folder / "mail").iterdir(), key=lambda file: file.stat().st_mtime_ns).read_text()
    link = re.search(r"http://\S+/invitation/\S+", letter)[0]

    page = open_page(width=375)
    assert faults(page, link) == []
    page.fill("input[name=name]", "Новенькая")
    page.fill("input[name=password]", "сорок тысяч обезьян")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/ru/workspace/")


def test_the_operators_screens(open_page, log_in):
    page = log_in(open_page(), "administrator")
    found = [fault for path in OPERATORS for fault in faults(page, f"/admin/{path}")]
    page.goto("/admin/organizations/location/")
    place = page.locator("th.field-name a").first.get_attribute("href")
    assert found + faults(page, place) == []
    assert page.evaluate("L.version") == "1.9.4"
    page.locator(".leaflet-marker-icon").first.wait_for()
    page.wait_for_function("document.querySelectorAll('canvas.leaflet-tile-loaded').length >= 3")
