"""Access beyond axe: the map by keyboard, pages in large letters, wide spacing, a narrow window and forced colours, and
five ways by ear."""

from __future__ import annotations

import itertools
import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import violations
from e2e.reading.spoken import focused, heard_in_order, spoken
from e2e.reading.test_pages import MAPS, open_whole
from e2e.reading.trees import OURS, differs, tree
from e2e.thin.test_road import save, without_a_network

pytestmark = pytest.mark.e2e
PAGES = (
    "", "about/", "accessibility/", "suggest/access/", "suggest/", "report-answer/", "data/", "data/api/", "data/use/",
    "embed/build/?country=GE", "embed/?country=GE&view=split", "countries/", "countries/kz/", "countries/kz/ge/",
    "booklets/?country=ge", "news/", "documents/", "grants/", "learning/", "press/", "light/", "light/ge/", "road/",
    "join/", "news/letters/", "accounts/login/", "organizations/dom-s-balkonom/",
)  # fmt: skip
#: WCAG 1.4.12; a page under our policy takes it as a sheet of its own.
SPACING = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
LARGE = "html { font-size: 200% !important }"
WEAR = """sheet => { const worn = new CSSStyleSheet(); worn.replaceSync(sheet); document.adoptedStyleSheets = [worn];
    return new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn))); }"""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
#: Text that an ancestor cuts off; not what says so with an ellipsis, nor the map, which is a picture.
CUT = """() => {
    const cuts = (style) => [style.overflowX, style.overflowY].some((one) => one === "hidden" || one === "clip");
    const said = new Set();
    for (const element of document.querySelectorAll("body *")) {
        const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
        if (!own || !element.checkVisibility({ visibilityProperty: true })) continue;
        if (element.closest(".visually-hidden, .leaflet-container, [aria-hidden=true], option")) continue;
        const range = document.createRange();
        range.selectNodeContents(element);
        for (const box of range.getClientRects()) {
            for (let up = element; up && up !== document.body; up = up.parentElement) {
                const style = getComputedStyle(up), frame = up.getBoundingClientRect();
                if (!cuts(style)) continue;
                if (frame.width < 2 || frame.height < 2 || style.textOverflow === "ellipsis") break;
                const across = style.overflowX !== "visible" &&
                    (box.left < frame.left - 2 || box.right > frame.right + 2);
                const down = style.overflowY !== "visible" &&
                    (box.top < frame.top - 3 || box.bottom > frame.bottom + 3);
                if (across || down) said.add(`${up.className} cuts ${element.textContent.trim().slice(0, 40)}`);
            }
        }
    }
    return [...said];
}"""
#: In the smallest embed with letters twice as large the switch leaves the window; its list is there all the same.
KNOWN = {("embed/?country=GE&view=split", "200 %")}
#: px: pins whose height differs by less may stand in one row (static/js/map/walk.js).
ROW = 44
AT = "[document.activeElement._leaflet_pos.x, document.activeElement._leaflet_pos.y]"


#: What these give depends on the day: which service is open, which was checked. They are heard in the ways below.
DAILY = frozenset({"place", "place-easy"})


@pytest.mark.long
@pytest.mark.parametrize("language", ["ru", "ar-xb"])
# long: one journey from its beginning to its end
def test_each_public_page_reads_as_its_tree_says_and_nothing_is_cut(open_page, language):
    """One visit a page: its tree, then letters twice as large, wide spacing, a narrow window."""
    page = open_page(width=375, height=720)
    found = []
    open_whole(page, f"/{language}/organizations/dom-s-balkonom/")
    first = sorted(page.locator("main a[href*='/places/']").all(), key=lambda link: link.inner_text())[0]
    place = first.get_attribute("href").split("?")[0]
    named = {"place": place, "place-easy": f"{place}?easy=1", "place-report": f"{place}report/"}
    assert len(PAGES) + len(named) == 30, "as the accessibility statement says"
    for path in (*PAGES, *named):
        page.set_viewport_size({"width": 375, "height": 720})
        open_whole(page, named.get(path, f"/{language}/{path}"))
        if path not in DAILY:
            found += filter(None, [differs(language, path, tree(page.locator("body").aria_snapshot(), OURS[language]))])
        for name, sheet in (("spacing", SPACING), ("200 %", LARGE), ("320 px", "")):
            if name == "320 px":
                page.set_viewport_size({"width": 320, "height": 640})
            page.evaluate(WEAR, sheet)
            wider, cut = page.evaluate(WIDER), page.evaluate(CUT)
            if (wider > 0 or cut) and (path, name) not in KNOWN:
                found.append(f"{path} {name}: {wider} px wider, {cut}")
        if page.locator(MAPS).count():
            page.wait_for_load_state("networkidle")
    assert found == [], "\n".join(found)


def test_pins_and_the_focus_stay_in_forced_colours(open_page):
    page = open_page(forced_colors="active")
    page.goto("/ru/", wait_until="networkidle")
    pin = page.locator(".spot-pin").first
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    ground = "pin => getComputedStyle(pin.querySelector('.pin'), '::before').backgroundColor"
    assert pin.evaluate(ground) not in {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}
    page.keyboard.press("Tab")
    for _step in range(12):
        outline = page.evaluate(
            "(() => { const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);"
            " return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2; })()"
        )
        assert outline, page.evaluate("document.activeElement.outerHTML.slice(0, 90)")
        page.keyboard.press("Tab")
    pin.focus()
    page.keyboard.press("ArrowDown")
    ring = "getComputedStyle(document.activeElement.querySelector('.pin, .many'), '::before').outlineStyle"
    many = "getComputedStyle(document.activeElement.querySelector('.pin, .many')).outlineStyle"
    assert "solid" in {page.evaluate(ring), page.evaluate(many)}
    assert violations(page) == []


@pytest.mark.parametrize("language", ["ru", "ar-xb"])
# long: one journey from its beginning to its end
def test_pins_are_walked_in_reading_order_opened_and_left_by_keyboard(open_page, language):
    page = open_page()
    page.goto(f"/{language}/?country=GE", wait_until="networkidle")
    assert page.locator(".spot[tabindex='0']").count() == 1 < page.locator(".spot").count()
    page.locator(".map-canvas").focus()
    page.keyboard.press("Tab")
    walked = _walk(page)
    side = -1 if language == "ar-xb" else 1
    for (x, y), (next_x, next_y) in itertools.pairwise(walked):
        assert next_y > y or (y - next_y < ROW and side * (next_x - x) > 0), walked
    assert len(walked) == page.locator(".spot").count()

    page.keyboard.press("Home")
    while page.locator(".spot-pin:focus").count() == 0:  # a cluster leads to what it holds
        page.keyboard.press("Enter")
        page.wait_for_timeout(600)
        page.wait_for_load_state("networkidle")
        expect(page.locator(".spot:focus")).to_have_count(1)
    name = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("Enter")
    expect(page.locator(".popup h3:focus")).to_have_count(1)
    expect(page.locator(".popup-rest.is-waiting")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator(".popup")).to_have_count(0)
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == name
    page.wait_for_load_state("networkidle")


def _walk(page: Page) -> list[tuple[float, float]]:
    """Where the pins lie on the map, in the order of the keys."""
    page.keyboard.press("Home")
    found: list[tuple[float, float]] = []
    seen: set[str] = set()
    while (name := page.evaluate("document.activeElement.getAttribute('style')")) not in seen:
        seen.add(name)
        x, y = page.evaluate(AT)
        found.append((x, y))
        page.keyboard.press("ArrowDown")
    return found


def test_by_ear_a_test_is_found_in_a_city(open_page):
    page = open_page(width=375, height=720)
    page.goto("/ru/", wait_until="networkidle")
    assert not heard_in_order(
        spoken(page), 'link "Перейти к содержанию"', 'link "Быстрый выход"', "main",
        'heading "Карта услуг для мигрантов" level=1', 'heading "Где?" level=2', 'combobox "Город или страна"',
        'heading "Что нужно?" level=2', 'link "Провериться',
    )  # fmt: skip
    page.get_by_label("Город или страна").first.focus()
    page.keyboard.type("Алматы")
    page.locator("#start-list [role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert 'combobox "Город или страна"' in focused(page) and "expanded=True" in focused(page)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Провериться").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".card").first).to_contain_text("Алматы")
    page.wait_for_load_state("networkidle")
    lines = spoken(page)
    assert not heard_in_order(lines, "…Алматы", 'heading "', "article", 'heading "', "…Алматы"), lines
    assert any(re.match(r'heading "\d+ услуг', line) for line in lines)


# long: one journey from its beginning to its end
def test_by_ear_a_place_is_read_and_called_and_a_mistake_told(open_page):
    page = open_page(width=375, height=720)
    page.goto("/ru/organizations/dom-s-balkonom/")
    page.locator("main a[href*='/places/']").first.click()
    page.wait_for_url("**/places/**")
    page.wait_for_load_state("networkidle")
    lines = spoken(page)
    title = page.locator("h1").inner_text()
    assert not heard_in_order(lines, f'heading "{title}" level=1'), lines[:30]
    calls = [line for line in lines if line.startswith('link "') and re.search(r"\+\d[\d ]{7,}", line)]
    assert calls, "the number is said in the name of the link that calls"
    assert not heard_in_order(lines, "main", "heading", 'table "Часы работы"', "Понедельник", 'link "Что-то не так?')

    page.get_by_role("link", name="Что-то не так?").first.click()
    page.wait_for_url("**/report/")
    lines = spoken(page)
    assert not heard_in_order(
        lines, 'heading "Что-то не так" level=1', "…Что не так", 'radio "Закрыто"', 'textbox "Своими словами',
        'button "Отправить"',
    )  # fmt: skip
    assert not [line for line in lines if "invalid" in line], "nothing is wrong before anything was sent"
    page.get_by_role("button", name="Отправить").click()
    page.locator(".errors[role=alert]").wait_for()
    wrong = spoken(page)
    assert [line for line in wrong if line.startswith(("radio", "group")) and "invalid" in line]
    open_page.complaints.clear()  # the console tells that the form came back


def test_by_ear_the_pins_are_walked(open_page):
    page = open_page()
    page.goto("/ru/?country=GE", wait_until="networkidle")
    page.locator(".map-canvas").focus()
    assert focused(page).startswith('application "Карта мест. Стрелки двигают её')
    page.keyboard.press("Tab")
    heard = []
    for _step in range(3):
        heard.append(focused(page))
        page.keyboard.press("ArrowDown")
    assert all(line.startswith('button "') and re.search(r"услуг", line) for line in heard), heard
    assert len(set(heard)) == len(heard) or len(heard) > page.locator(".spot").count()


def test_by_ear_what_was_saved_is_read_on_the_road(open_page):
    page: Any = open_page(width=375, height=720)
    save(page, "am", with_map=False)
    without_a_network(page)
    page.goto("/ru/road/")
    expect(page.locator(".road-place").first).to_be_visible()
    lines = spoken(page)
    assert not heard_in_order(
        lines, 'heading "В дорогу" level=1', "Армения", "Сотрётся само", 'button "Стереть с телефона"',
        'heading "Позвонить сейчас" level=2', 'link "+', 'combobox "Что нужно?"', "article", 'heading "',
        'link "Позвонить +374', 'DisclosureTriangle "Где, когда, что взять',
    ), lines  # fmt: skip
    page.context.close()
    open_page.complaints.clear()  # the console tells that there was no network, to the end
