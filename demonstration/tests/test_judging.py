"""The judged queries: enough of every class, and each judged by words of the vocabulary."""

import json
from collections import Counter

from django.conf import settings

from demonstration.judging import SPOKEN, JudgedQuery, queries, table


def test_there_are_enough_of_every_class_and_none_twice():
    found = queries()
    counted = Counter(query["class"] for query in found)
    assert len(found) >= 250
    assert len({query["q"] for query in found}) == len(found)
    assert counted["jargon"] >= len(found) / 5
    assert counted["english"] >= len(found) * 3 / 20
    assert counted.keys() == {"plain", "jargon", "english", "place", "keyboard", "names"}


def test_every_query_is_judged_by_kinds_of_the_vocabulary():
    types = json.loads((settings.BASE_DIR / "fixtures" / "vocabulary" / "service_types.json").read_text("utf-8"))
    known = {one["code"] for one in types}
    every = [*queries(), *queries(SPOKEN)]
    assert [query["q"] for query in every if not query["kinds"] or set(query["kinds"]) - known] == []


def test_there_are_thirty_in_each_language_whose_words_nobody_has_checked():
    found = queries(SPOKEN)
    assert Counter(query["class"] for query in found) == dict.fromkeys(("uz", "tg", "fa-af", "ka"), 30)
    assert len({query["q"] for query in found}) == len(found)


def test_the_table_has_the_means_of_each_class_and_of_all():
    first, second = queries()[0], queries()[-1]
    lines = {
        line.name: line for line in table([JudgedQuery(first, 1.0, True, True), JudgedQuery(second, 0.0, False, False)])
    }
    assert (lines["all"].count, lines["all"].precision, lines["all"].first, lines["all"].zero) == (2, 0.5, 0.5, 0.5)
    assert lines[first["class"]].precision == 1.0
