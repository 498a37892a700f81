"""One check of one listing: who looked, how, when, and what they found. Never the same as an edit."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.constraints import codes_field
from core.ids import LENGTH, new_public_id
from messaging.models import Correspondent
from organizations.models import Organization
from services.models import ServiceAtLocation
from verification.models.state import Snapshot


class Level(models.IntegerChoices):
    """What readers are told about how a listing was checked."""

    IMPORTED = 0, _("Imported, not checked")
    OWNER = 1, _("Confirmed by the organisation itself")
    REMOTE = 2, _("Checked by another organisation of the network")
    VISITED = 3, _("Visited, or documents seen")


class CheckMethod(models.TextChoices):
    WORKSPACE = "workspace", _("in the workspace")
    LINK = "link", _("by the link in a message")
    TELEGRAM = "telegram", _("in the chat with the bot")
    COORDINATOR_PHONE = "coordinator_phone", _("by phone with a coordinator")
    CALL = "call", _("call")
    MESSAGE = "message", _("message")
    TEST_CONTACT = "test_contact", _("test contact")
    VISIT = "visit", _("visit")
    DOCUMENTS = "documents", _("documents seen")


#: The level that a successful check of this method gives. Whose word a method is follows from it and from nothing else.
LEVEL_OF = {
    CheckMethod.WORKSPACE: Level.OWNER,
    CheckMethod.LINK: Level.OWNER,
    CheckMethod.TELEGRAM: Level.OWNER,
    CheckMethod.COORDINATOR_PHONE: Level.OWNER,
    CheckMethod.CALL: Level.REMOTE,
    CheckMethod.MESSAGE: Level.REMOTE,
    CheckMethod.TEST_CONTACT: Level.REMOTE,
    CheckMethod.VISIT: Level.VISITED,
    CheckMethod.DOCUMENTS: Level.VISITED,
}
#: By these the organisation speaks for itself, and by these another organisation looks.
OWNER_METHODS = tuple(method for method, level in LEVEL_OF.items() if level == Level.OWNER)
VERIFIER_METHODS = tuple(method for method, level in LEVEL_OF.items() if level > Level.OWNER)


class CheckOutcome(models.TextChoices):
    CORRECT = "correct", _("Everything is right")
    WRONG = "wrong", _("Something is wrong")
    UNREACHABLE = "unreachable", _("Nobody could be reached")
    WITHDRAWN = "withdrawn", _("Taken back at once by the one who said it")


@pghistory.track()
class Check(models.Model):
    """An owner's confirmation (level 1) or a check by another organisation (levels 2 and 3)."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    listing = models.ForeignKey(ServiceAtLocation, models.CASCADE, related_name="checks")
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, null=True, related_name="+")
    method = models.CharField(_("method"), max_length=24, choices=CheckMethod.choices)
    outcome = models.CharField(_("outcome"), max_length=12, choices=CheckOutcome.choices, default=CheckOutcome.CORRECT)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level.choices)
    critical_fields = codes_field(_("critical fields that were looked at"))
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    correspondent = models.ForeignKey(
        Correspondent, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by the link of")
    )
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    note = models.CharField(_("note (coordinators only)"), max_length=1000, blank=True)
    evidence = models.FileField(_("evidence (coordinators only)"), upload_to="evidence/%Y/%m", blank=True)
    checked_at = models.DateTimeField(default=clock.now)
    noticed_at = models.DateTimeField(_("first reminder before it"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        verbose_name = _("check")
        verbose_name_plural = _("checks")
        ordering = ["-checked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="check_by_another_organization_above_level_1",
                condition=Q(level__lte=1) | (Q(organization__isnull=False) & ~Q(organization=F("owner"))),
                violation_error_message=_("Only another organisation can check this listing."),
            ),
            models.CheckConstraint(
                name="check_by_link_names_its_correspondent",
                condition=Q(correspondent__isnull=True) | Q(method__in=["link", "telegram"]),
                violation_error_message=_("Only the link in a letter answers for a correspondent."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listing} · {self.checked_at:%Y-%m-%d} · {self.method}"
