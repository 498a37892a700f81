"""The drawing beside a selection: doors that may be known, nothing of others, a scale that is true."""

import json
import re
import subprocess
from xml.etree import ElementTree

import pytest
from django.contrib.gis.geos import Point
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


@pytest.mark.parametrize("others", [[NEAR], [NEAR, BATUMI], [CENTRE, NEAR]])
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
    other = publish(point=Point(*BATUMI, srid=4326), location_type="office", texts={"title": "Юрист"})
    hidden = publish(point=TBILISI, precision="district", location_type="office", texts={"title": "Кров"})
    with override("ru"):
        asked = Asked.now("public")
        told = picked(asked, (hidden.id, shown.id, other.id))
        assert [one["door"] is not None for one in told] == [False, True, True]
        data = json.loads(json.dumps(paper._data(told, "https://x/#a", clock.today(), "a5")))
        assert sorted(numbers(data["sketch"])) == ["2", "3"]
        assert paper.pdf(told, "https://x/#a", on=clock.today()).startswith(b"%PDF")
        assert paper._data(told[:1], "https://x/#a", clock.today(), "a4")["sketch"] == ""


def test_one_spot_of_a_town_is_no_drawing():
    assert sketch([(1, *CENTRE)]) == sketch([(1, *CENTRE), (2, *CENTRE)]) == ""


WHOLE = {
    "organization": "Дом с балконом", "address": "Дидубе, пер. Ореховый, 3",
    "directions": "От рынка идите вдоль путей до синего забора, вход под навесом, звонок справа от двери.",
}  # fmt: skip
PHONES = [
    {"channel": "phone", "value": value, "audience": "clients", "label": {}, "is_crisis": False}
    for value in ("+995322112233", "+995322112244")
]


@pytest.mark.django_db
@pytest.mark.parametrize("size", paper.PAPERS)
def test_three_services_stand_on_one_page(size, tmp_path):
    """Of three houses, told at length: set closer for it; a fourth may begin another page."""
    spots = (TBILISI, Point(*NEAR, srid=4326), Point(*BATUMI, srid=4326), TBILISI)
    hours = {"slots": [{"days": list(range(7)), "opens": "10:00", "closes": "20:00"}], "holidays": "open"}
    rows = [
        publish(
            point=spot, location_type="office", contacts=PHONES, hours=hours,
            texts={**WHOLE, "title": f"Поддержка для людей, употребляющих наркотики, {number}"},
        )
        for number, spot in enumerate(spots)
    ]  # fmt: skip
    with override("ru"):
        told = picked(Asked.now("public"), [row.id for row in rows])
        assert pages(paper.pdf(told[:3], "https://x/#a", on=clock.today(), size=size), tmp_path) == 1
        assert pages(paper.pdf(told, "https://x/#a", on=clock.today(), size=size), tmp_path) == 2


def pages(pdf, folder):
    (folder / "it.pdf").write_bytes(pdf)
    said = subprocess.run(["pdfinfo", folder / "it.pdf"], capture_output=True, check=True, text=True).stdout
    return int(re.search(r"^Pages:\s+(\d+)$", said, re.MULTILINE)[1])
