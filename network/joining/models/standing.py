"""How organisations stand: every change with its ground, who agreed to be named, who takes part this year."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.ids import LENGTH, new_public_id
from network.decisions.models import Decision
from network.joining.models.words import ChangeReason
from organizations.models import MemberStatus, Organization


class StandingChangeQuerySet(models.QuerySet["StandingChange"]):
    def latest_of_each(self) -> StandingChangeQuerySet:
        """The last change of every organisation."""
        return self.order_by("organization_id", "-made_at", "-pk").distinct("organization_id")

    def run_out(self) -> StandingChangeQuerySet:
        """Suspensions whose days are over, of organisations that are still suspended by them."""
        last = self.latest_of_each().values("pk")
        return self.filter(
            pk__in=last, lapses_at__lte=clock.now(), organization__member_status=MemberStatus.SUSPENDED
        ).order_by("pk")


_STAYS = """
    RAISE EXCEPTION 'a change of standing stays as it was written' USING ERRCODE = 'check_violation';
"""


class StandingChange(models.Model):
    """From one standing to another, once. The row is never changed: what follows is another one.

    A suspension without a decision ends by itself (`lapses_at`).
    """

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="standing_changes")
    was = models.CharField(max_length=12, choices=MemberStatus.choices)
    becomes = models.CharField(max_length=12, choices=MemberStatus.choices)
    reason = models.CharField(_("reason"), max_length=12, choices=ChangeReason.choices)
    note = models.CharField(_("note for administrators"), max_length=1000, blank=True)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="standing_changes")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    lapses_at = models.DateTimeField(null=True, blank=True)

    objects = StandingChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of standing")
        verbose_name_plural = _("changes of standing")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="standingchange_suspension_ends_or_was_decided",
                condition=~Q(becomes="suspended")
                | Q(decision__isnull=False, lapses_at__isnull=True)
                | Q(decision__isnull=True, lapses_at__isnull=False),
                violation_error_message=_("Without a decision a suspension has its end."),
            ),
            models.CheckConstraint(
                name="standingchange_admitted_by_a_decision",
                condition=~Q(reason__in=["admitted", "confirmed"]) | Q(decision__isnull=False),
                violation_error_message=_("This needs a decision of the members."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="standingchange_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "organization", "was", "becomes", "reason", "decision", "made_at", "lapses_at"
                ),
                func=_STAYS,
            ),
            pgtrigger.Protect(name="standingchange_is_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.organization} · {self.becomes}"


@pghistory.track()
class NamedMember(models.Model):
    """A member that agreed to be named to everybody."""

    organization = models.OneToOneField(Organization, models.CASCADE, related_name="named")
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    agreed_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("member named to everybody")
        verbose_name_plural = _("members named to everybody")

    def __str__(self) -> str:
        return f"{self.organization_id}"


@pghistory.track()
class Participation(models.Model):
    """“We still take part”, once a year. Nothing ends where it is missing: somebody calls."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="participations")
    year = models.PositiveSmallIntegerField(_("year"))
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("yearly word of a member")
        verbose_name_plural = _("yearly words of members")
        ordering = ["-year", "pk"]
        constraints = [models.UniqueConstraint(fields=["organization", "year"], name="participation_once_a_year")]

    def __str__(self) -> str:
        return f"{self.organization_id} · {self.year}"
