"""Kinds of letters about small grants. They say that there is something, and lead to the login."""

from __future__ import annotations

#: To members: a call was announced; its end is near and their draft is not sent.
GRANT_CALL, GRANT_CALL_ENDS = "grant_call", "grant_call_ends"
#: To whoever keeps the committee's affairs: something waits for the next step; its day is past.
GRANT_CAME, GRANT_SLOW = "grant_came", "grant_slow"
#: To somebody who is asked to score; whose day is past.
GRANT_SCORE, GRANT_SCORE_LATE = "grant_score", "grant_score_late"
#: To somebody who is not asked to score any more.
GRANT_RELEASED = "grant_released"
#: To whoever keeps the committee's affairs: an organisation with a grant is suspended, has left, or is back.
GRANT_STANDING = "grant_standing"
#: To the organisation: its application or its grant stands otherwise.
GRANT_STATE, GRANT_AGREED = "grant_state", "grant_agreed"
#: To the organisation: a report is due soon; is late; was accepted or sent back.
GRANT_REPORT_DUE, GRANT_REPORT_LATE, GRANT_REPORT_STATE = "grant_report_due", "grant_report_late", "grant_report_state"
#: To the committee: a report came. To the coordinator of the country: it is fourteen days late.
GRANT_REPORT_CAME, GRANT_REPORT_OVERDUE = "grant_report_came", "grant_report_overdue"
#: All of them: somebody waits for what the reader does, or it comes too late by a day (ADR 0198).
WORK = frozenset(
    (
        *(GRANT_CALL, GRANT_CALL_ENDS, GRANT_CAME, GRANT_SLOW, GRANT_SCORE, GRANT_SCORE_LATE, GRANT_RELEASED),
        *(GRANT_STANDING, GRANT_STATE, GRANT_AGREED, GRANT_REPORT_DUE, GRANT_REPORT_LATE, GRANT_REPORT_STATE),
        *(GRANT_REPORT_CAME, GRANT_REPORT_OVERDUE),
    )
)
