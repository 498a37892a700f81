import pytest

from directory.asking.filters import Filters
from directory.asking.mapview import map_view
from directory.tests.factories import TBILISI, publish

pytestmark = pytest.mark.django_db


def test_a_pin_tells_which_of_its_listings_were_asked_for_when_something_was():
    ids = {kind: publish(place_id="place22222", point=TBILISI, types=[kind]).id for kind in ("shelter", "stay_permits")}
    shelters = Filters(service=("shelter",))
    assert [point["matched"] for point in map_view("public", shelters, 16, [], "ru").points] == [[ids["shelter"]]]
    every = Filters(country=("GE",))
    assert [point["matched"] for point in map_view("public", every, 16, [], "ru").points] == [sorted(ids.values())]
    assert [point["matched"] for point in map_view("public", Filters(), 16, [], "ru").points] == [[]]
