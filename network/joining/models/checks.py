"""What people of other organisations have found out, and what is done between the vote and membership."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.constraints import Editable
from network.joining.models.applications import Application
from network.joining.models.words import ApplicationOutcome, CheckKind, ItemCode
from organizations.models import Organization

if TYPE_CHECKING:
    from accounts.models import User

#: Whose notes are not for every member.
GUARDED = (CheckKind.SANCTIONS, CheckKind.SAFETY)

_BY_OTHERS = """
    IF EXISTS (
        SELECT 1 FROM joining_application a WHERE a.id = NEW.application_id AND (
            a.organization_id = NEW.organization_id
            OR (NEW.kind = 'referees' AND NEW.organization_id IN (a.referee_one_id, a.referee_two_id))
            OR EXISTS (
                SELECT 1 FROM organizations_membership m
                WHERE m.organization_id = a.organization_id AND m.user_id = NEW.checked_by_id
            )
        )
    ) THEN
        RAISE EXCEPTION 'nobody checks their own organisation' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class ApplicationCheckQuerySet(models.QuerySet["ApplicationCheck"]):
    def with_notes_for(self, user: User, *, sits_in_council: bool) -> ApplicationCheckQuerySet:
        """Those whose note the person reads: of money and sanctions administrators alone, of safety the council too."""
        if user.is_administrator:
            return self
        kept = [CheckKind.SANCTIONS] if sits_in_council else list(GUARDED)
        return self.exclude(kind__in=kept)


@pghistory.track(exclude=["note"])
class ApplicationCheck(Editable):
    """One of six, by a person for another organisation; a concern does not block, it is shown to those who vote."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="checks")
    kind = models.CharField(_("what was looked at"), max_length=16, choices=CheckKind.choices)
    outcome = models.CharField(_("what came out"), max_length=16, choices=ApplicationOutcome.choices)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(default=clock.now)

    objects = ApplicationCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("check of an application")
        verbose_name_plural = _("checks of applications")
        ordering = ["application", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "kind"],
                name="applicationcheck_once",
                violation_error_message=_("This was checked meanwhile."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="applicationcheck_by_others",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_BY_OTHERS,
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id} · {self.kind}"


_BY_MENTOR = """
    IF NEW.code = 'training' AND EXISTS (
        SELECT 1 FROM joining_application a JOIN organizations_membership m ON m.organization_id = a.organization_id
        WHERE a.id = NEW.application_id AND m.user_id = NEW.done_by_id
    ) THEN
        RAISE EXCEPTION 'the organisation that goes along says it' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


@pghistory.track()
class OnboardingItem(Editable):
    """That one of the things that somebody has to say is done. What can be seen is not written down."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="items")
    code = models.CharField(max_length=16, choices=ItemCode.choices)
    done_at = models.DateTimeField(default=clock.now)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("step of the way in")
        verbose_name_plural = _("steps of the way in")
        ordering = ["application", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "code"], name="onboardingitem_once"),
            models.CheckConstraint(
                name="onboardingitem_is_said", condition=Q(code__in=[ItemCode.CONDUCT, ItemCode.TRAINING])
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="onboardingitem_training_by_mentor",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("code", "application_id"),
                func=_BY_MENTOR,
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id} · {self.code}"
