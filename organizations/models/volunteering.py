"""A volunteer helps an organisation from a day to a day, beside a colleague of it who answers for them.

Rule: it is no membership. Whatever asks for memberships, and so whatever is for people of the network, does not know
volunteers: forgetting one of them in a question leaks nothing. What ends it is compared in the query: the last day,
the end that somebody pressed, a colleague who left or may write no more, an organisation that is suspended.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.constraints import Editable
from organizations.models.membership import Invitation, Membership, MembershipRole
from organizations.models.organization import IN_NETWORK, Organization, standing_as

if TYPE_CHECKING:
    from accounts.models import User

#: Whoever answers for a volunteer writes for the organisation.
ANSWERING_ROLES = (MembershipRole.EDITOR, MembershipRole.MANAGER)
#: Agreed for so long at the most; then somebody says again that it goes on.
LONGEST = dt.timedelta(days=184)

_BESIDE_A_COLLEAGUE = """
    IF NEW.colleague_id IS NOT NULL AND NEW.ended_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM organizations_membership m WHERE m.user_id = NEW.colleague_id
        AND m.organization_id = NEW.organization_id AND m.role IN ('editor', 'manager')
    ) THEN
        RAISE EXCEPTION 'a volunteer is answered for by whoever writes for the organisation'
            USING ERRCODE = 'check_violation';
    END IF;
    IF (TG_OP = 'INSERT' OR NEW.user_id IS DISTINCT FROM OLD.user_id) AND NEW.ended_at IS NULL AND EXISTS (
        SELECT 1 FROM organizations_membership m WHERE m.user_id = NEW.user_id
    ) THEN
        RAISE EXCEPTION 'a volunteer belongs to no organisation' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class VolunteeringQuerySet(models.QuerySet["Volunteering"]):
    def open(self) -> VolunteeringQuerySet:
        """Nobody has ended it; its days may be over."""
        return self.filter(ended_at=None)

    def in_force(self) -> VolunteeringQuerySet:
        """By the clock of the question, whether a worker runs or not. Training is asked for above (network)."""
        today = clock.today()
        days = Q(ended_at=None, starts_on__lte=today, ends_on__gte=today, user__is_active=True, user__network_role="")
        rows = self.filter(days, answered_for(), standing_as(*IN_NETWORK, prefix="organization__"))
        return rows.filter(~Exists(Membership.objects.filter(user=OuterRef("user"))))

    def managed_by(self, user: User) -> VolunteeringQuerySet:
        return self.filter(organization__in=Organization.objects.managed_by(user).in_network())


def answered_for() -> Exists:
    """Rows whose colleague is there and writes for the organisation."""
    there = Membership.objects.filter(
        organization=OuterRef("organization"), user=OuterRef("colleague"), role__in=ANSWERING_ROLES
    )
    return Exists(there.filter(user__is_active=True))


@pghistory.track()
class Volunteering(Editable):
    """`user` is empty until the invitation is accepted; `agreed_on` is when a manager said last how long it goes."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="volunteerings")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="volunteerings"
    )
    colleague = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="answers_for"
    )
    invitation = models.OneToOneField(Invitation, models.SET_NULL, null=True, blank=True, related_name="volunteering")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    agreed_on = models.DateField(default=clock.today)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = VolunteeringQuerySet.as_manager()

    class Meta:
        verbose_name = _("volunteer")
        verbose_name_plural = _("volunteers")
        ordering = ["-ends_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                name="volunteering_one_at_a_time",
                condition=Q(ended_at__isnull=True, user__isnull=False),
                violation_error_message=_("This person volunteers already."),
            ),
            models.CheckConstraint(
                name="volunteering_not_ones_own_colleague",
                condition=Q(user__isnull=True) | Q(colleague__isnull=True) | ~Q(user=F("colleague")),
                violation_error_message=_("Nobody answers for themselves: choose a colleague."),
            ),
            models.CheckConstraint(
                name="volunteering_ends_within_half_a_year",
                condition=Q(ends_on__gte=F("starts_on")) & Q(ends_on__lte=F("agreed_on") + LONGEST),
                violation_error_message=_("The last day is after the first one, within half a year from today."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="volunteering_beside_a_colleague",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf("user_id", "colleague_id", "organization_id", "ends_on"),
                func=_BESIDE_A_COLLEAGUE,
            )
        ]

    def __str__(self) -> str:
        return f"{self.user or '…'} · {self.organization}"
