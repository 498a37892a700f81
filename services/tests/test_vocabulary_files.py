"""The vocabulary as files: whole in both languages, one code for one meaning, no word that hurts."""

import json
import re

import pytest
from django.conf import settings

from tools.local import network_file

FOLDER = settings.BASE_DIR / "fixtures" / "vocabulary"
FILES = sorted(path.name for path in FOLDER.glob("*.json"))
CHECKED_MORE_OFTEN = {
    "art",
    "art_bridging_supply",
    "medicine_dispatch",
    "opioid_substitution",
    "crisis_line",
    "shelter",
    "criminal_defence",
    "deportation_appeal",
    "emergency_relocation",
}
BARRED = re.compile(
    "носител[ьяи]|вич-инфицир|нелегал|наркоман|проститут|заражённ|зараженн|групп[аы] риска|борьб[аы] со спид",
    re.IGNORECASE,
)


def read(name):
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def types():
    return read("service_types.json")


@pytest.mark.parametrize("name", FILES)
def test_codes_are_unique_and_stable_in_form(name):
    codes = [item["code"] for item in read(name)]
    form = "[A-Z]{2}" if name == "countries.json" else "[a-z][a-z0-9_]*"
    assert [code for code in codes if not re.fullmatch(form, code)] == []
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("name", FILES)
def test_every_term_speaks_russian_and_english(name):
    for item in read(name):
        for text in filter(None, (item["name"], item.get("short"), item.get("hint"))):
            assert set(text) == {"ru", "en"}, item["code"]
            assert re.search("[А-Яа-яЁё]", text["ru"]), item["code"]
            assert text["en"], item["code"]
            assert not re.search("[А-Яа-яЁё]", text["en"]), item["code"]


@pytest.mark.parametrize("name", FILES)
def test_no_barred_word(name):
    assert BARRED.findall((FOLDER / name).read_text(encoding="utf-8")) == []


def test_thirteen_groups_and_all_their_leaves(types):
    groups = [item["code"] for item in types if item["parent"] is None]
    leaves = [item for item in types if item["parent"] is not None]
    assert len(groups) == 13
    assert len(leaves) == 78
    assert {item["parent"] for item in leaves} == set(groups)


def test_a_leaf_has_the_family_of_its_group(types):
    family = {item["code"]: item["family"] for item in types}
    assert set(family.values()) == {item["code"] for item in read("families.json")}
    assert [item["code"] for item in types if item["parent"] and item["family"] != family[item["parent"]]] == []


def test_what_is_checked_more_often(types):
    assert {item["verification_class"] for item in types} == {"A", "B"}
    assert {item["code"] for item in types if item["verification_class"] == "A"} == CHECKED_MORE_OFTEN


def test_every_term_is_found_by_the_words_of_people(types):
    for item in types:
        for language in ("ru", "en"):
            words = item["synonyms"][language]
            assert len(words) >= 3, item["code"]
            assert len(words) == len(set(words)), item["code"]


def test_no_kind_swallows_a_word_that_names_a_filter(types):
    words = re.compile(r"\b(бесплатн|анонимн|без документов|free\b|anonymous|without papers)", re.IGNORECASE)
    told = [word for item in types for found in item["synonyms"].values() for word in found if words.search(word)]
    assert told == []


def test_eleven_countries_are_in_the_first_network():
    first = network_file.read(network_file.FIRST)
    assert set(first.countries) <= {item["code"] for item in read("countries.json")}
    assert set(first.countries) == {"AM", "BY", "DE", "EE", "FR", "GE", "KZ", "MD", "PL", "RU", "UA"}


def test_syringes_are_asked_of_the_kind_that_gives_them():
    """Where a group has the words of one of its kinds, it answers with all of them: syringes with methadone."""
    said = {
        row["code"]: {word for words in row["synonyms"].values() for word in words}
        for row in read("service_types.json")
    }
    assert "обмен шприцев" in said["needle_syringe_programme"] - said["harm_reduction"]
