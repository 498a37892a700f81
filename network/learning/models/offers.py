"""What a member offers and a coordinator approves: the same columns and locks of materials, trainings and centres."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.constraints import Editable
from network.learning.models.words import OfferState
from organizations.models import Organization

#: SQLSTATE of a broken rule, so that Django says IntegrityError.
_OWN = """
    IF NEW.state = 'approved' AND EXISTS (
        SELECT 1 FROM organizations_membership m
        WHERE m.organization_id = NEW.organization_id AND m.user_id = NEW.decided_by_id
    ) THEN
        RAISE EXCEPTION 'nobody approves what their own organisation offers' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class LearningOffer(Editable):
    """`decided_by` is the coordinator who approved or returned it; `reason` is said when it is returned."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("whose it is"))
    state = models.CharField(max_length=12, choices=OfferState.choices, default=OfferState.OFFERED)
    reason = models.CharField(_("why"), max_length=300, blank=True)
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True

    @property
    def is_open(self) -> bool:
        return self.state == OfferState.APPROVED

    @property
    def waits(self) -> bool:
        return self.state == OfferState.OFFERED


def returned_with_reason(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=~Q(state=OfferState.RETURNED) | ~Q(reason=""),
        violation_error_message=_("Say in a few words why."),
    )


def never_by_own(name: str) -> pgtrigger.Trigger:
    """Only when somebody decides: whoever joins that organisation later has decided nothing anew."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("state", "decided_by_id", "organization_id"),
        func=_OWN,
    )
