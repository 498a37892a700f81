"""Every page of each role is free of axe violations, in both languages and at both widths."""

import re

import pytest

from e2e.conftest import violations

pytestmark = pytest.mark.e2e

PUBLIC = ["/{}/", "/{}/about/", "/{}/embed/?country=GE&view=split", "/{}/accounts/login/", "/{}/report-answer/",
          "/{}/accounts/signup/", "/{}/accounts/password/reset/"]  # fmt: skip
SIZES = [(1280, 800), (375, 720)]


def check(page, address):
    page.goto(address, wait_until="networkidle")
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    found = violations(page)
    if overflow > 0:
        found.append(f"{overflow} px wider than the window")
    return [f"{address} {page.viewport_size['width']}: {what}" for what in found]


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("size", SIZES)
def test_public_pages(open_page, site, language, size):
    page = open_page(width=size[0], height=size[1], language=language)
    addresses = [address.format(language) for address in PUBLIC]
    page.goto(f"/{language}/")
    place = page.locator("a[href*='/places/']").first.get_attribute("href")
    addresses += [place, place + "report/"]
    page.goto(place)
    addresses.append(page.locator("a[href*='/organizations/']").first.get_attribute("href"))
    assert [line for address in addresses for line in check(page, address)] == []


@pytest.mark.parametrize(
    ("role", "size"),
    [("editor", SIZES[0]), ("editor", SIZES[1]), ("verifier", SIZES[1]), ("coordinator", SIZES[0]),
     ("coordinator", SIZES[1])],
)  # fmt: skip
def test_private_pages(open_page, log_in, role, size):
    """Every page that the role's desk links to, one of each kind."""
    page = log_in(open_page(width=size[0], height=size[1]), role)
    seen, found, waiting = set(), [], ["/ru/workspace/", "/ru/members/"]
    while waiting:
        address = waiting.pop(0)
        found += check(page, address)
        for link in page.eval_on_selector_all(
            "main a[href], nav a[href]", "all => all.map(a => a.getAttribute('href'))"
        ):
            kind = re.sub(r"/[a-z0-9]{10}(?=/)", "/*", link.split("?")[0].split("#")[0])
            kind = re.sub(r"(organizations|team)/[-\w]+", r"\1/*", kind)
            private = kind.startswith(("/ru/workspace/", "/ru/members/")) and "logout" not in kind
            if private and not kind.endswith((".csv", ".json", ".svg")) and kind not in seen and len(seen) < 30:
                seen.add(kind)
                waiting.append(link.split("#")[0])
    assert found == []
    assert len(seen) > 5
