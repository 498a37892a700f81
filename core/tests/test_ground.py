import gzip
import json

import pytest
from django.conf import settings
from shapely.geometry import Point
from shapely.geometry import Polygon as ShapelyPolygon
from shapely.ops import unary_union

from core.geo.gazetteer.places import places
from core.geo.gazetteer.search import exactly
from core.geo.ground import ground
from core.geo.pmtiles import NotTiles, vector_layers

BASEMAP = settings.BASE_DIR / "static" / "basemap"
NONE = {"url": "", "attribution": "© OpenStreetMap", "file": ""}


@pytest.mark.parametrize(
    ("url", "is_ours"),
    [("basemap/world.pmtiles", True), ("https://tiles.example.org/{z}", False), ("/tiles/{z}", False)],
)
def test_a_name_without_a_slash_before_it_is_a_file_of_the_house(settings, url, is_ours):
    settings.BASEMAP = {"kind": "x", "url": url, "attribution": "Ours"}
    found = ground()
    assert (found["kind"], found["attribution"], found["streets"]) == ("x", "Ours", None)
    assert (found["url"] == url) != is_ours
    assert found["url"].endswith(url)


def test_streets_are_named_with_a_link_to_whose_they_are_whatever_the_operator_wrote(settings):
    settings.STREETS = NONE | {"url": "/streets/a.pmtiles", "attribution": "<b>Ours & theirs"}
    told = ground()["streets"]
    assert told and (told["url"], told["is_sample"]) == ("/streets/a.pmtiles", False)
    assert 'href="https://www.openstreetmap.org/copyright"' in told["attribution"]
    assert "&lt;b&gt;Ours &amp; theirs" in told["attribution"]
    settings.BASEMAP = {"kind": "xyz", "url": "/t", "attribution": ""}
    assert ground()["streets"] is None


def test_the_sample_is_told_from_streets(settings):
    settings.STREETS = NONE | {"url": settings.SAMPLE}
    told = ground()["streets"]
    assert told and told["is_sample"] and told["url"].endswith("basemap/streets-sample.pmtiles")


def test_layers_of_the_files_that_ship():
    assert {"land", "borders", "disputed"} <= vector_layers(BASEMAP / "world.pmtiles")
    assert vector_layers(BASEMAP / "streets-sample.pmtiles") == {"earth", "landuse", "water", "buildings", "roads"}


def tiles(metadata: bytes, *, compression: int = 2, kind: int = 1) -> bytes:
    head = bytearray(127)
    head[:8], head[97], head[99] = b"PMTiles\x03", compression, kind
    head[24:32], head[32:40] = (127).to_bytes(8, "little"), len(metadata).to_bytes(8, "little")
    return bytes(head) + metadata


TOLD = json.dumps({"vector_layers": [{"id": "roads"}]}).encode()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (b"", "not a PMTiles 3 file"),
        (tiles(TOLD)[:40], "not a PMTiles 3 file"),
        (b"PMTiles\x02" + bytes(130), "not a PMTiles 3 file"),
        (tiles(gzip.compress(TOLD), kind=2), "not vector tiles"),
        (tiles(TOLD, compression=4), "compressed"),
        (tiles(TOLD), "layers cannot be read"),
        (tiles(gzip.compress(TOLD)[:-9]), "layers cannot be read"),
        (tiles(gzip.compress(b"{}")), "layers cannot be read"),
        (tiles(b"[1]", compression=1), "layers cannot be read"),
    ],
)
def test_a_file_that_is_something_else_says_what_is_wrong(tmp_path, written, said):
    path = tmp_path / "a.pmtiles"
    path.write_bytes(written)
    with pytest.raises(NotTiles, match=said):
        vector_layers(path)


def test_what_is_not_compressed_is_read_too(tmp_path):
    path = tmp_path / "a.pmtiles"
    path.write_bytes(tiles(TOLD, compression=1))
    assert vector_layers(path) == {"roads"}


#: What `pmtiles extract --region` opens, by its reference: a geometry, or one or many things with one each.
REGIONS = settings.BASE_DIR / "docs" / "streets"
ELEVEN = ["AM", "BY", "DE", "EE", "FR", "GE", "KZ", "MD", "PL", "RU", "UA"]
SAID = (
    "Tbilisi, Yerevan, Almaty, Astana, Warsaw, Berlin, Chisinau, Kyiv, Minsk, Tallinn, Paris, Moscow and St Petersburg"
)


def region(name):
    """The ground that an extract takes, read as it reads: polygons and many polygons, nothing else, every ring shut."""
    told = json.loads((REGIONS / name).read_text(encoding="utf-8"))
    parts = {"FeatureCollection": lambda: told["features"], "Feature": lambda: [told]}
    shapes = [one["geometry"] for one in parts[told["type"]]()] if told["type"] in parts else [told]
    polygons = []
    for one in shapes:
        assert one["type"] in ("Polygon", "MultiPolygon")
        polygons += [one["coordinates"]] if one["type"] == "Polygon" else one["coordinates"]
    rings = [ring for polygon in polygons for ring in polygon]
    assert all(len(ring) >= 4 and ring[0] == ring[-1] for ring in rings)
    return unary_union([ShapelyPolygon(shell, holes) for shell, *holes in polygons])


def test_the_region_of_the_one_line_is_what_an_extract_opens_and_holds_the_cities_that_it_names():
    line = (REGIONS / "README.md").read_text(encoding="utf-8")
    assert "--region=docs/streets/region-13-cities.geojson" in line and SAID in line
    ground = region("region-13-cities.geojson")
    cities = [
        max(exactly(name), key=lambda one: one.population)
        for name in SAID.lower().replace(" and ", ", ").replace("st ", "saint ").split(", ")
    ]
    assert len(cities) == 13 and ground.is_valid
    assert [one.name_en for one in cities if not ground.contains(Point(one.lon, one.lat))] == []


def test_the_wider_region_holds_every_large_place_of_the_networks_countries():
    ground = region("region-cities-100k.geojson")
    large = [one for one in places().values() if one.population >= 100_000 and one.country in ELEVEN]
    assert f"the {len(large)} places" in (REGIONS / "README.md").read_text(encoding="utf-8") and ground.is_valid
    assert [one.name_en for one in large if not ground.contains(Point(one.lon, one.lat))] == []
