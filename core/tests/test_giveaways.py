"""What gives a door away, in two hundred and more judged texts of thirteen languages. All of it is invented."""

from __future__ import annotations

from pathlib import Path

from core.spelling.giveaways import Find, names_of, spot

JUDGED = Path(__file__).parent / "judged" / "giveaways.tsv"
LINES = [line.split("\t") for line in JUDGED.read_text(encoding="utf-8").splitlines()]
RECALL, PRECISION = 0.98, 0.9
#: The languages of the countries of the network, and those that people in them speak.
LANGUAGES = {"ru", "en", "hy", "be", "de", "ka", "kk", "ro", "pl", "uk", "fr", "et", "uz", "ky", "tg"}


def judged():
    """(whether it is a leak, language, text, what is found in it)."""
    for verdict, about, text in LINES:
        language, _at, addresses = about.partition("@")
        yield verdict == "leak", language, text, spot(text, names_of(addresses.split("|")))


def test_recall_and_precision():
    results = list(judged())
    found = [leak for leak, _language, _text, finds in results if finds]
    recall = sum(found) / sum(leak for leak, *_rest in results)
    precision = sum(found) / len(found)
    print(f"giveaways: {len(results)} texts, recall {recall:.3f}, precision {precision:.3f}")  # noqa: T201
    wrong = [f"{language}: {text} {finds}" for leak, language, text, finds in results if leak is not bool(finds)]
    assert recall >= RECALL and precision >= PRECISION, wrong


def test_the_texts_are_many_and_of_every_language():
    assert len(LINES) >= 200 and len({text for _verdict, _about, text in LINES}) == len(LINES)
    for verdict in ("leak", "fine"):
        assert {about.partition("@")[0] for kind, about, _text in LINES if kind == verdict} >= LANGUAGES


def test_a_find_says_what_it_is_and_how_it_stands_there():
    assert spot("Ждём на ул. Речная, домофон 38") == [Find("street", "ул. Речная"), Find("bell", "домофон 38")]
    assert spot("") == [] and spot("\u200b \n") == []


def test_a_city_or_district_that_everybody_sees_names_no_street():
    names = names_of(["ул. Тбилисская, 5", "ул. Речная, 5"], ["Тбилиси", "Речной вокзал"])
    assert not spot("Едем на Речной вокзал", names)
