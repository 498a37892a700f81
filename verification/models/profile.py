"""What an organisation says about itself, and until when it is believed: class C of the clocks."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.ids import LENGTH, new_public_id
from messaging.models import Correspondent
from organizations.models import Organization
from verification.models.check import Level
from verification.models.state import Snapshot


class ProfileMethod(models.TextChoices):
    """How the organisation gave its word about its profile."""

    FIRST_LISTING = "first_listing", _("with a listing that another organisation approved")
    WORKSPACE = "workspace", _("in the workspace")
    LINK = "link", _("by the link in a message")
    COORDINATOR_PHONE = "coordinator_phone", _("by phone with a coordinator")


@pghistory.track()
class ProfileState(models.Model):
    """The clock of one organisation's profile. There is a row as soon as the profile has been confirmed once.

    Dates are days in `timezone`, the zone of the country of registration at the last confirmation. They are copied
    to the directory, where the query compares them.
    """

    organization = models.OneToOneField(
        Organization, models.CASCADE, related_name="profile_state", primary_key=True, verbose_name=_("organisation")
    )
    level = models.PositiveSmallIntegerField(_("level"), choices=Level.choices, default=Level.OWNER)
    method = models.CharField(_("how it was confirmed"), max_length=24, choices=ProfileMethod.choices)
    checked_on = models.DateField(_("confirmed on"))
    notice_on = models.DateField(_("first reminder on"))
    due_on = models.DateField(_("check again by"))
    hides_on = models.DateField(_("hides on"))
    archives_on = models.DateField(_("archived on"))
    timezone = models.CharField(_("time zone"), max_length=64, default="UTC")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("clock of a profile")
        verbose_name_plural = _("clocks of profiles")
        ordering = ["pk"]
        indexes = [models.Index(fields=["due_on"], name="profilestate_due")]
        constraints = [
            models.CheckConstraint(
                name="profilestate_dates_in_order",
                condition=Q(
                    checked_on__lte=F("notice_on"),
                    notice_on__lte=F("due_on"),
                    due_on__lte=F("hides_on"),
                    hides_on__lte=F("archives_on"),
                ),
                violation_error_message=_("The dates of a profile are out of order."),
            ),
            models.CheckConstraint(
                name="profilestate_level_is_the_owners",
                condition=Q(level=1),
                violation_error_message=_("Only the organisation itself speaks about its profile."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} · {self.due_on}"


@pghistory.track()
class ProfileCheck(models.Model):
    """One word of an organisation about its profile. Never changed: the next word is another row.

    `snapshot` holds the profile as the map showed it then. `organization` is for whom the word was given, and
    `recorded_for` the organisation of the coordinator who wrote it down.
    """

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="profile_checks")
    snapshot = models.ForeignKey(Snapshot, models.SET_NULL, null=True, related_name="+")
    method = models.CharField(_("method"), max_length=24, choices=ProfileMethod.choices)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    correspondent = models.ForeignKey(
        Correspondent, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by the link of")
    )
    recorded_for = models.ForeignKey(Organization, models.SET_NULL, null=True, blank=True, related_name="+")
    note = models.CharField(_("note (coordinators only)"), max_length=1000, blank=True)
    checked_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("confirmation of a profile")
        verbose_name_plural = _("confirmations of profiles")
        ordering = ["-checked_at", "-pk"]
        indexes = [models.Index(fields=["organization", "checked_at"], name="profilecheck_history")]
        constraints = [
            models.UniqueConstraint(
                fields=["organization"],
                name="profilecheck_begins_once",
                condition=Q(method="first_listing"),
                violation_error_message=_("The clock of this profile runs already."),
            ),
            models.CheckConstraint(
                name="profilecheck_by_link_names_its_correspondent",
                condition=Q(correspondent__isnull=True) | Q(method="link"),
                violation_error_message=_("Only the link in a letter answers for a correspondent."),
            ),
            models.CheckConstraint(
                name="profilecheck_by_phone_was_written_down_by_others",
                condition=Q(recorded_for__isnull=True)
                | (Q(method="coordinator_phone") & ~Q(recorded_for=F("organization"))),
                violation_error_message=_("Nobody writes down the word of their own organisation."),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="profilecheck_is_final",
                fields=["public_id", "organization", "method", "note", "checked_at"],
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization} · {self.checked_at:%Y-%m-%d} · {self.method}"
