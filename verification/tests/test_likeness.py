"""The rule of likeness, and the pairs that people judged."""

import itertools

import pytest

from verification.duplicates.judged import judged, precision_and_recall, rows, sketch_from
from verification.duplicates.keys import keys_of
from verification.duplicates.likeness import Sketch, compare
from verification.duplicates.words import alike


def test_judged_pairs_and_the_rule_agree(capsys):
    pairs = list(judged())
    precision, recall = precision_and_recall(pairs)
    with capsys.disabled():
        print(f"\nlikeness: {len(pairs)} judged pairs, precision {precision:.3f}, recall {recall:.3f}")  # noqa: T201
    assert len(pairs) >= 120 and sum(pair.same for pair in pairs) >= 50
    assert precision >= 0.9 and recall >= 0.9


def test_the_order_does_not_matter_and_a_thing_is_like_itself():
    for row in rows():
        one, other = sketch_from(row["one"]), sketch_from(row["other"])
        assert compare(one, other).score == compare(other, one).score
        if one.kind == "listing" and not one.is_remote and (one.point or one.addresses):
            assert compare(one, one).is_likely


def test_whatever_is_likely_shares_a_key():
    for row in rows():
        one, other = sketch_from(row["one"]), sketch_from(row["other"])
        if one.kind == "listing" and compare(one, other).is_likely:
            assert set(keys_of(one)) & set(keys_of(other)), (one, other)


@pytest.mark.parametrize(
    ("one", "other", "least"),
    [
        ("Шыңғыс хан көшесі", "Chingis Khan", 0.3),
        ("Дроп-ин центр", "Drop-in", 0.8),
        ("Консультация юриста", "Консультации юриста", 0.8),
        ("Łódź", "Лодзь", 0.4),
    ],
)
def test_names_across_alphabets_and_endings(one, other, least):
    assert alike(one, other) >= least


def test_what_differs_and_is_known_of_both_speaks_against_it():
    base = {"kind": "listing", "names": ("Тест на ВИЧ",), "country": "GE", "cities": ("Тбилиси",), "owner": "a"}
    here = Sketch(**base, addresses=("Речная 5",), types=frozenset({"a"}), phones=frozenset({"1"}))
    for other in (
        Sketch(**base, addresses=("Речная 55",), types=frozenset({"a"}), phones=frozenset({"1"})),
        Sketch(**base, addresses=("Речная 5",), types=frozenset({"b"}), phones=frozenset({"1"})),
        Sketch(**base | {"cities": ("Батуми",)}, types=frozenset({"a"}), phones=frozenset({"1"})),
        Sketch(**base | {"country": "AM"}, types=frozenset({"a"}), phones=frozenset({"1"})),
    ):
        assert not compare(here, other).is_likely
    assert compare(here, Sketch(**base, types=frozenset({"a"}), phones=frozenset({"1"}))).is_likely


def test_two_spots_of_one_door_share_a_cell():
    for dx, dy in itertools.product((-0.0007, 0.0, 0.0007), repeat=2):
        spots = [Sketch(kind="listing", names=("а",), point=point) for point in ((44.8, 41.7), (44.8 + dx, 41.7 + dy))]
        assert set(keys_of(spots[0])) & set(keys_of(spots[1]))
