"""What can be done about reviews. Nothing else writes the rows."""

from network.reviews.services._inside import WRITES, coordinates, turns_of, writes_for
from network.reviews.services.acting import add_action, end_action
from network.reviews.services.asking import asked, asked_groups, own_leaves
from network.reviews.services.hearing import find_desk, hear, heard, make_desk
from network.reviews.services.planning import ask_another, drop, plan_round, waiting_in
from network.reviews.services.writing import (
    LineSaid,
    MarkSaid,
    accept,
    close_look,
    decide,
    differences,
    look,
    missing,
    object_to,
    send,
    write_lines,
    write_marks,
)

__all__ = [
    "WRITES",
    "LineSaid",
    "MarkSaid",
    "accept",
    "add_action",
    "ask_another",
    "asked",
    "asked_groups",
    "close_look",
    "coordinates",
    "decide",
    "differences",
    "drop",
    "end_action",
    "find_desk",
    "hear",
    "heard",
    "look",
    "make_desk",
    "missing",
    "object_to",
    "own_leaves",
    "plan_round",
    "send",
    "turns_of",
    "waiting_in",
    "write_lines",
    "write_marks",
    "writes_for",
]
