"""A grant that was agreed, its parts, its reports, and how the cells of its gaps stood before and after."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pghistory
import pgtrigger
from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.constraints import Editable
from core.ids import LENGTH, new_public_id
from network.decisions.models import Decision
from network.gaps.models import CellState, Gap
from network.grants.models.bids import GrantApplication, own_organizations, seated_bodies
from network.grants.models.words import GRANT_OPEN, REPORT_OWED, GrantReportState, GrantState
from organizations.models import Organization
from organizations.models.organization import IN_NETWORK, is_network_person, standing_as

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

#: So many days after its day a report is told to the coordinator, and keeps the organisation from applying anew.
TOLD_AFTER, BLOCKS_AFTER = 14, 45


class GrantQuerySet(models.QuerySet["Grant"]):
    def visible_to(self, user: User | AnonymousUser) -> GrantQuerySet:
        """Everybody of the network knows who got how much for what; reports have a rule of their own."""
        return self if user.is_authenticated and is_network_person(user) else self.none()

    def under_way(self) -> GrantQuerySet:
        return self.filter(state__in=GRANT_OPEN)

    def halted(self) -> GrantQuerySet:
        """Under way, while their organisation is suspended or has left: by the clock of the question."""
        return self.under_way().exclude(standing_as(*IN_NETWORK, prefix="organization__"))


@pghistory.track(exclude=["reason"])
class Grant(Editable):
    """What was signed outside. `due_on` is the day of the next step: the next report, or closing."""

    application = models.OneToOneField(GrantApplication, models.PROTECT, related_name="grant")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="grants")
    amount = models.DecimalField(_("agreed sum"), max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3, validators=[RegexValidator(r"^[A-Z]{3}$")])
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    signed_on = models.DateField(_("signed on"))
    state = models.CharField(max_length=12, choices=GrantState.choices, default=GrantState.RUNNING)
    due_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    reason = models.TextField(_("why it was stopped"), max_length=1000, blank=True)
    #: The committee's decision by which it was stopped.
    stopped_by = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="+")
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="grant_ends_after_it_starts",
                condition=Q(ends_on__gt=F("starts_on"), amount__gt=0),
                violation_error_message=_("The end is before the beginning."),
            ),
            models.CheckConstraint(
                name="grant_has_a_next_day",
                condition=Q(state__in=GRANT_OPEN, due_on__isnull=False, ended_on__isnull=True)
                | (~Q(state__in=GRANT_OPEN) & Q(due_on__isnull=True, ended_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="grant_stopped_with_its_reason",
                condition=~Q(state=GrantState.STOPPED) | (~Q(reason="") & Q(stopped_by__isnull=False)),
                violation_error_message=_("Say why, and by which decision."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}"

    @property
    def is_late(self) -> bool:
        return self.due_on is not None and self.due_on < clock.today()

    @property
    def is_halted(self) -> bool:
        """The predicate beside `halted`."""
        return Grant.objects.halted().filter(pk=self.pk).exists()


class GrantTranche(models.Model):
    """A part of the sum: when it is to be paid, and when somebody wrote down that it was. No money moves by it."""

    grant = models.ForeignKey(Grant, models.CASCADE, related_name="tranches")
    position = models.PositiveSmallIntegerField()
    amount = models.DecimalField(_("how much"), max_digits=12, decimal_places=2)
    due_on = models.DateField(_("when"))
    paid_on = models.DateField(_("transferred on"), null=True, blank=True)

    class Meta:
        verbose_name = _("part of a grant")
        verbose_name_plural = _("parts of grants")
        ordering = ["grant", "position"]
        constraints = [
            models.UniqueConstraint(fields=["grant", "position"], name="granttranche_once"),
            models.CheckConstraint(name="granttranche_of_something", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.amount}"


class GrantCell(models.Model):
    """How the cell of a gap stood when the grant was agreed, and when it was closed. By the matrix, not by a report."""

    grant = models.ForeignKey(Grant, models.CASCADE, related_name="cells")
    gap = models.ForeignKey(Gap, models.PROTECT, related_name="grant_cells")
    before = models.CharField(max_length=12, choices=CellState.choices)
    before_on = models.DateField()
    after = models.CharField(max_length=12, choices=CellState.choices, blank=True)
    after_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("cell of a grant")
        verbose_name_plural = _("cells of grants")
        ordering = ["grant", "pk"]
        constraints = [models.UniqueConstraint(fields=["grant", "gap"], name="grantcell_once")]
        triggers = [
            pgtrigger.Protect(
                name="grantcell_before_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("before", "before_on", "gap"),
            ),
            pgtrigger.Trigger(
                name="grantcell_after_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("after", "after_on"),
                func="""
                    IF OLD.after <> '' THEN
                        RAISE EXCEPTION 'how it stood at the end stays' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gap_id}: {self.before} → {self.after}"


class GrantReportQuerySet(models.QuerySet["GrantReport"]):
    def visible_to(self, user: User | AnonymousUser) -> GrantReportQuerySet:
        """Those who read the application of the grant, and of them nobody who was only asked to score it."""
        if not user.is_authenticated or not is_network_person(user):
            return self.none()
        if user.coordinates_everywhere or user.network_role == "evaluator":
            return self
        seen = Q(grant__organization__in=own_organizations(user))
        seen |= Q(grant__application__call__body__in=seated_bodies(user))
        if user.is_coordinator:
            cells = GrantCell.objects.filter(gap__country__in=user.countries)
            seen |= Q(grant__in=cells.values("grant"))
        return self.filter(seen)

    def owed(self) -> GrantReportQuerySet:
        return self.filter(state__in=REPORT_OWED, grant__state=GrantState.RUNNING)

    def of_standing(self) -> GrantReportQuerySet:
        """Without those of organisations that are suspended or have left: their people cannot open a page."""
        return self.filter(standing_as(*IN_NETWORK, prefix="grant__organization__"))

    def late(self, days: int = 0) -> GrantReportQuerySet:
        """Owed for more than so many days: by the clock of the question, whether or not a worker is awake."""
        return self.owed().filter(due_on__lt=clock.today() - dt.timedelta(days=days))

    def blocking(self, organization: Organization) -> GrantReportQuerySet:
        """Those that keep the organisation from applying anew."""
        return self.late(BLOCKS_AFTER).filter(grant__organization=organization)


_BY_OTHERS = """
    IF EXISTS (
        SELECT 1 FROM grants_grant g WHERE g.id = NEW.grant_id AND (
            g.organization_id IN (NEW.read_for_id, NEW.accepted_for_id)
            OR EXISTS (SELECT 1 FROM organizations_membership m WHERE m.organization_id = g.organization_id
                       AND m.user_id IN (NEW.read_by_id, NEW.accepted_by_id)))
    ) THEN
        RAISE EXCEPTION 'nobody accepts the report of their own organisation' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


@pghistory.track(exclude=["narrative", "spent", "readings", "reason"])
class GrantReport(Editable):
    """`spent` is `{"position of a line": "sum"}` of all time up to then, `readings` `{"position": "value"}`."""

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="reports")
    position = models.PositiveSmallIntegerField()
    due_on = models.DateField(_("until"))
    is_last = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=GrantReportState.choices, default=GrantReportState.PLANNED)
    narrative = models.TextField(_("what was done, and what came of it"), max_length=6000, blank=True)
    spent = models.JSONField(default=dict, blank=True)
    readings = models.JSONField(default=dict, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    read_for = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    accepted_for = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    accepted_on = models.DateField(null=True, blank=True)
    reason = models.TextField(_("what is missing"), max_length=1000, blank=True)

    objects = GrantReportQuerySet.as_manager()

    class Meta:
        db_table = "grants_report"
        verbose_name = _("report of a grant")
        verbose_name_plural = _("reports of grants")
        ordering = ["grant", "position"]
        constraints = [
            models.UniqueConstraint(fields=["grant", "position"], name="grantreport_once"),
            models.UniqueConstraint(fields=["grant"], condition=Q(is_last=True), name="grantreport_one_is_the_last"),
            models.CheckConstraint(
                name="grantreport_accepted_by_two",
                condition=Q(
                    state="accepted", accepted_on__isnull=False, read_for__isnull=False, accepted_for__isnull=False
                )
                & ~Q(read_for=F("accepted_for"))
                | (~Q(state="accepted") & Q(accepted_on__isnull=True, accepted_for__isnull=True)),
                violation_error_message=_("Two organisations read a report before it is accepted."),
            ),
            models.CheckConstraint(
                name="grantreport_returned_with_its_reason",
                condition=~Q(state="returned") | ~Q(reason=""),
                violation_error_message=_("Say what is missing."),
            ),
            models.CheckConstraint(
                name="grantreport_sent_at_its_time",
                condition=~Q(state__in=["sent", "accepted"]) | Q(sent_at__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="grantreport_accepted_by_others",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_BY_OTHERS,
            )
        ]

    def __str__(self) -> str:
        return f"{self.grant_id} · {self.position}"

    @property
    def is_owed(self) -> bool:
        return self.state in REPORT_OWED

    @property
    def is_late(self) -> bool:
        return self.is_owed and self.due_on < clock.today()

    @property
    def days_late(self) -> int:
        return max(0, (clock.today() - self.due_on).days) if self.is_owed else 0


class GrantReportFile(models.Model):
    """A receipt, a picture, a list without names. Looked through like every paper of the network."""

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    report = models.ForeignKey(GrantReport, models.PROTECT, related_name="files")
    file = models.FileField(_("file"), upload_to="network/%Y/%m")
    file_name = models.CharField(max_length=120)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("file of a report")
        verbose_name_plural = _("files of reports")
        ordering = ["report", "pk"]

    def __str__(self) -> str:
        return self.file_name
