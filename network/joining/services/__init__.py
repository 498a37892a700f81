"""What can be done about applications and standings. Nothing else writes the rows."""

from network.joining.services.applying import (
    answer_question,
    begin,
    find,
    invite_applicant,
    run_out,
    save_draft,
    send,
    withdraw,
)
from network.joining.services.calls import write_call
from network.joining.services.deciding import (
    accept,
    ask,
    check,
    decline,
    may_check,
    missing_checks,
    put_to_vote,
    take_up,
)
from network.joining.services.merging import hand_over_all
from network.joining.services.onboarding import change_mentor, complete, items_of, tick
from network.joining.services.standing import (
    be_named,
    change,
    confirm_suspension,
    found,
    last_change,
    leave,
    let_lapse,
    restore,
    suspend,
    take_in,
    take_part,
)

__all__ = [
    "accept",
    "answer_question",
    "ask",
    "be_named",
    "begin",
    "change",
    "change_mentor",
    "check",
    "complete",
    "confirm_suspension",
    "decline",
    "find",
    "found",
    "hand_over_all",
    "invite_applicant",
    "items_of",
    "last_change",
    "leave",
    "let_lapse",
    "may_check",
    "missing_checks",
    "put_to_vote",
    "restore",
    "run_out",
    "save_draft",
    "send",
    "suspend",
    "take_in",
    "take_part",
    "take_up",
    "tick",
    "withdraw",
    "write_call",
]
