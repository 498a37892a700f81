"""The circle of an organisation: others, by name, who may know what it hides from the rest of the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.ids import LENGTH, new_public_id
from organizations.models.organization import IN_NETWORK, Organization, standing_as

if TYPE_CHECKING:
    from accounts.models import User


class CircleMemberQuerySet(models.QuerySet["CircleMember"]):
    def in_force(self) -> CircleMemberQuerySet:
        return self.filter(standing_as(*IN_NETWORK, prefix="member__"), agreed_at__isnull=False)

    def visible_to(self, user: User) -> CircleMemberQuerySet:
        """Those of the organisations that the user edits for; the circle of others is nobody's business."""
        return self.filter(organization__in=Organization.objects.kept_by(user))


@pghistory.track()
class CircleMember(models.Model):
    """`member` is of the circle of `organization` once a second person of `organization` has agreed."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="circle")
    member = models.ForeignKey(Organization, models.CASCADE, related_name="circles", verbose_name=_("organisation"))
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(default=clock.now)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)

    objects = CircleMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation of the circle")
        verbose_name_plural = _("organisations of the circle")
        ordering = ["organization", "member", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "member"],
                name="circle_member_once",
                violation_error_message=_("This organisation is in the circle already."),
            ),
            models.CheckConstraint(
                name="circle_is_of_others",
                condition=~Q(organization=F("member")),
                violation_error_message=_("An organisation is in its own circle anyway."),
            ),
            models.CheckConstraint(
                name="circle_grows_by_two_people",
                condition=Q(agreed_by__isnull=True) | Q(added_by__isnull=True) | ~Q(agreed_by=F("added_by")),
                violation_error_message=_("A second person of the organisation has to agree."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} → {self.member}"
