import pytest

from e2e import broken

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize(
    ("module", "way"),
    [("map/element.js", "missing"), ("map/sheet.js", "not understood"), ("map/paint.js", "breaking")],
)
def test_with_a_broken_module_the_page_is_what_it_is_without_scripts(open_page, module, way):
    broken.journey(open_page(width=375, height=720), module, way)
    open_page.complaints.clear()  # the console tells of the module that this test has broken


@pytest.mark.long
def test_no_module_of_the_map_is_needed_to_reach_a_phone(open_page):
    page = open_page(width=375, height=720)
    for module in broken.modules():
        broken.journey(page, module, "missing")
    open_page.complaints.clear()
