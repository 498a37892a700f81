"""What can be done to a listing's standing. One function for each step; each is one transaction."""

from verification.services.around.profiles import confirm_profile
from verification.services.around.sites import let_site, refuse_site
from verification.services.asked.calls import answer_proposal, hear_changed, hear_right, note_call, propose_change
from verification.services.asked.reports import close_report, find_report, receive_report, take_report, tell_visit
from verification.services.asked.stops import call_off
from verification.services.asked.suggestions import (
    ANSWER_DAYS,
    BARRIER_DAYS,
    close_suggestion,
    find_suggestion,
    receive_barrier,
    receive_suggestion,
    take_suggestion_in,
)
from verification.services.checks import confirm_unchanged, record_check
from verification.services.decisions import approve, ask_for_changes, reject, release, take
from verification.services.edits import (
    Together,
    let_narrow,
    publish_again,
    publish_import,
    publish_imports,
    set_operation,
)
from verification.services.held import agree_to_texts, doubtful, held_of
from verification.services.many.sending import submit_differing, withdraw_all
from verification.services.rechecks import assign, assign_all, open_recheck
from verification.services.standing import archive, hide, restore
from verification.services.submission import (
    submit,
    submit_under,
    unfinished_under,
    withdraw_submission,
    working_copy_differs,
)
from verification.services.takedowns import lift, take_down
from verification.services.told.capacity import report_capacity
from verification.services.undoing import republish, undo_check

__all__ = [
    "ANSWER_DAYS",
    "BARRIER_DAYS",
    "Together",
    "agree_to_texts",
    "answer_proposal",
    "approve",
    "archive",
    "ask_for_changes",
    "assign",
    "assign_all",
    "call_off",
    "close_report",
    "close_suggestion",
    "confirm_profile",
    "confirm_unchanged",
    "doubtful",
    "find_report",
    "find_suggestion",
    "hear_changed",
    "hear_right",
    "held_of",
    "hide",
    "let_narrow",
    "let_site",
    "lift",
    "note_call",
    "open_recheck",
    "propose_change",
    "publish_again",
    "publish_import",
    "publish_imports",
    "receive_barrier",
    "receive_report",
    "receive_suggestion",
    "record_check",
    "refuse_site",
    "reject",
    "release",
    "report_capacity",
    "republish",
    "restore",
    "set_operation",
    "submit",
    "submit_differing",
    "submit_under",
    "take",
    "take_down",
    "take_report",
    "take_suggestion_in",
    "tell_visit",
    "undo_check",
    "unfinished_under",
    "withdraw_all",
    "withdraw_submission",
    "working_copy_differs",
]
