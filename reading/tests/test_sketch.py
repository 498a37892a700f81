"""The drawing beside a selection: doors that may be known, nothing of others, a scale that is true."""

import json
import re
from xml.etree import ElementTree

import pytest
from django.utils.translation import override

from core import clock
from directory.tests.factories import TBILISI, publish
from reading.asked import Asked
from reading.picked import paper
from reading.picked.sheet import picked
from reading.picked.sketch import sketch

CENTRE, NEAR, BATUMI = (44.8271, 41.7151), (44.7800, 41.7200), (41.64, 41.64)


def numbers(svg):
    return re.findall(r'text-anchor="middle">([\d, ]+)<', svg)


@pytest.mark.parametrize("others", [[], [NEAR], [NEAR, BATUMI], [CENTRE]])
def test_every_service_has_its_number_within_the_frame(others):
    with override("ru"):
        svg = sketch((number, *spot) for number, spot in enumerate([CENTRE, *others], start=1))
    ElementTree.fromstring(svg)
    told = sorted(int(one) for many in numbers(svg) for one in many.split(", "))
    assert told == list(range(1, len(others) + 2))
    for x, y in re.findall(r'<text x="([\d.-]+)" y="([\d.-]+)" fill="#ffffff"', svg):
        assert 0 < float(x) < 640 and 0 < float(y) < 210


def test_what_lies_together_is_one_mark_and_land_is_drawn_only_from_afar():
    near, far = sketch([(1, *CENTRE), (2, *CENTRE), (3, *NEAR)]), sketch([(1, *CENTRE), (2, *BATUMI)])
    assert numbers(near) == ["1, 2", "3"] and "clip" not in near and "clip" in far


def test_the_scale_is_true():
    """From Tbilisi to Batumi it is 264 km; the line of the scale says how long that is on paper."""
    with override("en"):
        svg = sketch([(1, *CENTRE), (2, *BATUMI)])
    (one,), (two,) = ([float(x)] for x in re.findall(r'<text x="([\d.]+)" y="[\d.]+" fill="#ffffff"', svg))
    start, end = map(float, re.search(r"M([\d.]+) [\d.]+V[\d.]+H([\d.]+)V", svg).groups())
    km = float(re.search(r">([\d.]+) km<", svg)[1])
    assert abs(one - two) / (end - start) * km == pytest.approx(264, rel=0.02)


@pytest.mark.django_db
def test_a_place_that_hides_its_door_is_in_no_sketch_and_the_file_has_one():
    shown = publish(point=TBILISI, location_type="office", texts={"title": "Тест"})
    hidden = publish(point=TBILISI, precision="district", location_type="office", texts={"title": "Кров"})
    with override("ru"):
        asked = Asked.now("public")
        told = picked(asked, (hidden.id, shown.id))
        assert [one["door"] is not None for one in told] == [False, True]
        data = json.loads(json.dumps(paper._data(told, "https://x/#a", clock.today(), "a5")))
        assert numbers(data["sketch"]) == ["2"]
        assert paper.pdf(told, "https://x/#a", on=clock.today()).startswith(b"%PDF")
        assert paper._data(told[:1], "https://x/#a", clock.today(), "a4")["sketch"] == ""
