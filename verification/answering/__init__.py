"""What the page of a link can do: say how the listings stand, take answers, take them back, send a new link."""

from verification.answering.answers import confirm, report_capacity, report_changed, report_closed, undo
from verification.answering.lines import LinkLine, lines_of
from verification.answering.links import LinkClosed, find_link
from verification.answering.new_link import request_new_link
from verification.answering.profile import confirm_profile_by_link

__all__ = [
    "LinkClosed",
    "LinkLine",
    "confirm",
    "confirm_profile_by_link",
    "find_link",
    "lines_of",
    "report_capacity",
    "report_changed",
    "report_closed",
    "request_new_link",
    "undo",
]
