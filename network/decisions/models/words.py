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
