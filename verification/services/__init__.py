"""What can be done to a listing's standing. One function for each step; each is one transaction."""

from verification.services.checks import confirm_unchanged, record_check
from verification.services.decisions import approve, ask_for_changes, reject, release, take
from verification.services.edits import after_edit, publish_import, publish_notices, set_operation
from verification.services.standing import archive, hide, restore
from verification.services.submission import submit, submit_place, withdraw_submission, working_copy_differs

__all__ = [
    "after_edit",
    "approve",
    "archive",
    "ask_for_changes",
    "confirm_unchanged",
    "hide",
    "publish_import",
    "publish_notices",
    "record_check",
    "reject",
    "release",
    "restore",
    "set_operation",
    "submit",
    "submit_place",
    "take",
    "withdraw_submission",
    "working_copy_differs",
]
