"""Who stands in for whom, and when."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import NetworkRole, User
from core.constraints import Editable
from organizations.models import Membership, MembershipRole, Organization

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

#: Whoever has one of these roles in an organisation gets letters about its listings.
WRITING_ROLES = (MembershipRole.EDITOR, MembershipRole.MANAGER)
_NETWORK = Q(network_role__in=[NetworkRole.COORDINATOR, NetworkRole.ADMINISTRATOR]) | Q(is_superuser=True)


def answered_for_by(actor: User | AnonymousUser) -> models.QuerySet[User]:
    """Whose absences the actor may write down: their own, and those of people who edit where the actor manages.

    Coordinators and administrators work for the network: for them only an administrator may do it.
    """
    if not actor.is_authenticated or not actor.is_active:
        return User.objects.none()
    if actor.is_administrator:
        return User.objects.all()
    managed = Organization.objects.managed_by(actor).values("pk")
    beside = Membership.objects.filter(organization__in=managed, role__in=WRITING_ROLES).values("user")
    return User.objects.filter(Q(pk=actor.pk) | (Q(pk__in=beside) & ~_NETWORK))


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def editable_by(self, actor: User | AnonymousUser) -> AbsenceQuerySet:
        return self.filter(user__in=answered_for_by(actor))

    def touching(self, first: dt.date, last: dt.date) -> AbsenceQuerySet:
        """Those of which at least one day lies between these two, both included."""
        return self.filter(starts_on__lte=last, ends_on__gte=first)


class DaySpan(Func):
    function = "DATERANGE"
    output_field = DateRangeField()


@pghistory.track()
class Absence(Editable):
    """Between two dates (both included) letters go to the delegate. What anybody may do stays as it is."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="absences")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    delegate = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="stands_in_for", verbose_name=_("who stands in")
    )

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="absence_ends_after_it_starts",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The end is before the beginning."),
            ),
            models.CheckConstraint(
                name="absence_by_somebody_else",
                condition=~Q(delegate=F("user")),
                violation_error_message=_("Choose somebody else to stand in."),
            ),
            ExclusionConstraint(
                name="absence_one_at_a_time",
                expressions=[
                    (DaySpan("starts_on", "ends_on", RangeBoundary(inclusive_upper=True)), RangeOperators.OVERLAPS),
                    ("user", RangeOperators.EQUAL),
                ],
                violation_error_message=_("These dates overlap another absence."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.starts_on} – {self.ends_on}"
