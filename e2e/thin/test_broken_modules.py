import pytest

from e2e.thin import broken

pytestmark = pytest.mark.e2e


def forgive(open_page, page):
    """The console tells of the modules that a test has broken, now and then after the page has gone on."""
    page.close()
    open_page.complaints.clear()


@pytest.mark.parametrize(
    ("module", "way"),
    [("map/element.js", "missing"), ("map/sheet.js", "not understood"), ("map/list.js", "breaking")],
)
def test_with_a_broken_module_the_page_is_what_it_is_without_scripts(open_page, module, way):
    page = open_page(width=375, height=720)
    broken.journey(page, module, way)
    forgive(open_page, page)


@pytest.mark.parametrize(("module", "way"), [("map/paint.js", "breaking"), ("map/basemap.js", "missing")])
def test_without_its_ground_the_map_has_its_pins(open_page, module, way):
    page = open_page(width=375, height=720)
    broken.without_ground(page, module, way)
    forgive(open_page, page)


@pytest.mark.long
def test_no_module_of_the_map_is_needed_to_reach_a_phone(open_page):
    page = open_page(width=375, height=720)
    for module in sorted(broken.needed()):
        broken.journey(page, module, "missing")
    for module in sorted(broken.of_ground()):
        broken.without_ground(page, module, "missing")
    forgive(open_page, page)
