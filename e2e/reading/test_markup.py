"""Markup in every text that people write runs in no place where it is shown, and no browser has anything to report."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.e2e, pytest.mark.long]
#: Before the page's own scripts: what a payload calls, what the policy refuses, what a dialog would say.
WATCH = """
window.hits = [];
window.hit = () => window.hits.push(location.pathname);
addEventListener('securitypolicyviolation', (event) => window.hits.push(`${event.violatedDirective} ${event.sample}`));
"""
#: What everybody reads, then what members, the owner, a verifier, a coordinator and an operator do.
PUBLIC = ("/ru/", "/ru/places/{place}/", "/ru/organizations/{slug}/", "/ru/embed/?country=GE&view=split",
          "/ru/places/{place}/report/")  # fmt: skip
PRIVATE = {
    "editor": ("/ru/members/places/{place}/", "/ru/workspace/listings/{listing}/", "/ru/workspace/places/{place}/",
               "/ru/workspace/services/{service}/", "/ru/workspace/organizations/{slug}/"),
    "verifier": ("/ru/workspace/reviews/{review}/", "/ru/members/"),
    "coordinator": ("/ru/workspace/coordination/checks/{listing}/", "/ru/workspace/coordination/reports/{report}/"),
}  # fmt: skip


# long: the journey through all the places, in its order
def test_nothing_that_somebody_typed_runs(open_page, log_in, site, record_testsuite_property):
    ids = site.ask("markup", "lay", site.logins["editor"]["email"])
    hits, shown, reports = [], 0, []

    def look(page, address):
        nonlocal shown
        answer = page.goto(address.format(**ids), wait_until="networkidle")
        assert answer.status == 200, address
        for control in page.locator("main summary, main [title], main input").all()[:40]:
            control.dispatch_event("mouseover")
            control.dispatch_event("focus")
        page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
        shown += page.evaluate("document.body.innerText.split('hit()').length - 1")
        hits.extend(page.evaluate("window.hits"))

    def watched(page):
        page.add_init_script(WATCH)
        page.on("request", lambda request: reports.append(request.url) if "/violations" in request.url else None)
        page.on("dialog", lambda dialog: hits.append(dialog.message))
        return page

    reader = watched(open_page())
    for address in PUBLIC:
        look(reader, address)
    reader.goto("/ru/", wait_until="networkidle")
    reader.fill("input[name=q]", "hit")
    reader.keyboard.press("Enter")
    reader.wait_for_load_state("networkidle")
    shown += reader.evaluate("document.body.innerText.split('hit()').length - 1")
    open_popup(reader, ids["place"])
    hits.extend(reader.evaluate("window.hits"))
    for role, addresses in PRIVATE.items():
        page = log_in(watched(open_page()), role)
        for address in addresses:
            look(page, address)
    places = len(PUBLIC) + 2 + sum(map(len, PRIVATE.values()))
    said = f"{ids['texts']} payloads in every text, {places} places, shown as text {shown} times"
    record_testsuite_property("markup", f"{said}, {len(hits)} ran, {len(reports)} reports of the policy")
    assert shown > 50 and not hits and not reports


def open_popup(page, place):
    """The card of the place on the map, which Leaflet would build of HTML if it were asked to."""
    page.goto(f"/ru/places/{place}/", wait_until="networkidle")
    pin = page.locator(".leaflet-marker-icon").first
    if pin.count():
        pin.click(force=True)
        page.wait_for_timeout(500)
