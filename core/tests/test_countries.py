"""The list of countries that people choose from."""

import pytest

from core.geo.countries import country_codes, country_name


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_country_has_a_name_and_people(language):
    names = {code: country_name(code, language) for code in country_codes()}
    assert [code for code, name in names.items() if name == code] == []
    assert "Antarctica" not in names.values() and len(set(names.values())) == len(names)
    assert {"GE", "KZ", "XK", "PS", "TJ"} <= names.keys() and len(names) > 230
