"""The words of this wing, as codes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class BodyKind(models.TextChoices):
    """Who decides. Of the assembly every member organisation is; the others are made of seats."""

    ASSEMBLY = "assembly", _("Assembly of members")
    COUNCIL = "council", _("Coordinating council")
    COMMITTEE = "committee", _("Committee")


class SeatKind(models.TextChoices):
    """What a person does in a body."""

    CHAIR = "chair", _("Leads the meetings")
    MEMBER = "member", pgettext_lazy("seat", "Member of the body")
    SECRETARY = "secretary", _("Keeps the minutes")
    LAWYER = "lawyer", _("Lawyer")


class PaperKind(models.TextChoices):
    STATEMENT = "statement", pgettext_lazy("document", "Statement")
    POLICY = "policy", pgettext_lazy("document", "Policy")
    PROCEDURE = "procedure", pgettext_lazy("document", "Procedure")
    MINUTES = "minutes", pgettext_lazy("document", "Minutes")
    REPORT = "report", pgettext_lazy("document", "Report")
    TEMPLATE = "template", pgettext_lazy("document", "Template")


class Audience(models.TextChoices):
    PUBLIC = "public", _("Everybody")
    MEMBERS = "members", _("Members of the network")


class MeetingState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("meeting", "Will be held")
    HELD = "held", pgettext_lazy("meeting", "Was held")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "Called off")


class DecisionState(models.TextChoices):
    OPEN = "open", pgettext_lazy("decision", "Under way")
    DONE = "done", pgettext_lazy("decision", "Done")
    DROPPED = "dropped", pgettext_lazy("decision", "Dropped")


class VoteState(models.TextChoices):
    """What people did to it. That it is over is told by its end alone."""

    DRAFT = "draft", pgettext_lazy("vote", "Being prepared")
    OPEN = "open", pgettext_lazy("vote", "Announced")
    CANCELLED = "cancelled", pgettext_lazy("vote", "Called off")


class Quorum(models.TextChoices):
    """Which part of those who may vote has to take part. Whoever has a conflict of interest is not counted."""

    NONE = "none", _("However many vote")
    THIRD = "third", _("A third")
    HALF = "half", _("Half")
    TWO_THIRDS = "two_thirds", pgettext_lazy("quorum", "Two thirds")


class Threshold(models.TextChoices):
    """How many of the voices for and against have to be for. A tie is no."""

    MAJORITY = "majority", _("More than half")
    TWO_THIRDS = "two_thirds", pgettext_lazy("threshold", "Two thirds")
    ALL = "all", _("Nobody against")


class Choice(models.TextChoices):
    """An answer to a question. In an election the number of an option stands instead of for and against."""

    FOR = "for", pgettext_lazy("ballot", "For")
    AGAINST = "against", pgettext_lazy("ballot", "Against")
    ABSTAIN = "abstain", pgettext_lazy("ballot", "Abstains")
    CONFLICT = "conflict", pgettext_lazy("ballot", "Has a conflict of interest")
