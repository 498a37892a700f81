"""What an applicant is told of each state: other names than those inside, what happens next, and until when.

Whether it is being scored or voted on is no business of theirs: both are «we are deciding».
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.phrasing.dates import day_in_words
from network.grants.models import GrantApplication
from network.grants.models.words import BID_OPEN
from network.grants.models.words import BidState as S


@dataclass(frozen=True)
class BidTold:
    title: str
    next: str
    #: The day by which it happens, in words; "" when nothing follows.
    until: str


def told_of(application: GrantApplication) -> BidTold:
    """By the clock of the question."""
    stage = application.stage
    is_open = stage in BID_OPEN and application.due_on is not None
    until = day_in_words(application.due_on) if is_open and application.due_on else ""
    title, text = _words()[_ONE.get(stage, stage)]
    return BidTold(title, text % {"day": until}, until)


#: What is one and the same to the applicant.
_ONE = {S.SCORED: S.ELIGIBLE, S.VOTING: S.ELIGIBLE}


# long: two lines a state
def _words() -> dict[S, tuple[str, str]]:
    return {
        S.DRAFT: (
            _("Your application is a draft"),
            _("Fill it in at your own pace. The call ends on %(day)s, and a manager sends it before."),
        ),
        S.MISSED: (
            _("The application was not sent in time"),
            _("The call is over. The draft is deleted sixty days later; you may apply to the next call."),
        ),
        S.SENT: (
            _("Your application has arrived"),
            _("By %(day)s the secretary looks whether it fits the call. You need not do anything."),
        ),
        S.NOT_ELIGIBLE: (
            _("The application does not fit this call"),
            _("Why, you read below. You may apply to another call at any time."),
        ),
        S.NEEDS_INFO: (
            _("There is a question for you"),
            _("Please answer it by %(day)s. Without an answer your application goes on as it is."),
        ),
        S.ELIGIBLE: (
            _("We are deciding about your application"),
            _("People of other organisations read it, then the committee votes. The next step is due by %(day)s."),
        ),
        S.GRANTED: (
            _("You get the grant"),
            _("The secretary writes to you about the agreement, which is signed outside of this site, by %(day)s."),
        ),
        S.CONDITIONS: (
            _("You get the grant, with conditions"),
            _("What has to be there first, you read below. It has time until %(day)s."),
        ),
        S.RESERVE: (
            _("Your application is in reserve"),
            _("There is no money for it now. Should some come back by %(day)s, we write to you."),
        ),
        S.DECLINED: (
            _("You do not get the grant this time"),
            _("Why, you read below. It counts for nothing against you in the next call."),
        ),
        S.AGREED: (_("Your grant is agreed"), _("Parts, reports and their days stand on the page of the grant.")),
        S.WITHDRAWN: (_("You have taken the application back"), _("Nobody works on it any more.")),
    }
