"""What the browser gets from others: pinned, licensed, whole, and without a way out to a third party."""

import hashlib
import json
import re
from xml.etree import ElementTree

import pytest
from django.conf import settings

STATIC = settings.BASE_DIR / "static"
VERSIONS = STATIC / "vendor" / "VERSIONS.md"
SUMS = re.findall(r"\| (\S+) \| `([0-9a-f]{64})` \|", VERSIONS.read_text(encoding="utf-8"))
OTHERS_FOLDERS = ("vendor", "leaflet")
LETTERS = "ҚқҢңҒғҮүҰұҺһҲҳҶҷӮӯӢӣӨөӘәЎўЇїЄєҐґІіЁёƏəȘșȚțŁłŻżÕõŞşĞğ«»№…₽₾"


@pytest.mark.parametrize(("path", "expected"), SUMS)
def test_a_library_is_the_one_that_was_recorded(path, expected):
    assert hashlib.sha256((settings.BASE_DIR / path).read_bytes()).hexdigest() == expected


def test_every_file_of_others_is_recorded():
    files = {path for folder in OTHERS_FOLDERS for path in (STATIC / folder).rglob("*") if path.is_file()}
    recorded = {settings.BASE_DIR / path for path, _sum in SUMS}
    assert files - recorded == {VERSIONS}


def test_no_source_map_is_promised():
    """The hashing of static files would look for it and stop."""
    scripts = [path for kind in ("*.js", "*.css") for path in STATIC.rglob(kind)]
    assert [str(path) for path in scripts if "sourceMappingURL=" in path.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize(
    "folder", ["vendor/leaflet", "vendor/protomaps-leaflet", "vendor/leaflet-geoman", "leaflet", "fonts", "icons"]
)
def test_a_licence_lies_beside(folder):
    assert [path for path in (STATIC / folder).iterdir() if path.name.startswith(("LICENSE", "OFL"))]


def test_leaflet_is_the_same_version_for_visitors_and_for_operators():
    assert '"1.9.4"' in (STATIC / "vendor" / "leaflet" / "leaflet.js").read_text(encoding="utf-8")
    assert '"1.9.4"' in (STATIC / "leaflet" / "leaflet.js").read_text(encoding="utf-8")


def test_typefaces_are_our_own_and_cover_the_letters_of_the_region():
    rules = (STATIC / "css" / "fonts.css").read_text(encoding="utf-8")
    files = re.findall(r'url\("\.\./fonts/([^"]+)"\)', rules)
    assert files
    assert [name for name in files if not (STATIC / "fonts" / name).is_file()] == []
    assert rules.count("font-display: swap") == len(files)
    ranges = [part.split("-") for part in re.findall(r"U\+([0-9A-F]+(?:-[0-9A-F]+)?)", rules)]
    spans = [(int(part[0], 16), int(part[-1], 16)) for part in ranges]
    assert [letter for letter in LETTERS if not any(low <= ord(letter) <= high for low, high in spans)] == []


def test_icons_are_symbols_with_names():
    symbols = ElementTree.parse(STATIC / "icons" / "sprite.svg").getroot()
    names = [symbol.get("id") for symbol in symbols]
    families = json.loads((settings.BASE_DIR / "fixtures" / "vocabulary" / "families.json").read_text(encoding="utf-8"))
    assert len(names) == len(set(names))
    assert {f"family-{family['code']}" for family in families} <= set(names)


def test_the_ground_is_a_pmtiles_file_of_vector_tiles_up_to_zoom_6():
    head = (STATIC / "basemap" / "world.pmtiles").read_bytes()[:127]
    assert head[:8] == b"PMTiles\x03"
    assert head[99] == 1  # vector tiles
    assert (head[100], head[101]) == (0, 6)


def test_labels_are_in_both_languages_and_begin_with_the_capitals():
    labels = json.loads((STATIC / "basemap" / "labels.json").read_text(encoding="utf-8"))
    for label in [*labels["countries"], *labels["places"]]:
        assert label["name"]["ru"]
        assert label["name"]["en"]
        assert -180 <= label["lon"] <= 180
        assert -90 <= label["lat"] <= 90
    early = {label["name"]["ru"] for label in labels["places"] if label["min_zoom"] <= 4}
    capitals = {
        "Ереван",
        "Минск",
        "Берлин",
        "Тбилиси",
        "Астана",
        "Кишинёв",
        "Варшава",
        "Москва",
        "Киев",
        "Париж",
        "Таллин",
    }
    assert capitals <= early
