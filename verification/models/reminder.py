"""Which correspondent was told of which step of a listing's clock."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core import clock
from messaging.models import Correspondent, Message
from services.models import ServiceAtLocation

#: The only step of what was said about places, in reminders: a round has one, however many days before its end.
CAPACITY = "capacity"
#: What the steps of campaigns begin with: "campaign-0" at the start, "campaign-1" for who is reminded once.
CAMPAIGN = "campaign"


class Rung(models.TextChoices):
    """The ladder of escalation, from the bottom."""

    OWNER = "owner", _("Whoever keeps the listing")
    MANAGER = "manager", _("The organisation's manager")
    COORDINATOR = "coordinator", _("The coordinator of the country")
    ADMINISTRATORS = "administrators", _("The administrators of the network")


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def escalated(self) -> ReminderQuerySet:
        """Those that went beyond the organisation."""
        return self.filter(rung__in=[Rung.COORDINATOR, Rung.ADMINISTRATORS])


class Reminder(models.Model):
    """One listing in one letter. `due_on` names the round: a check, or a new word about places, starts a new one.

    `step` is the code of `verification.letters.steps.Step`: "notice-30", "due", "escalate", "hidden",
    "capacity" or "campaign-0".
    """

    listing = models.ForeignKey(ServiceAtLocation, models.CASCADE, related_name="reminders")
    due_on = models.DateField(_("round, by its date"))
    step = models.CharField(_("step"), max_length=16)
    rung = models.CharField(_("rung"), max_length=16, choices=Rung.choices)
    correspondent = models.ForeignKey(Correspondent, models.CASCADE, related_name="reminders")
    message = models.ForeignKey(Message, models.SET_NULL, null=True, related_name="reminders")
    created_at = models.DateTimeField(default=clock.now)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["listing", "due_on"], name="reminder_round")]
        constraints = [
            models.UniqueConstraint(
                fields=["listing", "due_on", "step", "correspondent"],
                name="reminder_told_once",
                violation_error_message=_("This person was told of this step already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listing_id} · {self.step} · {self.correspondent}"
