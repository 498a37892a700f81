import json
from xml.etree import ElementTree as ET

from django.conf import settings

from directory.vocabulary import KnownTerm, Vocabulary
from reading.needs import NEEDS, PLAIN, needs, told_together

FILES = settings.BASE_DIR / "fixtures" / "vocabulary"


def test_every_need_and_every_everyday_word_is_of_the_vocabulary():
    codes = {item["code"]: item["parent"] for item in json.loads((FILES / "service_types.json").read_text())}
    assert [code for need in NEEDS for code in need.types if code not in codes] == []
    assert [code for code in PLAIN if not codes.get(code)] == [], "leaves alone have everyday words"
    drawn = {symbol.get("id") for symbol in ET.parse(settings.BASE_DIR / "static/icons/sprite.svg").getroot()}
    assert {need.icon for need in NEEDS} <= drawn
    assert len(NEEDS) == 8 == len({need.code for need in NEEDS})


def test_what_is_retired_leaves_its_tile_and_an_empty_tile_goes():
    kept = [KnownTerm("service", code) for code in ("hepatitis_test", "mental_health", "support_group")]
    gone = [KnownTerm("service", code, is_retired=True) for code in ("legal", "hepatitis_c_treatment")]
    told = {need["code"]: need["service"] for need in needs(Vocabulary("public", 0, kept + gone))}
    assert told == {"test": ["hepatitis_test"], "hepatitis": ["hepatitis_test"],
                    "talk": ["mental_health", "support_group"]}  # fmt: skip


def test_the_codes_of_a_tile_are_told_as_one_and_none_twice():
    told = [
        {"code": "a", "icon": "", "name": "A", "hint": "", "service": ["x", "y"]},
        {"code": "b", "icon": "", "name": "B", "hint": "", "service": ["y", "z"]},
        {"code": "c", "icon": "", "name": "C", "hint": "", "service": ["w"]},
    ]
    assert told_together(["w", "x", "y", "z"], told) == [("A", ["x", "y"])]
    assert told_together(["y", "z"], told) == [("B", ["y", "z"])]
    assert told_together(["x", "w"], told) == []
