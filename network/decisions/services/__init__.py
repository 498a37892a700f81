"""What can be done about bodies, papers, meetings, votes and decisions. Nothing else writes the rows."""

from network.decisions.services.asking import ask_members, ask_seats, call_off_vote, record, run_on
from network.decisions.services.deciding import decide, drop, finish, put_into_force, reopen
from network.decisions.services.handing import hand_over
from network.decisions.services.meetings import call_meeting, call_off_meeting, write_minutes
from network.decisions.services.objecting import answer_objection, object_to
from network.decisions.services.papers import add_document, add_version, repeal
from network.decisions.services.seating import end_seat, make_body, take_seat
from network.decisions.services.voting import announce, cancel, cast, draft_vote, name_delegate

__all__ = [
    "add_document",
    "add_version",
    "announce",
    "answer_objection",
    "ask_members",
    "ask_seats",
    "call_meeting",
    "call_off_meeting",
    "call_off_vote",
    "cancel",
    "cast",
    "decide",
    "draft_vote",
    "drop",
    "end_seat",
    "finish",
    "hand_over",
    "make_body",
    "name_delegate",
    "object_to",
    "put_into_force",
    "record",
    "reopen",
    "repeal",
    "run_on",
    "take_seat",
    "write_minutes",
]
