"""What an applicant is told of each state: what it is, what happens next, and until when."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.phrasing.dates import day_in_words
from network.joining.models import Application
from network.joining.models.words import ApplicationState as S


@dataclass(frozen=True)
class StageTold:
    title: str
    next: str
    #: The day by which it happens, in words; "" when nothing follows.
    until: str


def told_of(application: Application) -> StageTold:
    """By the clock of the question: a draft or a question whose days are over reads as closed."""
    stage = application.stage
    until = day_in_words(application.due_at.date()) if application.due_at and stage not in _OVER else ""
    title, text = _words()[stage]
    return StageTold(title, text % {"day": until}, until)


_OVER = (S.MEMBER, S.DECLINED, S.WITHDRAWN, S.CLOSED)


# long: two lines a state
def _words() -> dict[str, tuple[str, str]]:
    return {
        S.DRAFT: (
            _("Your application is a draft"),
            _("Fill it in at your own pace and send it by %(day)s. A draft that nobody sends is deleted then."),
        ),
        S.SENT: (
            _("Your application has arrived"),
            _("A coordinator of your country takes it up by %(day)s. You need not do anything; we write to you."),
        ),
        S.CHECKING: (
            _("We are getting to know you"),
            _(
                "People of other organisations call you and your referees and read your rules. By %(day)s it goes to"
                " the vote, or we ask you something."
            ),
        ),
        S.NEEDS_INFO: (
            _("We have a question"),
            _("Please answer it here by %(day)s. Without an answer the application is closed on that day."),
        ),
        S.VOTING: (
            _("The members are voting"),
            _("Every organisation has one voice. The vote ends on %(day)s, then we write to you how it went."),
        ),
        S.ACCEPTED: (
            _("The members have said yes"),
            _(
                "What is left is a short list: accounts, a place, a first listing, how we send people on. An"
                " organisation of the network goes along with you. It takes until %(day)s at most."
            ),
        ),
        S.MEMBER: (_("You are a member of the network"), _("Everything else happens in the workspace.")),
        S.DECLINED: (
            _("The members have not said yes"),
            _("Why, you read on the page of your application. You may apply again when that has changed."),
        ),
        S.WITHDRAWN: (
            _("You have taken the application back"),
            _("Nobody works on it any more. You may apply again at any time."),
        ),
        S.CLOSED: (
            _("The application is closed"),
            _("We did not hear from you in time. That is no refusal: you may apply again at any time."),
        ),
    }
