import pytest

from e2e.thin import broken

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize(
    ("module", "way"),
    [("map/element.js", "missing"), ("map/sheet.js", "not understood"), ("map/list.js", "breaking")],
)
def test_with_a_broken_module_the_page_is_what_it_is_without_scripts(open_page, module, way):
    broken.journey(open_page(width=375, height=720), module, way)
    open_page.complaints.clear()  # the console tells of the module that this test has broken


@pytest.mark.parametrize(("module", "way"), [("map/paint.js", "breaking"), ("map/basemap.js", "missing")])
def test_without_its_ground_the_map_has_its_pins(open_page, module, way):
    broken.without_ground(open_page(width=375, height=720), module, way)
    open_page.complaints.clear()


@pytest.mark.long
def test_no_module_of_the_map_is_needed_to_reach_a_phone(open_page):
    page = open_page(width=375, height=720)
    for module in sorted(broken.needed()):
        broken.journey(page, module, "missing")
    for module in sorted(broken.of_ground()):
        broken.without_ground(page, module, "missing")
    open_page.complaints.clear()
