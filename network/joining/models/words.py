"""The words of this wing, as codes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ApplicationState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("application", "Being written")
    SENT = "sent", pgettext_lazy("application", "Sent")
    CHECKING = "checking", pgettext_lazy("application", "Being checked")
    NEEDS_INFO = "needs_info", pgettext_lazy("application", "Waits for answers")
    VOTING = "voting", pgettext_lazy("application", "Being voted on")
    ACCEPTED = "accepted", pgettext_lazy("application", "Accepted, on its way in")
    MEMBER = "member", pgettext_lazy("application", "Member")
    DECLINED = "declined", pgettext_lazy("application", "Not accepted")
    WITHDRAWN = "withdrawn", pgettext_lazy("application", "Withdrawn")
    CLOSED = "closed", pgettext_lazy("application", "Closed without an answer")


#: Nothing follows them.
ENDED = (
    ApplicationState.MEMBER,
    ApplicationState.DECLINED,
    ApplicationState.WITHDRAWN,
    ApplicationState.CLOSED,
)
#: In which the network reads it.
BEFORE_THE_NETWORK = tuple(state for state in ApplicationState if state != ApplicationState.DRAFT)


class CheckKind(models.TextChoices):
    """What is looked at before the vote, each by a person of another organisation."""

    EXISTS = "exists", _("It exists and answers: a call by a number found elsewhere")
    REFEREES = "referees", _("What its two referees say")
    ATTITUDE = "attitude", _("Works with our groups, not against them")
    CONFIDENTIALITY = "confidentiality", _("Rules of confidentiality and of safeguarding")
    SANCTIONS = "sanctions", _("Money and sanctions")
    SAFETY = "safety", _("Whether being on the map endangers it")


class ApplicationOutcome(models.TextChoices):
    OK = "ok", pgettext_lazy("check of an application", "In order")
    CONCERN = "concern", pgettext_lazy("check of an application", "There is a concern")
    NOT_APPLICABLE = "not_applicable", pgettext_lazy("check of an application", "Does not apply")


class ItemCode(models.TextChoices):
    """What is done between the vote and membership."""

    SECOND_FACTOR = "second_factor", _("Two people sign in with a second step")
    PLACE = "place", _("One place, or “from afar”")
    LISTING = "listing", _("One listing that somebody else has checked")
    COLLEAGUES = "colleagues", _("A contact for colleagues")
    CONDUCT = "conduct", _("The code of conduct is read and accepted")
    TRAINING = "training", _("Training on sending people on")


#: Of these somebody says that they are done; the others are seen in what the organisation has entered.
PRESSED = (ItemCode.CONDUCT, ItemCode.TRAINING)


class ChangeReason(models.TextChoices):
    FOUNDED = "founded", pgettext_lazy("standing", "Was there when the network began")
    NOT_JOINED = "not_joined", pgettext_lazy("standing", "Applied and did not join")
    ADMITTED = "admitted", pgettext_lazy("standing", "Admitted by a vote")
    PARTNER = "partner", pgettext_lazy("standing", "Partner without a voice")
    SAFETY = "safety", pgettext_lazy("standing", "Suspended for safety")
    CONFIRMED = "confirmed", pgettext_lazy("standing", "Suspension confirmed by a vote")
    LAPSED = "lapsed", pgettext_lazy("standing", "Suspension lapsed: nobody confirmed it")
    RESTORED = "restored", pgettext_lazy("standing", "Suspension lifted")
    LEFT = "left", pgettext_lazy("standing", "Left by its own wish")
