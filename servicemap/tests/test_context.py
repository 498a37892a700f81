"""What every page's frame is given."""

import pytest
from django.utils.translation import override

from servicemap.web.context import in_language, site


@pytest.mark.parametrize(
    ("path", "code", "expected"),
    [
        ("/ru/about/", "en", "/en/about/"),
        ("/ru/?country=GE", "en", "/en/?country=GE"),
        ("/ru/no/such/page/", "en", "/en/no/such/page/"),
        ("/admin/", "en", "/en/"),
    ],
)
def test_the_same_page_in_another_language(path, code, expected):
    with override("ru"):
        assert in_language(path, code) == expected


def test_the_frame_of_a_public_page_touches_neither_session_nor_user():
    class Bare:
        def get_full_path(self):
            return "/ru/"

    with override("ru"):
        assert [language["code"] for language in site(Bare())["other_languages"]] == ["en"]
