"""What a count says, without a database: enough voices, who wins, and what stands above the voices."""

from collections import Counter

import pytest

from network.decisions.counting import VoteOutcome, _outcome, _winner, is_enough, quorum_of
from network.decisions.models import Vote


@pytest.mark.parametrize(("quorum", "needed"), [
    ("none", [1, 1, 1, 1, 1]), ("third", [1, 1, 1, 2, 4]), ("half", [1, 1, 2, 2, 5]), ("two_thirds", [1, 1, 2, 3, 7]),
])  # fmt: skip
def test_how_many_have_to_take_part(quorum, needed):
    assert [quorum_of(quorum, voices) for voices in (0, 1, 3, 4, 10)] == needed


@pytest.mark.parametrize(("threshold", "pro", "contra", "enough"), [
    ("majority", 0, 0, False), ("majority", 1, 1, False), ("majority", 2, 1, True), ("majority", 1, 2, False),
    ("two_thirds", 2, 1, True), ("two_thirds", 3, 2, False), ("two_thirds", 4, 2, True), ("two_thirds", 0, 0, False),
    ("all", 1, 0, True), ("all", 5, 1, False), ("all", 0, 0, False),
])  # fmt: skip
def test_what_is_enough(threshold, pro, contra, enough):
    assert is_enough(threshold, pro=pro, contra=contra) is enough


@pytest.mark.parametrize(("choices", "winner"), [
    ({"for": 2, "against": 1, "abstain": 9}, "for"), ({"for": 1, "against": 1}, ""), ({}, ""), ({"against": 3}, ""),
])  # fmt: skip
def test_a_question_is_won_by_those_for_it_alone(choices, winner):
    assert _winner(Vote(threshold="majority"), Counter(choices)) == winner


@pytest.mark.parametrize(("threshold", "choices", "winner"), [
    ("majority", {"1": 2, "2": 1, "3": 1}, ""),  # half is not more than half
    ("majority", {"1": 1, "2": 3, "3": 1}, "2"),
    ("two_thirds", {"1": 1, "2": 3, "3": 1}, ""),
    ("two_thirds", {"3": 4, "2": 2}, "3"),
    ("all", {"2": 3}, "2"),
    ("all", {"2": 3, "1": 1}, ""),
    ("majority", {"abstain": 9, "conflict": 9, "1": 1}, "1"),  # neither of the two is an option
    ("majority", {"4": 9, "1": 1}, "1"),  # nor what nobody could choose
    ("majority", {}, ""),
])  # fmt: skip
def test_an_election_is_won_against_all_the_others_together(threshold, choices, winner):
    vote = Vote(threshold=threshold, options=["one", "two", "three"])
    assert _winner(vote, Counter(choices)) == winner


@pytest.mark.parametrize(("answers", "is_quorate", "is_won", "outcome"), [
    ([], True, True, VoteOutcome.ADOPTED), ([], True, False, VoteOutcome.REJECTED),
    ([], False, True, VoteOutcome.NO_QUORUM), ([False], True, True, VoteOutcome.ADOPTED),
    ([None], True, True, VoteOutcome.HALTED), ([None], False, True, VoteOutcome.HALTED),
    ([False, None], True, True, VoteOutcome.HALTED), ([None, True], True, True, VoteOutcome.OBJECTED),
    ([True], False, False, VoteOutcome.OBJECTED),
])  # fmt: skip
def test_an_objection_stands_above_the_voices_and_a_quorum_above_who_won(answers, is_quorate, is_won, outcome):
    assert _outcome(answers, is_quorate=is_quorate, is_won=is_won) == outcome
