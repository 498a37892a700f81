"""Words of the vocabulary by language."""

import pytest
from django.utils.translation import override

from directory.vocabulary import localised


@pytest.mark.parametrize(
    ("texts", "language", "said"),
    [
        ({"ru": "да", "en": "yes"}, "ru", "да"),
        ({"ru": "да", "en": "yes"}, "en", "yes"),
        ({"ru": "да"}, "en", "да"),
        ({"en": "yes"}, "ru", "yes"),
        ({"hy": "այո", "en": "yes"}, "ru", "yes"),
        ({"hy": "այո"}, "ru", "այո"),
        ({"ru": "да", "en": "yes"}, "de", "yes"),
        ({"ru": "да", "en": "yes"}, "ky", "да"),
        ({}, "ru", ""),
        (None, "ru", ""),
        ("as it is", "en", "as it is"),
    ],
)
def test_a_text_is_read_along_the_fallbacks(texts, language, said):
    assert localised(texts, language) == said
    with override(language):
        assert localised(texts) == said
