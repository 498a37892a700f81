"""Embeds in a page of another origin: two on one page, in a sandbox without an origin, on dark ground; the builder as a
partner uses it."""

import contextlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

pytestmark = pytest.mark.e2e
#: What a careful site lets a frame of strangers do.
SANDBOX = "allow-scripts allow-popups"


@contextlib.contextmanager
def partner(html):
    """A site of somebody else's."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *_args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(chromium):
    context = chromium.new_context(viewport={"width": 900, "height": 900})
    opened = context.new_page()
    opened.faults = []
    opened.on("pageerror", lambda error: opened.faults.append(str(error)))
    yield opened
    context.close()


def frame(site, query, more=""):
    return f'<iframe src="{site.address}/ru/embed/?{query}" title="x" width="600" height="200" {more}></iframe>'


def heights(page):
    return page.evaluate("[...document.querySelectorAll('iframe')].map((one) => one.getBoundingClientRect().height)")


def test_two_embeds_of_another_origin_grow_and_a_third_stays(site, page):
    grown = frame(site, "view=cards&country=GE", "data-service-map")
    shut = frame(site, "view=cards&country=PL", f'data-service-map sandbox="{SANDBOX}"')
    still = frame(site, "view=cards&country=GE")
    html = f'<!DOCTYPE html><body>{grown}{shut}{still}<script src="{site.address}/embed.js" async></script>'
    with partner(html) as address:
        page.goto(address)
        page.wait_for_function(
            "[...document.querySelectorAll('iframe')].slice(0, 2).every((one) => one.offsetHeight > 700)"
        )
        first, second, third = heights(page)
        assert first > 700 and second > 700 and third == pytest.approx(204, abs=5)
        # Neither a stranger's window nor a number that is none moves them.
        page.evaluate("window.postMessage({type: 'service-map:height', height: 5000}, '*')")
        page.wait_for_timeout(200)
        assert heights(page)[:2] == [first, second]
    assert page.faults == []


def test_a_map_works_in_a_sandbox_without_an_origin(site, page):
    shut = frame(site, "country=GE&view=split", f'sandbox="{SANDBOX}"').replace('height="200"', 'height="600"')
    html = f"<!DOCTYPE html><body>{shut}"
    with partner(html) as address:
        page.goto(address)
        inside = page.frame_locator("iframe")
        inside.locator(".leaflet-marker-icon").first.wait_for()
        assert inside.locator(".card").count() > 0
        assert page.context.cookies() == []
    assert page.faults == []


@pytest.mark.parametrize(("scheme", "dark"), [("dark", True), ("light", False)])
def test_it_is_as_the_device_is(site, page, scheme, dark):
    page.emulate_media(color_scheme=scheme)
    with partner(f"<!DOCTYPE html><body>{frame(site, 'view=cards&country=GE&accent=ffee00')}") as address:
        page.goto(address)
        inside = page.frame_locator("iframe")
        ground = inside.locator(".embed-main").evaluate("(one) => getComputedStyle(one).backgroundColor")
        assert (ground == "rgb(27, 33, 31)") == dark
        assert (
            inside.locator(":root").evaluate("(one) => getComputedStyle(one).getPropertyValue('--accent')")[:1] == "#"
        )


def test_a_partner_makes_an_embed_alone(site, page):
    """From the map with a condition to a code, which stands in a page of theirs."""
    page.goto(f"{site.address}/ru/?country=GE")
    page.wait_for_selector(".leaflet-marker-icon")
    with page.expect_navigation():
        page.evaluate("document.querySelector('[data-build-link]').click()")
    assert "/ru/embed/build/?country=GE" in page.url
    page.get_by_text("Карточки без карты").click()
    page.get_by_text("По высоте карточек").click()
    page.wait_for_selector("#code-script")
    code = page.input_value("#code-script")
    assert "view=cards" in code and "country=GE" in code and "/embed.js" in code
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name=page.inner_text("label[for=code-script]")).click()
    page.get_by_text("Скопировано").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == code
    page.get_by_text("320 px").click()
    assert page.locator("[data-preview] iframe").evaluate("(one) => one.getBoundingClientRect().width") == 320
    with partner(f"<!DOCTYPE html><body>{code}") as address:
        page.goto(address)
        page.wait_for_function("document.querySelector('iframe').offsetHeight > 700")
    assert page.faults == []
